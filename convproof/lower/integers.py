"""Integer expressions of sizes: printed as Python and evaluated, the two routes of a program."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from sympy import (
    Expr,
    Function,
    Integer,
    Piecewise,
    ceiling,
    default_sort_key,
    floor,
    fraction,
    together,
)
from sympy.printing.pycode import PythonCodePrinter

from convproof.errors import LoweringError


class far(Function):  # type: ignore[misc]  # noqa: N801 (SymPy is untyped; it is printed so)
    """Numbers if they are more than a cache holds, else none."""


class few(Function):  # type: ignore[misc]  # noqa: N801 (SymPy is untyped; it is printed so)
    """One if so few numbers lie together that they are copied pixel by pixel, else none."""


class _Printer(PythonCodePrinter):  # type: ignore[misc]  # SymPy is untyped
    """Whole-number division, and names as they are."""

    def _print_floor(self, expr: Any) -> str:
        top, bottom = fraction(together(expr.args[0]))
        return f"({self._factor(top)} // {self._factor(bottom)})"

    def _print_ceiling(self, expr: Any) -> str:
        top, bottom = fraction(together(expr.args[0]))
        return f"(-({self._factor(-top)} // {self._factor(bottom)}))"

    def _print_far(self, expr: Any) -> str:
        return f"far({self._print(expr.args[0])})"

    def _print_few(self, expr: Any) -> str:
        inner = self._print(expr.args[0])  # a choice has brackets of its own
        return f"few{inner}" if isinstance(expr.args[0], Piecewise) else f"few({inner})"

    def _print_And(self, expr: Any) -> str:
        return f"({' and '.join(self._print(part) for part in expr.args)})"

    def _factor(self, expr: Any) -> str:
        text: str = self._print(expr)
        return text if expr.is_Atom or isinstance(expr, (ceiling, floor)) else f"({text})"

    def _sorted(self, expr: Any) -> str:
        return ", ".join(self._print(part) for part in sorted(expr.args, key=default_sort_key))

    def _print_Max(self, expr: Any) -> str:
        return f"max({self._sorted(expr)})"

    def _print_Min(self, expr: Any) -> str:
        return f"min({self._sorted(expr)})"


class _ArrayPrinter(_Printer):
    """The same where a symbol may be an array of whole numbers."""

    def _print_Max(self, expr: Any) -> str:
        return self._nested("np.maximum", expr)

    def _print_Min(self, expr: Any) -> str:
        return self._nested("np.minimum", expr)

    def _nested(self, function: str, expr: Any) -> str:
        parts: list[str] = [self._print(part) for part in sorted(expr.args, key=default_sort_key)]
        return functools.reduce(lambda one, two: f"{function}({one}, {two})", parts)


def text(expr: Expr) -> str:
    """`expr` as a Python expression."""
    return str(_Printer().doprint(expr))


def array_text(expr: Expr) -> str:
    """`expr` as a NumPy expression, some of whose symbols are arrays."""
    return str(_ArrayPrinter().doprint(expr))


def value(expr: Expr, env: Mapping[str, Any]) -> int:
    """`expr` as a number, its symbols looked up by name: exact, and not by way of its text."""
    found = expr.xreplace({symbol: Integer(env[symbol.name]) for symbol in expr.free_symbols})
    if not found.is_Integer:
        raise LoweringError(f"{expr} is no integer at {dict(env)}")
    return int(found)
