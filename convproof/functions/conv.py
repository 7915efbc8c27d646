"""Convolution in one to three dimensions, forward and backward: checked, then generated code."""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.errors import SpecError, shown
from convproof.functions import activation as activations
from convproof.functions import prose
from convproof.functions.arrays import Array, ArrayLike, Layout, numbers
from convproof.functions.call import Facts, Gradients, Plan, facts, read_bias, read_kernel
from convproof.functions.correlation import Correlation
from convproof.functions.numerics import computed_in, result_dtype
from convproof.functions.ready import Ready
from convproof.functions.recall import recalled
from convproof.functions.room import expect_fit, expect_pixels, growth_of_padding
from convproof.functions.selection import check_schedule
from convproof.functions.signatures import ConvBackward, ConvForward
from convproof.functions.verified import verified
from convproof.lower.parallel import threads
from convproof.schedules.layer import Layer, Window
from convproof.schedules.registry import Goal
from convproof.spec import Activation, Conv, Padding, PaddingMode, PerAxis

FORWARD: tuple[Goal, ...] = ("forward",)
BACKWARD: tuple[Goal, ...] = ("gradient x", "gradient kernel")


@recalled
def plan(
    known: tuple[int, Facts, Facts, Facts | None, np.dtype[Any] | None],
    layout: Any,
    stride: Any,
    padding: Any,
    dilation: Any,
    groups: Any,
    padding_mode: Any,
    activation: Any,
    schedule: Any,
) -> Plan:
    """Check every argument of a call; nothing is computed before all of them are right."""
    rank, (x, x_dtype), (kernel, kernel_dtype), bias, dy = known
    form, taps, depth, outputs = read_kernel(kernel, x, rank, layout)
    images, space, channels = form.sizes(x)
    expect_pixels(x, space)
    spec = Conv(
        taps,
        outputs,
        stride=stride,
        padding=padding,
        dilation=dilation,
        groups=groups,
        padding_mode=padding_mode,
        activation=activation,
        bias=bias is not None,
    )
    axes = spec.axes(space)
    expect_fit(axes, space, "kernel.shape", kernel, dilation)
    window = Window.of(axes, space, spec.padding_mode)
    if channels != depth * spec.groups:
        raise SpecError.of(
            "x.shape",
            x,
            f"{shown(depth * spec.groups)} channels, {depth} in each of groups={shown(groups)}",
            f"x has {channels} and the kernel's shape is {kernel}",
        )
    bias_shape = read_bias(bias, form, outputs)
    dtype = result_dtype(x=x_dtype, kernel=kernel_dtype, bias=bias and bias[1], dy=dy)
    activations.check(spec.activation, dtype)
    growth = growth_of_padding(space, window.pads, padding, dilation, x=x, kernel=kernel)
    growth.expect_room((images, *window.inner_space, channels), (images, *window.out, outputs))
    sizes = (images, depth, spec.groups, outputs // spec.groups)
    layer = Layer("conv", window, *sizes, computed_in(dtype).itemsize, threads())
    exact = dtype.kind in "iu"
    check_schedule(schedule, layer, FORWARD if dy is None else BACKWARD, exact)
    y_shape = form.shape(images, window.out, outputs)
    runs = Correlation(layer, schedule, exact)
    same = x_dtype == kernel_dtype == computed_in(dtype) == dtype
    same = same and (bias is None or bias[1] == dtype) and dy in (None, dtype)
    plain = same and form.batched and not form.first and spec.activation is None
    return Plan(form, runs, spec.activation, dtype, y_shape, bias_shape, growth, plain)


def forward_of(rank: int) -> ConvForward:
    """The public convolution in `rank` dimensions."""

    @verified("conv", rank, "", prose.fill(prose.CONV, rank))
    def conv(
        x: ArrayLike,
        kernel: ArrayLike,
        bias: ArrayLike | None = None,
        *,
        stride: PerAxis = 1,
        padding: Padding = 0,
        dilation: PerAxis = 1,
        groups: int = 1,
        padding_mode: PaddingMode = "zeros",
        activation: Activation | None = None,
        layout: Layout = "channels_last",
        schedule: str | None = None,
    ) -> Ready[Array]:
        image, weights, offsets, known = facts(rank, x, kernel, bias)
        layer = (layout, stride, padding, dilation, groups, padding_mode, activation, schedule)
        return plan(known, *layer).ahead(image, weights, offsets)

    return conv


def backward_of(rank: int) -> ConvBackward:
    """The public gradients of the convolution in `rank` dimensions."""

    @verified("conv", rank, "_backward", prose.fill(prose.CONV_BACKWARD, rank))
    def conv_backward(
        dy: ArrayLike,
        x: ArrayLike,
        kernel: ArrayLike,
        bias: ArrayLike | None = None,
        *,
        stride: PerAxis = 1,
        padding: Padding = 0,
        dilation: PerAxis = 1,
        groups: int = 1,
        padding_mode: PaddingMode = "zeros",
        activation: Activation | None = None,
        layout: Layout = "channels_last",
        schedule: str | None = None,
    ) -> Ready[Gradients]:
        flow = numbers("dy", dy)
        image, weights, offsets, known = facts(rank, x, kernel, bias, flow.dtype)
        layer = (layout, stride, padding, dilation, groups, padding_mode, activation, schedule)
        return plan(known, *layer).back(flow, image, weights, offsets)

    return conv_backward


conv1d, conv2d, conv3d = (forward_of(rank) for rank in (1, 2, 3))
conv1d_backward, conv2d_backward, conv3d_backward = (backward_of(rank) for rank in (1, 2, 3))
