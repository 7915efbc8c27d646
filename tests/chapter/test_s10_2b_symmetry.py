"""Symmetries of training: with a planted bug the claims are not judged as expected."""

from __future__ import annotations

import numpy as np

from convproof.chapter import s10_2b_symmetry
from convproof.theory.optimisers import stateless
from tests.chapter.judged import judged


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
