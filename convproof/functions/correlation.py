"""The generated kernels of a convolution, called, each on the schedule that was selected for it.

Everything here is batched and channels last: x (N, *space, C), kernel (*taps, C/groups, M),
dy (N, *out, M).  No arithmetic is done here; it is all in `convproof.generated`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any, Protocol

from convproof.functions.arrays import Array, Sizes, reshaped
from convproof.functions.border import bordered, unbordered
from convproof.functions.numerics import finite, integral
from convproof.functions.selection import Run, module, module_name, select
from convproof.lower.parallel import alone
from convproof.schedules.layer import Layer
from convproof.schedules.registry import Goal

FEW = 8192  # numbers that OpenBLAS sums in one thread anyway: it shares those of 9216 and more


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
    """(10.8) on arrays of known sizes; which schedule each of its kernels runs is decided once.

    `asked` is the schedule that the caller asked for; `exact` if only sums in the definition's own
    terms will do.
    """

    layer: Layer
    asked: str | None = None
    exact: bool = False

    @cached_property
    def module(self) -> Any:
        """The generated module of this rank."""
        return module(module_name(self.layer))

    @cached_property
    def numbers(self) -> tuple[Sizes, Sizes, Sizes]:
        """What every kernel is told of the window."""
        window = self.layer.window
        return window.stride, window.dilation, window.pad_lo

    @cached_property
    def ahead(self) -> tuple[Sizes, ...]:
        """What a forward is told."""
        return (*self.numbers, self.layer.window.out)

    @cached_property
    def back(self) -> tuple[Sizes, ...]:
        """What a gradient for x is told."""
        return (*self.numbers, self.layer.window.inner_space)

    @cached_property
    def across(self) -> tuple[Sizes, ...]:
        """What a gradient for the kernel is told."""
        return (*self.numbers, self.layer.window.taps)

    @cached_property
    def shapes(self) -> tuple[Sizes, Sizes, Sizes]:
        """Those of output, image and kernel, without an axis for groups."""
        layer, (*taps, depth, groups, outputs) = self.layer, self.layer.kernel_shape
        image = (*layer.image_shape[:-2], groups * depth)
        return (*layer.flow_shape[:-2], groups * outputs), image, (*taps, depth, groups * outputs)

    @cached_property
    def terms(self) -> int:
        """Products in one entry of the output."""
        return prod(self.layer.window.taps) * self.layer.depth

    @cached_property
    def spread(self) -> int:
        """Products in one entry of the gradient for x, at most."""
        window = self.layer.window
        # How many positions of the bordered image one pixel can stand for.
        border = prod(1 + lo + hi for lo, hi in window.pads) if window.bordered else 1
        return border * prod(window.taps) * self.layer.outputs

    @cached_property
    def copies(self) -> int:
        """Products in one entry of the gradient for the kernel, at most."""
        return self.layer.images * prod(self.layer.window.out)

    @property
    def spots(self) -> int:
        """Entries of dy that one entry of the bias's gradient sums."""
        return self.copies

    def selected(self, goal: Goal, safe: bool = False) -> Run:
        """The run of a goal; `safe` is the one for numbers that are not finite."""
        return select(self.layer, goal, self.asked, safe, self.exact)

    def unmixed(self, goal: Goal, met: Array) -> Run:
        """The run for numbers that are not finite, where `met` is what zeros beside them meet."""
        safe = not finite(met)
        return select(self.layer, goal, self.asked, safe, self.exact, unmixed=True)

    def fitting(self, run: Run, goal: Goal, *arrays: Array) -> Run:
        """The run for these numbers: sums of whole ones are exact, and spectra would round them."""
        if run.schedule.exact != "roots" or not all(map(integral, arrays)):
            return run
        return select(self.layer, goal, self.asked, exact=True)

    @cached_property
    def forward_run(self) -> Run:
        """The forward's run."""
        return self.selected("forward")

    @cached_property
    def back_run(self) -> Run:
        """The run of the gradient for x."""
        return self.selected("gradient x")

    @cached_property
    def kernel_run(self) -> Run:
        """The run of the gradient for the kernel."""
        return self.selected("gradient kernel")

    def forward(self, x: Array, kernel: Array, bias: Array | None) -> Array:
        """z + b of (10.6).

        A zero that stands for no pixel and an infinite weight make NaN, which the definition does
        not have; then, and where a schedule mixed such numbers, a safe one runs.
        """
        run, layer = self.forward_run, self.layer
        image = bordered(x, layer.window) if layer.window.bordered else x
        arrays = image.reshape(layer.image_shape), kernel.reshape(layer.kernel_shape)
        run = self.fitting(run, "forward", *arrays)
        if run.absent_zeros and not finite(arrays[1]):
            run = self.selected("forward", safe=True)
        z = run(*arrays, *self.ahead)
        if run.schedule.mixes and not finite(z):
            run = self.unmixed("forward", arrays[1])
            z = run(*arrays, *self.ahead)
        z = reshaped(z, self.shapes[0])
        return z if bias is None else self.module.add_bias(z, bias)

    def gradient_x(self, dy: Array, kernel: Array) -> Array:
        """The gradient for x: the adjoint of `forward`."""
        run, layer = self.back_run, self.layer
        arrays = dy.reshape(layer.flow_shape), kernel.reshape(layer.kernel_shape)
        run = self.fitting(run, "gradient x", *arrays)
        if run.absent_zeros and not finite(arrays[1]):
            run = self.selected("gradient x", safe=True)
        dx = run(*arrays, *self.back)
        if run.schedule.mixes and not finite(dx):
            run = self.unmixed("gradient x", arrays[1])
            dx = run(*arrays, *self.back)
        dx = reshaped(dx, self.shapes[1])
        return unbordered(dx, layer.window) if layer.window.bordered else dx

    def gradient_kernel(self, dy: Array, x: Array) -> Array:
        """The gradient for the kernel."""
        run, layer = self.kernel_run, self.layer
        image = bordered(x, layer.window) if layer.window.bordered else x
        arrays = dy.reshape(layer.flow_shape), image.reshape(layer.image_shape)
        run = self.fitting(run, "gradient kernel", *arrays)
        found = run(*arrays, *self.across)
        if (run.absent_zeros or run.schedule.mixes) and not finite(found):
            mixed = run.schedule.mixes
            # Zeros beside the image do no harm to a gradient that is finite.
            if mixed or not finite(arrays[0]):
                run = self.unmixed("gradient kernel", arrays[0])
                found = run(*arrays, *self.across)
        return reshaped(found, self.shapes[2])

    def gradient_bias(self, dy: Array) -> Array:
        """The gradient for the bias (M,): summed over batch and positions."""
        *spots, outputs = dy.shape
        groups = self.layer.groups
        grouped = dy.reshape(*spots, groups, outputs // groups)
        sums, few = self.module.gradient_bias, grouped.size <= FEW
        total: Array = sums(grouped) if few else alone(sums, grouped)
        return total.reshape(-1)


@dataclass(frozen=True, eq=False)
class Transposed:
    """The transposed convolution: another layer's gradient for x, run forward."""

    base: Correlation

    @property
    def terms(self) -> int:
        """Products in one entry of the output."""
        return prod(self.base.layer.window.taps) * self.base.layer.outputs

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
        return self.base.layer.images * prod(self.base.layer.window.space)

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
