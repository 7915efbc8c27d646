"""Decisions about plain arguments, made once: a small call should cost its arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar

R = TypeVar("R")

KEPT = 512  # combinations of arguments
SIMPLE = frozenset((bool, int, str, type(None)))
TABLES: list[dict[Any, Any]] = []  # what calls made before have left (`ready`)


def recalled(function: Callable[..., R]) -> Callable[..., R]:
    """`function` of positional arguments, its results kept by them where they are plain.

    The first argument is ours, a tuple of what arrays say of themselves; the others are a user's.
    What is kept must never be written to.  An error is not kept, and arguments that are not plain
    are looked at every time: True would pass for 1 as a key, and so would 1.0.
    """
    kept: Any = lru_cache(maxsize=KEPT, typed=True)(function)

    @wraps(function)
    def recall(known: tuple[object, ...], *given: object) -> R:
        for value in given:
            # At the top level the cache tells types apart; inside a tuple it does not.
            if type(value) not in SIMPLE and not plain(value):
                return function(known, *given)
        found: R = kept(known, *given)
        return found

    def clear() -> None:
        kept.cache_clear()
        for table in TABLES:
            table.clear()

    recall.clear = clear  # type: ignore[attr-defined]  # for tests that plant faults
    return recall


def plain(value: object) -> bool:
    """Whether a value is None, a word, a whole number, a tuple of such, or of tuples of such.

    No lawful argument is nested deeper, and a cache would hash a deeper one without end.
    """
    if type(value) is tuple:
        return all(map(flat, value))
    return simple(value)


def flat(value: object) -> bool:
    """Whether an item of a tuple is plain: simple itself, or a tuple of what is simple."""
    if type(value) is tuple:
        return all(map(simple, value))
    return simple(value)


def simple(value: object) -> bool:
    """Whether a value is None, a word or a whole number, and no bool."""
    return value is None or type(value) is int or type(value) is str
