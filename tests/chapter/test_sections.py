"""The claims of section 10.2 that need no tool: a planted bug is not judged as expected."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import numpy as np

from convproof.chapter import (
    Claim,
    parts,
    prove,
    rotations,
    s10_1_4_pooling,
    s10_1_5_gradients,
    s10_2a_simulation,
    s10_2b_symmetry,
    s10_2c_convnet,
    s10_2d_distance,
    s10_2e_samples,
)
from convproof.theory.optimisers import stateless
from convproof.theory.theorems import THEOREMS


def judged(id: str) -> Claim:
    return prove(id)[id]


def test_a_wrong_table_is_found(monkeypatch):
    monkeypatch.setitem(s10_2b_symmetry.OPTIMISERS, "muon", stateless(np.sign))
    assert judged("orthogonal-equivariance-corrected").verdict.refuted


def test_a_rule_that_is_not_equivariant_unproves_the_problem(monkeypatch):
    monkeypatch.setattr(s10_2b_symmetry, "sgd", lambda *_: stateless(np.sign))
    assert not judged("problem-10.2.1").verdict.holds


def test_a_rule_that_is_equivariant_does_not_refute_the_assertion(monkeypatch):
    monkeypatch.setattr(s10_2b_symmetry, "_by_coordinates", lambda gradient: gradient)
    assert not judged("orthogonal-equivariance").as_expected


def test_letting_the_ties_go_is_noticed(monkeypatch):
    """If pooling the ties did nothing, the convolutional layer would pass for equivariant."""
    monkeypatch.setattr(s10_2b_symmetry, "pool_ties", lambda gradient, *_: gradient)
    assert not judged("convolution-breaks-symmetry").verdict.holds


def test_a_wrong_law_of_initialisation_is_found(monkeypatch):
    monkeypatch.setattr(s10_2b_symmetry, "kurtosis", lambda law, v: 3)
    assert not judged("initialisation").verdict.holds


def test_a_wrong_distance_formula_is_found(monkeypatch):
    right = rotations.rotation_distance

    def wrong(one, two):
        found = right(one, two)
        return type(found)(found.value**0.9, found.error, found.method)

    monkeypatch.setattr(rotations, "rotation_distance", wrong)
    for id in ("footnote-3-corrected", "eq-10.11-corrected", "sample-separation"):
        assert judged(id).verdict.refuted


def test_too_large_a_constant_is_found(monkeypatch):
    right = s10_2d_distance._slack
    monkeypatch.setattr(s10_2d_distance, "_slack", lambda *a: right(*a) / 1.1)
    assert judged("eq-10.11-corrected").verdict.refuted


def test_features_of_another_law_are_found(monkeypatch):
    """With |x| in place of x^2 the label is another function, and T has another law."""
    monkeypatch.setattr(s10_2c_convnet, "_pooled_squares", lambda x: np.stack([
        np.abs(x[..., : x.shape[-1] // 2]).mean(axis=-1),
        np.abs(x[..., x.shape[-1] // 2 :]).mean(axis=-1),
    ], axis=-1))  # fmt: skip
    assert judged("problem-10.2.2").verdict.refuted


def test_too_few_and_too_many_samples_are_found(monkeypatch):
    for other in (71, 73):
        monkeypatch.setattr(s10_2c_convnet, "_ENOUGH", other)
        assert judged("problem-10.2.2").verdict.refuted


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


def test_a_wrong_matrix_is_found(monkeypatch):
    right = s10_2a_simulation.as_matrix
    monkeypatch.setattr(s10_2a_simulation, "as_matrix", lambda *a: 2 * right(*a))
    assert not judged("fc-simulates-conv").verdict.holds


def test_a_wrong_region_is_found(monkeypatch):
    right = s10_1_4_pooling._moved
    monkeypatch.setattr(s10_1_4_pooling, "_moved", lambda x, by: right(x, by + 1))
    assert not judged("translation-equivariance-corrected").verdict.holds


def test_a_max_pool_that_takes_the_last_maximum_is_found(monkeypatch):
    reference = s10_1_5_gradients.reference
    right = reference.max_pool_backward

    def last(dy, x, axes):
        return right(dy[:, ::-1], x[:, ::-1], axes)[:, ::-1]

    monkeypatch.setattr(reference, "max_pool_backward", last)
    assert not judged("max-pool-gradient").verdict.holds


def test_a_wrong_theorem_name_is_no_proof(monkeypatch):
    monkeypatch.setattr(s10_2d_distance, "proved", lambda **_: parts.proved(theorems=("none",)))
    assert not judged("eq-10.10").verdict.holds
