"""Correlation by spectra: overlapping tiles transformed and multiplied, and what is right kept.

A tile of `step` outputs reads T = step + D*(K-1) pixels of each axis.  Correlated around a circle
of T or more places, its outputs from 0 to step-1 meet no end of it: they are the convolution's
(overlap-save).  The transform of that circular correlation is the product of the tile's and of the
turned kernel's transforms, summed over channels.  The kernel's gradient is the same with the
output's gradient, tile by tile, in the kernel's place: its entry k is found at D*k.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Expr, Max, Min, S, Symbol, ceiling, floor

from convproof.derive.step import Derivation
from convproof.errors import LoweringError
from convproof.lower.assemble import assemble, linear, main_term, name, sizes_of, tap_size
from convproof.lower.contraction import Relation, contractions
from convproof.lower.program import (
    Band,
    Crossed,
    Cut,
    Kept,
    Lay,
    Let,
    Mixed,
    New,
    Product,
    Program,
    Restored,
    Sizes,
    Spectrum,
    Statement,
    Store,
    Tasks,
    View,
    Windows,
)  # fmt: skip

TOLD = ("stride", "dilation", "pad_lo")
STEP = Symbol("step", integer=True, positive=True)


@dataclass(frozen=True)
class _Tiling:
    """The tiles of a layer of stride 1."""

    relations: tuple[Relation, ...]

    @property
    def rank(self) -> int:
        return len(self.relations)

    @property
    def gaps(self) -> tuple[Expr, ...]:
        return tuple(linear(one.offset, one.tap)[0] for one in self.relations)

    @property
    def starts(self) -> tuple[Expr, ...]:
        return tuple(linear(one.offset, one.tap)[1] for one in self.relations)

    @property
    def sides(self) -> tuple[Expr, ...]:
        """The pixels of a tile."""
        pairs = zip(self.gaps, self.relations, strict=True)
        return tuple(STEP + gap * (tap_size(one) - 1) for gap, one in pairs)

    @property
    def tiles(self) -> tuple[Expr, ...]:
        return tuple(ceiling(one.coarse_size / STEP) for one in self.relations)

    @property
    def coarse(self) -> tuple[Expr, ...]:
        """The tiles of a block."""
        return (Symbol("rows_size", integer=True), *self.tiles[1:])

    def seen(self, array: str, sides: Sequence[Expr], starts: Sequence[Expr]) -> Let:
        """Tiles (n, *tiles, g, *sides, c), one every `step` pixels."""
        first = STEP * Symbol("rows_start", integer=True)
        return Let("v", Windows(
            View(array, (("slice", "images"),)),
            tuple(sides),
            (S.One,) * self.rank,
            (starts[0] + first, *starts[1:]),
            (STEP,) * self.rank,
            self.coarse,
        ))  # fmt: skip

    def cuts(self) -> tuple[Cut, Cut]:
        """Blocks of some whole images, or of some rows of tiles of one."""
        high, block = self.tiles[0], Symbol("block", integer=True, positive=True)
        images = sizes_of()["n"]
        return (
            Cut("images", images, Max(1, floor(block / high))),
            Cut("rows", high, Min(block, high)),
        )


def lower_spectral(derivation: Derivation, goal_name: str, title: str, doc: str) -> Program:
    """The forward or the kernel's gradient."""
    term = main_term(contractions(derivation, derivation.goals[goal_name]))
    tiling = _Tiling(tuple(sorted(term.relations, key=lambda one: "qkl".index(one.tap))))
    free = derivation.goals[goal_name].free
    if goal_name == "forward":
        first, second = sorted(term.factors, key=lambda one: ("X", "K").index(str(one.array)))
        body, last = _forward(tiling, free), "out_space"
    elif goal_name == "gradient kernel":
        first, second = sorted(term.factors, key=lambda one: ("dZ", "X").index(str(one.array)))
        body, last = _correlated(tiling, free), "taps"
    else:
        raise LoweringError(f"no spectra for {goal_name}")
    arrays = [first.array, second.array]
    return assemble(
        title, doc, derivation, arrays, body, name(term.out.array), ("step", "block"), (*TOLD, last)
    )


def _forward(tiling: _Tiling, free: Sequence[tuple[Expr, ...]]) -> list[Statement]:
    rank, like, sides = tiling.rank, ("kernel", "x"), tiling.sides
    ones = (S.One,) * rank
    task: list[Statement] = [
        tiling.seen("x", sides, tiling.starts),
        Let("v", Spectrum("v", rank + 2, sides, ones)),
        Let("v", Mixed("v", "w")),
        Let("v", Restored("v", rank + 2, sides, (STEP,) * rank, ones, like)),
        Let("band", Band("rows", STEP)),
        Lay(View("z", (("slice", "images"), ("slice", "band"))), "v", STEP),
    ]
    return [
        Let("sides", Sizes((*sides, *tiling.gaps))),
        Kept(
            "w", "kernel", "sides", (Let("w", Spectrum("w", 0, sides, tiling.gaps, turned=True)),)
        ),
        New("z", tuple(high for _, _, high in free), like, "empty"),
        Tasks(tiling.cuts(), tuple(task)),
    ]


def _correlated(tiling: _Tiling, free: Sequence[tuple[Expr, ...]]) -> list[Statement]:
    """Tiles of both images transformed, multiplied and summed; one way back for all."""
    rank, sides, ones = tiling.rank, tiling.sides, (S.One,) * tiling.rank
    like = ("x", "dz")
    taps = tuple(tap_size(one) for one in tiling.relations)
    task: list[Statement] = [
        tiling.seen("dz", (STEP,) * rank, (S.Zero,) * rank),
        Let("flow", Spectrum("v", rank + 2, sides, ones, turned=True)),
        tiling.seen("x", sides, tiling.starts),
        Let("v", Spectrum("v", rank + 2, sides, ones)),
        Let("part", Crossed("v", "flow", rank)),
    ]
    order = (*range(1, rank + 1), rank + 1, 0, rank + 2)
    return [
        Tasks(tiling.cuts(), tuple(task), "part", "w"),
        Let("w", Restored("w", 1, sides, taps, tiling.gaps, like)),
        New("dkernel", tuple(high for _, _, high in free), like, "empty"),
        Store(View("dkernel"), "=", Product((View("w", (":",) * (rank + 3), order),))),
    ]
