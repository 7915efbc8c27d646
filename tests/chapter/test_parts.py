"""Claims by obligations: without a tool, or where a solver is unsure, no grade is kept."""

import dataclasses
import sys
from collections.abc import Iterator

import pytest
import sympy as sp

from convproof.chapter import parts, prove
from convproof.chapter.parts import by_solvers
from convproof.derive import derive
from convproof.evidence import Grade, Status
from convproof.prove.coq import kernel
from convproof.prove.smt import solvers
from convproof.prove.smt.discharge import Query, discharge, lemma_queries
from convproof.prove.smt.solvers import Answer


@pytest.fixture
def nothing_kept() -> Iterator[None]:
    """Nothing that was proved is known before the test, and nothing said in it is kept after it."""
    kept = (discharge, lemma_queries)
    for cached in kept:
        cached.cache_clear()
    yield
    for cached in kept:
        cached.cache_clear()


@pytest.mark.usefixtures("nothing_kept")
def test_without_the_solvers_nothing_passes_silently(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "cvc5", None)
    monkeypatch.setattr(kernel, "available", lambda: None)
    claim = prove("locality")["locality"]
    assert claim.verdict.status is Status.OPEN
    assert "pip install 'convproof[prove]'" in claim.verdict.reason
    assert claim.grade is Grade.OPEN


@pytest.mark.usefixtures("nothing_kept")
@pytest.mark.parametrize(
    ("said", "status"),
    [
        (("unsat", "timeout"), Status.UNDECIDED),
        (("unknown", "unsat"), Status.UNDECIDED),
        (("unsat", "sat"), Status.UNDECIDED),
    ],
)
def test_what_a_solver_leaves_undecided_lowers_the_grade(monkeypatch, said, status) -> None:
    pytest.importorskip("z3")
    pytest.importorskip("cvc5")
    real = solvers.ask

    def planted(text, names=(), timeout=1.0):
        if "(- 12)" in text:  # small models, of the hypotheses and the mistakes: left alone
            return real(text, names, timeout)
        return [
            Answer(solver, "0", word, 0.0, {} if word == "sat" else None)
            for solver, word in zip(("z3", "cvc5"), said, strict=True)
        ]

    monkeypatch.setattr(solvers, "ask", planted)
    (found,) = by_solvers("leftover")
    assert found.verdict.status is status
    assert found.grade is Grade.OPEN
    assert said[1] in found.verdict.reason or said[0] in found.verdict.reason


def test_disagreement_is_an_answer_of_its_own() -> None:
    answers = (Answer("z3", "0", "unsat", 0.0), Answer("cvc5", "0", "sat", 0.0, {}))
    assert Query("conclusion", "", answers).result == "disagree"


@pytest.mark.parametrize(
    ("name", "change"),
    [("conv1d", "P_W -> P_W + 1"), ("max_pool1d", "S_W -> S_W + 1"), ("avg_pool1d", "W -> W - 1")],
)
def test_a_derivation_of_something_else_unproves_the_claim(name, change, monkeypatch) -> None:
    """Wrong from its definition on: no step is, and the theorem says what was derived."""
    right = derive(name)
    symbols = {s.name: s for goal in right.goals.values() for s in goal.result.free_symbols}
    old, new = change.split(" -> ")
    put = {symbols[old]: sp.sympify(new, locals=symbols)}
    ahead = right.goals["forward"]
    goals = {
        **right.goals,
        "forward": dataclasses.replace(ahead, result=ahead.result.xreplace(put)),
    }
    wrong = dataclasses.replace(right, goals=goals)
    monkeypatch.setattr(parts, "derive", lambda _: wrong)
    (found,) = parts.defined(name)
    assert found.beside
    assert found.verdict.refuted


def test_a_window_more_in_ceil_mode_is_found(monkeypatch) -> None:
    """One that starts on the padding after the image: wrong at few sizes, from its start on."""
    right = parts._derivation("max_pool1d_ceil")
    wrong = {
        out: size.replace(
            lambda part: (
                isinstance(part, sp.StrictGreaterThan)
                and {"P_W", "W"} == set(map(str, part.lhs.free_symbols))
            ),
            lambda part: sp.Ge(*part.args),
        )
        for out, size in right.sizes.items()
    }
    assert wrong != dict(right.sizes)
    assert parts.defined("max_pool1d_ceil")[0].verdict.holds
    monkeypatch.setattr(parts, "_derivation", lambda _: dataclasses.replace(right, sizes=wrong))
    assert parts.defined("max_pool1d_ceil")[0].verdict.refuted


def test_evidence_names_the_derivations_that_it_is_about() -> None:
    assert parts.defined("conv1d")[0].details["derivations"] == ["conv1d"]
    if kernel.available() is not None:
        theorems = ("derived_conv1d_gradient_x", "axes_swap")
        assert parts.proved(theorems=theorems)[0].details["derivations"] == ["conv1d"]
