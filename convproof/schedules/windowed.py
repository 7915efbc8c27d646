"""A pool as one reduction over a view of all its windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convproof.schedules.registry import Goal, register
from convproof.schedules.separable import Separable

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program


@register
class Windowed(Separable):
    """For rows of many channels."""

    name = "windowed"
    summary = "all taps reduced at once"

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """One fold."""
        from convproof.lower.assemble import operation
        from convproof.lower.folds import lower_windowed

        op = operation(derivation)
        return lower_windowed(derivation, goal, self.function(op, goal), self.doc(op, goal))
