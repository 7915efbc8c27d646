"""How a layer's arguments are read: one integer, one per axis, pairs of them, words and flags."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Literal, TypeAlias

from convproof.errors import SpecError, SpecTypeError

PerAxis: TypeAlias = int | Sequence[int]
Padding: TypeAlias = int | Sequence[int | Sequence[int]] | Literal["valid", "same"]
Pairs: TypeAlias = tuple[tuple[int, int], ...]
MAX_RANK = 3


def as_int(name: str, value: object, minimum: int) -> int:
    """`value` as an int of at least `minimum`; bools and floats are refused."""
    if type(value) is int and value >= minimum:  # what nearly every call gives
        return value
    allowed = "a positive integer" if minimum == 1 else f"an integer >= {minimum}"
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise SpecTypeError.of(name, value, allowed)
    try:
        number = operator.index(value)
    except TypeError:
        raise SpecTypeError.of(name, value, allowed) from None
    if number < minimum:
        raise SpecError.of(name, value, allowed)
    return number


def per_axis(name: str, value: object, rank: int, minimum: int = 1) -> tuple[int, ...]:
    """`value` as one int per axis: an int serves every axis, a sequence must have `rank` items."""
    if type(value) is int and value >= minimum:
        return (value,) * rank
    if (
        hasattr(value, "__index__")
        or not isinstance(value, Sequence)
        or isinstance(value, (str, bytes))
    ):
        return (as_int(name, value, minimum),) * rank
    items = tuple(value)
    if len(items) != rank:
        raise SpecError.of(name, items, f"one integer, or {rank} of them (one per axis)")
    return tuple(as_int(f"{name}[{axis}]", item, minimum) for axis, item in enumerate(items))


def padding_pairs(value: object, rank: int) -> Pairs | Literal["same"]:
    """`value` as (lo, hi) pairs, one per axis; "same" stays a word: it depends on the input."""
    if type(value) is int and value >= 0:
        return ((value, value),) * rank
    allowed = f"an integer >= 0, {rank} of them, {rank} (lo, hi) pairs, 'valid' or 'same'"
    if isinstance(value, str):
        if value == "same":
            return "same"
        if value == "valid":
            return ((0, 0),) * rank
        raise SpecError.of("padding", value, allowed)
    if hasattr(value, "__index__"):
        both = as_int("padding", value, 0)
        return ((both, both),) * rank
    if not isinstance(value, Sequence):
        raise SpecTypeError.of("padding", value, allowed)
    items = tuple(value)
    if len(items) != rank:
        raise SpecError.of("padding", items, allowed)
    pairs = []
    for axis, item in enumerate(items):
        pair = per_axis(f"padding[{axis}]", item, 2, minimum=0)
        pairs.append((pair[0], pair[1]))
    return tuple(pairs)


def window_rank(name: str, value: object) -> tuple[int, ...]:
    """A kernel or window size as a tuple whose length is the rank; an int means two dimensions."""
    if (
        type(value) is tuple
        and 1 <= len(value) <= MAX_RANK
        and all(type(item) is int and item >= 1 for item in value)
    ):
        return value
    if hasattr(value, "__index__"):
        return (as_int(name, value, 1),) * 2
    allowed = f"a positive integer, or 1 to {MAX_RANK} of them"
    if not isinstance(value, Sequence) or isinstance(value, (str, bytes)):
        raise SpecTypeError.of(name, value, allowed)
    items = tuple(value)
    if not 1 <= len(items) <= MAX_RANK:
        raise SpecError.of(name, items, allowed)
    return tuple(as_int(f"{name}[{axis}]", item, 1) for axis, item in enumerate(items))


def choice(name: str, value: object, allowed: Sequence[str]) -> str:
    """`value` if it is one of `allowed`, else a `SpecError` that lists them."""
    if isinstance(value, str) and value in allowed:
        return value
    listed = "one of " + ", ".join(repr(item) for item in allowed)
    raise (SpecError if isinstance(value, str) else SpecTypeError).of(name, value, listed)


def flag(name: str, value: object) -> bool:
    """`value` if it is True or False, else a `SpecTypeError`."""
    if not isinstance(value, bool):
        raise SpecTypeError.of(name, value, "True or False")
    return value
