"""Winograd's filtering as an array program: tiles evaluated, multiplied, and interpolated.

In several dimensions the matrices of `cook_toom` act along one axis after another, so a tile of
(m + r - 1)^d numbers and a kernel of r^d become (m + r - 1)^d numbers each; their products, summed
over channels, are that many matrix products, each over all tiles of a block at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Expr, Integer, Max, Min, Mul, S, Symbol, ceiling, floor

from convproof.derive.step import Derivation
from convproof.errors import LoweringError
from convproof.lower.assemble import assemble, linear, main_term, name, sizes_of
from convproof.lower.contraction import Relation, contractions
from convproof.lower.cook_toom import Filter, transposed
from convproof.lower.program import (
    Along,
    Band,
    Constant,
    Cut,
    Kept,
    Let,
    New,
    Product,
    Program,
    Shaped,
    Stack,
    Statement,
    Store,
    Tasks,
    Untile,
    View,
    Windows,
)  # fmt: skip

TOLD = ("stride", "dilation", "pad_lo", "out_space", "taps")


@dataclass(frozen=True)
class _Tiling:
    """The tiles of a layer of stride and dilation 1."""

    found: Filter
    relations: tuple[Relation, ...]

    @property
    def rank(self) -> int:
        return len(self.relations)

    @property
    def outs(self) -> tuple[Expr, ...]:
        return tuple(relation.coarse_size for relation in self.relations)

    @property
    def tiles(self) -> tuple[Expr, ...]:
        return tuple(ceiling(out / self.found.outputs) for out in self.outs)

    @property
    def coarse(self) -> tuple[Expr, ...]:
        """The tiles of a block."""
        return (Symbol("rows_size", integer=True), *self.tiles[1:])

    @property
    def spots(self) -> Expr:
        return Mul(Symbol("images_size", integer=True), *self.coarse)

    def tile(self, array: str, side: int, offsets: Sequence[Expr]) -> Let:
        """Tiles (*side, g, n, *tiles, c) of an image, one every `outputs` pixels."""
        rank, m = self.rank, self.found.outputs
        first = m * Symbol("rows_start", integer=True)
        order = (*range(rank + 2, 2 * rank + 2), rank + 1, *range(rank + 1), 2 * rank + 2)
        return Let("v", Windows(
            View(array, (("slice", "images"),)),
            (Integer(side),) * rank,
            (S.One,) * rank,
            (offsets[0] + first, *offsets[1:]),
            (Integer(m),) * rank,
            self.coarse,
            order,
        ))  # fmt: skip

    def cuts(self) -> tuple[Cut, Cut]:
        """Blocks of some whole images, or of some rows of tiles of one."""
        high, block = self.tiles[0], Symbol("tiles", integer=True, positive=True)
        images = sizes_of()["n"]
        return (
            Cut("images", images, Max(1, floor(block / high))),
            Cut("rows", high, Min(block, high)),
        )


def _along(
    matrix: str, array: str, columns: int, rows: int, rank: int, pair: int = 0
) -> list[Statement]:
    """A matrix along the first axes of an array, one after another, in the slots of a pair."""
    return [
        Let(array, Along(matrix, array, columns, Integer(rows**axis), 2 * pair + axis % 2))
        for axis in range(rank)
    ]


def lower_winograd(
    derivation: Derivation, goal_name: str, title: str, doc: str, found: Filter
) -> Program:
    """The forward or the kernel's gradient by F(outputs, taps) on each axis."""
    found.check()
    term = main_term(contractions(derivation, derivation.goals[goal_name]))
    relations = tuple(sorted(term.relations, key=lambda one: "qkl".index(one.tap)))
    tiling = _Tiling(found, relations)
    offsets = [linear(relation.offset, relation.tap)[1] for relation in relations]
    if goal_name == "forward":
        x, kernel = sorted(term.factors, key=lambda one: ("X", "K").index(str(one.array)))
        body = _forward(tiling, offsets, derivation.goals[goal_name].free)
        arrays = [x.array, kernel.array]
    elif goal_name == "gradient kernel":
        dz, x = sorted(term.factors, key=lambda one: ("dZ", "X").index(str(one.array)))
        body = _correlated(tiling, offsets, derivation.goals[goal_name].free)
        arrays = [dz.array, x.array]
    else:
        raise LoweringError(f"no tiles for {goal_name}")
    last = "out_space" if goal_name == "forward" else "taps"
    told = (*TOLD[:3], last)
    result = name(term.out.array)
    return assemble(title, doc, derivation, arrays, body, result, ("tiles",), told)


def _forward(
    tiling: _Tiling, offsets: Sequence[Expr], free: Sequence[tuple[Expr, ...]]
) -> list[Statement]:
    found, rank, size = tiling.found, tiling.rank, sizes_of()
    m, t = found.outputs, found.size
    whole = Integer(t**rank)
    like = ("kernel", "x")
    images = Symbol("images_size", integer=True)
    task: list[Statement] = [
        tiling.tile("x", t, offsets),
        *_along("window", "v", t, t, rank),
        Let("v", Stack(
            "v", (whole * size["g"], tiling.spots, size["c"]),
            "w", (whole * size["g"], size["c"], size["m"]),
        )),
        *_along("outputs", "v", t, m, rank),
        Let("band", Band("rows", Integer(m))),
        Untile(
            View("z", (("slice", "images"), ("slice", "band"))), "v", (m,) * rank, tiling.coarse,
            (*(Integer(m),) * rank, size["g"], images, *tiling.coarse, size["m"]),
        ),
    ]  # fmt: skip
    return [
        Let("taps_at", Constant(found.g, like)),
        Let("window", Constant(found.b, like)),
        Let("outputs", Constant(found.a, like)),
        Kept(
            "w",
            "kernel",
            "taps_at",
            (
                *_along("taps_at", "w", found.taps, t, rank),
                Let("w", Shaped(View("w"), (whole, size["c"], size["g"], size["m"]))),
                Let("w", View("w", (":", ":", ":", ":"), (0, 2, 1, 3))),
                Let("w", Shaped(View("w"), (whole * size["g"], size["c"], size["m"]))),
            ),
        ),
        New("z", tuple(high for _, _, high in free), like, "empty"),
        Tasks(tiling.cuts(), tuple(task)),
    ]


def _correlated(
    tiling: _Tiling, offsets: Sequence[Expr], free: Sequence[tuple[Expr, ...]]
) -> list[Statement]:
    """The adjoint: tiles of both images evaluated, multiplied over all tiles, and sent back."""
    found, rank, size = tiling.found, tiling.rank, sizes_of()
    m, t, r = found.outputs, found.size, found.taps
    whole = Integer(t**rank)
    like = ("x", "dz")
    task: list[Statement] = [
        tiling.tile("dz", m, (S.Zero,) * rank),
        *_along("outputs", "v", m, t, rank, pair=1),
        Let("flow", View("v")),
        tiling.tile("x", t, offsets),
        *_along("window", "v", t, t, rank),
        Let("part", Stack(
            "v", (whole * size["g"], tiling.spots, size["c"]),
            "flow", (whole * size["g"], tiling.spots, size["m"]), flip=True,
        )),
    ]  # fmt: skip
    shape = (*(Integer(r),) * rank, size["g"], size["c"], size["m"])
    order = (*range(rank), rank + 1, rank, rank + 2)
    return [
        Let("taps_at", Constant(transposed(found.g), like)),
        Let("window", Constant(found.b, like)),
        Let("outputs", Constant(transposed(found.a), like)),
        Tasks(tiling.cuts(), tuple(task), "part", "w"),
        *_along("taps_at", "w", t, r, rank),
        Let("w", Shaped(View("w"), shape)),
        New("dkernel", tuple(high for _, _, high in free), like, "empty"),
        Store(View("dkernel"), "=", Product((View("w", (":",) * len(shape), order),))),
    ]
