"""Convolution in one to three dimensions, forward and backward: checked, then generated code."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any, NamedTuple

import numpy as np

from convproof.errors import SpecError
from convproof.functions import activation as activations
from convproof.functions import engine, prose
from convproof.functions.arrays import (
    Array,
    ArrayLike,
    Form,
    Layout,
    Sizes,
    expect_room,
    expect_shape,
    numbers,
    own,
)
from convproof.functions.numerics import peak, result_dtype, run, working_dtype
from convproof.functions.recall import recalled
from convproof.functions.verified import Verified, verified
from convproof.functions.window import Window
from convproof.spec import Activation, Conv, Padding, PaddingMode, PerAxis


class Gradients(NamedTuple):
    """The gradients of a layer's three arrays, each in the layout of the array it belongs to."""

    x: Array
    kernel: Array
    bias: Array


@dataclass(frozen=True)
class Call:
    """One checked call: the arrays as the kernels want them, the layer, and the way back out."""

    form: Form
    spec: Conv
    window: Window
    dtype: np.dtype[Any]
    x: Array
    kernel: Array
    bias: Array | None
    bias_shape: tuple[int, ...]

    @property
    def terms(self) -> int:
        """Products summed for one output entry."""
        return int(prod(self.kernel.shape[:-1]))

    @property
    def copies(self) -> int:
        """How many positions of the bordered image one pixel can stand for, at most."""
        return prod(1 + lo + hi for lo, hi in self.window.pads) if self.window.bordered else 1

    def pre_activation(self) -> Array:
        """z + b of (10.6), in the working dtype."""

        def compute(x: Array, kernel: Array, bias: Array | None) -> Array:
            return engine.conv(x, kernel, bias, self.window, self.spec.groups)

        return run(
            compute,
            (self.x, self.kernel, self.bias),
            self.dtype,
            lambda: peak(self.x) * peak(self.kernel) * self.terms + peak(self.bias),
            self.terms + 1,
        )


def read_kernel(
    kernel: object, x: object, rank: int, layout: object, transposed: bool = False
) -> tuple[Array, Array, Form, tuple[int, int]]:
    """Check `kernel` and `x` together: (x, kernel, form, (channels a group, outputs))."""
    image, weights = numbers("x", x), numbers("kernel", kernel)
    form = Form.of("x", image.ndim, rank, layout)
    inputs, outputs_ = ("C_out", "C_in") if transposed else ("C_in", "C_out")
    channels = f"{outputs_}, {inputs}/groups"
    full = f"({channels}, *taps)" if form.first else f"(*taps, {inputs}/groups, {outputs_})"
    if weights.ndim not in (rank, rank + 2):
        raise SpecError.of(
            "kernel.ndim", weights.ndim, f"{rank + 2} for {full}, or {rank} for a plain image"
        )
    if (weights.ndim == rank) != (image.ndim == rank):
        raise SpecError.of(
            "x.ndim",
            image.ndim,
            f"{rank} with a kernel of {rank} axes, {rank + 1} or {rank + 2} with {full}",
            f"the kernel's shape is {weights.shape}",
        )
    if weights.ndim == rank:
        return image, weights, form, (1, 1)
    outputs, depth = weights.shape[:2] if form.first else weights.shape[:-3:-1]
    if min(outputs, depth) < 1:
        raise SpecError.of("kernel.shape", weights.shape, "at least one channel each way")
    return image, weights, form, (depth, outputs)


def read_bias(bias: object, form: Form, outputs: int) -> tuple[Array | None, tuple[int, ...]]:
    """Check `bias`: one number an output channel; a plain image takes a scalar too.

    Returns it as (outputs,), and the shape its gradient is to have.
    """
    if bias is None:
        return None, (outputs,) if form.channelled else ()
    array = numbers("bias", bias)
    if not form.channelled and array.shape == ():
        return array.reshape(1), ()
    expect_shape("bias", array, (outputs,), "one number for each output channel")
    return array, (outputs,)


def prepare(
    rank: int,
    x: object,
    kernel: object,
    bias: object,
    layout: object,
    dy: Array | None = None,
    **keywords: Any,
) -> Call:
    """Check every argument of a call; nothing is computed before all of them are right."""
    image, weights, form, (depth, outputs) = read_kernel(kernel, x, rank, layout)
    inner = form.enter_kernel(weights)
    entered = form.enter(image)
    space, channels = entered.shape[1:-1], entered.shape[-1]
    biased, given = bias is not None, tuple(keywords.items())
    spec, window = plan(inner.shape[:rank], outputs, biased, space, given)
    if channels != depth * spec.groups:
        raise SpecError.of(
            "x.shape",
            image.shape,
            f"{depth * spec.groups} channels, {depth} in each of groups={spec.groups}",
            f"x has {channels} and the kernel's shape is {weights.shape}",
        )
    offsets, bias_shape = read_bias(bias, form, outputs)
    dtype = result_dtype(x=image, kernel=weights, bias=offsets, dy=dy)
    activations.check(spec.activation, dtype)
    expect_room("padding", window.pads, (len(entered), *window.inner_space, channels))
    expect_room("padding", window.pads, (len(entered), *window.out, outputs))
    return Call(form, spec, window, dtype, entered, inner, offsets, bias_shape)


@recalled
def plan(
    taps: Sizes, outputs: int, biased: bool, space: Sizes, keywords: tuple[tuple[str, Any], ...]
) -> tuple[Conv, Window]:
    """The layer and its window."""
    spec = Conv(taps, outputs, bias=biased, **dict(keywords))
    window = Window.of(spec.axes(space), space, spec.padding_mode)
    check_border(window)
    return spec, window


def check_border(window: Window) -> None:
    """A border can hold only pixels there are: reflect has size - 1 of them, circular size."""
    spare = {"reflect": 1, "circular": 0}.get(window.mode)
    if spare is None:
        return
    for axis, (pair, size) in enumerate(zip(window.pads, window.space, strict=True)):
        if max(pair) > size - spare:
            raise SpecError.of(
                f"padding[{axis}]",
                pair,
                f"at most {size - spare} for padding_mode={window.mode!r} on {size} pixels",
            )


def gradients(
    rank: int,
    dy: object,
    x: object,
    kernel: object,
    bias: object,
    layout: object,
    keywords: dict[str, Any],
) -> Gradients:
    """All three gradients, in the caller's form."""
    flow = numbers("dy", dy)
    call = prepare(rank, x, kernel, bias, layout, dy=flow, **keywords)
    form, window, groups = call.form, call.window, call.spec.groups
    outputs = call.kernel.shape[-1]
    expected = form.shape(len(call.x), window.out, outputs)
    expect_shape("dy", flow, expected, "the shape of the output")
    entered = form.enter(flow)
    if call.spec.activation is not None:
        working = working_dtype(call.dtype)
        entered = activations.pull_back(
            call.spec.activation, entered.astype(working, copy=False), call.pre_activation()
        )
    copies, reach = prod(window.out) * len(call.x), call.copies * prod(window.taps)
    reach *= outputs // groups
    largest = peak(entered) if call.dtype.kind in "iu" else 0
    dx = run(
        lambda g, k: engine.conv_grad_x(g, k, window, groups),
        (entered, call.kernel),
        call.dtype,
        lambda: largest * peak(call.kernel) * reach,
        reach,
    )
    dkernel = run(
        lambda g, v: engine.conv_grad_kernel(g, v, window, groups),
        (entered, call.x),
        call.dtype,
        lambda: largest * peak(call.x) * copies,
        copies,
    )
    dbias = run(
        lambda g: engine.conv_grad_bias(g, window, groups),
        (entered,),
        call.dtype,
        lambda: largest * copies,
        copies,
    )
    return Gradients(
        form.leave(dx, call.dtype),
        form.leave_kernel(dkernel, call.dtype),
        own(dbias.reshape(call.bias_shape), call.dtype),
    )


def forward_of(rank: int) -> Verified[..., Array]:
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
    ) -> Array:
        keywords: dict[str, Any] = {
            "stride": stride,
            "padding": padding,
            "dilation": dilation,
            "groups": groups,
            "padding_mode": padding_mode,
            "activation": activation,
        }
        call = prepare(rank, x, kernel, bias, layout, **keywords)
        y = activations.apply(call.spec.activation, call.pre_activation())
        return call.form.leave(y, call.dtype)

    return conv


def backward_of(rank: int) -> Verified[..., Gradients]:
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
    ) -> Gradients:
        keywords: dict[str, Any] = {
            "stride": stride,
            "padding": padding,
            "dilation": dilation,
            "groups": groups,
            "padding_mode": padding_mode,
            "activation": activation,
        }
        return gradients(rank, dy, x, kernel, bias, layout, keywords)

    return conv_backward


conv1d, conv2d, conv3d = (forward_of(rank) for rank in (1, 2, 3))
conv1d_backward, conv2d_backward, conv3d_backward = (backward_of(rank) for rank in (1, 2, 3))
