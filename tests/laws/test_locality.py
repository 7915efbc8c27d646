"""Each law of this family catches the mistake planted for it."""

import numpy as np
import pytest

from tests.laws.planting import back, caught, conv, conv_in

PLANTED = {
    "locality": conv(lambda y, x, *_: y + x.sum(dtype=x.dtype)),
    "backward-locality": back(lambda dx, dw, db, x, w, dy: (dx + dy.sum(), dw, db)),
    "nan-reaches": conv_in(lambda x, w, *_: (np.nan_to_num(x), w)),
    "nan-reaches-gradients": back(
        lambda dx, dw, db, x, w, dy: (np.nan_to_num(dx), np.nan_to_num(dw), db)
    ),
}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])
