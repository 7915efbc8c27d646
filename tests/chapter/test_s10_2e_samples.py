"""Numbers of samples: with a planted bug the claims are not judged as expected."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import numpy as np

from convproof.chapter import s10_2e_samples
from convproof.theory.theorems import THEOREMS
from tests.chapter.judged import judged


def test_a_learner_that_is_not_equivariant_breaks_the_reduction(monkeypatch):
    def by_sign(*_):
        def rule(weight, gradient, state):
            return weight - (2 * (gradient > 0) - 1) * Fraction(1, 2), state

        return rule

    monkeypatch.setattr(s10_2e_samples, "sgd", by_sign)
    assert not judged("reduction").verdict.holds


def test_wrong_ingredients_of_the_lower_bound_are_found(monkeypatch):
    right = s10_2e_samples.angle_distance
    monkeypatch.setattr(
        s10_2e_samples, "angle_distance", lambda phi: right(np.minimum(phi * 1.1, 1.5))
    )
    assert judged("sample-separation-concentration").verdict.refuted
    monkeypatch.undo()
    monkeypatch.setattr(s10_2e_samples, "_ricci_is_einstein", lambda k, d: k != 3)
    assert judged("sample-separation-concentration").verdict.refuted


def test_a_wrong_small_ball_is_found(monkeypatch):
    right = s10_2e_samples.small_ball_bits
    monkeypatch.setattr(s10_2e_samples, "small_ball_bits", lambda k, e: right(k, e) * (1 + 1e-9))
    assert judged("sample-separation").verdict.refuted
    monkeypatch.undo()
    wrong = dataclasses.replace(THEOREMS["F"].steps[0], check=lambda: False)
    theorem = dataclasses.replace(THEOREMS["F"], steps=(wrong,))
    monkeypatch.setitem(THEOREMS, "F", theorem)
    assert judged("sample-separation").verdict.refuted
