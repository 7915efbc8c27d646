"""Entries of one array that take each other's place: axes exchanged, reversed, read in an order."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import Any

import numpy as np

from convproof.conformance.faults.reading.edges import Edges, Side
from convproof.conformance.faults.reading.words import LETTERS, LINES, plural, ranges, title
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]
WHOSE = {"out": "output", "kernel": "kernel", "pixel": "input", "bias": "bias"}


def places_taken(right: Edges, found: Edges, name: str, holes: bool = False) -> Array | None:
    """For each entry of a side the one whose part it plays; None where some play none.

    An entry's part is its edges: what they are to the other sides, and their weights.  With
    `holes` an entry may have none where one is due: -1.
    """
    due, came = _parts(right, name), _parts(found, name)
    size = right.side(name).size
    owners: dict[Any, list[int]] = defaultdict(list)
    for entry in range(size):
        owners[due.get(entry, ())].append(entry)
    taken = np.arange(size)
    for entry in range(size):
        part = came.get(entry, ())
        if part == due.get(entry, ()):
            continue
        if holes and not part:
            taken[entry] = -1
            continue
        if part not in owners or not part:
            return None
        taken[entry] = owners[part][0]
    return None if np.array_equal(taken, np.arange(size)) else taken


def _parts(edges: Edges, name: str) -> dict[int, tuple[Any, ...]]:
    ends = edges.ends
    entries = ends.pop(name)
    order = np.lexsort((*reversed(list(ends.values())), entries))
    rest = np.stack([*(end[order] for end in ends.values()), np.round(edges.weights[order], 6)], 1)
    starts = np.flatnonzero(np.diff(entries[order], prepend=-1))
    chunks = np.split(rest, starts[1:])
    return {
        int(entries[order][start]): tuple(map(tuple, chunk.tolist()))
        for start, chunk in zip(starts, chunks, strict=True)
    }


def told(side: Side, taken: Array, rank: int, layout: str) -> tuple[str, str]:
    """The exchange in words, and where to look."""
    whose = WHOSE[side.name]
    here = np.indices(side.shape).reshape(len(side.shape), -1)
    there = np.stack(np.unravel_index(taken, side.shape))
    moved = [axis for axis in range(len(side.shape)) if (here[axis] != there[axis]).any()]
    alone = {axis: _along(here, there, axis, side.shape[axis]) for axis in moved}
    if all(along is not None for along in alone.values()):
        spatial = [axis for axis in range(len(side.shape)) if side.axes[axis][1:].isdigit()]
        texts = {
            axis: _line(side.axes[axis], along, rank)
            for axis, along in alone.items()
            if along is not None
        }
        if side.name == "kernel" and all(
            texts.get(axis, "").endswith("in reverse order")
            for axis in spatial
            if side.shape[axis] > 1
        ):
            return "kernel flipped (a true convolution)", "K[-k, -l] where K[k, l] is due"
        return " and ".join(texts.values()), f"the index of the {whose}'s axis"
    order = _reordered(side, taken, layout)
    if order is not None:
        return order
    flat = by_width(side, taken, rank)
    if flat is not None:
        return flat
    wrong = int((taken != np.arange(side.size)).sum())
    names = " and ".join(title(side.axes[axis], rank) for axis in moved)
    example = np.flatnonzero(taken != np.arange(side.size))[0]
    a, b = (
        ", ".join(f"{title(n, rank)} {v[e]}" for n, v in zip(side.axes, w, strict=True))
        for w, e in ((here, example), (there, example))
    )
    text = (
        f"{wrong} of {side.size} entries of the {whose} are taken for others ({names} mixed up): "
        f"[{a}] plays the part of [{b}]"
    )
    return text, f"how the {whose} is indexed or reshaped"


def by_width(side: Side, taken: Array, rank: int) -> tuple[str, str] | None:
    """Whether the flat place in a plane is taken apart by another width, from a corner of it."""
    here = np.indices(side.shape).reshape(len(side.shape), -1)
    there = np.stack(np.unravel_index(taken.clip(0), side.shape))
    full = taken >= 0
    rows = next((n for n, name in enumerate(side.axes) if name[1:] == str(rank - 2)), None)
    if rank < 2 or rows is None or not side.axes[rows][1:].isdigit():
        return None
    others = [axis for axis in range(len(side.shape)) if axis not in (rows, rows + 1)]
    if any(not np.array_equal(here[axis][full], there[axis][full]) for axis in others):
        return None
    moved = (here != there).any(axis=0)
    height, width = side.shape[rows : rows + 2]
    flat = here[rows] * width + here[rows + 1]
    for other in range(1, 2 * max(height, width)):
        row, column = flat // other, flat % other
        for up, left in itertools.product(range(3), repeat=2):
            own = (row + up < height - up) & full  # the rest of the memory may hold anything
            same = (row + up == there[rows]) & (column + left == there[rows + 1])
            if own.any() and moved[own].any() and same[own].all() and own[moved].mean() > 0.4:
                whose, lines = WHOSE[side.name], LINES[rank]
                border = " without its border" if up or left else ""
                return (
                    f"the {whose} is filled{border} by rows of {other} {lines[-1]}s where a "
                    f"{lines[-2]} has {width}: {lines[-2]}s and {lines[-1]}s run into each other",
                    f"the width by which a flat place of the {whose} is taken apart",
                )
    return None


def replaced(right: Edges, found: Edges, name: str, rank: int) -> str | None:
    """Where the other ends of each edge are right and this one is another: what stands for what."""
    if len(right.sides) < 3 or len(right.keys) != len(found.keys):
        return None
    others = [side.name for side in right.sides if side.name != name]
    shape = tuple(right.side(other).size for other in others)
    pairs = [
        np.ravel_multi_index(tuple(edges.ends[other] for other in others), shape)
        for edges in (right, found)
    ]
    orders = [np.argsort(pair, kind="stable") for pair in pairs]
    due, came = (pair[order] for pair, order in zip(pairs, orders, strict=True))
    if not np.array_equal(due, came) or len(np.unique(due)) < len(due):
        return None
    side, texts = right.side(name), []
    here, there = right.places, found.places
    for axis, size in zip(side.axes, side.shape, strict=True):
        wanted, taken = here[axis][orders[0]], there[axis][orders[1]]
        if np.array_equal(wanted, taken):
            continue
        line = np.arange(size)
        line[wanted] = taken
        if not np.array_equal(line[wanted], taken):
            return None
        texts.append(_line(axis, line, rank))
    return f"{' and '.join(texts)}, in {WHOSE[name]}" if texts else None


def shifted(case: Case, right: Edges, found: Edges) -> str | None:
    """Whether each output's pixels lie a fixed step from where they should."""
    if len(right.sides) > 2 or "pixel" not in found.ends or not len(found.keys):
        return None
    moved = found.places
    for steps in itertools.product(*(range(-3, 4) for _ in case.space)):
        inside = np.ones(len(found.keys), bool)
        parts = [moved["b"]]
        for axis, (step, size) in enumerate(zip(steps, case.space, strict=True)):
            place = moved[f"i{axis}"] - step
            inside &= (place >= 0) & (place < size)
            parts.append(place.clip(0, size - 1))
        back = np.ravel_multi_index((*parts, moved["c"]), case.x.shape)
        ends = np.ravel_multi_index(
            tuple(found.ends[s.name] if s.name != "pixel" else back for s in found.sides),
            tuple(s.size for s in found.sides),
        )
        if any(steps) and inside.all() and np.isin(ends, right.keys).all():
            lines = zip(LINES[case.rank], steps, strict=True)
            return "shifted by " + " and ".join(f"{step} {line}s" for line, step in lines if step)
    return None


def _along(here: Array, there: Array, axis: int, size: int) -> Array | None:
    """The coordinate as a function of itself alone, or None."""
    line = np.full(size, -1)
    line[here[axis]] = there[axis]
    return line if np.array_equal(line[here[axis]], there[axis]) else None


def _line(name: str, line: Array, rank: int) -> str:
    """How one coordinate is exchanged."""
    what, size = title(name, rank), len(line)
    here = np.arange(size)
    if np.array_equal(line, here[::-1]) and size > 1:
        return f"{plural(what)} in reverse order"
    if len(set(line.tolist())) == 1:
        which = {0: "first", size - 1: "last"}.get(int(line[0]), f"number {line[0]}")
        return f"every {what} is given the {which} one's part"
    for shift in range(1, size):
        if size > 2 and np.array_equal(line, (here + shift) % size):
            return f"{plural(what)} rotated by {shift}"
    for count in range(2, size):
        if size % count == 0 and np.array_equal(line, here.reshape(count, -1).T.ravel()):
            return (
                f"{plural(what)} dealt out in turn (index % {size // count}) instead of in blocks"
            )
    wrong = np.flatnonzero(line != here)
    pairs = ", ".join(f"{a} for {line[a]}" for a in wrong[:4])
    return f"{plural(what)} {ranges(wrong.tolist())} taken for others ({pairs})"


def _reordered(side: Side, taken: Array, layout: str) -> tuple[str, str] | None:
    """A transpose with a wrong order, or a reshape without one."""
    axes = list(range(len(side.shape)))
    if layout == "channels_first" and len(axes) > 1:
        axes = (
            [axes[-1], axes[-2], *axes[:-2]]
            if side.name == "kernel"
            else [axes[0], axes[-1], *axes[1:-1]]
        )
    letters = [_letter(side.axes[axis], len(side.shape) - 2) for axis in axes]
    native = np.arange(side.size).reshape(side.shape).transpose(axes)
    plan = np.asarray(taken).reshape(side.shape).transpose(axes)
    whose = WHOSE[side.name]
    for order in itertools.permutations(range(len(axes))):
        if list(order) == sorted(order):
            continue
        turned = native.transpose(order)
        if turned.shape == native.shape and np.array_equal(turned, plan):
            moved = [letters[a] for a, b in enumerate(order) if a != b]
            return (
                f"axes {', '.join(moved)} of the {whose} exchanged",
                f"the transpose of the {whose}: its axes in the wrong order",
            )
    natural = tuple(range(len(axes)))
    orders = list(itertools.permutations(natural))
    pairs = [(order, natural) for order in orders] + [(natural, order) for order in orders]
    if len(axes) < 5:  # 120 times 120 would take too long
        pairs += itertools.product(orders, orders)
    for laid, taken_for in pairs:
        if laid == taken_for:
            continue
        shape = tuple(native.shape[axis] for axis in taken_for)
        image = native.transpose(laid).reshape(shape).transpose(np.argsort(taken_for))
        if np.array_equal(image, plan):
            was, read = (", ".join(letters[a] for a in order) for order in (laid, taken_for))
            return (
                f"the {whose} is laid out as ({was}) and taken for ({read})",
                f"a reshape of the {whose} without the transpose it needs",
            )
    return None


def _letter(name: str, rank: int) -> str:
    """A short name of an axis."""
    if name[1:].isdigit():
        return {"o": "O", "k": "K", "i": ""}[name[0]] + LETTERS[rank][int(name[1:])].upper()
    return {"n": "N", "b": "N", "m": "C_out", "mk": "C_out", "ci": "C_in", "c": "C"}.get(name, name)
