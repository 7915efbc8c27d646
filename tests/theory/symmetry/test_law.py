"""Equality in law."""

from __future__ import annotations

import numpy as np

from convproof.theory.symmetry.law import furthest, threshold


def test_the_test_in_law_has_the_false_alarm_rate_it_says():
    """Samples of one law, compared at rate 1/4: no more alarms than that."""
    rng, alarms, runs = np.random.default_rng(0), 0, 60
    for _ in range(runs):
        one, two = rng.standard_normal((2, 500, 6))
        alarms += furthest(one, two) > threshold(500, 6, 0.25)
    assert alarms <= 0.25 * runs
    assert furthest(one, two + 1) > threshold(500, 6)
