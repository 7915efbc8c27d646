"""A pool by taps, axis by axis, on some rows of windows at a time: forward, and a mean's gradient.

What is between the axes stays in the cache, and blocks of rows are independent.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, ClassVar

from convproof.schedules.im2row import bands
from convproof.schedules.layer import Layer
from convproof.schedules.registry import Extra, Goal, Schedule, register

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program

# Of the image, at least and at most; what is between the axes, and behind, takes as much again.
# Few statements gain more than a farther cache loses; a gradient has more arrays in between.
LEAST_BYTES = 2**20
MOST_BYTES = {"forward": 2**22, "gradient x": 2**21}
SHARES = 4  # so many blocks are to be had, if they are large enough, for threads to share


@register
class Banded(Schedule):
    """Rows first, whose numbers lie together, then the other axes."""

    name = "banded"
    summary = "a slice for each tap of an axis, axis by axis, some rows at a time"
    ops: ClassVar[tuple[str, ...]] = ("max_pool", "avg_pool")
    goals: ClassVar[tuple[Goal, ...]] = ("forward", "gradient x")
    extra = ("block",)

    def takes(self, op: str, goal: str) -> bool:
        """A maximum's gradient is `argmax`'s."""
        return super().takes(op, goal) and (op, goal) != ("max_pool", "gradient x")

    def arguments(self, goal: Goal, layer: Layer) -> Extra:
        """Rows of windows whose pixels fit into a cache."""
        window = layer.window
        row = prod(window.space[1:]) * layer.depth * layer.itemsize * window.stride[0]
        least, most = (max(1, size // max(1, row)) for size in (LEAST_BYTES, MOST_BYTES[goal]))
        return (max(least, min(most, layer.images * window.out[0] // SHARES)),)

    def borders(self, goal: Goal, layer: Layer) -> list[Extra]:
        """Single rows, bands, whole images, several, all."""
        return bands(layer.window.out[0], layer.images)

    def workspace(self, goal: Goal, layer: Layer, extra: Extra) -> tuple[int, int, int]:
        """A block after each axis but the last, and where it goes back, its winners."""
        window = layer.window
        high = window.out[0]
        rows = min(extra[0], layer.images * high)
        between = rows * prod(window.space[1:]) * layer.depth
        tasks = -(-layer.images * high // rows)
        if goal == "forward":
            return 0, 2 * between, tasks
        return 0, 4 * between * window.stride[0], -(-layer.images // max(1, rows // high))

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """The taps' program, in tasks."""
        from convproof.lower.assemble import operation
        from convproof.lower.scattered import lower_scattered
        from convproof.lower.taps import lower_bands

        op = operation(derivation)
        way = lower_bands if goal == "forward" else lower_scattered
        return way(derivation, goal, self.function(op, goal), self.doc(op, goal))
