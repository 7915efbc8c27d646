"""Each law of this family catches the mistake planted for it."""

import numpy as np
import pytest

from tests.laws.planting import back, caught, conv, conv_in

PLANTED = {
    "linear-in-x": conv(lambda y, *_: np.clip(y, -1e4, 1e4)),
    "linear-in-kernel": conv_in(lambda x, w, *_: (x, np.clip(w, -1e3, 1e3))),
    "linear-in-dy": back(lambda dx, dw, db, x, w, dy: (np.clip(dx, -1e4, 1e4), dw, db)),
    "bias-adds": conv(lambda y, x, w, b, *_: y if b is None else (y - b[:, None, None] + b.mean())),
    "gradients-of-a-product": back(lambda dx, dw, db, x, w, dy: (dx, dw, db + x.sum())),
    "scales": conv(lambda y, *_: np.where(np.abs(y) < 1e-30, 0, y).astype(y.dtype)),
}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])
