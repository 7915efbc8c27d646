"""Winners handed from a maximum's forward to its backward: each window's number."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, ClassVar

from convproof.schedules.im2row import bands
from convproof.schedules.layer import Layer
from convproof.schedules.registry import Extra, Goal, Schedule, register

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program

BLOCK_BYTES = 2**20  # of the image at a time


@register
class Winner(Schedule):
    """One way for each of the two: they have to agree on what a number means."""

    name = "winner"
    summary = "tap by tap, windows numbered row by row"
    ops = ("max_pool",)
    goals: ClassVar[tuple[Goal, ...]] = ("winner", "gradient x by winner")
    extra = ("block",)

    def arguments(self, goal: Goal, layer: Layer) -> Extra:
        """Rows of windows whose pixels fit into the cache."""
        window = layer.window
        row = prod(window.space[1:]) * layer.depth * layer.itemsize * (window.stride[0] + 1)
        return (max(1, BLOCK_BYTES // max(1, row)),)

    def borders(self, goal: Goal, layer: Layer) -> list[Extra]:
        """Single rows, bands, whole images, several, all."""
        return bands(layer.window.out[0], layer.images)

    def function(self, op: str, goal: str) -> str:
        """Names of their own: nothing is to choose."""
        return goal.replace(" ", "_")

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """The search, or what it is for."""
        from convproof.lower.winners import lower_sent, lower_winner

        title, doc = goal.replace(" ", "_"), self.doc("max_pool", goal)
        return (lower_winner if goal == "winner" else lower_sent)(derivation, title, doc)
