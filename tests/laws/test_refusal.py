"""Each law of this family catches the mistake planted for it."""

import sys

import numpy as np
import pytest

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
