"""Distances of rotations: with a planted bug the claims are not judged as expected."""

from __future__ import annotations

from convproof.chapter import parts, rotations, s10_2d_distance
from tests.chapter.judged import judged


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


def test_a_wrong_theorem_name_is_no_proof(monkeypatch):
    monkeypatch.setattr(s10_2d_distance, "proved", lambda **_: parts.proved(theorems=("none",)))
    assert not judged("eq-10.10").verdict.holds
