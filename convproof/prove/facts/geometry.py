"""The derivation's axis relation over symbolic sizes, and what the reference counts for it.

One axis of H pixels, padded by P before and Q after; K taps, stride S, dilation d.  Positions are
counted from zero:  i = S*o + d*k - P.
"""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp
from sympy.logic.boolalg import Boolean

from convproof import reference
from convproof.derive import derive
from convproof.derive.symbols import SymbolicAxis
from convproof.prove.facts.obligation import Meaning
from convproof.spec import Axis

H, K, S, d = sp.symbols("H K S d", integer=True, positive=True)
P, Q = sp.symbols("P Q", integer=True, nonnegative=True)
o, k, i, a = sp.symbols("o k i a", integer=True)
k2, o2 = sp.symbols("k2 o2", integer=True)  # a second tap, a second output position
n = sp.Symbol("n", integer=True)  # the number of output positions

Values = Mapping[str, int]


# The formulas are the derivation's own, which counts from one and calls its axis W: what is proved
# here is what the code is lowered from.
_axis = SymbolicAxis("W")
_letters = {
    _axis.size: H,
    _axis.kernel: K,
    _axis.stride: S,
    _axis.dilation: d,
    _axis.pad_lo: P,
    _axis.pad_hi: Q,
}


def position(out: sp.Expr = o, tap: sp.Expr = k) -> sp.Expr:
    """The input position that output `out` reads through tap `tap`: S*out + d*tap - P."""
    return (_axis.padded(out + 1, tap + 1) - 1 - _axis.pad_lo).xreplace(_letters)


EXTENT = _axis.padded(sp.Integer(1), _axis.kernel).xreplace(_letters)
ROOM = _axis.room().xreplace(_letters)
COUNT = sp.Max(0, derive("conv1d").sizes[_axis.out].xreplace(_letters))
FITS = ROOM >= 0
TAP = sp.And(k >= 0, k < K)
PIXEL = sp.And(i >= 0, i < H)


def within(low: object, x: sp.Expr, high: object) -> Boolean:
    """low <= x < high."""
    return sp.And(sp.Le(low, x), sp.Lt(x, high))


def axis(values: Values, ceil_mode: bool = False) -> Axis:
    """The axis at concrete `values`; symbols that the obligation does not have are neutral."""
    return Axis(
        values["K"],
        values.get("S", 1),
        values.get("d", 1),
        values.get("P", 0),
        values.get("Q", values.get("P", 0)),
        ceil_mode,
    )


def counted(values: Values) -> int:
    """The number of output positions, counted one by one by the reference."""
    return reference.output_size(axis(values), values["H"])


def edges(values: Values) -> set[tuple[int, int, int]]:
    """Every (output, tap, pixel) that the reference reads."""
    found = set()
    for (out,), pairs in reference.windows((axis(values),), (values["H"],)):
        found |= {(out, tap, where[0]) for (tap,), where in pairs if where is not None}
    return found


def count_meaning(formula: sp.Expr = COUNT) -> Meaning:
    """`n`: the number of output positions."""
    return Meaning(n, formula, counted)


def tap_edges(values: Values) -> int:
    """How many outputs tap k reads a pixel for."""
    return sum(tap == values["k"] for _, tap, _ in edges(values))
