"""Each law of this family catches the mistake planted for it."""

import numpy as np
import pytest

from tests.laws.planting import caught, conv_in

PLANTED = {
    "rounding": conv_in(
        lambda x, w, *_: (
            x.astype(np.float16).astype(x.dtype) if np.abs(x).max(initial=0) < 60 else x,
            w,
        )
    )
}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])


def test_operands_of_ten_digits_at_some_channels_alone_are_seen():
    """Small integers have so few digits that nothing of it shows there."""

    def rounded(x, w, *_):
        if x.dtype != np.float32 or w.shape[1] % 32:
            return x, w
        keep = np.uint32(2**32 - 2**13)
        return (np.ascontiguousarray(x).view(np.uint32) & keep).view(np.float32), w

    caught("rounding", conv_in(rounded))
