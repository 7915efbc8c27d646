"""The generated kernels, called: group axes split, border modes as an index map before the window.

Everything here is batched and channels last: x (N, *space, C), kernel (*taps, C/groups, M),
dy (N, *out, M).  No arithmetic is done here; it is all in `convproof.generated`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from convproof.functions.arrays import Array, Sizes, reshaped
from convproof.generated import (
    avg_pool1d,
    avg_pool2d,
    avg_pool3d,
    conv1d,
    conv2d,
    conv3d,
    max_pool1d,
    max_pool2d,
    max_pool3d,
    pad1d,
    pad2d,
    pad3d,
)
from convproof.spec import Axis, PaddingMode, Pairs

CONV: tuple[Any, ...] = (conv1d, conv2d, conv3d)
MAX_POOL: tuple[Any, ...] = (max_pool1d, max_pool2d, max_pool3d)
AVG_POOL: tuple[Any, ...] = (avg_pool1d, avg_pool2d, avg_pool3d)
PAD: tuple[Any, ...] = (pad1d, pad2d, pad3d)


@dataclass(frozen=True)
class Window:
    """The numbers a kernel needs beside its arrays, one of each per axis."""

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

    @property
    def rank(self) -> int:
        """The number of spatial axes."""
        return len(self.taps)

    @property
    def bordered(self) -> bool:
        """Whether pixels beyond the border stand for pixels of the image."""
        return self.mode != "zeros" and any(lo or hi for lo, hi in self.pads)

    @property
    def pad_lo(self) -> Sizes:
        """The zeros before the image, on each axis, that the kernel has to skip."""
        return (0,) * self.rank if self.bordered else tuple(lo for lo, _ in self.pads)

    @property
    def pad_hi(self) -> Sizes:
        """The zeros after the image, on each axis."""
        return (0,) * self.rank if self.bordered else tuple(hi for _, hi in self.pads)

    @property
    def inner_space(self) -> Sizes:
        """The size of the image the kernel sees: the bordered one, where there is a border."""
        if not self.bordered:
            return self.space
        return tuple(size + lo + hi for size, (lo, hi) in zip(self.space, self.pads, strict=True))


def split(array: Array, groups: int) -> Array:
    """The last axis split in (groups, rest)."""
    return array.reshape(*array.shape[:-1], groups, array.shape[-1] // groups)


def merge(array: Array) -> Array:
    """The last two axes, (groups, rest), as one."""
    return reshaped(array, (*array.shape[:-2], array.shape[-2] * array.shape[-1]))


def bordered(x: Array, window: Window) -> Array:
    """x with its border, where the mode has one."""
    if not window.bordered:
        return x
    wider: Array = PAD[window.rank - 1].forward(x, window.pads, window.mode)
    return wider


def conv(x: Array, kernel: Array, window: Window, groups: int) -> Array:
    """The pre-activation z (N, *out, M), without bias; (10.8)."""
    z = CONV[window.rank - 1].forward(
        split(bordered(x, window), groups),
        split(kernel, groups),
        window.stride,
        window.dilation,
        window.pad_lo,
        window.out,
    )
    return merge(z)


def conv_grad_x(dy: Array, kernel: Array, window: Window, groups: int) -> Array:
    """The gradient for x (N, *space, C): the adjoint of `conv` in x."""
    dx = merge(
        CONV[window.rank - 1].grad_x(
            split(dy, groups),
            split(kernel, groups),
            window.stride,
            window.dilation,
            window.pad_lo,
            window.inner_space,
        )
    )
    if window.bordered:
        dx = PAD[window.rank - 1].backward(dx, window.pads, window.mode, window.space)
    return dx


def conv_grad_kernel(dy: Array, x: Array, window: Window, groups: int) -> Array:
    """The gradient for the kernel (*taps, C/groups, M): summed over all copies of each weight."""
    return merge(
        CONV[window.rank - 1].grad_kernel(
            split(dy, groups),
            split(bordered(x, window), groups),
            window.taps,
            window.stride,
            window.dilation,
            window.pad_lo,
        )
    )


def conv_grad_bias(dy: Array, window: Window, groups: int) -> Array:
    """The gradient for the bias (M,): summed over batch and positions."""
    total: Array = CONV[window.rank - 1].grad_bias(split(dy, groups))
    return total.reshape(-1)


def max_pool(x: Array, window: Window) -> Array:
    """The maxima (N, *out, C); (10.9)."""
    y: Array = MAX_POOL[window.rank - 1].forward(
        x, window.taps, window.stride, window.dilation, window.pad_lo, window.out
    )
    return y


def max_pool_grad(dy: Array, x: Array, window: Window) -> Array:
    """The gradient for x: each dy goes to the first maximum of its window."""
    dx: Array = MAX_POOL[window.rank - 1].backward(
        dy, x, window.taps, window.stride, window.dilation, window.pad_lo
    )
    return dx


def avg_pool(x: Array, window: Window, include: bool) -> Array:
    """The means (N, *out, C)."""
    y: Array = AVG_POOL[window.rank - 1].forward(
        x, window.taps, window.stride, window.pad_lo, window.pad_hi, window.out, include
    )
    return y


def avg_pool_grad(dy: Array, window: Window, include: bool) -> Array:
    """The gradient for x: each dy in equal parts to the pixels of its window."""
    dx: Array = AVG_POOL[window.rank - 1].backward(
        dy, window.taps, window.stride, window.pad_lo, window.pad_hi, window.space, include
    )
    return dx
