"""The definitions as plain loops: the oracle everything else is judged by.

Written for being obviously right, not for speed, and sharing nothing with the code it judges:
it imports nothing of this package and even counts the output positions one by one.  Arrays are
channels last: x (N, *space, C), kernel (*taps, C/groups, M).  Every function works for any dtype
that has + and *, exact integers, fractions and symbols (dtype object) included.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, Literal, Protocol

import numpy as np

Array = np.ndarray[Any, Any]
Index = tuple[int, ...]
PaddingMode = Literal["zeros", "circular", "reflect", "replicate"]
ALL = slice(None)


class Axis(Protocol):
    """The numbers of one axis, wherever they come from."""

    @property
    def kernel(self) -> int:
        """Taps."""

    @property
    def stride(self) -> int:
        """Pixels from a window to the next."""

    @property
    def dilation(self) -> int:
        """Pixels from a tap to the next."""

    @property
    def pad_lo(self) -> int:
        """Border before the first pixel."""

    @property
    def pad_hi(self) -> int:
        """Border after the last."""

    @property
    def ceil_mode(self) -> bool:
        """Whether a last window may overhang."""


def _at(*index: int | slice) -> tuple[int | slice, ...]:
    """An index of several parts, with a type that NumPy's stubs understand."""
    return index


def source(position: int, size: int, mode: PaddingMode) -> int | None:
    """Which pixel `position` (any integer) stands for on an axis of `size`; None for a zero."""
    if 0 <= position < size:
        return position
    if mode == "zeros":
        return None
    if mode == "circular":
        return position % size
    if mode == "replicate":
        return 0 if position < 0 else size - 1
    # reflect: walk out from the image and back in, without repeating the border pixel.
    while not 0 <= position < size:
        position = -position if position < 0 else 2 * (size - 1) - position
    return position


def output_size(axis: Axis, size: int) -> int:
    """The number of windows on one axis, counted (not computed)."""
    end = size + axis.pad_lo + axis.pad_hi
    extent = max(axis.dilation * k for k in range(axis.kernel)) + 1
    count = 0
    while count * axis.stride + extent <= end:
        count += 1
    # ceil mode: one more window may overhang the end, if it starts before the high padding.
    last_end = (count - 1) * axis.stride + extent
    if axis.ceil_mode and count and last_end < end and count * axis.stride < size + axis.pad_lo:
        count += 1
    return count


def windows(
    axes: Sequence[Axis], space: Sequence[int], mode: PaddingMode = "zeros"
) -> Iterator[tuple[Index, list[tuple[Index, Index | None]]]]:
    """Each output position with its (tap, input position or None) pairs, row-major."""
    sizes = [output_size(axis, size) for axis, size in zip(axes, space, strict=True)]
    taps = list(itertools.product(*(range(axis.kernel) for axis in axes)))
    for out in itertools.product(*(range(size) for size in sizes)):
        pairs: list[tuple[Index, Index | None]] = []
        for tap in taps:
            where = [
                source(axis.stride * o + axis.dilation * k - axis.pad_lo, size, mode)
                for axis, o, k, size in zip(axes, out, tap, space, strict=True)
            ]
            inside = tuple(i for i in where if i is not None)
            pairs.append((tap, inside if len(inside) == len(where) else None))
        yield out, pairs


def _empty(shape: Sequence[int], *arrays: Array) -> Array:
    return np.zeros(tuple(shape), dtype=np.result_type(*arrays))


def conv(
    x: Array,
    kernel: Array,
    bias: Array | None,
    axes: Sequence[Axis],
    groups: int = 1,
    mode: PaddingMode = "zeros",
) -> Array:
    """Equation (10.8) for any rank, dilation, groups and padding mode."""
    space, outputs = x.shape[1:-1], kernel.shape[-1]
    sizes = [output_size(axis, size) for axis, size in zip(axes, space, strict=True)]
    z = _empty((len(x), *sizes, outputs), x, kernel)
    width, depth = outputs // groups, kernel.shape[-2]
    for out, pairs in windows(axes, space, mode):
        for tap, where in pairs:
            if where is None:
                continue
            for g in range(groups):
                m, c = slice(g * width, (g + 1) * width), slice(g * depth, (g + 1) * depth)
                z[_at(ALL, *out, m)] += x[_at(ALL, *where, c)] @ kernel[tap][:, m]
    return z if bias is None else z + bias


def conv_backward(
    dy: Array,
    x: Array,
    kernel: Array,
    axes: Sequence[Axis],
    groups: int = 1,
    mode: PaddingMode = "zeros",
) -> tuple[Array, Array, Array]:
    """(dx, dkernel, dbias): every edge of the layer passes its gradient back, one at a time."""
    dx, dkernel = (
        np.zeros(x.shape, np.result_type(dy, kernel)),
        np.zeros(kernel.shape, np.result_type(dy, x)),
    )
    width, depth = kernel.shape[-1] // groups, kernel.shape[-2]
    for out, pairs in windows(axes, x.shape[1:-1], mode):
        for tap, where in pairs:
            if where is None:
                continue
            for g in range(groups):
                m, c = slice(g * width, (g + 1) * width), slice(g * depth, (g + 1) * depth)
                flow = dy[_at(ALL, *out, m)]
                dx[_at(ALL, *where, c)] += flow @ kernel[tap][:, m].T
                dkernel[_at(*tap, ALL, m)] += x[_at(ALL, *where, c)].T @ flow
    return dx, dkernel, dy.sum(axis=tuple(range(dy.ndim - 1)))


def conv_transpose(
    x: Array,
    kernel: Array,
    bias: Array | None,
    axes: Sequence[Axis],
    output_padding: Sequence[int],
    groups: int = 1,
) -> Array:
    """Each pixel of x adds its copy of the kernel where a convolution's window would have met it.

    The kernel is that of the convolution: (*taps, outputs/groups, inputs).
    """
    y = _spread(x, kernel, axes, output_padding, groups, None)[0]
    return y if bias is None else y + bias


def conv_transpose_backward(
    dy: Array,
    x: Array,
    kernel: Array,
    axes: Sequence[Axis],
    output_padding: Sequence[int],
    groups: int = 1,
) -> tuple[Array, Array, Array]:
    """(dx, dkernel, dbias): every edge passes its gradient back, one at a time."""
    _, dx, dkernel = _spread(x, kernel, axes, output_padding, groups, dy)
    return dx, dkernel, dy.sum(axis=tuple(range(dy.ndim - 1)))


def _spread(
    x: Array,
    kernel: Array,
    axes: Sequence[Axis],
    output_padding: Sequence[int],
    groups: int,
    dy: Array | None,
) -> tuple[Array, Array, Array]:
    """(y, dx, dkernel) of a transposed convolution; the gradients are zero without a dy."""
    space = x.shape[1:-1]
    depth, width = kernel.shape[-1] // groups, kernel.shape[-2]
    size = []
    for axis, pixels, more in zip(axes, space, output_padding, strict=True):
        reach = axis.stride * (pixels - 1) + axis.dilation * (axis.kernel - 1) + 1
        size.append(reach - axis.pad_lo - axis.pad_hi + more)
    y = _empty((len(x), *size, width * groups), x, kernel)
    dx = np.zeros(x.shape, y.dtype if dy is None else np.result_type(dy, kernel))
    dkernel = np.zeros(kernel.shape, y.dtype if dy is None else np.result_type(dy, x))
    taps = list(itertools.product(*(range(axis.kernel) for axis in axes)))
    for pixel, tap in itertools.product(itertools.product(*map(range, space)), taps):
        where = tuple(
            axis.stride * o + axis.dilation * k - axis.pad_lo
            for axis, o, k in zip(axes, pixel, tap, strict=True)
        )
        if any(not 0 <= i < n for i, n in zip(where, size, strict=True)):
            continue
        for g in range(groups):
            c, m = slice(g * depth, (g + 1) * depth), slice(g * width, (g + 1) * width)
            weights = kernel[tap][:, c]
            y[_at(ALL, *where, m)] += x[_at(ALL, *pixel, c)] @ weights.T
            if dy is not None:
                flow = dy[_at(ALL, *where, m)]
                dx[_at(ALL, *pixel, c)] += flow @ weights
                dkernel[_at(*tap, ALL, c)] += flow.T @ x[_at(ALL, *pixel, c)]
    return y, dx, dkernel


def _first_maximum(values: list[Any]) -> int:
    """The place of the first maximum; a NaN is a maximum."""
    best = 0
    for place, value in enumerate(values):
        if values[best] != values[best]:
            break
        if value != value or value > values[best]:
            best = place
    return best


def max_pool(x: Array, axes: Sequence[Axis]) -> tuple[Array, dict[Index, Index]]:
    """Equation (10.9) and, for each output entry, the input entry that its gradient goes to."""
    space = x.shape[1:-1]
    sizes = [output_size(axis, size) for axis, size in zip(axes, space, strict=True)]
    y = np.empty((len(x), *sizes, x.shape[-1]), dtype=x.dtype)
    winners: dict[Index, Index] = {}
    for out, pairs in windows(axes, space):
        inside = [where for _, where in pairs if where is not None]
        for n, c in itertools.product(range(len(x)), range(x.shape[-1])):
            if not inside:  # dilation can step over the whole image: the maximum of nothing
                y[(n, *out, c)] = -np.inf
                continue
            best = inside[_first_maximum([x[(n, *where, c)] for where in inside])]
            y[(n, *out, c)] = x[(n, *best, c)]
            winners[(n, *out, c)] = (n, *best, c)
    return y, winners


def max_pool_backward(dy: Array, x: Array, axes: Sequence[Axis]) -> Array:
    """The gradient of the first maximum of each window, overlaps added up."""
    dx = np.zeros(x.shape, dtype=dy.dtype)
    for place, winner in max_pool(x, axes)[1].items():
        dx[winner] += dy[place]
    return dx


def divisor(axis: Axis, size: int, o: int, count_include_pad: bool) -> int:
    """How many positions of window `o` the mean counts on this axis, counted one by one."""
    lo, hi = (axis.pad_lo, axis.pad_hi) if count_include_pad else (0, 0)
    where = [axis.stride * o + axis.dilation * k - axis.pad_lo for k in range(axis.kernel)]
    return sum(-lo <= i < size + hi for i in where)


def avg_pool(x: Array, axes: Sequence[Axis], count_include_pad: bool = True) -> Array:
    """The mean of each window, by its declared divisor."""
    return _average(x, axes, count_include_pad, None)


def avg_pool_backward(
    dy: Array, x: Array, axes: Sequence[Axis], count_include_pad: bool = True
) -> Array:
    """Each output's gradient, divided as its mean was, to every pixel of its window."""
    return _average(x, axes, count_include_pad, dy)


def _average(x: Array, axes: Sequence[Axis], include: bool, dy: Array | None) -> Array:
    space = x.shape[1:-1]
    sizes = [output_size(axis, size) for axis, size in zip(axes, space, strict=True)]
    kind = np.result_type(x if dy is None else dy)
    kind = kind if kind.kind == "O" or kind.kind in "fc" else np.dtype(float)
    y, dx = np.zeros((len(x), *sizes, x.shape[-1]), dtype=kind), np.zeros(x.shape, dtype=kind)
    for out, pairs in windows(axes, space):
        count = 1
        for axis, size, o in zip(axes, space, out, strict=True):
            count *= divisor(axis, size, o, include)
        for _, where in pairs:
            if where is None:
                continue
            if dy is None:
                y[_at(ALL, *out)] += x[_at(ALL, *where)]
            else:
                dx[_at(ALL, *where)] += dy[_at(ALL, *out)] / count
        if dy is None:
            y[_at(ALL, *out)] = y[_at(ALL, *out)] / count
    return y if dy is None else dx
