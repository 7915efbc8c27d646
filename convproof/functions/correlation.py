"""The generated kernels of a convolution, called: which schedule runs, and on what block of rows.

Everything here is batched and channels last: x (N, *space, C), kernel (*taps, C/groups, M),
dy (N, *out, M).  No arithmetic is done here; it is all in `convproof.generated`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any, Protocol, TypeAlias

from convproof.functions.arrays import Array, Sizes, reshaped
from convproof.functions.border import bordered, unbordered
from convproof.functions.schedule import (
    Back,
    back_schedules,
    block_of,
    finite,
    overhangs,
    patches_of,
    taps_pay,
)
from convproof.functions.window import Window
from convproof.generated import conv1d, conv2d, conv3d

Run: TypeAlias = tuple[Callable[..., Array], Sizes]  # a kernel, and its block, if it has one
MODULES: tuple[Any, ...] = (conv1d, conv2d, conv3d)


class Linear(Protocol):
    """A layer that is linear in x and in its kernel, and how many products its sums have."""

    @property
    def terms(self) -> int:
        """Products in one entry of the output."""

    @property
    def spread(self) -> int:
        """Products in one entry of the gradient for x, at most."""

    @property
    def copies(self) -> int:
        """Products in one entry of the gradient for the kernel, at most."""

    @property
    def spots(self) -> int:
        """Entries of dy that one entry of the bias's gradient sums."""

    def forward(self, x: Array, kernel: Array, bias: Array | None) -> Array:
        """The output, with one number per output channel added to it."""

    def gradient_x(self, dy: Array, kernel: Array) -> Array:
        """The adjoint of `forward` in x."""

    def gradient_kernel(self, dy: Array, x: Array) -> Array:
        """The adjoint in the kernel: summed over all copies of each weight."""

    def gradient_bias(self, dy: Array) -> Array:
        """The sum over batch and positions."""


@dataclass(frozen=True, eq=False)
class Correlation:
    """(10.8) on arrays of known sizes; which schedule each of its kernels runs is decided once."""

    window: Window
    images: int
    depth: int  # channels of x in each group
    groups: int
    outputs: int  # channels of the output in each group
    itemsize: int  # bytes of the numbers computed with

    @cached_property
    def module(self) -> Any:
        """The generated module of this rank."""
        return MODULES[self.window.rank - 1]

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
    def numbers(self) -> tuple[Sizes, Sizes, Sizes]:
        """What every kernel is told of the window."""
        return self.window.stride, self.window.dilation, self.window.pad_lo

    @cached_property
    def terms(self) -> int:
        """Products in one entry of the output."""
        return prod(self.window.taps) * self.depth

    @cached_property
    def spread(self) -> int:
        """Products in one entry of the gradient for x, at most."""
        # How many positions of the bordered image one pixel can stand for.
        border = prod(1 + lo + hi for lo, hi in self.window.pads) if self.window.bordered else 1
        return border * prod(self.window.taps) * self.outputs

    @cached_property
    def copies(self) -> int:
        """Products in one entry of the gradient for the kernel, at most."""
        return self.images * prod(self.window.out)

    @property
    def spots(self) -> int:
        """Entries of dy that one entry of the bias's gradient sums."""
        return self.copies

    def schedule(self, goal: str, by_taps: bool) -> Run:
        """The kernel of `goal`, and its last argument, if any: rows of patches at a time."""
        if by_taps:
            return getattr(self.module, f"{goal}_taps"), ()
        way = patches_of(self.kernel_shape, self.window)
        channels = self.depth * self.groups
        block = block_of(self.window, channels, self.window.out, self.images, self.itemsize)
        return getattr(self.module, f"{goal}_{way}"), (block,)

    @cached_property
    def forward_run(self) -> tuple[Callable[..., Array], Sizes, bool]:
        """The kernel, its block, and whether zeros beside the image will meet the weights.

        A patch holds them where it overhangs, and a zero times an infinite weight is no zero.
        """
        run, block = self.schedule("forward", taps_pay(self.kernel_shape, self.window))
        return run, block, bool(block) and overhangs(self.window)

    def forward(self, x: Array, kernel: Array, bias: Array | None) -> Array:
        """z + b of (10.6)."""
        run, block, careful = self.forward_run
        image = bordered(x, self.window).reshape(self.image_shape)
        taps = kernel.reshape(self.kernel_shape)
        if careful and not finite(taps):
            run, block = self.module.forward_taps, ()
        z = merged(run(image, taps, *self.numbers, self.window.out, *block))
        return z if bias is None else self.module.add_bias(z, bias)

    @cached_property
    def back_runs(self) -> tuple[Run, Run]:
        """The kernels that send gradients back to x: the quickest, and the one that adds no zeros.

        Each with its block; the same one twice where the quickest adds none.
        """
        first, careful = back_schedules(self.kernel_shape, self.window, self.images)
        return self.back_run(first), self.back_run(careful)

    def back_run(self, way: Back) -> Run:
        """The kernel of that schedule, and its last argument, if any."""
        run = getattr(self.module, f"gradient_x_{way}")
        if way == "taps":
            return run, ()
        turned = way.startswith("turned")
        channels = self.groups * (self.outputs if turned else self.depth)
        out = self.window.inner_space if turned else self.window.out
        return run, (block_of(self.window, channels, out, self.images, self.itemsize),)

    def gradient_x(self, dy: Array, kernel: Array) -> Array:
        """The gradient for x: the adjoint of `forward`."""
        flow, taps = dy.reshape(self.flow_shape), kernel.reshape(self.kernel_shape)
        quickest, careful = self.back_runs
        run, block = quickest if quickest == careful or finite(taps) else careful
        dx = run(flow, taps, *self.numbers, self.window.inner_space, *block)
        return unbordered(merged(dx), self.window)

    @cached_property
    def kernel_run(self) -> tuple[Callable[..., Array], Sizes, bool]:
        """The kernel's gradient, its block, and whether zeros will meet gradients."""
        run, block = self.schedule("gradient_kernel", taps_pay(self.kernel_shape, self.window))
        return run, block, bool(block) and overhangs(self.window)

    def gradient_kernel(self, dy: Array, x: Array) -> Array:
        """The gradient for the kernel."""
        run, block, careful = self.kernel_run
        flow = dy.reshape(self.flow_shape)
        image = bordered(x, self.window).reshape(self.image_shape)
        found = run(flow, image, *self.numbers, self.window.taps, *block)
        if careful and not finite(found):  # a zero of a patch may have met an infinite gradient
            found = self.module.gradient_kernel_taps(flow, image, *self.numbers, self.window.taps)
        return merged(found)

    def gradient_bias(self, dy: Array) -> Array:
        """The gradient for the bias (M,): summed over batch and positions."""
        *spots, outputs = dy.shape
        total: Array = self.module.gradient_bias(
            dy.reshape(*spots, self.groups, outputs // self.groups)
        )
        return total.reshape(-1)


@dataclass(frozen=True, eq=False)
class Transposed:
    """The transposed convolution: another layer's gradient for x, run forward."""

    base: Correlation

    @property
    def terms(self) -> int:
        """Products in one entry of the output."""
        return prod(self.base.window.taps) * self.base.outputs

    @property
    def spread(self) -> int:
        """Products in one entry of the gradient for x, at most."""
        return self.base.terms

    @property
    def copies(self) -> int:
        """Products in one entry of the gradient for the kernel, at most."""
        return self.base.copies

    @property
    def spots(self) -> int:
        """Entries of dy that one entry of the bias's gradient sums."""
        return self.base.images * prod(self.base.window.space)

    def forward(self, x: Array, kernel: Array, bias: Array | None) -> Array:
        """The base's gradient, with a bias."""
        y = self.base.gradient_x(x, kernel)
        return y if bias is None else self.base.module.add_bias(y, bias)

    def gradient_x(self, dy: Array, kernel: Array) -> Array:
        """The base itself."""
        return self.base.forward(dy, kernel, None)

    def gradient_kernel(self, dy: Array, x: Array) -> Array:
        """The base's, with the roles exchanged."""
        return self.base.gradient_kernel(x, dy)

    def gradient_bias(self, dy: Array) -> Array:
        """The sum over batch and positions."""
        return self.base.gradient_bias(dy)


def merged(array: Array) -> Array:
    """The last two axes, (groups, rest), as one."""
    return reshaped(array, (*array.shape[:-2], array.shape[-2] * array.shape[-1]))
