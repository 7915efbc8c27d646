"""Packings of the rotations."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

import convproof as cp
from convproof.theory.groups import haar
from convproof.theory.packing import greedy_packing, log_unit_ball, log_volume

packing_log2, crossing = cp.theory.packing_log2, cp.theory.crossing


def test_volumes():
    """SO(2) is a circle of length 2 pi sqrt 2; SO(3) has 8 pi^2 in the metric of angles."""
    assert log_volume(1) == 0
    assert math.exp(log_volume(2)) == pytest.approx(2 * math.pi * math.sqrt(2))
    assert math.exp(log_volume(3)) == pytest.approx(8 * math.pi**2 * 2**1.5)
    assert math.exp(log_unit_ball(3)) == pytest.approx(4 * math.pi / 3)


def test_balls_by_counting():
    """Under Haar measure a ball of radius r has at most the share that the packing gives it."""
    rng, count, r = np.random.default_rng(0), 20_000, 0.9
    near = 0
    for _ in range(count):
        turn = haar(3, rng)
        turn = turn * np.linalg.det(turn)  # into SO(3): an odd size
        near += np.linalg.norm(turn - np.eye(3)) <= r
    share = near / count
    bound = 2.0 ** -packing_log2(3, r)
    assert 0.2 * bound < share <= bound  # a bound, and no idle one


def test_a_packing_of_the_circle():
    """SO(2): as many rotations as fit, exactly, are more than the bound says."""
    for apart in (0.01, 0.1, 1.0):
        angle = 2 * math.asin(apart / (2 * math.sqrt(2)))
        fit = math.floor(2 * math.pi / angle)
        assert 2 ** packing_log2(2, apart) <= fit < 8 * 2 ** packing_log2(2, apart)
    assert packing_log2(2, 100.0) == packing_log2(1, 0.1) == 0


@pytest.mark.parametrize(("d", "apart"), [(2, 0.05), (4, 0.4)])
def test_greedy_packings(d, apart):
    """Pairwise apart, and at least as many as the bound says."""
    found = greedy_packing(d, apart, tries=60 if d > 2 else 150)
    for one, two in itertools.combinations(found, 2):
        assert cp.theory.rotation_distance(one, two).high >= apart
    assert len(found) >= 2 ** cp.theory.grassmannian_log2(d, apart)
    if d == 2:  # a circle of functions, dist = 2 phi/pi, the whole of it 2
        assert 1 / apart - 1 <= len(found) <= 2 / apart
