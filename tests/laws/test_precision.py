"""Each law of this family catches the mistake planted for it."""

import numpy as np
import pytest

from convproof.conformance.run.engine import Run
from convproof.conformance.target.target import Target
from tests.laws.planting import AVG, CONV, back, caught, conv


def narrow_sums(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    if x.dtype != np.float16 or w.shape[2:] != (1, 1) or x[0, 0].size != 1 or groups != 1:
        return CONV(x, w, b, stride, padding, dilation, groups)
    y = np.zeros((len(x), len(w), 1, 1), np.float16)
    for c in range(x.shape[1]):
        y[:, :, 0, 0] += x[:, c, 0, 0][:, None] * w[:, c, 0, 0]
    return y


PLANTED = {
    "float16": conv(lambda y, x, *_: y * 1.5 if x.dtype == np.float16 else y),
    "half-precision-sums": {"conv2d": narrow_sums},
    "long-sums": conv(lambda y, x, *_: np.minimum(y, 2048) if x.shape[1] > 255 else y),
}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])


@pytest.mark.parametrize("which", ["dx", "dw", "db"])
def test_sums_of_halves_in_a_gradient_are_judged_one_by_one(which):
    def cut(array, name):
        return np.minimum(array, 2048).astype(array.dtype) if name == which else array

    narrow = back(
        lambda dx, dw, db, x, w, dy: (
            (cut(dx, "dx"), cut(dw, "dw"), cut(db, "db"))
            if dx.dtype == np.float16
            else (dx, dw, db)
        )
    )
    caught("half-precision-sums", narrow)


def test_a_mean_of_halves_kept_in_halves_is_caught_where_its_text_names_them():
    def avg_pool2d(x, kernel, stride):
        y = AVG(x, kernel, stride)
        if x.dtype == np.float16:
            y = np.zeros_like(y)
            for i, j in np.ndindex(*kernel):
                rows, columns = (n - k + 1 for n, k in zip(x.shape[2:], kernel, strict=True))
                y += x[:, :, i : i + rows : stride[0], j : j + columns : stride[1]]
            y = (y / np.float32(kernel[0] * kernel[1])).astype(x.dtype)
        return y

    result = Run(Target("halves", avg_pool2d=avg_pool2d), laws=["float16"], examples=30).execute()
    assert result.failures[0].diagnosis[0].startswith("the sum of a window is kept in float16")
