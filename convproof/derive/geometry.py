"""Facts about one axis: which windows fit, which positions are pixels, how many taps count."""

from __future__ import annotations

from sympy import And, Expr, Or, Piecewise, S, floor
from sympy.logic.boolalg import Boolean

from convproof.derive.chain import Chain
from convproof.derive.symbols import SymbolicAxis


def inside(axis: SymbolicAxis, position: Expr) -> Boolean:
    """`position` is a pixel of the input."""
    return And(position >= 1, position <= axis.size)


def window_fits(axis: SymbolicAxis) -> Chain:
    """A window fits iff its last tap lies on the padded input, iff its position is at most O."""
    i = axis.position
    last = axis.padded(i, axis.kernel) <= axis.padded_size()
    # The index runs beyond what fits, so that a size that is too small shows as well.
    free = (i, S.One, axis.padded_size() + 2)
    chain = Chain(f"output size {axis.name}", last, (free,), last)
    chain.move(
        "collect",
        axis.stride * (i - 1) <= axis.room(),
        "what does not depend on the position goes to the right",
    )
    chain.move(
        "divide by the stride",
        i - 1 <= floor(axis.room() / axis.stride),
        "S*q <= r iff q <= floor(r/S), because S > 0 and q is an integer",
    )
    return chain.move("count", i <= axis.output_size(), "positions count from 1")


def overhang_fits(axis: SymbolicAxis) -> Chain:
    """Ceil mode: a window that overhangs counts too, if it starts before the high padding."""
    i = axis.position
    size = axis.output_size()
    fits = axis.padded(i, axis.kernel) <= axis.padded_size()
    # The window before it does not reach the end, and it starts on the image or its low padding.
    needed = axis.padded(i - 1, axis.kernel) < axis.padded_size()
    starts = axis.stride * (i - 1) < axis.size + axis.pad_lo
    either = Or(fits, And(i > 1, needed, starts))
    free = (i, S.One, axis.padded_size() + 2)
    leftover = axis.stride * (size - 1) < axis.room()
    more = Piecewise(
        (size + 1, And(leftover, axis.stride * size < axis.size + axis.pad_lo)), (size, True)
    )
    return Chain(f"output size {axis.name}", either, (free,), either).move(
        "count", i <= more, "at most one window overhangs: the one after the last that fits"
    )
