"""The claims of section 10.2: all judged as expected, and a planted bug is not."""

from __future__ import annotations

import numpy as np
import pytest

from convproof.evidence import Grade, Status
from convproof.theory import judge_distance, judge_samples, judge_symmetry
from convproof.theory.claims import claims
from convproof.theory.optimisers import stateless

JUDGEMENTS = {judgement.id: judgement for judgement in claims()}


@pytest.mark.parametrize("name", JUDGEMENTS)
def test_judged_as_expected(name):
    claim = JUDGEMENTS[name].claim()
    assert claim.as_expected, claim.verdict
    assert claim.grade is not Grade.OPEN
    if claim.verdict.status is Status.REFUTED:
        assert claim.verdict.witness
        assert claim.replaced_by in JUDGEMENTS


def test_a_wrong_table_is_found(monkeypatch):
    monkeypatch.setitem(judge_symmetry.OPTIMISERS, "muon", stateless(np.sign))
    assert judge_symmetry.table().verdict.status is Status.REFUTED


def test_a_rule_that_is_not_equivariant_unproves_the_problem(monkeypatch):
    monkeypatch.setattr(judge_symmetry, "sgd", lambda *_: stateless(np.sign))
    assert judge_symmetry.proof().verdict.status is Status.REFUTED


def test_letting_the_ties_go_is_noticed(monkeypatch):
    """If pooling the ties did nothing, the convolutional layer would pass for equivariant."""
    monkeypatch.setattr(judge_symmetry, "pool_ties", lambda gradient, *_: gradient)
    assert not judge_symmetry.convolution_fails().verdict.holds


def test_a_wrong_law_of_initialisation_is_found(monkeypatch):
    monkeypatch.setattr(judge_symmetry, "kurtosis", lambda law, v: 3)
    assert not judge_symmetry.initial_law().verdict.holds


def test_a_wrong_distance_formula_is_found(monkeypatch):
    right = judge_distance.rotation_distance

    def wrong(one, two):
        found = right(one, two)
        return type(found)(found.value**0.9, found.error, found.method)

    monkeypatch.setattr(judge_distance, "rotation_distance", wrong)
    assert judge_distance.distance_formula().verdict.status is Status.REFUTED


def test_too_large_a_constant_is_found(monkeypatch):
    right = judge_distance._slack
    monkeypatch.setattr(judge_distance, "_slack", lambda *a: right(*a) / 1.1)
    assert judge_distance.eq_10_11_corrected().verdict.status is Status.REFUTED


def test_features_of_another_law_are_found(monkeypatch):
    """With |x| in place of x^2 the label is another function, and T has another law."""
    monkeypatch.setattr(judge_samples, "pooled_squares", lambda x: np.stack([
        np.abs(x[..., : x.shape[-1] // 2]).mean(axis=-1),
        np.abs(x[..., x.shape[-1] // 2 :]).mean(axis=-1),
    ], axis=-1))  # fmt: skip
    assert judge_samples.problem_10_2_2().verdict.status is Status.REFUTED


def test_too_few_samples_are_found(monkeypatch):
    right = judge_samples.failure
    monkeypatch.setattr(judge_samples, "failure", lambda n, e: right(n, e) / 1.5)
    assert judge_samples.problem_10_2_2().verdict.status is Status.REFUTED


def test_a_learner_that_is_not_equivariant_breaks_the_reduction(monkeypatch):
    def by_sign(*_):
        def rule(weight, gradient, state):
            return weight - (2 * (gradient > 0) - 1) * judge_samples.Fraction(1, 2), state

        return rule

    monkeypatch.setattr(judge_samples, "sgd", by_sign)
    assert judge_samples.reduction().verdict.status is Status.REFUTED


def test_wrong_ingredients_of_the_lower_bound_are_found(monkeypatch):
    right = judge_samples.angle_distance
    monkeypatch.setattr(
        judge_samples, "angle_distance", lambda phi: right(np.minimum(phi * 1.1, 1.5))
    )
    assert judge_samples.separation().verdict.status is Status.REFUTED
    monkeypatch.undo()
    monkeypatch.setattr(judge_samples, "ricci_is_einstein", lambda k, d: k != 3)
    assert judge_samples.separation().verdict.status is Status.REFUTED
