"""One layer on arrays of known sizes, in plain integers: all that a schedule may know of a call."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import TypeAlias

from convproof.spec import Axis, PaddingMode, Pairs

Sizes: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Window:
    """One of each per axis; `out` windows slide over `space` pixels and their `pads`."""

    taps: Sizes
    stride: Sizes
    dilation: Sizes
    pads: Pairs
    space: Sizes
    out: Sizes
    mode: PaddingMode = "zeros"

    @classmethod
    def of(cls, axes: tuple[Axis, ...], space: Sizes, mode: PaddingMode = "zeros") -> Window:
        """The window of `axes` on an image of `space` pixels."""
        return cls(
            tuple(axis.kernel for axis in axes),
            tuple(axis.stride for axis in axes),
            tuple(axis.dilation for axis in axes),
            tuple((axis.pad_lo, axis.pad_hi) for axis in axes),
            space,
            tuple(axis.output_size(size) for axis, size in zip(axes, space, strict=True)),
            mode,
        )

    @cached_property
    def rank(self) -> int:
        """The number of spatial axes."""
        return len(self.taps)

    @cached_property
    def bordered(self) -> bool:
        """Whether pixels beyond the border stand for pixels of the image."""
        return self.mode != "zeros" and any(lo or hi for lo, hi in self.pads)

    @cached_property
    def pad_lo(self) -> Sizes:
        """The zeros before the image, on each axis, that the kernel has to skip."""
        return (0,) * self.rank if self.bordered else tuple(lo for lo, _ in self.pads)

    @cached_property
    def pad_hi(self) -> Sizes:
        """The zeros after the image, on each axis."""
        return (0,) * self.rank if self.bordered else tuple(hi for _, hi in self.pads)

    @cached_property
    def inner_space(self) -> Sizes:
        """The size of the image the kernel sees: the bordered one, where there is a border."""
        if not self.bordered:
            return self.space
        return tuple(size + lo + hi for size, (lo, hi) in zip(self.space, self.pads, strict=True))

    @cached_property
    def reach(self) -> Sizes:
        """The pixels, real and zeros, from the first that a window reads to the last."""
        sizes = zip(self.stride, self.out, self.dilation, self.taps, strict=True)
        return tuple(s * (o - 1) + d * (k - 1) + 1 for s, o, d, k in sizes)

    def overhangs(self, axis: int) -> bool:
        """Whether windows read what is not there, before or after the image, on an axis."""
        lo, reach = self.pad_lo[axis], self.reach[axis]
        return lo > 0 or reach - lo > self.inner_space[axis]

    @cached_property
    def overhanging(self) -> bool:
        """Whether a window reads pixels that are not there."""
        return any(self.overhangs(axis) for axis in range(self.rank))

    @cached_property
    def single(self) -> bool:
        """Whether each window is one pixel, and each pixel one window's."""
        return prod(self.taps) == 1 and set(self.stride) == {1} and not self.overhanging


@dataclass(frozen=True)
class Layer:
    """`op` is "conv", "max_pool", "avg_pool_include" or "avg_pool_exclude" (of the padding).

    A pool has one group, and as many outputs as channels.
    """

    op: str
    window: Window
    images: int
    depth: int  # channels of x in each group
    groups: int
    outputs: int  # channels of the output in each group
    itemsize: int = 4  # bytes of the numbers computed with
    threads: int = 1  # that may share the work

    @cached_property
    def kernel_shape(self) -> Sizes:
        """The kernel with its group axis."""
        return (*self.window.taps, self.depth, self.groups, self.outputs)

    @cached_property
    def image_shape(self) -> Sizes:
        """x, with its border, and its group axis."""
        return (self.images, *self.window.inner_space, self.groups, self.depth)

    @cached_property
    def flow_shape(self) -> Sizes:
        """The output with its group axis."""
        return (self.images, *self.window.out, self.groups, self.outputs)

    @cached_property
    def letters(self) -> dict[str, int]:
        """Every size by the letter that the calculus gives it."""
        window = self.window
        found = {"N": self.images, "C": self.depth, "G": self.groups, "M": self.outputs}
        for axis, letter in enumerate("THW"[-window.rank :]):
            found |= {
                letter: window.inner_space[axis],
                f"O_{letter}": window.out[axis],
                f"K_{letter}": window.taps[axis],
                f"S_{letter}": window.stride[axis],
                f"D_{letter}": window.dilation[axis],
                f"P_{letter}": window.pad_lo[axis],
                f"Q_{letter}": window.pad_hi[axis],
            }
        return found
