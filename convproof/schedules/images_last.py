"""Patches as columns, of arrays whose images lie side by side in memory: (C, *space, N).

With few channels and many images, as where small networks are trained, each copy then runs over the
images instead of a handful of channels or of an axis's pixels.
"""

from __future__ import annotations

from math import prod

from convproof.schedules.im2row import Im2row
from convproof.schedules.layer import Layer
from convproof.schedules.registry import Extra, Goal, register

MOST_NUMBERS = 2**21  # that are gathered at a time
SHARE = 3  # or as many times the numbers of image and output, if that is less


@register
class ImagesLast(Im2row):
    """(outputs, taps and channels) by (taps and channels, positions of all images)."""

    name = "images_last"
    summary = "columns of patches, of arrays whose images lie side by side"
    own_layout = True
    arrangement = "images"

    def arguments(self, goal: Goal, layer: Layer) -> Extra:
        """Rows of all images whose patches fit into the cache."""
        window = layer.window
        row = max(1, layer.images) * prod(window.out[1:]) * prod(window.taps) * layer.depth
        # Blocks that are not all rows are no stretch of memory to the product: as few as may be.
        arrays = prod(layer.image_shape) + prod(layer.flow_shape)
        most = min(MOST_NUMBERS, SHARE * arrays)
        return (max(1, most // max(1, row * layer.groups)),)

    def workspace(self, goal: Goal, layer: Layer, extra: Extra) -> tuple[int, int, int]:
        """A block's patches, of rows of all images."""
        return super().workspace(goal, layer, (extra[0] * max(1, layer.images),))

    def borders(self, goal: Goal, layer: Layer) -> list[Extra]:
        """Single rows, bands that divide an image or do not, all of them."""
        high = layer.window.out[0]
        return [(block,) for block in sorted({1, 2, max(1, high - 1), high, high + 1})]
