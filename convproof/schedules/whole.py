"""Small layers of one group: all patches at once, and one product.

Nothing is cut into blocks, so a call takes little more than its two array operations.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, ClassVar

from convproof.schedules.dgrad import DgradIm2row
from convproof.schedules.im2row import LEAST_BYTES, Im2row
from convproof.schedules.layer import Layer
from convproof.schedules.registry import Extra, Goal, register
from convproof.spec import Conv

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program


def small(layer: Layer, numbers: int) -> bool:
    """Whether a layer has one group, and its patches so many numbers, gathered at once."""
    return layer.groups == 1 and numbers * layer.itemsize <= LEAST_BYTES


def sample(rank: int) -> tuple[Conv, tuple[int, ...]]:
    """Unequal strides and gaps, padding at one end, one group."""
    spec = Conv(
        (2, 1, 2)[:rank],
        2,
        stride=(1, 2, 1)[:rank],
        padding=((1, 0), (0, 1), (0, 0))[:rank],
        dilation=(2, 1, 1)[:rank],
    )
    return spec, (2, *(3, 3, 2)[:rank], 2)


@register
class Whole(Im2row):
    """(positions, taps and channels) by (taps and channels, outputs), once."""

    name = "whole"
    summary = "all patches at once, then one matrix product"
    goals: ClassVar[tuple[Goal, ...]] = ("forward", "gradient kernel")
    extra: ClassVar[tuple[str, ...]] = ()

    def suits(self, goal: Goal, layer: Layer) -> bool:
        """Few patches, of one group, and an image that may be given its border."""
        window = layer.window
        numbers = layer.images * prod(window.out) * prod(window.taps) * layer.depth
        return small(layer, numbers) and super().suits(goal, layer)

    def arguments(self, goal: Goal, layer: Layer) -> Extra:
        """None."""
        return ()

    def workspace(self, goal: Goal, layer: Layer, extra: Extra) -> tuple[int, int, int]:
        """All patches, and the image with zeros."""
        return super().workspace(goal, layer, (layer.images * layer.window.out[0],))

    def borders(self, goal: Goal, layer: Layer) -> list[Extra]:
        """There are none."""
        return [()]

    def example(self, op: str, rank: int) -> tuple[Conv, tuple[int, ...]] | None:
        """A layer of one group."""
        return sample(rank)

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """Patches and a product."""
        from convproof.lower.whole import lower_whole

        return lower_whole(derivation, goal, self.function("conv", goal), self.doc("conv", goal))


@register
class DgradWhole(DgradIm2row):
    """The convolution of stride 1 that gives the input's gradient, all patches at once."""

    name = "dgrad_whole"
    summary = "a convolution of stride 1 with the rotated kernel, all patches at once"
    forward = "whole"
    extra: ClassVar[tuple[str, ...]] = ()

    def suits(self, goal: Goal, layer: Layer) -> bool:
        """Few patches of the gradient, one group."""
        window = layer.window
        numbers = layer.images * prod(window.inner_space) * prod(window.taps) * layer.outputs
        return small(layer, numbers) and super().suits(goal, layer)

    def arguments(self, goal: Goal, layer: Layer) -> Extra:
        """None."""
        return ()

    def workspace(self, goal: Goal, layer: Layer, extra: Extra) -> tuple[int, int, int]:
        """All patches, and the gradient with zeros between its entries and beside them."""
        rows = layer.images * layer.window.inner_space[0]
        return super().workspace(goal, layer, (rows,))

    def borders(self, goal: Goal, layer: Layer) -> list[Extra]:
        """There are none."""
        return [()]

    def example(self, op: str, rank: int) -> tuple[Conv, tuple[int, ...]] | None:
        """A layer of one group."""
        return sample(rank)
