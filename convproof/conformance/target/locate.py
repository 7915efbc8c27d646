"""Where a target is: the text that names it, taken apart, and its module, imported as it is."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from convproof.errors import TargetError

FORM = "a known name, package.module, package.module:function or path/to/file.py:function"


def split_spec(text: str) -> tuple[str, str | None]:
    """The place and the name in it.

    >>> split_spec("dir/mine.py:conv2d"), split_spec("scipy.signal")
    (('dir/mine.py', 'conv2d'), ('scipy.signal', None))
    """
    place, colon, name = text.rpartition(":")
    if not colon or (len(place) == 1 and name.startswith(("/", "\\"))):  # C:\file.py
        place, name = text, ""
    if colon and not name.strip():
        raise TargetError(f"target {text!r}: a name is due after the colon; allowed is {FORM}")
    if not place.strip():
        raise TargetError(f"target {text!r}: allowed is {FORM}")
    return place, name or None


def is_file(place: str) -> bool:
    """Whether a place is a path, not a module's dotted name."""
    return place.endswith(".py") or "/" in place or "\\" in place


def module_of_file(path: Path) -> tuple[ModuleType, Callable[[], ModuleType]] | None:
    """A file's module, known by a name of its own but not executed yet, and what executes it.

    None for a file that is none of Python's.
    """
    whole = path.resolve()
    name = f"convproof_target_{hashlib.sha1(os.fsencode(whole)).hexdigest()[:10]}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, whole)
    if spec is None or spec.loader is None:
        return None
    if str(whole.parent) not in sys.path:
        # last, so that the target's neighbours can be imported and nothing of ours is hidden
        sys.path.append(str(whole.parent))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    loader = spec.loader

    def execute() -> ModuleType:
        loader.exec_module(module)
        return module

    return module, execute


def imported(place: str) -> ModuleType:
    """The module at a path or of a dotted name, with whatever its import raises.

    `loading.load_module` says what is wrong in words; this is for one that was loaded before.
    """
    if not is_file(place):
        return importlib.import_module(place)
    found = module_of_file(Path(place).expanduser())
    if found is None:
        raise ImportError(f"{place} is no Python file")
    return found[1]()
