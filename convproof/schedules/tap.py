"""Tap by tap: one slice of the output against one slice of the input for each tap.

Universal, exact in any dtype; it multiplies by nothing that is not there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convproof.schedules.registry import Goal, Schedule, register

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

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """Loops over taps, and over the channel that is summed."""
        from convproof.lower.assemble import operation
        from convproof.lower.taps import lower_taps

        op = operation(derivation)
        return lower_taps(derivation, goal, self.function(op, goal), self.doc(op, goal))
