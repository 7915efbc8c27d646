"""Weaker versions of an obligation: each says less, and would be proved as well."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator

import sympy as sp

from convproof.prove.facts.obligation import Obligation
from convproof.prove.facts.strength import named


def weaker(formula: sp.Basic) -> Iterator[sp.Basic]:
    """Formulas that `formula` implies: a conjunct dropped, a bound relaxed, one direction only."""
    yield sp.true
    if isinstance(formula, sp.And):
        for part in formula.args:
            rest = [a for a in formula.args if a is not part]
            yield sp.And(*rest)
            yield from (sp.And(*rest, other) for other in weaker(part) if other is not sp.true)
    elif isinstance(formula, sp.Or):
        for part in formula.args:
            rest = [a for a in formula.args if a is not part]
            yield from (sp.Or(*rest, other) for other in weaker(part) if other is not sp.true)
    elif isinstance(formula, sp.Equivalent):
        left, right = sorted(formula.args, key=sp.default_sort_key)
        yield sp.Implies(left, right)
        yield sp.Implies(right, left)
    elif isinstance(formula, sp.Implies):
        before, after = formula.args
        yield from (sp.Implies(before, other) for other in weaker(after) if other is not sp.true)
        yield from (sp.Implies(other, after) for other in stronger(before))
    elif isinstance(formula, sp.Eq):
        yield sp.Le(*formula.args)
        yield sp.Ge(*formula.args)
    elif isinstance(formula, (sp.Le, sp.Lt)):
        yield formula.func(formula.lhs, formula.rhs + 1)
    elif isinstance(formula, (sp.Ge, sp.Gt)):
        yield formula.func(formula.lhs, formula.rhs - 1)


def stronger(formula: sp.Basic) -> Iterator[sp.Basic]:
    """Formulas that imply `formula`: a bound tightened, an alternative dropped."""
    if isinstance(formula, sp.And):
        for part in formula.args:
            rest = [a for a in formula.args if a is not part]
            yield from (sp.And(*rest, other) for other in stronger(part))
    elif isinstance(formula, sp.Or):
        for part in formula.args:
            rest = [a for a in formula.args if a is not part]
            yield sp.Or(*rest)
            yield from (sp.Or(*rest, other) for other in stronger(part))
    elif isinstance(formula, (sp.Le, sp.Lt)):
        yield formula.func(formula.lhs, formula.rhs - 1)
    elif isinstance(formula, (sp.Ge, sp.Gt)):
        yield formula.func(formula.lhs, formula.rhs + 1)


def mutants(item: Obligation) -> Iterator[tuple[str, Obligation]]:
    """Every weaker version of `item`, with what was changed."""
    for conclusion in weaker(item.conclusion):
        if conclusion != item.conclusion:
            yield f"conclusion: {conclusion}", dataclasses.replace(item, conclusion=conclusion)
    for number, hypothesis in enumerate(item.hypotheses):
        for other in stronger(hypothesis):
            changed = list(item.hypotheses)
            changed[number] = other
            yield f"hypothesis: {other}", dataclasses.replace(item, hypotheses=tuple(changed))
    for extra in added(item):
        yield f"added: {extra}", dataclasses.replace(item, hypotheses=(*item.hypotheses, extra))


def added(item: Obligation) -> Iterator[sp.Basic]:
    """Hypotheses that nobody asked for: a symbol not at its least, small, or equal to another."""
    sizes = [
        s for s in named(item).values() if s.is_integer and (s.is_nonnegative or s.is_positive)
    ]
    for symbol in sizes:
        least = 1 if symbol.is_positive else 0
        yield sp.Ge(symbol, least + 1, evaluate=False)
        yield sp.Le(symbol, 2)
    for one, two in itertools.combinations(sorted(sizes, key=str), 2):
        yield sp.Le(one, two)
        yield sp.Ge(one, two)


def changed(formula: sp.Basic) -> Iterator[sp.Basic]:
    """Formulas with one thing changed: a number, a symbol, a part, a relation, a rounding."""
    if isinstance(formula, sp.Integer):
        yield from (formula + 1, formula - 1)
    elif isinstance(formula, sp.Symbol):
        yield from (formula + 1, formula - 1) if formula.is_integer else ()
    for number, part in enumerate(formula.args):
        rest = (*formula.args[:number], *formula.args[number + 1 :])
        for other in changed(part):
            yield formula.func(*formula.args[:number], other, *formula.args[number + 1 :])
        if isinstance(formula, (sp.And, sp.Or, sp.Max, sp.Min, sp.Add, sp.Mul)):
            yield formula.func(*rest)
    if isinstance(formula, (sp.floor, sp.ceiling)):
        yield (sp.ceiling if isinstance(formula, sp.floor) else sp.floor)(formula.args[0])
    turned = {
        sp.Le: sp.Lt,
        sp.Lt: sp.Le,
        sp.Ge: sp.Gt,
        sp.Gt: sp.Ge,
        sp.Max: sp.Min,
        sp.Min: sp.Max,
    }
    if formula.func in turned:
        yield turned[formula.func](*formula.args)
