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
