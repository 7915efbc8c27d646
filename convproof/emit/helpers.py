"""The runtime's functions as text, for modules that import nothing."""

from __future__ import annotations

import ast
import inspect
import re
from functools import cache

from convproof.lower import reductions, runtime


@cache
def texts() -> dict[str, str]:
    """Each function and constant of `runtime` and `reductions`, in the order of the files."""
    found = {}
    for module in (runtime, reductions):
        source = inspect.getsource(module)
        lines = source.splitlines(keepends=True)
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef):
                first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
                found[node.name] = "".join(lines[first - 1 : node.end_lineno])
            name = constant(node)
            if name:
                found[name] = "".join(lines[node.lineno - 1 : node.end_lineno])
    return found


def constant(node: ast.stmt) -> str:
    """The name, in capitals, that a statement gives to a number or a table; "" if it gives none."""
    if isinstance(node, ast.Assign):
        target = node.targets[0]
    elif isinstance(node, ast.AnnAssign):
        target = node.target
    else:
        return ""
    return target.id if isinstance(target, ast.Name) and target.id.isupper() else ""


def called(text: str) -> list[str]:
    """The names of those that `text` itself calls."""
    return [name for name in texts() if re.search(rf"\b{name}\(", text)]


def needed(text: str) -> list[str]:
    """The texts of those that `text` calls, and of those that they call."""
    names: set[str] = set()
    more = set(called(text))
    while more - names:
        names |= more
        more = {name for one in names for name in (*called(texts()[one]), *_named(texts()[one]))}
    return [body for name, body in texts().items() if name in names]


def _named(text: str) -> list[str]:
    """Functions that a text names without calling them, and constants."""
    return [name for name in texts() if re.search(rf"\b{name}\b", text)]
