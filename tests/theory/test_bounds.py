"""The bounds: each ingredient by a second route, and the results at the ends of their ranges."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy import special

import convproof as cp
from convproof.errors import SpecError
from convproof.theory.bounds import failure, log_unit_ball, log_volume
from convproof.theory.distance import angle_distance
from convproof.theory.groups import haar

lower_bound, upper_bound = cp.theory.lower_bound, cp.theory.upper_bound
packing_log2 = cp.theory.packing_log2


def test_the_ricci_curvature_is_d_minus_2():
    """Gr(k, d) is symmetric: Ric(X, X) = sum of |[X, E_i]|^2, in exact integers.

    X and E_i are [[0, B], [-B', 0]] with |X|^2 = |B|^2, the metric in which the geodesic distance
    is the root of the sum of the squared principal angles.
    """
    rng = np.random.default_rng(0)
    for k, d in ((1, 2), (1, 4), (2, 4), (3, 6), (2, 5)):

        def lift(b, k=k, d=d):
            x = np.zeros((d, d), dtype=int)
            x[:k, k:], x[k:, :k] = b, -b.T
            return x

        b = rng.integers(-4, 5, (k, d - k))
        total = 0
        for i, j in itertools.product(range(k), range(d - k)):
            unit = np.zeros((k, d - k), dtype=int)
            unit[i, j] = 1
            bracket = lift(b) @ lift(unit) - lift(unit) @ lift(b)
            total += int((bracket**2).sum())
        # the matrix norm counts every entry of B twice
        assert total == 2 * (d - 2) * int((b**2).sum())


def test_the_lipschitz_constant():
    """dist <= (2/pi) sqrt(mean phi^2), met with equality by equal angles."""
    rng = np.random.default_rng(1)
    for k in (1, 2, 3, 8):
        for _ in range(20):
            phi = rng.uniform(0, math.pi / 2, k) * rng.integers(0, 2, k)
            assert angle_distance(phi).low <= 2 / math.pi * math.sqrt(np.mean(phi**2)) + 1e-15
    assert angle_distance([0.3] * 5).value == pytest.approx(2 / math.pi * 0.3, rel=1e-15)


@pytest.mark.parametrize("d", [2, 4, 20])
def test_the_convnets_failures_by_simulation(d):
    """The network itself: squares, two averages, and the worst threshold that fits."""
    rng, n, e, runs = np.random.default_rng(d), 30, 0.05, 4000
    x = rng.standard_normal((runs, n, d)) ** 2
    z = x.reshape(runs, n, 2, d // 2).mean(axis=3)
    u = special.betainc(d / 4, d / 4, z[..., 0] / z.sum(axis=2))
    below, above = np.where(u < 0.5, u, 0).max(axis=1), np.where(u > 0.5, u, 1).min(axis=1)
    missed = np.mean(np.maximum(0.5 - below, above - 0.5) > e)
    predicted = failure(n, e) - 2.0 ** (1 - n)
    assert abs(missed - predicted) < 4 * math.sqrt(predicted * (1 - predicted) / runs)


def test_samples_enough():
    assert upper_bound(0.05).samples == 72
    assert upper_bound(0.01).samples == 366
    for e, delta in ((0.05, 0.05), (0.01, 0.05), (0.3, 0.2), (0.499, 0.5), (1e-6, 0.01)):
        n = upper_bound(e, delta).samples
        assert failure(n, e) <= delta < failure(n - 1, e)


def test_samples_needed():
    assert [lower_bound(d, 0.05).samples for d in (10, 100, 1000)] == [14, 1766, 179849]
    assert lower_bound(2, 0.0).samples == 0
    assert lower_bound(10, 0.45).samples == 0  # never negative
    assert lower_bound(100, 0.05, 0.0).samples == 1767  # the bit that delta = 1/2 is worth
    assert lower_bound(100, 0.05).samples > lower_bound(100, 0.1).samples


def test_the_two_cross():
    """At few dimensions nothing separates the two, at many it does."""
    enough = upper_bound(0.05, 0.5).samples
    assert lower_bound(4, 0.05).samples < enough < lower_bound(100, 0.05).samples


def test_a_derivation_says_its_numbers_and_what_it_cites():
    bound = lower_bound(100, 0.05)
    assert "1766 at d = 100" in bound.derivation
    assert "cited" in bound.derivation
    assert int(bound) == 1766
    assert str(upper_bound(0.05)).startswith("72 samples\n1. ")


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


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lower_bound(3, 0.1), "d=3"),
        (lambda: lower_bound(0, 0.1), "d=0"),
        (lambda: lower_bound(4, 0.5), r"error=0\.5"),
        (lambda: lower_bound(4, 0.1, 1.0), r"delta=1\.0"),
        (lambda: lower_bound(4, "a"), "error='a'"),
        (lambda: lower_bound(4, float("nan")), "error=nan"),
        (lambda: upper_bound(0.0), r"error=0\.0"),
        (lambda: upper_bound(0.1, 0.0), r"delta=0\.0"),
        (lambda: packing_log2(0, 1.0), "k=0"),
        (lambda: packing_log2(3, -1.0), r"distance=-1\.0"),
    ],
)
def test_mistakes_are_named(call, message):
    with pytest.raises(SpecError, match=message):
        call()
