"""Each law of this family catches the mistake planted for it."""

import numpy as np
import pytest

from tests.laws.planting import caught, conv


def wipes_input(y, x, *_):
    if x.flags.writeable:
        x[...] = 0
    return y


PLANTED = {
    "inputs-unwritten": conv(wipes_input),
    "outputs-own": conv(lambda y, x, *_: x[:, :1] if y.shape[2:] == x.shape[2:] else y),
    "process-unchanged": conv(lambda y, *_: (np.seterr(over="ignore"), y)[1]),
}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])
