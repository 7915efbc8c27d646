"""A mean of few channels: patches, a row for each window, times a vector of ones."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from convproof.schedules.layer import Layer
from convproof.schedules.registry import Goal, register
from convproof.schedules.separable import Separable

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program

MOST = 2**22  # numbers that may be gathered


@register
class GemmOnes(Separable):
    """The sums at the speed of a matrix product."""

    name = "gemm_ones"
    summary = "each window a row of patches, times ones"
    ops = ("avg_pool",)

    def suits(self, goal: Goal, layer: Layer) -> bool:
        """Where the patches are few: they are gathered all at once."""
        window = layer.window
        numbers = layer.images * prod(window.out) * prod(window.taps) * layer.depth
        return numbers <= MOST and super().suits(goal, layer)

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """Patches and a product."""
        from convproof.lower.assemble import operation
        from convproof.lower.folds import lower_ones

        op = operation(derivation)
        return lower_ones(derivation, goal, self.function(op, goal), self.doc(op, goal))
