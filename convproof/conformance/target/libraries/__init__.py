"""Known libraries: one module each, found by being here, that imports its library when asked.

Each module has functions of the contract's signatures on NumPy arrays, `target()` that puts them
together, `NEEDS` (what it imports -> the distribution that brings it), `EXTRA` (what installs it)
and, where the library reads any as it is imported, `ENVIRONMENT` (its variables); where it computes
with another of them, that one's name as `BACKEND`.  What is called
is the text of such a function, with the text of what it uses: the same lines stand in a script
that reproduces a failure.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import inspect
import os
import pkgutil
import sys
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from convproof.conformance.target.target import Target
from convproof.conformance.target.wrapper import Wrapper
from convproof.errors import MissingExtra

KNOWN = tuple(
    module.name.removesuffix("_")
    for module in pkgutil.iter_modules(__path__)
    if module.name.endswith("_")
)


# Libraries that convolve and are no targets -> why, as it was tried.
NO_TARGETS = {
    "mxnet": "1.9.1, its last release, does not import with any NumPy that convproof works with: "
    "NumPy 1.26 has no np.bool, NumPy 2 no np.PZERO",
}


def known(name: str) -> Target:
    """The target for one of the names in `KNOWN`.

    Raises:
        MissingExtra: if its library is not installed; it names the extra that brings it.
    """
    module = _module(name)
    prepare(name)
    for package in module.NEEDS:  # to see that it is there, and to pay for the import once
        try:
            importlib.import_module(package)
        except ImportError:
            raise MissingExtra.of(package, module.EXTRA, f"the target {name!r}") from None
    return unloaded(name)


def unloaded(name: str) -> Target:
    """As `known`, to be called in another process: nothing of the library is imported here."""
    module = _module(name)
    for package in module.NEEDS:
        if importlib.util.find_spec(package) is None:
            raise MissingExtra.of(package, module.EXTRA, f"the target {name!r}")
    made: Target = module.target()
    made.versions = versions(name)
    return made


def prepare(name: str) -> None:
    """Set what a known library reads while it is imported, here or in a process begun from here."""
    os.environ.update(getattr(_module(name), "ENVIRONMENT", {}))


def versions(name: str) -> dict[str, str]:
    """The versions of the packages of a known library that is installed.

    >>> list(versions("scipy"))
    ['scipy']
    """
    return {package: _version(package, of) for package, of in _module(name).NEEDS.items()}


def is_here(name: str) -> bool:
    """Whether the packages of a known library are installed; nothing is imported.

    >>> is_here("scipy")
    True
    """
    return all(importlib.util.find_spec(package) for package in _module(name).NEEDS)


def distributions(name: str) -> dict[str, str]:
    """What a known library's functions import -> the distribution that usually brings it.

    >>> distributions("opencv")
    {'cv2': 'opencv-python-headless', 'onnx': 'onnx'}
    """
    return dict(_module(name).NEEDS)


def needs(name: str) -> tuple[str, ...]:
    """What a known library's functions import.

    >>> needs("onnxruntime")
    ('onnxruntime', 'onnx')
    """
    return tuple(_module(name).NEEDS)


def backend(name: str) -> str:
    """The known library that one of them computes with: itself, if its module says no other.

    >>> backend("keras_tensorflow"), backend("scipy"), backend("no library")
    ('tensorflow', 'scipy', 'no library')
    """
    return getattr(_module(name), "BACKEND", name) if name in KNOWN else name


def threaded() -> bool:
    """Whether a library is loaded whose threads do not come along into a fork.

    Each is taken to have some but SciPy, whose filters have none.
    """
    packages = {package for name in KNOWN for package in needs(name)}
    return any(name in sys.modules for name in packages - {"scipy", "convproof"})


def extra(name: str) -> str:
    """The extra of convproof that brings a known library; empty if convproof itself does."""
    text: str = _module(name).EXTRA
    return text


def _module(name: str) -> Any:
    return importlib.import_module(f"{__name__}.{name}_")


def _version(package: str, distribution: str) -> str:
    """Of the usual distribution of a package, else of one that brings it under another name."""
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        others = importlib.metadata.packages_distributions().get(package, [])
        return importlib.metadata.version(others[0]) if others else "unknown"


def lines_of(
    functions: Mapping[str, Callable[..., Any]], here: ModuleType | None = None
) -> dict[str, Any]:
    """The functions of a library's module, each made again of its text and of what that uses.

    `here` is the library's module where the functions are shared; what it has itself goes first.
    """
    found = {}
    for op, function in functions.items():
        module = importlib.import_module(function.__module__)
        head = ["from typing import Any", "", "Array = np.ndarray"]
        needed = _needed({} if here is None else vars(here), function)
        body = [_text(value, name) for name, value in needed]
        if any("Callable" in text for text in body):
            head.insert(0, "from collections.abc import Callable")
        source = "\n".join([*head, *body, "", f"function = {function.__name__}", ""])
        found[op] = Wrapper(op, source, {}, "").function(module if here is None else here)
    return found


def _text(value: Any, name: str) -> str:
    if inspect.isfunction(value):
        return f"\n\n{inspect.getsource(value).rstrip()}\n"
    return f"\n{name} = {value if value else type(value)()!r}"


def _needed(here: Mapping[str, Any], function: Callable[..., Any]) -> list[tuple[str, Any]]:
    """A function after those of the libraries' own functions and tables that it refers to."""
    found: dict[str, Any] = {}
    met = set()

    def visit(name: str, value: Any) -> None:
        if name in met:
            return
        met.add(name)
        if inspect.isfunction(value):
            for used in _names_in(value.__code__):
                other = here.get(used, value.__globals__.get(used))
                ours = inspect.isfunction(other) and other.__module__.startswith(__name__)
                if (ours or isinstance(other, dict)) and used != name:
                    visit(used, other)
        found[name] = value

    visit(function.__name__, here.get(function.__name__, function))
    return list(found.items())


def _names_in(code: Any) -> list[str]:
    names = list(code.co_names)
    for item in code.co_consts:
        if hasattr(item, "co_names"):
            names += _names_in(item)
    return names
