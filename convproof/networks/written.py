"""A formula written out: its sums as sums of terms, its arrays down to what is given."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from sympy import (
    And,
    Expr,
    Indexed,
    IndexedBase,
    KroneckerDelta,
    Max,
    Piecewise,
    S,
    Sum,
    Symbol,
    false,
    true,
)

from convproof.derive.loss import letters
from convproof.derive.nodes import ArgMaxOver, MaxOver
from convproof.errors import DerivationError
from convproof.networks.formulas import Formula

MOST_TERMS = 20_000


def written_out(
    expr: Expr, known: Mapping[IndexedBase, Formula], sizes: Mapping[Symbol, int]
) -> Expr:
    """`expr` in the given arrays alone, at these sizes.

    Raises:
        DerivationError: if that would be too long to read or to handle.
    """
    return Writer(known, sizes).write(expr)


class Writer:
    """Writes out; each entry of an array once."""

    def __init__(self, known: Mapping[IndexedBase, Formula], sizes: Mapping[Symbol, int]) -> None:
        self.known = known
        self.sizes = {symbol: S(value) for symbol, value in sizes.items()}
        self.entries: dict[Indexed, Expr] = {}
        self.terms = 0

    def write(self, node: Any) -> Any:
        """One expression without free indices, sums and arrays that stand for others."""
        node = node.xreplace(self.sizes)
        self.terms += 1
        if self.terms > MOST_TERMS:
            raise DerivationError(
                f"more than {MOST_TERMS} terms: write out a smaller network, or fewer images"
            )
        if isinstance(node, Indexed):
            return self.entry(node)
        if isinstance(node, Sum):
            return sum((self.write(term) for term in self.terms_of(node)), S.Zero)
        if isinstance(node, MaxOver):
            values = [self.write(term) for term in self.terms_of(node)]
            return greatest([v for v in values if v is not S.NegativeInfinity])
        if isinstance(node, Piecewise):
            return self.cases(node)
        if isinstance(node, KroneckerDelta):
            return self.delta(*node.args)
        if node.is_Atom:
            return node
        return node.func(*(self.write(part) for part in node.args))

    def terms_of(self, node: Any) -> list[Any]:
        """The terms of a sum or a maximum, in row-major order of the taps."""
        limits = list(reversed(node.limits))
        names = [index for index, _, _ in limits]
        ranges = [
            range(int(low.xreplace(self.sizes)), int(high.xreplace(self.sizes)) + 1)
            for _, low, high in limits
        ]
        return [
            node.function.xreplace(dict(zip(names, map(S, spot), strict=True)))
            for spot in itertools.product(*ranges)
        ]

    def entry(self, node: Indexed) -> Expr:
        """An entry of a given array as it is, of another by its formula."""
        place = tuple(self.write(index) for index in node.indices)
        found = node.base[place]
        if node.base not in self.known:
            return found
        if found not in self.entries:
            formula = self.known[node.base]
            values = dict(zip(letters(formula.free), place, strict=True))
            self.entries[found] = self.write(formula.right.xreplace(values))
        return self.entries[found]

    def cases(self, node: Any) -> Expr:
        """The case that holds; all that may, where the numbers decide."""
        kept: list[tuple[Expr, Any]] = []
        for value, condition in node.args:
            holds = self.condition(condition)
            if holds == false:
                continue
            kept.append((self.write(value), holds))
            if holds == true:
                break
        return kept[0][0] if kept[0][1] == true else Piecewise(*kept)

    def condition(self, node: Any) -> Any:
        """A condition with its numbers written out."""
        if node in (true, false):
            return node
        if isinstance(node, And):
            parts = []
            for part in node.args:  # an index that is out of range must not be looked up
                holds = self.condition(part)
                if holds == false:
                    return false
                parts.append(holds)
            return And(*parts)
        return node.func(*(self.write(part) for part in node.args))

    def delta(self, left: Any, right: Any) -> Expr:
        """1 where two indices are the same; of a winner, where its tap is the first maximum."""
        for tap, other in ((left, right), (right, left)):
            if isinstance(other, Indexed) and other.base in self.known:
                formula = self.known[other.base]
                place = (self.write(index) for index in other.indices)
                values = dict(zip(letters(formula.free), place, strict=True))
                return self.wins(int(self.write(tap)), formula.right.xreplace(values))
        return KroneckerDelta(self.write(left), self.write(right))

    def wins(self, tap: int, node: Any) -> Expr:
        """Whether tap number `tap` (from 1) has the first maximum, as 1 or 0."""
        assert isinstance(node, ArgMaxOver)
        values = [self.write(term) for term in self.terms_of(node)]
        mine = values[tap - 1]
        if mine is S.NegativeInfinity:
            return S.Zero
        rest = [
            mine > other if number < tap else mine >= other
            for number, other in enumerate(values, 1)
            if number != tap and other is not S.NegativeInfinity
        ]
        holds = And(*rest)
        if holds in (true, false):
            return S.One if holds == true else S.Zero
        return Piecewise((S.One, holds), (S.Zero, True))


def greatest(values: list[Expr]) -> Expr:
    """The maximum; not simplified, which would take long."""
    if len(values) == 1:
        return values[0]
    return Max(*values, evaluate=False) if values else S.NegativeInfinity
