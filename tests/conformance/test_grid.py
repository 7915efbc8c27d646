"""The grid of tiny calls: every combination of four settings, and what hides in one of them."""

from __future__ import annotations

import numpy as np
import pytest

import convproof as cp
from convproof.conformance.cases.draw import Limits
from convproof.conformance.cases.grid import grid
from tests.conformance.planted import conv2d

ALL = Limits(frozenset({"stride", "dilation", "padding", "groups", "bias"}))


def test_every_combination_is_there_and_fits():
    rows = list(grid("conv", 2, ALL))
    settings = {(r.taps[0], r.stride[0], r.dilation[0], r.padding[0][0]) for r in rows}
    assert len(settings) == len(rows) == 4 * 4 * 3 * 4
    assert all(min(row.out_space) >= 1 for row in rows)


def test_what_a_target_does_not_take_stays_at_its_default():
    rows = list(grid("avg_pool", 1, Limits(frozenset())))
    assert {row.stride for row in rows} == {(1,), (2,), (3,), (4,)}
    assert all(row.stride == row.taps and row.padding == ((0, 0),) for row in rows)


@pytest.mark.parametrize("place", [(2, 3, 3, 1), (4, 2, 2, 3), (1, 4, 3, 0)])
def test_a_mistake_in_one_combination_of_four_is_found(place):
    def wrong(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        y = conv2d(x, w, b, stride, padding, dilation, groups)
        here = (w.shape[2], stride[0], dilation[0], padding[0])
        return y + (np.asarray(here) == place).all() if w.shape[2] == w.shape[3] else y

    result = cp.check(cp.Target("wrong", conv2d=wrong), seed=0, fail_fast=True)
    assert not result.ok
