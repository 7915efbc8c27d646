"""Every derivation is a proof by the rules; a step wrong at large sizes only is refused."""

import dataclasses
import itertools

import pytest
import sympy as sp

from convproof.derive import derive
from convproof.derive.layers import general
from convproof.derive.step import Derivation
from convproof.errors import DerivationError
from convproof.prove.coq import kernel
from convproof.prove.coq.derivations import derivations, name_of
from convproof.prove.coq.script import derivation_file, statements
from convproof.prove.coq.sources import home, sources
from convproof.spec import AvgPool, Conv, MaxPool

needs_coq = pytest.mark.skipif(kernel.available() is None, reason=kernel.INSTALL)
ONE_AXIS = [name for name in derivations() if "1d" in name or name.startswith("pad_")]


def test_every_layer_is_an_instance_of_a_derivation_that_is_proved() -> None:
    layers = [
        Conv(taps, padding_mode=mode, stride=2, activation=activation)
        for taps, mode, activation in itertools.product(
            (3, (3,), (2, 1, 2)), ("zeros", "circular", "reflect", "replicate"), (None, "relu")
        )
    ]
    pools = [MaxPool(3, ceil_mode=ceil, padding=1) for ceil in (False, True)]
    means = [
        AvgPool(3, ceil_mode=ceil, count_include_pad=count, padding=1)
        for ceil, count in itertools.product((False, True), repeat=2)
    ]
    for spec in (*layers, *pools, *means):
        assert derivations()[name_of(spec)]().goals == general(spec).goals, spec


@pytest.mark.parametrize("name", ONE_AXIS)
def test_every_step_is_a_lemma_and_every_goal_a_theorem(name: str) -> None:
    derivation = derivations()[name]()
    text = derivation_file(name, derivation)
    counted = [goal for goal in derivation.goals if goal.startswith("divisor")]
    steps = [step for step in derivation.steps if step.goal not in counted]
    assert text.count("\nLemma ") == len(steps)
    stated = statements(name, derivation)
    assert text.count("\nTheorem ") == len(stated) == len(derivation.goals)
    assert all(home(theorem) == f"Derived_{name}" for theorem in stated)


@needs_coq
@pytest.mark.parametrize("name", ONE_AXIS)
def test_coq_proves_every_goal_of_one_axis(name: str) -> None:
    checked = kernel.check(f"Derived_{name}")
    assert checked.error == ""
    assert set(checked.assumptions.values()) == {kernel.CLOSED}


def tampered(right: Derivation, goal: str, number: int, change: str) -> Derivation:
    """One step of `goal`, from 0, is wrong; all that follows is consistent with it."""
    symbols = {s.name: s for step in right.steps for s in step.after.free_symbols}
    old, new = change.split(" -> ")
    put = {symbols[old]: sp.sympify(new, locals=symbols)}
    steps, seen = [], 0
    for step in right.steps:
        if step.goal == goal:
            before = step.before.xreplace(put) if seen > number else step.before
            after = step.after.xreplace(put) if seen >= number else step.after
            step = dataclasses.replace(step, before=before, after=after)
            seen += 1
        steps.append(step)
    wrong = dataclasses.replace(right.goals[goal], result=right.goals[goal].result.xreplace(put))
    assert wrong.result != right.goals[goal].result
    return dataclasses.replace(right, goals={**right.goals, goal: wrong}, steps=tuple(steps))


PLANTS = [
    ("conv1d", "forward", 0, "P_W -> P_W + floor(W/8)"),
    ("conv1d", "gradient x", 4, "O_W -> O_W - floor(O_W/8)"),
    ("conv1d", "gradient x", 5, "P_W -> P_W + floor(W/8)"),
    ("conv1d", "gradient kernel", 5, "O_W -> O_W - floor(O_W/8)"),
    ("conv_transpose1d", "gradient x", 4, "P_W -> P_W + floor(W/16)"),
    ("max_pool1d", "gradient x", 3, "D_W -> D_W + floor(W/8)"),
    ("avg_pool1d", "gradient x", 4, "O_W -> O_W - floor(W/8)"),
    ("avg_pool1d", "divisor W", 0, "Q_W -> Q_W + floor(W/8)"),
    ("pad_reflect", "gradient x", 4, "P_W -> P_W + floor(W/8)"),
    ("conv1d", "output size W", 1, "Q_W -> Q_W + floor(W/8)"),
]


@needs_coq
@pytest.mark.parametrize(("name", "goal", "number", "change"), PLANTS)
def test_a_step_that_is_wrong_at_large_sizes_only_is_refused(
    name: str, goal: str, number: int, change: str
) -> None:
    wrong = tampered(derive(name), goal, number, change)
    source = sources()[f"Derived_{name}"]
    for need in source.needs:
        assert kernel.check(need).error == ""
    try:
        text = derivation_file(name, wrong)
    except DerivationError:
        return
    assert kernel.compile_text(f"Planted_{name}", text).error != ""


def test_the_replay_at_small_sizes_does_not_see_such_a_step() -> None:
    assert tampered(derive("conv1d"), *PLANTS[0][1:]).check().holds


@needs_coq
def test_another_statement_is_refused() -> None:
    right = derive("conv1d")
    stated = statements("conv1d", right)
    name = "derived_conv1d_gradient_bias"
    weaker = stated[name].replace("(1 <= g <= G)", "(1 <= g <= G + 1)")
    assert weaker != stated[name]
    source = sources()["Derived_conv1d"]
    for need in source.needs:
        assert kernel.check(need).error == ""
    text = derivation_file("conv1d", right)
    assert kernel.compile_text("Planted_statement", text, [name], {name: (weaker,)}).error != ""


def test_a_rule_without_a_lemma_has_no_proof() -> None:
    right = derive("conv1d")
    steps = tuple(dataclasses.replace(step, rule="by magic") for step in right.steps)
    with pytest.raises(DerivationError, match="no lemma for the rule"):
        derivation_file("conv1d", dataclasses.replace(right, steps=steps))
