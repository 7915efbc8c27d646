"""What a target's answers depend on besides its arguments: the files it has read, its libraries.

Installed as an audit hook before the target is loaded, in the process that the target has for
itself: what it imports and what it opens are both seen, early or late.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
import sysconfig
from collections.abc import Iterable
from typing import Any

from convproof.conformance.target.locate import is_file

_LARGE = 64 << 20  # bytes: a larger file is told by its size and time
_MANY = 5000  # files
_INSTALLED = frozenset(("site-packages", "dist-packages"))
_STDLIB = tuple(
    os.path.realpath(sysconfig.get_paths()[name]) + os.sep for name in ("stdlib", "platstdlib")
)
_SYSTEM = tuple(f"/{name}/" for name in ("proc", "sys", "dev", "lib", "lib64", "usr/lib"))
_HERE = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", "..")) + os.sep
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Footprint:
    """The files that this process reads from now on."""

    def __init__(self) -> None:
        self._read: dict[str, None] = {}
        self._written: set[str] = set()
        sys.addaudithook(self._see)

    def _see(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = args
            writes = bool(set(mode or "") & set("wax+")) or bool((flags or 0) & _WRITES)
        elif event == "ctypes.dlopen":
            path, writes = args[0], False
        else:
            return
        with contextlib.suppress(Exception):  # a hook that raises would refuse the file
            if isinstance(path, (str, bytes)) and len(self._read) < _MANY:
                whole = os.path.abspath(os.fsdecode(path))
                if writes:
                    self._written.add(whole)
                else:
                    self._read[whole] = None

    def content(self, place: str) -> tuple[dict[str, dict[str, str]], str]:
        """Every file that counts, with its digest; every library, with its version.

        Files are named from the folder that the target or its package is in, which is given too:
        elsewhere it may be another one.

        Args:
            place: the target's file, or its module, whose files count wherever they are.
        """
        own = "" if is_file(place) else place.split(".")[0]
        modules = {name: module for name, module in list(sys.modules.items()) if module is not None}
        sources = {name: _source(module) for name, module in modules.items()}
        paths = [path for name, path in sources.items() if path and name.split(".")[0] == own]
        paths += [
            path
            for path in (*sources.values(), *self._read)
            if path and path not in self._written and not is_library(path)
        ]
        home = place if is_file(place) else os.path.dirname(sources.get(own, ""))
        base = os.path.dirname(os.path.realpath(os.path.expanduser(home)))
        files = {_named(path, base): text for path, text in digests(paths).items()}
        return {"files": files, "packages": _versions(modules, sources)}, base


def _named(path: str, base: str) -> str:
    """A path from the folder `base` if it is in it; whole otherwise."""
    whole = os.path.realpath(path)
    return os.path.relpath(whole, base) if whole.startswith(base + os.sep) else whole


def _source(module: Any) -> str:
    """The file of a module, without asking what a stranger's module makes of the question."""
    file = getattr(module, "__dict__", {}).get("__file__")
    return os.path.abspath(file) if isinstance(file, str) else ""


def is_library(path: str) -> bool:
    """Whether a file belongs to an installed package, to Python, to the system or to convproof."""
    whole = os.path.realpath(path)
    return (
        whole.startswith((*_STDLIB, *_SYSTEM, _HERE))
        or not _INSTALLED.isdisjoint(whole.split(os.sep))
        or whole.endswith(".pyc")
    )


def digests(paths: Iterable[str]) -> dict[str, str]:
    """path -> digest of what is in it, of those that are files."""
    found = {path: digest(path) for path in sorted(set(paths))}
    return {path: text for path, text in found.items() if text}


def digest(path: str) -> str:
    """A file's content in a few letters; of a very large one its size and time; "" for no file."""
    try:
        about = os.stat(path)
        if not stat.S_ISREG(about.st_mode):
            return ""
        if about.st_size > _LARGE:
            return f"{about.st_size} bytes of {about.st_mtime_ns}"
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()[:32]
    except OSError:
        return ""


def _versions(modules: dict[str, Any], sources: dict[str, str]) -> dict[str, str]:
    found = {}
    for name, module in modules.items():
        version = getattr(module, "__dict__", {}).get("__version__")
        installed = not _INSTALLED.isdisjoint(sources[name].split(os.sep))
        if "." not in name and installed and isinstance(version, str):
            found[name] = version
    return found
