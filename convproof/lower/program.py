"""Straight-line array programs as data: printed by `source`, executed directly by `execute`.

A program works on NumPy arrays of any dtype, objects included.  Loops run over taps and over
blocks of images and rows only; everything else is slices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from sympy import Expr, Rational

Item: TypeAlias = str | tuple[str, str]


@dataclass(frozen=True)
class View:
    """`array` indexed dimension by dimension.

    Each item: ":" all of it, "-" all of it backwards, "+" a new dimension, ("at", name) one
    position, ("slice", name).
    """

    array: str
    items: tuple[Item, ...] = ()
    order: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Product:
    """The product of views; entries divided by the `divisors`."""

    factors: tuple[View, ...]
    divisors: tuple[View, ...] = ()


@dataclass(frozen=True)
class Total:
    """The sum of `value` over `axes`."""

    value: Product
    axes: tuple[int, ...]


@dataclass(frozen=True)
class Columns:
    """The sums of an array's columns, its last dimensions being `columns` and all others rows."""

    array: str
    rows: Expr
    columns: tuple[Expr, ...]


@dataclass(frozen=True)
class Matrix:
    """A view as a stack of matrices (batch, rows, columns) made of (rows, batch, columns).

    `shape` is that of the latter, where the view has another one.
    """

    view: View
    shape: tuple[Expr | str, ...] = ()
    flip: bool = False


@dataclass(frozen=True)
class Matmul:
    """The stack of matrix products left @ right."""

    left: Matrix
    right: Matrix


@dataclass(frozen=True)
class Shaped:
    """A view with another shape."""

    view: View
    shape: tuple[Expr | str, ...]


@dataclass(frozen=True)
class Windows:
    """What windows see of an image (n, *fine, g, c), as (n, *coarse, g, *taps, c).

    At (coarse o, tap k) that is the pixel stride*o + gap*k + offset, and where there is none a
    zero, or the lowest number, as `fill` says.  `order` is that of the dimensions, if it is
    another one.
    """

    image: View | Shaped
    taps: tuple[Expr, ...]
    gap: tuple[Expr, ...]
    offset: tuple[Expr, ...]
    stride: tuple[Expr, ...]
    coarse: tuple[Expr, ...]
    order: tuple[int, ...] = ()
    fill: str = "zeros"


@dataclass(frozen=True)
class Spread:
    """`array` (n, *coarse, ...) with zeros between: its entry o stands at stride*o on each axis."""

    array: str
    coarse: tuple[Expr, ...]
    stride: tuple[Expr, ...]


@dataclass(frozen=True)
class Sizes:
    """A tuple of sizes."""

    sizes: tuple[Expr, ...]


@dataclass(frozen=True)
class Call:
    """Another program's result."""

    program: Program
    args: tuple[str, ...]


@dataclass(frozen=True)
class Constant:
    """A matrix of exact rationals, in the dtype of what is made of the arrays `like`."""

    rows: tuple[tuple[Rational, ...], ...]
    like: tuple[str, ...]


@dataclass(frozen=True)
class Along:
    """`matrix` times an array along one axis of it, whose others are `ahead` and behind of it.

    An array of shape (ahead, columns, behind) becomes one of (ahead, rows, behind).  Results in
    different `slots` live side by side; of a pair (0 and 1, 2 and 3) one is the other's source.
    """

    matrix: str
    array: str
    columns: int
    ahead: Expr
    slot: int = 0


@dataclass(frozen=True)
class Stack:
    """left @ right for stacks (batch, rows, inner) and (batch, inner, columns), reshaped to them.

    With `flip` the left one is (batch, inner, rows).
    """

    left: str
    left_shape: tuple[Expr | str, ...]
    right: str
    right_shape: tuple[Expr | str, ...]
    flip: bool = False


@dataclass(frozen=True)
class Band:
    """The slice `factor` times as far and as long as the block `name`."""

    name: str
    factor: int


Value: TypeAlias = (
    View
    | Product
    | Total
    | Columns
    | Matmul
    | Windows
    | Spread
    | Shaped
    | Sizes
    | Call
    | Constant
    | Along
    | Stack
    | Band
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

    The last is -1 in an integer dtype that holds the numbers up to `most`.
    """

    name: str
    shape: tuple[Expr | str, ...]
    like: tuple[str, ...]
    fill: str
    most: Expr | None = None


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
class Keep:
    """Where `value` is at least `best`, or is NaN: keep it, and its number; a NaN stays best."""

    best: View
    winner: View
    value: View
    number: Expr


@dataclass(frozen=True)
class Pick:
    """`target` += value where `winner` is `number`."""

    target: View
    winner: View
    value: View
    number: Expr


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
    | Loop
    | Blocks
    | Tasks
    | Untile
    | Store
    | StoreMatrix
    | Keep
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
