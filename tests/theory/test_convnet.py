"""The ConvNet of Problem 10.2.2: the exact law of its error, and the same by simulation."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest

import convproof as cp
from convproof.errors import SpecError
from convproof.theory.convnet import _at_most, mean_error, missed, pooled_squares, worst_errors
from convproof.theory.distance import target

upper_bound = cp.theory.upper_bound


def test_the_network_is_the_target():
    for x in itertools.product((-2, -1, 0, 1, 2), repeat=4):
        z = pooled_squares(np.array(x))
        assert np.sign(z[0] - z[1]) == np.sign(np.array(x) @ target(4) @ np.array(x))


@pytest.mark.parametrize("d", [2, 4, 20])
def test_its_failures_by_simulation(d):
    n, e, runs = 30, Fraction(1, 20), 4000
    errors = worst_errors(np.random.default_rng(d).standard_normal((runs, n, d)))
    predicted = float(missed(n, e))
    width = 4 * math.sqrt(predicted * (1 - predicted) / runs)
    assert abs(np.mean(errors > float(e)) - predicted) < width
    # "all labels equal" is part of the event: counted twice, it would show at few samples
    assert abs(np.mean(errors) - float(mean_error(n))) < 5 * np.std(errors) / math.sqrt(runs)


def test_all_labels_equal_is_not_counted_twice():
    n, e, runs = 4, Fraction(1, 5), 40_000
    errors = worst_errors(np.random.default_rng(0).standard_normal((runs, n, 2)))
    share, predicted = np.mean(errors > float(e)), float(missed(n, e))
    width = 4 * math.sqrt(predicted * (1 - predicted) / runs)
    assert abs(share - predicted) < width < abs(share - predicted - 2.0 ** (1 - n))


def test_the_mean_is_the_integral_of_the_law():
    """Over 0 <= e <= 1/2, by the antiderivative: the polynomial's coefficients, in fractions."""
    for n in range(8):
        total = Fraction(0)
        for power in range(n + 1):
            term = math.comb(n, power) * (-1) ** power * (2 - Fraction(2) ** power)
            total += term * Fraction(1, 2) ** (power + 1) / (power + 1)
        assert mean_error(n) == total


def test_enough_is_the_smallest():
    assert upper_bound(0.05).samples == 72
    assert upper_bound(0.01).samples == 366
    for e, delta in ((0.05, 0.05), (0.01, 0.05), (0.3, 0.2), (0.499, 0.5), (1e-3, 0.01)):
        n, allowed = upper_bound(e, delta).samples, Fraction(str(delta))
        assert missed(n, e) <= allowed < missed(n - 1, e)


def test_a_tie_counts_as_enough():
    """n = 2, e = 1/4: 2 (9/16) - 1/4 = 7/8, exactly."""
    assert missed(2, Fraction(1, 4)) == Fraction(7, 8)
    assert upper_bound(Fraction(1, 4), Fraction(7, 8)).samples == 2
    e = Fraction(1, 1000)
    assert _at_most(500, e, missed(500, e))
    assert not _at_most(500, e, missed(500, e) - Fraction(1, 10**60))


def test_the_labels_of_a_float_are_its_decimals():
    assert upper_bound(0.05, 0.05).samples == upper_bound(Fraction(1, 20), Fraction(1, 20)).samples
    assert upper_bound(np.float32(0.5) / 8).samples == upper_bound(0.0625).samples


@pytest.mark.parametrize(
    "call",
    [
        lambda: missed(-1, 0.1),
        lambda: missed(3, 0.0),
        lambda: missed(3, 0.5),
        lambda: missed(3, float("inf")),
        lambda: mean_error(-1),
    ],
)
def test_mistakes_are_named(call):
    with pytest.raises(SpecError):
        call()
