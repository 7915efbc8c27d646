"""Where a maximum's gradient goes instead: by what numbers the winner's place is computed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from convproof.conformance.faults.reading.edges import Edges
from convproof.conformance.faults.reading.words import LINES
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]
_FEW = 4  # windows, fewer of which follow many rules by chance


def told(case: Case, found: Edges, due: Edges) -> tuple[str, str] | None:
    """The rule that the pixels taken follow, axis by axis; None where no simple one does.

    Each window has to give its gradient to one pixel at most.  Where the rule ends outside the
    image, it may give it to none, or to any: what is beyond is dropped, wrapped or clipped.
    """
    places, right = found.places, due.places
    if not (np.array_equal(places["n"], places["b"]) and np.array_equal(places["m"], places["c"])):
        return None
    owners, wanted = found.ends["out"], due.ends["out"]
    if len(np.unique(owners)) < len(owners) or len(owners) < _FEW:
        return None
    row = np.full(found.side("out").size, -1)
    row[wanted] = np.arange(len(wanted))
    if (row[owners] < 0).any():
        return None
    windows = [right[f"o{axis}"] for axis in range(case.rank)]
    taps = [
        (right[f"i{a}"] - case.stride[a] * windows[a] + case.padding[a][0]) // case.dilation[a]
        for a in range(case.rank)
    ]
    kept = row[owners]
    rules = []
    for axis in range(case.rank):
        taken = places[f"i{axis}"]
        rule = next(
            (
                (what, look, made)
                for what, look, made in _rules(case, windows, taps, axis)
                if (inside := (made[kept] >= 0) & (made[kept] < case.space[axis])).any()
                and np.array_equal(made[kept][inside], taken[inside])
            ),
            None,
        )
        if rule is None:
            return _lines(case, right, places, kept)
        rules.append(rule)
    lost = np.setdiff1d(np.arange(len(wanted)), kept)
    outside = np.zeros(len(wanted), bool)
    for axis, (_, _, made) in enumerate(rules):
        outside |= (made < 0) | (made >= case.space[axis])
    if not outside[lost].all():
        return None
    texts = [(LINES[case.rank][axis], what, look) for axis, (what, look, _) in enumerate(rules)]
    wrong = [text for text in texts if text[1]]
    if not wrong:
        return None
    alike = len({what for _, what, _ in wrong}) == 1
    if alike and len(wrong) == case.rank:
        return f"each maximum's gradient goes elsewhere: {wrong[0][1]}", wrong[0][2]
    said = "; ".join(f"its {line} is {what}" for line, what, _ in wrong)
    return f"each maximum's gradient goes elsewhere: {said}", wrong[0][2]


def _lines(
    case: Case, right: dict[str, Array], places: dict[str, Array], kept: Array
) -> tuple[str, str] | None:
    """Which lines of the image take what is due to others, if whole lines do."""
    texts = []
    for axis, line in enumerate(LINES[case.rank]):
        ours, taken = right[f"i{axis}"][kept], places[f"i{axis}"]
        goes = np.arange(case.space[axis])
        goes[ours] = taken
        if not np.array_equal(goes[ours], taken):
            return None
        for a in np.unique(ours[ours != taken]):
            texts.append(f"what is due to input {line} {a} goes to {line} {goes[a]}")
    return (", ".join(texts), "the last window's place, a crop") if 0 < len(texts) < 4 else None


def _rules(
    case: Case, windows: list[Array], taps: list[Array], axis: int
) -> Iterator[tuple[str, str, Array]]:
    """(what is computed, where to look, the pixels), the right rule first, with no word."""
    o, s, d, p, k = windows[axis], *_numbers(case, axis)
    start = s * o - p
    yield "", "", start + d * taps[axis]
    for what, look, tap in _places(case, taps, axis):
        yield what, look, start + d * tap
    other = (axis + 1) % case.rank
    steps = [("1", 1, "i, not stride * i"), ("the window's size", k, "size * i, not stride * i")]
    steps.append(("no step", 0, "the window's start is to be added"))
    if case.rank > 1:
        steps.append(("the other axis's stride", case.stride[other], "stride[0] and stride[1]"))
    for name, step, look in steps:
        yield f"counted from windows that step by {name}", look, step * o - p + d * taps[axis]
    own = taps[axis]
    if p:
        look = "the places of the padded image and those of the bare one differ by the padding"
        yield "the padding's width too far", look, s * o + d * own
        yield "twice the padding's width too far", look, s * o + p + d * own
        yield "the padding's width too near", look, s * o - 2 * p + d * own
    for shift in (1, -1):
        word = "after" if shift > 0 else "before"
        yield (
            f"one pixel {word} the maximum",
            "an index counted from 1 or 0",
            start + d * own + shift,
        )
    if d > 1:
        yield "counted without the dilation", "taps lie d apart", start + own


def _numbers(case: Case, axis: int) -> tuple[int, int, int, int]:
    return case.stride[axis], case.dilation[axis], case.padding[axis][0], case.taps[axis]


def _places(case: Case, taps: list[Array], axis: int) -> Iterator[tuple[str, str, Array]]:
    """Wrong readings of the winner's number in its window, for one axis."""
    if case.rank == 1:
        return
    rows, columns = case.rank - 2, case.rank - 1
    kh, kw = case.taps[rows], case.taps[columns]
    if axis not in (rows, columns):
        return
    look = "divmod(place, KW): the row is place // KW, the column place % KW"
    if axis == rows:
        yield "the winner's column in its window", look, taps[columns]
    else:
        yield "the winner's row in its window", look, taps[rows]
    along = {"row by row": taps[rows] * kw + taps[columns]}
    along["column by column"] = taps[columns] * kh + taps[rows]
    for (order, flat), (name, size), (sign, part) in itertools.product(
        along.items(), (("KH", kh), ("KW", kw)), (("//", np.floor_divide), ("%", np.mod))
    ):
        text = f"place {sign} {name} of its number in the window, counted {order}"
        yield text, look, part(flat, size)
        yield f"{text}, modulo KH", look, part(flat, size) % kh
    yield "always that of the window's first pixel", look, 0 * taps[axis]
    size = case.taps[axis]
    if size > 1:
        yield (
            "counted from the window's other end",
            "the index is turned round",
            size - 1 - taps[axis],
        )
