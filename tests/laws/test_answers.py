"""Each law of this family catches the mistake planted for it."""

import numpy as np
import pytest

from tests.laws.planting import caught, conv


def raises_on_batches(y, x, *_):
    if len(x) > 1:
        raise IndexError("index 1 is out of bounds")
    return y


PLANTED = {
    "returns-an-answer": conv(lambda y, x, *_: None if len(x) == 2 else y),
    "answers-every-lawful-call": conv(raises_on_batches),
    "shape": conv(lambda y, *_: y[:, :, :-1]),
    "dtype": conv(lambda y, x, *_: y.astype(np.float32) if len(x) == 1 else y),
}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])
