"""A maximum's gradient: where the first maximum is, axis by axis, then back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convproof.schedules.banded import Banded
from convproof.schedules.registry import Goal, register

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program


@register
class Argmax(Banded):
    """Pools along one axis after another, each with winners of its own."""

    name = "argmax"
    summary = "the winners found again axis by axis, and followed back"
    ops = ("max_pool",)
    goals = ("gradient x",)

    def takes(self, op: str, goal: str) -> bool:
        """A maximum's alone."""
        return (op, goal) == ("max_pool", "gradient x")

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """Winners ahead, gradients back."""
        from convproof.lower.scattered import lower_scattered

        title, doc = self.function("max_pool", goal), self.doc("max_pool", goal)
        return lower_scattered(derivation, goal, title, doc)
