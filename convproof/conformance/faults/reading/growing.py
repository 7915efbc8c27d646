"""A running sum that is not set to zero: each result holds those before it too."""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.conformance.faults.reading.edges import Edges
from convproof.conformance.faults.reading.words import plural, title

Array = np.ndarray[Any, Any]


def told(found: Edges, due: Edges, rank: int) -> tuple[str, str] | None:
    """Which results a result is added up with, in words and where to look; None if that is not it.

    The results before it are those of a loop over one axis, or over several, the last the fastest.
    """
    side = due.sides[0]
    if side.name != "out" or len(found.keys) <= len(due.keys):
        return None
    spatial = tuple(axis for axis in side.axes if axis[1:].isdigit())
    orders = [spatial[start:] for start in range(len(spatial) - 1, -1, -1)]
    orders += [("m", *spatial), ("n", "m", *spatial), ("m",), (*spatial, "m"), ("n",)]
    for order in orders:
        summed = _summed(due, order)
        if summed is not None and np.array_equal(summed, found.keys):
            names = [title(name, rank) for name in order]
            what = " and ".join(names)
            return (
                f"each {what} is added up with those before: the sum is not set to zero",
                f"a running sum has to start at 0 inside the loop over {plural(names[-1])}",
            )
    return None


def _summed(due: Edges, order: tuple[str, ...]) -> Array | None:
    """The keys of the edges, each repeated at all results from its own on, in an order."""
    side = due.sides[0]
    axes = [side.axes.index(name) for name in order]
    rest = [axis for axis in range(len(side.shape)) if axis not in axes]
    size = int(np.prod([side.shape[axis] for axis in axes]))
    if size < 2 or len(due.keys) * size > 2_000_000:
        return None
    numbers = np.arange(side.size).reshape(side.shape).transpose(*rest, *axes).reshape(-1, size)
    flat = due.ends["out"]
    where = np.empty(side.size, int)
    where[numbers.ravel()] = np.arange(side.size)
    row, place = where[flat] // size, where[flat] % size
    later = np.arange(size)[None] >= place[:, None]
    edge, at = np.nonzero(later)
    ends = due.ends
    parts = [numbers[row[edge], at], *(ends[s.name][edge] for s in due.sides[1:])]
    keys = np.ravel_multi_index(tuple(parts), tuple(s.size for s in due.sides))
    return np.asarray(np.unique(keys))
