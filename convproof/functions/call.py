"""A call of a convolution: what its shapes and keywords decide, and then its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from convproof.errors import SpecError
from convproof.functions import activation as activations
from convproof.functions.arrays import KINDS, Array, Form, Sizes, expect_shape, numbers, own
from convproof.functions.correlation import Linear
from convproof.functions.numerics import peak, run, working_dtype
from convproof.functions.ready import Ready
from convproof.functions.room import Growth
from convproof.spec import Activation

Facts: TypeAlias = tuple[Sizes, np.dtype[Any]]  # what is decided by: an array's shape and dtype
Known: TypeAlias = tuple[int, Facts, Facts, Facts | None, np.dtype[Any] | None]
GOOD = KINDS[True]


class Gradients(NamedTuple):
    """The gradients of a layer's three arrays, each in the layout of the array it belongs to."""

    x: Array
    kernel: Array
    bias: Array


@dataclass(frozen=True, eq=False)
class Plan:
    """What is decided before any number is looked at, once for all calls alike."""

    form: Form
    layer: Linear
    activation: Activation | None
    dtype: np.dtype[Any]
    y_shape: Sizes  # as the caller holds the output
    bias_shape: Sizes  # of the bias's gradient
    growth: Growth  # what to blame if memory does not hold the arrays
    plain: bool = False  # the arrays are batched, channels last, and of the dtype computed in

    def pre_activation(self, x: Array, kernel: Array, bias: Array | None) -> Array:
        """z + b of (10.6), in the working dtype."""
        terms = self.layer.terms
        return run(
            self.layer.forward,
            (x, kernel, bias),
            self.dtype,
            lambda: peak(x) * peak(kernel) * terms + peak(bias),
            terms + 1,
        )

    def ahead(self, x: Array, kernel: Array, bias: Array | None) -> Ready[Array]:
        """The call of a forward."""
        arrays = (x, kernel) if bias is None else (x, kernel, bias)
        return Ready(self.straight if self.plain else self.forward, arrays, self.growth)

    def straight(self, x: Array, kernel: Array, bias: Array | None = None) -> Array:
        """The output, where the caller's form is the kernels' own."""
        return self.layer.forward(np.ascontiguousarray(x), np.ascontiguousarray(kernel), bias)

    def forward(self, x: Array, kernel: Array, bias: Array | None = None) -> Array:
        """The output, in the caller's form."""
        arrays = self.enter(x, kernel, bias)
        y = activations.apply(self.activation, self.pre_activation(*arrays))
        return self.form.leave(y, self.dtype)

    def enter(
        self, x: Array, kernel: Array, bias: Array | None
    ) -> tuple[Array, Array, Array | None]:
        """The caller's arrays as the kernels want them."""
        offsets = None if bias is None else bias.reshape(-1)
        return self.form.enter(x), self.form.enter_kernel(kernel), offsets

    def back(self, dy: Array, x: Array, kernel: Array, bias: Array | None) -> Ready[Gradients]:
        """The call of a backward, for a dy of the right shape."""
        expect_shape("dy", dy.shape, self.y_shape, "the shape of the output")
        arrays = (dy, x, kernel) if bias is None else (dy, x, kernel, bias)
        return Ready(self.straight_back if self.plain else self.gradients, arrays, self.growth)

    def straight_back(
        self, dy: Array, x: Array, kernel: Array, bias: Array | None = None
    ) -> Gradients:
        """All three gradients, where the caller's form is the kernels' own."""
        layer, dtype = self.layer, self.dtype
        dy, x = np.ascontiguousarray(dy), np.ascontiguousarray(x)
        return Gradients(
            own(layer.gradient_x(dy, np.ascontiguousarray(kernel)), dtype),
            own(layer.gradient_kernel(dy, x), dtype),
            own(layer.gradient_bias(dy), dtype),
        )

    def gradients(self, dy: Array, x: Array, kernel: Array, bias: Array | None = None) -> Gradients:
        """All three gradients, in the caller's form."""
        x, kernel, bias = self.enter(x, kernel, bias)
        flow, layer = self.form.enter(dy), self.layer
        if self.activation is not None:
            flow = flow.astype(working_dtype(self.dtype), copy=False)
            z = self.pre_activation(x, kernel, bias)
            flow = activations.pull_back(self.activation, flow, z)
        largest = self.largest(flow)
        dx = run(
            layer.gradient_x,
            (flow, kernel),
            self.dtype,
            lambda: largest * peak(kernel) * layer.spread,
            layer.spread,
        )
        return Gradients(self.form.leave(dx, self.dtype), *self.of_weights(flow, x))

    def largest(self, flow: Array) -> int:
        """The largest magnitude of an integer flow; 0 for floats, which need no bound."""
        return peak(flow) if self.dtype.kind in "iu" else 0

    def of_weights(self, flow: Array, x: Array) -> tuple[Array, Array]:
        """The gradients of kernel and bias, in the caller's form, from arrays that have entered."""
        layer, largest = self.layer, self.largest(flow)
        dkernel = run(
            layer.gradient_kernel,
            (flow, x),
            self.dtype,
            lambda: largest * peak(x) * layer.copies,
            layer.copies,
        )
        dbias = run(
            layer.gradient_bias, (flow,), self.dtype, lambda: largest * layer.spots, layer.spots
        )
        dkernel = self.form.leave_kernel(dkernel, self.dtype)
        return dkernel, own(dbias.reshape(self.bias_shape), self.dtype)


def facts(
    rank: int, x: object, kernel: object, bias: object, dy: np.dtype[Any] | None = None
) -> tuple[Array, Array, Array | None, Known]:
    """The arrays of a call, and what a plan may know of them."""
    image = x if type(x) is np.ndarray and x.dtype in GOOD else numbers("x", x)
    weights = (
        kernel if type(kernel) is np.ndarray and kernel.dtype in GOOD else numbers("kernel", kernel)
    )
    of_x, of_kernel = (image.shape, image.dtype), (weights.shape, weights.dtype)
    if bias is None:
        return image, weights, None, (rank, of_x, of_kernel, None, dy)
    offsets = numbers("bias", bias)
    return image, weights, offsets, (rank, of_x, of_kernel, (offsets.shape, offsets.dtype), dy)


def read_kernel(
    kernel: Sizes, x: Sizes, rank: int, layout: object, transposed: bool = False
) -> tuple[Form, Sizes, int, int]:
    """Check the shapes of kernel and x together: (form, taps, channels a group, outputs)."""
    form = Form.of("x", len(x), rank, layout)
    inputs, outputs_ = ("C_out", "C_in") if transposed else ("C_in", "C_out")
    channels = f"{outputs_}, {inputs}/groups"
    full = f"({channels}, *taps)" if form.first else f"(*taps, {inputs}/groups, {outputs_})"
    if len(kernel) not in (rank, rank + 2):
        raise SpecError.of(
            "kernel.ndim", len(kernel), f"{rank + 2} for {full}, or {rank} for a plain image"
        )
    if (len(kernel) == rank) != (len(x) == rank):
        raise SpecError.of(
            "x.ndim",
            len(x),
            f"{rank} with a kernel of {rank} axes, {rank + 1} or {rank + 2} with {full}",
            f"the kernel's shape is {kernel}",
        )
    if min(kernel, default=1) < 1:
        allowed = "at least one tap on each axis, and one channel each way"
        raise SpecError.of("kernel.shape", kernel, allowed)
    if len(kernel) == rank:
        return form, kernel, 1, 1
    outputs, depth = kernel[:2] if form.first else kernel[:-3:-1]
    return form, kernel[2:] if form.first else kernel[:rank], depth, outputs


def read_bias(bias: Facts | None, form: Form, outputs: int) -> Sizes:
    """Check `bias`: one number an output channel; a plain image takes a scalar too.

    Returns the shape its gradient is to have.
    """
    if bias is None:
        return (outputs,) if form.channelled else ()
    if not form.channelled and bias[0] == ():
        return ()
    expect_shape("bias", bias[0], (outputs,), "one number for each output channel")
    return (outputs,)
