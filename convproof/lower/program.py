"""Straight-line array programs as data: printed by `source`, executed directly by `execute`.

A program works on NumPy arrays of any dtype, objects included.  Loops run over taps and over
blocks of images and rows only; everything else is slices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from sympy import Expr

# Read from here as well: a program is made of both.
from convproof.lower.values import Along as Along
from convproof.lower.values import Apart as Apart
from convproof.lower.values import Band as Band
from convproof.lower.values import Columns as Columns
from convproof.lower.values import Constant as Constant
from convproof.lower.values import Counted as Counted
from convproof.lower.values import Crossed as Crossed
from convproof.lower.values import Dot as Dot
from convproof.lower.values import Item as Item
from convproof.lower.values import Matmul as Matmul
from convproof.lower.values import Matrix as Matrix
from convproof.lower.values import Missing as Missing
from convproof.lower.values import Mixed as Mixed
from convproof.lower.values import Near as Near
from convproof.lower.values import Product as Product
from convproof.lower.values import Reached as Reached
from convproof.lower.values import Restored as Restored
from convproof.lower.values import Sent as Sent
from convproof.lower.values import Shaped as Shaped
from convproof.lower.values import Sizes as Sizes
from convproof.lower.values import Spectrum as Spectrum
from convproof.lower.values import Spread as Spread
from convproof.lower.values import Stack as Stack
from convproof.lower.values import Tiled as Tiled
from convproof.lower.values import Total as Total
from convproof.lower.values import View as View
from convproof.lower.values import Weighed as Weighed
from convproof.lower.values import Windows as Windows


@dataclass(frozen=True)
class Call:
    """Another program's result."""

    program: Program
    args: tuple[str, ...]


Value: TypeAlias = (
    View
    | Product
    | Total
    | Columns
    | Matmul
    | Dot
    | Windows
    | Spread
    | Shaped
    | Sizes
    | Call
    | Constant
    | Along
    | Stack
    | Band
    | Near
    | Sent
    | Missing
    | Apart
    | Reached
    | Counted
    | Spectrum
    | Restored
    | Mixed
    | Crossed
    | Tiled
    | Weighed
)


@dataclass(frozen=True)
class Unpack:
    """Integers from an array's shape or from a tuple; "_" for those not needed."""

    names: tuple[str, ...]
    source: str
    shape: bool


@dataclass(frozen=True)
class New:
    """A new array; `fill` is "zeros", "empty", "lowest" (of its dtype), or "none".

    The last is -1 in an integer dtype that holds the numbers up to `most`.  `order` is that of its
    dimensions in memory, if it is another one.
    """

    name: str
    shape: tuple[Expr | str, ...]
    like: tuple[str, ...]
    fill: str
    most: Expr | None = None
    order: tuple[int, ...] = ()


@dataclass(frozen=True)
class Count:
    """A divisor's factor on one axis: `expr` at `index` 0..size-1, as numbers like the array's.

    `function` is what the source calls the function of that axis's sizes.
    """

    name: str
    function: str
    index: str
    size: Expr
    expr: Expr
    like: str


@dataclass(frozen=True)
class Spans:
    """For each tap the slices for which fine = stride*coarse + gap*tap + offset."""

    name: str
    taps: Expr
    gap: Expr
    offset: Expr
    stride: Expr
    coarse_size: Expr
    fine_size: Expr


@dataclass(frozen=True)
class Taps:
    """`body` for each tap in `spans`, with its slices; a tap that meets no pixel does nothing.

    They come in order, or in the reverse order.
    """

    spans: str
    tap: str
    coarse: str
    fine: str
    body: tuple[Statement, ...]
    backwards: bool = False


@dataclass(frozen=True)
class Kept:
    """`name`: what `body` makes of an array, called so in it, with the constant or sizes `matrix`.

    It is made of the array's numbers alone, and may be what was made of the same ones before.
    """

    name: str
    source: str
    matrix: str
    body: tuple[Statement, ...]


@dataclass(frozen=True)
class Loop:
    """`body` for each value of `var` below `size`."""

    var: str
    size: Expr
    body: tuple[Statement, ...]


@dataclass(frozen=True)
class Blocks:
    """`body` for each slice `name` of at most `step` of the first `size` items."""

    name: str
    size: Expr
    step: Expr
    body: tuple[Statement, ...]


@dataclass(frozen=True)
class Cut:
    """A way to cut something of `size` into slices `name` of at most `step`."""

    name: str
    size: Expr
    step: Expr


@dataclass(frozen=True)
class Tasks:
    """`body` for each combination of slices of `cuts`, in any order or at the same time.

    What it stores into lies within a block's own slices, or is its own; if there is a `part`, an
    array of its own, the sum of all parts in the blocks' order is `total`.
    """

    cuts: tuple[Cut, ...]
    body: tuple[Statement, ...]
    part: str = ""
    total: str = ""


@dataclass(frozen=True)
class Untile:
    """`target` (n, *space, g, c): at stride*tile + place the entry of `source` at (place, tile).

    `source` has the shape (*places, g, n, *tiles, c); tiles may overhang.
    """

    target: View
    source: str
    places: tuple[int, ...]
    tiles: tuple[Expr | str, ...]
    shape: tuple[Expr | str, ...]


@dataclass(frozen=True)
class Lay:
    """`target` (n, *space, g, c): the tiles of `source`, side by side, every `step` entries.

    `source` has the shape (n, *tiles, g, *(step each), c); tiles may overhang.
    """

    target: View
    source: str
    step: Expr


@dataclass(frozen=True)
class Gather:
    """`target`: the sums ("add") or maxima ("max") of `source` over the taps of one axis.

    Along it each tap in `spans` has its slices; what no tap reaches is that of nothing.
    """

    target: View
    op: str
    source: View
    axis: int
    spans: str


@dataclass(frozen=True)
class Weigh:
    """`target` (n, *coarse, g, 1): what windows see (n, *coarse, g, *taps, 1), weighed and summed.

    The weights are (*taps, width, g), of which the last axis takes as many as it has places; the
    windows step by `stride` along it.
    """

    target: View
    seen: str
    weights: str
    stride: Expr


@dataclass(frozen=True)
class Store:
    """`target` op value: "=", "+=", "max=" or "/="."""

    target: View
    op: str
    value: Value


@dataclass(frozen=True)
class StoreMatrix:
    """A matrix product stored into (or added to) a view taken as a stack of matrices."""

    target: Matrix
    op: str
    value: Matmul


@dataclass(frozen=True)
class Duels:
    """`name`: for each axis, and each tap in its `spans`, which of its windows the tap wins.

    The last axis is the first to be gone through, the one before it has its maxima, and so on; a
    tap wins that is the first with its axis's maximum.  The windows' maxima are put into the array
    `maxima`, if there is one.
    """

    name: str
    source: View
    coarse: tuple[Expr, ...]
    spans: tuple[str, ...]
    maxima: str = ""


@dataclass(frozen=True)
class Scatter:
    """`target`: the sums of what `flow` sends to the taps in `spans` of one axis.

    To all of them, or to that one which wins in `takes`, of which this is the axis `number`.  The
    first so many rows of the target as `kept` says have sums already: they are added to.
    """

    target: View
    flow: View
    axis: int
    spans: str
    takes: str = ""
    number: int = 0
    kept: str = ""


@dataclass(frozen=True)
class Mark:
    """`winner` = number where `value` is `top`, or both are NaN, if `nans` says there are any."""

    winner: View
    top: View
    value: View
    number: Expr
    nans: str


@dataclass(frozen=True)
class Pick:
    """`target` += value where `winner` is `number`; `apart` says if nothing was added before."""

    target: View
    winner: View
    value: View
    number: Expr
    apart: str


@dataclass(frozen=True)
class Let:
    """A name for a value."""

    name: str
    value: Value


@dataclass(frozen=True)
class Fold:
    """`target`, in `shape`: the sums ("add") or maxima ("max") of `source` over its `axes`."""

    target: str
    op: str
    source: str
    axes: tuple[int, ...]
    shape: tuple[Expr, ...]


@dataclass(frozen=True)
class Rows:
    """`target`, all its numbers in a row: the sums of `source`'s rows of `inner` numbers each."""

    target: str
    source: str
    inner: Expr


Statement: TypeAlias = (
    Let
    | Fold
    | Rows
    | Unpack
    | New
    | Count
    | Spans
    | Taps
    | Kept
    | Loop
    | Blocks
    | Tasks
    | Untile
    | Lay
    | Gather
    | Weigh
    | Store
    | StoreMatrix
    | Duels
    | Scatter
    | Mark
    | Pick
)


@dataclass(frozen=True)
class Program:
    """A function: its parameters, its statements, and the array it returns."""

    name: str
    doc: str
    params: tuple[str, ...]
    body: tuple[Statement, ...]
    result: str
