"""Arrays as planes of text: blocks of numbers side by side, what is wrong marked."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

_PLANES = 4  # planes of an array that are shown; the rest is counted


def planes(label: str, array: Array, role: str, wrong: Array | None = None) -> list[list[str]]:
    r"""Blocks of text, one for each 2-d plane of pixels: the other indices are in its title.

    >>> print(*planes("x", np.array([[[[1.0], [2.0]], [[3.0], [40.0]]]]), "x")[0], sep="\n")
    x
     1  2
     3 40
    """
    rank = array.ndim - 2
    if rank < 1 or array.size == 0:
        return [[f"{label} shape {array.shape}", *([numbers(array)] if array.size else [])]]
    lead, names = ((), ("in", "out")) if role == "kernel" else ((0,), ("n", "c"))
    spatial = list(range(rank)) if role == "kernel" else list(range(1, rank + 1))
    outer = [axis for axis in range(array.ndim) if axis not in spatial[-2:]]
    chosen = list(itertools.product(*(range(array.shape[axis]) for axis in outer)))
    if wrong is not None and len(chosen) > _PLANES:  # those that differ, first
        chosen.sort(key=lambda where: not _take(wrong, outer, where).any())
    blocks = []
    for where in chosen[:_PLANES]:
        titles = []
        for axis, index in zip(outer, where, strict=True):
            if array.shape[axis] == 1 and axis not in spatial:
                continue
            if axis in spatial:
                titles.append(f"axis{spatial.index(axis)}={index}")
            else:
                titles.append(
                    f"{names[0] if axis in (*lead, array.ndim - 2) else names[1]}={index}"
                )
        title = label + (f"[{', '.join(titles)}]" if titles else "")
        marked = None if wrong is None else _take(wrong, outer, where)
        blocks.append([title, *_grid(_take(array, outer, where), marked)])
    if len(chosen) > _PLANES:
        blocks.append([f"and {len(chosen) - _PLANES} planes more"])
    return blocks


def _take(array: Array, outer: Sequence[int], where: Sequence[int]) -> Array:
    index: list[Any] = [slice(None)] * array.ndim
    for axis, place in zip(outer, where, strict=True):
        index[axis] = place
    plane: Array = np.atleast_2d(array[tuple(index)])
    return plane


def _grid(plane: Array, wrong: Array | None) -> Iterator[str]:
    """Rows of right-aligned numbers; a wrong one has a star."""
    rows, columns = (min(n, 9) for n in plane.shape)
    cells = [[_number(plane[i, j]) for j in range(columns)] for i in range(rows)]
    if wrong is not None and wrong.any():
        cells = [
            [text + ("*" if wrong[i, j] else " ") for j, text in enumerate(row)]
            for i, row in enumerate(cells)
        ]
    wide = max(len(text) for row in cells for text in row)
    for row in cells:
        yield " ".join(f"{text:>{wide}}" for text in row) + (
            " ..." if plane.shape[1] > columns else ""
        )
    if plane.shape[0] > rows:
        yield f"... {plane.shape[0]} rows in all"


def _number(value: Any) -> str:
    number = value.item()
    if isinstance(number, float) and number.is_integer() and abs(number) < 1e7:
        return str(int(number))
    return f"{number:.6g}" if isinstance(number, (int, float)) else str(number)


def numbers(array: Array) -> str:
    """The first numbers of an array, in one line."""
    flat = [_number(value) for value in array.ravel()[:12]]
    return " ".join(flat) + (" ..." if array.size > 12 else "")


def beside(blocks: Sequence[Sequence[str]], width: int) -> list[str]:
    """Blocks next to each other, as many as fit in a row."""
    out: list[str] = []
    row: list[Sequence[str]] = []
    used = 0
    for block in blocks:
        wide = max(len(text) for text in block) + 4
        if row and used + wide > width:
            out += [*_joined(row), ""]
            row, used = [], 0
        row.append(block)
        used += wide
    return [*out, *_joined(row), ""] if row else out


def _joined(row: Sequence[Sequence[str]]) -> list[str]:
    height = max(len(block) for block in row)
    wide = [max(len(text) for text in block) for block in row]
    return [
        "    ".join(
            f"{block[n] if n < len(block) else '':<{w}}" for block, w in zip(row, wide, strict=True)
        ).rstrip()
        for n in range(height)
    ]
