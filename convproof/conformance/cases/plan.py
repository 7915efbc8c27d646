"""Which calls to make, in which order: a deterministic plan that meets thin slices of parameters.

Four parts.  `basics`: a few dozen small calls, each aimed at a common mistake, so that those show
within milliseconds (`aims`).  `structure`: a covering array: greedily chosen rows until every
combination of three structural features (taps, stride, dilation, padding, groups, leftovers, ...)
that can be met, was.  `thresholds`: every size at which code likes to branch (channels, batch,
image sides, taps, strides), each met with many structural pairs.  `bulk`: few, large.
"""

from __future__ import annotations

import functools
import math
import random
from collections.abc import Iterator

import numpy as np

from convproof.conformance.cases.aims import basics, idioms, sessions
from convproof.conformance.cases.draw import Limits, cover, draw_row, features
from convproof.conformance.cases.rows import Row

__all__ = ["Limits", "basics", "bulk", "idioms", "precision", "sessions", "structure", "thresholds"]


@functools.lru_cache(maxsize=32)
def structure(kind: str, rank: int, limits: Limits, count: int, seed: int) -> tuple[Row, ...]:
    """A covering array of small rows."""
    rng = random.Random(f"structure {kind} {rank} {seed}")
    pool: list[Row] = []
    most = 60_000 if rank < 3 else 200_000
    while len(pool) < 4 * count:
        row = draw_row(kind, rank, limits, rng)
        if row is not None and row.work <= most:
            pool.append(row)
    return tuple(cover(pool, count, np.random.default_rng(seed)))


CHANNELS = (
    *range(6, 21),
    24,
    25,
    28,
    31,
    32,
    33,
    40,
    48,
    63,
    64,
    65,
    96,
    100,
    127,
    128,
    129,
    256,
    257,
)
BATCHES = (*range(5, 21), 24, 31, 32, 33, 50, 63, 64, 65, 100, 127, 128, 129, 256, 257)
SIDES = (
    *range(8, 37),
    40,
    47,
    48,
    49,
    55,
    56,
    57,
    63,
    64,
    65,
    100,
    127,
    128,
    129,
    200,
    224,
    256,
    257,
)


def levels(kind: str, rank: int, limits: Limits) -> list[tuple[str, int]]:
    """Every size at which code is likely to branch, one at a time."""
    found: list[tuple[str, int]] = [("inputs", c) for c in CHANNELS]
    if kind == "conv":
        found += [("outputs", m) for m in CHANNELS]
        if "groups" in limits.parameters:
            found += [("groups", g) for g in (5, 6, 7, 8, 9, 12, 15, 16, 17, 32, 33, 64, 65)]
    found += [("batch", n) for n in BATCHES]
    for axis in range(rank):
        found += [(f"space{axis}", h) for h in (SIDES if rank < 3 else SIDES[:20:3])]
        found += [(f"taps{axis}", k) for k in ((5, 6, 7, 8, 9, 11, 13) if rank < 3 else (4, 5))]
        if "stride" in limits.parameters:
            found += [(f"stride{axis}", s) for s in (4, 5, 6, 7, 8)]
        if "dilation" in limits.parameters:
            found += [(f"dilation{axis}", d) for d in (3, 4, 5, 6)]
        if kind == "conv" and "padding" in limits.parameters:
            found += [(f"pad{axis}", p) for p in (3, 4, 5, 6, 8)]
    return found


@functools.lru_cache(maxsize=32)
def thresholds(kind: str, rank: int, limits: Limits, per_level: int, seed: int) -> tuple[Row, ...]:
    """Rows with one large size each; a level's rows together meet as many features as they can."""
    rng = random.Random(f"thresholds {kind} {rank} {seed}")
    chosen: list[list[Row]] = []
    for name, level in levels(kind, rank, limits):
        pool: list[tuple[Row, set[tuple[int, int]]]] = []
        for _ in range(3 * per_level):
            fixed = {name: level}
            if name in ("inputs", "outputs") and rng.random() < 0.75:
                fixed["groups"] = 1
            row = draw_row(kind, rank, limits, rng, fixed)
            if row is not None and row.work <= 400_000:
                pool.append((row, set(enumerate(features(row)))))
        rows: list[Row] = []
        met: set[tuple[int, int]] = set()
        while pool and len(rows) < per_level:
            place = max(range(len(pool)), key=lambda i: len(pool[i][1] - met))
            row, seen = pool.pop(place)
            met |= seen
            rows.append(row)
        chosen.append(rows)
    # One row of every level first, then the second of every level: a cut costs depth, not levels.
    ordered: list[Row] = []
    for turn in range(per_level):
        these = [rows[turn] for rows in chosen if turn < len(rows)]
        ordered += sorted(these, key=lambda row: row.dense)
    return tuple(ordered)


@functools.lru_cache(maxsize=32)
def precision(kind: str, rank: int, limits: Limits, seed: int) -> tuple[Row, ...]:
    """Real numbers at every level in every dtype: where a branch loses digits."""
    rng = random.Random(f"precision {kind} {rank} {seed}")
    rows = []
    for dtype in limits.dtypes:
        for name, level in levels(kind, rank, limits):
            for _ in range(4):
                row = draw_row(kind, rank, limits, rng, {name: level})
                if row is not None and row.work <= 400_000:
                    rows.append(row.with_(dtype=dtype, style="real", memory="plain"))
                    break
    return tuple(sorted(rows, key=lambda row: row.dense))


@functools.lru_cache(maxsize=32)
def bulk(kind: str, rank: int, limits: Limits, count: int, seed: int) -> tuple[Row, ...]:
    """Rows with several large sizes at once, the cheapest first."""
    rng = random.Random(f"bulk {kind} {rank} {seed}")
    rows: list[Row] = list(giants(kind, rank, limits))
    names = ["batch", "inputs", *(f"space{a}" for a in range(rank))]
    if kind == "conv":
        names.append("outputs")
    light = 0
    for _ in range(60 * count):
        chosen = rng.sample(names, rng.randint(2, 3))
        if rank > 1 and rng.random() < 0.4:
            chosen = ["space0", "space1"]
        fixed = {
            name: rng.choice({"b": BATCHES, "i": CHANNELS, "o": CHANNELS, "s": SIDES}[name[0]])
            for name in chosen
        }
        row = draw_row(kind, rank, limits, rng, fixed)
        if row is None:
            continue
        pixels = math.prod(row.space) * row.batch * row.inputs * row.groups
        if row.work <= 300_000 and light < 0.75 * count:
            light += 1
            rows.append(row)
        elif 300_000 < row.work <= 6_000_000 and pixels < 400_000:
            rows.append(row)
        if len(rows) >= count:
            break
    return tuple(sorted(rows, key=lambda row: row.work))


def giants(kind: str, rank: int, limits: Limits) -> Iterator[Row]:
    """Windows of more than 256 taps and images of more than 2**15 and 2**16 pixels."""
    if rank != 2:
        return
    base = next(iter(basics(kind, rank, limits))).with_(batch=1, inputs=1, outputs=1)
    steps = "stride" in limits.parameters
    for space, taps in (
        ((22, 21), (17, 16)),
        ((19, 18), (12, 11)),
        ((182, 181), (2, 2)),
        ((258, 257), (3, 3)),
    ):
        if taps[0] != taps[1] and f"unequal_{'kernel' if kind == 'conv' else 'window'}" not in (
            limits.parameters
        ):
            taps = (taps[0],) * 2
        step = (2, 2) if steps and taps[0] < 4 else (1, 1) if steps or kind == "conv" else taps
        yield base.with_(space=space, taps=taps, stride=step)
