"""Slices for which fine = stride*coarse + offset; generated, never edited."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, Any]


def lowest(dtype: Any) -> Any:
    """What every number of `dtype` is at least: the maximum of nothing."""
    return np.iinfo(dtype).min if np.issubdtype(dtype, np.integer) else -np.inf


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
