"""Formulas for people: LaTeX and plain Unicode lines of the calculus, in the chapter's order.

A sum is written as the chapter writes it, one sign for each index; the geometry of an index comes
stride first, S (j - 1) + D (k - 1) + 1; letters that have one value only are left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

from sympy import Add, Basic, Indexed, KroneckerDelta, S, Symbol
from sympy.printing.latex import LatexPrinter
from sympy.printing.str import StrPrinter

# The order in which the terms of an index and the signs of a sum stand: by their first letter.
_TERMS = ("n", "S", "D", "i", "j", "t", "k", "l", "q", "a", "b", "e", "r", "P", "Q", "T", "H", "W")
_SIGNS = ("n", "t", "i", "j", "e", "a", "b", "g", "m", "c", "q", "k", "l")
# Names of arrays that are written otherwise than SymPy would.
_ARRAYS = {
    "Xp": "X'", "dXp": r"\mathrm{d}X'", "dX": r"\mathrm{d}X", "dK": r"\mathrm{d}K",
    "db": r"\mathrm{d}b", "dZ": r"\mathrm{d}Z", "dY": r"\mathrm{d}Y", "dV": r"\mathrm{d}V",
}  # fmt: skip


def _rank(node: Basic, order: tuple[str, ...]) -> tuple[int, str]:
    letters = sorted(order.index(s.name[0]) for s in node.free_symbols if s.name[0] in order)
    return (letters[0] if letters else len(order)), str(node)


def _ordered(terms: Iterable[Basic]) -> list[Basic]:
    """Terms of a sum of integers: what is added first, the geometry in its own order."""

    def key(term: Basic) -> tuple[bool, bool, tuple[int, str]]:
        return term.is_number, term.could_extract_minus_sign(), _rank(term, _TERMS)

    return sorted(terms, key=key)


def signs(limits: Iterable[Any]) -> list[Any]:
    """The limits of a sum in the order in which their signs are written."""
    return sorted(limits, key=lambda limit: _rank(limit[0], _SIGNS))


class _Latex(LatexPrinter):  # type: ignore[misc]  # SymPy is untyped
    def __init__(self, hidden: Collection[Symbol] = ()) -> None:
        super().__init__()
        self.hidden = hidden

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

    def _print_Indexed(self, node: Any) -> str:
        name = node.base.label.name
        shown = [
            re.sub(r"\\(?:left|right)(?=[()])", "", self._print(index))  # brackets of one line
            for index in node.indices
            if index not in self.hidden
        ]
        letter, _, axis = _ARRAYS.get(name, name).partition("_")
        power = f"^{{({axis})}}" if axis else ""
        if "'" in letter or "+" in letter or power:  # marks of its own: a power comes after all
            letter = f"{{{letter}{power}}}"
        return f"{letter}_{{{', '.join(shown)}}}" if shown else letter

    def _print_Add(self, node: Any, order: Any = None) -> str:
        if any(part.atoms(Indexed) for part in node.args):
            return str(super()._print_Add(node, order))
        text = ""
        for term in _ordered(node.args):
            minus = term.could_extract_minus_sign()
            sign = " - " if minus else " + "
            text += (sign if text else sign.strip() if minus else "") + self._print(abs_of(term))
        return text

    def _print_Sum(self, node: Any) -> str:
        text = "".join(
            rf"\sum_{{{self._print(v)}={self._print(low)}}}^{{{self._print(high)}}} "
            for v, low, high in signs(node.limits)
            if v not in self.hidden
        )
        inner = self._print(node.function)
        return text + (rf"\left({inner}\right)" if isinstance(node.function, Add) else inner)

    def _print_MaxOver(self, node: Any) -> str:
        return self._operator(r"\max", node)

    def _print_ArgMaxOver(self, node: Any) -> str:
        return self._operator(r"\operatorname{first\,argmax}", node)

    def _operator(self, operator: str, node: Any) -> str:
        under = r",\; ".join(
            rf"1 \leq {self._print(v)} \leq {self._print(high)}"
            for v, _, high in signs(node.limits)
        )
        return rf"{operator}_{{{under}}} {self._print(node.function)}"

    def _print_Within(self, node: Any) -> str:
        return str(self._print(node.args[0]))

    def _print_KroneckerDelta(self, node: Any, exp: Any = None) -> str:
        one, other = node.args
        return rf"\delta_{{{self._print(one)},\, {self._print(other)}}}"


def abs_of(term: Basic) -> Basic:
    """A term without its minus sign."""
    return -term if term.could_extract_minus_sign() else term


def _without(node: Basic, hidden: Collection[Symbol]) -> Basic:
    """Left out: that one hidden letter equals another."""

    def always(part: Basic) -> bool:
        return isinstance(part, KroneckerDelta) and all(letter in hidden for letter in part.args)

    return node.replace(always, lambda *_: S.One) if hidden else node


def latex(node: Basic, hidden: Collection[Symbol] = ()) -> str:
    r"""`node` as LaTeX, without dollars; indices that are `hidden` letters are left out.

    >>> from sympy import Derivative, IndexedBase
    >>> x, z = IndexedBase("X"), IndexedBase("Z")
    >>> print(latex(Derivative(z[1], x[2], evaluate=False) * z[3]))
    \frac{\partial Z_{1}}{\partial X_{2}} Z_{3}
    """
    return str(_Latex(hidden).doprint(_without(node, hidden)))


class _Plain(StrPrinter):  # type: ignore[misc]  # SymPy is untyped
    """The same in one line of Unicode, for terminals."""

    printmethod = "_convproof_plain"  # SymPy's own nodes would print themselves otherwise

    def __init__(self, hidden: Collection[Symbol] = ()) -> None:
        super().__init__()
        self.hidden = hidden

    def _print_Indexed(self, node: Any) -> str:
        name = {"Xp": "X'", "dXp": "dX'"}.get(node.base.label.name, node.base.label.name)
        shown = [self._print(index) for index in node.indices if index not in self.hidden]
        return f"{name}[{', '.join(shown)}]" if shown else name

    def _print_Add(self, node: Any, order: Any = None) -> str:
        if any(part.atoms(Indexed) for part in node.args):
            return str(super()._print_Add(node, order))
        text = ""
        for term in _ordered(node.args):
            minus = term.could_extract_minus_sign()
            sign = " - " if minus else " + "
            text += (sign if text else sign.strip() if minus else "") + self._print(abs_of(term))
        return text

    def _print_Mul(self, node: Any) -> str:
        return re.sub(r"(?<=[\w\])])\*(?=[\w(δ])", " ", super()._print_Mul(node))

    def _print_Sum(self, node: Any) -> str:
        over = ", ".join(
            f"{self._print(v)}={self._print(low)}..{self._print(high)}"
            for v, low, high in signs(node.limits)
            if v not in self.hidden
        )
        return f"Σ_{{{over}}} {self._print(node.function)}" if over else self._print(node.function)

    def _print_MaxOver(self, node: Any) -> str:
        return self._print_Sum(node).replace("Σ", "max", 1)

    def _print_ArgMaxOver(self, node: Any) -> str:
        return self._print_Sum(node).replace("Σ", "first argmax", 1)

    def _print_Within(self, node: Any) -> str:
        return str(self._print(node.args[0]))

    def _print_KroneckerDelta(self, node: Any) -> str:
        return f"δ({self._print(node.args[0])}, {self._print(node.args[1])})"

    def _print_floor(self, node: Any) -> str:
        return f"⌊{self._print(node.args[0])}⌋"

    def _print_NegativeInfinity(self, node: Any) -> str:
        return "-∞"

    def _print_Derivative(self, node: Any) -> str:
        return f"∂{self._print(node.expr)}/∂{self._print(node.variables[0])}"

    def _print_Relational(self, node: Any) -> str:
        sign = {"<=": "≤", ">=": "≥", "==": "=", "<": "<", ">": ">", "!=": "≠"}[node.rel_op]
        return f"{self._print(node.lhs)} {sign} {self._print(node.rhs)}"


def plain(node: Basic, hidden: Collection[Symbol] = ()) -> str:
    """`node` in one line of Unicode.

    >>> from convproof.derive import derive
    >>> plain(derive("conv1d").gradients["bias"])
    'Σ_{n=1..N, j=1..O_W} dZ[n, j, g, m]'
    """
    return str(_Plain(hidden).doprint(_without(node, hidden)))
