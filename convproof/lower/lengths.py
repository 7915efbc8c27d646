"""Lengths of transforms: 2^a 3^b, the ones whose rounding `convproof.functions.bound` bounds."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=256)
def length(size: int) -> int:
    """The least number 2^a 3^b that is no less than `size`, nor than 3.

    A real array of two numbers has a spectrum of two, which would not tell it from a complex one's.

    >>> [length(size) for size in (1, 5, 7, 100, 543)]
    [3, 6, 8, 108, 576]
    """
    least = max(3, size)
    found = 1 << (least - 1).bit_length()
    power = 3
    while power < found:
        found = min(found, power << (-(-least // power) - 1).bit_length())
        power *= 3
    return found
