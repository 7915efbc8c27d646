"""Positions and shapes in a target's own layout: the laws count channels last, people do not."""

from __future__ import annotations

import re
from collections.abc import Sequence

_AT = re.compile(r"\bat \((\d+(?:, \d+)*),?\)")


def names(result: str, rank: int, layout: str) -> tuple[tuple[int, str], ...]:
    """(index channels last, letter) of each axis of a result, in the target's order.

    >>> [letter for _, letter in names("y", 2, "channels_first")]
    ['n', 'c', 'h', 'w']
    """
    space = ("d", "h", "w")[3 - rank :]
    first = layout == "channels_first"
    if result == "dbias":
        return ((0, "m"),)
    if result == "dkernel":
        taps = tuple((axis, f"k{letter}") for axis, letter in enumerate(space))
        return (
            ((rank + 1, "m"), (rank, "c"), *taps)
            if first
            else (*taps, (rank, "c"), (rank + 1, "m"))
        )
    pixels = tuple((axis + 1, letter) for axis, letter in enumerate(space))
    channel = (rank + 1, "c")
    return ((0, "n"), channel, *pixels) if first else ((0, "n"), *pixels, channel)


def named(where: Sequence[int], result: str, rank: int, layout: str) -> str:
    """A position, each index with its letter, in the target's order; as it is if it has others.

    >>> named((0, 6, 9, 0), "y", 2, "channels_first")
    '[n=0, c=0, h=6, w=9]'
    """
    axes = names(result, rank, layout)
    if len(axes) != len(where):
        return str(tuple(where))
    return "[" + ", ".join(f"{letter}={where[axis]}" for axis, letter in axes) + "]"


def native_shape(shape: Sequence[int], result: str, rank: int, layout: str) -> tuple[int, ...]:
    """A shape in the target's order.

    >>> native_shape((1, 5, 6, 3), "y", 2, "channels_first")
    (1, 3, 5, 6)
    """
    axes = names(result, rank, layout)
    if len(axes) != len(shape):
        return tuple(shape)
    return tuple(shape[axis] for axis, _ in axes)


def placed(text: str, result: str, rank: int, layout: str) -> str:
    """A law's sentence with its position given in the target's order.

    >>> placed("y differs at (0, 6, 9, 0): 1.0 where 2.0 is right", "y", 2, "channels_first")
    'y differs at [n=0, c=0, h=6, w=9]: 1.0 where 2.0 is right'
    """

    def turned(found: re.Match[str]) -> str:
        where = tuple(int(part) for part in found[1].split(", "))
        return f"at {named(where, result, rank, layout)}"

    return _AT.sub(turned, text)
