"""Convolutions whose kernels lie otherwise than images: (N, H, W, C) beside (M, KH, KW, C)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from convproof.conformance.target.interfaces import ranks
from convproof.conformance.target.opnames import op_of_name
from convproof.conformance.target.signatures import role_of
from convproof.conformance.target.wrapper import Wrapper, alias, parameters
from convproof.laws.op import Op


def offers(own: Mapping[str, Any]) -> Iterator[Wrapper]:
    """A wrapper for each order of a kernel's axes that its images do not have."""
    for name, function in own.items():
        op = op_of_name(name)
        if op is None or Op.of(op).kind != "conv" or not hasattr(function, "__code__"):
            continue
        taken = parameters(function)
        if taken is None:
            continue
        kernel = next((n for n in taken.names if role_of(function, n, op) == "kernel"), None)
        if kernel is None:
            continue
        for rank in (Op.of(op).rank,) if ranks.told(name) else ranks.likely(name, function)[:1]:
            one, called = ranks.at(op, rank), alias(name, op)
            for words, order in _orders(rank):
                lines = f"    {kernel} = {kernel}.transpose({order})\n"
                call = f"{called}({taken.passed})"
                if Op.of(op).backward:
                    back = tuple(int(axis) for axis in np.argsort(order))
                    lines += f"    dx, dw, *rest = {call}\n"
                    call = f"dx, dw.transpose({back}), *rest"
                source = f"def function({taken.declared}):\n{lines}    return {call}\n"
                about = f"{name}, whose kernels are {words}"
                yield Wrapper(
                    one, source, {called: name}, about, instead=True, whole=True, unsure=True
                )


def _orders(rank: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    """In words, and from the axes that go with the images: (*taps, C, M), or (M, C, *taps)."""
    taps = tuple(range(rank))
    yield "(M, *taps, C)", (rank + 1, *taps, rank)
    yield "(M, C, *taps)", (rank + 1, rank, *taps)
    yield "(*taps, C, M)", (*(axis + 2 for axis in taps), 1, 0)
    yield "(M, *taps, C)", (0, *(axis + 2 for axis in taps), 1)
