"""Patches: the slices of all taps side by side, then one matrix product a group.

Every formula ties three arrays: patches (image positions, group, taps and channels), outputs
(image positions, group, channels) and kernel (taps and channels, group, channels); each is a
stack of matrices, and one of them is the product of the other two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from sympy import Expr, Max, Min, Mul, Symbol, floor

from convproof.derive.step import Derivation
from convproof.errors import LoweringError
from convproof.lower.assemble import (
    assemble,
    banded,
    in_loops,
    linear,
    main_term,
    name,
    sizes_of,
    tap_size,
)
from convproof.lower.contraction import Access, Contraction, contractions
from convproof.lower.program import (
    Blocks,
    Cut,
    Item,
    Let,
    Matmul,
    Matrix,
    Near,
    New,
    Product,
    Program,
    Shaped,
    Statement,
    Store,
    StoreMatrix,
    Tasks,
    View,
    Windows,
)  # fmt: skip

Size: TypeAlias = Expr | str


def lower_patches(
    derivation: Derivation, goal_name: str, title: str, doc: str, arrangement: str = "rows"
) -> Program:
    """The goal as patches of `block` rows of output at a time and a matrix product.

    A block is some whole images, or some rows of one: a band of rows is a layer of its own, whose
    relation starts stride*start further down.  So memory is bounded however large an image is, and
    the rows of a block are one stretch of memory, which the matrix product can write to.

    In the arrangement "columns" taps and channels come first and positions last: with few channels
    the copies then run along an axis of the image instead of over a handful of channels.  In
    "images" the images come last of all, in the arrays' memory too: copies then run over images.
    """
    goal = derivation.goals[goal_name]
    term, high = banded(main_term(contractions(derivation, goal)))
    parts = ARRANGEMENTS[arrangement](term)
    result = name(term.out.array)
    sizes = tuple(size for _, _, size in goal.free)
    like = tuple(name(factor.array) for factor in term.factors)
    cuts, bands = parts.cuts(high)
    ahead: list[Statement] = [] if parts.weights is term.out else [parts.flat]
    if term.out is parts.coarse:
        task = (parts.gather(), StoreMatrix(parts.produced, "=", parts.forward))
        new = New(result, sizes, like, "empty", None, parts.memory)
        body = [*ahead, new, Tasks((*cuts, bands), task)]
    elif term.out is parts.fine:
        new = New("patches", parts.patch_shape, like, "empty")
        # Bands of one image overlap in what they send back: they come one after another.
        inner = (new, StoreMatrix(parts.patches, "=", parts.backward), *parts.scatter())
        rows = Blocks(bands.name, bands.size, bands.step, inner)
        if parts.planes:
            shape = (parts.images_size, *sizes[1:])
            planes = New("planes", shape, like, "zeros", None, parts.planes)
            back = Store(View(result, (parts.images,)), "=", Product((View("planes"),)))
            new = New(result, sizes, like, "empty")
            body = [*ahead, new, Tasks(cuts, (planes, rows, back))]
        else:
            whole = New(result, sizes, like, "zeros", None, parts.memory)
            body = [*ahead, whole, Tasks(cuts, (rows,)) if cuts else rows]
    else:
        summed = Shaped(View("summed", (":", ":", ":"), (1, 0, 2)), sizes)
        body = [
            Tasks((*cuts, bands), (parts.gather(), Let("part", parts.correlate)), "part", "summed"),
            New(result, sizes, like, "empty"),
            Store(View(result), "=", summed),
        ]
    arrays = [f.array for f in sorted(term.factors, key=lambda f: _RANK.index(str(f.array)))]
    return assemble(title, doc, derivation, arrays, body, result, ("block",))


_RANK = ("dZ", "X", "K")
_BLOCK = Symbol("block", integer=True, positive=True)


class _Parts:
    """The three arrays of a contraction, as stacks of matrices of a block of images."""

    images: Item = ("slice", "images")  # those of a block

    def __init__(self, term: Contraction) -> None:
        accesses = (term.out, *term.factors)
        self.fine = _with(accesses, "fine")
        self.coarse = _with(accesses, "coarse")
        self.weights = _with(accesses, "tap")
        size = sizes_of()
        # Each array must read (rows, group, columns): that is what makes it a stack of matrices.
        rows, columns = self.fine.letters[:-2], self.coarse.letters[-1:]
        taps = sorted(term.relations, key=lambda r: "qkl".index(r.tap))
        inner = (*(r.tap for r in taps), self.fine.letters[-1])
        if (
            self.coarse.letters != (*rows, "g", *columns)
            or self.weights.letters != (*inner, "g", *columns)
            or self.fine.letters[-2] != "g"
        ):
            raise LoweringError(f"no stack of matrices in {term}")
        self.taps = taps
        self.count = {**size, **{r.tap: tap_size(r) for r in taps}}
        self.outs = [r.coarse_size for r in taps]
        self.inner = inner
        self.images_size: Size = size["n"] if self.images == ":" else "images_size"
        self.spots = _times([self.images_size, *self.outs])
        self.depth = Mul(*(self.count[letter] for letter in inner))
        self.group, width = size["g"], self.count[columns[0]]
        band = View(name(self.coarse.array), (self.images, ("slice", "rows")), self.spot_order)
        self.outputs = Matrix(band, (self.spots, self.group, width))
        shape = (self.depth, self.group, width)
        self.kernel = Matrix(View(name(self.weights.array)), shape)
        # As a factor it is the same for all blocks: what may be a copy is made once.
        self.flat = Let("flat", Shaped(self.kernel.view, shape))
        self.factor = Matrix(View("flat"))
        self.image = View(
            name(self.fine.array),
            (self.images, *(("slice", f"{r.axis}_i") for r in taps), ":", ":"),
        )

    @property
    def spot_order(self) -> tuple[int, ...] | None:
        """The output's dimensions with those of a position side by side, if they are not."""
        return None

    @property
    def memory(self) -> tuple[int, ...]:
        """The order in which an image's dimensions lie in memory, if it is another one."""
        return ()

    @property
    def planes(self) -> tuple[int, ...]:
        """The order in memory of an image of sums, put in place when all are in it; () for none."""
        return ()

    def cuts(self, high: Expr) -> tuple[tuple[Cut, ...], Cut]:
        """Blocks: of images, if they are cut, and of rows, of the `high` ones of an output."""
        images = Cut("images", sizes_of()["n"], Max(1, floor(_BLOCK / high)))
        return (images,), Cut("rows", high, Min(_BLOCK, high))

    @property
    def patch_shape(self) -> tuple[Size, ...]:
        """(images, *out, group, *taps, channels)."""
        inner = (self.count[letter] for letter in self.inner)
        return (self.images_size, *self.outs, self.group, *inner)

    @property
    def patches(self) -> Matrix:
        """The patches as (group, positions, depth)."""
        return Matrix(View("patches"), (self.spots, self.group, self.depth))

    @property
    def produced(self) -> Matrix:
        """The outputs as `forward` gives them."""
        return self.outputs

    @property
    def forward(self) -> Matmul:
        """Outputs from patches and kernel."""
        return Matmul(self.patches, self.factor)

    @property
    def backward(self) -> Matmul:
        """Patches' gradients from the outputs' and the kernel."""
        return Matmul(self.outputs, _flip(self.factor))

    @property
    def correlate(self) -> Matmul:
        """The kernel's gradient from patches and the outputs' gradients."""
        return Matmul(_flip(self.patches), self.outputs)

    @property
    def tap(self) -> View:
        """One tap's slice of the patches, dimensions as the image has them."""
        spans = [("slice", f"{r.axis}_o") for r in self.taps]
        return View("patches", (":", *spans, ":", *(("at", r.tap) for r in self.taps), ":"))

    def gather(self, order: tuple[int, ...] = ()) -> Statement:
        """The patches, read from the image: a view, which the matrix product copies."""
        relations = [(linear(r.offset, r.tap), r) for r in self.taps]
        seen = Windows(
            View(self.image.array, () if self.images == ":" else (self.images,)),
            tuple(self.count[r.tap] for r in self.taps),
            tuple(gap for (gap, _), _ in relations),
            tuple(offset for (_, offset), _ in relations),
            tuple(r.stride for r in self.taps),
            tuple(self.outs),
            order,
        )
        # A transposed one lies apart number by number, which the reshaping copies as it is.
        return Let("patches", seen if order else Near(seen))

    def scatter(self) -> tuple[Statement, ...]:
        """The patches added up in the image, tap by tap."""
        store = Store(self.image, "+=", Product((self.tap,)))
        return in_loops(self.taps, [store], [])


class _Columns(_Parts):
    """The same with patches as (*taps, channels, group, images, *out)."""

    @property
    def patch_shape(self) -> tuple[Size, ...]:
        inner = (self.count[letter] for letter in self.inner)
        return (*inner, self.group, "images_size", *self.outs)

    @property
    def patches(self) -> Matrix:
        return Matrix(View("patches"), (self.depth, self.group, self.spots))

    @property
    def forward(self) -> Matmul:
        return Matmul(_flip(self.patches), self.factor)

    @property
    def backward(self) -> Matmul:
        return Matmul(self.factor, _flip(self.outputs))

    @property
    def correlate(self) -> Matmul:
        return Matmul(self.patches, self.outputs)

    @property
    def tap(self) -> View:
        spans = [("slice", f"{r.axis}_o") for r in self.taps]
        return View("patches", (*(("at", r.tap) for r in self.taps), ":", ":", ":", *spans))

    @property
    def planes(self) -> tuple[int, ...]:
        """(group, channels, images, *space): a loop over a row is longer than one over a pixel."""
        rank = len(self.taps)
        return (rank + 1, rank + 2, *range(rank + 1))

    def gather(self, order: tuple[int, ...] = ()) -> Statement:
        rank = len(self.taps)
        # (images, *out, group, *taps, channels) to (*taps, channels, group, images, *out)
        return super().gather((*range(rank + 2, 2 * rank + 3), rank + 1, *range(rank + 1)))

    def scatter(self) -> tuple[Statement, ...]:
        back = (*range(2, len(self.taps) + 3), 1, 0)
        sums = replace(self.image, array="planes", items=(":", *self.image.items[1:]))
        store = Store(sums, "+=", Product((replace(self.tap, order=back),)))
        return in_loops(self.taps, [store], [])


class _ImagesLast(_Columns):
    """The same with patches as (*taps, channels, group, *out, images), and arrays in memory so."""

    images = ":"  # else a block would be no stretch of memory

    @property
    def spot_order(self) -> tuple[int, ...] | None:
        rank = len(self.taps)
        return (*range(1, rank + 1), 0, rank + 1, rank + 2)

    @property
    def memory(self) -> tuple[int, ...]:
        rank = len(self.taps)
        return (rank + 1, rank + 2, *range(1, rank + 1), 0)

    @property
    def planes(self) -> tuple[int, ...]:
        """None: the image itself lies so."""
        return ()

    def cuts(self, high: Expr) -> tuple[tuple[Cut, ...], Cut]:
        return (), Cut("rows", high, Min(_BLOCK, high))

    @property
    def patch_shape(self) -> tuple[Size, ...]:
        inner = (self.count[letter] for letter in self.inner)
        return (*inner, self.group, *self.outs, self.images_size)

    @property
    def produced(self) -> Matrix:
        return _flip(self.outputs)

    @property
    def forward(self) -> Matmul:
        return Matmul(_flip(self.factor), self.patches)

    @property
    def tap(self) -> View:
        spans = [("slice", f"{r.axis}_o") for r in self.taps]
        return View("patches", (*(("at", r.tap) for r in self.taps), ":", ":", *spans, ":"))

    def gather(self, order: tuple[int, ...] = ()) -> Statement:
        rank = len(self.taps)
        taps, spots = range(rank + 2, 2 * rank + 3), range(1, rank + 1)
        return _Parts.gather(self, (*taps, rank + 1, *spots, 0))

    def scatter(self) -> tuple[Statement, ...]:
        rank = len(self.taps)
        back = (rank + 2, *range(2, rank + 2), 1, 0)
        store = Store(self.image, "+=", Product((replace(self.tap, order=back),)))
        return in_loops(self.taps, [store], [])


ARRANGEMENTS = {"rows": _Parts, "columns": _Columns, "images": _ImagesLast}


def _flip(matrix: Matrix) -> Matrix:
    return replace(matrix, flip=not matrix.flip)


def _times(sizes: Sequence[Size]) -> Expr:
    return Mul(*(Symbol(s, integer=True) if isinstance(s, str) else s for s in sizes))


def _with(accesses: Sequence[Access], kind: str) -> Access:
    found = [one for one in accesses if any(dim.kind == kind for dim in one.dims)]
    if len(found) != 1:
        raise LoweringError(f"{len(found)} arrays with {kind} indices")
    return found[0]
