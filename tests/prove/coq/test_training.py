"""The training step's derivation is a proof by the rules; a step that is wrong is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sympy as sp

from convproof.derive.step import Derivation
from convproof.derive.training import MOMENTUM, training_step
from convproof.errors import DerivationError
from convproof.prove.coq import kernel
from convproof.prove.coq.sources import home
from convproof.prove.coq.training import training_file, training_statements

needs_coq = pytest.mark.skipif(kernel.available() is None, reason=kernel.INSTALL)
STEP = training_step()
FILE = "Derived_update_step"


def test_every_step_is_a_lemma_and_every_goal_a_theorem() -> None:
    text = training_file("update_step", STEP)
    stated = training_statements("update_step", STEP)
    assert text.count("\nLemma ") == len(STEP.steps)
    assert text.count("\nTheorem ") == len(stated) == len(STEP.goals)
    assert all(home(theorem) == FILE for theorem in stated)


def test_a_statement_says_no_more_than_its_goal_needs() -> None:
    stated = training_statements("update_step", STEP)
    law = stated["derived_update_step_initial_law"]
    assert "Turn" in law
    assert "derivation (D" not in law
    # what moves is moved within its range only: beyond it no derivation could be so
    assert "1 <= by1 <= H -> 1 <= by2 <= d -> 1 <= at1 <= H" in stated["derived_update_step_weight"]


@needs_coq
def test_coq_proves_every_goal() -> None:
    checked = kernel.check(FILE)
    assert checked.error == ""
    assert set(checked.assumptions.values()) == {kernel.CLOSED}


def test_a_rule_without_a_lemma_proves_nothing() -> None:
    steps = tuple(replace(one, rule="by magic") for one in STEP.steps)
    with pytest.raises(DerivationError, match="no lemma for the rule 'by magic'"):
        training_file("update_step", replace(STEP, steps=steps))


def momentum_twice() -> Derivation:
    """The second run's momentum counts twice: the derivation holds no more."""
    definitions = tuple(
        replace(one, right=one.right.xreplace({MOMENTUM: 2 * MOMENTUM}))
        if str(one.left.base) == "V'^+"
        else one
        for one in STEP.definitions
    )
    return replace(STEP, definitions=definitions)


def not_orthogonal() -> Derivation:
    """The columns of R are orthogonal to themselves too."""
    (given,) = STEP.given
    return replace(STEP, given=(sp.Eq(given.lhs, 2 * given.rhs),))


def last_unit_forgotten() -> Derivation:
    """A sum that ends one short: at one unit alone it would be the same."""
    d = sp.Symbol("d", integer=True, positive=True)

    def cut(e: sp.Expr) -> sp.Expr:
        sums = {s for s in e.atoms(sp.Sum) if len(s.limits) == 1}
        return e.xreplace({s: sp.Sum(s.function, (s.limits[0][0], 1, d - 1)) for s in sums})

    goal = STEP.goals["weight"]
    steps = tuple(
        replace(one, after=cut(one.after)) if one.after == goal.result else one
        for one in STEP.steps
    )
    goals = {**STEP.goals, "weight": replace(goal, result=cut(goal.result))}
    return replace(STEP, goals=goals, steps=steps)


@needs_coq
@pytest.mark.parametrize("plant", [momentum_twice, not_orthogonal, last_unit_forgotten])
def test_a_wrong_training_step_is_refused(plant, tmp_path, monkeypatch) -> None:
    assert kernel.check("Spread").error == ""
    for name in ("Tactics", "Greatest"):
        assert kernel.check(name).error == ""
    try:
        text = training_file("update_step", plant())
    except DerivationError:
        return
    found = kernel.compile_text("Planted", text)
    assert "Planted.v" in found.error
