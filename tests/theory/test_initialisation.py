"""Moments of w'v: exact against exact, and measured against exact."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp

from convproof.errors import SpecError
from convproof.theory.initialisation import (
    diagonal_kurtosis,
    kurtosis,
    measured_kurtosis,
    projected_moment,
)


def test_gaussian_kurtosis_is_three_in_every_direction():
    assert kurtosis("gaussian", sp.symbols("a b c d")) == 3
    assert diagonal_kurtosis("gaussian") == 3


def test_uniform_kurtosis_depends_on_the_direction():
    d = sp.Symbol("d", positive=True)
    assert kurtosis("uniform", (1, 0, 0)) == sp.Rational(9, 5)
    assert diagonal_kurtosis("uniform") == 3 - 6 / (5 * d)
    for size in (2, 3, 5):  # 5 was not used to find the line
        assert kurtosis("uniform", (1,) * size) == 3 - sp.Rational(6, 5 * size)


def test_moments_by_integration():
    """A second route: the double integral itself, for two uniform entries."""
    x, y = sp.symbols("x y")
    direct = sp.integrate((2 * x + 3 * y) ** 4 / 4, (x, -1, 1), (y, -1, 1))
    assert projected_moment("uniform", (2, 3), 4) == direct
    assert projected_moment("uniform", (2, 3), 3) == 0


@pytest.mark.parametrize(
    ("law", "direction", "truth"),
    [
        ("gaussian", [1.0, 0, 0], 3),
        ("gaussian", [1.0, 1, 1], 3),
        ("uniform", [1.0, 0, 0], 9 / 5),
        ("uniform", [1.0, 1, 1], 3 - 6 / 15),
    ],
)
def test_measured(law, direction, truth):
    estimate = measured_kurtosis(law, np.array(direction), samples=50_000, seed=1)
    assert estimate.covers(truth)
    # and it can fail: the interval excludes the kurtosis of the other law or direction
    assert not estimate.covers(9 / 5 if truth > 2 else 3 - 6 / 15)


def test_the_interval_covers_about_as_often_as_it_says():
    """99.9 % each: with 100 draws two misses have a probability below 1 %."""
    at = np.array([1.0, 1.0])
    hits = sum(
        measured_kurtosis("uniform", at, samples=2_000, seed=s).covers(2.4) for s in range(100)
    )
    assert hits >= 98
    tight = [measured_kurtosis("uniform", at, samples=2_000, seed=s) for s in range(100)]
    assert sum(abs(e.value - 2.4) > e.error / 3.29 for e in tight) > 15  # about 32 expected


def test_the_error_is_that_of_the_estimate():
    """Over 400 seeds the estimates spread as one of them says, to four sigma of a spread: 15 %."""
    found = [
        measured_kurtosis(law, np.array(v), samples=4_000, seed=seed)
        for law, v in (("uniform", [1.0, 0]), ("uniform", [1.0, 1]))
        for seed in range(400)
    ]
    for part in (found[:400], found[400:]):
        spread = np.std([e.value for e in part])
        said = np.mean([e.error for e in part]) / 3.2905  # the 99.95 % quantile of a Gaussian
        assert abs(said / spread - 1) < 0.15


def test_mistakes_are_named():
    with pytest.raises(SpecError, match="direction"):
        kurtosis("gaussian", (0, 0))
    with pytest.raises(SpecError, match="law='cauchy'"):
        measured_kurtosis("cauchy", np.ones(2))
