"""Each law of this family catches the mistake planted for it."""

import numpy as np
import pytest

import convproof as cp
from tests.laws.planting import CONV, back, caught, conv, conv_in

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


def skips_zeros(x, w, b=None):
    """A term whose weight is zero is left out."""
    KH, KW = w.shape[2:]
    OH, OW = x.shape[2] - KH + 1, x.shape[3] - KW + 1
    y = np.zeros((len(x), len(w), OH, OW))
    for m, c, k, q in np.ndindex(*w.shape):
        if w[m, c, k, q]:
            y[:, m] += x[:, c, k : k + OH, q : q + OW] * w[m, c, k, q]
    return y if b is None else y + b[:, None, None]


@pytest.mark.parametrize(("function", "skips"), [(skips_zeros, True), (CONV, False)])
def test_terms_left_out_for_a_zero_weight_are_a_limit(function, skips):
    target = cp.Target("mine", conv2d=function)
    result = cp.check(target, laws=["nan-reaches"], examples=20)
    assert result.ok
    assert any(limit.what == "NaN times zero" for limit in result.limits) is skips
