"""The bounds: each ingredient by a second route, and the results at the ends of their ranges."""

from __future__ import annotations

import itertools
import math
import time
from fractions import Fraction

import mpmath
import numpy as np
import pytest

import convproof as cp
from convproof.errors import SpecError
from convproof.theory.distance import angle_distance
from convproof.theory.groups import haar
from convproof.theory.packing import greedy_packing, log_unit_ball, log_volume
from convproof.theory.small_ball import (
    closest_mean,
    gamma_ratio,
    small_ball_bits,
    small_ball_bits_exact,
)

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


@pytest.mark.parametrize("d", [2, 4, 6, 50, 250, 254, 256, 258, 1000, 10**5, 10**6])
@pytest.mark.parametrize("error", [1e-6, 0.01, 0.05, 0.2, 0.3])
def test_two_codes_for_the_small_ball(d, error):
    """Arrays and the gamma series, against mpmath and bisection."""
    bits = float(small_ball_bits(np.array([d // 2]), error)[0])
    exactly = small_ball_bits_exact(d // 2, Fraction(str(error)), 30)
    assert abs(bits - float(exactly)) <= 64 * 2**-53 * (d / 2) ** 2 * (1 + bits / (d / 2) ** 2)


def test_gamma_ratios():
    for x in (0.5, 1.0, 1.5, 20.0, 63.5, 64.0, 64.5, 1000.0):
        exactly = mpmath.gamma(mpmath.mpf(x) + 0.5) / mpmath.gamma(mpmath.mpf(x))
        assert abs(gamma_ratio(np.array(x)) / exactly - 1) < 6 * 2**-53


def sines(k, count, seed=0):
    """sin^2 of the principal angles of random pairs, (count, k), by another decomposition."""
    frames = np.linalg.qr(np.random.default_rng(seed).standard_normal((count, 2 * k, k)))[0]
    return 1 - np.clip(np.linalg.svd(frames[:, :k], compute_uv=False), 0, 1) ** 2


@pytest.mark.parametrize(("k", "v"), [(1, 0.5), (1, 20.0), (2, 3.0), (3, 0.7)])
def test_the_small_ball_identity(k, v):
    """E prod (1 + v x_j)^(-k) = (1 + v)^(-k^2/2), and with another exponent it would be seen."""
    found = np.prod(1 + v * sines(k, 200_000), axis=1) ** -float(k)
    error = 5 * found.std() / math.sqrt(len(found))
    assert abs(found.mean() - (1 + v) ** (-(k**2) / 2)) < error
    assert abs(found.mean() - (1 + v) ** (-k * (k + 1) / 2)) > error


def test_the_small_ball_bound():
    for k, m in ((1, 0.1), (2, 0.1), (2, 0.3), (3, 0.2)):
        share = float(np.mean(sines(k, 200_000).mean(axis=1) <= m))
        bound = (4 * m * (1 - m)) ** (k**2 / 2)
        assert 0 < share < bound < 40 * share  # a bound, and no idle one
        assert share > (2 * m * (1 - m)) ** k**2  # a wrong constant in its place is refuted


def test_the_closest_mean():
    """Near targets have a small mean of sin^2: the nearest case, some right angles, attains it."""
    rng = np.random.default_rng(3)
    for k, e in ((1, 0.1), (4, 0.1), (10, 0.05), (30, 0.1)):
        m = float(closest_mean(np.array([k]), e)[0])
        for _ in range(30):
            x = rng.dirichlet(np.full(k, rng.choice((0.1, 1.0)))) * rng.uniform(0, k * m * 1.2)
            phi = np.arcsin(np.sqrt(np.minimum(x, 1)))
            if angle_distance(phi).high <= 2 * e:
                assert np.mean(np.sin(phi) ** 2) <= m
    q = 3  # right angles: (2/pi) E arcsin is no more than pi/2 times (2/pi) E of the root
    k = 20
    phi = np.array([math.pi / 2] * q + [0.0] * (k - q))
    apart = angle_distance(phi).value
    assert q / k <= float(closest_mean(np.array([k]), apart / 2)[0]) <= (math.pi / 2) ** 2 * q / k


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
