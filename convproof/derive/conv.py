"""Convolution in any rank: forward and gradients from equations (10.5), (10.6) and (10.8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sympy import And, Expr, IndexedBase, Piecewise, S, Sum

from convproof.derive import rules
from convproof.derive.chain import Chain
from convproof.derive.geometry import inside, window_fits
from convproof.derive.loss import gradient, letters, limit
from convproof.derive.step import Definition, Derivation
from convproof.derive.symbols import (
    DZ,
    XP,
    B,
    C,
    G,
    K,
    Limit,
    M,
    N,
    SymbolicAxis,
    X,
    axes,
    c,
    g,
    m,
    n,
    primed,
    size,
)  # fmt: skip

Space = Sequence[SymbolicAxis]
Z = IndexedBase("Z")


def output_limits(space: Space) -> tuple[Limit, ...]:
    """An output entry's indices."""
    spatial = (limit(axis.position, axis.out) for axis in space)
    return (limit(n, N), *spatial, limit(g, G), limit(m, M))


def input_limits(space: Space) -> tuple[Limit, ...]:
    """An input entry's indices."""
    spatial = (limit(axis.pixel, axis.size) for axis in space)
    return (limit(n, N), *spatial, limit(g, G), limit(c, C))


def kernel_limits(space: Space) -> tuple[Limit, ...]:
    """A kernel entry's indices."""
    spatial = (limit(axis.tap, axis.kernel) for axis in space)
    return (*spatial, limit(c, C), limit(g, G), limit(m, M))


def padded_with(space: Space, fill: Expr) -> Callable[..., Expr]:
    """What an entry of the padded input is: a pixel, or `fill` off the image."""

    def meaning(batch: Expr, *rest: Expr) -> Expr:
        where, channel = rest[: len(space)], rest[len(space) :]
        pixel = [r - axis.pad_lo for axis, r in zip(space, where, strict=True)]
        on_image = And(*(inside(axis, r) for axis, r in zip(space, pixel, strict=True)))
        return Piecewise((X[(batch, *pixel, *channel)], on_image), (fill, True))

    return meaning


def padded_input(
    space: Space, channel: Sequence[Limit], fill: Expr = S.Zero, ceil: bool = False
) -> Definition:
    """The padded input as an array that is defined, not given; in ceil mode with its overhang."""
    ends = [axis.padded_size() + (axis.stride if ceil else 0) for axis in space]
    where = [limit(size(f"r_{axis.name}"), end) for axis, end in zip(space, ends, strict=True)]
    free = (limit(n, N), *where, *channel)
    return Definition(XP[letters(free)], padded_with(space, fill)(*letters(free)), free)


def forward(space: Space) -> Chain:
    """(10.6) without its activation, (10.8): a sum over the padded input, then the input itself."""
    where = [axis.padded(axis.position, axis.tap) for axis in space]
    taps = [axis.tap for axis in space]
    limits = (limit(c, C), *(limit(axis.tap, axis.kernel) for axis in reversed(space)))
    start = Sum(XP[(n, *where, g, c)] * K[(*taps, c, g, m)], *limits)
    free = output_limits(space)
    return Chain("forward", Z[letters(free)], free, start + B[g, m]).move(
        "unfold the padding",
        rules.merge(rules.unfold(start, XP, padded_with(space, S.Zero))) + B[g, m],
        "an entry of the padded input is a pixel, or zero off the image; zero times K is zero",
    )


def derive_conv(rank: int) -> Derivation:
    """The derivation of convolution in `rank` dimensions, for all sizes at once."""
    space = axes(rank)
    ahead = forward(space)
    definition = Definition(Z[letters(ahead.free)], ahead.now, ahead.free)
    taps = [axis.tap for axis in space]
    positions = [axis.position for axis in space]
    shared = (limit(g, G), limit(m, M))
    chains = [
        *(window_fits(axis) for axis in space),
        ahead,
        # gather form: which taps of which windows reach this pixel
        gradient(
            "x",
            X,
            input_limits(space),
            definition,
            DZ,
            [primed(n), primed(g), primed(c), *positions],
        ),
        # every copy of a tied weight, summed (10.1.5)
        gradient(
            "kernel",
            K,
            kernel_limits(space),
            definition,
            DZ,
            [primed(v) for v in (c, g, m, *taps)],
        ),
        gradient("bias", B, shared, definition, DZ, [primed(g), primed(m)]),
    ]
    limits = {X: input_limits(space), K: kernel_limits(space), DZ: ahead.free, B: shared}
    return Derivation(
        name=f"conv{rank}d",
        spec=None,
        output_shape=(N, *(axis.output_size() for axis in space), G * M),
        goals={chain.name: chain.goal() for chain in chains},
        steps=tuple(step for chain in chains for step in chain.steps),
        arrays={array: tuple(high for _, _, high in ranges) for array, ranges in limits.items()},
        definitions=(definition, padded_input(space, (limit(g, G), limit(c, C)))),
        sizes={axis.out: axis.output_size() for axis in space},
        given=tuple(axis.room() >= 0 for axis in space),
    )
