"""Arrays of other libraries: which kind a function works with, and where tensors can lie."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from convproof.conformance.target.sources import unwrapped
from convproof.errors import TargetError

KINDS = ("torch", "jax")


def kinds_of(functions: Iterable[Any]) -> tuple[str, ...]:
    """The kinds of arrays that some functions or classes may want, the likeliest first.

    It is NumPy's, then those of `KINDS` that their module uses: many convert what they get. A
    module that does not know NumPy is given its own first.

    >>> kinds_of([lambda x: x])
    ('numpy', 'lists')
    """
    used = {_top(value) for function in functions for value in _around(function).values()}
    others = tuple(kind for kind in KINDS if kind in used and kind in sys.modules)
    if not used & {"numpy", *KINDS, "scipy"}:
        return ("numpy", "lists")  # it may know of nothing else
    return ("numpy", *others) if "numpy" in used else (*others, "numpy")


def _around(function: Any) -> Mapping[str, Any]:
    """The global names that a function or class knows."""
    function = function.func if isinstance(function, functools.partial) else function
    if not hasattr(function, "__code__") and not isinstance(function, type):
        function = vars(type(function)).get("__call__", function)
    names = getattr(unwrapped(function), "__globals__", None)
    module = sys.modules.get(str(getattr(function, "__module__", None)))
    return names or (vars(module) if module is not None else {})


def _top(value: Any) -> str:
    """The package that a global name belongs to."""
    where = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", "")
    return where.split(".")[0] if isinstance(where, str) else ""


def expect_device(device: str) -> None:
    """Nothing if torch can put a tensor on this device ("cuda", "cuda:1", "mps", ...).

    Raises:
        TargetError: if it cannot, with torch's own words.
    """
    try:
        import torch

        torch.zeros(1).to(device)
    except ImportError:
        raise TargetError(
            f"device={device!r}: torch, whose tensors it is for, is missing"
        ) from None
    except Exception as error:  # RuntimeError, AssertionError: torch's words differ by device
        said = str(error).splitlines()[0]
        raise TargetError(f"device={device!r}: torch has no such device: {said}") from None
