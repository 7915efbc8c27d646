"""Calls aimed by hand, as tables: at common mistakes, at the layers of real networks, at sequences.

In a table a number stands for the same on every axis, a triple for one number an axis (those there
are), a pair for the two sides of every axis; "k" stands for the taps.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from convproof.conformance.cases.config import Config
from convproof.conformance.cases.domain import Domain

SIZES, TAPS = (6, 5, 4), (3, 2, 2)

# needs (parameters of the target, or "pool", "conv"), changes of the plain config
BASICS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("", {}),
    ("", {"seed": 1}),
    ("stride", {"stride": (2, 3, 2), "space": (8, 9, 5)}),
    ("padding", {"padding": ((1, 1), (0, 0), (1, 1))}),
    ("padding", {"padding": ((0, 0), (1, 1), (0, 0))}),
    ("stride padding", {"stride": 2, "padding": 1, "taps": 3}),
    ("dilation", {"dilation": (2, 1, 1)}),
    ("dilation", {"dilation": (1, 3, 2), "space": (7, 8, 7)}),
    ("output_padding stride", {"output_padding": 1, "stride": 2}),
    (
        "output_padding stride padding dilation",
        {"output_padding": (2, 1, 0), "stride": 3, "padding": 1, "dilation": 2, "taps": 3},
    ),
    ("output_padding dilation", {"output_padding": 1, "dilation": 2}),
    ("output_padding dilation stride", {"output_padding": 2, "dilation": 3, "stride": 2}),
    ("output_padding stride", {"output_padding": 3, "stride": 3}),
    ("groups", {"groups": 3, "inputs": 1, "outputs": 2}),
    ("groups", {"groups": 2, "inputs": 2, "outputs": 3}),
    ("bias", {"bias": False}),
    ("stride", {"stride": 4, "taps": 2, "space": (9, 11, 9)}),
    ("stride", {"stride": 2, "taps": 1}),
    ("padding conv", {"taps": 1, "padding": 1}),
    ("pool", {"taps": 1}),
    (
        "stride dilation padding",
        {"stride": 2, "dilation": 2, "taps": 3, "padding": 1, "space": (9, 8, 7)},
    ),
    ("dilation groups", {"dilation": 2, "groups": 2, "inputs": 2, "space": (6, 7, 5)}),
    ("stride groups", {"stride": 2, "groups": 2, "inputs": 2}),
    ("", {"taps": SIZES}),
    ("", {"style": "negative"}),
    ("", {"style": "positive", "dtype": -1}),
    ("", {"style": "real", "dtype": -1}),
    ("conv", {"style": "lone", "dtype": -1}),
    ("conv", {"style": "lone", "seed": 1}),
    ("pool", {"style": "near"}),
    ("pool", {"style": "near", "dtype": -1, "taps": 3}),
    ("same_padding", {"spelled": "same", "taps": 3}),
    ("same_padding", {"spelled": "same", "taps": (2, 4, 2)}),
    ("same_padding stride", {"spelled": "same", "taps": (3, 2, 3), "stride": 2}),
    (
        "same_padding stride",
        {"spelled": "same", "taps": (2, 3, 3), "stride": (3, 2, 2), "space": (7, 8, 6)},
    ),
    ("same_padding dilation", {"spelled": "same", "taps": 3, "dilation": (2, 1, 2)}),
    ("same_padding", {"spelled": "same", "taps": SIZES, "space": (3, 4, 3)}),
    ("valid_padding", {"spelled": "valid"}),
    ("asymmetric_padding padding", {"padding": ((1, 0), (0, 1), (1, 0))}),
    ("ceil_mode stride", {"ceil_mode": True, "stride": 2, "taps": 2, "space": (5, 7, 3)}),
    (
        "ceil_mode padding stride",
        {"ceil_mode": True, "stride": 2, "taps": 3, "padding": 1, "space": (6, 7, 4)},
    ),
    (
        "count_include_pad padding",
        {"count_include_pad": "other", "padding": 1, "taps": 3},
    ),
    ("padding", {"padding": 1, "taps": 3, "style": "negative"}),
    ("", {"batch": 1, "inputs": 1, "outputs": 1}),
    (
        "conv",
        {"batch": 1, "inputs": 1, "outputs": 1, "taps": 1, "style": "unit", "bias": False},
    ),
    ("pool", {"batch": 1, "inputs": 1, "taps": 1}),
    ("conv", {"style": "ones"}),
    ("", {"memory": "strided"}),
    ("", {"memory": "readonly"}),
    ("", {"memory": "fortran"}),
    ("", {"memory": "reversed"}),
    ("pool stride", {"taps": 2, "stride": 2, "space": (8, 6, 4)}),
    ("pool", {"style": "ties"}),
    ("pool", {"style": "infinite"}),
    ("pool padding", {"style": "infinite", "padding": 1, "taps": 3}),
    ("pool padding", {"style": "deep", "padding": 1, "taps": 3}),
)
# The layers most networks have (taps, stride, padding): what fast paths are written for.
LAYERS = (
    (3, 1, 1), (3, 2, 1), (3, 1, 0), (1, 1, 0), (1, 2, 0), (2, 2, 0), (2, 1, 1), (5, 1, 2),
    (4, 2, 1), (7, 2, 3), (3, 3, 0), (3, 1, 2), (2, 2, 1),
)  # fmt: skip
# pixels ("k": as large as the kernel), inputs, outputs, batch
IMAGES = (("k", 2, 2, 1), (8, 1, 1, 1), (7, 3, 3, 2), (6, 2, 4, 2), ("k", 3, 2, 3))
# As many channels out as in, where fast paths begin: taps, stride, padding
NETWORKS = ((1, 1, 0), (3, 1, 1), (1, 2, 0))
WIDTHS = (8, 16, 32, 64)
LONG = {1: (33, 65, 129), 2: (17, 33, 65), 3: (9, 33)}  # taps on the first axis, by rank
POOL_NETWORKS, POOL_SIDES = ((3, 2, 1), (2, 2, 0), (3, 1, 1)), (16, 18, 20, 32)


def changed(domain: Domain, plain: Config, changes: Mapping[str, Any]) -> Config:
    """The config with the changes that a table writes down."""
    made: dict[str, Any] = {}
    for name, value in changes.items():
        if domain.pool and name in ("outputs", "groups"):
            continue
        if name in ("space", "taps", "stride", "dilation", "output_padding"):
            value = _axes(domain, value)
        elif name == "padding":
            pads = _axes(domain, value)
            value = tuple((one, one) if isinstance(one, int) else one for one in pads)
        elif name == "dtype":
            value = domain.dtypes[value]
        elif name == "count_include_pad":
            value = not domain.count_include_pad
        made[name] = value
    if "taps" in made and not domain.takes("stride"):
        made["stride"] = domain.lone_stride(made["taps"])
    return plain.but(**made)


def _axes(domain: Domain, value: Any) -> tuple[Any, ...]:
    """A number for every axis; of a triple the last, that two axes of three have both kinds."""
    values = (value,) * 3 if isinstance(value, int) else value
    return tuple(values[: domain.rank]) if domain.rank > 1 else (max(values),)


def plain_of(domain: Domain) -> Config:
    """The config that the others are changes of: sizes differ between the axes throughout."""
    return domain.plain(SIZES, TAPS if domain.unequal("taps") else (3, 3, 3))


def basics(domain: Domain) -> Iterator[Config]:
    """Small calls, each aimed at a common mistake."""
    plain, what = plain_of(domain), {"pool" if domain.pool else "conv"}
    for needs, changes in BASICS:
        if not (what | domain.parameters).issuperset(needs.split()):
            continue
        config = changed(domain, plain, changes)
        if domain.allows(config) and config.memory in domain.memory:
            yield config


@functools.lru_cache(maxsize=32)
def idioms(domain: Domain) -> tuple[Config, ...]:
    """The layers most networks have, and shapes that code treats by themselves."""
    plain = plain_of(domain)
    found = []
    for number, (k, s, p) in enumerate(LAYERS):
        for size, inputs, outputs, batch in IMAGES:
            config = _layer(domain, plain, k, s, p, k if size == "k" else size).but(
                inputs=inputs,
                outputs=1 if domain.pool else outputs,
                batch=batch,
                bias=plain.bias and bool(number % 2),
                seed=number,
            )
            found.append(config)
    found += [*_shapes(domain, plain), *_long(domain, plain), *_networks(domain, plain)]
    return tuple(config for config in found if domain.allows(config))


def _layer(domain: Domain, plain: Config, k: int, s: int, p: int, size: Any) -> Config:
    made = changed(domain, plain, {"taps": k, "padding": p, "space": size})
    return made.but(stride=(s,) * domain.rank)


def _long(domain: Domain, plain: Config) -> Iterator[Config]:
    """Longer than any block, tile or byte: one row (or column) of pixels costs next to nothing."""
    taps = (2, 1, 1) if domain.unequal("taps") else (2, 2, 2)
    for place in range(domain.rank):
        for long in (600, 1300):
            space, window = [4] * 3, [taps[-1]] * 3
            space[place], window[place] = long, taps[0]
            sizes = {"taps": tuple(window), "space": tuple(space)}
            if domain.rank == 1:
                sizes = {"taps": 2, "space": long}  # type: ignore[dict-item]  # numbers are allowed
            yield changed(domain, plain, sizes).but(inputs=1, outputs=1, batch=1, seed=long)


def _networks(domain: Domain, plain: Config) -> Iterator[Config]:
    """As many channels out as in, and pools of large even squares."""
    for number, (k, s, p) in enumerate(POOL_NETWORKS if domain.pool else NETWORKS):
        base = _layer(domain, plain, k, s, p, k).but(batch=1, seed=number)
        if domain.pool and domain.rank < 3:
            for size in POOL_SIDES:
                yield base.but(space=(size,) * domain.rank, inputs=1)
        for width in () if domain.pool else WIDTHS:
            yield base.but(inputs=width, outputs=width, bias=plain.bias and width != 16)


def _shapes(domain: Domain, plain: Config) -> Iterator[Config]:
    """Relations of kernel, stride and image that code likes to special-case."""
    rank, one = domain.rank, (1,) * domain.rank
    for taps in ((3, 2, 2), (2, 3, 3), (2, 2, 2)):  # patches side by side, upright and lying
        window = taps[:rank]
        yield plain.but(taps=window, stride=window, space=tuple(2 * k for k in window), seed=31)
    for k, size in ((2, 5), (4, 6), (4, 9)):  # half an even kernel: one output more than pixels
        yield _layer(domain, plain, k, 1, k // 2, size).but(seed=k + size)
    free = domain.takes("stride") or domain.default_stride != "window"

    def wide(taps: tuple[int, ...], space: tuple[int, ...]) -> Config:
        step = one if free else domain.lone_stride(taps)
        return plain.but(taps=taps, stride=step, space=space, inputs=1, outputs=1, batch=1)

    for k in (9, 11):
        for space in {1: ((40,), (64,)), 2: ((30, 12), (12, 31)), 3: ()}[rank]:
            yield wide((k,) * rank, space).but(seed=k)
    if domain.pool:  # more places in a window than a byte can number
        many = ({1: 300, 2: 17, 3: 7}[rank],) * rank
        yield wide(many, tuple(k + 3 for k in many)).but(inputs=4, batch=8, seed=17)
        return
    split = 2 if domain.takes("groups") else 1
    for k in LONG[rank]:  # transforms begin at some size, and have ways of their own with groups
        sides = (k, 3, 2) if domain.unequal("taps") else (min(k, {1: 129, 2: 17, 3: 9}[rank]),) * 3
        for step in (1, 2) if domain.takes("stride") else (1,):
            yield plain.but(
                taps=sides[:rank],
                space=tuple(side + 5 for side in sides[:rank]),
                stride=(step,) * rank,
                groups=split,
                inputs=2,
                outputs=2,
                bias=False,
                seed=k + step,
            )
    for dtype in domain.dtypes:
        for channels in (4, 8, 16, 32):
            for style in ("lone", "faint"):
                yield wide((3,) * rank, (5, 4, 4)[:rank]).but(
                    inputs=channels, outputs=channels, dtype=dtype, style=style
                )


def sessions(domain: Domain) -> list[Config]:
    """The calls that sequences of calls start from: room for every parameter to be changed."""
    plain = plain_of(domain).but(space=(9, 8, 6)[: domain.rank], seed=7)
    found = [plain]
    if domain.takes("stride"):
        pad = 1 if domain.takes("padding") else 0
        found.append(changed(domain, plain, {"stride": 2, "padding": pad}))
    wide = plain.but(
        inputs=16, outputs=1 if domain.pool else 8, space=(5, 6, 4)[: domain.rank], batch=4
    )
    if not domain.pool:
        wide = wide.but(taps=(3,) * domain.rank)  # which has fast paths, and weights kept for them
    return [*found, wide]
