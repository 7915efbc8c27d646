"""Obligations say as much as their sentences: every weaker version is refused by planted points."""

from __future__ import annotations

import dataclasses
import importlib.util
from pathlib import Path

import pytest
import sympy as sp

from convproof.prove.facts.catalogue import obligations
from convproof.prove.facts.obligation import Obligation
from convproof.prove.facts.strength import doubts, named, planted
from convproof.prove.smt.discharge import discharge
from convproof.prove.smt.solvers import solver
from convproof.prove.smt.text import Script

_spec = importlib.util.spec_from_file_location("mutation", Path(__file__).with_name("mutation.py"))
assert _spec is not None
assert _spec.loader is not None
mutation = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(mutation)


def test_every_obligation_has_points_and_no_points_are_left_over() -> None:
    assert set(planted()) == set(obligations())
    for item in obligations().values():
        assert doubts(item) == [], item.id


def says_the_same(item: Obligation, other: Obligation) -> bool:
    """Whether z3 proves that what was changed follows from what is left, the named parts free."""
    logical = {s: sp.Eq(sp.Symbol(f"{s}_", integer=True), 1) for s in named(item).values()
               if not s.is_integer}  # fmt: skip
    free = [h.xreplace(logical) for h in item.hypotheses]
    if other.conclusion != item.conclusion:
        weak, strong = (f.conclusion.xreplace(logical) for f in (other, item))
        return proves([*free, weak], strong)
    extra = sp.And(*(item.spelled(h) for h in other.hypotheses if h not in item.hypotheses))
    return proves([item.spelled(h) for h in item.hypotheses], extra)


def proves(known: list[sp.Basic], goal: sp.Basic) -> bool:
    pytest.importorskip("z3")
    if goal in (sp.true, sp.false):
        return goal is sp.true
    return solver("z3").answer(Script(known, goal).text, [], 5.0).result == "unsat"


@pytest.mark.parametrize("item", obligations().values(), ids=lambda item: item.id)
def test_weaker_versions_are_refused(item: Obligation) -> None:
    survivors = [(change, other) for change, other in mutation.mutants(item) if not doubts(other)]
    assert [change for change, other in survivors if not says_the_same(item, other)] == []


def test_a_weakened_conclusion_is_not_discharged() -> None:
    groups = obligations()["groups"]
    g, width = (named(groups)[name] for name in ("g", "G"))
    weak = sp.And(*(a.xreplace({a: g < width + 1}) if a == (g < width) else a
                    for a in groups.conclusion.args))  # fmt: skip
    assert weak != groups.conclusion
    verdict = discharge(dataclasses.replace(groups, conclusion=weak)).verdict
    assert not verdict.holds
    assert "less than its sentence" in verdict.reason
