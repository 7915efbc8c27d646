"""Each law of this family catches the mistake planted for it."""

import numpy as np
import pytest

from tests.laws.planting import caught, conv

PLANTED = {
    "batch-independence": conv(lambda y, x, *_: y + len(x)),
    "batch-scale": conv(lambda y, x, *_: y + np.abs(x).max() // 2**40),
    "batch-order": conv(lambda y, x, *_: y + np.arange(len(x)).reshape(-1, 1, 1, 1)),
}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])
