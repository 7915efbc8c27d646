"""Each law of this family catches the mistake planted for it."""

import numpy as np
import pytest

from tests.laws import plain_right as right
from tests.laws.planting import MAX, avg, caught, max_pool


def negated_minimum(x, kernel, stride=None, padding=(0, 0)):
    """Right for floats; -x of the lowest integer is the lowest integer again."""
    if x.dtype.kind != "i":
        return MAX(x, kernel, stride, padding)
    flipped = np.where(x == np.iinfo(x.dtype).min, np.iinfo(x.dtype).max, x)
    return MAX(flipped, kernel, stride, padding)


def nan_dropped(x, kernel, stride=None, padding=(0, 0)):
    return np.fmax.reduce(right._windows(x, kernel, stride, padding, -np.inf)[2], axis=0)


def absolute(x, kernel, stride=None, padding=(0, 0)):
    return MAX(np.abs(x), kernel, stride, padding)


PLANTED = {
    "monotone": {
        "max_pool2d": lambda x, kernel, stride=None, padding=(0, 0): (
            -MAX(-x, kernel, stride, padding) - MAX(x, kernel, stride, padding)
        )
    },
    "order-equivariant": {"max_pool2d": absolute},
    "constant-image": {"max_pool2d": absolute},
    "between": avg(lambda y, x: y + 300),
    "idempotent": max_pool(lambda y, x: y + 1),
    "average-is-convolution": avg(lambda y, x: 2 * y),
    "nan-is-a-maximum": {"max_pool2d": nan_dropped},
    "extreme-maximum": {"max_pool2d": negated_minimum},
}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])
