"""Functions of a file's own objects: they hold arrays, and are none."""

from __future__ import annotations

import re
from types import ModuleType
from typing import Any

_ASKED = re.compile(r"'numpy\.ndarray' object has no attribute '(\w+)'")


def own_object(module: ModuleType | None, error: BaseException | None) -> str:
    """The class of the module whose objects are wanted where arrays were given; empty if none is.

    Args:
        module: the function's.
        error: what came of a call with arrays.

    >>> class Var:
    ...     def __init__(self, value):
    ...         self.value = value
    >>> module = ModuleType(Var.__module__)
    >>> module.Var = Var
    >>> own_object(module, AttributeError("'numpy.ndarray' object has no attribute 'value'"))
    'Var'
    """
    asked = _ASKED.search(str(error))
    if module is None or asked is None:
        return ""
    held: dict[str, Any] = vars(module)
    for name, item in held.items():
        if not isinstance(item, type) or item.__module__ != module.__name__:
            continue
        made = getattr(vars(item).get("__init__"), "__code__", None)
        if asked[1] in vars(item) or (made is not None and asked[1] in made.co_names):
            return name
    return ""
