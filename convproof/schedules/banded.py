"""A pool's forward by taps, axis by axis, on some rows of windows at a time.

What is between the axes stays in the cache, and blocks of rows are independent.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from convproof.schedules.im2row import bands
from convproof.schedules.layer import Layer
from convproof.schedules.registry import Extra, Goal, Schedule, register

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program

BLOCK_BYTES = 2**19  # of the image and what is between the axes


@register
class Banded(Schedule):
    """Rows first, whose numbers lie together, then the other axes."""

    name = "banded"
    summary = "a slice for each tap of an axis, axis by axis, some rows at a time"
    ops = ("max_pool", "avg_pool")
    goals = ("forward",)
    extra = ("block",)

    def arguments(self, goal: Goal, layer: Layer) -> Extra:
        """Rows of windows whose pixels fit into the cache."""
        window = layer.window
        row = prod(window.space[1:]) * layer.depth * layer.itemsize * (window.stride[0] + 1)
        return (max(1, BLOCK_BYTES // max(1, row)),)

    def borders(self, goal: Goal, layer: Layer) -> list[Extra]:
        """Single rows, bands, whole images, several, all."""
        return bands(layer.window.out[0], layer.images)

    def workspace(self, goal: Goal, layer: Layer, extra: Extra) -> tuple[int, int, int]:
        """A block after each axis but the last."""
        rows = min(extra[0], layer.images * layer.window.out[0])
        between = rows * prod(layer.window.space[1:]) * layer.depth
        return 0, 2 * between, -(-layer.images * layer.window.out[0] // rows)

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """The taps' program, in tasks."""
        from convproof.lower.assemble import operation
        from convproof.lower.taps import lower_bands

        op = operation(derivation)
        return lower_bands(derivation, goal, self.function(op, goal), self.doc(op, goal))
