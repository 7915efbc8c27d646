"""The bias: added to every position, and its gradient a product with ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convproof.schedules.registry import Goal, Schedule, register

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program


@register
class Columns(Schedule):
    """Sums of columns: one way for each of the two goals."""

    name = "columns"
    summary = "one array operation"
    ops = ("conv",)
    goals = ("bias", "gradient bias")

    def function(self, op: str, goal: str) -> str:
        """Names of their own: nothing is to choose."""
        return "add_bias" if goal == "bias" else "gradient_bias"

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """The sum over leading dimensions, or the addition along them."""
        from convproof.lower.taps import lower_bias, lower_columns

        title, doc = self.function("conv", goal), self.doc("conv", goal)
        if goal == "bias":
            return lower_bias(derivation, title, doc)
        return lower_columns(derivation, goal, title, doc)
