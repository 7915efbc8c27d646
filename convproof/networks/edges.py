"""The edges of a layer: which input entry each output entry reads, and by which weight.

One relation an axis, i = stride*o + dilation*k - pad_lo, gives them all; positions off the image
are dropped, or stand for the pixel that the padding mode shows there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from convproof.errors import SpecError
from convproof.functions.arrays import Array, Sizes
from convproof.networks.layers import Dense
from convproof.spec import AvgPool, Axis, Conv, ConvTranspose, MaxPool, PaddingMode, output_space

MOST_EDGES = 2**25


@dataclass(frozen=True, eq=False)
class Reads:
    """What the windows of a layer read: `pixels[o, k]` is output o's pixel under tap k, or -1.

    All are flat, row-major over the spatial axes; -1 stands for padding.
    """

    space: Sizes
    out: Sizes
    taps: Sizes
    pixels: Array

    @property
    def pairs(self) -> tuple[Array, Array]:
        """The (output, tap) pairs that read a pixel."""
        output, tap = np.nonzero(self.pixels >= 0)
        return output, tap


def shown(position: Array, size: int, mode: PaddingMode) -> Array:
    """The pixel that each position of one axis shows, -1 where it shows none."""
    inside = (position >= 0) & (position < size)
    if mode == "zeros":
        return np.where(inside, position, -1)
    if mode == "circular":
        return position % size
    if mode == "replicate":
        return position.clip(0, size - 1)
    period = max(2 * (size - 1), 1)
    there = position % period
    return np.where(there < size, there, period - there)


def reads(axes: Sequence[Axis], space: Sizes, mode: PaddingMode = "zeros") -> Reads:
    """What windows on `axes` read of an image of `space` pixels.

    Raises:
        SpecError: if there are more than `MOST_EDGES` pairs of a window and a tap.
    """
    out, taps = output_space(axes, space), tuple(axis.kernel for axis in axes)
    expect_few(prod(out) * prod(taps), space)
    pixels = np.zeros((1, 1), np.int64)
    for axis, size, count in zip(axes, space, out, strict=True):
        o, k = np.arange(count)[:, np.newaxis], np.arange(axis.kernel)
        one = shown(axis.stride * o + axis.dilation * k - axis.pad_lo, size, mode)
        both = pixels[:, np.newaxis, :, np.newaxis], one[np.newaxis, :, np.newaxis, :]
        joined = np.where((both[0] < 0) | (both[1] < 0), -1, both[0] * size + both[1])
        pixels = joined.reshape(len(pixels) * count, -1)
    return Reads(tuple(space), out, taps, pixels)


def expect_few(edges: int, space: Sizes) -> None:
    """Refuse more edges than memory is likely to hold."""
    if edges > MOST_EDGES:
        raise SpecError.of(
            "input_shape", space, f"sizes with at most {MOST_EDGES} edges", f"these have {edges}"
        )


@dataclass(frozen=True, eq=False)
class Edges:
    """Every edge of a linear layer on one image, each number flat and row-major.

    `outputs`, `inputs` and `weights` have one entry an edge; `positions` is the output position
    (a transposed convolution's: the input position) at which the edge's copy of the weight is.
    """

    outputs: Array
    inputs: Array
    weights: Array
    positions: Array
    output_shape: Sizes
    input_shape: Sizes
    weight_shape: Sizes


def of_conv(
    axes: Sequence[Axis], space: Sizes, mode: PaddingMode, depth: int, groups: int, outputs: int
) -> Edges:
    """The edges of a convolution with `depth` input channels a group and `outputs` in all."""
    seen = reads(axes, space, mode)
    position, tap = seen.pairs
    expect_few(len(position) * depth * outputs, space)
    pixel = seen.pixels[position, tap]
    channel, out = np.arange(depth)[:, np.newaxis], np.arange(outputs)
    group = out // (outputs // groups)
    spot, k, p = (a[:, np.newaxis, np.newaxis] for a in (position, tap, pixel))
    shape = (len(position), depth, outputs)
    return Edges(
        np.broadcast_to(spot * outputs + out, shape).ravel(),
        np.broadcast_to(p * (depth * groups) + group * depth + channel, shape).ravel(),
        np.broadcast_to((k * depth + channel) * outputs + out, shape).ravel(),
        np.broadcast_to(spot, shape).ravel(),
        (*seen.out, outputs),
        (*space, depth * groups),
        (*seen.taps, depth, outputs),
    )


def of_layer(spec: Conv | ConvTranspose | AvgPool | Dense, shape: Sizes) -> Edges:
    """The edges of a layer on one image of `shape`, (*space, C) or (features,).

    A mean's weights are its window's taps, one set for each channel.

    Raises:
        SpecError: if the layer does not take the shape, or there are too many edges.
    """
    if isinstance(spec, Dense):
        features, units = shape[0], spec.units
        expect_few(features * units, shape)
        grid = np.arange(features * units)
        return Edges(
            grid % units, grid // units, grid, grid * 0, (units,), shape, (features, units)
        )
    space, channels = shape[:-1], shape[-1]
    if isinstance(spec, ConvTranspose):
        axes, image = spec.image(space)
        depth = (spec.out_channels or 0) // spec.groups
        back = of_conv(axes, image, "zeros", depth, spec.groups, channels)
        if back.output_shape != shape:  # the convolution has its own idea of the size
            back = cut(back, shape)
        return Edges(
            back.inputs, back.outputs, back.weights, back.positions,
            back.input_shape, shape, back.weight_shape,
        )  # fmt: skip
    axes = spec.axes(space)
    if isinstance(spec, Conv):
        outputs, groups = spec.out_channels or 0, spec.groups
        return of_conv(axes, space, spec.padding_mode, channels // groups, groups, outputs)
    return of_conv(axes, space, "zeros", 1, channels, channels)


def cut(edges: Edges, shape: Sizes) -> Edges:
    """The edges of a convolution whose output is cut to, or stops short of, `shape`.

    With output padding beyond a stride the convolution has more windows than the image that the
    transposed one spreads has pixels.
    """
    places = np.stack(np.unravel_index(edges.outputs, edges.output_shape))
    kept = (places < np.array(shape)[:, np.newaxis]).all(axis=0)
    outputs = np.ravel_multi_index(tuple(places[:, kept]), shape)
    return Edges(
        outputs, edges.inputs[kept], edges.weights[kept], outputs // shape[-1],
        shape, edges.input_shape, edges.weight_shape,
    )  # fmt: skip


def window_members(spec: MaxPool, shape: Sizes) -> list[Array]:
    """For each output entry of a max-pool on one image, the input entries of its window."""
    space, channels = shape[:-1], shape[-1]
    seen = reads(spec.axes(space), space)
    expect_few(seen.pixels.size * channels, space)
    return [
        row[row >= 0] * channels + channel for row in seen.pixels for channel in range(channels)
    ]
