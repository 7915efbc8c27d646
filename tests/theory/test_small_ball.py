"""The ball around a rotation that one answer serves."""

from __future__ import annotations

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest

from convproof.theory.distance import angle_distance
from convproof.theory.small_ball import (
    closest_mean,
    gamma_ratio,
    small_ball_bits,
    small_ball_bits_exact,
)


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
