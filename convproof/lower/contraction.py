"""A derived formula taken apart: what is read where, under which relation, summed over what.

Every formula here is one reduction over the relation  i = S*o + D*k - P  on each axis.  The
index that moves by the stride is called fine (i), the one that moves by one is called coarse
(o); for a fixed tap k the coarse ones with 0 <= i < size are a slice, and so are their i.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sympy import (
    Add,
    Expr,
    Indexed,
    IndexedBase,
    KroneckerDelta,
    Mul,
    Piecewise,
    Pow,
    S,
    Sum,
    Symbol,
    expand,
)  # fmt: skip
from sympy.concrete.expr_with_limits import ExprWithLimits

from convproof.derive.nodes import ArgMaxOver, MaxOver
from convproof.derive.step import Derivation, Goal
from convproof.errors import LoweringError

AXIS_OF_TAP = {"q": "t", "k": "i", "l": "j"}


@dataclass(frozen=True)
class Relation:
    """fine = stride*coarse + offset(tap), all from 0; sizes bound both."""

    axis: str
    tap: str
    stride: Expr
    offset: Expr
    coarse_size: Expr
    fine_size: Expr


@dataclass(frozen=True)
class Dim:
    """One dimension of an access: a letter, and how it is traversed.

    "whole": all of it; "tap": one tap at a time; "coarse", "fine": by the relation's slices.
    """

    letter: str
    kind: str
    relation: Relation | None = None


@dataclass(frozen=True)
class Access:
    """An array with its dimensions; `power` -1 for a divisor."""

    array: IndexedBase
    dims: tuple[Dim, ...]
    power: int = 1

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of its dimensions."""
        return tuple(dim.letter for dim in self.dims)


@dataclass(frozen=True)
class Contraction:
    """out[free] (op)= product of factors, over `taps` and the other summed letters.

    `selected` is (array of winners, number of the place): the term counts where they agree.
    """

    op: str
    out: Access
    factors: tuple[Access, ...]
    relations: tuple[Relation, ...]
    summed: tuple[str, ...]
    selected: tuple[Access, Expr] | None = None


def contractions(derivation: Derivation, goal: Goal) -> list[Contraction]:
    """The terms that add up to the goal's result."""
    expr = goal.result
    terms = Add.make_args(expr) if isinstance(expr, Add) else (expr,)
    return [_contraction(derivation, goal, term) for term in terms]


def _contraction(derivation: Derivation, goal: Goal, term: Expr) -> Contraction:
    if not isinstance(goal.left, Indexed):
        raise LoweringError(f"{goal.name} is no array")
    outside = [part for part in Mul.make_args(term) if not isinstance(part, ExprWithLimits)]
    body, limits, op = _open(term)
    reads, selected = _factors(Mul(body, *outside) if limits else body)
    ranges = {limit[0]: limit[2] for limit in (*goal.free, *limits)}
    dims = _dims([entry for entry, _ in reads], ranges, _shapes(derivation))

    def access(entry: Indexed, power: int) -> Access:
        return Access(entry.base, tuple(dims(index) for index in entry.indices), power)

    factors = tuple(access(entry, power) for entry, power in reads)
    out = access(goal.left, 1)
    met = (dim.relation for one in (out, *factors) for dim in one.dims)
    return Contraction(
        op,
        out,
        factors,
        tuple(dict.fromkeys(relation for relation in met if relation is not None)),
        tuple(dims(limit[0]).letter for limit in limits),
        None if selected is None else (access(selected[0], 1), selected[1]),
    )


def _shapes(derivation: Derivation) -> dict[IndexedBase, tuple[Expr, ...]]:
    defined = {d.left.base: tuple(high for _, _, high in d.free) for d in derivation.definitions}
    return {**defined, **derivation.arrays}


def _open(term: Expr) -> tuple[Expr, Sequence[tuple[Expr, ...]], str]:
    sums = [part for part in Mul.make_args(term) if isinstance(part, ExprWithLimits)]
    if not sums:
        return term, (), "add"
    if len(sums) > 1 or not isinstance(sums[0], (Sum, MaxOver, ArgMaxOver)):
        raise LoweringError(f"no schedule for {term}")
    body = sums[0].function
    if isinstance(body, Piecewise):
        # The guard is what the relation says: it becomes the bounds of the slices.
        body = body.args[0].args[0]
    op = "add" if isinstance(sums[0], Sum) else "max"
    return body, sums[0].limits, op


def _factors(product: Expr) -> tuple[list[tuple[Indexed, int]], tuple[Indexed, Expr] | None]:
    reads: list[tuple[Indexed, int]] = []
    selected = None
    for part in Mul.make_args(product):
        if isinstance(part, Indexed):
            reads.append((part, 1))
        elif isinstance(part, Pow) and isinstance(part.base, Indexed) and part.exp == -1:
            reads.append((part.base, -1))
        elif isinstance(part, KroneckerDelta):
            winner, number = sorted(part.args, key=lambda side: not isinstance(side, Indexed))
            selected = (winner, number)
        elif part != 1:
            raise LoweringError(f"no schedule for the factor {part}")
    return reads, selected


def from_zero(index: Symbol) -> Symbol:
    """The letter of a 1-based index as one that counts from 0: SymPy must not think it positive."""
    return Symbol(index.name, integer=True, nonnegative=True)


def _dims(
    reads: Sequence[Indexed],
    ranges: Mapping[Symbol, Expr],
    shapes: Mapping[IndexedBase, tuple[Expr, ...]],
) -> Callable[[Expr], Dim]:
    """How each index is traversed: a composed index and its variable share a relation."""
    known: dict[Expr, Dim] = {}
    for entry in reads:
        for place, index in enumerate(entry.indices):
            if isinstance(index, Symbol) or index in known:
                continue
            inside = index.free_symbols & set(ranges)
            (tap,) = (symbol for symbol in inside if symbol.name in AXIS_OF_TAP)
            (var,) = inside - {tap}
            relation, composed = _relation(index, var, tap, ranges[var], shapes[entry.base][place])
            other = "coarse" if composed == "fine" else "fine"
            known[index] = Dim(relation.axis, composed, relation)
            known[var] = Dim(relation.axis, other, relation)
            known[tap] = Dim(tap.name, "tap")

    def dim(index: Expr) -> Dim:
        if index in known:
            return known[index]
        if isinstance(index, Symbol):
            return Dim(index.name, "tap" if index.name in AXIS_OF_TAP else "whole")
        raise LoweringError(f"no relation for the index {index}")

    return dim


def _relation(
    index: Expr, var: Symbol, tap: Symbol, var_size: Expr, index_size: Expr
) -> tuple[Relation, str]:
    """The relation between `index` and its variable, and which of the two `index` is."""
    slope = expand(index.xreplace({var: var + 1}) - index)
    rest = (index.xreplace({var: S.One}) - 1).xreplace({tap: from_zero(tap) + 1})
    axis = AXIS_OF_TAP[tap.name]
    if slope.is_integer:
        return Relation(axis, tap.name, slope, rest, var_size, index_size), "fine"
    # index = (var - offset)/S: solved for its variable it is the same relation.
    offset = Add(*(-part / slope for part in Add.make_args(rest)))
    return Relation(axis, tap.name, 1 / slope, offset, index_size, var_size), "coarse"
