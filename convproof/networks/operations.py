"""What each layer does to shapes and arrays, by the verified functions.

Shapes here are without the batch: (*space, C) or (features,).  Arrays have it: x (N, *shape).
A layer with an activation is two operations, so that backpropagation keeps what is between them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any, Protocol, TypeAlias

import numpy as np

from convproof import functions
from convproof.errors import SpecError
from convproof.functions import activation as activations
from convproof.functions import conv
from convproof.functions.arrays import Array, Sizes
from convproof.functions.call import facts
from convproof.functions.numerics import working_dtype
from convproof.networks.layers import Activation, Dense, Flatten, Layer
from convproof.spec import Activation as ActivationName
from convproof.spec import AvgPool, Conv, ConvTranspose, MaxPool

Parameters: TypeAlias = Mapping[str, Array]  # of one layer: "kernel", "bias"


class Operation(Protocol):
    """One step of a network."""

    def takes(self) -> int | None:
        """How many axes its input has, without the batch; None where any number will do."""

    def gives(self) -> tuple[int | None, int | None]:
        """The axes and the channels of its output; None where they are its input's."""

    def output(self, shape: Sizes) -> Sizes:
        """The output's shape for an input of `shape`; a `SpecError` where there is none."""

    def parameters(self, shape: Sizes) -> dict[str, Sizes]:
        """The shapes of its parameters for an input of `shape`."""

    def forward(self, given: Parameters, x: Array) -> Array:
        """The output for x."""

    def backward(self, given: Parameters, x: Array, dy: Array) -> tuple[Array, dict[str, Array]]:
        """The gradients for x and for the parameters, where dy is the output's."""


@dataclass(frozen=True)
class Correlate:
    """A convolution, or a transposed one, before its activation."""

    spec: Conv | ConvTranspose

    def takes(self) -> int | None:
        """Space and channels."""
        return self.spec.rank + 1

    def gives(self) -> tuple[int | None, int | None]:
        """As many axes, its own channels."""
        return self.spec.rank + 1, self.spec.out_channels

    def output(self, shape: Sizes) -> Sizes:
        """(*out, out_channels)."""
        return self.spec.output_shape(shape)

    def parameters(self, shape: Sizes) -> dict[str, Sizes]:
        """kernel (*taps, C_in/groups, C_out), transposed (*taps, C_out/groups, C_in); bias."""
        spec, outputs = self.spec, self.spec.out_channels or 0
        inner, outer = (outputs, shape[-1]) if self.transposed else (shape[-1], outputs)
        kernel = (*spec.kernel_size, inner // spec.groups, outer)
        return {"kernel": kernel, "bias": (outputs,)} if spec.bias else {"kernel": kernel}

    @property
    def transposed(self) -> bool:
        """Whether the layer is a transposed convolution."""
        return isinstance(self.spec, ConvTranspose)

    @property
    def numbers(self) -> dict[str, Any]:
        """The keywords of the verified function."""
        spec = self.spec
        names = ["stride", "padding", "dilation", "groups"]
        names.append("output_padding" if self.transposed else "padding_mode")
        return {name: getattr(spec, name) for name in names}

    @property
    def function(self) -> str:
        """The verified function's name."""
        return f"conv{'_transpose' if self.transposed else ''}{self.spec.rank}d"

    def forward(self, given: Parameters, x: Array) -> Array:
        """(10.6) without sigma."""
        run = getattr(functions, self.function)
        y: Array = run(x, given["kernel"], given.get("bias"), **self.numbers)
        return y

    def backward(self, given: Parameters, x: Array, dy: Array) -> tuple[Array, dict[str, Array]]:
        """Pooled over the copies of each weight."""
        run = getattr(functions, f"{self.function}_backward")
        found = run(dy, x, given["kernel"], given.get("bias"), **self.numbers)
        return found.x, {name: getattr(found, name) for name in given}


def weight_gradients(
    operation: Operation, given: Parameters, x: Array, dy: Array
) -> dict[str, Array]:
    """The gradients of the parameters alone, where nobody asks for x's: that of a first layer."""
    if not isinstance(operation, Correlate) or operation.transposed:
        return operation.backward(given, x, dy)[1]
    spec = operation.spec
    assert isinstance(spec, Conv)
    image, weights, offsets, known = facts(
        spec.rank, x, given["kernel"], given.get("bias"), dy.dtype
    )
    layer = (spec.stride, spec.padding, spec.dilation, spec.groups, spec.padding_mode)
    plan = conv.plan(known, "channels_last", *layer, None, None)
    with np.errstate(all="ignore"):
        image, _, _ = plan.enter(image, weights, offsets)
        dkernel, dbias = plan.of_weights(plan.form.enter(dy), image)
    gradients = {"kernel": dkernel, "bias": dbias}
    return {name: gradients[name] for name in given}


@dataclass(frozen=True)
class Pool:
    """Max- or average-pooling."""

    spec: MaxPool | AvgPool

    def takes(self) -> int | None:
        """Space and channels."""
        return self.spec.rank + 1

    def gives(self) -> tuple[int | None, int | None]:
        """As many axes, the input's channels."""
        return self.spec.rank + 1, None

    def output(self, shape: Sizes) -> Sizes:
        """(*out, C)."""
        return self.spec.output_shape(shape)

    def parameters(self, shape: Sizes) -> dict[str, Sizes]:
        """None."""
        return {}

    @property
    def numbers(self) -> dict[str, Any]:
        """The keywords of the verified function."""
        special = "dilation" if isinstance(self.spec, MaxPool) else "count_include_pad"
        names = ("stride", "padding", "ceil_mode", special)
        return {name: getattr(self.spec, name) for name in names}

    @property
    def function(self) -> str:
        """The verified function's name."""
        return f"{'max' if isinstance(self.spec, MaxPool) else 'avg'}_pool{self.spec.rank}d"

    def forward(self, given: Parameters, x: Array) -> Array:
        """(10.9), or the mean."""
        y: Array = getattr(functions, self.function)(x, self.spec.window, **self.numbers)
        return y

    @property
    def top(self) -> bool:
        """Whether it is of maxima."""
        return isinstance(self.spec, MaxPool)

    def with_winners(self, x: Array) -> tuple[Array, Array]:
        """The maxima, and what their gradient wants to know of them."""
        run = getattr(functions, self.function)
        y, winners = run(x, self.spec.window, return_indices=True, **self.numbers)
        return y, winners

    def backward(
        self, given: Parameters, x: Array, dy: Array, winners: Array | None = None
    ) -> tuple[Array, dict[str, Array]]:
        """To the first maximum, or in equal parts."""
        run = getattr(functions, f"{self.function}_backward")
        more = {} if winners is None else {"indices": winners}
        return run(dy, x, self.spec.window, **self.numbers, **more), {}


@dataclass(frozen=True)
class Connect:
    """A dense layer before its activation: a convolution with one tap on one pixel."""

    spec: Dense

    def takes(self) -> int | None:
        """Features alone."""
        return 1

    def gives(self) -> tuple[int | None, int | None]:
        """Features alone."""
        return 1, self.spec.units

    def output(self, shape: Sizes) -> Sizes:
        """(units,)."""
        if len(shape) != 1 or shape[0] < 1:
            raise SpecError.of("input_shape", shape, "(features,), at least one feature")
        return (self.spec.units,)

    def parameters(self, shape: Sizes) -> dict[str, Sizes]:
        """kernel (in, units), bias (units,)."""
        kernel = (shape[0], self.spec.units)
        return {"kernel": kernel, "bias": kernel[1:]} if self.spec.bias else {"kernel": kernel}

    def forward(self, given: Parameters, x: Array) -> Array:
        """X W + b."""
        wide = functions.conv1d(x[:, np.newaxis], given["kernel"][np.newaxis], given.get("bias"))
        return wide[:, 0]

    def backward(self, given: Parameters, x: Array, dy: Array) -> tuple[Array, dict[str, Array]]:
        """Of one pixel and one tap."""
        flow, wide = dy[:, np.newaxis], x[:, np.newaxis]
        found = functions.conv1d_backward(
            flow, wide, given["kernel"][np.newaxis], given.get("bias")
        )
        gradients = {"kernel": found.kernel[0], "bias": found.bias}
        return found.x[:, 0], {name: gradients[name] for name in given}


@dataclass(frozen=True)
class Activate:
    """An activation, entry by entry."""

    name: ActivationName

    def takes(self) -> int | None:
        """Anything."""
        return None

    def gives(self) -> tuple[int | None, int | None]:
        """What it takes."""
        return None, None

    def output(self, shape: Sizes) -> Sizes:
        """The same."""
        return shape

    def parameters(self, shape: Sizes) -> dict[str, Sizes]:
        """None."""
        return {}

    def forward(self, given: Parameters, x: Array) -> Array:
        """sigma(x)."""
        activations.check(self.name, x.dtype)
        with np.errstate(all="ignore"):  # as the verified functions: no warning of lawful input
            wide = x.astype(working_dtype(x.dtype), copy=False)
            return activations.apply(self.name, wide).astype(x.dtype, copy=False)

    def backward(self, given: Parameters, x: Array, dy: Array) -> tuple[Array, dict[str, Array]]:
        """Dy sigma'(x); the derivative of ReLU at 0 is 0."""
        dtype = np.result_type(dy, x)
        with np.errstate(all="ignore"):
            wide = (a.astype(working_dtype(a.dtype), copy=False) for a in (dy, x))
            return activations.pull_back(self.name, *wide).astype(dtype, copy=False), {}


@dataclass(frozen=True)
class Unroll:
    """All entries in one row."""

    def takes(self) -> int | None:
        """Anything."""
        return None

    def gives(self) -> tuple[int | None, int | None]:
        """Features alone."""
        return 1, None

    def output(self, shape: Sizes) -> Sizes:
        """(features,)."""
        return (prod(shape),)

    def parameters(self, shape: Sizes) -> dict[str, Sizes]:
        """None."""
        return {}

    def forward(self, given: Parameters, x: Array) -> Array:
        """Row-major."""
        return x.reshape(len(x), prod(x.shape[1:]))

    def backward(self, given: Parameters, x: Array, dy: Array) -> tuple[Array, dict[str, Array]]:
        """Back to the shape of x."""
        return dy.reshape(x.shape), {}


def operations(layer: Layer) -> list[Operation]:
    """The operations of a layer, in order; the parameters are the first's."""
    if isinstance(layer, Flatten):
        return [Unroll()]
    if isinstance(layer, Activation):
        return [Activate(layer.name)]
    if isinstance(layer, (MaxPool, AvgPool)):
        return [Pool(layer)]
    first: Operation = Connect(layer) if isinstance(layer, Dense) else Correlate(layer)
    return [first] if layer.activation is None else [first, Activate(layer.activation)]
