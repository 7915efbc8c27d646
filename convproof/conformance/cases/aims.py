"""Calls aimed by hand: at common mistakes, at the layers of real networks, at sequences."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from convproof.conformance.cases.draw import Limits
from convproof.conformance.cases.rows import Row


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
            ("stride", {"taps": (2,) * rank, "stride": (2,) * rank, "space": (8, 6, 4)[:rank]}),
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


@functools.lru_cache(maxsize=32)
def idioms(kind: str, rank: int, limits: Limits) -> tuple[Row, ...]:
    """The layers most networks have, which is what fast paths are written for."""
    can, pool = limits.parameters, kind != "conv"
    plain = next(iter(basics(kind, rank, limits)))
    found = []
    layers = (
        (3, 1, 1),
        (3, 2, 1),
        (3, 1, 0),
        (1, 1, 0),
        (1, 2, 0),
        (2, 2, 0),
        (2, 1, 1),
        (5, 1, 2),
        (4, 2, 1),
        (7, 2, 3),
        (3, 3, 0),
        (3, 1, 2),
        (2, 2, 1),
    )
    for number, (k, s, p) in enumerate(layers):
        if ("stride" not in can and s != (k if pool else 1)) or (p and "padding" not in can):
            continue
        if pool and 2 * p > k:
            continue
        for size, (c, m), n in (
            (k, (2, 2), 1),
            (8, (1, 1), 1),
            (7, (3, 3), 2),
            (6, (2, 4), 2),
            (k, (3, 2), 3),
        ):
            found.append(
                plain.with_(
                    taps=(k,) * rank,
                    stride=(s,) * rank,
                    padding=((p, p),) * rank,
                    space=(size,) * rank,
                    inputs=c,
                    outputs=1 if pool else m,
                    batch=n,
                    bias=plain.bias and bool(number % 2),
                    seed=number,
                )
            )
    found += _shapes(kind, rank, limits, plain)
    # Longer than any block, tile or byte: one row (or column) of pixels costs next to nothing.
    taps = (2,) if "unequal_kernel" not in can else (2, 1, 1)
    for place in range(rank):
        for long in (600, 1300):
            space, window = [4] * rank, [taps[-1]] * rank
            space[place], window[place] = long, taps[0]
            step = tuple(window) if pool and "stride" not in can else (1,) * rank
            if pool and "stride" not in can and limits.default_stride != "window":
                step = (1,) * rank
            found.append(
                plain.with_(
                    taps=tuple(window),
                    stride=step,
                    padding=((0, 0),) * rank,
                    space=tuple(space),
                    inputs=1,
                    outputs=1,
                    batch=1,
                    seed=long,
                )
            )
    found += _networks(kind, rank, limits, plain)
    return tuple(row for row in found if row.fits)


def _networks(kind: str, rank: int, limits: Limits, plain: Row) -> Iterator[Row]:
    """As many channels out as in, and pools of large even squares: where fast paths begin."""
    can, pool = limits.parameters, kind != "conv"
    layers = ((3, 2, 1), (2, 2, 0), (3, 1, 1)) if pool else ((1, 1, 0), (3, 1, 1), (1, 2, 0))
    for number, (k, s, p) in enumerate(layers):
        if ("stride" not in can and s != (k if pool else 1)) or (p and "padding" not in can):
            continue
        base = plain.with_(
            taps=(k,) * rank, stride=(s,) * rank, padding=((p, p),) * rank, batch=1, seed=number
        )
        if pool and rank < 3:
            for size in (16, 18, 20, 32):
                yield base.with_(space=(size,) * rank, inputs=1)
        for width in () if pool else (8, 16, 32, 64):
            bias = plain.bias and width != 16
            yield base.with_(space=(k,) * rank, inputs=width, outputs=width, bias=bias)


def _shapes(kind: str, rank: int, limits: Limits, plain: Row) -> Iterator[Row]:
    """Relations of kernel, stride and image that code likes to special-case."""
    can, pool = limits.parameters, kind != "conv"
    free, strides = f"unequal_{'window' if pool else 'kernel'}" in can, "stride" in can
    one, none = (1,) * rank, ((0, 0),) * rank
    if strides:  # patches side by side, upright and lying
        kernels = ((3, 2, 2), (2, 3, 3)) if free and "unequal_stride" in can else ((2, 2, 2),)
        for taps in (kernel[:rank] for kernel in kernels):
            space = tuple(2 * k for k in taps)
            yield plain.with_(taps=taps, stride=taps, padding=none, space=space, seed=31)
    if "padding" in can and strides:  # half an even kernel as padding: one output more than pixels
        for k, size in ((2, 5), (4, 6), (4, 9)):
            yield plain.with_(
                taps=(k,) * rank, stride=one, padding=((k // 2,) * 2,) * rank,
                space=(size,) * rank, seed=k + size,
            )  # fmt: skip
    step = one if strides or limits.default_stride != "window" else None
    if rank < 3:
        large = {1: ((40,), (64,)), 2: ((30, 12), (12, 31))}[rank]
        for k in (9, 11):
            for space in large:
                yield plain.with_(
                    taps=(k,) * rank, stride=step or (k,) * rank, padding=none, space=space,
                    inputs=1, outputs=1, batch=1, seed=k,
                )  # fmt: skip
    if pool:  # more places in a window than a byte can number
        taps = {1: (300,), 2: (17, 17), 3: (7, 7, 7)}[rank]
        space = tuple(k + 3 for k in taps)
        yield plain.with_(
            taps=taps, stride=step or taps, padding=none, space=space, inputs=4, batch=8, seed=17
        )
        return
    for dtype in limits.dtypes:
        for channels in (4, 8, 16, 32):
            for style in ("real", "faint"):
                yield plain.with_(
                    taps=(3,) * rank, stride=one, padding=none, space=(5, 4, 4)[:rank],
                    inputs=channels, outputs=channels, batch=1, dtype=dtype, style=style,
                )  # fmt: skip


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
    if not pool:
        wide = wide.with_(taps=(3,) * rank)  # which has fast paths, and weights kept for them
    return [*found, wide]
