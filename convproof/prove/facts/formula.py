"""Formulas in SymPy: what their symbols assume, their sides as integers, their parts."""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from convproof.errors import DerivationError


def domain(symbols: Iterable[sp.Symbol]) -> tuple[Boolean, ...]:
    """What the assumptions of `symbols` say, as formulas (unevaluated: SymPy knows them true).

    Raises:
        DerivationError: for an assumption that is not said so: SymPy would simplify by it.
    """
    found: list[Boolean] = []
    for symbol in sorted(symbols, key=str):
        if not symbol.is_integer:
            raise DerivationError(f"{symbol}: an obligation speaks of integers only")
        signs = {
            sign: True for sign in ("positive", "nonnegative") if symbol.assumptions0.get(sign)
        }
        if symbol.assumptions0 != sp.Symbol(symbol.name, integer=True, **signs).assumptions0:
            raise DerivationError(f"{symbol}: more is assumed of it than its sign")
        if symbol.is_positive:
            found.append(sp.Ge(symbol, 1, evaluate=False))
        elif symbol.is_nonnegative:
            found.append(sp.Ge(symbol, 0, evaluate=False))
    return tuple(found)


def cleared(f: Relational) -> tuple[sp.Expr, sp.Expr]:
    """Both sides of `f` as integers: SymPy turns floor(x/y) <= n into x/y < n + 1."""
    left, right = f.args
    if left.is_integer and right.is_integer:
        return left, right
    top, bottom = sp.fraction(sp.together(left - right))
    if not bottom.is_positive:
        raise DerivationError(f"{f}: divisor {bottom} is not known to be positive")
    return sp.expand(top), sp.Integer(0)


def parts(formula: Boolean) -> list[Boolean]:
    """`formula` as simpler ones: equivalences both ways, conclusions one by one."""
    if isinstance(formula, sp.And):
        return [p for a in sorted(formula.args, key=sp.default_sort_key) for p in parts(a)]
    if isinstance(formula, sp.Equivalent) and len(formula.args) == 2:
        left, right = sorted(formula.args, key=sp.default_sort_key)
        return parts(sp.Implies(left, right)) + parts(sp.Implies(right, left))
    if isinstance(formula, sp.Implies):
        return [sp.Implies(formula.args[0], p) for p in parts(formula.args[1])]
    return [formula]
