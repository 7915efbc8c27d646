"""How a layer's arguments are read: one integer, one per axis, pairs of them, words and flags."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from convproof.errors import SpecError, SpecTypeError, nearest

Integers: TypeAlias = npt.NDArray[np.integer[Any]]
PerAxis: TypeAlias = int | Sequence[int] | Integers
Padding: TypeAlias = int | Sequence[int | Sequence[int]] | Integers | Literal["valid", "same"]
Pairs: TypeAlias = tuple[tuple[int, int], ...]
MAX_RANK = 3


def least(minimum: int) -> str:
    """An integer of at least `minimum`, in words."""
    return "a positive integer" if minimum == 1 else f"an integer >= {minimum}"


def index_of(value: object) -> int | None:
    """`value` as an int; None for bools, floats, and objects whose own conversion fails."""
    if isinstance(value, bool) or not hasattr(type(value), "__index__"):
        return None
    try:
        return operator.index(value)  # type: ignore[arg-type]  # its type has the method, seen above
    except Exception:  # the method may raise anything at all
        return None


def items_of(value: object, most: int) -> tuple[object, ...] | None:
    """The first items of a sequence, or of an array of integers; None for what is neither."""
    if isinstance(value, np.ndarray):
        integers = value.ndim > 0 and value.dtype.kind in "iu"
        return tuple(value[:most].tolist()) if integers else None
    if not isinstance(value, Sequence) or isinstance(value, (str, bytes, bytearray)):
        return None
    try:
        return tuple(islice(value, most))
    except Exception:  # a sequence of the caller's own may raise anything at all
        return None


def as_int(name: str, value: object, minimum: int, allowed: str = "") -> int:
    """`value` as an int of at least `minimum`; bools and floats are refused.

    `allowed` says in words what else the argument may be.
    """
    if type(value) is int and value >= minimum:  # what nearly every call gives
        return value
    number = index_of(value)
    if number is None:
        raise SpecTypeError.of(name, value, allowed or least(minimum))
    if number < minimum:
        raise SpecError.of(name, value, allowed or least(minimum))
    return number


def each(name: str, value: object, count: int, minimum: int, allowed: str) -> tuple[int, ...]:
    """`value` as `count` ints: one int serves all, a sequence must have that many."""
    items = items_of(value, count + 1)
    if items is None:
        return (as_int(name, value, minimum, allowed),) * count
    if len(items) != count:
        raise SpecError.of(name, value, allowed, f"of several, {count} are due")
    return tuple(as_int(f"{name}[{axis}]", item, minimum) for axis, item in enumerate(items))


def per_axis(
    name: str, value: object, rank: int, minimum: int = 1, *, optional: bool = False
) -> tuple[int, ...]:
    """`value` as one int per axis: an int serves every axis, a sequence must have `rank` items.

    `optional` says that the caller may give None, which is not read here.
    """
    if type(value) is int and value >= minimum:
        return (value,) * rank
    allowed = f"{'None, ' if optional else ''}{least(minimum)}, or one per axis"
    return each(name, value, rank, minimum, allowed)


def padding_pairs(value: object, rank: int) -> Pairs | Literal["same"]:
    """`value` as (lo, hi) pairs, one per axis; "same" stays a word: it depends on the input."""
    if type(value) is int and value >= 0:
        return ((value, value),) * rank
    if isinstance(value, str) and value == "same":
        return "same"
    if isinstance(value, str) and value == "valid":
        return ((0, 0),) * rank
    allowed = "an integer >= 0, one per axis, a (lo, hi) pair per axis, 'valid' or 'same'"
    if isinstance(value, str):
        raise SpecError.of("padding", value, allowed)
    items = items_of(value, rank + 1)
    if items is None:
        both = as_int("padding", value, 0, allowed)
        return ((both, both),) * rank
    if len(items) != rank:
        raise SpecError.of("padding", value, allowed, f"of several, {rank} are due")
    pairs = []
    for axis, item in enumerate(items):
        lo, hi = each(f"padding[{axis}]", item, 2, 0, "an integer >= 0 or a (lo, hi) pair")
        pairs.append((lo, hi))
    return tuple(pairs)


def window_rank(name: str, value: object) -> tuple[int, ...]:
    """A kernel or window size as a tuple whose length is the rank; an int means two dimensions."""
    if (
        type(value) is tuple
        and 1 <= len(value) <= MAX_RANK
        and all(type(item) is int and item >= 1 for item in value)
    ):
        return value
    allowed = f"a positive integer, or 1 to {MAX_RANK} of them"
    items = items_of(value, MAX_RANK + 1)
    if items is None:
        return (as_int(name, value, 1, allowed),) * 2
    if not 1 <= len(items) <= MAX_RANK:
        raise SpecError.of(name, value, allowed)
    return tuple(as_int(f"{name}[{axis}]", item, 1) for axis, item in enumerate(items))


def choice(
    name: str,
    value: object,
    allowed: Sequence[str],
    *,
    optional: bool = False,
    synonyms: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """`value` if it is one of `allowed`, else a `SpecError` that lists them and says which is near.

    `optional` says that the caller may give None, which is not read here; `synonyms` are words of
    other libraries for what is allowed.
    """
    if isinstance(value, str) and value in allowed:
        return value
    listed = "one of " + ", ".join([*(["None"] if optional else []), *map(repr, allowed)])
    if not isinstance(value, str):
        raise SpecTypeError.of(name, value, listed)
    raise SpecError.of(name, value, listed, nearest(synonyms.get(value, value), allowed))


def flag(name: str, value: object) -> bool:
    """`value` if it is True or False, else a `SpecTypeError`."""
    if not isinstance(value, (bool, np.bool_)):
        raise SpecTypeError.of(name, value, "True or False")
    return bool(value)
