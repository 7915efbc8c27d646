"""Checks of plain arguments, made once: a small call should cost no more than its arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

KEPT = 512  # combinations of arguments


def recalled(function: Callable[P, R]) -> Callable[P, R]:
    """`function` of positional arguments, its results kept by them where they are plain.

    What is kept must never be written to.  An error is not kept, and arguments that are not plain
    are looked at every time: True would pass for 1 as a key, and so would 1.0.
    """
    kept: Any = lru_cache(maxsize=KEPT, typed=True)(function)

    @wraps(function)
    def recall(*args: P.args, **kwargs: P.kwargs) -> R:
        # At the top level the cache tells types apart; inside a tuple it does not.
        if all(type(value) is bool or plain(value) for value in args):
            found: R = kept(*args, **kwargs)
            return found
        return function(*args, **kwargs)

    return recall


def plain(value: object) -> bool:
    """Whether a value is None, a word, a whole number, or a tuple of such."""
    if type(value) is tuple:
        return all(map(plain, value))
    return value is None or type(value) is int or type(value) is str
