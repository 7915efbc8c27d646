"""Mistakes any op can have: scale, sign, order, batch, precision."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from convproof.conformance.faults.catalogue.catalogue import Array, Results, mistake
from convproof.conformance.faults.catalogue.engine import right
from convproof.laws.case import Case

Change = Callable[[Case, Array], Array | None]


def each(name: str, look: str, change: Change, weight: int) -> None:
    """Declare a mistake that changes each right result in the same way."""

    def make(case: Case) -> Results:
        changed = {key: change(case, value) for key, value in right(case).items()}
        return {key: value for key, value in changed.items() if value is not None}

    mistake(name, look, make, weight)


def image(change: Callable[[Case, Array], Array | None]) -> Change:
    """A change of results with batch, space and channels alone."""
    return lambda c, v: change(c, v) if v.ndim == c.rank + 2 else None


def batch(change: Callable[[Array], Array]) -> Change:
    """A change of results with several batch items."""
    return image(lambda c, v: change(v) if 2 <= len(v) == len(c.x) else None)


def alone(v: Array) -> Array:
    """Nothing but the first batch item."""
    return np.concatenate([v[:1], np.zeros_like(v[1:])])


def edge(v: Array, axis: int) -> Array:
    """Zeros at the end of an axis."""
    out = v.copy()
    out[(slice(None),) * axis + (-1,)] = 0
    return out


def half(c: Case, v: Array) -> Array:
    """Rounded to float16."""
    with np.errstate(over="ignore"):
        return v.astype(np.float16).astype(np.float64)


def single(c: Case, v: Array) -> Array | None:
    """Rounded to float32."""
    if c.x.dtype != np.float64:
        return None
    with np.errstate(over="ignore"):
        return v.astype(np.float32).astype(np.float64)


def brain(c: Case, v: Array) -> Array | None:
    """Rounded to bfloat16, whose numbers are float32's without their last 16 bits."""
    if not np.isfinite(v).all():
        return None
    bits = v.astype(np.float32).view(np.uint32)
    even = ((bits >> 16) & 1) + np.uint32(0x7FFF)
    return np.asarray(((bits + even) & np.uint32(0xFFFF0000)).view(np.float32).astype(np.float64))


def wrapped(c: Case, v: Array) -> Array | None:
    """As an int8 would have it."""
    return np.asarray(np.mod(v + 128, 256) - 128) if np.isfinite(v).all() else None


# A table, one mistake a paragraph.
# fmt: off
each("all zeros", "the result is never filled", lambda c, v: np.zeros_like(v), 40)
each("the sign is wrong", "a minus", lambda c, v: -v, 45)
each("twice too large", "counted twice: called or added up two times", lambda c, v: 2 * v, 45)
each("divided by the batch size", "a mean over the batch", lambda c, v: v / len(c.x), 50)
each("H and W of the result transposed", "the order of the result's axes",
     image(lambda c, v: v.swapaxes(1, c.rank) if c.rank > 1 else None), 65)
each("every batch item gets the first one's result", "the batch index",
     batch(lambda v: np.repeat(v[:1], len(v), axis=0)), 65)
each("every batch item gets the last one's result", "one buffer for all batch items",
     batch(lambda v: np.repeat(v[-1:], len(v), axis=0)), 65)
each("only the first batch item computed", "the loop over the batch", batch(alone), 65)
each("last row left at zero", "the range of the loop over rows",
     image(lambda c, v: edge(v, 1)), 60)
each("last column left at zero", "the range of the loop over columns",
     image(lambda c, v: edge(v, c.rank) if c.rank > 1 else None), 60)
each("last channel left at zero", "the range of the loop over channels",
     image(lambda c, v: edge(v, c.rank + 1)), 60)
each("last row missing", "the output size: (H + 2P - K) // S + 1",
     image(lambda c, v: v[:, :-1]), 60)
each("last column missing", "the output size: (W + 2P - K) // S + 1",
     image(lambda c, v: v[..., :-1, :] if c.rank > 1 else None), 60)
each("order of the channels reversed", "the channel index", image(lambda c, v: v[..., ::-1]), 50)
each("order of the batch reversed", "the batch index", batch(lambda v: v[::-1]), 50)
each("rounded to float16", "a cast to half precision on the way", half, 60)
each("rounded to float32", "a cast to single precision on the way", single, 62)
each("rounded to bfloat16", "a cast to half precision on the way", brain, 58)
each("fractions cut off", "integer arithmetic: a dtype of int, or //", lambda c, v: np.trunc(v), 60)
each("fractions rounded down", "integer arithmetic: //", lambda c, v: np.floor(v), 55)
each("wrapped round at 8 bits", "a dtype of int8", wrapped, 60)
each("absolute value", "the sign is lost", lambda c, v: np.abs(v), 50)
