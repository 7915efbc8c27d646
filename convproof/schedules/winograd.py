"""Winograd's F(m, r): tiles of m outputs along each axis, m + r - 1 products for each.

For 3 taps, 2.25 (m = 2) or 4 (m = 4) times fewer products in two dimensions than the definition
has.  The points of F(4, 3) are 0, +-3/4, +-3/2 and infinity: on two axes a quarter of the bound
that 0, +-1, +-2 have, and a third of the largest error (`convproof figure winograd-points`).
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, ClassVar

from convproof.schedules.im2row import LEAST_BYTES, bands, roomy
from convproof.schedules.layer import Layer
from convproof.schedules.registry import Extra, Goal, Schedule, register
from convproof.spec import Conv

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program

MOST = 256  # products of a tile
BLOCK_BYTES = 3 * 2**20  # evaluated tiles at a time
ROOM = 3  # times the arrays' own bytes that the blocks under way may take
BACK = 4  # the same where a call's results are as large again as what it is given
FEW = 96  # tiles, with which a product is at its best
SHARED, FEWEST = 6 * 10**6, 48  # of each thread: products worth its while, and tiles


def equal(size: int, most: int) -> int:
    """The size of as few parts as may be, of `most` each, when they are as equal as can be."""
    return -(-size // -(-size // most)) if size else most


@register
class Winograd2(Schedule):
    """F(2, 3)."""

    name = "winograd_2x3"
    summary = "F(2, 3) on each axis at 0, 1, -1 and infinity"
    ops = ("conv",)
    goals = ("forward", "gradient x", "gradient kernel")
    extra = ("tiles",)
    mixes = True
    exact = "rational"
    outputs: ClassVar[int] = 2
    taps: ClassVar[int] = 3
    points: ClassVar[tuple[str, ...]] = ("0", "1", "-1")

    def suits(self, goal: Goal, layer: Layer) -> bool:
        """So many taps, a step apart on each axis, and stride 1."""
        window = layer.window
        plain = set(window.stride) == set(window.dilation) == {1}
        if not plain or set(window.taps) != {self.taps}:
            return False
        size = self.outputs + self.taps - 1
        reach = tuple(self.outputs * -(-o // self.outputs) + self.taps - 1 for o in window.out)
        return size**window.rank <= MOST and roomy(window.inner_space, reach)

    def space(self, goal: Goal, layer: Layer) -> Extra:
        """The positions that are cut into tiles."""
        return layer.window.inner_space if goal == "gradient x" else layer.window.out

    def arguments(self, goal: Goal, layer: Layer) -> Extra:
        """Rows of tiles whose numbers fit into the cache, and into memory beside the arrays."""
        high, *across = (-(-size // self.outputs) for size in self.space(goal, layer))
        points = (self.outputs + self.taps - 1) ** layer.window.rank
        wide = prod(across)
        row = wide * points * layer.groups * (layer.depth + layer.outputs) * layer.itemsize
        shapes = (layer.image_shape, layer.kernel_shape, layer.flow_shape)
        arrays = layer.itemsize * sum(map(prod, shapes))
        rows = max(1, min(BLOCK_BYTES, max(LEAST_BYTES, arrays)) // row)
        # With few tiles in a block the evaluated kernel is read too often.
        rows = max(rows, -(-FEW // max(1, wide)))
        # A block for each thread where it has enough to do; a sum's blocks are always the same.
        whole = layer.images * high
        work = whole * wide * points * layer.groups * layer.depth * layer.outputs
        adjoint = goal == "gradient kernel"
        threads = 2 if adjoint else layer.threads
        shares = min(threads, work // SHARED, whole * wide // (FEW if adjoint else FEWEST))
        if adjoint and whole * wide < 2 * FEW:  # each block has a kernel's gradient of its own
            rows = whole
        rows = max(1, min(rows, -(-whole // max(1, shares))))  # of no image, too
        room = (BACK if adjoint else ROOM) * arrays
        while True:
            # Equal numbers of whole images, or bands of equal height.
            block = equal(layer.images, rows // high) * high if rows >= high else equal(high, rows)
            under_way = min(threads, -(-whole // block)) * self.tiles(goal, layer, block)
            if rows == 1 or under_way * layer.itemsize <= room:
                return (block,)
            rows = max(1, min(rows, block) - (high if rows > high else 1))

    def tiles(self, goal: Goal, layer: Layer, rows: int) -> int:
        """Numbers of a task's own arrays: an image with zeros, and tiles on their ways."""
        high, *across = (-(-size // self.outputs) for size in self.space(goal, layer))
        size, rank = self.outputs + self.taps - 1, layer.window.rank
        depth, outputs = layer.depth, layer.outputs
        if goal == "gradient x":
            depth, outputs = outputs, depth
        whole = layer.images * high
        rows = min(rows, whole)
        each: int = rows * prod(across) * size**rank
        sides = (self.outputs * tiles + self.taps - 1 for tiles in (min(rows, high), *across))
        image = -(-rows // high) * prod(sides) * depth
        # Two arrays that matrices are multiplied into in turn, and the product of both.
        if goal == "gradient kernel":
            evaluated = 2 * (depth + outputs)
            if rows == whole:  # a lone block keeps no array that it is done with
                evaluated = outputs + max(outputs, 2 * depth)
            return layer.groups * (each * evaluated + image)
        most = 2 * max(depth, outputs * self.outputs // size)
        return layer.groups * (each * most + max(each * outputs, image))

    def workspace(self, goal: Goal, layer: Layer, extra: Extra) -> tuple[int, int, int]:
        """The evaluated kernel, or its gradient's; and a task's tiles."""
        high = -(-self.space(goal, layer)[0] // self.outputs)
        size = self.outputs + self.taps - 1
        kernel: int = layer.groups * layer.depth * layer.outputs * size**layer.window.rank
        tasks = -(-layer.images * high // min(extra[0], max(1, layer.images * high)))
        each = self.tiles(goal, layer, extra[0])
        return 2 * kernel, each + (kernel if goal == "gradient kernel" else 0), tasks

    def borders(self, goal: Goal, layer: Layer) -> list[Extra]:
        """Single rows of tiles, bands, whole images, several, all."""
        return bands(-(-self.space(goal, layer)[0] // self.outputs), layer.images)

    def example(self, op: str, rank: int) -> tuple[Conv, tuple[int, ...]] | None:
        """A layer of as many taps, with a tile that is not whole."""
        points = (self.outputs + self.taps - 1) ** rank
        if points > MOST:
            return None
        # polynomials of 64 products a tile take their time: one tile of them
        single, more = points >= 64, self.taps - 3
        space = (3 if single else self.outputs + 2 + more, 2, 2)[:rank]
        padding = ((1 + more * single, 0), (1, 1 + more), (0, 1 + more))[:rank]
        groups = 1 + rank % 2
        images = 1 if single else 2
        kernel = (self.taps,) * rank
        return Conv(kernel, groups, padding=padding, groups=groups), (images, *space, 2)

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """Tiles, their products, and what they are interpolated to."""
        from sympy import Rational

        from convproof.lower.cook_toom import filter_of
        from convproof.lower.rotated import lower_rotated
        from convproof.lower.winograd import lower_winograd

        found = filter_of(self.outputs, self.taps, [Rational(point) for point in self.points])
        title, doc = self.function("conv", goal), self.doc("conv", goal)
        if goal == "gradient x":
            forward = self.lower(derivation, "forward")
            return lower_rotated(derivation, forward, title, doc)
        return lower_winograd(derivation, goal, title, doc, found)


@register
class Winograd4(Winograd2):
    """F(4, 3)."""

    name = "winograd_4x3"
    summary = "F(4, 3) on each axis at 0, 3/4, -3/4, 3/2, -3/2 and infinity"
    outputs = 4
    points = ("0", "3/4", "-3/4", "3/2", "-3/2")


@register
class Winograd45(Winograd2):
    """F(4, 5)."""

    name = "winograd_4x5"
    summary = "F(4, 5) on each axis at 0, 1/2, -1/2, 1, -1, 7/4, -7/4 and infinity"
    outputs = 4
    taps = 5
    points = ("0", "1/2", "-1/2", "1", "-1", "7/4", "-7/4")


@register
class Winograd27(Winograd45):
    """F(2, 7), at the same points."""

    name = "winograd_2x7"
    summary = "F(2, 7) on each axis at 0, 1/2, -1/2, 1, -1, 7/4, -7/4 and infinity"
    outputs = 2
    taps = 7
