"""Patches as columns: taps and channels come first and positions last.

With few channels the copies then run along an axis of the image instead of over a handful of
channels.
"""

from __future__ import annotations

from math import prod

from convproof.schedules.im2row import Im2row
from convproof.schedules.layer import Layer
from convproof.schedules.registry import Extra, Goal, register


@register
class Im2col(Im2row):
    """(outputs, taps and channels) by (taps and channels, positions)."""

    name = "im2col"
    summary = "the taps of each position gathered as a column, then a matrix product"
    arrangement = "columns"

    def workspace(self, goal: Goal, layer: Layer, extra: Extra) -> tuple[int, int, int]:
        """Patches; on the way back images of sums too."""
        for_all, task, tasks = super().workspace(goal, layer, extra)
        if goal != "gradient x":
            return for_all, task, tasks
        images = min(max(1, extra[0] // layer.window.out[0]), layer.images)
        sums = images * prod(layer.image_shape[1:])
        return for_all, task + sums, -(-layer.images // max(1, images))
