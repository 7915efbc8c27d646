"""A filter for each channel: windows weighed and summed in one loop over pixels and channels.

A matrix product of one column is no product, and a statement for each tap goes through the image
twice for each; here each block is gone through once.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, ClassVar

from convproof.schedules.dgrad import DgradIm2row
from convproof.schedules.im2row import Im2row
from convproof.schedules.layer import Layer
from convproof.schedules.registry import Extra, Goal, register
from convproof.spec import Conv

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program

BLOCK_NUMBERS = {1: 2**14, 2: 2**17, 3: 2**17}  # of the output, at a time, by rank
SHARED = 10**6  # multiplications that are worth a thread's while
TILED = 2**16  # weights that may lie beside pixels in any case


def single(layer: Layer) -> bool:
    """Whether each of several groups has one channel and one output.

    Pixels of a lone channel lie as near each other as taps, and `einsum` would loop over these.
    """
    return layer.depth == layer.outputs == 1 < layer.groups


def weights(layer: Layer, out: Extra, block: int) -> int:
    """Numbers of the kernel laid out beside the pixels of a row, or of a block of them."""
    width = out[-1] if len(out) > 1 else min(block, out[0])
    return int(prod(layer.window.taps)) * width * layer.groups


def rows_of(layer: Layer, out: Extra, threads: int) -> int:
    """Rows of an output of `out` positions that a cache holds, in a block for each thread."""
    row = max(1, prod(out[1:]) * layer.groups)
    whole = layer.images * out[0]
    work = whole * row * prod(layer.window.taps)
    shares = max(1, min(threads, work // SHARED))
    return max(1, min(BLOCK_NUMBERS[len(out)] // row, -(-whole // shares)))


def numbers(layer: Layer, out: Extra, block: int) -> tuple[int, int, int]:
    """The weights, a task's part of the image with zeros, and how many tasks."""
    window = layer.window
    rows = min(max(1, block), max(1, layer.images * out[0]))
    reach = window.dilation[0] * (window.taps[0] - 1) + window.stride[0] * min(rows, out[0])
    padded = -(-rows // out[0]) * reach * prod(window.reach[1:]) * layer.groups
    kernel = weights(layer, out, block)
    return kernel, padded + kernel, -(-layer.images * out[0] // rows)


@register
class Depthwise(Im2row):
    """The definition's own sums."""

    name = "depthwise"
    summary = "each channel by itself, the taps of a block summed in one loop"
    goals: ClassVar[tuple[Goal, ...]] = ("forward", "gradient kernel")

    def suits(self, goal: Goal, layer: Layer) -> bool:
        """One channel and one output a group; weights beside a row's pixels, of few taps."""
        (block,), out = self.arguments(goal, layer), layer.window.out
        most = max(TILED, prod(layer.image_shape) + prod(layer.flow_shape))
        few = weights(layer, out, block) <= most
        return single(layer) and few and super().suits(goal, layer)

    def arguments(self, goal: Goal, layer: Layer) -> Extra:
        """Rows that a cache holds."""
        threads = 2 if goal == "gradient kernel" else layer.threads
        return (rows_of(layer, layer.window.out, threads),)

    def workspace(self, goal: Goal, layer: Layer, extra: Extra) -> tuple[int, int, int]:
        """The weights beside pixels, and a block with zeros."""
        return numbers(layer, layer.window.out, extra[0])

    def example(self, op: str, rank: int) -> tuple[Conv, tuple[int, ...]] | None:
        """Two channels, unequal steps and gaps, padding at one end."""
        return sample(rank)

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """Windows and their sums."""
        from convproof.lower.channelwise import lower_channelwise

        title, doc = self.function("conv", goal), self.doc("conv", goal)
        return lower_channelwise(derivation, goal, title, doc)


@register
class DgradDepthwise(DgradIm2row):
    """The input's gradient as such a convolution of stride 1."""

    name = "dgrad_depthwise"
    summary = "the rotated kernel's convolution of stride 1, each channel by itself"
    forward = "depthwise"

    def suits(self, goal: Goal, layer: Layer) -> bool:
        """The forward's, on the image's pixels."""
        (block,), space = self.arguments(goal, layer), layer.window.inner_space
        most = max(TILED, prod(layer.image_shape) + prod(layer.flow_shape))
        few = weights(layer, space, block) <= most
        return single(layer) and few and super().suits(goal, layer)

    def arguments(self, goal: Goal, layer: Layer) -> Extra:
        """Rows of the image that a cache holds."""
        return (rows_of(layer, layer.window.inner_space, layer.threads),)

    def workspace(self, goal: Goal, layer: Layer, extra: Extra) -> tuple[int, int, int]:
        """The forward's, and the gradient with zeros between its entries."""
        kernel, task, tasks = numbers(layer, layer.window.inner_space, extra[0])
        return super().workspace(goal, layer, extra)[0] + kernel, task, tasks

    def example(self, op: str, rank: int) -> tuple[Conv, tuple[int, ...]] | None:
        """The forward's."""
        return sample(rank)


def sample(rank: int) -> tuple[Conv, tuple[int, ...]]:
    """A small layer of two groups of one channel."""
    spec = Conv(
        (2, 1, 2)[:rank],
        2,
        stride=(1, 2, 1)[:rank],
        padding=((1, 0), (0, 1), (0, 0))[:rank],
        dilation=(2, 1, 1)[:rank],
        groups=2,
    )
    return spec, (2, *(3, 3, 2)[:rank], 2)
