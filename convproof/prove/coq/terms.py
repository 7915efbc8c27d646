"""Ring-valued formulas of a derivation as Coq text: sums, guards, deltas, derivatives, maxima.

Names of summation indices and sizes stay as they are in the derivation; an array gets a name of
its own, since its letter may be an index or a type in Coq.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import reduce

import sympy as sp

from convproof.derive.nodes import MaxOver
from convproof.errors import DerivationError
from convproof.prove.coq.text import identifier, integer, test

ARRAYS = {
    "X": "X", "K": "K", "b": "Bias", "Xp": "Padded", "A": "Win", "U": "U",
    "dZ": "dZ", "dY": "dY", "dXp": "dPadded", "Z": "Pre", "Y": "Post", "F": "Image", "V": "V",
}  # fmt: skip


def array(base: sp.IndexedBase) -> str:
    """An array's Coq name; a divisor stands for its inverse in the ring."""
    label = str(base.label)
    if label.startswith("R_"):
        return f"inv_{label}"
    if label not in ARRAYS:
        raise DerivationError(f"no Coq name for the array {label}")
    return ARRAYS[label]


def applied(name: str, arguments: Iterable[str]) -> str:
    """A function at its arguments."""
    return "(" + " ".join([name, *arguments]) + ")"


def ordered_delta(delta: sp.KroneckerDelta, free: Collection[sp.Symbol]) -> tuple[sp.Expr, sp.Expr]:
    """A delta's sides: the goal's own index first, a winner's number last."""
    left, right = delta.args
    if isinstance(left, sp.Indexed) or (right in free and left not in free):
        left, right = right, left
    return left, right


def index(e: sp.Expr) -> str:
    """An index: an integer, or an entry of an array of integers."""
    if isinstance(e, sp.Indexed):
        return applied(array(e.base), map(integer, e.indices))
    return integer(e)


class Terms:
    """Prints the formulas of one goal, whose free indices are `free`.

    `plain` text uses no notation, so that it can be read in any file.
    """

    def __init__(self, free: Iterable[sp.Symbol] = (), plain: bool = False) -> None:
        self.free, self.plain = frozenset(free), plain

    @property
    def zero(self) -> str:
        """The ring's zero."""
        return "rO" if self.plain else "[0]"

    def joined(self, operation: str, texts: Iterable[str]) -> str:
        """A sum or a product of several."""
        if self.plain:
            return reduce(lambda left, right: f"(r{operation} {left} {right})", texts)
        return "(" + {"add": " [+] ", "mul": " [*] "}[operation].join(texts) + ")"

    def delta(self, delta: sp.KroneckerDelta) -> tuple[str, str]:
        """The two sides of a delta."""
        left, right = ordered_delta(delta, self.free)
        return index(left), index(right)

    def write(self, e: sp.Expr) -> str:
        """A formula as Coq text."""
        if e == 0:
            return self.zero
        if e == 1:
            return "rI"
        if isinstance(e, sp.Indexed):
            return applied(array(e.base), map(integer, e.indices))
        if isinstance(e, sp.Pow) and e.exp == -1 and isinstance(e.base, sp.Indexed):
            return self.write(e.base)
        if isinstance(e, sp.KroneckerDelta):
            return applied("delta", self.delta(e))
        if isinstance(e, sp.Derivative):
            return f"(D {self.write(e.expr)})"
        if isinstance(e, sp.Add):
            return self.joined("add", map(self.write, parts(e)))
        if isinstance(e, sp.Mul):
            return self.joined("mul", map(self.write, factors(e)))
        if isinstance(e, sp.Sum):
            return self.summed(e.limits, self.write(e.function))
        if isinstance(e, sp.Piecewise):
            *cases, (last, condition) = e.args
            if condition is sp.true or condition == sp.true:
                text = self.write(last)
                for value, guard in reversed(cases):
                    text = f"(if {test(guard)} then {self.write(value)} else {text})"
                return text
        raise DerivationError(f"no Coq form for the entry {e} ({type(e).__name__})")

    def summed(self, limits: Iterable[tuple[sp.Expr, sp.Expr, sp.Expr]], body: str) -> str:
        """The sum of `body`; the first of `limits` innermost."""
        for var, low, high in limits:
            head = f"sum {integer(high)}"
            if low != 1:
                head = f"span {integer(low)} {integer(high)}"
            body = f"({head} (fun {identifier(var)} => {body}))"
        return body

    def largest(self, e: MaxOver) -> str:
        """A maximum over taps, of values that may be minus infinity."""
        body = self.optional(e.function)
        for var, low, high in e.limits:
            if low != 1:
                raise DerivationError(f"{e}: a range that does not start at 1")
            body = f"(top less {integer(high)} (fun {identifier(var)} => {body}))"
        return body

    def optional(self, e: sp.Expr) -> str:
        """A value that may be minus infinity, `None`."""
        if e == -sp.oo:
            return "None"
        if isinstance(e, sp.Piecewise):
            (value, guard), (other, _) = e.args
            return f"(if {test(guard)} then {self.optional(value)} else {self.optional(other)})"
        if isinstance(e, sp.Indexed) and str(e.base.label) == "Xp":
            return self.write(e)
        return f"(Some {self.write(e)})"


def parts(e: sp.Expr) -> tuple[sp.Expr, ...]:
    """The terms of a sum of several, in a fixed order; or `e` alone."""
    return tuple(e.as_ordered_terms()) if isinstance(e, sp.Add) else (e,)


def factors(e: sp.Expr) -> tuple[sp.Expr, ...]:
    """The factors of a product: weights, deltas, arrays by name, derivatives, sums."""
    flat: list[sp.Expr] = []
    for factor in sp.Mul.make_args(e):
        if isinstance(factor, sp.Pow) and factor.exp == -1 and isinstance(factor.base, sp.Mul):
            flat += [1 / part for part in factor.base.args]
        else:
            flat.append(factor)
    return tuple(sorted(flat, key=_place))


def _place(factor: sp.Expr) -> tuple[int, str]:
    kinds = (sp.Pow, sp.KroneckerDelta, sp.Indexed, sp.Derivative, sp.Sum)
    kind = next((at for at, cls in enumerate(kinds) if isinstance(factor, cls)), len(kinds))
    return kind, str(factor)
