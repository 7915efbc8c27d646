"""Each law of this family catches the mistake planted for it."""

import sys

import numpy as np
import pytest

import convproof as cp
from tests.laws.planting import CONV, caught, conv, conv_in


def accepts_any(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    try:
        return CONV(x, w, b, stride, padding, dilation, groups)
    except ValueError:
        return np.zeros((len(x), len(w), 1, 1))


PLANTED = {
    "refuses-too-large": {"conv2d": accepts_any},
    "empty-batch": conv(lambda y, x, *_: y + 0 * x[0, 0, 0, 0]),
    "survives-mismatch": conv_in(
        lambda x, w, s, p, d, g: (x, w) if x.shape[1] == w.shape[1] * g else sys.exit(3)
    ),
}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])


def reads_behind(x, w, b=None):
    """By an index into flat memory, one window at least."""
    (N, C, H, W), (M, _, KH, KW) = x.shape, w.shape
    y = np.zeros((N, M, max(H - KH + 1, 1), max(W - KW + 1, 1)))
    flat = np.ravel(x)
    for n, m, i, j, c, k, q in np.ndindex(*y.shape, C, KH, KW):
        at = ((n * C + c) * H + i + k) * W + j + q
        y[n, m, i, j] += flat[at] * w[m, c, k, q] if at < flat.size else 0
    return y if b is None else y + b[:, None, None]


COUNT = iter(range(10**6))


def never_filled(x, w, b=None):
    fits = x.shape[2] >= w.shape[2] and x.shape[3] >= w.shape[3]
    return CONV(x, w, b) if fits else np.full((len(x), len(w), 1, 1), float(next(COUNT)))


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (reads_behind, "changes with the image behind it in memory"),
        (never_filled, "made again it gives other numbers"),
        (accepts_any, "was accepted"),
    ],
)
def test_what_an_accepted_one_reads_is_told(function, said):
    target = cp.Target("mine", conv2d=function)
    result = cp.check(target, laws=["refuses-too-large"], examples=20)
    assert said in result.failures[0].reason


@pytest.mark.parametrize("lists", [True, False])
def test_an_empty_batch_of_lists_is_a_limit_and_one_of_arrays_is_not(lists):
    def conv2d(x, w, b=None):
        if not len(x):
            raise IndexError("list index out of range")
        y = CONV(np.asarray(x), np.asarray(w), b)
        return y.tolist() if lists else y

    laws = ["shape", "empty-batch"]
    result = cp.check(cp.Target("lists", conv2d=conv2d), laws=laws, examples=20)
    assert result.ok is lists, str(result)
    assert ("an empty list has no sizes" in " ".join(map(str, result.limits))) is lists
