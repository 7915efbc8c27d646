"""Four things at once: a covering array over what kernels are specialised by.

The factors are those by which fast paths branch; a class stands for many sizes.  Which combinations
a call can have is known exactly, so that the share that was covered can be told.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from convproof.conformance.cases.config import Config
from convproof.conformance.cases.cover import cover
from convproof.conformance.cases.domain import Domain
from convproof.conformance.cases.sample import Chance
from convproof.laws.axis import Axis
from convproof.laws.case import hollow

Array = np.ndarray[Any, Any]
Classes = tuple[int, ...]
Blocks = tuple[tuple[Classes, ...], ...]
STRENGTH = 4

FACTORS: dict[str, tuple[str, ...]] = {
    "channels": ("1", "few", "8", "16", "32", "one off"),
    "groups": ("none", "some", "depthwise", "multiplier"),
    "stride": ("1", "2", "more"),
    "dilation": ("1", "more"),
    "padding": ("none", "1", "more"),
    "leftover": ("no", "yes"),
    "image": ("larger than the window", "as large", "smaller, but for its padding"),
    "batch": ("1", "few", "8"),
    "memory": ("plain", "channels inside", "another"),
    "dtype": ("the first", "another"),
    "history": ("none", "another size", "another batch"),
}
_NAMES = tuple(FACTORS)
_GEOMETRY = ("stride", "dilation", "padding", "leftover", "image")
_CHANNELS = ("channels", "groups")


def geometries(domain: Domain) -> dict[Classes, tuple[int, ...]]:
    """Classes of `_GEOMETRY` -> (taps, stride, dilation, padding, pixels, more output) of an axis.

    A transposed convolution has no pixels left over, but more output pixels than are reached; and
    its images are of several pixels, of one, of two.
    """
    found: dict[Classes, tuple[int, ...]] = {}
    strides = (1, 2, 3) if domain.takes("stride") else (0,)
    gaps = (1, 2) if domain.takes("dilation") else (1,)
    pads = (0, 1, 2) if domain.takes("padding") else (0,)
    for k, s, d, p in itertools.product((3, 2, 1, 4), strides, gaps, pads):
        step = s or domain.lone_stride((k,) * domain.rank)[0]
        if (domain.pool and 2 * p > k) or (d > 1 and k == 1):
            continue
        for rest, size, extra in _images(domain, Axis(k, step, d, p, p)):
            classes = (min(step, 3) - 1, d - 1, p, *rest)
            found.setdefault(classes, (k, step, d, p, size, extra))
    return found


def _images(domain: Domain, axis: Axis) -> Iterator[tuple[Classes, int, int]]:
    """((leftover, image) as classes, pixels, more output) that suit a window."""
    if domain.kind == "conv_transpose":
        extras = (0, 1) if domain.takes("output_padding") and axis.stride > 1 else (0,)
        for (image, size), extra in itertools.product(enumerate((4, 1, 2)), extras):
            if axis.input_size(size) + extra > 0:
                yield (extra, image), size, extra
        return
    for size in range(1, 12):
        room = size + axis.pad_lo + axis.pad_hi - axis.extent
        if room < 0 or (domain.kind == "max_pool" and hollow((axis,), (size,))):
            continue
        image = 0 if size > axis.extent else 1 if size == axis.extent else 2
        yield (int(room % axis.stride > 0), image), size, 0


def channels(domain: Domain) -> dict[Classes, tuple[int, int, int]]:
    """(channels, groups) as classes -> (groups, inputs and outputs of each)."""
    found: dict[Classes, tuple[int, int, int]] = {}
    for place, many in enumerate((1, 3, 8, 16, 32, 17)):
        found[place, 0] = (1, many, 1 if domain.pool else 2 if many < 8 else many)
        if not domain.pool and domain.takes("groups"):
            found[place, 1] = (2, many, 2)
            if many > 1:
                found[place, 2] = (many, 1, 1)
                found[place, 3] = (many, 1, 2)
    return found


def free(domain: Domain) -> list[tuple[int, ...]]:
    """The classes of the factors that any call can have: batch, memory, dtype, history."""
    inside, others = "channels_inside" in domain.memory, _unusual(domain)
    memory = tuple(n for n, has in enumerate((True, inside, bool(others))) if has)
    return [(0, 1, 2), memory, (0, 1)[: len(domain.dtypes)], (0, 1, 2)]


def _unusual(domain: Domain) -> list[str]:
    return [name for name in domain.memory if name not in ("plain", "channels_inside")]


@functools.cache
def feasible(blocks: Blocks) -> Array:
    """Whether some call has it, for every number of a combination of four classes."""
    where = [_CHANNELS, _GEOMETRY, ("batch",), ("memory",), ("dtype",), ("history",)]
    found = np.zeros(len(_SETS) * _BASE**STRENGTH, bool)
    for chosen in itertools.combinations(range(len(_NAMES)), STRENGTH):
        parts = []
        for names, rows in zip(where, blocks, strict=True):
            at = [i for i, name in enumerate(names) if _NAMES.index(name) in chosen]
            parts.append(sorted({tuple(row[i] for i in at) for row in rows}))
        for values in itertools.product(*parts):
            found[_number(chosen, [v for part in values for v in part])] = True
    return found


@functools.lru_cache(maxsize=32)
def blocks_of(domain: Domain) -> Blocks:
    """What classes factors can have together: those in different blocks are free of each other."""
    lone = [tuple((value,) for value in values) for values in free(domain)]
    return (tuple(sorted(channels(domain))), tuple(sorted(geometries(domain))), *lone)


_SETS = {chosen: n for n, chosen in enumerate(itertools.combinations(range(len(_NAMES)), STRENGTH))}
_BASE = max(map(len, FACTORS.values()))


def _number(chosen: tuple[int, ...], values: Iterable[int]) -> int:
    number = _SETS[chosen]
    for value in values:
        number = number * _BASE + value
    return number


def combinations(rows: Iterable[Classes]) -> Array:
    """For each row of classes the numbers of its combinations of four."""
    table = np.array(list(rows))
    columns = []
    for chosen, number in _SETS.items():
        column = np.full(len(table), number)
        for factor in chosen:
            column = column * _BASE + table[:, factor]
        columns.append(column)
    return np.stack(columns, axis=1)


def share(domain: Domain, met: Iterable[Classes]) -> tuple[int, int]:
    """(combinations of four that these calls met, all that a call can have)."""
    rows, there = set(met), feasible(blocks_of(domain))
    seen = np.zeros(len(there), bool)
    if rows:
        seen[combinations(rows)] = True
    return int((seen & there).sum()), int(there.sum())


@functools.lru_cache(maxsize=32)
def array(blocks: Blocks, count: int, seed: int) -> tuple[Classes, ...]:
    """Rows of classes, each with as many combinations of four not yet met as 30 others have."""
    source = Chance(f"mixed {seed}")
    rows = {
        tuple(value for block in blocks for value in source.pick(block)) for _ in range(6 * count)
    }
    table = sorted(rows)
    return tuple(table[i] for i in cover(combinations(table), count, seed, 30))


def mixed(domain: Domain, count: int, seed: int) -> Iterator[tuple[Classes, list[Config]]]:
    """(classes, the calls to make): the last of the calls is the one that has these classes."""
    depths, shapes = channels(domain), geometries(domain)
    others, dtypes = _unusual(domain), domain.dtypes
    for number, classes in enumerate(array(blocks_of(domain), count, seed)):
        named = dict(zip(_NAMES, classes, strict=True))
        groups, inputs, outputs = depths[named["channels"], named["groups"]]
        k, step, gap, pad, size, extra = shapes[tuple(named[name] for name in _GEOMETRY)]
        # The sizes differ from axis to axis; by whole strides, so that what is left over stays.
        more = step if named["image"] == 0 else 0
        config = domain.plain(
            tuple(size + more * axis for axis in range(domain.rank)), (k,) * domain.rank
        ).but(
            batch=(1, 3, 8)[named["batch"]],
            stride=(step,) * domain.rank,
            dilation=(gap,) * domain.rank,
            padding=((pad, pad),) * domain.rank,
            output_padding=(extra,) * domain.rank if domain.kind == "conv_transpose" else (),
            groups=groups,
            inputs=inputs,
            outputs=outputs,
            memory=("plain", "channels_inside", *others[number % max(len(others), 1) :][:1])[
                named["memory"]
            ],
            dtype=dtypes[named["dtype"] and 1 + number % (len(dtypes) - 1)],
            seed=number,
        )
        before: list[Config] = []
        if named["history"] == 1:
            before = [config.but(space=tuple(n + step for n in config.space), seed=number + 1)]
        elif named["history"] == 2:
            before = [config.but(batch=config.batch + 1 if number % 2 else 5, seed=number + 1)]
        if config.fits:
            yield classes, [*before, config]
