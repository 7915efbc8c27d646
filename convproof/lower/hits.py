"""Where windows lie apart: each one's maximum is looked for among its pixels, all at once."""

from __future__ import annotations

import numpy as np

from convproof.lower.reductions import chosen, missing
from convproof.lower.runtime import Array, windows


def hit(
    seen: Array,
    flow: Array,
    fine: tuple[int, ...],
    taps: tuple[int, ...],
    gap: tuple[int, ...],
    offset: tuple[int, ...],
    stride: tuple[int, ...],
    coarse: tuple[int, ...],
) -> Array:
    """An image (n, *fine, c) of what windows send, each to its first maximum, a NaN if it has one.

    `seen` is what they see (n, *coarse, c, *taps, 1), pixels that are there and no other window
    sees; `flow` (n, *coarse, c) what each sends.
    """
    rank, every = len(taps), flow.shape + (1,) * (len(taps) + 1)
    inside = tuple(range(rank + 2, 2 * rank + 3))
    top = np.maximum.reduce(seen, axis=inside)
    where = seen == top.reshape(every)
    if missing(top):
        where |= (top != top).reshape(every) & (seen != seen)
    # Each window has one at least: as many as there are windows are one each.
    if np.count_nonzero(where) != top.size:
        alone(where, rank)
    target = np.zeros((len(flow), *fine, flow.shape[-1]), flow.dtype)
    # Disjoint places of the image, seen as the windows are.
    into = windows(target[..., None], taps, gap, offset, stride, coarse)
    chosen(where, np.broadcast_to(flow.reshape(every), where.shape), into)
    return target


def alone(where: Array, rank: int) -> None:
    """Of the taps of each window that are marked only the first one, row by row, stays so."""
    before = np.zeros(where.shape[: rank + 2], bool)
    for tap in np.ndindex(where.shape[rank + 2 :]):
        here = where[(..., *tap)]
        here &= ~before
        before |= here
