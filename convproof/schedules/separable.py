"""A pool as reductions over views of its windows, one axis after another; no step per tap."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from convproof.schedules.im2row import roomy
from convproof.schedules.layer import Layer
from convproof.schedules.registry import Goal, Schedule, register

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program


@register
class Separable(Schedule):
    """For few windows with many taps each."""

    name = "separable"
    summary = "all taps of an axis reduced at once, axis by axis"
    ops: ClassVar[tuple[str, ...]] = ("max_pool", "avg_pool")
    goals = ("forward",)

    def suits(self, goal: Goal, layer: Layer) -> bool:
        """Where the image may be given its border."""
        window = layer.window
        return not window.overhanging or roomy(window.space, window.reach)

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """One fold an axis."""
        from convproof.lower.assemble import operation
        from convproof.lower.folds import lower_separable

        op = operation(derivation)
        return lower_separable(derivation, goal, self.function(op, goal), self.doc(op, goal))
