"""Edges left out, added or weighted otherwise: which ones, as a condition on coordinates."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.conformance.faults.reading.edges import Edges
from convproof.conformance.faults.reading.words import LINES, some
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]
MOST = 3  # conditions at once


@dataclass(frozen=True)
class Condition:
    """That some coordinates are among some values."""

    values: dict[str, Array]
    sizes: dict[str, int]

    def holds(self, places: dict[str, Array]) -> Array:
        """For which edges."""
        keep = np.ones(len(next(iter(places.values()))), bool)
        for name, among in self.values.items():
            keep &= np.isin(places[name], among)
        return keep

    def text(self, rank: int) -> str:
        """In words."""
        parts = []
        for name, among in self.values.items():
            parts.append(
                FEATURES[name] if name in FEATURES else some(name, among, self.sizes[name], rank)
            )
        return ", ".join(parts)


FEATURES = {
    "border": "windows that reach into the padding",
    "void": "windows that see only padding",
    "edge": "pixels at the image's edge",
    "diagonal": "taps off the diagonal",
    "shared": "pixels that several windows read",
}


def described(some_edges: Edges, among: Edges, case: Case) -> Condition | None:
    """The least condition that `some_edges` satisfy and no other edges of `among`, or None."""
    sizes = {n: s for side in among.sides for n, s in zip(side.axes, side.shape, strict=True)}
    whole = among.places | features(among, case)
    chosen = np.isin(among.keys, some_edges.keys)
    if not chosen.any():
        return None
    values = {}
    for name, column in whole.items():
        here = np.unique(column[chosen])
        if len(here) < len(np.unique(column)):
            values[name] = here
    names = sorted(values, key=lambda n: (_rank(n), n in FEATURES or len(values[n])))
    for count in range(min(MOST, len(names)) + 1):
        for group in itertools.combinations(names, count):
            condition = Condition({name: values[name] for name in group}, sizes)
            if np.array_equal(condition.holds(whole), chosen):
                return condition
    return None


def _rank(name: str) -> int:
    """Plain coordinates first, pixels after outputs and taps: those follow from these."""
    if name == "void":
        return -1
    if name in FEATURES:
        return 3
    return {"i": 2, "b": 2, "c": 1}.get(name[0], 0)


def features(edges: Edges, case: Case) -> dict[str, Array]:
    """What else may matter of an edge, as 0 or 1."""
    places = edges.places
    found: dict[str, Array] = {}
    if "n" in places and "o0" in places:
        border, void = np.zeros((2, len(edges.keys)), bool)
        for number, axis in enumerate(case.axes):
            start = axis.stride * places[f"o{number}"] - axis.pad_lo
            border |= (start < 0) | (start + axis.extent > case.space[number])
            taps = start[:, None] + axis.dilation * np.arange(axis.kernel)
            void |= ~((taps >= 0) & (taps < case.space[number])).any(axis=1)
        found["border"], found["void"] = border.astype(int), void.astype(int)
    if "i0" in places:
        edge = np.zeros(len(edges.keys), bool)
        for number, size in enumerate(case.space):
            edge |= (places[f"i{number}"] == 0) | (places[f"i{number}"] == size - 1)
        found["edge"] = edge.astype(int)
        counts = np.bincount(edges.ends["pixel"], minlength=edges.side("pixel").size)
        found["shared"] = (counts[edges.ends["pixel"]] > 1).astype(int)
    if case.kernel is not None and "k0" in places and case.rank > 1:
        found["diagonal"] = (places["k0"] != places[f"k{case.rank - 1}"]).astype(int)
    return found


def bounded(missing: Edges, right: Edges, case: Case) -> tuple[str, str] | None:
    """Whether what is left out is beyond the size that another axis has."""
    if not len(missing.keys):
        return None
    places, lines = right.places, LINES[case.rank]
    gone = np.isin(right.keys, missing.keys)
    for letter, sizes, what in (
        ("i", case.space, "input"),
        ("o", right.side("out").shape[1:-1], "output"),
    ):
        for axis, other in itertools.permutations(range(case.rank), 2):
            name = f"{letter}{axis}"
            if name in places and np.array_equal(places[name] >= sizes[other], gone):
                if sizes[axis] == sizes[other] + 1:  # it may be the last, whatever the others are
                    line = lines[axis]
                    return (
                        f"leaves out the last {what} {line}, of {sizes[axis]}; there are "
                        f"{sizes[other]} {lines[other]}s",
                        f"an odd {line} at the end, or a bound of {line}s by the {lines[other]}s",
                    )
                return (
                    f"leaves out {what} {lines[axis]}s from {sizes[other]} on: there are "
                    f"{sizes[axis]}, and {sizes[other]} {lines[other]}s",
                    f"a bound of {lines[axis]}s by the number of {lines[other]}s",
                )
    return None


ORDERS = {
    "window": "o",
    "batch item and window": "no",
    "batch item": "n",
    "tap": "k",
    "input channel": "c",
    "output channel": "m",
    "output channel and window": "mo",
    "tap and input channel": "kc",
}


def kept_one(found: Edges, right: Edges, end: str, case: Case) -> tuple[str, str] | None:
    """Which single one of the contributions to each entry is kept: the last or first by an order.

    Where contributions are assigned instead of added, the last one stays.
    """
    places, entries = right.places, right.ends[end]
    chosen = np.isin(right.keys, found.keys)
    if not right.where(chosen).same(found):
        return None
    for what, letters in ORDERS.items():
        columns = [places[n] for n in _named(letters, places)]
        if not columns:
            continue
        position = np.ravel_multi_index(
            tuple(columns), tuple(int(column.max()) + 1 for column in columns)
        )
        for word, sign in (("last", 1), ("first", -1)):
            best = np.full(right.side(end).size, -(2**62))
            np.maximum.at(best, entries, sign * position)
            if np.array_equal(sign * position == best[entries], chosen):
                return what, word
    return None


def _named(letters: str, places: dict[str, Array]) -> list[str]:
    """The coordinates of an order, the slowest first."""
    found: list[str] = []
    for letter in letters:
        if letter in "ok":
            found += sorted(n for n in places if n[0] == letter and n[1:].isdigit())
        elif letter == "c":
            found += [n for n in ("ci",) if n in places]
        elif letter in places:
            found.append(letter)
    return found


def weighted(found: Edges, right: Edges, case: Case) -> list[tuple[float, Condition]] | None:
    """The factors by which weights are off, each with its condition; None where that is not all."""
    if not np.array_equal(found.keys, right.keys):
        return None
    ratio = np.round(found.weights / right.weights, 6)
    factors = [f for f in np.unique(ratio) if abs(f - 1) > 1e-5]
    told = []
    for factor in factors:
        condition = described(right.where(ratio == factor), right, case)
        if condition is None:
            return None
        told.append((float(factor), condition))
    return told if len(told) <= MOST else None
