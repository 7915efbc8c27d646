"""Tap by tap: one slice of the output against one slice of the input for each tap.

Universal, exact in any dtype; it multiplies by nothing that is not there.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from convproof.schedules.layer import Layer
from convproof.schedules.registry import Extra, Goal, Schedule, register

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program


@register
class Tap(Schedule):
    """The definition's own loops over taps, each a whole array operation."""

    name = "tap"
    summary = "a slice for each tap"
    ops = ("conv", "max_pool", "avg_pool")
    goals = ("forward", "gradient x", "gradient kernel")

    def takes(self, op: str, goal: str) -> bool:
        """A maximum's gradient goes to one pixel of a window, not to all."""
        return super().takes(op, goal) and (op, goal) != ("max_pool", "gradient x")

    def workspace(self, goal: Goal, layer: Layer, extra: Extra) -> tuple[int, int, int]:
        """What a tap multiplies before it is added; a pool's axes, one after another."""
        image, flow = prod(layer.image_shape), prod(layer.flow_shape)
        return (image if goal == "gradient x" or layer.op != "conv" else flow), 0, 1

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """Loops over taps, and over the channel that is summed."""
        from convproof.lower.assemble import operation
        from convproof.lower.taps import lower_taps

        op = operation(derivation)
        return lower_taps(derivation, goal, self.function(op, goal), self.doc(op, goal))
