"""Wrong steps made on purpose: one index, size, sign or comparison of an expression changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Add, Basic, Ge, Gt, Indexed, Integer, Le, Lt, Piecewise, S, Symbol, true
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.containers import Tuple

from convproof.derive import Derivation

SWAPS = {"S": "D", "D": "S", "P": "Q", "Q": "P", "K": "O", "O": "K"}


def mutants(expr: Basic) -> Iterator[tuple[str, Basic]]:
    """Expressions that differ from `expr` in one place, each with what was changed."""
    for node in dict.fromkeys(_nodes(expr)):
        for what, other in _changes(node):
            changed = expr.xreplace({node: other})
            if changed != expr and changed not in (S.NaN, S.ComplexInfinity):
                yield f"{node} -> {other} ({what})", changed


def _nodes(expr: Basic) -> Iterator[Basic]:
    yield expr
    for part in expr.args:
        yield from _nodes(part)


def _changes(node: Basic) -> Iterator[tuple[str, Basic]]:
    if isinstance(node, Indexed):
        for place in range(1, len(node.args)):
            args = list(node.args)
            args[place] += 1
            yield "off by one", node.func(*args)
        if len(node.args) > 2:
            args = list(node.args)
            args[1], args[2] = args[2], args[1]
            yield "indices swapped", node.func(*args)
    if isinstance(node, Symbol) and "_" in node.name:
        letter, axis = node.name.split("_", 1)
        if letter in SWAPS:
            yield "sizes swapped", Symbol(f"{SWAPS[letter]}_{axis}", **node.assumptions0)
        if axis in "HW" and letter != "r":
            other = Symbol(f"{letter}_{'W' if axis == 'H' else 'H'}", **node.assumptions0)
            yield "axes swapped", other
    if isinstance(node, (Ge, Gt)):
        yield "strict", (Gt if isinstance(node, Ge) else Ge)(*node.args)
    if isinstance(node, (Le, Lt)):
        yield "strict", (Lt if isinstance(node, Le) else Le)(*node.args)
    if isinstance(node, Add):
        yield "off by one", node + 1
    if isinstance(node, ExprWithLimits):
        for number, (var, low, high) in enumerate(node.limits):
            for what, ends in (("from 2", (low + 1, high)), ("one less", (low, high - 1))):
                limits = list(node.limits)
                limits[number] = Tuple(var, *ends)
                yield what, node.func(node.function, *limits)
    if isinstance(node, Piecewise) and node.args[0].cond != true:
        for fact in node.args[0].cond.args:
            if isinstance(fact, Basic) and fact.is_Boolean and node.args[0].cond.is_Boolean:
                rest = node.args[0].cond.xreplace({fact: true})
                if rest != node.args[0].cond:
                    yield "condition dropped", node.func((node.args[0].expr, rest), *node.args[1:])
    if node == Integer(1):
        yield "one is two", Integer(2)


def with_changed_step(derivation: Derivation, number: int, after: Basic) -> Derivation:
    """The derivation whose step `number` arrives at `after`, without a gap in the chain."""
    step = derivation.steps[number]
    steps = [
        replace(other, before=after)
        if other.goal == step.goal and other.before == step.after
        else other
        for other in derivation.steps
    ]
    steps[number] = replace(step, after=after)
    goal = derivation.goals[step.goal]
    if goal.result == step.after:
        goal = replace(goal, result=after)
    goals = {step.goal: goal}  # the first that is replayed: all that is before it holds
    goals |= {name: other for name, other in derivation.goals.items() if name != step.goal}
    return replace(derivation, goals=goals, steps=tuple(steps))
