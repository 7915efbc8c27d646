"""What stands for spectra where programs are executed as they stand: the arrays themselves.

Nothing is transformed.  A product of spectra is what the transform makes of a sum around a circle,
and here it is that sum.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.lower.environment import Env, int_, key
from convproof.lower.program import Crossed, Lay, Mixed, Restored, Spectrum


def value(value: Spectrum | Restored | Mixed | Crossed, env: Env) -> Any:
    """The value of one of them."""
    if isinstance(value, Spectrum):
        return _circle(value, env)
    if isinstance(value, Restored):
        array = env[value.array]
        for number, (kept, gap) in enumerate(zip(value.kept, value.gap, strict=True)):
            places = [int_(gap, env) * place for place in range(int_(kept, env))]
            array = array.take(places, value.first + number)
        return array
    left, right = env[value.left], env[value.right]
    if isinstance(value, Mixed):
        rank = right.ndim - 3
        weights = np.moveaxis(right, rank + 1, 0)  # (g, *f, c, m)
        return _around(left[..., None], weights, rank + 2, rank).sum(-2)
    return _around(left[..., None], right[..., None, :], value.rank + 2, value.rank).sum(
        tuple(range(value.rank + 1))
    )


def _circle(value: Spectrum, env: Env) -> Any:
    """The array with its gaps and zeros; turned, what was at i is at -i around the circle."""
    array = env[value.array]
    sizes = [int_(size, env) for size in value.sizes]
    shape = list(array.shape)
    shape[value.first : value.first + len(sizes)] = sizes
    found = np.zeros(shape, dtype=array.dtype)
    gaps = [int_(gap, env) for gap in value.gap]
    around = (slice(None),) * value.first
    for at in np.ndindex(*array.shape[value.first : value.first + len(sizes)]):
        place = [gap * i for gap, i in zip(gaps, at, strict=True)]
        if value.turned:
            place = [-i % size for i, size in zip(place, sizes, strict=True)]
        found[(*around, *place)] = array[(*around, *at)]
    return found


def _around(left: Any, right: Any, first: int, rank: int) -> Any:
    """sum_i left[o - i] right[i] around the circle of each axis from `first` on."""
    axes = tuple(range(first, first + rank))
    found: Any = 0
    right = right.reshape((1,) * (left.ndim - right.ndim) + right.shape)
    for place in np.ndindex(*(left.shape[axis] for axis in axes)):
        entry = right[(*(slice(None),) * first, *(slice(i, i + 1) for i in place))]
        found = found + np.roll(left, place, axes) * entry
    return found


def lay(step: Lay, env: Env) -> None:
    """Each entry from the tile that it is in."""
    target = env[step.target.array][key(step.target, env)]
    source, width = env[step.source], int_(step.step, env)
    rank = target.ndim - 3
    for at in np.ndindex(*target.shape[1 : 1 + rank]):
        tile, inner = [i // width for i in at], [i % width for i in at]
        target[(slice(None), *at)] = source[(slice(None), *tile)][
            (slice(None), slice(None), *inner)
        ]
