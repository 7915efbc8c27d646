"""What of the process a call has to leave as it was, and putting it back where it does not."""

from __future__ import annotations

import contextlib
import gc
import locale
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

_STATUS = Path("/proc/self/status")
_NAMES = ("HUP", "INT", "QUIT", "TERM", "ALRM", "CHLD", "USR1", "USR2", "PIPE")
_SIGNALS = tuple(getattr(signal, f"SIG{name}") for name in _NAMES if hasattr(signal, f"SIG{name}"))


class Surroundings:
    """The settings as they are now.

    Args:
        fully: read those too that cost as much as a small call does.
    """

    def __init__(self, fully: bool) -> None:
        self._floats = np.geterr()
        self._watchers = sys.gettrace(), sys.getprofile()
        self._dear = {name: read() for name, (read, _) in _DEAR.items()} if fully else {}

    def put_back(self) -> list[str]:
        """Put back what has changed since, and say what it was."""
        changed = []
        if (sys.gettrace(), sys.getprofile()) != self._watchers:  # first: it may be slow, or see us
            sys.settrace(self._watchers[0])
            sys.setprofile(self._watchers[1])
            changed.append("the function that sees every line or call (sys.settrace, setprofile)")
        if np.geterr() != self._floats:
            np.seterr(**self._floats)
            changed.append("NumPy's floating point settings (np.seterr)")
        for name, before in self._dear.items():
            read, write = _DEAR[name]
            if not _same(before, read()):
                with contextlib.suppress(OSError, ValueError):
                    write(before)
                changed.append(name)
        return changed


def _same(one: Any, two: Any) -> bool:
    if isinstance(one, tuple) and one and isinstance(one[0], str):  # a random generator's state
        return bool(one[2] == two[2] and np.array_equal(one[1], two[1]))
    return bool(one == two)


def _folder() -> str:
    try:
        return os.getcwd()
    except OSError:  # it was deleted
        return ""


def _mask() -> int | None:
    """The umask, which can be read without being changed on Linux alone."""
    try:
        text = _STATUS.read_text()
    except OSError:
        return None
    found = text.partition("Umask:")[2].split()
    return int(found[0], 8) if found else None


def _handlers() -> list[Any]:
    return [signal.getsignal(number) for number in _SIGNALS]


def _set_handlers(handlers: list[Any]) -> None:
    if threading.current_thread() is threading.main_thread():
        for number, handler in zip(_SIGNALS, handlers, strict=True):
            if handler is not None and handler is not signal.getsignal(number):
                signal.signal(number, handler)


def _locale() -> str:
    return locale.setlocale(locale.LC_ALL)


def _set_locale(name: str) -> None:
    with contextlib.suppress(locale.Error):
        locale.setlocale(locale.LC_ALL, name)


def _collect(on: bool) -> None:
    (gc.enable if on else gc.disable)()


_DEAR: dict[str, tuple[Callable[[], Any], Callable[[Any], Any]]] = {
    "NumPy's global random numbers (np.random)": (np.random.get_state, lambda state: None),
    "the working directory (os.chdir)": (_folder, os.chdir),
    "the recursion limit (sys.setrecursionlimit)": (
        sys.getrecursionlimit,
        sys.setrecursionlimit,
    ),
    "the rights of new files (os.umask)": (_mask, os.umask),
    "the garbage collector (gc.disable)": (gc.isenabled, _collect),
    "the locale (locale.setlocale)": (_locale, _set_locale),
    "handlers of signals (signal.signal)": (_handlers, _set_handlers),
}
