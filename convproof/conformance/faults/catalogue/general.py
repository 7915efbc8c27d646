"""Mistakes any op can have: scale, sign, order, batch, precision."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from convproof.conformance.faults.catalogue.catalogue import Array, Results, mistake, right
from convproof.laws.case import Case


def _each(name: str, look: str, change: Callable[[Case, Array], Array | None], weight: int) -> None:
    """Declare a mistake that changes each right result in the same way."""

    def make(case: Case) -> Results:
        changed = {key: change(case, value) for key, value in right(case).items()}
        return {key: value for key, value in changed.items() if value is not None}

    mistake(name, look, weight=weight)(make)


def _swap_space(case: Case, value: Array) -> Array | None:
    if case.rank < 2 or value.ndim != case.rank + 2:
        return None
    return value.transpose(0, *reversed(range(1, case.rank + 1)), case.rank + 1)


def _item(case: Case, value: Array, place: int) -> Array | None:
    if value.ndim != case.rank + 2 or len(value) < 2 or len(value) != len(case.x):
        return None
    return np.repeat(value[place][None], len(value), axis=0)


def _alone(case: Case, value: Array) -> Array | None:
    if value.ndim != case.rank + 2 or len(value) < 2:
        return None
    out = np.zeros_like(value)
    out[0] = value[0]
    return out


def _edge(value: Array, axis: int, rank: int) -> Array | None:
    if value.ndim != rank + 2:
        return None
    out = value.copy()
    out[(slice(None),) * axis + (-1,)] = 0
    return out


def _half(case: Case, value: Array) -> Array:
    with np.errstate(over="ignore"):
        return value.astype(np.float16).astype(np.float64)


def _wrapped(case: Case, value: Array) -> Array | None:
    if not np.isfinite(value).all():
        return None
    wrapped: Array = np.mod(value + 128, 256) - 128
    return wrapped


_each("all zeros", "the result is never filled", lambda c, v: np.zeros_like(v), 40)
_each("the sign is wrong", "a minus", lambda c, v: -v, 45)
_each("twice too large", "counted twice: called or added up two times", lambda c, v: 2 * v, 45)
_each("divided by the batch size", "a mean over the batch", lambda c, v: v / len(c.x), 50)
_each("H and W of the result transposed", "the order of the result's axes", _swap_space, 65)
_each(
    "every batch item gets the first one's result",
    "the batch index",
    lambda c, v: _item(c, v, 0),
    65,
)
_each(
    "every batch item gets the last one's result",
    "one buffer for all batch items",
    lambda c, v: _item(c, v, -1),
    65,
)
_each("only the first batch item computed", "the loop over the batch", _alone, 65)
_each(
    "last row left at zero", "the range of the loop over rows", lambda c, v: _edge(v, 1, c.rank), 60
)
_each(
    "last column left at zero",
    "the range of the loop over columns",
    lambda c, v: _edge(v, c.rank, c.rank) if c.rank > 1 else None,
    60,
)
_each(
    "last channel left at zero",
    "the range of the loop over channels",
    lambda c, v: _edge(v, c.rank + 1, c.rank),
    60,
)
_each(
    "last row missing",
    "the output size: (H + 2P - K) // S + 1",
    lambda c, v: v[:, :-1] if v.ndim == c.rank + 2 else None,
    60,
)
_each(
    "last column missing",
    "the output size: (W + 2P - K) // S + 1",
    lambda c, v: (
        v[(slice(None),) * c.rank + (slice(0, -1),)]
        if c.rank > 1 and v.ndim == c.rank + 2
        else None
    ),
    60,
)
_each(
    "order of the channels reversed",
    "the channel index",
    lambda c, v: v[..., ::-1] if v.ndim == c.rank + 2 else None,
    50,
)
_each(
    "order of the batch reversed",
    "the batch index",
    lambda c, v: v[::-1] if v.ndim == c.rank + 2 and len(v) == len(c.x) else None,
    50,
)
_each("rounded to float16", "a cast to half precision on the way", _half, 60)
_each(
    "fractions cut off", "integer arithmetic: a dtype of int, or //", lambda c, v: np.trunc(v), 60
)
_each("fractions rounded down", "integer arithmetic: //", lambda c, v: np.floor(v), 55)
_each("wrapped round at 8 bits", "a dtype of int8", _wrapped, 60)
_each("absolute value", "the sign is lost", lambda c, v: np.abs(v), 50)
