"""Padding other than by zeros, on one axis: an index map, and the adjoint of that map.

The array is X[n, b, c]: everything before the axis, the axis W, everything after; more axes are
padded one after another.  P entries come before, Q after.
"""

from __future__ import annotations

from typing import Literal

from sympy import Abs, Derivative, Expr, IndexedBase, Max, Min, Mod, Piecewise, S, Sum, Symbol

from convproof.derive import rules
from convproof.derive.chain import Chain
from convproof.derive.loss import limit
from convproof.derive.step import Definition, Derivation
from convproof.derive.symbols import DXP, XP, C, N, SymbolicAxis, X, axes, c, n, primed, size

Mode = Literal["circular", "reflect", "replicate"]
Cases = tuple[Expr, Expr, Expr]


def source(axis: SymbolicAxis, r: Expr, mode: Mode) -> Expr:
    """Which pixel position `r` of the padded axis shows: the definition of the mode."""
    pixel = r - axis.pad_lo
    if mode == "circular":
        return Mod(pixel - 1, axis.size) + 1
    if mode == "replicate":
        return Min(Max(pixel, 1), axis.size)
    return axis.size - Abs(axis.size - 1 - Abs(pixel - 1))


def cases(axis: SymbolicAxis, r: Expr, mode: Mode) -> Cases:
    """The same pixel before the image, on it, and after it: affine in each."""
    pixel = r - axis.pad_lo
    if mode == "circular":
        return pixel + axis.size, pixel, pixel - axis.size
    if mode == "replicate":
        return S.One, pixel, axis.size
    return 2 - pixel, pixel, 2 * axis.size - pixel


def widest(axis: SymbolicAxis, mode: Mode) -> tuple[Expr, ...]:
    """Conditions under which one wrap or one reflection is enough."""
    if mode == "replicate":
        return ()
    room = axis.size - (1 if mode == "reflect" else 0)
    return (axis.pad_lo <= room, axis.pad_hi <= room)


def derive_pad(mode: Mode) -> Derivation:
    """The padded axis as three slices, and its gradient as the slices sent back."""
    (axis,) = axes(1)
    r = size("r")
    last = axis.padded_size()
    free = (limit(n, N), limit(r, last), limit(c, C))
    left, middle, right = (X[n, where, c] for where in cases(axis, r, mode))
    ahead = Chain("forward", XP[n, r, c], free, X[n, source(axis, r, mode), c])
    ahead.move(
        "split the axis",
        Piecewise((left, r <= axis.pad_lo), (middle, r <= axis.pad_lo + axis.size), (right, True)),
        f"before, on and after the image {mode} padding moves by a fixed rule",
    )
    definition = Definition(XP[n, r, c], ahead.now, free)
    back = _adjoint(axis, r, definition)
    return Derivation(
        name=f"pad_{mode}",
        spec=None,
        output_shape=(N, last, C),
        goals={chain.name: chain.goal() for chain in (ahead, back)},
        steps=(*ahead.steps, *back.steps),
        arrays={X: (N, axis.size, C), DXP: (N, last, C)},
        definitions=(definition,),
        given=widest(axis, mode),
    )


def _adjoint(axis: SymbolicAxis, r: Symbol, definition: Definition) -> Chain:
    """The gradient by one pixel: from every padded position that shows it."""
    wanted = (limit(n, N), limit(axis.pixel, axis.size), limit(c, C))
    batch, channel = primed(n), primed(c)
    by = X[n, axis.pixel, c]
    start = Sum(
        DXP[batch, r, channel] * Derivative(XP[batch, r, channel], by, evaluate=False),
        (channel, 1, C),
        (r, 1, axis.padded_size()),
        (batch, 1, N),
    )
    chain = Chain("gradient x", IndexedBase("dX")[by.indices], wanted, start)
    lo, on = axis.pad_lo, axis.pad_lo + axis.size
    edges = ((S.One, lo), (lo + 1, on), (on + 1, axis.padded_size()))
    parts = []
    for (first, last), (shown, _) in zip(edges, definition.right.args, strict=True):
        entry = shown.xreplace({n: batch, c: channel})
        deltas = entry.diff(by)
        parts.append(
            Sum(DXP[batch, r, channel] * deltas, (channel, 1, C), (r, first, last), (batch, 1, N))
        )
    chain.move(
        "differentiate",
        sum(parts, S.Zero),
        "one sum for each case; an entry by an entry is a product of Kronecker deltas",
    )
    for index in (batch, channel):
        parts = [rules.eliminate(part, index) for part in parts]
        chain.move(f"eliminate {index}", sum(parts, S.Zero), f"the delta leaves one {index}")
    parts = [_solve(part, r) for part in parts]
    chain.move("eliminate r", sum(parts, S.Zero), "where the map moves, one r shows a pixel")
    return chain.move(
        "drop what the ranges imply",
        sum((rules.drop_implied(part, wanted) for part in parts), S.Zero),
        "the indices run over their ranges only",
    )


def _solve(part: Expr, r: Symbol) -> Expr:
    """Eliminate r unless the map stands still (replicate): then the sum remains."""
    term, condition, limits = rules.open_sum(part)
    if any(delta.has(r) for delta in rules.deltas(term)):
        return rules.eliminate(part, r)
    return rules.close_sum(term, condition, limits)
