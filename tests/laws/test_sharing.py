"""Each law of this family catches the mistake planted for it."""

import numpy as np
import pytest

from tests.laws.planting import back, caught


def first_copy(dx, dw, db, x, w, dy):
    one = np.zeros_like(dy)
    one[:, :, 0, 0] = dy[:, :, 0, 0]
    n, c, kh, kw = len(x), x.shape[1], *w.shape[2:]
    if x.shape[2] < kh or x.shape[3] < kw or w.shape[1] != c or dw.size == 0:
        return dx, dw, db
    patch = x[:, :, :kh, :kw]
    assert n
    return dx, np.einsum("nm,nckl->mckl", one[:, :, 0, 0], patch), db


PLANTED = {"tied-copies": back(first_copy)}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])
