"""Known libraries: one module each, found by being here, that imports its library when asked.

Each module has functions of the contract's signatures on NumPy arrays, and `target()` that puts
them together.  What is called is the text of such a function, with the text of what it uses: the
same lines stand in a script that reproduces a failure.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from convproof.conformance.target.target import Target
from convproof.conformance.target.wrapper import Wrapper

KNOWN = tuple(module.name.removesuffix("_") for module in pkgutil.iter_modules(__path__))


def known(name: str) -> Target:
    """The target for one of the names in `KNOWN`."""
    made: Target = importlib.import_module(f"{__name__}.{name}_").target()
    return made


def lines_of(functions: Mapping[str, Callable[..., Any]]) -> dict[str, Any]:
    """The functions of a library's module, each made again of its text and of what that uses."""
    found = {}
    for op, function in functions.items():
        module = importlib.import_module(function.__module__)
        head = ["from typing import Any", "", "Array = np.ndarray"]
        body = [_text(module, name) for name in _needed(module, function.__name__)]
        if any("Callable" in text for text in body):
            head.insert(0, "from collections.abc import Callable")
        source = "\n".join([*head, *body, "", f"function = {function.__name__}", ""])
        found[op] = Wrapper(op, source, {}, "").function(module)
    return found


def _text(module: ModuleType, name: str) -> str:
    value = getattr(module, name)
    if inspect.isfunction(value):
        return f"\n\n{inspect.getsource(value).rstrip()}\n"
    return f"\n{name} = {value if value else type(value)()!r}"


def _needed(module: ModuleType, name: str) -> list[str]:
    """A function's name after those of the module's own functions and tables it refers to."""
    found: list[str] = []

    def visit(name: str) -> None:
        value = getattr(module, name)
        if name in found:
            return
        if inspect.isfunction(value):
            for used in _names_in(value.__code__):
                other = vars(module).get(used)
                own = inspect.isfunction(other) and other.__module__ == module.__name__
                if (own or isinstance(other, dict)) and used != name:
                    visit(used)
        found.append(name)

    visit(name)
    return found


def _names_in(code: Any) -> list[str]:
    names = list(code.co_names)
    for item in code.co_consts:
        if hasattr(item, "co_names"):
            names += _names_in(item)
    return names
