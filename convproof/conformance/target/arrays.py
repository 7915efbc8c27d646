"""Which kind of arrays a function works with, where its signature does not say."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

KINDS = ("torch", "jax")


def kinds_of(functions: Iterable[Any]) -> tuple[str, ...]:
    """The libraries, of those in `KINDS`, whose arrays some functions or classes may want.

    It is those that their module uses. NumPy arrays are tried first: many convert what they get.

    >>> kinds_of([lambda x: x])
    ()
    """
    used = {_top(value) for function in functions for value in _around(function).values()}
    return tuple(kind for kind in KINDS if kind in used and kind in sys.modules)


def _around(function: Any) -> Mapping[str, Any]:
    """The global names that a function or class knows."""
    function = function.func if isinstance(function, functools.partial) else function
    if not hasattr(function, "__code__") and not isinstance(function, type):
        function = vars(type(function)).get("__call__", function)
    names = getattr(inspect.unwrap(function), "__globals__", None)
    module = sys.modules.get(str(getattr(function, "__module__", None)))
    return names or (vars(module) if module is not None else {})


def _top(value: Any) -> str:
    """The package that a global name belongs to."""
    where = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", "")
    return where.split(".")[0] if isinstance(where, str) else ""
