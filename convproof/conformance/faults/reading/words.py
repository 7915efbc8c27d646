"""Coordinates and sets of them in the words of the field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
RESULTS = {
    "y": "y",
    "bias": "the bias in y",
    "dx": "grad_x",
    "dkernel": "grad_w",
    "dbias": "grad_b",
}
LINES = {1: ("position",), 2: ("row", "column"), 3: ("slice", "row", "column")}
LETTERS = {1: ("w",), 2: ("h", "w"), 3: ("d", "h", "w")}
OWNERS = {"o": "output", "k": "kernel", "i": "input"}
PLAIN = {
    "n": "batch item",
    "b": "batch item",
    "m": "output channel",
    "mk": "output channel",
    "mb": "bias entry",
    "c": "input channel",
    "ci": "kernel's input channel",
}


def title(name: str, rank: int) -> str:
    """What a coordinate is called: "o0" in two dimensions is an output row."""
    if name in PLAIN:
        return PLAIN[name]
    return f"{OWNERS[name[0]]} {LINES[rank][int(name[1:])]}"


def plural(text: str) -> str:
    """More than one of it."""
    return text + ("es" if text.endswith(("x", "s")) else "s")


def ranges(values: Sequence[int]) -> str:
    """Numbers as text, runs of three and more as first..last.

    >>> ranges([0, 1, 2, 5])
    '0..2, 5'
    """
    whole = np.asarray(values)
    runs = np.split(whole, np.flatnonzero(np.diff(whole) != 1) + 1)
    parts = [f"{r[0]}..{r[-1]}" if len(r) > 2 else ", ".join(map(str, r)) for r in runs]
    return ", ".join(parts[:6]) + (" ..." if len(parts) > 6 else "")


def some(name: str, values: Array, size: int, rank: int) -> str:
    """Some of the places along a coordinate: "the last output row", "kernel columns 1, 2 of 3"."""
    what, count = title(name, rank), len(values)
    rest = np.setdiff1d(np.arange(size), values)
    if size == 1:
        return f"the {what}"
    if count == 1 and values[0] in (0, size - 1):
        end = "first" if values[0] == 0 else "last"
        return f"the {what.replace(' ', f' {end} ', 1)}" if "'s " in what else f"the {end} {what}"
    if len(rest) == 1 and rest[0] in (0, size - 1) and size > 2:
        return f"all {plural(what)} but the {'first' if rest[0] == 0 else 'last'}"
    if count > 1 and size > 3 and np.array_equal(values, np.arange(1, size, 2)):
        return f"every second {what}"
    if count == size - values[0] and count > 1:
        return f"{plural(what)} from {values[0]} on (of {size}, counted from 0)"
    name_of = what if count == 1 else plural(what)
    return f"{name_of} {ranges(values.tolist())} of {size} (counted from 0)"


def times(weight: float) -> str:
    """A factor, as a fraction where it is one.

    >>> times(0.25), times(2.0), times(0.9)
    ('1/4 of', '2 times', '0.9 times')
    """
    if weight == 0:
        return "none of"
    inverse = 1 / weight
    if abs(weight) < 1 and abs(inverse - round(inverse)) < 1e-4:
        return f"{'-' if weight < 0 else ''}1/{abs(round(inverse))} of"
    return f"{weight:.6g} times"


def term(value: int, letter: str, first: bool) -> str:
    """A term of a sum: +2 o_h."""
    sign = "-" if value < 0 else ("" if first else "+")
    size = "" if abs(value) == 1 else f"{abs(value)} "
    return f"{sign}{size}{letter}" if first else f" {sign} {size}{letter}"


def relation(axis: int, rank: int, factors: dict[str, int], constant: int) -> str:
    """An index relation: "i_w = 2 o_w + k_w - 1"."""
    letters = LETTERS[rank]
    text = ""
    for name, value in factors.items():
        if value:
            text += term(value, f"{name[0]}_{letters[int(name[1:])]}", not text)
    if constant or not text:
        sign = "-" if constant < 0 else "+"
        text += f" {sign} {abs(constant)}" if text else f"{constant}"
    return f"i_{letters[axis]} = {text}"
