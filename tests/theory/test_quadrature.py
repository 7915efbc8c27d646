"""Quadrature with a bound on its error."""

from __future__ import annotations

import math

import numpy as np

from convproof.theory.quadrature import inner_error, mean_angle, outer_error


def test_equal_angles_by_quadrature_too():
    for phi in (1e-3, 0.1, math.pi / 4, 1.5):
        for k in (1, 2, 5):
            value, error = mean_angle(np.full(k, phi))
            assert abs(value - 2 * phi / math.pi) <= error < 1e-12


def test_the_bounds_on_the_rules_are_bounds_and_the_rules_need_them():
    """A coarse rule errs by less than its bound, and by more than the fine rule's."""
    phi = np.array([0.05, 0.6, 1.4])
    fine, error = mean_angle(phi)
    for goal in (1e-2, 1e-4, 1e-6):
        coarse, bound = mean_angle(phi, goal)
        assert error < abs(coarse - fine) <= bound < 30 * goal
    assert outer_error(0.3) < outer_error(0.4) < 1e-6
    assert inner_error(0.3, 4) < inner_error(0.3, 400) < inner_error(0.4, 400)
    assert inner_error(1e-3, 10**6) < 1e-15  # no overflow
