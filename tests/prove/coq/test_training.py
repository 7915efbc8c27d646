"""The training step's derivation is a proof by the rules; a step that is wrong is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
import sympy as sp

from convproof.derive.step import Derivation
from convproof.derive.training import MOMENTUM, training_step
from convproof.errors import DerivationError
from convproof.prove.coq import kernel
from convproof.prove.coq.sources import home
from convproof.prove.coq.training import Training, array, training_file, training_statements
from convproof.theory import replay

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


def parsed(text: str) -> list:
    """A plain formula as nested lists."""
    stack: list[list] = [[]]
    for token in re.findall(r"[()]|[^\s()]+", text):
        if token == "(":
            stack.append([])
        elif token == ")":
            inner = stack.pop()
            stack[-1].append(inner)
        else:
            stack[-1].append(token)
    return stack[0][0]


def meant(tree, names: dict, world) -> object:
    """What a plain formula means, read on its own."""
    if isinstance(tree, str):
        return {"rO": 0, "rI": 1}.get(tree) if tree in ("rO", "rI") else names[tree]
    head, *rest = tree
    if head == "sum":
        top, (_, letter, _, body) = rest
        at = range(1, names[top] + 1)
        return sum((meant(body, {**names, letter: j}, world) for j in at), Fraction(0))
    values = [meant(one, names, world) for one in rest]
    if head == "ropp":
        return -values[0]
    if head == "delta":
        return int(values[0] == values[1])
    if head in ("radd", "rmul"):
        left, right = values
        return left + right if head == "radd" else left * right
    return world.read(ARRAYS[head], *values)


ARRAYS = {array(base): base for base in (*STEP.arrays, *(d.left.base for d in STEP.definitions))}


def test_the_printer_says_what_the_formula_means() -> None:
    """Every definition and every step without a derivative, by values: signs and squares too."""
    world = replay._world(STEP, {"N": 2, "H": 3, "d": 4}, np.random.default_rng(1))
    sizes = {str(symbol): value for symbol, value in world.sizes.items()}
    said = [(one.right, one.free) for one in STEP.definitions]
    said += [(one.after, STEP.goals[one.goal].free) for one in STEP.steps]
    compared = 0
    for formula, free in said:
        if formula.has(sp.Derivative):
            continue
        tree, letters = (
            parsed(f"({Training((), plain=True).write(formula)})"),
            [v for v, *_ in free],
        )
        tree = tree[0] if len(tree) == 1 else tree
        for place in product(*(range(1, min(2, sizes[str(top)]) + 1) for *_, top in free)):
            names = {**sizes, **{str(v): at for v, at in zip(letters, place, strict=True)}}
            assert meant(tree, names, world) == world.function(formula, letters)(*place), formula
            compared += 1
    assert compared > 60
