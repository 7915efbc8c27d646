"""Layers on arrays turned inside out, (C, *space, N): the images lie side by side in memory.

Where channels are few and images many, as where small networks are trained, every copy and every
loop then runs over the images.  A pool is the same for each channel and each image, so it takes
such an array as one of C images with N channels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from convproof.functions import activation as activations
from convproof.functions import conv, pooling
from convproof.functions.arrays import Array, Sizes
from convproof.functions.correlation import Correlation
from convproof.functions.reduction import Pool as Kernels
from convproof.networks.operations import Activate, Connect, Correlate, Parameters, Pool, Unroll
from convproof.networks.shapes import Part, shapes
from convproof.schedules import REGISTRY
from convproof.spec import Activation, Conv, MaxPool

SCHEDULE = "images_last"
CHANNELS, IMAGES = 16, 16  # at most, and at least: with 32 channels it is slower
WORKED = ("float32", "float64")  # what is computed with as it is


class Work(Protocol):
    """What an operation does with arrays."""

    def forward(self, given: Parameters, x: Array) -> Array:
        """The output for x."""

    def backward(self, given: Parameters, x: Array, dy: Array) -> tuple[Array, dict[str, Array]]:
        """The gradients for x and for the parameters, where dy is the output's."""


def turned(array: Array) -> Array:
    """(N, *space, C) as (C, *space, N) or back, side by side in memory."""
    return np.ascontiguousarray(array.swapaxes(0, -1))


@dataclass(frozen=True)
class TurnedConv:
    """A convolution whose images are turned; kernel and bias are as ever."""

    run: Correlation

    def forward(self, given: Parameters, x: Array) -> Array:
        """(10.6) without sigma."""
        return turned(self.run.forward(x.swapaxes(0, -1), given["kernel"], given.get("bias")))

    def backward(self, given: Parameters, x: Array, dy: Array) -> tuple[Array, dict[str, Array]]:
        """Pooled over the copies of each weight."""
        return self.image(given, dy), self.weights(given, x, dy)

    def image(self, given: Parameters, dy: Array) -> Array:
        """The gradient for x alone."""
        return turned(self.run.gradient_x(dy.swapaxes(0, -1), given["kernel"]))

    def weights(self, given: Parameters, x: Array, dy: Array) -> dict[str, Array]:
        """The gradients of kernel and bias alone."""
        flow = dy.swapaxes(0, -1)
        found = {"kernel": self.run.gradient_kernel(flow, x.swapaxes(0, -1))}
        if "bias" in given:
            found["bias"] = self.run.gradient_bias(flow)
        return found


@dataclass(frozen=True)
class TurnedMaxPool:
    """A maximum, channel by channel and image by image, with the winners kept for its gradient."""

    run: Kernels
    top = True

    def forward(self, given: Parameters, x: Array) -> Array:
        """(10.9)."""
        return self.run.forward(x)

    def with_winners(self, x: Array) -> tuple[Array, Any]:
        """The maxima, and what their gradient wants to know of them."""
        return self.run.duels(x)

    def backward(
        self, given: Parameters, x: Array, dy: Array, winners: Any = None
    ) -> tuple[Array, dict[str, Array]]:
        """To the first maximum."""
        return self.run.gradient(dy, x) if winners is None else self.run.followed(dy, winners), {}


@dataclass(frozen=True)
class TurnedUnroll:
    """All entries of an image in one row, in the order of (*space, C)."""

    def forward(self, given: Parameters, x: Array) -> Array:
        """Row-major."""
        return turned(x).reshape(x.shape[-1], -1)

    def backward(self, given: Parameters, x: Array, dy: Array) -> tuple[Array, dict[str, Array]]:
        """Back to the shape of x."""
        return turned(dy.reshape(x.shape[-1], *x.shape[1:-1], x.shape[0])), {}


@dataclass(frozen=True)
class Rows:
    """A dense layer on rows of features: the matrix product that one tap on one pixel is."""

    def forward(self, given: Parameters, x: Array) -> Array:
        """X W + b."""
        y: Array = x.dot(given["kernel"])
        if "bias" in given:
            y += given["bias"]
        return y

    def backward(self, given: Parameters, x: Array, dy: Array) -> tuple[Array, dict[str, Array]]:
        """Of one pixel and one tap."""
        found = {"kernel": x.T.dot(dy)}
        if "bias" in given:
            found["bias"] = np.add.reduce(dy, axis=0)
        return dy.dot(given["kernel"].T), found


@dataclass(frozen=True)
class Entries:
    """An activation of floats that are computed with as they are."""

    name: Activation

    def forward(self, given: Parameters, x: Array) -> Array:
        """sigma(x)."""
        return activations.apply(self.name, x)

    def backward(self, given: Parameters, x: Array, dy: Array) -> tuple[Array, dict[str, Array]]:
        """Dy sigma'(x)."""
        return activations.pull_back(self.name, dy, x), {}


def turns(parts: Sequence[Part], image: Array, held: Mapping[str, Array]) -> bool:
    """Whether images are better turned on their way through these layers to an `Unroll`."""
    ahead = [part.operation for part in parts]
    kinds = [type(one) for one in ahead]
    if Unroll not in kinds or image.dtype.name not in WORKED or len(image) < IMAGES:
        return False
    convs = [one.spec for one in ahead[: kinds.index(Unroll)] if isinstance(one, Correlate)]
    channels = [image.shape[-1], *(spec.out_channels or 0 for spec in convs)]
    plain = bool(convs) and all(isinstance(spec, Conv) for spec in convs)
    same = all(one.dtype == image.dtype for one in held.values())
    return plain and same and max(channels) <= CHANNELS


def turning(parts: Sequence[Part], image: Array) -> list[Work]:
    """What the operations do with images that are turned, up to where an image is one row."""
    found: list[Work] = []
    sizes, count, dtype = shapes(parts, image.shape[1:]), len(image), image.dtype
    square = True
    for part, size in zip(parts, sizes, strict=False):
        operation: Any = part.operation
        spec = getattr(operation, "spec", None)
        work: Work = operation
        if isinstance(operation, Unroll) and square:
            work, square = TurnedUnroll(), False
        elif isinstance(operation, Connect):
            work = Rows()
        elif isinstance(operation, Activate):
            work = Entries(operation.name)
        elif square and isinstance(spec, Conv):
            work = TurnedConv(correlation(spec, (count, *size), dtype))
        elif square and isinstance(operation, Pool) and isinstance(spec, MaxPool):
            work = TurnedMaxPool(maxima(spec, (size[-1], *size[:-1], count), dtype))
        found.append(work)
    return found


def correlation(spec: Conv, shape: Sizes, dtype: np.dtype[Any]) -> Correlation:
    """A layer on images of (N, *space, C), by the schedule for turned ones where it suits."""
    outputs = spec.out_channels or 0
    kernel = (*spec.kernel_size, shape[-1] // spec.groups, outputs)
    bias = ((outputs,), dtype) if spec.bias else None
    known = (spec.rank, (shape, dtype), (kernel, dtype), bias, dtype)
    numbers = (spec.stride, spec.padding, spec.dilation, spec.groups, spec.padding_mode)
    plain = conv.plan(known, "channels_last", *numbers, None, None).layer
    assert isinstance(plain, Correlation)
    suits = REGISTRY[SCHEDULE].suits("forward", plain.layer)
    return replace(plain, asked=SCHEDULE) if suits else plain


def maxima(spec: MaxPool, shape: Sizes, dtype: np.dtype[Any]) -> Kernels:
    """A maximum on images of that shape."""
    numbers = (spec.window, spec.stride, spec.padding, spec.ceil_mode, spec.dilation)
    known = (spec.rank, "max", shape, dtype, "forward")
    return pooling.plan(known, "channels_last", *numbers, None).pool
