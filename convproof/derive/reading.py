"""How a formula is read: the same value with its conditions as ranges and its indices by name.

A derivation keeps every condition in the formula, which is what is checked.  People read "over
the taps for which j is whole and between 1 and O": a `Reading` says it so, and can give back the
formula it stands for, which `agree` compares with the original, entry by entry.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sympy import (
    And,
    Basic,
    Eq,
    Expr,
    GreaterThan,
    Indexed,
    Integer,
    KroneckerDelta,
    LessThan,
    Mod,
    Piecewise,
    StrictGreaterThan,
    StrictLessThan,
    Symbol,
    expand,
    fraction,
    together,
    true,
)
from sympy.logic.boolalg import Boolean

from convproof.derive.step import Definition, Derivation
from convproof.derive.symbols import AXIS_NAMES, XP, Limit, SymbolicAxis


class Within(Expr):  # type: ignore[misc]  # SymPy is untyped
    """A term that counts only where the reading's ranges hold; elsewhere it is `args[1]`."""

    __slots__ = ()


@dataclass(frozen=True)
class Range:
    """low <= value <= high; either end may be absent."""

    low: Expr | None
    value: Expr
    high: Expr | None

    def facts(self) -> Iterator[Boolean]:
        """The inequalities it stands for."""
        if self.low is not None:
            yield GreaterThan(self.value, self.low)
        if self.high is not None:
            yield LessThan(self.value, self.high)


@dataclass(frozen=True)
class Named:
    """An index with a name of its own; `whole` if it counts only where it is an integer."""

    name: Symbol
    value: Expr
    whole: bool

    def facts(self) -> Iterator[Boolean]:
        """That the value is an integer, if that is asked."""
        if self.whole:
            top, bottom = fraction(together(self.value))
            yield Eq(Mod(top, bottom), 0)


@dataclass(frozen=True)
class Reading:
    """`shown`, with names for indices and ranges in place of conditions."""

    shown: Basic
    named: tuple[Named, ...] = ()
    ranges: tuple[Range, ...] = ()
    others: tuple[Boolean, ...] = ()

    def meaning(self) -> Basic:
        """The formula that the reading stands for, conditions and all."""
        values = {one.name: one.value for one in self.named}
        facts: list[Boolean] = list(self.others)
        for part in self.named:
            facts += part.facts()
        for one in self.ranges:
            # a named index first becomes its value: of a letter SymPy knows that it is positive
            facts += Range(one.low, one.value.xreplace(values), one.high).facts()

        def close(node: Within) -> Expr:
            term, otherwise = node.args
            return Piecewise((term, And(*facts)), (otherwise, true))

        return self.shown.replace(lambda node: isinstance(node, Within), close).xreplace(values)


def read(
    expr: Basic, definitions: Iterable[Definition] = (), free: Iterable[Limit] = ()
) -> Reading:
    """Read one formula; several separate conditions in it are left as the cases they are.

    What the ranges of the `free` indices say is not said again.

    >>> from convproof.derive import derive
    >>> conv = derive("conv1d")
    >>> found = read(conv.gradients["x"], conv.definitions)
    >>> found.shown
    Sum(Within(K[l, c, g, m]*dZ[n, j, g, m], 0), (l, 1, K_W), (m, 1, M))
    >>> found.named[0].name, found.named[0].whole, found.ranges[0].high
    (j, True, O_W)
    """
    cases = [node for node in expr.atoms(Piecewise) if _one_case(node)]
    if len(cases) != 1:
        return Reading(expr)
    (case,) = cases
    (term, condition), (otherwise, _) = case.args
    folded = _padded(term, condition, otherwise, definitions)
    if folded is not None:
        return Reading(expr.xreplace({case: folded}))
    named = tuple(_names(term, condition))
    by_value = {one.value: one.name for one in named}
    said = {fact for one in named for fact in one.facts()}
    others: list[Boolean] = []
    ranges: dict[Expr, dict[str, Expr]] = {}
    known = {(letter, high) for letter, _, high in free}
    for fact in _bounds(condition):
        if isinstance(fact, Eq) and any(_same_division(fact, one) for one in said):
            continue
        if isinstance(fact, GreaterThan) and (fact.rhs, fact.lhs) in known:
            continue
        found = _range(fact, term, by_value)
        if found is None:
            others.append(fact)
        else:
            value, side, end = found
            ranges.setdefault(value, {})[side] = end
    term = _renamed(term, by_value)
    return Reading(
        expr.xreplace({case: Within(term, otherwise)}),
        named,
        tuple(Range(ends.get("low"), value, ends.get("high")) for value, ends in ranges.items()),
        tuple(others),
    )


def _one_case(node: Piecewise) -> bool:
    return len(node.args) == 2 and node.args[1].cond == true


def _bounds(condition: Boolean) -> list[Boolean]:
    parts = list(condition.args) if isinstance(condition, And) else [condition]
    return sorted(parts, key=str)


def _same_division(one: Eq, other: Eq) -> bool:
    """Whether two facts `a mod s = 0` say the same: the dividends differ by multiples of s."""
    (top, bottom), (other_top, other_bottom) = one.lhs.args, other.lhs.args
    return bool(bottom == other_bottom and expand((top - other_top) / bottom).is_integer)


def _nonnegative(fact: Boolean) -> Expr | None:
    """The integer expression that an inequality says is at least 0."""
    if isinstance(fact, GreaterThan):
        return expand(fact.lhs - fact.rhs)
    if isinstance(fact, LessThan):
        return expand(fact.rhs - fact.lhs)
    if isinstance(fact, StrictGreaterThan):
        return expand(fact.lhs - fact.rhs - 1)
    if isinstance(fact, StrictLessThan):
        return expand(fact.rhs - fact.lhs - 1)
    return None


def _places(term: Expr) -> list[Expr]:
    """The index expressions of a term that are more than a letter, the longest first."""
    said = [index for node in term.atoms(Indexed) for index in node.indices]
    said += [argument for delta in term.atoms(KroneckerDelta) for argument in delta.args]
    found = {
        index
        for index in said
        if not isinstance(index, (Symbol, Integer)) and not index.atoms(Indexed)
    }
    return sorted(found, key=lambda one: (-len(str(one)), str(one)))


def _range(
    fact: Boolean, term: Expr, by_value: dict[Expr, Symbol]
) -> tuple[Expr, str, Expr] | None:
    """The index that an inequality bounds, on which side, and by what."""
    gap = _nonnegative(fact)
    if gap is None:
        return None
    for place in _places(term):
        low, high = expand(place - gap), expand(place + gap)
        name = by_value.get(place, place)
        if low.is_number:
            return name, "low", low
        if not any(letter.name[0].islower() for letter in high.free_symbols):
            return name, "high", high
    return None


def _axis(place: Expr) -> SymbolicAxis | None:
    """The axis of an index, by its letters."""
    for name in AXIS_NAMES[3]:
        axis = SymbolicAxis(name)
        if place.free_symbols & {axis.pixel, axis.tap, axis.position}:
            return axis
    return None


def _names(term: Expr, condition: Boolean) -> Iterator[Named]:
    """Indices that are fractions get the letter of an output position."""
    wholes = [fact for fact in _bounds(condition) if isinstance(fact, Eq)]
    for place in _places(term):
        axis = _axis(place)
        if axis is None or fraction(together(place))[1] == 1 or axis.position in term.free_symbols:
            continue
        yield Named(axis.position, place, whole=bool(wholes))


def _renamed(term: Expr, by_value: dict[Expr, Symbol]) -> Expr:
    def put(node: Indexed) -> Indexed:
        return node.base[tuple(by_value.get(index, index) for index in node.indices)]

    return term.replace(lambda node: isinstance(node, Indexed), put) if by_value else term


def _padded(
    term: Expr, condition: Boolean, otherwise: Expr, definitions: Iterable[Definition]
) -> Expr | None:
    """The term with an entry of the padded input, if that is all that the condition says."""
    for one in definitions:
        if one.left.base != XP or not isinstance(one.right, Piecewise):
            continue
        if not _one_case(one.right) or otherwise != one.right.args[1].expr:
            continue
        pixel, inside = one.right.args[0]
        for entry in term.atoms(Indexed):
            if pixel.base != entry.base:
                continue
            shifts = {}
            for own, index in zip(pixel.indices, entry.indices, strict=True):
                (letter,) = [s for s in one.left.indices if s in own.free_symbols]
                shifts[letter] = index - (own - letter)
            wanted = {_nonnegative(fact.xreplace(shifts)) for fact in _bounds(inside)}
            given = {_nonnegative(fact) for fact in _bounds(condition)}
            if {expand(w) for w in wanted if w is not None} == given:
                place = tuple(shifts[letter] for letter in one.left.indices)
                return term.xreplace({entry: XP[place]})
    return None


def agree(derivation: Derivation, pairs: Iterable[tuple[Basic, Reading, tuple[Any, ...]]]) -> int:
    """How many values of the readings were compared with those of the formulas, all equal.

    Each pair is a formula, its reading and the free indices with their ranges.

    Raises:
        DerivationError: if a reading says something else; it names the first place.
    """
    from convproof.derive.checker import places
    from convproof.derive.worlds import sizes, world
    from convproof.errors import DerivationError

    compared = 0
    todo = list(pairs)
    for seed, values in enumerate(sizes(derivation, 4)):
        made = world(derivation, values, seed)
        for expr, reading, free in todo:
            letters = [letter for letter, _, _ in free]
            full = made.function(expr, letters)
            short = made.function(reading.meaning(), letters)
            for place in itertools.islice(places(free, made), 200):
                if full(*place) != short(*place):
                    raise DerivationError(
                        f"the reading {reading.shown} differs from {expr} at {place}"
                    )
                compared += 1
    return compared
