"""LaTeX of the calculus: SymPy's, with derivatives that cannot be misread."""

from __future__ import annotations

from typing import Any

from sympy import Basic, Indexed
from sympy.printing.latex import LatexPrinter


class _Printer(LatexPrinter):  # type: ignore[misc]  # SymPy is untyped
    def _print_Derivative(self, node: Any) -> str:
        # SymPy writes the operator before its operand: in a product that reads as if the
        # derivative were of all that follows.
        (by,) = node.variables
        if isinstance(node.expr, Indexed):
            return rf"\frac{{\partial {self._print(node.expr)}}}{{\partial {self._print(by)}}}"
        return (
            rf"\left(\frac{{\partial}}{{\partial {self._print(by)}}} "
            rf"\left[{self._print(node.expr)}\right]\right)"
        )


def latex(node: Basic) -> str:
    r"""`node` as LaTeX, without dollars.

    >>> from sympy import Derivative, IndexedBase
    >>> x, z = IndexedBase("X"), IndexedBase("Z")
    >>> print(latex(Derivative(z[1], x[2], evaluate=False) * z[3]))
    \frac{\partial {Z}_{1}}{\partial {X}_{2}} {Z}_{3}
    """
    return str(_Printer().doprint(node))
