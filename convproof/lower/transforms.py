"""What generated programs call where they multiply spectra instead of summing over taps.

Floats are transformed by `scipy.fft`, which is imported when it is first needed; exact numbers, as
certificates have them, by `roots`.  What stands between the transforms is the same code for both.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.lower import roots
from convproof.lower.lengths import length
from convproof.lower.runtime import Array


def lengths(array: Array, sizes: tuple[int, ...]) -> tuple[int, ...]:
    """How long transforms of such an array are, for at least so many entries."""
    return tuple(map(roots.length if array.dtype.kind == "O" else length, sizes))


def spectrum(
    array: Array,
    first: int,
    sizes: tuple[int, ...],
    gap: tuple[int, ...] = (),
    turned: bool = False,
) -> Array:
    """The transform along the axes from `first` on, of entries `gap` apart and zeros up to `sizes`.

    `turned` is that of the entries in the opposite order, from the first one on: with it a product
    of spectra is that of a correlation.
    """
    axes = tuple(range(first, first + len(sizes)))
    long = lengths(array, sizes)
    if gap and max(gap) > 1:
        reach = (g * (n - 1) + 1 for g, n in zip(gap, array.shape[first:], strict=False))
        wide = np.zeros((*array.shape[:first], *reach, *array.shape[axes[-1] + 1 :]), array.dtype)
        wide[(*(slice(None),) * first, *(slice(None, None, g) for g in gap))] = array
        array = wide
    if array.dtype.kind == "O":
        return exact(array, axes, long, turned)
    real = array.dtype.kind != "c"
    if not array.size:  # no images: nothing that could be transformed
        half = (*long[:-1], long[-1] // 2 + 1 if real else long[-1])
        return np.zeros((*array.shape[:first], *half, *array.shape[axes[-1] + 1 :]), array.dtype)
    import scipy.fft

    found: Array = (
        scipy.fft.rfftn(array, long, axes)
        if real
        else scipy.fft.fftn(array.conj() if turned else array, long, axes)
    )
    return np.conjugate(found, out=found) if turned else found


def exact(array: Array, axes: tuple[int, ...], long: tuple[int, ...], turned: bool) -> Array:
    """The same of ring elements."""
    shape = list(array.shape)
    for axis, size in zip(axes, long, strict=True):
        shape[axis] = size
    whole = np.zeros(shape, dtype=object)
    whole[tuple(map(slice, array.shape))] = array
    found = roots.rooted(whole, max(long))
    for axis in axes:
        found = roots.transformed(found, axis, max(long), turned)
    return found


def restored(
    array: Array,
    first: int,
    sizes: tuple[int, ...],
    kept: tuple[int, ...],
    gap: tuple[int, ...],
    dtype: Any,
) -> Array:
    """Back from a spectrum of numbers of `dtype`: `kept` entries of each axis, `gap` apart."""
    axes = range(first, first + len(sizes))
    long = lengths(np.empty(0, dtype), sizes)
    cuts = {
        axis: (*(slice(None),) * axis, slice(0, g * (n - 1) + 1, g))
        for axis, g, n in zip(axes, gap, kept, strict=True)
    }
    if not array.size:
        return np.zeros((*array.shape[:first], *kept, *array.shape[axes[-1] + 1 :]), dtype)
    if dtype.kind == "O":
        for axis in axes:
            array = roots.transformed(array, axis, max(long), back=True)[cuts[axis]]
        return roots.plain(array, int(np.prod(long)))
    import scipy.fft

    # What is not kept of an axis is not gone on with.
    for axis in axes[:-1]:
        array = scipy.fft.ifft(array, axis=axis, overwrite_x=True)[cuts[axis]]
    back = scipy.fft.ifft if dtype.kind == "c" else scipy.fft.irfft
    found: Array = back(array, long[-1], axes[-1], overwrite_x=True)
    return found[cuts[axes[-1]]]


def mixed(left: Array, right: Array) -> Array:
    """left (n, *tiles, g, *f, c) times right (*f, c, g, m) over c: (n, *tiles, g, *f, m).

    It may be put into the left one's place.
    """
    rank = right.ndim - 3
    weights = np.moveaxis(right, rank + 1, 0)  # (g, *f, c, m)
    found: Array
    if right.shape[rank] == right.shape[-1] == 1 and left.dtype == right.dtype:
        return np.multiply(left, weights[..., 0, :], out=left)
    found = left[..., 0, None] * weights[..., 0, :]
    for c in range(1, left.shape[-1]):
        found += left[..., c, None] * weights[..., c, :]
    return found


def crossed(left: Array, right: Array, rank: int) -> Array:
    """left (n, *tiles, g, *f, c), right (n, *tiles, g, *f, m), over n and tiles: (g, *f, c, m)."""
    around = tuple(range(rank + 1))
    shape = (*right.shape[rank + 1 : -1], left.shape[-1], right.shape[-1])
    found = np.empty(shape, np.result_type(left, right))
    for c in range(left.shape[-1]):
        found[..., c, :] = (left[..., c, None] * right).sum(axis=around)
    return found


def lay(target: Array, tiles: Array, step: int) -> None:
    """Put tiles (n, *tiles, g, *(step each), c) side by side into target (n, *space, g, c)."""
    rank = target.ndim - 3
    for tile in np.ndindex(*tiles.shape[1 : 1 + rank]):
        part = target[(slice(None), *(slice(step * t, step * (t + 1)) for t in tile))]
        inner = (slice(None), *map(slice, part.shape[1 : 1 + rank]))
        found: Any = tiles[(slice(None), *tile)][(slice(None), *inner)]
        part[...] = np.moveaxis(found, 1, 1 + rank)
