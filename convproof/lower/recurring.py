"""`kept` of the runtime: what was made of an array that comes again is not made again.

What is kept belongs to the array's numbers, bit by bit, not to where they are: an array that has
been written to since is another one.  Each thread keeps its own, so many bytes at most.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from convproof.lower.runtime import Array

MOST = 64 * 2**20  # bytes that a thread keeps, at most
SAMPLE = 64  # numbers looked at first: most arrays that differ do so there
Key: TypeAlias = tuple[object, ...]
_local = threading.local()


@dataclass
class Made:
    """An array's sample, and from the second time it is seen its numbers and what they make."""

    sample: bytes
    array: Array | None = None
    made: Array | None = None

    @property
    def bytes(self) -> int:
        """What it takes."""
        return (
            0 if self.array is None or self.made is None else self.array.nbytes + self.made.nbytes
        )


def lying(array: Array) -> Array:
    """The same numbers as they lie in memory: a turned or mirrored view is read from its start."""
    order = sorted(range(array.ndim), key=lambda axis: -abs(array.strides[axis]))
    back = tuple(slice(None, None, -1 if array.strides[axis] < 0 else 1) for axis in order)
    return array.transpose(order)[back]


def same(one: Array, two: Array) -> bool:
    """Whether two arrays of a shape and dtype have the same bits."""
    if two.flags.c_contiguous and one.nbytes % 8 == 0:  # twice as many at a time
        one, two = one.reshape(-1).view(np.int64), two.reshape(-1).view(np.int64)
    bits = {4: np.int32, 8: np.int64}[one.itemsize]
    return bool((one.view(bits) == two.view(bits)).all())


def kept(make: Callable[[Array], Array], array: Array, matrix: Array | tuple[int, ...]) -> Array:
    """make(array), a function of the array's numbers and the matrix, or of sizes; to read only."""
    if array.itemsize not in (4, 8) or array.dtype.kind not in "fc" or not array.size:
        return make(array)
    every: OrderedDict[Key, Made] = _local.__dict__.setdefault("made", OrderedDict())
    given: object = matrix
    if not isinstance(matrix, tuple):
        given = matrix.tobytes(), matrix.shape, matrix.dtype
    key = given, array.shape, array.strides, array.dtype
    seen = lying(array)
    sample = seen.flat[:: max(1, array.size // SAMPLE)].tobytes()
    known = every.get(key)
    if known is None or known.sample != sample:
        every[key] = Made(sample)
        every.move_to_end(key)
        if len(every) > SAMPLE:
            every.popitem(last=False)
        return make(array)
    every.move_to_end(key)
    if known.array is not None and known.made is not None and same(known.array, seen):
        return known.made
    found = np.array(make(array))
    if array.nbytes + found.nbytes > MOST:
        return found
    found.flags.writeable = False
    known.array, known.made = seen.copy(), found
    while sum(one.bytes for one in every.values()) > MOST:
        every.popitem(last=False)
    return found
