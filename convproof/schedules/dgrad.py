"""The input's gradient as a convolution of stride 1, with the kernel rotated by half a turn.

It reads the output's gradient with zeros between its entries, where the stride left pixels out.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from convproof.schedules.im2row import Im2row, bands, block_of, patches, roomy
from convproof.schedules.layer import Layer
from convproof.schedules.registry import REGISTRY, Extra, Goal, register

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program


@register
class DgradIm2row(Im2row):
    """That convolution by rows of patches."""

    name = "dgrad_im2row"
    summary = "a convolution of stride 1 with the rotated kernel, by im2row"
    goals = ("gradient x",)
    absent_zeros = ("gradient x",)
    forward = "im2row"

    def suits(self, goal: Goal, layer: Layer) -> bool:
        """Where neither the zeros beside the gradient nor those in it outweigh it."""
        window = layer.window
        space = window.inner_space
        wide = tuple(
            size + gap * (taps - 1)
            for size, gap, taps in zip(space, window.dilation, window.taps, strict=True)
        )
        flow = tuple(s * (o - 1) + 1 for s, o in zip(window.stride, window.out, strict=True))
        return roomy(space, wide) and roomy(space, flow)

    def arguments(self, goal: Goal, layer: Layer) -> Extra:
        """Rows of the image whose patches of the gradient fit into the cache."""
        channels, space = layer.groups * layer.outputs, layer.window.inner_space
        return (block_of(layer, channels, space, layer.threads),)

    def workspace(self, goal: Goal, layer: Layer, extra: Extra) -> tuple[int, int, int]:
        """The forward's, and the gradient with zeros between its entries."""
        window = layer.window
        channels = layer.groups * layer.outputs
        found = patches(layer, extra[0], window.inner_space, channels)
        flow = prod(s * (o - 1) + 1 for s, o in zip(window.stride, window.out, strict=True))
        spread = layer.images * flow * channels if max(window.stride) > 1 else 0
        return prod(layer.kernel_shape) + spread, found[1], found[2]

    def borders(self, goal: Goal, layer: Layer) -> list[Extra]:
        """The forward's, on rows of the image."""
        return bands(layer.window.inner_space[0], layer.images)

    def reads_absent_zeros(self, goal: Goal, layer: Layer) -> bool:
        """Always: those between the entries, or beside them."""
        return not layer.window.single

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """A call of the forward's program."""
        from convproof.lower.rotated import lower_rotated

        forward = REGISTRY[self.forward].lower(derivation, "forward")
        return lower_rotated(
            derivation, forward, self.function("conv", goal), self.doc("conv", goal)
        )


@register
class DgradIm2col(DgradIm2row):
    """That convolution by columns of patches."""

    name = "dgrad_im2col"
    summary = "a convolution of stride 1 with the rotated kernel, by im2col"
    forward = "im2col"
