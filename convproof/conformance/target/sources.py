"""The text of a stranger's module, read without asking the module for anything."""

from __future__ import annotations

import inspect
from pathlib import Path
from types import ModuleType
from typing import Any


def unwrapped(function: Any) -> Any:
    """The function inside those that wrap it; itself, where they wrap each other in a circle."""
    try:
        return inspect.unwrap(function)
    except ValueError:
        return function


def source_of(module: Any) -> str | None:
    """The text of a module's file; None where there is none to read.

    A module may have a `__getattr__` that raises, and something else may stand in its place.
    """
    if not isinstance(module, ModuleType):
        return None
    file = ModuleType.__getattribute__(module, "__dict__").get("__file__")
    if not isinstance(file, str) or not file.endswith(".py"):
        return None
    try:
        return Path(file).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
