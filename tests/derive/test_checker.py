"""The checker's own test: right derivations hold, and a wrong step is refused wherever it is."""

from __future__ import annotations

import importlib.util
import random
from dataclasses import replace
from pathlib import Path

import pytest
from sympy import Piecewise
from sympy.concrete.expr_with_limits import ExprWithLimits

from convproof.derive import NAMES, Derivation, derive
from convproof.derive.pool import derive_avg_pool, derive_max_pool
from convproof.derive.symbols import K, axes
from convproof.spec import AvgPool, Conv, MaxPool

_spec = importlib.util.spec_from_file_location("mutation", Path(__file__).with_name("mutation.py"))
assert _spec is not None
assert _spec.loader is not None
mutation = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(mutation)


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith("3d")])
def test_every_derivation_holds(name: str) -> None:
    derive(name).check().require()


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("3d")])
def test_every_derivation_in_three_dimensions_holds(name: str) -> None:
    derive(name).check().require()


SPECS = [
    Conv(3, 4, stride=2, padding=1),
    Conv((3, 2), 4, stride=(2, 1), padding=((1, 0), (0, 2)), dilation=(1, 2), groups=2),
    Conv((3,), 2, padding="same", stride=2),
    Conv((2, 3), 2, padding=((1, 0), (2, 1)), padding_mode="reflect", bias=False, stride=2),
    Conv((3,), 2, padding=2, padding_mode="circular"),
    Conv((3,), 2, padding=2, padding_mode="replicate"),
    Conv((3,), 2, activation="relu"),
    Conv((2,), 2, activation="sigmoid", bias=False),
    Conv((2,), 2, activation="tanh"),
    MaxPool(3, stride=2, padding=1, ceil_mode=True),
    MaxPool((2,), dilation=2, padding=1),
    AvgPool(3, stride=2, padding=1, count_include_pad=False),
    AvgPool((2,), padding=1, ceil_mode=True, stride=3),
]


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_every_layer_holds(spec: Conv | MaxPool | AvgPool) -> None:
    derive(spec).check().require()


SAMPLED = {
    "conv1d": derive("conv1d"),
    "conv_transpose1d": derive("conv_transpose1d"),
    "max_pool1d": Derivation.of(derive_max_pool(1)),
    "avg_pool1d, ceil": Derivation.of(derive_avg_pool(1, True, True)),
    "avg_pool1d, exclude": Derivation.of(derive_avg_pool(1, False, True)),
    "pad_circular": derive("pad_circular"),
    "pad_reflect": derive("pad_reflect"),
    "pad_replicate": derive("pad_replicate"),
    "reflect layer": derive(Conv((2,), 2, padding=1, padding_mode="reflect")),
    "sigmoid layer": derive(Conv((2,), 2, activation="sigmoid")),
}


@pytest.mark.parametrize("name", SAMPLED)
def test_a_wrong_step_is_refused_wherever_it_is(name: str) -> None:
    derivation = SAMPLED[name]
    tried, survived = _tried(derivation, each=5)
    assert tried >= 20
    assert survived == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["conv2d", "max_pool2d"])
def test_a_wrong_step_is_refused_in_two_dimensions(name: str) -> None:
    tried, survived = _tried(derive(name), each=2)
    assert tried >= 20
    assert survived == []


def _tried(derivation: Derivation, each: int) -> tuple[int, list[str]]:
    tried, survived = 0, []
    for number, step in enumerate(derivation.steps):
        final = step.after == derivation.goals[step.goal].result and derivation.spec is None
        found = [
            one for one in mutation.mutants(step.after) if final or not _guard(step.after, one[1])
        ]
        random.Random(number).shuffle(found)
        for what, after in found[:each]:
            tried += 1
            if mutation.with_changed_step(derivation, number, after).check().holds:
                survived.append(f"{step.goal}, {step.rule}: {what}")
    return tried, survived


def _guard(before: object, after: object) -> bool:
    """Only a guard or a range of a sum differs.

    On the way there is more of them than is needed: where a delta or an index's own range says as
    much, a weaker guard changes nothing, and to refuse it would be wrong.  In a result, and with
    sizes that are symbols, every one of them counts.
    """

    def bare(expr):  # type: ignore[no-untyped-def]  # SymPy is untyped
        expr = expr.replace(lambda n: isinstance(n, Piecewise), lambda n: n.args[0].expr)
        return expr.replace(lambda n: isinstance(n, ExprWithLimits), lambda n: n.function)

    return bool(bare(before) == bare(after))


def test_a_gap_is_refused() -> None:
    conv = derive("conv1d")
    for number in range(len(conv.steps)):
        steps = conv.steps[:number] + conv.steps[number + 1 :]
        assert not replace(conv, steps=steps).check().holds


def test_a_result_that_no_step_arrives_at_is_refused() -> None:
    conv = derive("conv1d")
    for name, goal in conv.goals.items():
        other = replace(
            goal, result=conv.goals["forward" if "bias" in name else "gradient bias"].result
        )
        assert not replace(conv, goals={**conv.goals, name: other}).check().holds


def test_a_wrong_definition_rightly_derived_is_refused() -> None:
    # Convolution with the kernel flipped: every step is sound, but it is not what (10.5) says.
    conv = derive("conv1d")
    (axis,) = axes(1)

    def flipped(expr):  # type: ignore[no-untyped-def]  # SymPy is untyped
        def turn(node):  # type: ignore[no-untyped-def]  # SymPy is untyped
            tap, *rest = node.indices
            return K[(axis.kernel + 1 - tap, *rest)]

        return expr.replace(lambda n: getattr(n, "base", None) == K, turn)

    goals = {
        n: replace(g, start=flipped(g.start), result=flipped(g.result))
        for n, g in conv.goals.items()
    }
    steps = tuple(replace(s, before=flipped(s.before), after=flipped(s.after)) for s in conv.steps)
    forward = [s for s in steps if s.goal.startswith(("forward", "output"))]
    kept = {n: g for n, g in goals.items() if n.startswith(("forward", "output"))}
    verdict = replace(conv, goals=kept, steps=tuple(forward)).check()
    assert not verdict.holds
    assert "plain loops" in verdict.reason


def test_a_wrong_output_size_is_refused() -> None:
    conv = derive("conv1d")
    (axis,) = axes(1)
    wrong = replace(conv, sizes={axis.out: axis.output_size() + 1})
    assert not wrong.check().holds


def test_what_is_read_outside_an_array_is_refused() -> None:
    conv = derive("conv1d")
    goal = conv.goals["forward"]
    unguarded = goal.result.replace(lambda n: isinstance(n, Piecewise), lambda n: n.args[0].expr)
    number = next(i for i, s in enumerate(conv.steps) if s.goal == "forward")
    verdict = mutation.with_changed_step(conv, number, unguarded).check()
    assert not verdict.holds
    assert "outside the array" in verdict.reason
