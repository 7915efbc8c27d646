"""The bounds: each ingredient by a second route, and the results at the ends of their ranges."""

from __future__ import annotations

import itertools
import math
import time

import numpy as np
import pytest

import convproof as cp
from convproof.errors import SpecError
from convproof.theory.distance import angle_distance
from convproof.theory.packing import greedy_packing

lower_bound, upper_bound = cp.theory.lower_bound, cp.theory.upper_bound


packing_log2, crossing = cp.theory.packing_log2, cp.theory.crossing


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


def test_samples_needed():
    concentration = [lower_bound(d, 0.05).others["concentration"] for d in (10, 100, 1000)]
    packing = [lower_bound(d, 0.05).others["packing"] for d in (10, 100, 1000)]
    assert concentration == [14, 1766, 179849]
    assert packing == [16, 1507, 150627]
    assert lower_bound(10, 0.45).samples == 0  # never negative
    assert lower_bound(100, 0.05, 0.0).samples == lower_bound(100, 0.05).samples + 1
    assert lower_bound(100, 0.05).samples > lower_bound(100, 0.1).samples
    names = {e: lower_bound(1000, e).name for e in (1e-6, 0.05, 0.15, 0.4)}
    assert names == {1e-6: "small ball", 0.05: "small ball", 0.15: "concentration",
                     0.4: "concentration"}  # fmt: skip
    for e in (1e-6, 0.05, 0.15, 0.4):
        bound = lower_bound(1000, e)
        assert bound.samples == bound.others[bound.name] == max(bound.others.values())


def test_arrays_and_their_members_agree():
    sizes = [2, 4, 6, 10, 100, 998, 12345678, 10**6]
    bound = lower_bound(sizes, 0.1)
    assert bound.samples.tolist() == [lower_bound(d, 0.1).samples for d in sizes]
    assert bound.name.tolist() == [lower_bound(d, 0.1).name for d in sizes]
    assert lower_bound(np.array([[4, 6]]), 0.1).samples.shape == (1, 2)
    assert lower_bound(10**30, 0.05).samples > 10**59  # more than any float keeps


def test_large_dimensions_are_quick():
    start = time.perf_counter()
    assert lower_bound(10**6, 0.05).samples > 4 * 10**11
    assert lower_bound(10**9, 0.3).samples > 10**16
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(("error", "delta"), [(0.05, 0.05), (0.3, 0.5), (0.01, 0.05)])
def test_where_they_cross(error, delta):
    first = crossing(error, delta)
    sizes = range(2, 400, 2)
    more = lower_bound(sizes, error, delta).samples > upper_bound(error, delta).samples
    assert [d for d, m in zip(sizes, more, strict=True) if m] == list(range(first, 400, 2))


def test_where_they_cross_far_out():
    for error in (0.499, 1e-6):
        d = crossing(error)
        enough = upper_bound(error).samples
        assert lower_bound(d, error, 0.05).samples > enough
        assert lower_bound(d - 2, error, 0.05).samples <= enough


def test_a_derivation_says_its_numbers_and_what_it_cites():
    bound = lower_bound(100, 0.05)
    assert "3686 at d = 100 (small ball; concentration 1766, packing 1507)" in bound.derivation
    assert "cited" not in bound.derivation  # it needs no theorem that is not proved there
    assert "cited" in lower_bound(100, 0.3).derivation
    assert "d = 100: 3686" in lower_bound([10, 100], 0.05).derivation
    assert int(bound) == 3686
    assert str(upper_bound(0.05)).startswith("72 samples\n1. ")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lower_bound(3, 0.1), "d=3"),
        (lambda: lower_bound(0, 0.1), "d=0"),
        (lambda: lower_bound(4, 0.5), r"error=0\.5"),
        (lambda: lower_bound(4, 0.1, 1.0), r"delta=1\.0"),
        (lambda: lower_bound(4, "a"), "error='a'"),
        (lambda: lower_bound(4, float("nan")), "error=nan"),
        (lambda: lower_bound(4, 0.0), r"error=0\.0"),
        (lambda: lower_bound(4, -0.1), r"error=-0\.1"),
        (lambda: lower_bound([4, 7], 0.1), "d=7"),
        (lambda: lower_bound(np.array([4, 7]), 0.1), "d=7"),
        (lambda: lower_bound([], 0.1), "at least one"),
        (lambda: lower_bound([4.5], 0.1), r"d=4\.5"),
        (lambda: lower_bound("4", 0.1), "d='4'"),
        (lambda: lower_bound(4, [0.1, 0.2]), "error="),
        (lambda: lower_bound(4, 1j), "error="),
        (lambda: lower_bound(4, True), "error=True"),
        (lambda: crossing(0.6), r"error=0\.6"),
        (lambda: cp.theory.grassmannian_log2(4, 1.5), r"distance=1\.5"),
        (lambda: greedy_packing(3, 0.1, 1), "d=3"),
        (lambda: upper_bound(0.0), r"error=0\.0"),
        (lambda: upper_bound(0.1, 0.0), r"delta=0\.0"),
        (lambda: packing_log2(0, 1.0), "k=0"),
        (lambda: packing_log2(3, -1.0), r"distance=-1\.0"),
    ],
)
def test_mistakes_are_named(call, message):
    with pytest.raises(SpecError, match=message):
        call()
