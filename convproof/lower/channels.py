"""What generated programs call where each channel has a filter of its own: sums without products.

`einsum` multiplies and adds in one loop.  It runs along the pixels of a row and their channels
together, as long as windows do not step: a loop over the channels of each pixel anew takes three
times as long where they are few.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

from convproof.lower.runtime import Array


def tiled(kernel: Array, width: int) -> Array:
    """A kernel (*taps, 1, g, 1) beside each of `width` pixels: (*taps, width, g)."""
    wide = np.empty((*kernel.shape[:-3], width, kernel.shape[-2]), kernel.dtype)
    wide[...] = kernel[..., 0]
    return wide


def weigh(target: Array, seen: Array, wide: Array) -> None:
    """target (n, *coarse, g, 1) = what windows see (n, *coarse, g, *taps, 1), weighed and summed.

    The weights (*taps, width, g) are for as many pixels of the last axis, or more.
    """
    pixels, places, taps, last = in_rows(seen)
    weights = wide[..., : target.shape[-3], :]
    weights = weights.reshape(*weights.shape[: len(taps)], *pixels.shape[len(places + taps) :])
    into: Any = target.reshape(*target.shape[: len(places)], *pixels.shape[len(places + taps) :])
    np.einsum(pixels, [*places, *taps, *last], weights, [*taps, *last], [*places, *last], out=into)


def weighed(seen: Array, flow: Array) -> Array:
    """The sums over windows of what they see times flow (n, *coarse, g, 1): (*taps, 1, g, 1)."""
    pixels, places, taps, last = in_rows(seen)
    sent = flow.reshape(*flow.shape[: len(places)], *pixels.shape[len(places + taps) :])
    found: Array = np.einsum(
        pixels, [*places, *taps, *last], sent, [*places, *last], [*taps, *last]
    )
    sizes = pixels.shape[len(places) : len(places + taps)]
    found = found.reshape(*sizes, -1, flow.shape[-2]).sum(axis=-2)
    return found[..., None, :, None]


def in_rows(seen: Array) -> tuple[Array, list[int], list[int], list[int]]:
    """What windows see, (n, *coarse, g, *taps, 1), as (n, *lines, *taps, pixels and channels).

    These are two axes where they do not lie together.  Also a number for each axis, in order.
    """
    rank = (seen.ndim - 3) // 2
    taps = range(rank + 2, 2 * rank + 2)
    order = (*range(rank), *taps, rank, rank + 1)
    view = seen[..., 0].transpose(order)
    *ahead, width, groups = view.shape
    *steps, far, near = view.strides
    if far == groups * near or width == 1:
        view = as_strided(view, (*ahead, width * groups), (*steps, near))
    numbers = list(range(view.ndim))
    return view, numbers[:rank], numbers[rank : 2 * rank], numbers[2 * rank :]
