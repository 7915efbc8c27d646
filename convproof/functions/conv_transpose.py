"""Transposed convolution: the derived input gradient of a convolution, run as a layer.

It takes the output of a convolution to the shape of its input, by the same kernel, in the same
layout: its forward is that convolution's `grad_x`, and its own gradient for x is the convolution.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from convproof.errors import SpecError
from convproof.functions import engine, prose
from convproof.functions.arrays import (
    Array,
    ArrayLike,
    Form,
    Layout,
    expect_room,
    expect_shape,
    numbers,
    own,
)
from convproof.functions.conv import Gradients, read_bias, read_kernel
from convproof.functions.numerics import peak, result_dtype, run
from convproof.functions.verified import Verified, verified
from convproof.functions.window import Window
from convproof.spec import Axis, Conv, Padding, PerAxis, as_int, per_axis


@dataclass(frozen=True)
class Call:
    """One checked call; `window` is that of the convolution this transposes."""

    form: Form
    groups: int
    window: Window
    dtype: np.dtype[Any]
    x: Array
    kernel: Array
    bias: Array | None
    bias_shape: tuple[int, ...]

    @property
    def outputs(self) -> int:
        """Channels of the result."""
        return int(self.kernel.shape[-2]) * self.groups

    @property
    def reach(self) -> int:
        """Products summed for one output entry, at most."""
        return prod(self.window.taps) * int(self.kernel.shape[-1] // self.groups)


def transposed_window(spec: Conv, space: tuple[int, ...], output_padding: object) -> Window:
    """The window of the convolution whose output has `space` pixels.

    The image has (size - 1) * stride + extent - pad_lo - pad_hi + output_padding pixels; with
    "same" it has size * stride.
    """
    extra = per_axis("output_padding", output_padding, spec.rank, minimum=0)
    for axis, (more, step, gap) in enumerate(zip(extra, spec.stride, spec.dilation, strict=True)):
        if more >= max(step, gap):
            raise SpecError.of(
                f"output_padding[{axis}]", more, f"less than the stride {step} or dilation {gap}"
            )
    for axis, size in enumerate(space):
        if size < 1:
            raise SpecError.of(f"x's spatial size [{axis}]", size, "a positive integer")
    if spec.padding == "same":
        if any(extra):
            raise SpecError.of("output_padding", extra, "0 with padding='same'")
        out = tuple(size * step for size, step in zip(space, spec.stride, strict=True))
        axes = spec.axes(out)
    else:
        axes = tuple(
            Axis(taps, step, gap, lo, hi)
            for taps, step, gap, (lo, hi) in zip(
                spec.kernel_size, spec.stride, spec.dilation, spec.padding, strict=True
            )
        )
        out = tuple(
            (size - 1) * a.stride + a.extent - a.pad_lo - a.pad_hi + more
            for size, a, more in zip(space, axes, extra, strict=True)
        )
    for axis, size in enumerate(out):
        if size < 1:
            raise SpecError.of(
                f"padding[{axis}]",
                (axes[axis].pad_lo, axes[axis].pad_hi),
                f"what leaves at least one pixel, not {size}",
                "pad less",
            )
    pads = tuple((a.pad_lo, a.pad_hi) for a in axes)
    return Window(spec.kernel_size, spec.stride, spec.dilation, pads, out, space)


def prepare(
    rank: int,
    x: object,
    kernel: object,
    bias: object,
    layout: object,
    output_padding: object,
    groups: int,
    dy: Array | None = None,
    **keywords: Any,
) -> Call:
    """Check every argument of a call; nothing is computed before all of them are right."""
    image, weights, form, (depth, inputs) = read_kernel(kernel, x, rank, layout, transposed=True)
    inner = form.enter_kernel(weights)
    if inputs % as_int("groups", groups, 1):
        raise SpecError.of("groups", groups, f"a divisor of the {inputs} input channels")
    spec = Conv(inner.shape[:rank], inputs, groups=groups, **keywords)
    entered = form.enter(image)
    if entered.shape[-1] != inputs:
        raise SpecError.of(
            "x.shape", image.shape, f"{inputs} channels: the kernel's shape is {weights.shape}"
        )
    window = transposed_window(spec, entered.shape[1:-1], output_padding)
    expect_room("stride", spec.stride, (len(entered), *window.space, depth * spec.groups))
    offsets, bias_shape = read_bias(bias, form, depth * spec.groups)
    return Call(
        form,
        spec.groups,
        window,
        result_dtype(x=image, kernel=weights, bias=offsets, dy=dy),
        entered,
        inner,
        offsets,
        bias_shape,
    )


def forward(call: Call) -> Array:
    """The gradient of the transposed convolution's input, plus the bias."""

    def compute(x: Array, kernel: Array, bias: Array | None) -> Array:
        return engine.conv_transpose(x, kernel, bias, call.window, call.groups)

    y = run(
        compute,
        (call.x, call.kernel, call.bias),
        call.dtype,
        lambda: peak(call.x) * peak(call.kernel) * call.reach + peak(call.bias),
        call.reach + 1,
    )
    return call.form.leave(y, call.dtype)


def gradients(call: Call, dy: Array) -> Gradients:
    """The three gradients: a convolution, its kernel gradient with the roles exchanged, a sum."""
    form, window = call.form, call.window
    expected = form.shape(len(call.x), window.space, call.outputs)
    expect_shape("dy", dy, expected, "the shape of the output")
    entered = form.enter(dy)
    largest = peak(entered) if call.dtype.kind in "iu" else 0
    terms, copies = prod(call.kernel.shape[:-1]), len(call.x) * prod(window.out)
    dx = run(
        lambda g, k: engine.conv(g, k, None, window, call.groups),
        (entered, call.kernel),
        call.dtype,
        lambda: largest * peak(call.kernel) * terms,
        terms,
    )
    dkernel = run(
        lambda v, g: engine.conv_grad_kernel(v, g, window, call.groups),
        (call.x, entered),
        call.dtype,
        lambda: largest * peak(call.x) * copies,
        copies,
    )
    pixels = len(call.x) * prod(window.space)
    dbias = run(
        lambda g: engine.conv_grad_bias(g, window, call.groups),
        (entered,),
        call.dtype,
        lambda: largest * pixels,
        pixels,
    )
    return Gradients(
        form.leave(dx, call.dtype),
        form.leave_kernel(dkernel, call.dtype),
        own(dbias.reshape(call.bias_shape), call.dtype),
    )


def forward_of(rank: int) -> Verified[..., Array]:
    """The public transposed convolution in `rank` dimensions."""

    @verified("conv_transpose", rank, "", prose.fill(prose.TRANSPOSE, rank))
    def conv_transpose(
        x: ArrayLike,
        kernel: ArrayLike,
        bias: ArrayLike | None = None,
        *,
        stride: PerAxis = 1,
        padding: Padding = 0,
        output_padding: PerAxis = 0,
        dilation: PerAxis = 1,
        groups: int = 1,
        layout: Layout = "channels_last",
    ) -> Array:
        keywords: dict[str, Any] = {"stride": stride, "padding": padding, "dilation": dilation}
        return forward(prepare(rank, x, kernel, bias, layout, output_padding, groups, **keywords))

    return conv_transpose


def backward_of(rank: int) -> Verified[..., Gradients]:
    """The public gradients of the transposed convolution in `rank` dimensions."""

    @verified("conv_transpose", rank, "_backward", prose.fill(prose.TRANSPOSE_BACKWARD, rank))
    def conv_transpose_backward(
        dy: ArrayLike,
        x: ArrayLike,
        kernel: ArrayLike,
        bias: ArrayLike | None = None,
        *,
        stride: PerAxis = 1,
        padding: Padding = 0,
        output_padding: PerAxis = 0,
        dilation: PerAxis = 1,
        groups: int = 1,
        layout: Layout = "channels_last",
    ) -> Gradients:
        flow = numbers("dy", dy)
        keywords: dict[str, Any] = {"stride": stride, "padding": padding, "dilation": dilation}
        call = prepare(rank, x, kernel, bias, layout, output_padding, groups, dy=flow, **keywords)
        return gradients(call, flow)

    return conv_transpose_backward


conv_transpose1d, conv_transpose2d, conv_transpose3d = (forward_of(rank) for rank in (1, 2, 3))
conv_transpose1d_backward, conv_transpose2d_backward, conv_transpose3d_backward = (
    backward_of(rank) for rank in (1, 2, 3)
)
