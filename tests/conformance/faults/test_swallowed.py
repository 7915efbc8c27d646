"""Where a NaN is lost, and what stands in its place."""

import numpy as np
import pytest

import convproof as cp
from tests.laws import plain_right as right


def cleaned(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    return right.conv2d(np.nan_to_num(x, posinf=0, neginf=0), w, b, stride, padding)


def first_alone(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    """A product whose pixel is no number is skipped, but for the first of a window."""
    rest = np.where(np.isnan(x), 0, x)
    y = right.conv2d(rest, w, b, stride, padding)
    one = right.conv2d(x, w[:, :, :1, :1], None, stride, padding)
    return np.where(np.isnan(one[:, :, : y.shape[2], : y.shape[3]]), np.nan, y)


def mean_of_numbers(x, kernel, stride=None, padding=(0, 0)):
    y = right.avg_pool2d(x, kernel, stride or kernel, padding)
    hurt = np.isnan(y)
    seen = right.avg_pool2d(np.isfinite(x) * 1.0, kernel, stride or kernel, padding)
    rest = right.avg_pool2d(np.where(np.isfinite(x), x, 0), kernel, stride or kernel, padding)
    return np.where(hurt, rest / np.where(seen, seen, 1), y)


@pytest.mark.parametrize(
    ("op", "function", "said"),
    [
        ("conv2d", cleaned, "a NaN is lost wherever it lies in its window: it is taken for 0"),
        ("conv2d", first_alone, "a NaN is kept where it is the first pixel of its window"),
        ("avg_pool2d", mean_of_numbers, "it is left out of the mean, like padding"),
    ],
)
def test_what_becomes_of_a_nan(op, function, said):
    result = cp.check(cp.Target("mine", **{op: function}), laws=["nan-reaches"], examples=40)
    assert said in result.failures[0].diagnosis[0]
