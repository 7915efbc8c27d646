"""Where a target's functions are: the lines of a script that import them, wrappers included."""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from convproof.conformance.target.loading import split_spec
from convproof.conformance.target.target import Target


def import_lines(target: Target, op: str) -> list[str] | None:
    """Code that makes `function` (and `forward`, for a cache) the target's."""
    from convproof.conformance.target.libraries import KNOWN

    plan = target.describe()["ops"][op]
    if target.spec in KNOWN:
        return _adapter_source(target.spec, plan)
    names = {"function": plan}
    if "forward" in plan:
        names["forward"] = plan["forward"]
    place = None if target.spec is None else split_spec(target.spec)[0]
    if place is None:  # functions that were handed over: found again by where they were defined
        if any("<" in item["function"] for item in names.values()):
            return None
        module = sys.modules.get(str(plan["module"]))
        file = getattr(module, "__file__", None)
        if module is None or (module.__name__ == "__main__" and file is None):
            return None
        place = str(file) if file is not None else module.__name__
    if place.endswith(".py") or "/" in place:
        path = Path(place).expanduser().resolve()
        return [f"sys.path.insert(0, {str(path.parent)!r})", *_imports(path.stem, names)]
    return _imports(place, names)


def _imports(module: str, names: dict[str, Any]) -> list[str]:
    """Lines that import each function under the name it is called by, its wrapper included."""
    lines = _plain_imports(module, _used(names))
    for name, item in names.items():
        if item.get("wrapper"):
            made = re.search(
                r"^(?:def )?(conv|max_pool|avg_pool)\w*", item["wrapper"], re.MULTILINE
            )
            assert made is not None
            lines += ["", *item["wrapper"].splitlines(), ""]
            lines.append(f"{name} = {made[0].removeprefix('def ')}")
    return lines


def _used(names: dict[str, Any]) -> dict[str, Any]:
    """What has to be imported: the functions, or in their place what their wrappers use."""
    found = {}
    for name, item in names.items():
        if item.get("wrapper"):
            found.update({alias: {"function": own} for alias, own in item["uses"].items()})
        else:
            found[name] = item
    return found


def _plain_imports(module: str, names: dict[str, Any]) -> list[str]:
    simple = all(part.isidentifier() for part in module.split("."))
    if simple and all(item["function"].isidentifier() for item in names.values()):
        return [f"from {module} import {item['function']} as {n}" for n, item in names.items()]
    lines = ["import importlib", "", f"module = importlib.import_module({module!r})"]
    return lines + [f"{name} = module.{item['function']}" for name, item in names.items()]


def _adapter_source(name: str, plan: dict[str, Any]) -> list[str]:
    """The adapter's function and the helpers it uses, as they stand in its module."""
    if name == "convproof":
        return [f"from convproof import {plan['function']} as function"]
    import importlib

    module = importlib.import_module(f"convproof.conformance.target.libraries.{name}_")
    wanted = _needed(module, str(plan["function"]))
    lines = ["from typing import Any", "", "Array = np.ndarray"]
    for item in wanted:
        value = getattr(module, item)
        if inspect.isfunction(value):
            lines += ["", "", inspect.getsource(value).rstrip()]
        else:
            lines += ["", f"{item} = {value!r}" if not value else f"{item} = {type(value)()!r}"]
    if any("Callable" in line for line in lines):
        lines.insert(0, "from collections.abc import Callable")
    return [*lines, "", "", f"function = {plan['function']}"]


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
