"""Which calls to make, in which order: a deterministic plan that meets thin slices of parameters.

Four parts.  `basics`: a few dozen small calls, each aimed at a common mistake, so that those show
within milliseconds.  `structure`: a covering array: greedily chosen rows until every
combination of three structural features (taps, stride, dilation, padding, groups, leftovers, ...)
that can be met, was.  `thresholds`: every size at which code likes to branch (channels, batch,
image sides, taps, strides), each met with many structural pairs.  `bulk`: few, large.
"""

from __future__ import annotations

import functools
import itertools
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.conformance.rows import POOL_STYLES, STYLES, Row
from convproof.laws.case import MEMORY

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Limits:
    """What a target can be asked for: parameters it takes, dtypes it takes, fixed defaults."""

    parameters: frozenset[str]
    dtypes: tuple[str, ...] = ("float64", "float32")
    count_include_pad: bool = True
    memory: tuple[str, ...] = MEMORY
    styles: tuple[str, ...] | None = None
    default_stride: str = "window"
    precision: str = ""


def _pick(rng: random.Random, values: Sequence[Any], weights: Sequence[float]) -> Any:
    return rng.choices(values, weights)[0]


def draw_row(
    kind: str, rank: int, limits: Limits, rng: random.Random, fixed: dict[str, Any] | None = None
) -> Row | None:
    """One random row within the limits; None where `fixed` sizes leave no window."""
    fixed = fixed or {}
    can = limits.parameters
    pool = kind != "conv"
    names = {"taps": "window" if pool else "kernel"}

    def per_axis(name: str, values: Sequence[int], weights: Sequence[float]) -> list[int]:
        if rng.random() < 0.25 or f"unequal_{names.get(name, name)}" not in can:
            got = [_pick(rng, values, weights)] * rank
        else:
            got = [_pick(rng, values, weights) for _ in range(rank)]
        for axis in range(rank):
            got[axis] = fixed.get(f"{name}{axis}", got[axis])
        return got

    taps = per_axis(
        "taps", (1, 2, 3, 4, 5, 7), (22, 22, 30, 12, 11, 3) if rank < 3 else (3, 4, 3, 0, 0, 0)
    )
    stride = per_axis("stride", (1, 2, 3, 4, 5), (38, 32, 17, 9, 4))
    if "stride" not in can:
        stride = list(taps) if pool and limits.default_stride == "window" else [1] * rank
    dilation = [1] * rank
    if "dilation" in can:
        dilation = per_axis("dilation", (1, 2, 3, 4), (58, 27, 11, 4))
    pads: list[tuple[int, int]] = []
    same_pad = rng.random() < 0.3
    for axis in range(rank):
        most = taps[axis] // 2 if pool else taps[axis] + 2
        lo = 0 if rng.random() < 0.35 else rng.randint(0, most)
        lo = fixed.get(f"pad{axis}", lo)
        hi = lo
        if "asymmetric_padding" in can and rng.random() < 0.35:
            hi = rng.randint(0, most)
        same_pad = same_pad or "unequal_padding" not in can
        if same_pad and pads:
            lo, hi = pads[0] if not pool else (min(pads[0][0], most), min(pads[0][1], most))
        pads.append((lo, hi) if "padding" in can else (0, 0))
    space = []
    for axis in range(rank):
        extent = dilation[axis] * (taps[axis] - 1) + 1
        count = _pick(rng, (1, 2, 3, 4, 5, 7), (18, 25, 25, 16, 10, 6))
        size = extent + (count - 1) * stride[axis] + rng.randrange(stride[axis])
        size -= sum(pads[axis])
        while size < 1:
            size += stride[axis]
        space.append(fixed.get(f"space{axis}", size))
    if rank > 1 and rng.random() < 0.15 and not any(f"space{a}" in fixed for a in range(rank)):
        space = [max(space)] * rank
    groups, inputs, outputs = 1, _pick(rng, (1, 2, 3, 4, 5), (25, 25, 25, 15, 10)), 1
    if not pool:
        outputs = _pick(rng, (1, 2, 3, 4, 5), (25, 25, 25, 15, 10))
        if "groups" in can and rng.random() < 0.4:
            groups = _pick(rng, (2, 3, 4, 5), (5, 4, 2, 1))
            inputs = _pick(rng, (1, 2, 3), (5, 4, 2))
            outputs = _pick(rng, (1, 2, 3), (5, 4, 2))
    groups = fixed.get("groups", groups)
    styles = limits.styles or (POOL_STYLES if pool else STYLES)
    row = Row(
        kind,
        fixed.get("batch", _pick(rng, (1, 2, 3, 4, 5), (35, 35, 15, 8, 7))),
        tuple(space),
        tuple(taps),
        tuple(stride),
        tuple(pads),
        tuple(dilation),
        fixed.get("inputs", inputs),
        fixed.get("outputs", outputs),
        groups,
        bias="bias" in can and bool(rng.random() < 0.7),
        ceil_mode="ceil_mode" in can and bool(rng.random() < 0.35),
        count_include_pad=(
            bool(rng.random() < 0.5) if "count_include_pad" in can else limits.count_include_pad
        ),
        style="small" if rng.random() < 0.4 else rng.choice(styles),
        dtype=limits.dtypes[0] if rng.random() < 0.65 else rng.choice(limits.dtypes),
        memory="plain" if rng.random() < 0.6 else rng.choice(limits.memory),
        seed=rng.getrandbits(30),
        precision=limits.precision,
    )
    return row if row.fits else None


def features(row: Row) -> list[int]:
    """The structural features whose pairs and triples the plan covers, as small numbers."""
    per_axis: list[list[int]] = []
    for axis, size, out in zip(row.axes, row.space, row.out_space, strict=True):
        room = size + axis.pad_lo + axis.pad_hi - axis.extent
        per_axis.append(
            [
                min(axis.kernel, 4) - 1 + (axis.kernel > 4),
                min(axis.stride, 4) - 1,
                min(axis.dilation, 3) - 1,
                min(axis.pad_lo, 2)
                + (axis.pad_lo >= axis.kernel)
                + 4 * ((axis.pad_lo != axis.pad_hi) + (axis.pad_lo > axis.pad_hi)),
                (room % axis.stride != 0) + 2 * (axis.stride > axis.kernel) + 4 * (out == 1),
            ]
        )
    while len(per_axis) < 2:
        per_axis.append([0] * 5)
    group = 0 if row.groups == 1 else 1 if row.inputs > 1 else 2 if row.outputs == 1 else 3
    shared = [
        group,
        min(row.inputs, 3) - 1 + 3 * (min(row.outputs, 3) - 1),
        min(row.batch, 3) - 1 + 3 * row.bias,
        row.ceil_mode + 2 * row.count_include_pad,
        (STYLES if row.kind == "conv" else POOL_STYLES).index(row.style),
        (row.dtype != "float64") + 0,
        MEMORY.index(row.memory),
    ]
    core = [value for column in zip(*per_axis[:2], strict=True) for value in column]
    return core + shared


_LEVELS = 16
_CORE = 12  # two axes of five features, groups and channels: covered in threes


def _interactions(rows: Sequence[Row]) -> Array:
    """For each row the numbers of the feature pairs and triples that it meets."""
    table = np.array([features(row) for row in rows])
    width = table.shape[1]
    parts = []
    offset = 0
    for a, b in itertools.combinations(range(width), 2):
        parts.append(offset + table[:, a] * _LEVELS + table[:, b])
        offset += _LEVELS**2
    for a, b, c in itertools.combinations(range(min(_CORE, width)), 3):
        parts.append(offset + (table[:, a] * _LEVELS + table[:, b]) * _LEVELS + table[:, c])
        offset += _LEVELS**3
    return np.stack(parts, axis=1)


def cover(rows: Sequence[Row], count: int, rng: np.random.Generator, look: int = 40) -> list[Row]:
    """`count` of the rows, each meeting as many interactions not yet met as `look` others."""
    met_by = _interactions(rows)
    seen = np.zeros(int(met_by.max()) + 1, bool)
    free = np.arange(len(rows))
    chosen: list[Row] = []
    for _ in range(min(count, len(rows))):
        at = rng.integers(len(free), size=min(look, len(free)))
        gains = (~seen[met_by[free[at]]]).sum(axis=1)
        place = at[int(gains.argmax())]
        index = free[place]
        free[place] = free[-1]
        free = free[:-1]
        seen[met_by[index]] = True
        chosen.append(rows[index])
    return chosen


@functools.lru_cache(maxsize=32)
def structure(kind: str, rank: int, limits: Limits, count: int, seed: int) -> tuple[Row, ...]:
    """A covering array of small rows."""
    rng = random.Random(f"structure {kind} {rank} {seed}")
    pool = []
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


def basics(kind: str, rank: int, limits: Limits) -> Iterator[Row]:
    """Small calls, each aimed at a common mistake; sizes differ between the axes throughout."""
    can = limits.parameters
    pool = kind != "conv"
    equal = f"unequal_{'window' if pool else 'kernel'}" not in can
    sizes, taps = (6, 5, 4)[:rank], ((3, 3, 3) if equal else (3, 2, 2))[:rank]
    none: tuple[tuple[int, int], ...] = ((0, 0),) * rank
    ones = (1,) * rank
    step = taps if pool and limits.default_stride == "window" else ones
    plain = Row(
        kind,
        2,
        sizes,
        taps,
        ones if "stride" in can else step,
        none,
        ones,
        3,
        1 if pool else 2,
        bias="bias" in can,
        dtype=limits.dtypes[0],
        count_include_pad=limits.count_include_pad,
        precision=limits.precision,
    )
    wanted: list[tuple[str, dict[str, Any]]] = [
        ("", {}),
        ("", {"seed": 1}),
        ("stride", {"stride": (2, 3, 2)[:rank], "space": (8, 9, 5)[:rank]}),
        ("padding", {"padding": ((1, 1), (0, 0), (1, 1))[:rank]}),
        ("padding", {"padding": ((0, 0), (1, 1), (0, 0))[-rank:] if rank > 1 else ((1, 1),)}),
        (
            "stride padding",
            {"stride": (2,) * rank, "padding": ((1, 1),) * rank, "taps": (3,) * rank},
        ),
        ("dilation", {"dilation": (2, 1, 1)[:rank]}),
        ("dilation", {"dilation": (1, 3, 2)[-rank:], "space": (7, 8, 7)[:rank]}),
        ("groups", {"groups": 3, "inputs": 1, "outputs": 2}),
        ("groups", {"groups": 2, "inputs": 2, "outputs": 3}),
        ("bias", {"bias": False}),
        ("stride", {"stride": (4,) * rank, "taps": (2,) * rank, "space": (9, 11, 9)[:rank]}),
        ("stride", {"stride": (2,) * rank, "taps": (1,) * rank}),
        ("padding", {"taps": (1,) * rank, "padding": ((0 if pool else 1,) * 2,) * rank}),
        (
            "stride dilation padding",
            {
                "stride": (2,) * rank,
                "dilation": (2,) * rank,
                "taps": (3,) * rank,
                "padding": ((1, 1),) * rank,
                "space": (9, 8, 7)[:rank],
            },
        ),
        (
            "dilation groups",
            {"dilation": (2,) * rank, "groups": 2, "inputs": 2, "space": (6, 7, 5)[:rank]},
        ),
        ("stride groups", {"stride": (2,) * rank, "groups": 2, "inputs": 2}),
        ("unequal_window unequal_kernel", {"taps": sizes}),
        ("", {"style": "negative"}),
        ("", {"style": "positive", "dtype": limits.dtypes[-1]}),
        ("", {"style": "real", "dtype": limits.dtypes[-1]}),
        ("asymmetric_padding padding", {"padding": ((1, 0), (0, 1), (1, 0))[:rank]}),
        (
            "ceil_mode stride",
            {
                "ceil_mode": True,
                "stride": (2,) * rank,
                "taps": (2,) * rank,
                "space": (5, 7, 3)[:rank],
            },
        ),
        (
            "ceil_mode padding stride",
            {
                "ceil_mode": True,
                "stride": (2,) * rank,
                "taps": (3,) * rank,
                "padding": ((1, 1),) * rank,
                "space": (6, 7, 4)[:rank],
            },
        ),
        (
            "count_include_pad padding",
            {
                "count_include_pad": not limits.count_include_pad,
                "padding": ((1, 1),) * rank,
                "taps": (3,) * rank,
            },
        ),
        ("padding", {"padding": ((1, 1),) * rank, "taps": (3,) * rank, "style": "negative"}),
        ("", {"batch": 1, "inputs": 1, "outputs": 1}),
        (
            "",
            {
                "batch": 1,
                "inputs": 1,
                "outputs": 1,
                "taps": (1,) * rank,
                "stride": (1,) * rank,
                "style": "small" if pool else "unit",
                "bias": False,
            },
        ),
        ("", {"style": "small" if pool else "ones"}),
        ("", {"memory": "strided"}),
        ("", {"memory": "readonly"}),
        ("", {"memory": "fortran"}),
        ("", {"memory": "reversed"}),
    ]
    if pool:
        wanted += [
            ("", {"style": "ties"}),
            ("padding", {"style": "deep", "padding": ((1, 1),) * rank, "taps": (3,) * rank}),
        ]
    for needs, changes in wanted:
        if any(word not in can for word in needs.split()):
            continue
        if any(
            len(set(changes.get(name, (1,)))) > 1 and f"unequal_{name}" not in can
            for name in ("stride", "padding", "dilation")
        ):
            continue
        if "stride" not in can and pool and "taps" in changes and step is taps:
            changes = {**changes, "stride": changes["taps"]}
        row = plain.with_(
            **{k: v for k, v in changes.items() if not (pool and k in ("outputs", "groups"))}
        )
        if row.fits and row.memory in limits.memory:
            yield row


def sessions(kind: str, rank: int, limits: Limits) -> list[Row]:
    """The calls that sequences of calls start from: room for every parameter to be changed."""
    can, pool = limits.parameters, kind != "conv"
    equal = f"unequal_{'window' if pool else 'kernel'}" not in can
    taps = ((3, 3, 3) if equal else (3, 2, 2))[:rank]
    step = (
        taps
        if pool and "stride" not in can and limits.default_stride == "window"
        else ((1,) * rank)
    )
    plain = Row(
        kind,
        2,
        (9, 8, 6)[:rank],
        taps,
        step,
        ((0, 0),) * rank,
        (1,) * rank,
        3,
        1 if pool else 2,
        bias="bias" in can,
        dtype=limits.dtypes[0],
        count_include_pad=limits.count_include_pad,
        seed=7,
        precision=limits.precision,
    )
    found = [plain]
    if "stride" in can:
        found.append(
            plain.with_(
                stride=(2,) * rank, padding=((1, 1),) * rank if "padding" in can else plain.padding
            )
        )
    wide = plain.with_(inputs=16, outputs=1 if pool else 8, space=(5, 6, 4)[:rank], batch=4)
    return [*found, wide]
