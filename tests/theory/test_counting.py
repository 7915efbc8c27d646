"""Distances by counting, against the formula."""

from __future__ import annotations

import numpy as np
import pytest

import convproof as cp
from convproof.theory.counting import measured_distance
from convproof.theory.groups import haar

rotation_distance = cp.theory.rotation_distance


@pytest.mark.parametrize("d", [2, 4, 8])
def test_against_counting(d):
    rng = np.random.default_rng(d)
    one, two = haar(d, rng), haar(d, rng)
    counted = measured_distance(one, two, samples=100_000, seed=d)
    assert counted.covers(rotation_distance(one, two).value)
    # and it can fail: another pair lies outside
    assert not counted.covers(rotation_distance(one, one).value)
