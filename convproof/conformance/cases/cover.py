"""Configs chosen so that together they meet every combination: thin slices of parameters.

`factorial`: every combination of few values, one tiny call each.  `structure`: a covering array of
three structural features of each axis at a time.  `thin`: every size at which code likes to branch,
in one call as small as it can be.  `boundary`: each of these met with many features.  `bulk`: few,
large.  (Of four things at once, see `mixed`.)
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from convproof.conformance.cases.config import Config
from convproof.conformance.cases.domain import TABLE, Domain
from convproof.conformance.cases.sample import MOST, Chance, draw
from convproof.laws.case import MEMORY

Array = np.ndarray[Any, Any]


def factorial(domain: Domain) -> Iterator[Config]:
    """Every combination of few taps, strides, dilations and paddings; none in three dimensions.

    A covering array meets every three settings together; a branch on all four of them slips
    through.  The same settings on every axis, as in most layers there are; sizes differ from axis
    to axis, and with a stride a row is left over.
    """
    if domain.rank == 3:
        return
    few = [
        TABLE[name].few if domain.takes(needs) else (none,)
        for name, needs, none in (
            ("stride", "stride", 0),
            ("dilation", "dilation", 1),
            ("pad", "padding", 0),
        )
    ]
    ones = (1,) * domain.rank
    for number, (k, s, d, p) in enumerate(itertools.product(TABLE["taps"].few, *few)):
        taps = (k,) * domain.rank
        stride = (s,) * domain.rank if s else domain.lone_stride(taps)
        # Two windows and, if it can be, a row that no window reaches.
        least = max(d * (k - 1) + 1 + stride[0] - 2 * p, 1) + min(stride[0] - 1, 1)
        space = tuple(least + 2 * axis for axis in range(domain.rank))
        config = domain.plain(space, taps).but(
            batch=1 + (k + p) % 2,
            stride=stride,
            padding=((p, p),) * domain.rank,
            dilation=tuple(d * one for one in ones),
            inputs=1 + number % 3,
            # Mixed so that none of the four settings always goes with the same channels.
            groups=1 + (k + s + d + p) % 2 if domain.takes("groups") else 1,
            seed=number,
        )
        if config.fits:
            yield config


@functools.lru_cache(maxsize=32)
def structure(domain: Domain, count: int, seed: int) -> tuple[Config, ...]:
    """A covering array of small configs."""
    source = Chance(f"structure {domain.kind} {domain.rank} {seed}")
    pool: list[Config] = []
    most = 60_000 if domain.rank < 3 else 200_000
    while len(pool) < 4 * count:
        config = draw(domain, source)
        if config is not None and config.work <= most:
            pool.append(config)
    order = cover(interactions([features(config, domain) for config in pool]), count, seed)
    return tuple(pool[place] for place in order)


def thin(domain: Domain) -> Iterator[Config]:
    """One call of every size at which code likes to branch, all else as small as it can be."""
    rank = domain.rank
    taps = (2, 1, 1)[:rank] if domain.unequal("taps") else (2,) * rank
    base = domain.plain((3,) * rank, taps).but(
        batch=1, inputs=1, outputs=1, bias=False, stride=domain.lone_stride(taps)
    )
    for k in TABLE["taps"].at(rank) if rank > 1 else ():
        window = (k,) * rank
        yield base.but(taps=window, space=(k + 1,) * rank, stride=domain.lone_stride(window))
    for number, (name, size) in enumerate(domain.edges()):
        config = base.but(seed=number)
        if name in ("batch", "inputs", "outputs", "groups"):
            config = config.but(**{name: size})
        else:
            field, axis = name[:-1], int(name[-1])
            field, value = {"pad": ("padding", (size, size))}.get(field, (field, size))
            made = list(getattr(config, field))
            alike = field in ("taps", "stride", "dilation", "padding")
            spread = range(rank) if alike and not domain.unequal(field) else (axis,)
            for place in spread:
                made[place] = value
            config = config.but(**{field: tuple(made)})
            if not domain.takes("stride"):
                config = config.but(stride=domain.lone_stride(config.taps))
            if field in ("taps", "dilation", "stride"):  # two windows
                extents = (a.extent + a.stride for a in config.axes)
                config = config.but(space=tuple(extents))
        if domain.allows(config) and config.work <= MOST:
            yield config


class Replayed:
    """What an iterator yields, kept: as many as were asked for are made, and made once."""

    def __init__(self, source: Iterator[Config]) -> None:
        self._source, self._made = source, list[Config]()

    def __iter__(self) -> Iterator[Config]:
        place = 0
        while True:
            if place == len(self._made):
                following = next(self._source, None)
                if following is None:
                    return
                self._made.append(following)
            yield self._made[place]
            place += 1


@functools.lru_cache(maxsize=32)
def boundary(domain: Domain, each: int, seed: int, share: float = 1.0) -> Replayed:
    """Configs with one large size; those of a size together meet as many features as they can.

    One of every size first, then the second of every size: a cut costs depth, not sizes.  Of less
    than one of every size (`share` is the part of all that is wanted) some sizes are left out.
    """
    return Replayed(_boundary(domain, each, seed, share))


def _boundary(domain: Domain, each: int, seed: int, share: float) -> Iterator[Config]:
    source = Chance(f"boundary {domain.kind} {domain.rank} {seed}")
    edges = list(domain.edges())
    wanted = max(1, int(each * len(edges) * share))
    edges = edges[:: max(1, len(edges) // wanted)]
    each = -(-wanted // len(edges))
    met: list[set[tuple[int, int]]] = [set() for _ in edges]
    for _ in range(each):
        turn = []
        for seen, (name, size) in zip(met, edges, strict=True):
            drawn = [draw(domain, source, {name: size}) for _ in range(3)]
            fit = [config for config in drawn if config is not None and config.work <= MOST]
            if fit:
                new = [set(enumerate(features(config, domain))) for config in fit]
                place = max(range(len(fit)), key=lambda i: len(new[i] - seen))
                seen |= new[place]
                turn.append(fit[place])
        yield from sorted(turn, key=lambda config: config.dense)


@functools.lru_cache(maxsize=32)
def precision(domain: Domain, seed: int) -> tuple[Config, ...]:
    """Numbers of all digits at every such size in every dtype: where a branch loses some.

    Channels of 32 and more also with each other, images of several and kernels of one tap: what
    multiplies in fewer digits is written for those.
    """
    source = Chance(f"precision {domain.kind} {domain.rank} {seed}")
    styles = ("real", "near") if domain.pool else ("lone",)
    found = []
    for dtype in domain.dtypes:
        for number, (name, size) in enumerate(domain.edges()):
            for _ in range(4):
                config = draw(domain, source, {name: size})
                if config is not None and config.work <= MOST:
                    style = styles[number % len(styles)]
                    found.append(config.but(dtype=dtype, style=style, memory="plain"))
                    break
        if not domain.pool:
            found += [config.but(dtype=dtype) for config in _products(domain)]
    return tuple(sorted(found, key=lambda config: config.dense))


def _products(domain: Domain) -> Iterator[Config]:
    """As many channels as matrix units take, alone and together; every gradient in turn."""
    for k in (1, 3):
        plain = domain.plain((k + 1, k, k), (k,) * 3).but(style="lone", memory="plain")
        for many in (8, 16, 32, 64, 128):
            for inputs, outputs in ((many, many), (many, 1), (1, many)):
                for seed in (0, 1):
                    config = plain.but(inputs=inputs, outputs=outputs, seed=seed)
                    if config.work <= 2 * MOST and domain.allows(config):
                        yield config


@functools.lru_cache(maxsize=32)
def bulk(domain: Domain, count: int, seed: int) -> tuple[Config, ...]:
    """Configs with several large sizes at once, the cheapest first."""
    source = Chance(f"bulk {domain.kind} {domain.rank} {seed}")
    found = list(giants(domain))
    planes = [f"space{axis}" for axis in range(domain.rank)]
    names = ["batch", "inputs", *planes] + ([] if domain.pool else ["outputs"])
    light = 0
    for _ in range(60 * count):
        chosen = source.rng.sample(names, source.pick((2, 3)))
        if domain.rank > 1 and source.chance(0.4):
            chosen = planes[:2]
        fixed = {name: source.pick(TABLE[name.rstrip("012")].edges) for name in chosen}
        config = draw(domain, source, fixed)
        if config is None:
            continue
        pixels = math.prod(config.space) * config.batch * config.inputs * config.groups
        if config.work <= 300_000 and light < 0.75 * count:
            light += 1
            found.append(config)
        elif 300_000 < config.work <= 6_000_000 and pixels < 400_000:
            found.append(config)
        if len(found) >= count:
            break
    return tuple(sorted(found, key=lambda config: config.work))


def giants(domain: Domain) -> Iterator[Config]:
    """Windows of more than 256 taps; pixels, images and channels beyond 2**15 and 2**16."""
    ones = (1,) * domain.rank
    if domain.rank == 2:
        for space, taps in (
            ((22, 21), (17, 16)),
            ((19, 18), (12, 11)),
            ((182, 181), (2, 2)),
            ((258, 257), (3, 3)),
        ):
            taps = taps if domain.unequal("taps") else (taps[0],) * 2
            config = domain.plain(space, taps).but(batch=1, inputs=1, outputs=1)
            yield config.but(stride=(2, 2)) if domain.takes("stride") and taps[0] < 4 else config
    thin = domain.plain(tuple(2 * one for one in ones), ones).but(
        stride=ones, batch=1, inputs=1, outputs=1, style="small"
    )
    if domain.rank < 3:
        for many in (2**15 + 1, 2**16 + 1):
            yield thin.but(batch=many)
            yield thin.but(inputs=many)
            if not domain.pool:
                yield thin.but(outputs=many)
                if domain.takes("groups"):
                    yield thin.but(groups=many)


# -- choosing -------------------------------------------------------------------------------------


def features(config: Config, domain: Domain) -> list[int]:
    """The structural features whose pairs and triples are covered, as small numbers."""
    per_axis: list[list[int]] = []
    for axis, size, out in zip(config.axes, config.space, config.out_space, strict=True):
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
    group = 0 if config.groups == 1 else 1 if config.inputs > 1 else 2 if config.outputs == 1 else 3
    shared = [
        group,
        min(config.inputs, 3) - 1 + 3 * (min(config.outputs, 3) - 1),
        min(config.batch, 3) - 1 + 3 * config.bias,
        config.ceil_mode + 2 * config.count_include_pad,
        domain.styles.index(config.style),
        (config.dtype != "float64") + 0,
        MEMORY.index(config.memory),
    ]
    return [value for column in zip(*per_axis[:2], strict=True) for value in column] + shared


_LEVELS = 16
_CORE = 12  # two axes of five features, groups and channels: covered in threes


def interactions(table: Sequence[Sequence[int]]) -> Array:
    """For each row of features the numbers of the pairs and triples that it meets."""
    values = np.array(table)
    width = values.shape[1]
    parts = []
    offset = 0
    for a, b in itertools.combinations(range(width), 2):
        parts.append(offset + values[:, a] * _LEVELS + values[:, b])
        offset += _LEVELS**2
    for a, b, c in itertools.combinations(range(min(_CORE, width)), 3):
        parts.append(offset + (values[:, a] * _LEVELS + values[:, b]) * _LEVELS + values[:, c])
        offset += _LEVELS**3
    return np.stack(parts, axis=1)


def cover(met_by: Array, count: int, seed: int, look: int = 40) -> list[int]:
    """`count` of the rows, each meeting as many interactions not yet met as `look` others."""
    rng = np.random.default_rng(seed)
    seen = np.zeros(int(met_by.max()) + 1, bool)
    free = np.arange(len(met_by))
    chosen: list[int] = []
    for _ in range(min(count, len(met_by))):
        at = rng.integers(len(free), size=min(look, len(free)))
        gains = (~seen[met_by[free[at]]]).sum(axis=1)
        place = at[int(gains.argmax())]
        index = int(free[place])
        free[place] = free[-1]
        free = free[:-1]
        seen[met_by[index]] = True
        chosen.append(index)
    return chosen
