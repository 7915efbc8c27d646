"""Exact numbers with roots of unity: what a Fourier transform of ring elements is made of.

With n a power of two and w^(n/2) = -1, w is a primitive n-th root of unity, and the numbers
a_0 + a_1 w + ... + a_(n/2-1) w^(n/2-1) are those of the n-th cyclotomic field, whose minimal
polynomial is w^(n/2) + 1.  So a program of transforms can be run on polynomials and fractions, with
no rounding: only the floating transform itself is another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


class Rooted:
    """A number by its coefficients of the powers of w, of which there are n/2."""

    __slots__ = ("parts",)

    def __init__(self, parts: Sequence[Any]) -> None:
        self.parts = tuple(parts)

    def __add__(self, other: Any) -> Rooted:
        if not isinstance(other, Rooted):  # a plain number, such as the sum of nothing
            return Rooted((self.parts[0] + other, *self.parts[1:]))
        return Rooted([a + b for a, b in zip(self.parts, other.parts, strict=True)])

    __radd__ = __add__

    def __sub__(self, other: Rooted) -> Rooted:
        return Rooted([a - b for a, b in zip(self.parts, other.parts, strict=True)])

    def __mul__(self, other: Rooted) -> Rooted:
        half = len(self.parts)
        found: list[Any] = [0] * half
        others = [(j, b) for j, b in enumerate(other.parts) if b != 0]  # of few roots most are 0
        for i, a in enumerate(self.parts):
            if a == 0:
                continue
            for j, b in others:
                if i + j < half:
                    found[i + j] = found[i + j] + a * b
                else:
                    found[i + j - half] = found[i + j - half] - a * b
        return Rooted(found)

    def turned(self, power: int) -> Rooted:
        """Times w^power, for 0 <= power < n."""
        half = len(self.parts)
        turns, power = divmod(power, half)
        parts = (*(-one for one in self.parts[half - power :]), *self.parts[: half - power])
        return Rooted([-one for one in parts] if turns % 2 else parts)


def length(size: int) -> int:
    """The least power of two that is no less, and 2."""
    return max(2, 1 << (size - 1).bit_length())


def rooted(array: Array, order: int) -> Array:
    """An array of ring elements as numbers with roots of that order."""
    found = np.empty(array.shape, dtype=object)
    for place in np.ndindex(*array.shape):
        found[place] = Rooted((array[place], *(0,) * (order // 2 - 1)))
    return found


def transformed(array: Array, axis: int, order: int, back: bool) -> Array:
    """sum_i array_i w^(-ij), or w^(ij) for `back`, along an axis of a power of two: by halves."""
    size = array.shape[axis]
    if size == 1:
        return array
    whole = [slice(None)] * array.ndim
    even, odd = (
        transformed(
            array[(*whole[:axis], slice(first, None, 2), *whole[axis + 1 :])], axis, order, back
        )
        for first in (0, 1)
    )
    odd = odd.copy()
    for place in np.ndindex(*odd.shape):
        power = place[axis] * (order // size)
        number: Any = odd[place]
        odd[place] = number.turned(power if back else -power % order)
    return np.concatenate([even + odd, even - odd], axis)


def plain(array: Array, over: int) -> Array:
    """The numbers, divided by `over`, as ring elements: no power of w may be left.

    Raises:
        ArithmeticError: if one is.
    """
    found = np.empty(array.shape, dtype=object)
    for place in np.ndindex(*array.shape):
        entry: Any = array[place]
        number, *others = entry.parts
        if any(other != 0 for other in others):
            raise ArithmeticError("a root of unity is left after the way back")
        found[place] = Fraction(1, over) * number
    return found
