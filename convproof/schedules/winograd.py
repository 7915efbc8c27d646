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
        """Three taps a step apart on each axis, and stride 1."""
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
        """Rows of tiles whose numbers fit into the cache."""
        high, *across = (-(-size // self.outputs) for size in self.space(goal, layer))
        size = self.outputs + self.taps - 1
        numbers = prod(across) * size**layer.window.rank * layer.groups
        row = numbers * (layer.depth + layer.outputs) * layer.itemsize
        arrays = layer.itemsize * (prod(layer.image_shape) + prod(layer.flow_shape))
        most = max(1, min(BLOCK_BYTES, max(LEAST_BYTES, arrays // 4)) // row)
        # With few tiles in a block the evaluated kernel is read too often.
        few = -(-96 // max(1, prod(across))) if arrays > BLOCK_BYTES // 2 else 1
        rows = max(most, few)
        if rows >= high:
            rows = rows // high * high  # whole images
            return (max(rows, high),)
        return (-(-high // -(-high // rows)),)  # bands of equal height

    def workspace(self, goal: Goal, layer: Layer, extra: Extra) -> tuple[int, int, int]:
        """The evaluated kernel, and a task's tiles, evaluated, multiplied and sent back."""
        high, *across = (-(-size // self.outputs) for size in self.space(goal, layer))
        points = (self.outputs + self.taps - 1) ** layer.window.rank
        rows = min(extra[0], layer.images * high)
        tiles = rows * prod(across) * points * layer.groups
        kernel = layer.groups * layer.depth * layer.outputs * points
        tasks = -(-layer.images * high // rows)
        return 2 * kernel, tiles * (3 * layer.depth + 3 * layer.outputs), tasks

    def borders(self, goal: Goal, layer: Layer) -> list[Extra]:
        """Single rows of tiles, bands, whole images, several, all."""
        return bands(-(-self.space(goal, layer)[0] // self.outputs), layer.images)

    def example(self, op: str, rank: int) -> tuple[Conv, tuple[int, ...]] | None:
        """A layer of three taps, with a tile that is not whole."""
        if (self.outputs + self.taps - 1) ** rank > MOST:
            return None
        space = (self.outputs + 2, 2, 2)[:rank]
        padding = ((1, 0), (1, 1), (0, 1))[:rank]
        groups = 1 + rank % 2
        images = 2 if rank < 3 else 1  # polynomials of 64 products a tile take their time
        return Conv((3,) * rank, groups, padding=padding, groups=groups), (images, *space, 2)

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
