"""Two nodes SymPy lacks: the maximum over an index range, and the number of its first place."""

from __future__ import annotations

from typing import Any

from sympy.concrete.expr_with_limits import ExprWithLimits


class MaxOver(ExprWithLimits):  # type: ignore[misc]  # SymPy is untyped
    """max of `function` over its limits; as in `Sum`, the first limit is the innermost.

    >>> from sympy import IndexedBase, Symbol
    >>> k = Symbol("k", integer=True)
    >>> MaxOver(IndexedBase("X")[k], (k, 1, 3))
    MaxOver(X[k], (k, 1, 3))
    """

    __slots__ = ()

    def _latex(self, printer: Any) -> str:
        return _operator_latex(r"\max", self, printer)


class ArgMaxOver(ExprWithLimits):  # type: ignore[misc]  # SymPy is untyped
    """The number, from 1 and in row-major order, of the first greatest value; a NaN is greatest."""

    __slots__ = ()

    def _latex(self, printer: Any) -> str:
        return _operator_latex(r"\operatorname{firstargmax}", self, printer)


def _operator_latex(operator: str, node: ExprWithLimits, printer: Any) -> str:
    under = r" \\ ".join(
        rf"{printer._print(v)}={printer._print(lo)},\dots,{printer._print(hi)}"
        for v, lo, hi in reversed(node.limits)
    )
    return rf"{operator}_{{\substack{{{under}}}}} {printer._print(node.function)}"
