"""A maximum's winners, axis by axis, handed from its forward to its gradient within the package.

Unlike the numbers that `return_indices` gives they are found while the maximum is, and followed
back without being compared; there is one for each number between the axes, so images are small.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, ClassVar

from convproof.schedules.layer import Layer
from convproof.schedules.registry import Extra, Goal, Schedule, register

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program


@register
class Handed(Schedule):
    """What finds them, what follows them back, and both."""

    name = "handed"
    summary = "winners axis by axis, kept for the way back"
    ops = ("max_pool",)
    goals: ClassVar[tuple[Goal, ...]] = ("gradient x", "axis winners", "gradient x by axis winners")
    own_layout = True  # an image's axes are gone through whole: for images turned inside out

    def workspace(self, goal: Goal, layer: Layer, extra: Extra) -> tuple[int, int, int]:
        """An image after each axis but the last, and who won; more where nothing is in blocks."""
        between = layer.images * prod(layer.window.space) * layer.depth
        return 4 * between, 0, 1

    def function(self, op: str, goal: str) -> str:
        """Names of their own for the two halves."""
        return super().function(op, goal) if goal == "gradient x" else goal.replace(" ", "_")

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """One of the halves, or a call of both."""
        from convproof.lower.duelled import lower_back, lower_both, lower_duels

        title, doc = self.function("max_pool", goal), self.doc("max_pool", goal)
        if goal == "axis winners":
            return lower_duels(derivation, title, doc)
        if goal == "gradient x by axis winners":
            return lower_back(derivation, title, doc)
        halves = (
            self.lower(derivation, "axis winners"),
            self.lower(derivation, "gradient x by axis winners"),
        )
        return lower_both(derivation, *halves, title, doc)
