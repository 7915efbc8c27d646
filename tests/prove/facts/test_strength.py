"""Obligations say as much as their sentences: every weaker version is refused by planted points."""

from __future__ import annotations

import dataclasses
import importlib.util
from pathlib import Path

import pytest
import sympy as sp

from convproof.errors import DerivationError
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


@pytest.mark.parametrize("item", obligations().values(), ids=lambda item: item.id)
def test_a_symbol_of_which_more_is_assumed_is_refused(item: Obligation) -> None:
    """A padding that has to be there: a hypothesis that no formula shows."""
    formulas = (*item.assumed(), item.claim())
    for symbol in set().union(*(sp.sympify(f).free_symbols for f in formulas)):
        if symbol.is_nonnegative and not symbol.is_positive:
            put = {symbol: sp.Symbol(symbol.name, integer=True, positive=True)}
            narrow = dataclasses.replace(
                item,
                hypotheses=tuple(h.xreplace(put) for h in item.hypotheses),
                conclusion=item.conclusion.xreplace(put),
                meanings=tuple(
                    dataclasses.replace(m, formula=m.formula.xreplace(put)) for m in item.meanings
                ),
            )
            assert doubts(narrow) != [], symbol


@pytest.mark.parametrize("more", ["even", "odd", "prime", "negative"])
def test_a_symbol_of_which_is_assumed_what_no_solver_is_told_is_refused(more: str) -> None:
    """SymPy simplifies by it, so that the solvers would be asked something narrower."""
    strange = sp.Symbol("S", integer=True, **{more: True})
    with pytest.raises(DerivationError, match="more is assumed"):
        Script([], sp.Le(strange, sp.Symbol("x", integer=True)))


ALL = list(obligations().values())


@pytest.mark.parametrize("item", ALL[::5], ids=lambda item: item.id)
def test_a_named_part_that_means_something_else_is_refused(item: Obligation) -> None:
    """One changed formula in twelve here; where the points tell none apart it is the same."""
    left = []
    for number, meaning in enumerate(item.meanings):
        formulas = dict.fromkeys(mutation.changed(sp.sympify(meaning.formula)))
        for formula in list(formulas)[number::12]:
            changed = dataclasses.replace(meaning, formula=formula)
            meanings = (*item.meanings[:number], changed, *item.meanings[number + 1 :])
            if not doubts(dataclasses.replace(item, meanings=meanings)):
                left.append((meaning, formula))
    known = [item.spelled(h) for h in item.hypotheses if not isinstance(h, sp.Symbol)]
    for meaning, formula in left:
        whole, other = item.spelled(meaning.name), item.spelled(formula)
        same = sp.Eq(whole, other) if whole.is_integer else sp.Equivalent(whole, other)
        assert same is sp.true or proves(known, same), (meaning.name, formula)


@pytest.mark.parametrize("id", ["size", "stack-size"])
def test_what_is_counted_by_its_own_formula_is_refused(id: str) -> None:
    item = obligations()[id]
    (meaning,) = item.meanings
    symbols = sorted(meaning.formula.free_symbols, key=str)
    quick = sp.lambdify(symbols, meaning.formula, "math")

    def compiled(values):
        return quick(*(values[str(s)] for s in symbols))

    def computed(values):
        return meaning.formula.xreplace({s: sp.Integer(values[str(s)]) for s in symbols})

    for wrong in (compiled, computed, lambda values: 1):
        changed = dataclasses.replace(meaning, counted=wrong)
        other = dataclasses.replace(item, meanings=(changed,))
        assert any("counted" in doubt for doubt in doubts(other))
        assert not discharge(other).verdict.holds
    unnamed = dataclasses.replace(meaning, name=sp.Symbol("unheard"))
    assert "unheard means" in doubts(dataclasses.replace(item, meanings=(unnamed,)))[0]


def test_a_weakened_conclusion_is_not_discharged() -> None:
    groups = obligations()["groups"]
    g, width = (named(groups)[name] for name in ("g", "G"))
    weak = sp.And(*(a.xreplace({a: g < width + 1}) if a == (g < width) else a
                    for a in groups.conclusion.args))  # fmt: skip
    assert weak != groups.conclusion
    verdict = discharge(dataclasses.replace(groups, conclusion=weak)).verdict
    assert not verdict.holds
    assert "less than its sentence" in verdict.reason
