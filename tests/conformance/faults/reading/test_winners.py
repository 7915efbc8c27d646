"""Where a maximum's gradient goes instead of to its pixel, in words."""

import numpy as np
import pytest

from convproof.conformance.faults.reading.reading import reading
from convproof.conformance.target.target import Target
from convproof.laws.case import Case
from tests.conformance.faults.reading.calls import later


def backward(place):
    """A max-pool's gradient; `place(number, kh, kw)` is the winner's row and column."""

    def max_pool2d_backward(x, grad_y, kernel, stride=None, padding=(0, 0)):
        (kh, kw), (sh, sw), (ph, pw) = kernel, stride or kernel, padding
        wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), constant_values=-np.inf)
        dx = np.zeros((*x.shape[:2], wide.shape[2] + 9, wide.shape[3] + 9))
        for n, c, i, j in np.ndindex(grad_y.shape):
            number = wide[n, c, i * sh : i * sh + kh, j * sw : j * sw + kw].argmax()
            row, column = place(number, kh, kw)
            dx[n, c, i * sh + row, j * sw + column] += grad_y[n, c, i, j]
        return dx[:, :, ph : ph + x.shape[2], pw : pw + x.shape[3]]

    return Target("t", max_pool2d_backward=max_pool2d_backward)


PLACES = {
    "divided by the height, the rest by the width": (
        lambda f, kh, kw: (f // kh, f % kw),
        "its row is place // KH of its number in the window, counted row by row",
    ),
    "exchanged": (
        lambda f, kh, kw: (f % kw, f // kw),
        "its row is the winner's column in its window; its column is the winner's row",
    ),
    "one column on": (
        lambda f, kh, kw: (f // kw, f % kw + 1),
        "its column is one pixel after the maximum",
    ),
    "upside down": (
        lambda f, kh, kw: (kh - 1 - f // kw, f % kw),
        "its row is counted from the window's other end",
    ),
}


@pytest.mark.parametrize(("place", "said"), PLACES.values(), ids=PLACES)
def test_the_place_is_told(place, said):
    x = np.random.default_rng(0).permutation(2 * 7 * 8).reshape(1, 7, 8, 2).astype(float)
    case = Case(
        "max_pool2d_backward", x, None, None, np.ones((1, 3, 3, 2)),
        (2, 2), ((0, 0), (0, 0)), (1, 1), 1, (2, 3),
    )  # fmt: skip
    assert said in reading(backward(place), case, "dx", later()).texts[0][0]
    right = backward(lambda f, kh, kw: (f // kw, f % kw))
    assert reading(right, case, "dx", later()).decided
