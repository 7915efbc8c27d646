"""Contents pages: what a package offers, found by its files and loaded when first used.

The one list of them is the package's stub, `__init__.pyi`: type checkers and editors read it as
it stands, and at run time the same lines say which module defines a name.
"""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from convproof.errors import nearest

Loader: TypeAlias = Callable[[str], Any]


def listed(file: str) -> dict[str, str]:
    """Public name -> module that defines it, from the stub beside the `__init__.py` named `file`.

    The lines `from M import N as N` count, as they do for type checkers.

    >>> listed(__file__.replace("contents", "__init__"))["Conv"]
    'convproof.spec'
    """
    stub = ast.parse(Path(file).with_suffix(".pyi").read_text(encoding="utf-8"))
    imports = (node for node in stub.body if isinstance(node, ast.ImportFrom))
    return {
        alias.name: node.module
        for node in imports
        for alias in node.names
        if node.module and alias.asname == alias.name
    }


def attach(package: str, names: dict[str, str]) -> tuple[Loader, Callable[[], list[str]]]:
    """The `__getattr__` and `__dir__` of the package `package` with these contents."""
    space = vars(sys.modules[package])

    def load(name: str) -> Any:
        if name not in names:
            raise AttributeError(unknown(package, name, names), name=name)
        module = names[name]
        if module == package:  # a package inside this one
            return importlib.import_module(f"{package}.{name}")
        space[name] = value = getattr(importlib.import_module(module), name)
        return value

    return load, lambda: sorted({*space, *names})


def unknown(package: str, name: str, names: dict[str, str]) -> str:
    """What to say of a name that the package does not have, with the nearest that it has."""
    mend = nearest(name, names)
    return f"module {package!r} has no attribute {name!r}" + (f"; {mend}" if mend else "")


def defining(file: str, function: str) -> dict[str, str]:
    """The modules beside `file` that define `function`, each with the first line of its docstring.

    None is imported: what a command lists must not cost what it runs.

    >>> list(defining(__file__.replace("contents", "bench/__init__"), "measure"))
    ['detection', 'fit', 'speed', 'training']
    """
    texts = {path.stem: path.read_text(encoding="utf-8") for path in Path(file).parent.glob("*.py")}
    return {
        name: text.partition("\n")[0].strip('"').rstrip(".")
        for name, text in sorted(texts.items())
        if name != "__init__" and f"\ndef {function}(" in text
    }
