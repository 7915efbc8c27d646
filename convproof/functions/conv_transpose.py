"""Transposed convolution: the derived input gradient of a convolution, run as a layer.

It takes the output of a convolution to the shape of its input, by the same kernel, in the same
layout: its forward is that convolution's gradient for x, and its own gradient for x is the
convolution.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.errors import SpecError
from convproof.functions import prose
from convproof.functions.arrays import Array, ArrayLike, Layout, numbers
from convproof.functions.call import Facts, Gradients, Plan, facts, read_bias, read_kernel
from convproof.functions.correlation import Correlation, Transposed
from convproof.functions.numerics import computed_in, result_dtype
from convproof.functions.ready import Ready
from convproof.functions.recall import recalled
from convproof.functions.room import expect_pixels, growth_of_transposed
from convproof.functions.signatures import TransposeBackward, TransposeForward
from convproof.functions.verified import verified
from convproof.lower.parallel import threads
from convproof.schedules.layer import Layer, Window
from convproof.spec import ConvTranspose, Padding, PerAxis, as_int


def transposed_window(spec: ConvTranspose, space: tuple[int, ...]) -> Window:
    """The window of the convolution whose output has `space` pixels."""
    axes, out = spec.image(space)
    pads = tuple((a.pad_lo, a.pad_hi) for a in axes)
    return Window(spec.kernel_size, spec.stride, spec.dilation, pads, out, space)


@recalled
def plan(
    known: tuple[int, Facts, Facts, Facts | None, np.dtype[Any] | None],
    layout: Any,
    stride: Any,
    padding: Any,
    output_padding: Any,
    dilation: Any,
    groups: Any,
) -> Plan:
    """Check every argument of a call; nothing is computed before all of them are right."""
    rank, (x, x_dtype), (kernel, kernel_dtype), bias, dy = known
    form, taps, depth, inputs = read_kernel(kernel, x, rank, layout, transposed=True)
    images, space, channels = form.sizes(x)
    expect_pixels(x, space)
    if inputs % as_int("groups", groups, 1):
        raise SpecError.of("groups", groups, f"a divisor of the {inputs} input channels")
    spec = ConvTranspose(
        taps,
        depth * groups,
        stride=stride,
        padding=padding,
        output_padding=output_padding,
        dilation=dilation,
        groups=groups,
    )
    if channels != inputs:
        raise SpecError.of("x.shape", x, f"{inputs} channels: the kernel's shape is {kernel}")
    window = transposed_window(spec, space)
    outputs = depth * spec.groups
    growth = growth_of_transposed(spec, space, stride, dilation, x=x, kernel=kernel)
    growth.expect_room((images, *window.space, outputs))
    bias_shape = read_bias(bias, form, outputs)
    dtype = result_dtype(x=x_dtype, kernel=kernel_dtype, bias=bias and bias[1], dy=dy)
    sizes = (images, depth, spec.groups, inputs // spec.groups)
    base = Layer("conv", window, *sizes, computed_in(dtype).itemsize, threads())
    layer = Transposed(Correlation(base, None, dtype.kind in "iu"))
    y_shape = form.shape(images, window.space, outputs)
    return Plan(form, layer, None, dtype, y_shape, bias_shape, growth)


def forward_of(rank: int) -> TransposeForward:
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
    ) -> Ready[Array]:
        image, weights, offsets, known = facts(rank, x, kernel, bias)
        layer = (layout, stride, padding, output_padding, dilation, groups)
        return plan(known, *layer).ahead(image, weights, offsets)

    return conv_transpose


def backward_of(rank: int) -> TransposeBackward:
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
    ) -> Ready[Gradients]:
        flow = numbers("dy", dy)
        image, weights, offsets, known = facts(rank, x, kernel, bias, flow.dtype)
        layer = (layout, stride, padding, output_padding, dilation, groups)
        return plan(known, *layer).back(flow, image, weights, offsets)

    return conv_transpose_backward


conv_transpose1d, conv_transpose2d, conv_transpose3d = (forward_of(rank) for rank in (1, 2, 3))
conv_transpose1d_backward, conv_transpose2d_backward, conv_transpose3d_backward = (
    backward_of(rank) for rank in (1, 2, 3)
)
