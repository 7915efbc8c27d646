"""Which kind of arrays a function works with, where its signature does not say."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

KINDS = ("torch", "jax")


def kinds_of(function: Callable[..., Any]) -> tuple[str, ...]:
    """The libraries, of those in `KINDS`, whose arrays a function may want: its module uses them.

    NumPy arrays are tried first: many such functions convert what they are given.

    >>> kinds_of(lambda x: x)
    ()
    """
    function = function.func if isinstance(function, functools.partial) else function
    if not hasattr(function, "__code__") and not isinstance(function, type):
        function = vars(type(function)).get("__call__", function)
    names = getattr(inspect.unwrap(function), "__globals__", None) or {}
    used = {_top(value) for value in names.values()}
    return tuple(kind for kind in KINDS if kind in used and kind in sys.modules)


def _top(value: Any) -> str:
    """The package that a global name belongs to."""
    where = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", "")
    return where.split(".")[0] if isinstance(where, str) else ""


def wrap(array: Any, kind: str) -> Any:
    """The array as the target wants it; torch shares the memory where it can."""
    if kind == "torch":
        import numpy as np
        import torch

        if array.flags.writeable and all(step >= 0 for step in array.strides):
            return torch.from_numpy(array)
        return torch.from_numpy(np.array(array))
    if kind == "jax":
        import jax.numpy as jnp

        return jnp.asarray(array)
    return array
