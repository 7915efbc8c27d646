"""The rules by which a derivation moves: each takes an expression and returns an equal one.

Nothing here is trusted: `checker`, which never imports this file, replays every application.
Sums are kept as Sum(Piecewise((term, condition), (0, True)), limits).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sympy import (
    Add,
    And,
    Derivative,
    Eq,
    Expr,
    Ge,
    Indexed,
    IndexedBase,
    KroneckerDelta,
    Le,
    Mod,
    Mul,
    Ne,
    Piecewise,
    S,
    Sum,
    Symbol,
    expand,
    true,
)
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from convproof.derive.nodes import MaxOver
from convproof.derive.step import Definition
from convproof.derive.symbols import Limit, primed
from convproof.errors import DerivationError


def open_sum(expr: Expr) -> tuple[Expr, Boolean, tuple[Any, ...]]:
    """(term, condition, limits) of a sum of guarded terms; absent parts are trivial."""
    limits: tuple[Any, ...] = ()
    if isinstance(expr, Sum):
        expr, limits = expr.function, tuple(expr.limits)
    condition: Boolean = true
    if isinstance(expr, Piecewise):
        (term, condition), *rest = expr.args
        if len(rest) != 1 or rest[0].expr != 0:
            raise DerivationError(f"not a guarded term: {expr}")
        expr = term
    return expr, condition, limits


def close_sum(term: Expr, condition: Boolean, limits: Sequence[Any]) -> Expr:
    """The inverse of `open_sum`."""
    guarded = term if condition == true else Piecewise((term, condition), (S.Zero, True))
    return Sum(guarded, *limits) if limits else guarded


def unfold(expr: Expr, base: IndexedBase, meaning: Callable[..., Expr]) -> Expr:
    """Replace every access of `base` by what it stands for."""
    return expr.replace(
        lambda node: isinstance(node, Indexed) and node.base == base,
        lambda node: meaning(*node.indices),
    )


def merge(expr: Expr) -> Expr:
    """Sum(a * Sum(f)) = Sum(a * f): one sum, with every condition collected."""
    if isinstance(expr, Mul):
        sums = [part for part in expr.args if isinstance(part, (Sum, Piecewise))]
        if len(sums) == 1:
            inner, condition, limits = open_sum(merge(sums[0]))
            rest = Mul(*(part for part in expr.args if part is not sums[0]))
            return close_sum(rest * inner, condition, limits)
        return expr
    if not isinstance(expr, (Sum, Piecewise)):
        return expr
    term, condition, limits = open_sum(expr)
    inner, more, inside = open_sum(merge(term))
    return close_sum(inner, And(condition, more), (*inside, *limits))


def differentiate(expr: Expr, definition: Definition, winner: IndexedBase | None = None) -> Expr:
    """Carry out the derivatives of a defined array's entries, and merge the sums.

    A sum inside a sum is never built: SymPy's `Sum` would pull the inner guard out of the inner
    sum, over its bound indices.  `winner` numbers the winning places of a maximum.
    """

    def gradient(node: Derivative) -> Expr:
        entry, (by, *_) = node.expr, node.variables
        if not isinstance(entry, Indexed) or entry.base != definition.left.base:
            raise DerivationError(f"no definition for {entry}")
        bound = {v for part in definition.right.atoms(Sum) for v in part.bound_symbols}
        names = dict(zip(definition.left.indices, entry.indices, strict=True))
        names |= {v: primed(v) for v in bound if expr.has(v)}
        right = definition.right.xreplace(names)
        if isinstance(right, MaxOver) and winner is not None:
            return differentiate_max(right, by, winner[entry.indices])
        return right.diff(by)

    term, condition, limits = open_sum(expr)
    (derivative,) = term.atoms(Derivative)
    (factor,) = [part for part in Mul.make_args(term) if part != derivative]
    inner, inside, more = open_sum(merge(gradient(derivative)))
    return close_sum(factor * inner, And(condition, inside), (*more, *limits))


def differentiate_max(top: MaxOver, by: Indexed, winner: Indexed) -> Expr:
    """d max(f) / dx = sum over places of [this place is the winner] df/dx.

    The winner's number counts the places from 1 in row-major order; ties are its business.
    """
    number: Expr = S.One
    for tap, low, high in reversed(top.limits):
        number = (number - 1) * (high - low + 1) + tap - low + 1
    inside, condition = top.function.args[0].args
    chosen = KroneckerDelta(winner, number) * inside.diff(by)
    return close_sum(chosen, condition, top.limits)


def _coefficient(expr: Expr, var: Symbol) -> Expr:
    slope = expand(expr.subs(var, var + 1) - expr)
    return S.Zero if slope.has(var) else slope


def deltas(term: Expr) -> list[KroneckerDelta]:
    """The delta factors of a product."""
    return [part for part in Mul.make_args(term) if isinstance(part, KroneckerDelta)]


def divide(gap: Expr, slope: Expr) -> Expr:
    """gap / slope; where slope is 1/S, term by term, so that the fractions in it go away."""
    if not (1 / slope).is_integer:
        return gap / slope
    broken = [part for part in Add.make_args(gap) if part.as_numer_denom()[1] != 1]
    return (gap - Add(*broken)) / slope + Add(*(part / slope for part in broken))


def eliminate(expr: Expr, var: Symbol) -> Expr:
    """sum over var of delta(u, v(var)) f(var) = f(the var that solves u = v), if there is one.

    That it is an integer and lies in var's range become conditions: this is what SymPy's own
    delta sums lose when several are nested.
    """
    term, condition, limits = open_sum(expr)
    for delta in deltas(term):
        for left, right in (delta.args, delta.args[::-1]):
            slope = _coefficient(right, var)
            if slope == 0 or left.has(var):
                continue
            first = right.subs(var, 1)
            gap = left - first
            value = divide(gap, slope) + 1
            low, high = next((lim[1], lim[2]) for lim in limits if lim[0] == var)
            # A slope of 1/S (the index map of a transposed convolution) always divides.
            whole: Boolean = true if (1 / slope).is_integer else Eq(Mod(gap, slope), 0)
            rest = Mul(*(part for part in Mul.make_args(term) if part is not delta))
            # Inside the guard the indices are equal: write the plain one for the composed one.
            return close_sum(
                rest.subs(right, left).subs(var, value),
                And(condition.subs(var, value), whole, value >= low, value <= high),
                [limit for limit in limits if limit[0] != var],
            )
    raise DerivationError(f"no delta to eliminate {var} with, in {expr}")


def _cancelled(fact: Boolean) -> Boolean:
    """The same comparison without the terms that stand on both sides."""
    if not isinstance(fact, Relational) or isinstance(fact, (Eq, Ne)):
        return fact
    left, right = Add.make_args(fact.lhs), Add.make_args(fact.rhs)
    common = set(left) & set(right)
    if not common:
        return fact
    return fact.func(*(Add(*(t for t in side if t not in common)) for side in (left, right)))


def drop_implied(expr: Expr, free: Sequence[Limit]) -> Expr:
    """Leave out the conditions that the ranges of the free and summed indices imply."""
    term, condition, limits = open_sum(expr)
    known = {limit[0]: (limit[1], limit[2]) for limit in (*free, *limits)}

    def implied(fact: Boolean) -> bool:
        if not isinstance(fact, (Ge, Le)):
            return False
        slack = fact.gts - fact.lts
        return any(slack in (var - low, high - var) for var, (low, high) in known.items())

    facts = [_cancelled(fact) for fact in And.make_args(condition)]
    kept = [fact for fact in facts if fact != true and not implied(fact)]
    return close_sum(term, And(*kept), limits)
