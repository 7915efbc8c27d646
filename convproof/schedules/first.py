"""A small maximum's gradient: the pixels of each window in a row, and its first maximum at once."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, ClassVar

from convproof.schedules.im2row import LEAST_BYTES, roomy
from convproof.schedules.layer import Layer
from convproof.schedules.planes import seen
from convproof.schedules.registry import Extra, Goal, Schedule, register

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program


@register
class First(Schedule):
    """For few windows: what `argmax` does takes a statement for each tap of each axis."""

    name = "first"
    summary = "a row of pixels for each window, and the place of the first largest"
    ops = ("max_pool",)
    goals: ClassVar[tuple[Goal, ...]] = ("gradient x",)

    def suits(self, goal: Goal, layer: Layer) -> bool:
        """Where the rows are few numbers, and the image may be given its border."""
        window = layer.window
        fits = not window.overhanging or roomy(window.space, window.reach)
        return seen(layer) * layer.itemsize <= LEAST_BYTES and fits

    def workspace(self, goal: Goal, layer: Layer, extra: Extra) -> tuple[int, int, int]:
        """The rows and the places of their numbers, the image with its border, sums in float64."""
        image = layer.images * prod(layer.window.reach) * layer.depth
        return 3 * seen(layer) + image + 2 * prod(layer.image_shape), 0, 1

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """What all windows see, and where they send."""
        from convproof.lower.sent import lower_sent

        return lower_sent(derivation, self.function("max_pool", goal), self.doc("max_pool", goal))
