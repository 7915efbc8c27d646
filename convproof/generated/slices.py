"""Slices for which fine = stride*coarse + offset; generated, never edited."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, Any]


def lowest(dtype: Any) -> Any:
    """What every number of `dtype` is at least: the maximum of nothing."""
    return np.iinfo(dtype).min if np.issubdtype(dtype, np.integer) else -np.inf


@lru_cache(maxsize=4096)
def span(offset: int, stride: int, coarse: int, fine: int) -> tuple[slice, slice]:
    """Slices of o and i with i = stride*o + offset, 0 <= o < coarse, 0 <= i < fine."""
    lo = max(0, (-(offset // stride)))
    hi = min(coarse, ((fine - offset - 1) // stride) + 1)
    if hi <= lo:
        return slice(0, 0), slice(0, 0)
    return slice(lo, hi), slice(stride * lo + offset, stride * (hi - 1) + offset + 1, stride)


def spans(
    taps: int, gap: int, offset: int, stride: int, coarse: int, fine: int
) -> list[tuple[int, slice, slice]]:
    """Each tap that can meet a pixel, and its slices: i = stride*o + gap*tap + offset."""
    lo = max(0, (-((offset + stride*(coarse - 1)) // gap)))
    hi = min(taps, ((fine - offset - 1) // gap) + 1)
    return [(tap, *span(gap * tap + offset, stride, coarse, fine)) for tap in range(lo, hi)]


def windows(
    x: Array,
    taps: tuple[int, ...],
    gap: tuple[int, ...],
    offset: tuple[int, ...],
    stride: tuple[int, ...],
    coarse: tuple[int, ...],
) -> Array:
    """What windows see of x (n, *fine, g, c): a read-only view (n, *coarse, g, *taps, c).

    At (o, tap) that is the pixel stride*o + gap*tap + offset, and 0 where there is none.
    """
    sizes = zip(stride, coarse, gap, taps, strict=True)
    reach = tuple(s * (o - 1) + d * (k - 1) + 1 for s, o, d, k in sizes)
    cut = [slice(max(r, 0), max(r + n, 0)) for r, n in zip(offset, reach, strict=True)]
    inner = x[(slice(None), *cut)]
    if inner.shape[1:-2] != reach:
        whole = np.zeros((len(x), *reach, *x.shape[-2:]), dtype=x.dtype)
        ahead = [min(max(-r, 0), n) for r, n in zip(offset, reach, strict=True)]
        kept = [slice(r, r + n) for r, n in zip(ahead, inner.shape[1:-2], strict=True)]
        whole[(slice(None), *kept)] = inner
        inner = whole
    first, *steps, group, depth = inner.strides
    # A step that is never made may be of any size, larger than an address too.
    coarse_steps = [a * s if o > 1 else 0 for a, s, o in zip(steps, stride, coarse, strict=True)]
    tap_steps = [a * d if k > 1 else 0 for a, d, k in zip(steps, gap, taps, strict=True)]
    return np.lib.stride_tricks.as_strided(
        inner,
        (len(x), *coarse, x.shape[-2], *taps, x.shape[-1]),
        (first, *coarse_steps, group, *tap_steps, depth),
        writeable=False,
    )
