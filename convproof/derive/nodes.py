"""Two nodes SymPy lacks: the maximum over an index range, and the number of its first place."""

from __future__ import annotations

from sympy.concrete.expr_with_limits import ExprWithLimits


class MaxOver(ExprWithLimits):  # type: ignore[misc]  # SymPy is untyped
    """max of `function` over its limits; as in `Sum`, the first limit is the innermost.

    >>> from sympy import IndexedBase, Symbol
    >>> k = Symbol("k", integer=True)
    >>> MaxOver(IndexedBase("X")[k], (k, 1, 3))
    MaxOver(X[k], (k, 1, 3))
    """

    __slots__ = ()


class ArgMaxOver(ExprWithLimits):  # type: ignore[misc]  # SymPy is untyped
    """The number, from 1 and in row-major order, of the first greatest value; a NaN is greatest."""

    __slots__ = ()
