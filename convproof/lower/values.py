"""What array programs compute with: the values of their statements."""

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
class Dot:
    """The product of two matrices, the first turned if `flip`, as an array of `shape`."""

    left: Shaped
    right: Shaped
    shape: tuple[Expr, ...]
    flip: bool = False


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
    factor: Expr


@dataclass(frozen=True)
class Spectrum:
    """The transform of an array, its entries `gap` apart and with zeros up to `sizes` or more.

    It is along as many axes as there are sizes, from `first` on; `turned`: of the entries in the
    opposite order, from the first one on.
    """

    array: str
    first: int
    sizes: tuple[Expr, ...]
    gap: tuple[Expr, ...]
    turned: bool = False


@dataclass(frozen=True)
class Restored:
    """Back from a spectrum of `sizes`: of each axis `kept` entries, `gap` apart, from the first on.

    They are numbers as what is made of the arrays `like`.
    """

    array: str
    first: int
    sizes: tuple[Expr, ...]
    kept: tuple[Expr, ...]
    gap: tuple[Expr, ...]
    like: tuple[str, ...]


@dataclass(frozen=True)
class Mixed:
    """Spectra (n, *tiles, g, *f, c) times (*f, c, g, m), summed over c: (n, *tiles, g, *f, m)."""

    left: str
    right: str


@dataclass(frozen=True)
class Crossed:
    """Spectra (n, *tiles, g, *f, c) times (n, *tiles, g, *f, m), over n, tiles: (g, *f, c, m)."""

    left: str
    right: str
    rank: int


@dataclass(frozen=True)
class Reached:
    """The pixels (`NAME`, `NAME_start`, `NAME_size`) that belong to the windows of a block.

    From its first window's first pixel to the next block's, or on to the last one of its windows;
    the first block has all before it too, and the last all after.  `NAME_kept` is how many of them
    belong to a block before.
    """

    block: str
    stride: Expr
    span: Expr
    offset: Expr
    coarse: Expr
    fine: Expr


@dataclass(frozen=True)
class Counted:
    """The numbers of a `Count` that belong to a block."""

    count: str
    block: str


@dataclass(frozen=True)
class Near:
    """The same numbers, side by side in memory where they are read sooner so."""

    value: Windows


@dataclass(frozen=True)
class Sent:
    """An image (n, *fine, c) of what each window (n, *coarse, c, *taps, 1) of `seen` sends to it.

    A window's number in `flow` goes to its pixel that has the maximum, the first one row by row; at
    (coarse o, tap k) that is stride*o + gap*k + offset.  What sees no pixel sends nothing.
    With `apart` each pixel is one window's at most, and all that windows see is there.
    """

    seen: str
    flow: str
    fine: tuple[Expr, ...]
    taps: tuple[Expr, ...]
    gap: tuple[Expr, ...]
    offset: tuple[Expr, ...]
    stride: tuple[Expr, ...]
    coarse: tuple[Expr, ...]
    apart: bool = False


@dataclass(frozen=True)
class Tiled:
    """A kernel (*taps, 1, g, 1) beside each of `width` pixels: (*taps, width, g)."""

    array: str
    width: Expr


@dataclass(frozen=True)
class Weighed:
    """The kernel (*taps, 1, g, 1) of sums over windows: of what they see times `flow`.

    That is (n, *coarse, g, *taps, 1) and (n, *coarse, g, 1); along the last axis is a `stride`.
    """

    seen: str
    flow: View
    stride: Expr


@dataclass(frozen=True)
class Missing:
    """Whether a NaN is among the numbers of an array."""

    array: str


@dataclass(frozen=True)
class Apart:
    """Whether no two windows share a pixel: on each axis the stride is at least the window."""

    strides: tuple[Expr, ...]
    spans: tuple[Expr, ...]
