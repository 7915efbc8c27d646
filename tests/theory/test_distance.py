"""The distance of two rotated targets: closed forms, a second quadrature, and counting."""

from __future__ import annotations

import math

import mpmath
import numpy as np
import pytest
from scipy import integrate

import convproof as cp
from convproof.errors import SpecError
from convproof.theory.distance import (
    angle_distance,
    mean_argument,
    principal_angles,
    rotated_form,
)
from convproof.theory.groups import haar, rational

rotation_distance = cp.theory.rotation_distance


def test_two_angles_against_a_plain_integral():
    """k = 2: s = (cos a, sin a), one integral over a by another method."""
    for one, two in ((0.3, 0.7), (0.1, 1.5), (0.0, 1.2)):
        direct, error = integrate.quad(
            lambda a, p, q: math.asin(
                math.sqrt((math.sin(p) * math.cos(a)) ** 2 + (math.sin(q) * math.sin(a)) ** 2)
            ),
            0,
            math.pi / 2,
            args=(one, two),
            epsabs=1e-12,
        )
        found = angle_distance([one, two])
        assert abs(found.value - direct * (2 / math.pi) ** 2) <= found.error + error


def test_complementary_angles_give_one_half():
    """phi -> pi/2 - phi exchanges agreement and disagreement."""
    for angles in ([0.2, math.pi / 2 - 0.2], [0.0, math.pi / 2, 1.0, math.pi / 2 - 1.0]):
        found = angle_distance(angles)
        assert abs(found.value - 0.5) <= found.error
    left, right = (
        angle_distance([0.1, 0.4, 0.9]),
        angle_distance(math.pi / 2 - np.array([0.1, 0.4, 0.9])),
    )
    assert abs(left.value + right.value - 1) <= left.error + right.error


@pytest.mark.parametrize("d", [4, 10, 50, 200])
def test_against_another_formula(d):
    """E |arg(B/A)|/pi shares neither the pair's law nor the arctan with the quadrature."""
    rng = np.random.default_rng(d)
    phi = rng.uniform(0, math.pi / 2, d // 2) * rng.uniform(0.05, 1)
    counted, found = mean_argument(phi, samples=20_000, seed=d), angle_distance(phi)
    assert counted.covers(found.value)
    assert not counted.covers(found.value * math.pi / 3)  # a wrong constant lies outside


def test_angles_against_high_precision():
    """The angles of rational rotations, by mpmath in 40 digits: the slack for LAPACK is enough."""
    rng = np.random.default_rng(5)
    for d in (4, 8):
        one, two = (rational("orthogonal", d, rng) for _ in range(2))
        with mpmath.workdps(40):
            block = (one @ two.T)[: d // 2, : d // 2]
            entries = [[mpmath.mpf(x.numerator) / x.denominator for x in row] for row in block]
            cosines = mpmath.svd_r(mpmath.matrix(entries), compute_uv=False)
            exactly = sorted(float(mpmath.acos(min(1, c))) for c in cosines)
        found = principal_angles(one, two)
        assert np.abs(found - exactly).max() <= 8 * (d // 2) * 2**-53


def test_it_depends_on_the_subspaces_alone():
    rng = np.random.default_rng(0)
    one, two = haar(6, rng), haar(6, rng)
    s = np.zeros((6, 6))
    s[:3, :3], s[3:, 3:] = haar(3, rng), haar(3, rng)
    first, second = rotation_distance(one, two), rotation_distance(s @ one, two)
    assert abs(first.value - second.value) <= first.error + second.error
    assert rotation_distance(one, s @ one).value <= rotation_distance(one, s @ one).error
    assert np.allclose(rotated_form(s @ one), rotated_form(one), atol=1e-14)


def test_swapping_the_halves_is_one():
    swap = np.kron([[0.0, 1.0], [1.0, 0.0]], np.eye(3))
    assert rotation_distance(np.eye(6), swap).value == 1.0


def test_tiny_angles_are_kept():
    turn = np.eye(4)
    turn[np.ix_([0, 2], [0, 2])] = [
        [math.cos(1e-9), -math.sin(1e-9)],
        [math.sin(1e-9), math.cos(1e-9)],
    ]
    assert math.isclose(principal_angles(np.eye(4), turn).max(), 1e-9, rel_tol=1e-6)


def test_many_dimensions_and_fractions():
    rng = np.random.default_rng(0)
    found = rotation_distance(haar(200, rng), haar(200, rng))
    assert 0.4 < found.value < 0.6
    assert found.error < 1e-9
    exactly = rational("orthogonal", 4, rng)
    assert rotation_distance(exactly, exactly).value <= 1e-9


@pytest.mark.parametrize(
    ("one", "two", "message"),
    [
        (np.eye(3), np.eye(3), "R1"),
        (np.eye(4), np.eye(6), "R2"),
        (np.ones((4, 4)), np.eye(4), "orthogonal"),
        (np.eye(4), np.full((4, 4), np.nan), "R2"),
        ("no", np.eye(4), "R1"),
        (np.eye(4)[:2], np.eye(4), "R1"),
        (np.array([["a", "b"], ["c", "d"]]), np.eye(2), "real numbers"),
        (np.eye(4) * (1 + 1e-3), np.eye(4), r"off by 2\.0e-03"),
    ],
)
def test_mistakes_are_named(one, two, message):
    with pytest.raises(SpecError, match=message):
        rotation_distance(one, two)
