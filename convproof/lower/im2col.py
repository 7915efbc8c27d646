"""The schedule of patches: the slices of all taps side by side, then one matrix product a group.

Every formula ties three arrays: patches (image positions, group, taps and channels), outputs
(image positions, group, channels) and kernel (taps and channels, group, channels); each is a
stack of matrices, and one of them is the product of the other two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from sympy import Expr, Mul, Symbol

from convproof.derive.step import Derivation
from convproof.errors import LoweringError
from convproof.lower.contraction import Access, Contraction, contractions
from convproof.lower.program import (
    Blocks,
    Item,
    Matmul,
    Matrix,
    New,
    Product,
    Program,
    Statement,
    Store,
    StoreMatrix,
    View,
)  # fmt: skip
from convproof.lower.schedule import assemble, in_loops, main_term, name, tap_size

Size: TypeAlias = Expr | str


def lower_im2col(derivation: Derivation, goal_name: str, title: str, doc: str) -> Program:
    """The goal as patches of a block of images at a time and a matrix product."""
    goal = derivation.goals[goal_name]
    term = main_term(contractions(derivation, goal))
    parts = _Parts(term)
    body: list[Statement] = []
    result = name(term.out.array)
    sizes = tuple(high for _, _, high in goal.free)
    like = tuple(name(factor.array) for factor in term.factors)
    gathers = parts.fine is not term.out
    body.append(New(result, sizes, like, "empty" if term.out is parts.coarse else "zeros"))
    fill = "zeros" if gathers else "empty"
    patches = New("patches", parts.patch_shape, like, fill)
    move = in_loops(term.relations, [parts.move(gathers)], [])
    if term.out is parts.coarse:
        inner = [patches, *move, parts.product(parts.out_matrix, "=", "patches", parts.kernel)]
    elif term.out is parts.fine:
        inner = [patches, parts.product(parts.patches, "=", "coarse", parts.kernel_t), *move]
    else:
        inner = [patches, *move, parts.product(parts.kernel, "+=", "patches_t", parts.out_matrix)]
    body.append(Blocks("images", sizes_of()["n"], "block", tuple(inner)))
    arrays = [f.array for f in sorted(term.factors, key=lambda f: _RANK.index(str(f.array)))]
    return assemble(title, doc, derivation, arrays, body, result, ("block",))


_RANK = ("dZ", "X", "K")


def sizes_of() -> dict[str, Expr]:
    """The size of each letter that no relation traverses."""
    return {letter: Symbol(letter.upper(), integer=True, positive=True) for letter in "ngcm"}


class _Parts:
    """The three arrays of a contraction, as stacks of matrices of a block of images."""

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
        count = {**size, **{r.tap: tap_size(r) for r in taps}}
        outs = [r.coarse_size for r in taps]
        spots: Size = _times(["images_size", *outs])
        depth = Mul(*(count[letter] for letter in inner))
        group, width = size["g"], count[columns[0]]
        self.patch_shape: tuple[Size, ...] = (
            "images_size", *outs, group, *(count[letter] for letter in inner)
        )  # fmt: skip
        block: tuple[Item, ...] = (("slice", "images"),)
        self.patches = Matrix(View("patches"), (spots, group, depth))
        self.patches_t = Matrix(View("patches"), (spots, group, depth), True)
        self.out_matrix = Matrix(View(name(self.coarse.array), block), (spots, group, width))
        self.kernel = Matrix(View(name(self.weights.array)), (depth, group, width))
        self.kernel_t = Matrix(View(name(self.weights.array)), (depth, group, width), True)

    def product(self, target: Matrix, op: str, left: str, right: Matrix) -> Statement:
        """target (op) left @ right, on stacks of matrices."""
        lefts = {"patches": self.patches, "patches_t": self.patches_t, "coarse": self.out_matrix}
        return StoreMatrix(target, op, Matmul(lefts[left], right))

    def move(self, gathers: bool) -> Statement:
        """One tap's slice between the image-like array and the patches."""
        spans = [("slice", f"{r.axis}_o") for r in self.taps]
        fines = [("slice", f"{r.axis}_i") for r in self.taps]
        at = [("at", r.tap) for r in self.taps]
        patch = View("patches", (":", *spans, ":", *at, ":"))
        image = View(name(self.fine.array), (("slice", "images"), *fines, ":", ":"))
        if gathers:
            return Store(patch, "=", Product((image,)))
        return Store(image, "+=", Product((patch,)))


def _times(sizes: Sequence[Size]) -> Expr:
    return Mul(*(Symbol(s, integer=True) if isinstance(s, str) else s for s in sizes))


def _with(accesses: Sequence[Access], kind: str) -> Access:
    found = [one for one in accesses if any(dim.kind == kind for dim in one.dims)]
    if len(found) != 1:
        raise LoweringError(f"{len(found)} arrays with {kind} indices")
    return found[0]
