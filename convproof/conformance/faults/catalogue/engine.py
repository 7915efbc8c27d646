"""The oracle tap by tap, with handles to get it wrong by.

Which pixel a tap meets is the laws' own oracle's to say (`oracle.taps`); here are the sums over
it, with parts to leave out, to wire otherwise or to merge otherwise.  The tests hold the right
answers to `reference`.  Everything is computed in float64, exact on small integers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from convproof.laws import oracle
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]
Wiring = Sequence[tuple[Array, Array]]


def sizes_of(case: Case) -> tuple[int, ...]:
    """The output's size: a backward is given it with dy, whatever its parameters say."""
    return case.out_space if case.dy is None else tuple(case.dy.shape[1:-1])


def as_float(array: Array | None) -> Array:
    """In float64, where small integers are exact."""
    if array is None:
        raise ValueError("the call has no such array")
    return np.asarray(array, dtype=np.float64)


def group_channels(case: Case) -> list[tuple[Array, Array]]:
    """(input channels, output channels) of each group."""
    depth, outputs = as_float(case.kernel).shape[-2:]
    inputs = np.arange(depth * case.groups).reshape(case.groups, depth)
    return list(zip(inputs, np.arange(outputs).reshape(case.groups, -1), strict=True))


def conv(
    case: Case,
    *,
    out: Sequence[int] | None = None,
    wiring: Wiring | None = None,
    bias: bool = True,
    skip: Callable[[oracle.Tap], bool] = lambda tap: False,
) -> Array:
    """The forward; `wiring` says which input channels each set of output channels reads."""
    kernel, sizes = as_float(case.kernel), case.out_space if out is None else tuple(out)
    image = oracle.bordered(case, as_float(case.x), 0.0, sizes)
    y = np.zeros((len(image), *sizes, kernel.shape[-1]))
    for tap, where in oracle.taps(case, sizes):
        for inputs, outputs in [] if skip(tap) else wiring or group_channels(case):
            y[..., outputs] += image[where][..., inputs] @ kernel[tap][:, outputs]
    return y if case.bias is None or not bias else y + as_float(case.bias)


def conv_dx(
    case: Case,
    *,
    merge: str = "add",
    wiring: Wiring | None = None,
    space: Sequence[int] | None = None,
) -> Array:
    """The input's gradient; `merge` says what overlapping windows do: add, first, last, mean."""
    dy, kernel = as_float(case.dy), as_float(case.kernel)
    if space is not None:
        case = case.replace(x=np.zeros((len(dy), *space, case.x.shape[-1])))
    sizes = sizes_of(case)
    dx = oracle.bordered(case, np.zeros(case.x.shape), 0.0, sizes)
    hits = np.zeros_like(dx)
    steps = list(oracle.taps(case, sizes))
    if merge == "last":  # a later window reaches a pixel by an earlier tap
        steps.reverse()
    for tap, where in steps:
        for inputs, outputs in wiring or group_channels(case):
            flow = dy[..., outputs] @ kernel[tap][:, outputs].T
            if merge in ("first", "last"):
                dx[where][..., inputs] = flow
            else:
                dx[where][..., inputs] += flow
            hits[where][..., inputs] += 1
    return oracle.crop(case, dx / np.maximum(hits, 1) if merge == "mean" else dx)


def conv_dkernel(case: Case, *, weight: Any = 1.0, wiring: Wiring | None = None) -> Array:
    """The kernel's gradient; `weight` (broadcast over dy) says which copies count, and how much."""
    dy, sizes = as_float(case.dy) * weight, sizes_of(case)
    image = oracle.bordered(case, as_float(case.x), 0.0, sizes)
    dkernel = np.zeros(as_float(case.kernel).shape)
    for tap, where in oracle.taps(case, sizes):
        for inputs, outputs in wiring or group_channels(case):
            seen = image[where][..., inputs].reshape(-1, len(inputs))
            dkernel[tap][:, outputs] += seen.T @ dy[..., outputs].reshape(-1, len(outputs))
    return dkernel


def conv_dbias(case: Case, *, weight: Any = 1.0) -> Array:
    """The bias's gradient, by the same weights."""
    dy = as_float(case.dy) * weight
    total: Array = dy.sum(axis=tuple(range(dy.ndim - 1)))
    return total


def patches(case: Case, fill: float) -> tuple[Array, Array]:
    """Every window's pixels, padding as `fill`, on one last axis; and whether each is a pixel.

    Shapes (N, *out, C, taps) and (1, *out, 1, taps); taps in row-major order.
    """
    sizes = sizes_of(case)
    image = oracle.bordered(case, as_float(case.x), fill, sizes)
    here = oracle.bordered(case, np.ones((1, *case.space, 1)), 0.0, sizes) > 0
    met = [where for _, where in oracle.taps(case, sizes)]
    return np.stack([image[w] for w in met], -1), np.stack([here[w] for w in met], -1)


def max_pool(case: Case, *, fill: float = -np.inf) -> Array:
    """The forward maximum; a NaN is one."""
    top: Array = patches(case, fill)[0].max(axis=-1)
    return top


def first_winner(values: Array, *, last: bool = False) -> Array:
    """One-hot over the taps: the first (or last) maximum, a NaN being one."""
    nan = np.isnan(values)
    rank = np.where(nan.any(-1, keepdims=True), np.where(nan, 1.0, -np.inf), values)
    place = (rank[..., ::-1] if last else rank).argmax(axis=-1)
    place = values.shape[-1] - 1 - place if last else place
    hot: Array = np.arange(values.shape[-1]) == place[..., None]
    return hot


def spread(case: Case, shares: Array, *, merge: str = "add") -> Array:
    """Each window's dy to its taps by `shares` (N, *out, C, taps), overlaps merged."""
    dy, sizes = as_float(case.dy), sizes_of(case)
    dx = oracle.bordered(case, np.zeros(case.x.shape), 0.0, sizes)
    shares = np.broadcast_to(shares, (*dy.shape, shares.shape[-1]))
    steps = list(enumerate(where for _, where in oracle.taps(case, sizes)))
    for number, where in reversed(steps) if merge == "last" else steps:
        share = shares[..., number]
        if merge == "add":
            dx[where] += dy * share
        else:
            dx[where] = np.where(share != 0, dy * share, dx[where])
    return oracle.crop(case, dx)


def max_pool_dx(case: Case, *, last: bool = False, merge: str = "add") -> Array:
    """The gradient of each window's first (or last) maximum."""
    values, real = patches(case, -np.inf)
    return spread(case, first_winner(values, last=last) & real, merge=merge)


def divisors(case: Case, include: bool | None = None) -> Array:
    """How many positions each window's mean counts, (1, *out, 1)."""
    include = case.count_include_pad if include is None else include
    counted = oracle.divisors(case.replace(count_include_pad=include), sizes_of(case))
    return np.maximum(counted, 1.0)


def avg_pool(case: Case, *, by: Array | float | None = None) -> Array:
    """The forward mean; `by` replaces the divisor."""
    total: Array = patches(case, 0.0)[0].sum(axis=-1)
    return total / (divisors(case) if by is None else by)


def avg_pool_dx(case: Case, *, by: Array | float | None = None, merge: str = "add") -> Array:
    """The gradient of the mean."""
    share = 1.0 / np.asarray(divisors(case) if by is None else by)
    return spread(case, np.repeat(share[..., None], int(np.prod(case.taps)), -1), merge=merge)


def right(case: Case) -> dict[str, Array]:
    """The right results by name: "y", "dx", "dkernel", "dbias"."""
    if case.kind != "conv":
        top = case.kind == "max_pool"
        if case.backward:
            return {"dx": max_pool_dx(case) if top else avg_pool_dx(case)}
        return {"y": max_pool(case) if top else avg_pool(case)}
    if not case.backward:
        return {"y": conv(case)}
    bias = {} if case.bias is None else {"dbias": conv_dbias(case)}
    return {"dx": conv_dx(case), "dkernel": conv_dkernel(case)} | bias
