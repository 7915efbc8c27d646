"""From the text that names a target to its functions, with a clear word where there are none."""

from __future__ import annotations

import difflib
import importlib
import inspect
import re
import sys
import sysconfig
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from convproof.conformance.target.blame import raised_explicitly
from convproof.conformance.target.capture import At, OutOfPatienceError, begins, guarded, patient
from convproof.conformance.target.interfaces.choose import by_trial, callable_of, ranked, wrapped
from convproof.conformance.target.interfaces.gradients import takes_gradient
from convproof.conformance.target.interfaces.layers import backward_of
from convproof.conformance.target.libraries import KNOWN, NO_TARGETS
from convproof.conformance.target.locate import FORM, is_file, module_of_file
from convproof.conformance.target.opnames import distance, op_of_name
from convproof.conformance.target.signatures import bind
from convproof.conformance.target.sources import source_of
from convproof.conformance.target.wrapper import used_by
from convproof.errors import MissingExtra, TargetError, nearest
from convproof.laws.op import OPS, Op

_EXTRAS = {"torch": "torch", "jax": "jax", "onnxruntime": "onnx", "onnx": "onnx"}
IMPORT = 120.0  # seconds an import may take


def load_module(place: str) -> ModuleType:
    """The module at a path or of a dotted name.

    Raises:
        TargetError: if there is none or it does not import; MissingExtra for an absent package.
    """
    if is_file(place):
        return _load_file(Path(place).expanduser())
    if not all(part.isidentifier() for part in place.split(".")):
        hint = nearest(place, KNOWN) or f"a target is {FORM}"
        raise TargetError(f"target {place!r}: no module has such a name; {hint}")
    try:
        return _import(place, lambda: importlib.import_module(place))
    except (ModuleNotFoundError, TargetError) as error:
        missing = getattr(error, "name", None) or place
        top = missing.split(".")[0]
        if top in NO_TARGETS:
            raise TargetError(f"target {place!r} is none: {top} {NO_TARGETS[top]}") from None
        if isinstance(error, TargetError):
            raise
        if top in _EXTRAS:
            raise MissingExtra.of(top, _EXTRAS[top], f"the target {place!r}") from None
        if Path(f"{place}.py").exists():
            hint = f"; for the file, write {place}.py"
        else:
            hint = f"; {nearest(place, KNOWN) or f'a target is {FORM}'}"
        raise TargetError(f"target {place!r}: there is no module {missing!r}{hint}") from None


def _load_file(path: Path) -> ModuleType:
    if not path.exists():
        near = difflib.get_close_matches(path.name, _neighbours(path), 1, 0.75)
        hint = f"; did you mean {path.with_name(near[0])}?" if near else ""
        raise TargetError(f"target {str(path)!r}: there is no such file{hint}")
    if path.is_dir():
        raise TargetError(f"target {str(path)!r}: a directory; name a .py file in it")
    if not path.is_file():
        raise TargetError(f"target {str(path)!r}: a device or a pipe, not a file")
    found = module_of_file(path)
    if found is None:
        raise TargetError(f"target {str(path)!r}: not a Python file (its name must end in .py)")
    module, execute = found
    name = module.__name__
    try:
        return _import(str(path), execute)
    except ModuleNotFoundError as error:
        sys.modules.pop(name, None)
        raise TargetError(
            f"target {str(path)!r} does not import: it needs {error.name!r}, not installed here"
        ) from None
    except BaseException:
        sys.modules.pop(name, None)
        raise


def _neighbours(path: Path) -> list[str]:
    try:
        return [item.name for item in path.parent.iterdir() if item.suffix == ".py"]
    except OSError:
        return []


def _import(place: str, execute: Callable[[], ModuleType]) -> ModuleType:
    """Run an import, whatever it does, with its output kept away from ours."""
    try:
        with guarded(importing=True), patient(IMPORT):
            module = execute()
        begins(At.LOOK)
        return module
    except ModuleNotFoundError:
        raise
    except SyntaxError as error:
        where = f"line {error.lineno}: " if error.lineno else ""
        raise TargetError(f"target {place!r} does not import: {where}{error.msg}") from None
    except OutOfPatienceError as error:
        raise TargetError(f"target {place!r}: its import comes to no end: {error}") from None
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) and not raised_explicitly(error):
            raise
        line = _line_in(error, place)
        raise TargetError(
            f"target {place!r} does not import: {type(error).__name__}: {error}{line}"
        ) from None


def _line_in(error: BaseException, place: str) -> str:
    trace, line = error.__traceback__, None
    while trace is not None:
        if Path(trace.tb_frame.f_code.co_filename).name == Path(place).name:
            line = trace.tb_lineno
        trace = trace.tb_next
    return f" (line {line})" if line else ""


def find_object(module: ModuleType, name: str, place: str) -> Any:
    """The attribute of that name (dots allowed), or a `TargetError` with the nearest names."""
    value: Any = module
    for part in name.split("."):
        if not _has(value, part):
            names = [n for n in vars(value) if not n.startswith("_")] if _has_dict(value) else []
            near = difflib.get_close_matches(part, names, 3)
            offered = near or [n for n in names if callable(getattr(value, n))][:6]
            hint = f"; it has {', '.join(offered)}" if offered else ""
            raise TargetError(f"target {place}:{name}: there is no {part!r} in it{hint}")
        value = getattr(value, part)
    return value


def _has(value: Any, name: str) -> bool:
    """As `hasattr`, where a stranger's `__getattr__` raises whatever it likes."""
    try:
        getattr(value, name)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return False
    return True


def _has_dict(value: Any) -> bool:
    return hasattr(value, "__dict__")


def functions_of(
    module: ModuleType, place: str, tried: bool = True
) -> dict[str, Callable[..., Any]]:
    """Every op a module has a function for, by its name; an exact name wins over others.

    Without being `tried`, no function is called to find out more.
    """
    candidates: dict[str, dict[str, Callable[..., Any]]] = {}
    for name, value in vars(module).items():
        if name.startswith("_") or not callable(value) or isinstance(value, type):
            continue
        op = name if name in OPS else op_of_name(name)
        if op is None:
            continue
        if name not in OPS and not Op.of(op).backward and takes_gradient(value):
            continue  # one gradient of it
        if name not in OPS:
            try:
                bind(value, op)
            except TargetError:
                continue  # a helper with a telling name, e.g. conv_output_size(n, k)
        candidates.setdefault(op, {})[name] = value
    found: dict[str, Callable[..., Any]] = {}
    every = [f for named in candidates.values() for f in named.values()]
    mine = is_file(place) or any(_defined_here(f, module) for f in every)
    for op, named in candidates.items():
        own = {n: f for n, f in named.items() if _defined_here(f, module)}
        if not own:
            own = {n: f for n, f in named.items() if not (mine and _of_library(f))}
        if op in own:
            found[op] = own[op]
            continue
        own = _without_parts(own)
        nearest = min(map(distance, own), default=0)
        best = {n: f for n, f in own.items() if distance(n) == nearest}
        if len(best) > 1 and tried:
            best = by_trial(best, op) or _called_by_none(best, module)
            if not best:
                continue  # steps of something else
        if len(best) > 1:
            raise TargetError(
                f"target {place!r}: {', '.join(sorted(best))} could each be {op}; "
                f"name one, e.g. {place}:{sorted(best)[0]}"
            )
        found.update(zip([op], best.values(), strict=False))
    if tried:
        found = ranked(found)
    found |= wrapped(module, own_of(module), found, tried=tried)
    if tried:
        found = callable_of(found)
    if not found:
        raise TargetError(_nothing_found(module, place))
    return found


def own_of(module: ModuleType) -> dict[str, Any]:
    """What a module defines itself and calls by a public name."""
    return {
        name: value
        for name, value in vars(module).items()
        if not name.startswith("_") and callable(value) and _defined_here(value, module)
    }


def beside(module: ModuleType) -> dict[str, list[str]]:
    """Public name -> the names that it refers to, of what a module defines itself.

    A layer's way back has a name of its own, `Conv.backward`.
    """
    found = {}
    for name, value in own_of(module).items():
        found[name] = sorted(_references(value))
        back = backward_of(value) if isinstance(value, type) else None
        if back is not None:
            found[f"{name}.{back}"] = []
    return found


_US = re.compile(r"^\s*(?:from|import)\s+convproof\b|['\"]convproof['\"]", re.MULTILINE)


def imports_us(module: ModuleType) -> bool:
    """Whether a module that is not ours imports convproof, or speaks of it as of a module."""
    if module.__name__.split(".")[0] == "convproof":
        return False
    return _US.search(source_of(module) or "") is not None


def _references(value: Any) -> set[str]:
    if not isinstance(value, type):
        return used_by(getattr(value, "__code__", None))
    bases = {base.__name__ for base in value.__mro__}
    members = [getattr(member, "__func__", member) for member in vars(value).values()]
    return bases.union(*(used_by(getattr(member, "__code__", None)) for member in members))


def _without_parts(named: dict[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Those functions that are no steps of a longer one: corr2d of corr2d_multi_in_out."""
    steps = {
        name
        for name in named
        for other, function in named.items()
        if other != name
        and other.startswith(name)
        and name in used_by(getattr(function, "__code__", None))
    }
    return {name: function for name, function in named.items() if name not in steps} or named


def _called_by_none(named: dict[str, Callable[..., Any]], module: ModuleType) -> dict[str, Any]:
    """Those functions that nothing else in the module calls."""
    others = (item for name, item in vars(module).items() if name not in named)
    used = set().union(*map(_references, others)) if named else set()
    return {name: function for name, function in named.items() if name not in used}


def _nothing_found(module: ModuleType, place: str) -> str:
    own = {n: f for n, f in vars(module).items() if callable(f) and _defined_here(f, module)}
    layer = next((n for n, f in own.items() if isinstance(f, type) and op_of_name(n)), None)
    if layer is not None:
        op = op_of_name(layer) or "conv2d"
        takes = "x, kernel, stride" if "pool" in op else "x, w, b=None, stride=1, padding=0"
        return (
            f"target {place!r}: {layer} is a class, and a law needs a function: write def {op}"
            f"({takes}) that makes a {layer}, gives it these, and returns what its forward does"
        )
    shown = f" (it has {', '.join(list(own)[:6])})" if own else ""
    return (
        f"target {place!r}: no function has a name like conv2d, conv2d_backward, max_pool2d or "
        f"avg_pool2d{shown}; name one with {place}:FUNCTION and say --op OP, or write one that "
        "calls it: def conv2d(x, w, b=None, stride=1, padding=0): return ..."
    )


def _defined_here(function: Any, module: ModuleType) -> bool:
    return getattr(function, "__module__", None) == module.__name__


def _of_library(function: Any) -> bool:
    """Whether it was imported from an installed package, so that it is none of the file's work."""
    module = sys.modules.get(str(getattr(function, "__module__", None)).split(".")[0])
    if not inspect.isroutine(function) or module is None:
        return inspect.isbuiltin(function)
    file = getattr(module, "__file__", None)
    path = Path(file).resolve() if file is not None else _STDLIB
    return path.is_relative_to(_STDLIB) or not _PACKAGES.isdisjoint(path.parts)


_STDLIB = Path(sysconfig.get_paths()["stdlib"]).resolve()
_PACKAGES = {"site-packages", "dist-packages"}


def companion(module: ModuleType, name: str, op: str) -> Mapping[str, Callable[..., Any]]:
    """The forward that makes a backward's cache, from beside it."""
    wanted = str(Op.of(op).forward)
    names = [name.replace("backward", "forward"), name.replace("_backward", ""), wanted]
    for other in names:
        value = getattr(module, other) if _has(module, other) else None
        if other != name and callable(value):
            return {wanted: value}
    return {}
