"""Each law of this family catches the mistake planted for it."""

import numpy as np
import pytest

from tests.laws.planting import CONV, caught, conv


def in_storage_order(y, x, w, b, stride, padding, dilation, groups):
    if not x.flags.c_contiguous and x.flags.f_contiguous:
        x = np.ravel(x, order="K").reshape(x.shape)
    return CONV(x, w, b, stride, padding, dilation, groups)


PLANTED = {"memory-layout": conv(in_storage_order)}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])
