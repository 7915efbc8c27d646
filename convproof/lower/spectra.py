"""What transforms and spectra count: as if each spectrum had an entry for each number."""

from __future__ import annotations

from sympy import Mul

from convproof.lower.counts import Counts
from convproof.lower.program import Crossed, Lay, Mixed, Restored, Spectrum
from convproof.lower.shapes import Shape

PASSES = 6  # a transform along an axis takes as long as so many loops over its numbers, about


def count(value: Spectrum | Restored | Mixed | Crossed, counter: Counts) -> Shape:
    """A value's shape; what it costs is counted."""
    if isinstance(value, (Spectrum, Restored)):
        first, sizes, seen = value.first, counter.sizes(value.sizes), counter.env[value.array]
        behind = seen[first + len(sizes) :]
        whole = Mul(*seen[:first], *sizes, *behind)
        counter.gather()
        counter.add(steps=8 + 4 * len(sizes), fresh=whole, numbers=PASSES * len(sizes) * whole)
        kept = counter.sizes(value.kept) if isinstance(value, Restored) else sizes
        return (*seen[:first], *kept, *behind)
    left, right = counter.env[value.left], counter.env[value.right]
    depth, outputs = left[-1], right[-1]
    if isinstance(value, Mixed):
        made: Shape = (*left[:-1], outputs)
        counter.add(steps=3, numbers=2 * depth * Mul(*made), fresh=Mul(*made))
        return made
    counter.add(steps=3, numbers=3 * depth * Mul(*right), fresh=depth * Mul(*right))
    return (*right[value.rank + 1 : -1], depth, outputs)


def lay(step: Lay, counter: Counts) -> None:
    """Tiles put side by side, a copy each."""
    seen = counter.env[step.source]
    total, tiles = Mul(*seen), Mul(*seen[: len(seen) // 2 - 1])
    run = counter.size(step.step) * seen[-1]
    counter.add(steps=3 * tiles, numbers=total, runs=total / run)
