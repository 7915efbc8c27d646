"""The derivation of Problem 10.2.1: it replays, and no mutation of it does."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from sympy import Indexed, IndexedBase, Integer, Sum, Symbol, srepr

from convproof.derive.training import ORTHOGONAL, R
from convproof.evidence import Status
from convproof.theory import replay as checker
from convproof.theory.optimisers import sgd
from convproof.theory.update_step import update_step

DERIVATION = update_step()


def test_it_replays():
    verdict = DERIVATION.check().require()
    assert f"{len(DERIVATION.steps)} steps" in verdict.reason
    assert list(DERIVATION.goals) == [
        "initial law", "pre-activation", "gradient", "momentum", "weight",
    ]  # fmt: skip


def test_the_results_are_the_first_run_times_the_rotation():
    found = {name: str(goal.result) for name, goal in DERIVATION.goals.items()}
    assert found == {
        "initial law": "Q[h]",
        "pre-activation": "Z[n, h]",
        "gradient": "Sum(G[h, j]*R[i, j], (j, 1, d))",
        "momentum": "Sum(R[i, j]*V^+[h, j], (j, 1, d))",
        "weight": "Sum(R[i, j]*W^+[h, j], (j, 1, d))",
    }


@pytest.mark.parametrize("prime", ["", "'"])
def test_the_update_is_that_of_the_optimiser(prime):
    """What the derivation calls a step of SGD is what `optimisers.sgd` does, for both runs."""
    world = checker._world(DERIVATION, {"N": 2, "H": 3, "d": 4}, np.random.default_rng(0))
    scalar = {symbol.name: value for symbol, value in world.sizes.items()}

    def read(name):
        places = np.ndindex(3, 4)
        values = [world.read(IndexedBase(name), row + 1, column + 1) for row, column in places]
        return np.array(values, dtype=object).reshape(3, 4)

    rule = sgd(scalar["eta"], scalar["mu"], scalar["lambda"])
    weight, speed = rule(read(f"W{prime}"), read(f"G{prime}"), read(f"V{prime}"))
    assert np.array_equal(weight, read(f"W{prime}^+"))
    assert np.array_equal(speed, read(f"V{prime}^+"))


def _mutants(expr):
    """`expr` changed in one place: an index, a factor, a sign, a range."""
    changes = [(expr, expr + 1), (expr, -expr)]
    for node in sorted(expr.atoms(Indexed), key=srepr):
        changes.append((node, 2 * node))
        changes.append((node, Indexed(node.base, node.indices[0] + 1, *node.indices[1:])))
        changes.append((node, Indexed(node.base, *reversed(node.indices))))
    for node in sorted(expr.atoms(Sum), key=srepr):
        (var, low, high), *rest = node.limits
        changes.append((node, Sum(node.function, (var, low, high - 1), *rest)))
    changes += [(Symbol(name), Integer(0)) for name in ("eta", "mu", "lambda")]
    found = []
    for old, new in changes:
        with suppress(ValueError):  # a derivative by 2*W is no expression at all
            found.append(expr.xreplace({old: new}))
    return [mutant for mutant in found if mutant != expr]


def _with_after(number, after):
    """The goal of step `number` alone, the step arriving elsewhere, the chain unbroken."""
    steps = list(DERIVATION.steps)
    name = steps[number].goal
    goal = DERIVATION.goals[name]
    steps[number] = replace(steps[number], after=after)
    if number + 1 < len(steps) and steps[number + 1].goal == name:
        steps[number + 1] = replace(steps[number + 1], before=after)
    else:
        goal = replace(goal, result=after)
    mine = tuple(step for step in steps if step.goal == name)
    return replace(DERIVATION, steps=mine, goals={name: goal})


@pytest.mark.parametrize("number", range(len(DERIVATION.steps)))
def test_every_mutated_step_is_refused(number):
    mutants = _mutants(DERIVATION.steps[number].after)
    assert len(mutants) >= 4
    for after in mutants:
        verdict = _with_after(number, after).check()
        assert verdict.status is Status.REFUTED, f"survived: {after}"


def test_broken_chains_are_refused():
    steps = DERIVATION.steps
    for number in range(len(steps)):
        without = replace(DERIVATION, steps=steps[:number] + steps[number + 1 :])
        if steps[number].before != steps[number].after:
            assert not without.check().holds
    assert not replace(DERIVATION, goals={}).check().holds


def test_orthogonality_is_what_carries_it(monkeypatch):
    """With a shear for R the very step that uses orthogonality is the first that fails."""

    def shear(group, d, rng):
        matrix = np.eye(d, dtype=int)
        matrix[0, 1] = 1
        return np.asarray(matrix, dtype=object)

    monkeypatch.setattr(checker, "rational", shear)
    assert DERIVATION.check().reason == "the world breaks a hypothesis"
    verdict = replace(DERIVATION, given=()).check()
    assert verdict.witness["rule"] == "orthogonality"
    assert ORTHOGONAL.has(R)


def test_the_checker_does_not_import_the_rules():
    names = vars(checker)
    assert "rules" not in names
    assert "update_step" not in names
