"""A small pool as one reduction over the planes of its taps, each with all windows' pixels.

Pixels of few channels are short: a loop over them in turn takes longer than to put them together.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from convproof.schedules.im2row import LEAST_BYTES
from convproof.schedules.layer import Layer
from convproof.schedules.registry import Extra, Goal, register
from convproof.schedules.separable import Separable

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program


def seen(layer: Layer) -> int:
    """The numbers that all windows see."""
    window = layer.window
    return layer.images * prod(window.out) * prod(window.taps) * layer.depth


@register
class Planes(Separable):
    """For few windows of few channels."""

    name = "planes"
    summary = "the windows' pixels tap by tap in one array, reduced at once"

    def suits(self, goal: Goal, layer: Layer) -> bool:
        """Where the planes are few numbers: they are gathered all at once."""
        return seen(layer) * layer.itemsize <= LEAST_BYTES and super().suits(goal, layer)

    def workspace(self, goal: Goal, layer: Layer, extra: Extra) -> tuple[int, int, int]:
        """The planes, and the image with its border."""
        window = layer.window
        return seen(layer) + layer.images * prod(window.reach) * layer.depth, 0, 1

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """One fold, of a copy."""
        from convproof.lower.assemble import operation
        from convproof.lower.folds import lower_planes

        op = operation(derivation)
        return lower_planes(derivation, goal, self.function(op, goal), self.doc(op, goal))
