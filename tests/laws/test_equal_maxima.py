"""Each law of this family catches the mistake planted for it."""

import numpy as np
import pytest

from tests.laws import plain_right as right
from tests.laws.planting import caught


def ties_to_all(x, grad_y, kernel, stride=None, padding=(0, 0)):
    """Every maximum of a window takes the whole gradient."""
    values = right._windows(x, kernel, stride, padding, -np.inf)[2]
    return right._spread(x, kernel, stride, padding, values == values.max(axis=0), grad_y)


PLANTED = {
    "ties": {"max_pool2d_backward": ties_to_all},
    "gradient-conserved": {"max_pool2d_backward": ties_to_all},
}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])
