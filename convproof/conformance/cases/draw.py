"""One random row, and rows chosen so that together they meet every combination of features."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.conformance.cases.rows import POOL_STYLES, STYLES, Row
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
    named_padding: bool = False


def _pick(rng: random.Random, values: Sequence[Any], weights: Sequence[float]) -> Any:
    return rng.choices(values, weights)[0]


def _square(
    taps: list[int],
    stride: list[int],
    dilation: list[int],
    rng: random.Random,
    fixed: dict[str, Any],
    strides: bool,
) -> None:
    """The same on every axis, as in most layers there are: what fast paths are written for."""
    if any(name[:-1] in ("taps", "stride", "dilation") for name in fixed):
        return
    k = taps[0]
    taps[:] = [k] * len(taps)
    if strides:
        stride[:] = [rng.choice((1, 1, 2, 2, k))] * len(stride)
    else:
        stride[:] = [stride[0]] * len(stride)
    dilation[:] = [dilation[0] if rng.random() < 0.3 else 1] * len(dilation)


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
    square = rng.random() < 0.3
    if square:
        _square(taps, stride, dilation, rng, fixed, "stride" in can)
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
        if square:
            usual = (0, 0, (taps[axis] - 1) // 2, taps[axis] // 2)
            lo = hi = fixed.get(f"pad{axis}", rng.choice(usual if pool else (*usual, most - 3)))
        if (same_pad or square) and pads:
            lo, hi = pads[0] if not pool else (min(pads[0][0], most), min(pads[0][1], most))
        pads.append((lo, hi) if "padding" in can else (0, 0))
    space: list[int] = []
    whole = rng.random() < (0.2 if square else 0.03)  # the kernel as large as the image
    if whole:
        pads = [(0, 0)] * rank
    for axis in range(rank):
        extent = dilation[axis] * (taps[axis] - 1) + 1
        count = _pick(rng, (1, 2, 3, 4, 5, 7), (18, 25, 25, 16, 10, 6))
        size = extent + (count - 1) * stride[axis] + rng.randrange(stride[axis])
        size -= sum(pads[axis])
        while size < 1:
            size += stride[axis]
        if whole:
            size = extent if extent > 0 else size
        space.append(fixed.get(f"space{axis}", size))
    if (
        rank > 1
        and rng.random() < (0.4 if square else 0.15)
        and not any(f"space{a}" in fixed for a in range(rank))
    ):
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
