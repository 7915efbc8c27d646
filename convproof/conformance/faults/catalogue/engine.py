"""The definitions tap by tap, with handles to get them wrong by.

Written for the mistakes alone, on NumPy and `reference`'s count of windows; the tests hold its
right answers to `reference`.  Everything is computed in float64, exact on small integers.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from convproof.laws.axis import Axis
from convproof.laws.case import Case
from convproof.reference import divisor, output_size

Array = np.ndarray[Any, Any]
Index = tuple[Array, ...]
Tap = tuple[int, ...]


def out_space(case: Case) -> tuple[int, ...]:
    """Output pixels on each axis, counted; ValueError where no window fits."""
    sizes = tuple(output_size(a, n) for a, n in zip(case.axes, case.space, strict=True))
    if min(sizes) < 1:
        raise ValueError("no window fits")
    return sizes


def sizes_of(case: Case) -> tuple[int, ...]:
    """The output's size: a backward is given it with dy, whatever its parameters say."""
    return out_space(case) if case.dy is None else tuple(case.dy.shape[1:-1])


def taps(
    axes: Sequence[Axis], space: Sequence[int], out: Sequence[int]
) -> Iterator[tuple[Tap, Index, Index]]:
    """Each tap with the outputs and the inputs it connects, one index array an axis."""
    for tap in itertools.product(*(range(axis.kernel) for axis in axes)):
        outs, ins = [], []
        for axis, k, size, count in zip(axes, tap, space, out, strict=True):
            o = np.arange(count)
            i = axis.stride * o + axis.dilation * k - axis.pad_lo
            inside = (i >= 0) & (i < size)
            outs.append(o[inside])
            ins.append(i[inside])
        yield tap, tuple(outs), tuple(ins)


def _at(count: int, where: Index, channels: Array) -> tuple[Array, ...]:
    return np.ix_(np.arange(count), *where, channels)


def as_float(array: Array | None) -> Array:
    """In float64, where small integers are exact."""
    if array is None:
        raise ValueError("the call has no such array")
    return np.asarray(array, dtype=np.float64)


def group_channels(case: Case) -> list[tuple[Array, Array]]:
    """(input channels, output channels) of each group."""
    kernel = as_float(case.kernel)
    depth, width = kernel.shape[-2], kernel.shape[-1] // case.groups
    return [
        (np.arange(g * depth, (g + 1) * depth), np.arange(g * width, (g + 1) * width))
        for g in range(case.groups)
    ]


def conv(
    case: Case,
    *,
    out: Sequence[int] | None = None,
    wiring: Sequence[tuple[Array, Array]] | None = None,
    bias: bool = True,
    skip: Callable[[Tap], bool] = lambda tap: False,
) -> Array:
    """The forward; `wiring` says which input channels each set of output channels reads."""
    x, kernel = as_float(case.x), as_float(case.kernel)
    sizes = out_space(case) if out is None else tuple(out)
    y = np.zeros((len(x), *sizes, kernel.shape[-1]))
    for tap, outs, ins in taps(case.axes, case.space, sizes):
        if skip(tap):
            continue
        for inputs, outputs in wiring or group_channels(case):
            y[_at(len(x), outs, outputs)] += x[_at(len(x), ins, inputs)] @ kernel[tap][:, outputs]
    return y if case.bias is None or not bias else y + as_float(case.bias)


def conv_dx(
    case: Case,
    *,
    merge: str = "add",
    wiring: Sequence[tuple[Array, Array]] | None = None,
    space: Sequence[int] | None = None,
) -> Array:
    """The input's gradient; `merge` says what overlapping windows do: add, first, last, mean."""
    dy, kernel = as_float(case.dy), as_float(case.kernel)
    sizes = tuple(space or case.space)
    dx = np.zeros((len(dy), *sizes, case.x.shape[-1]))
    hits = np.zeros_like(dx)
    steps = list(taps(case.axes, sizes, dy.shape[1:-1]))
    if merge == "last":  # a later window reaches a pixel by an earlier tap
        steps.reverse()
    for tap, outs, ins in steps:
        for inputs, outputs in wiring or group_channels(case):
            flow = dy[_at(len(dy), outs, outputs)] @ kernel[tap][:, outputs].T
            place = _at(len(dy), ins, inputs)
            if merge in ("first", "last"):
                dx[place] = flow
            else:
                dx[place] += flow
            hits[place] += 1
    return dx / np.maximum(hits, 1) if merge == "mean" else dx


def conv_dkernel(
    case: Case,
    *,
    weight: Array | None = None,
    wiring: Sequence[tuple[Array, Array]] | None = None,
) -> Array:
    """The kernel's gradient; `weight` (broadcast over dy) says which copies count, and how much."""
    dy, x = as_float(case.dy), as_float(case.x)
    dy = dy if weight is None else dy * weight
    dkernel = np.zeros(as_float(case.kernel).shape)
    for tap, outs, ins in taps(case.axes, case.space, dy.shape[1:-1]):
        for inputs, outputs in wiring or group_channels(case):
            left = x[_at(len(x), ins, inputs)].reshape(-1, len(inputs))
            flow = dy[_at(len(x), outs, outputs)].reshape(-1, len(outputs))
            place: Any = (*tap, slice(None), outputs)
            dkernel[place] += (left.T @ flow).T
    return dkernel


def conv_gradients(case: Case) -> dict[str, Array]:
    """dx, dkernel and dbias (where there is a bias)."""
    dy = as_float(case.dy)
    out = {"dx": conv_dx(case), "dkernel": conv_dkernel(case)}
    if case.bias is not None:
        out["dbias"] = dy.sum(axis=tuple(range(dy.ndim - 1)))
    return out


def patches(case: Case, fill: float) -> tuple[Array, Array]:
    """Every window's pixels, padding as `fill`, on one last axis; and whether each is a pixel.

    Shapes (N, *out, C, taps) and (*out, taps); taps in row-major order.
    """
    x, sizes = as_float(case.x), sizes_of(case)
    steps = list(taps(case.axes, case.space, sizes))
    values = np.full((len(x), *sizes, x.shape[-1], len(steps)), fill)
    real = np.zeros((*sizes, len(steps)), bool)
    channels = np.arange(x.shape[-1])
    for number, (_, outs, ins) in enumerate(steps):
        place: Any = (*_at(len(x), outs, channels), number)
        values[place] = x[_at(len(x), ins, channels)]
        window: Any = (*np.ix_(*outs), number)
        real[window] = True
    return values, real


def max_pool(case: Case, *, fill: float = -np.inf) -> Array:
    """The forward maximum; a NaN is one."""
    values, _ = patches(case, fill)
    top: Array = values.max(axis=-1)
    return top


def first_winner(values: Array, *, last: bool = False) -> Array:
    """One-hot over the taps: the first (or last) maximum, a NaN being one."""
    rank = np.where(np.isnan(values), np.inf, values)
    nan = np.isnan(values).any(-1, keepdims=True)
    rank = np.where(nan, np.where(np.isnan(values), 1.0, -np.inf), rank)
    turned = rank[..., ::-1] if last else rank
    place = turned.argmax(axis=-1)
    place = values.shape[-1] - 1 - place if last else place
    hot: Array = np.arange(values.shape[-1]) == place[..., None]
    return hot


def spread(case: Case, shares: Array, *, merge: str = "add") -> Array:
    """Each window's dy to its taps by `shares` (N, *out, C, taps), overlaps merged."""
    dy = as_float(case.dy)
    sizes = dy.shape[1:-1]
    dx = np.zeros(case.x.shape)
    channels = np.arange(case.x.shape[-1])
    steps = list(enumerate(taps(case.axes, case.space, sizes)))
    for number, (_, outs, ins) in reversed(steps) if merge == "last" else steps:
        source = _at(len(dy), outs, channels)
        chosen: Any = (*source, number)
        share = shares[chosen]
        place, flow = _at(len(dy), ins, channels), dy[source] * share
        if merge == "add":
            dx[place] += flow
        else:
            dx[place] = np.where(share != 0, flow, dx[place])
    return dx


def max_pool_dx(case: Case, *, last: bool = False, merge: str = "add") -> Array:
    """The gradient of each window's first (or last) maximum."""
    values, real = patches(case, -np.inf)
    values = np.where(real[None, ..., None, :], values, -np.inf)
    hot = first_winner(values, last=last) & real[None, ..., None, :]
    return spread(case, hot.astype(float), merge=merge)


def divisors(case: Case, include: bool | None = None) -> Array:
    """How many positions each window's mean counts."""
    sizes = sizes_of(case)
    counts_padding = case.count_include_pad if include is None else include
    total = np.ones(sizes)
    for number, (axis, size, count) in enumerate(zip(case.axes, case.space, sizes, strict=True)):
        line = np.array([divisor(axis, size, o, counts_padding) for o in range(count)], float)
        shape = [1] * len(sizes)
        shape[number] = count
        total = total * line.reshape(shape)
    return np.maximum(total, 1.0)


def avg_pool(case: Case, *, by: Array | None = None) -> Array:
    """The forward mean; `by` replaces the divisor (*out)."""
    values, _ = patches(case, 0.0)
    counts = divisors(case) if by is None else np.broadcast_to(by, sizes_of(case))
    mean: Array = values.sum(axis=-1) / counts[..., None]
    return mean


def avg_pool_dx(case: Case, *, by: Array | None = None, merge: str = "add") -> Array:
    """The gradient of the mean."""
    counts = divisors(case) if by is None else np.broadcast_to(by, sizes_of(case))
    number = int(np.prod(case.taps))
    shares = np.broadcast_to(
        1.0 / counts[None, ..., None, None], (len(case.x), *counts.shape, case.x.shape[-1], number)
    )
    return spread(case, shares, merge=merge)
