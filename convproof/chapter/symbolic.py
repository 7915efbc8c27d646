"""Images and kernels of symbols, run through the reference: equal results hold for all values."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import sympy as sp

from convproof import reference
from convproof.spec import Axis

Array = np.ndarray[Any, Any]


def entries(name: str, shape: Sequence[int]) -> Array:
    """An array of independent symbols."""
    made = np.empty(tuple(shape), dtype=object)
    for place in np.ndindex(*shape):
        made[place] = sp.Symbol(f"{name}_{'_'.join(map(str, place))}", real=True)
    return made


def same(left: Array, right: Array) -> bool:
    """Whether two arrays of expressions are equal entry by entry, as polynomials."""
    return left.shape == right.shape and all(
        sp.expand(u - v) == 0 for u, v in zip(left.ravel(), right.ravel(), strict=True)
    )


def signal(values: Array) -> Array:
    """One image with one axis and one channel, as the reference takes it."""
    return values[None, :, None]


def correlate(x: Array, kernel: Array) -> Array:
    """(10.1), by the reference: one image, one channel, stride 1, no padding."""
    axes = [Axis(taps) for taps in kernel.shape]
    return reference.conv(x[None, ..., None], kernel[..., None, None], None, axes)[0, ..., 0]


PIXELS, TAPS, STRIDES, PADDING = (3, 4), (1, 2, 3), (1, 2, 3), ((0, 0), (1, 1), (2, 0))
# What `small_axes` gives, in words.
SMALL = (
    f"axes of {PIXELS[0]} or {PIXELS[1]} pixels, {TAPS[0]} to {TAPS[-1]} taps, strides "
    f"{STRIDES[0]} to {STRIDES[-1]}, padding {', '.join(f'{lo}+{hi}' for lo, hi in PADDING)}"
)


def small_axes(dilations: Sequence[int] = (1, 2)) -> Iterator[tuple[Axis, int]]:
    """Small axes, every combination of stride, dilation and (asymmetric) padding; with a size."""
    for size, kernel, stride, gap, (lo, hi) in itertools.product(
        PIXELS, TAPS, STRIDES, dilations, PADDING
    ):
        axis = Axis(kernel, stride, gap, lo, hi)
        if axis.extent <= size + lo + hi:
            yield axis, size
