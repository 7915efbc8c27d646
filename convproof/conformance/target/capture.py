"""Running a stranger's function in this process without letting it disturb the run.

While at least one guarded call runs, `sys.stdout` and `sys.stderr` are replaced by writers that
keep what a guarded thread writes and pass on what any other thread does; warnings are collected
instead of raised or shown.  All of it is put back when the last guarded call ends.
"""

from __future__ import annotations

import enum
import itertools
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TextIO

from convproof.conformance.target.surroundings import Surroundings


class At(enum.IntEnum):
    """What a process is at with a stranger's code."""

    CALL = 0
    IMPORT = 1
    LOOK = 2  # at what a module has: names, parameters, defaults


_KEEP = 20_000  # characters of output kept of one call; the rest is counted, not kept


@dataclass
class Record:
    """What one guarded call wrote and warned of."""

    pieces: list[str] = field(default_factory=list)
    size: int = 0
    warned: list[str] = field(default_factory=list)
    disturbed: list[str] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Keep `text`, up to a limit."""
        if self.size < _KEEP:
            self.pieces.append(text[: _KEEP - self.size])
        self.size += len(text)

    @property
    def printed(self) -> str:
        """The text kept, with a note if there was more."""
        more = self.size - _KEEP
        return "".join(self.pieces) + (f"... and {more} characters more" if more > 0 else "")


class _Writer:
    """A text stream that gives a guarded thread's writing to its record."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, original: TextIO | None) -> None:
        self._original = original

    def write(self, text: str) -> int:
        record = getattr(_local, "record", None)
        if record is not None:
            record.write(str(text))
        elif self._original is not None:
            self._original.write(text)
        return len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        if getattr(_local, "record", None) is None and self._original is not None:
            self._original.flush()

    def isatty(self) -> bool:
        return False

    def close(self) -> None:
        """A target may not close the stream of the run."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)


_local = threading.local()
_lock = threading.Lock()
_depth = 0
_saved: dict[str, Any] = {}
_calls = itertools.count()
catch_exit = True  # False in a worker, whose end is seen from outside
beat: Callable[[At], None] | None = None  # a worker's sign of life: something begins
patience: float | None = None  # seconds that one call may take while a function is tried out


def _warn(message: Any, category: Any, *_: Any, **__: Any) -> None:
    record = getattr(_local, "record", None)
    if record is not None and len(record.warned) < 20:
        record.warned.append(f"{getattr(category, '__name__', 'Warning')}: {message}")


def _no_exit(status: int) -> None:
    """Stand for `os._exit` while a target runs in this process: an exit that can be reported."""
    # A child that the target forked may end, and so may a program whose thread runs us.
    if os.getpid() != _saved.get("process") or getattr(_local, "record", None) is None:
        _saved["leave"](status)
    raise SystemExit(f"os._exit({status})")


def _enter() -> None:
    global _depth
    with _lock:
        _depth += 1
        if _depth > 1:
            return
        catcher = warnings.catch_warnings()
        catcher.__enter__()
        warnings.simplefilter("always")
        warnings.showwarning = _warn
        _saved.update(out=sys.stdout, err=sys.stderr, catcher=catcher)
        _saved.update(leave=os._exit, process=os.getpid())
        if catch_exit:
            os._exit = _no_exit  # type: ignore[assignment]  # a target may not end us unseen
        sys.stdout, sys.stderr = _Writer(sys.stdout), _Writer(sys.stderr)


def _leave() -> None:
    global _depth
    with _lock:
        _depth -= 1
        if _depth:
            return
        sys.stdout, sys.stderr = _saved.pop("out"), _saved.pop("err")
        os._exit = _saved.pop("leave")
        del _saved["process"]
        _saved.pop("catcher").__exit__(None, None, None)


def begins(at: At) -> None:
    """Give a sign of life, in a worker."""
    if beat is not None:
        beat(at)


class OutOfPatienceError(BaseException):
    """A call that is tried out takes too long; no `except Exception` of a stranger's stops it."""


@contextmanager
def patient(seconds: float | None = None) -> Iterator[None]:
    """End the block by `OutOfPatienceError`, in the main thread, if it takes too long.

    Args:
        seconds: how long it may take; `patience` by default, and no end where there is none.
    """
    limit = patience if seconds is None else seconds
    if limit is None or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: Any) -> None:
        raise OutOfPatienceError(f"no answer within {limit:g} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGALRM) is ring:  # or else the block's own timer is running
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


@contextmanager
def guarded(importing: bool = False) -> Iterator[Record]:
    r"""Run the block with its output, warnings and floating point settings kept to itself.

    >>> with guarded() as record:
    ...     print("noise")
    >>> record.printed
    'noise\n'
    """
    record, before, process = Record(), getattr(_local, "record", None), os.getpid()
    begins(At.IMPORT if importing else At.CALL)
    _enter()
    _local.record = record
    looks = next(_calls)
    around = Surroundings(fully=looks < 64 or looks % 32 == 0)
    try:
        yield record
    finally:
        if os.getpid() != process:  # a child that the target forked has come back: it is not us
            _saved.get("leave", os._exit)(0)
        record.disturbed += around.put_back()
        _local.record = before
        _leave()


def reset() -> None:
    """Forget all guarded calls: a fork of the run has none of its threads."""
    global _lock, _depth
    _lock, _depth = threading.Lock(), 0
    _local.record = None
    if _saved:
        sys.stdout, sys.stderr = _saved.pop("out"), _saved.pop("err")
        os._exit = _saved.pop("leave", os._exit)
        _saved.clear()


@contextmanager
def often_switched() -> Iterator[None]:
    """Python changes threads often: a race needs one to be stopped in the midst of it."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
