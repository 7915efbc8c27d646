"""The numbers of a sliding window that the kernels need beside their arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from convproof.functions.arrays import Sizes
from convproof.spec import Axis, PaddingMode, Pairs


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
