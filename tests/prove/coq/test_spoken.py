"""A statement is read on its own: what it assumes can be, and it says what was derived."""

from __future__ import annotations

import dataclasses

import pytest

from convproof.chapter import parts
from convproof.derive import derive
from convproof.evidence import Status
from convproof.prove.coq import context, script
from convproof.prove.coq.derivations import derivations
from convproof.prove.coq.script import statements
from convproof.prove.coq.spoken import Spoken, misread, python

ONE_AXIS = [name for name in derivations() if "1d" in name or name.startswith("pad_")]


@pytest.mark.parametrize("name", ONE_AXIS)
def test_a_statement_assumes_what_can_be_and_says_what_is_derived(name: str) -> None:
    assert misread(name, derivations()[name]())[:3] == []


GIVEN = "forall Padded : Z -> Z -> Z -> Z -> R,"
MISPRINTED = [
    ("conv1d", "(0 <= P_W)", "(0 < P_W)"),
    ("conv1d", "(0 < W)", "(W < 0)"),
    ("conv1d", ">=? 0)) then", ">=? 1)) then"),  # a guard on both sides alike
    ("conv1d", "(delta b at2)", "(delta 1 at2)"),
    ("avg_pool1d", "rO)", "rI)"),
    ("max_pool1d", "None", "(Some (X n 1 c))"),
    ("pad_reflect", "(if (P_W >=? r) then", "(if (r <=? (P_W + W)) then"),  # cases in another order
    ("pad_replicate", "span (P_W + W + 1)", "span (P_W + W)"),
    ("conv1d_reflect", GIVEN, "let Padded (n b g c : Z) : R := (Bias g (Z.abs b)) in"),
]


@pytest.mark.parametrize(("name", "old", "new"), MISPRINTED)
def test_a_statement_that_says_other_than_its_formulas_is_seen(
    name: str, old: str, new: str, monkeypatch
) -> None:
    """Printed alike on both sides, or narrower, or on what cannot be: the proof may go through."""
    right = derivations()[name]()
    assert any(old in text for text in statements(name, right).values())
    monkeypatch.setattr(
        script, "statement", lambda *words: context.statement(*words).replace(old, new)
    )
    assert misread(name, right) != []


def test_a_cross_check_of_every_claim_about_derivations_reads_them(monkeypatch) -> None:
    assert all(one.verdict.holds for one in parts.defined("avg_pool1d"))
    monkeypatch.setattr(parts, "_READ", {})
    monkeypatch.setattr(parts, "misread", lambda *_: ["planted"])
    (found,) = parts.defined("avg_pool1d")
    assert found.verdict.status is Status.UNDECIDED
    assert "planted" in found.summary


def test_a_statement_that_is_read_at_no_sizes_is_told() -> None:
    right = derive("avg_pool1d")
    nowhere = dataclasses.replace(right, given=(*right.given, right.given[0].negated))
    assert any("was not read" in one for one in misread("avg_pool1d", nowhere))


def test_what_is_read() -> None:
    told = Spoken(
        "(forall n : Z, (1 <= n <= 3) -> let A (i : Z) : R := (X (i + 1)) in\n"
        "(sum n (fun i => (if (i >=? 2) then (A i) else rO))) = rO)"
    )
    assert told.over == {"n": ["Z"]}
    assert python(told.assumed[0]) == "(1 <= n <= 3)"
    assert told.defined["A"][0] == ["i"]
    left, right = told.sides()
    assert python(left) == "sum(n, (lambda i: (A(i) if (i >= 2) else rO)))"
    assert python(right) == "rO"
