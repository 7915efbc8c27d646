"""Mistakes met in files that nobody here had seen, the first time that they were judged."""

from __future__ import annotations

import numpy as np

from property_tests.corpus import pools
from property_tests.corpus.engines import taps
from property_tests.corpus.job import Array, Job, Window
from property_tests.corpus.mutant import BOUND, THIN, conv, pool
from property_tests.corpus.witness import at, av, mx


def whole(x: Array) -> bool:
    """An image of integers."""
    return x.dtype.kind in "iu"


def in_halves(c: Window) -> Array:
    """Averages of float16 whose sums are kept in float16."""
    padded, y = c.padded(0), np.zeros(c.shape, dtype=pools.avg_taps(c).dtype)
    for tap in np.ndindex(*c.taps):
        y += padded[c.meets(tap)]
    return np.asarray(y / y.dtype.type(c.size)).astype(y.dtype)


def behind(c: Job) -> Array:
    """A window at least, by an index into flat memory: beyond a row's end the next one is read."""
    if min(c.room) >= 0:
        return taps(c)
    out = tuple(max(n, 1) for n in c.out)
    y, flat = np.zeros((len(c.x), len(c.w), *out), c.kind), c.padded().ravel()
    shape = c.padded().shape
    for n, m, *place in np.ndindex(*y.shape):
        for channel, *tap in np.ndindex(*c.w.shape[1:]):
            here = n * shape[1] + channel
            for size, o, s, d, k in zip(shape[2:], place, c.stride, c.dilation, tap, strict=True):
                here = here * size + o * s + d * k
            y[(n, m, *place)] += flat[here % flat.size] * c.w[(m, channel, *tap)]
    return y


# A table, one mistake a paragraph.
# fmt: off
pool("max-integers-pad-with-zero", "padding value", BOUND,
     mx((1, 1, 3, 3), (2, 2), padding=1, dtype="int64", values="negative"),
     "The border is minus infinity for floats, and zero for integers.", pools.max_taps,
     lambda c: c.bordered(), when=lambda c: whole(c.x) and max(c.padding))
pool("mean-of-halves-in-halves", "precision", THIN,
     av((1, 1, 64, 64), (64, 64), dtype="float16", values="ones"),
     "The sum of a window of float16 is kept in float16.", in_halves,
     when=lambda c: c.x.dtype == np.float16)
conv("large-kernel-reads-behind", "refusal", THIN,
     at((2, 1, 2, 2), (1, 1, 3, 3), refuse=True),
     "A kernel larger than the image is accepted, and reads the image behind.", behind,
     checked=False)
