"""Pools whose windows are built in: `max_pool_2x2(x)`, and its gradient with `(x, grad_y)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from convproof.conformance.target.opnames import op_of_name
from convproof.conformance.target.signatures import parameters_of, role_of
from convproof.conformance.target.wrapper import Wrapper, alias
from convproof.laws.op import Op

_SIZES = (2, 3, 4)  # tried where the name tells none


def offers(own: Mapping[str, Any]) -> Iterator[Wrapper]:
    """A wrapper for each window that a pool without one may have, those that its name says first.

    Its windows lie side by side; a call with another window is refused.
    """
    for name, function in own.items():
        op = op_of_name(name)
        if op is None or isinstance(function, type) or not re.search("max_pool|avg_pool", op):
            continue
        named = Op.of(op)
        required = [p.name for p in parameters_of(function) or () if p.default is p.empty]
        every = [p.name for p in parameters_of(function) or ()]
        roles = {role_of(function, p, op) for p in every}
        if "window" in roles or "param" in roles or "cache" in roles:
            continue
        given = _given(function, required, op)
        if given is None:
            continue
        own_name = alias(name, op)
        for window in _windows(name, named.rank):
            about = f"{name}, whose windows are {' by '.join(map(str, window))}, side by side"
            declared = "x, grad_y, kernel" if named.backward else "x, kernel"
            source = (
                f"def function({declared}):\n"
                f"    if tuple(np.ravel(kernel)) not in ({window}, {window[:1]}):\n"
                f'        raise NotImplementedError("its windows are {window}")\n'
                f"    return {own_name}({given})\n"
            )
            yield Wrapper(op, source, {own_name: name}, about, window=window)


def _given(function: Any, required: list[str], op: str) -> str | None:
    """The arguments, in order; None where there are others than an image and its gradient."""
    if not Op.of(op).backward:
        return "x" if len(required) == 1 else None
    if len(required) != 2:
        return None
    first = role_of(function, required[0], op)
    return "grad_y, x" if first == "dy" else "x, grad_y"


def _windows(name: str, rank: int) -> list[tuple[int, ...]]:
    told = re.findall(r"(?<!\d)(\d)(?:x|by|_)(\d)(?!\d|d)", name.lower())
    found: list[tuple[int, ...]] = []
    if rank == 2:
        found = [(int(high), int(wide)) for high, wide in told if "0" not in (high, wide)]
    return found or [(size,) * rank for size in _SIZES]
