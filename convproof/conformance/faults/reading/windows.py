"""The windows that a pooling has: where they start, how far they step, how many pixels they see."""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.conformance.faults.reading.edges import Edges
from convproof.conformance.faults.reading.relation import Affine, own
from convproof.conformance.faults.reading.relation import told as told_relation
from convproof.conformance.faults.reading.words import LINES
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]


def told(case: Case, found: Edges, due: Edges) -> tuple[str, str] | None:
    """What other windows the edges are, or None where they are none."""
    places = found.places
    if not (np.array_equal(places["n"], places["b"]) and np.array_equal(places["m"], places["c"])):
        return None
    lines = [_axis(case, found, axis) for axis in range(case.rank)]
    if any(line is None for line in lines):
        return None
    whole = [line for line in lines if line is not None]
    sizes = tuple(size for _, size in whole)
    relations = told_relation(case, [affine for affine, _ in whole])
    texts = [text for text, _ in relations]
    if sizes != case.taps and sizes == case.taps[::-1] and not texts:
        return (
            f"the window's {LINES[case.rank][0]}s and {LINES[case.rank][-1]}s exchanged: "
            f"{sizes} where {case.taps} is due",
            "the order of the window's numbers",
        )
    for axis, (size, right) in enumerate(zip(sizes, case.taps, strict=True)):
        if size != right:
            line = LINES[case.rank][axis]
            texts.insert(0, f"windows of {size} {line}s where {right} are due")
    look = relations[0][1] if relations else "the window's size on each axis"
    return ("; ".join(texts), look) if texts else None


def _axis(case: Case, found: Edges, axis: int) -> tuple[Affine, int] | None:
    """One axis's windows as start, step and size, if all of them have these."""
    places, size = found.places, case.space[axis]
    reads = np.zeros((found.side("out").shape[1 + axis], size), bool)
    reads[places[f"o{axis}"], places[f"i{axis}"]] = True
    d = case.dilation[axis]
    full = {o: np.flatnonzero(row) for o, row in enumerate(reads) if row.any()}
    if not full:
        return None
    count = max(len(row) for row in full.values())
    starts = [(o, int(row[0])) for o, row in full.items() if len(row) == count]
    if not starts:
        return None
    step = case.stride[axis]
    if len(starts) > 1:
        step = (starts[1][1] - starts[0][1]) // (starts[1][0] - starts[0][0])
    begin = starts[0][1] - step * starts[0][0]
    for o in range(len(reads)):
        wanted = begin + step * o + d * np.arange(count)
        inside = wanted[(wanted >= 0) & (wanted < size)]
        if o not in full and len(inside) < count:
            continue  # one that is not wholly on the image may be left out
        if not np.array_equal(full.get(o, np.zeros(0, int)), inside):
            return None
    base = own(case, axis)
    return Affine(axis, base.factors | {f"o{axis}": step}, begin), count
