"""Max- and average-pooling in any rank: (10.9), the mean of a window, and their gradients."""

from __future__ import annotations

from sympy import Expr, IndexedBase, Max, Min, Mul, Piecewise, S, Sum

from convproof.derive import rules
from convproof.derive.chain import Chain
from convproof.derive.conv import Space, padded_input, padded_with
from convproof.derive.geometry import inside, overhang_fits, window_fits
from convproof.derive.loss import gradient, letters, limit
from convproof.derive.nodes import ArgMaxOver, MaxOver
from convproof.derive.step import Definition, Derivation
from convproof.derive.symbols import DY, XP, C, Limit, N, SymbolicAxis, X, Y, axes, c, n, primed

WINNER = IndexedBase("A", integer=True)


def output_limits(space: Space) -> tuple[Limit, ...]:
    """An output entry's indices."""
    return (limit(n, N), *(limit(axis.position, axis.out) for axis in space), limit(c, C))


def input_limits(space: Space) -> tuple[Limit, ...]:
    """An input entry's indices."""
    return (limit(n, N), *(limit(axis.pixel, axis.size) for axis in space), limit(c, C))


def _window(space: Space) -> tuple[Expr, tuple[Limit, ...]]:
    """The padded input's entry under a tap, and the taps' ranges, innermost first."""
    where = [axis.padded(axis.position, axis.tap) for axis in space]
    return XP[(n, *where, c)], tuple(limit(axis.tap, axis.kernel) for axis in reversed(space))


def _finish(
    name: str,
    space: Space,
    chains: list[Chain],
    definitions: tuple[Definition, ...],
    ceil: bool,
    options: tuple[str, ...] = (),
) -> Derivation:
    ends = {axis.out: overhang_fits(axis) if ceil else window_fits(axis) for axis in space}
    chains = [*ends.values(), *chains]
    sizes = {out: chain.now.rhs for out, chain in ends.items()}
    shapes = {X: input_limits(space), DY: output_limits(space)}
    return Derivation(
        name=name,
        spec=None,
        output_shape=(N, *sizes.values(), C),
        goals={chain.name: chain.goal() for chain in chains},
        steps=tuple(step for chain in chains for step in chain.steps),
        arrays={array: tuple(high for _, _, high in ranges) for array, ranges in shapes.items()},
        definitions=definitions,
        sizes=sizes,
        options=(*options, "ceil_mode") if ceil else options,
        given=tuple(
            fact
            for axis in space
            for fact in (axis.room() >= 0, *(
                pad <= axis.dilation * (axis.kernel - 1) for pad in (axis.pad_lo, axis.pad_hi)
            ))
        ),
    )  # fmt: skip


def derive_max_pool(rank: int, ceil: bool = False) -> Derivation:
    """(10.9) in `rank` dimensions; the first maximum in row-major order takes the gradient."""
    space = axes(rank)
    entry, taps = _window(space)
    free = output_limits(space)
    ahead = Chain("forward", Y[letters(free)], free, MaxOver(entry, *taps))
    ahead.move(
        "unfold the padding",
        rules.unfold(ahead.now, XP, padded_with(space, S.NegativeInfinity)),
        "padding never wins: off the image an entry is minus infinity",
    )
    definition = Definition(Y[letters(free)], ahead.now, free)
    winner = Definition(WINNER[letters(free)], ArgMaxOver(*ahead.now.args), free)
    order = [primed(n), primed(c), *(axis.position for axis in space)]
    back = gradient("x", X, input_limits(space), definition, DY, order, WINNER)
    padded = padded_input(space, (limit(c, C),), S.NegativeInfinity, ceil)
    return _finish(f"max_pool{rank}d", space, [ahead, back], (definition, winner, padded), ceil)


def divisor(axis: SymbolicAxis) -> IndexedBase:
    """How many positions of each window the mean counts on `axis`."""
    return IndexedBase(f"R_{axis.name}")


def _count(axis: SymbolicAxis, include: bool) -> Chain:
    """The divisor on one axis: a count of taps, in closed form."""
    i, k = axis.position, axis.tap
    start = axis.stride * (i - 1)
    where = axis.padded(i, k)
    # Without the dilation pooling does not have, tap k of window i lies at start + k.
    where = where.subs(axis.dilation, 1)
    if include:
        counted = where <= axis.padded_size()
        closed = Min(axis.kernel, axis.padded_size() - start)
    else:
        counted = inside(axis, where - axis.pad_lo)
        closed = Min(axis.kernel, axis.size + axis.pad_lo - start) - Max(0, axis.pad_lo - start)
    taps = Sum(Piecewise((S.One, counted), (S.Zero, True)), limit(k, axis.kernel))
    free = (limit(i, axis.out),)
    return Chain(f"divisor {axis.name}", divisor(axis)[i], free, taps).move(
        "count", closed, "the taps that count are consecutive: last minus first plus one"
    )


def derive_avg_pool(rank: int, include: bool = True, ceil: bool = False) -> Derivation:
    """The mean of each window; `include` says whether padding counts in the divisor."""
    space = axes(rank)
    counts = [_count(axis, include) for axis in space]
    entry, taps = _window(space)
    free = output_limits(space)
    share = Mul(*(1 / divisor(axis)[axis.position] for axis in space))
    undilated = {axis.dilation: S.One for axis in space}
    total = Sum(entry, *taps).subs(undilated)
    ahead = Chain("forward", Y[letters(free)], free, share * total)
    ahead.move(
        "unfold the padding",
        share * rules.unfold(total, XP, padded_with(space, S.Zero)),
        "an entry of the padded input is a pixel, or zero off the image",
    )
    definition = Definition(Y[letters(free)], ahead.now, free)
    order = [primed(n), primed(c), *(axis.position for axis in space)]
    back = gradient("x", X, input_limits(space), definition, DY, order)
    divisors = tuple(
        Definition(divisor(axis)[axis.position], chain.now, chain.free)
        for axis, chain in zip(space, counts, strict=True)
    )
    padded = padded_input(space, (limit(c, C),), S.Zero, ceil)
    chains, options = [*counts, ahead, back], ("count_include_pad",) if include else ()
    found = _finish(
        f"avg_pool{rank}d", space, chains, (definition, *divisors, padded), ceil, options
    )
    return found.bound(undilated)
