"""Patches as rows, then one matrix product a group: each row is what one position sees.

A block is some whole images, or some rows of one, so memory is bounded however large an image is.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, ClassVar

from convproof.schedules.layer import Layer
from convproof.schedules.registry import Extra, Goal, Schedule, register

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program

PATCH_BYTES = 2 * 2**20  # patches gathered at a time: what a second-level cache or two holds
SINGLE_NUMBERS = 2**20  # of both images, where nothing is gathered: products worth a thread
SHARE = 5  # halves of the arrays' bytes that patches may have, in all threads together
LEAST_BYTES = 2**17  # and so many at least: smaller ones are not worth their statements
WIDE = 32  # an image with its zeros may be that much larger than without before they cost too much


def roomy(space: Extra, reach: Extra) -> bool:
    """Whether an image of `space` pixels may be given zeros up to `reach` pixels."""
    return prod(reach) <= max(WIDE * prod(space), PATCH_BYTES // 1024)


def block_of(layer: Layer, channels: int, out: Extra, threads: int) -> int:
    """How many rows of an output of `out` positions have their patches gathered at a time."""
    if layer.window.single:
        row = prod(out[1:]) * layer.groups * (layer.depth + layer.outputs)
        return max(1, SINGLE_NUMBERS // max(1, row))
    row = prod(out[1:]) * prod(layer.window.taps) * channels * layer.itemsize
    # In several threads together they shall be no more than a few times the arrays themselves; and
    # a large kernel, which every block reads whole, is read for many rows at a time.
    shapes = (layer.image_shape, layer.flow_shape, layer.kernel_shape)
    arrays = layer.itemsize * sum(map(prod, shapes))
    rows = max(
        1, min(PATCH_BYTES, max(LEAST_BYTES, SHARE * arrays // (2 * threads))) // max(1, row)
    )
    # Two parts of an image are equal ones, whatever the cache would hold.
    return -(-out[0] // 2) if out[0] // 2 < rows < out[0] and layer.images == 1 else rows


def patches(layer: Layer, block: int, out: Extra, channels: int) -> tuple[int, int, int]:
    """The numbers that rows of `block` positions of `out` need: a task's, and how many tasks."""
    rows = min(max(1, block), layer.images * out[0])
    taps, tasks = prod(layer.window.taps), -(-layer.images * out[0] // rows)
    gathered = 0 if layer.window.single else rows * prod(out[1:]) * taps * channels
    padded = rows * layer.window.stride[0] * prod(layer.window.reach[1:]) * channels
    return 0, gathered + (padded if layer.window.overhanging else 0), tasks


def bands(rows: int, images: int) -> list[Extra]:
    """Numbers of rows around those at which a block becomes an image, or all of them."""
    around = (1, 2, rows - 1, rows, rows + 1, 2 * rows, images * rows)
    return [(block,) for block in sorted({max(1, block) for block in around})]


@register
class Im2row(Schedule):
    """(positions, taps and channels) by (taps and channels, outputs)."""

    name = "im2row"
    summary = "the taps of each position gathered as a row, then a matrix product"
    ops = ("conv",)
    goals: ClassVar[tuple[Goal, ...]] = ("forward", "gradient x", "gradient kernel")
    extra: ClassVar[tuple[str, ...]] = ("block",)
    absent_zeros: ClassVar[tuple[Goal, ...]] = ("forward", "gradient kernel")
    arrangement: ClassVar[str] = "rows"

    def suits(self, goal: Goal, layer: Layer) -> bool:
        """Where zeros beside the image do not outweigh it; a gradient for x needs none."""
        window = layer.window
        return goal == "gradient x" or roomy(window.inner_space, window.reach)

    def arguments(self, goal: Goal, layer: Layer) -> Extra:
        """Rows whose patches fit into the cache."""
        # A sum's blocks are always the same.
        threads = 2 if goal == "gradient kernel" else layer.threads
        return (block_of(layer, layer.depth * layer.groups, layer.window.out, threads),)

    def workspace(self, goal: Goal, layer: Layer, extra: Extra) -> tuple[int, int, int]:
        """A block's patches, and its part of the image with zeros."""
        window = layer.window
        return patches(layer, extra[0], window.out, layer.depth * layer.groups)

    def borders(self, goal: Goal, layer: Layer) -> list[Extra]:
        """Single rows, bands that divide an image or do not, whole images, several, all."""
        return bands(layer.window.out[0], layer.images)

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """Patches, three arrays as stacks of matrices, one the product of the other two."""
        from convproof.lower.patches import lower_patches

        title, doc = self.function("conv", goal), self.doc("conv", goal)
        return lower_patches(derivation, goal, title, doc, self.arrangement)
