"""Each law of this family catches the mistake planted for it."""

import numpy as np
import pytest

from tests.laws.planting import caught, conv, conv_in, ramp

PLANTED = {
    "mirror": conv_in(lambda x, w, *_: (x, np.roll(w, 1, axis=2))),
    "transposition": conv(ramp),
    "output-channels": conv(lambda y, *_: y * (np.arange(y.shape[1]) + 1)[:, None, None]),
    "input-channels": conv_in(lambda x, w, *_: (x * (np.arange(x.shape[1]) > 0)[:, None, None], w)),
}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])
