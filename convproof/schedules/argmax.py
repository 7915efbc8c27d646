"""A maximum's gradient: where the first maximum is, axis by axis, then back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convproof.schedules.registry import Goal, Schedule, register

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program


@register
class Argmax(Schedule):
    """Pools along one axis after another, each with winners of its own."""

    name = "argmax"
    summary = "the winners found again axis by axis, and followed back"
    ops = ("max_pool",)
    goals = ("gradient x",)

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """Winners ahead, gradients back."""
        from convproof.lower.argmax import lower_argmax

        title, doc = self.function("max_pool", goal), self.doc("max_pool", goal)
        return lower_argmax(derivation, goal, title, doc)
