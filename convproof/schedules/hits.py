"""A maximum's gradient where windows lie apart: what equals its window's maximum, all at once."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, ClassVar

from convproof.schedules.layer import Layer
from convproof.schedules.planes import seen
from convproof.schedules.registry import Extra, Goal, Schedule, register

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program


@register
class Hits(Schedule):
    """For few windows of many pixels, as over a whole image."""

    name = "hits"
    summary = "the pixels that equal their window's maximum, the first of each"
    ops = ("max_pool",)
    goals: ClassVar[tuple[Goal, ...]] = ("gradient x",)
    margin: ClassVar[float] = 2.0  # what others do in the cache counts as much as what this does

    def suits(self, goal: Goal, layer: Layer) -> bool:
        """Where no pixel is two windows', and all that they see is there."""
        window = layer.window
        lines = zip(window.stride, window.dilation, window.taps, strict=True)
        return not window.overhanging and all(s > d * (k - 1) for s, d, k in lines)

    def workspace(self, goal: Goal, layer: Layer, extra: Extra) -> tuple[int, int, int]:
        """Marks of a byte, twice where there are NaN, and the maxima."""
        marks = 2 * seen(layer) // layer.itemsize + 1
        return marks + 2 * prod(layer.flow_shape), 0, 1

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """What all windows see, and which of it is sent to."""
        from convproof.lower.sent import lower_sent

        title, doc = self.function("max_pool", goal), self.doc("max_pool", goal)
        return lower_sent(derivation, title, doc, apart=True)
