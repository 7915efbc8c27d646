"""One call stopped before one of its lines while another is made whole, line after line.

Most races take no more than one stop: what a call has written to where all calls look is
overwritten by another before it is read.  Drawn turns (`turns`) meet such a place now and then;
here every place is tried in turn, first those that follow a line which stores something that may
be shared, so that what is met depends on no seed.
"""

from __future__ import annotations

import dis
import functools
import sys
import threading
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

from convproof.conformance.target.turns import is_strange

Place = tuple[str, int]  # file, line
PATIENCE = 0.25  # seconds: the other call may wait for a lock that this one holds
_STORES = {"STORE_SUBSCR", "STORE_ATTR", "STORE_GLOBAL", "STORE_DEREF", "DELETE_SUBSCR"}


def places(work: Callable[[], object]) -> list[Place]:
    """The lines of a stranger's code that some work comes by, those after a store first."""
    found: dict[Place, bool] = {}
    stored = False

    def at(frame: FrameType) -> None:
        nonlocal stored
        place = frame.f_code.co_filename, frame.f_lineno
        found[place] = found.get(place, False) or stored
        stored = frame.f_lineno in _storing(frame.f_code)

    _traced(at, work)
    return sorted(found, key=lambda place: not found[place])


def stopped(first: Callable[[], object], second: Callable[[], object], place: Place) -> bool:
    """`first`, stopped where it comes to a place until another thread has done `second`.

    Returns:
        Whether that was done in time: it may wait for what the first one holds.
    """
    here, there, late = threading.Event(), threading.Event(), threading.Event()

    def at(frame: FrameType) -> None:
        if not here.is_set() and (frame.f_code.co_filename, frame.f_lineno) == place:
            here.set()
            if not there.wait(PATIENCE):
                late.set()

    def one() -> None:
        try:
            _traced(at, first)
        finally:
            here.set()

    def other() -> None:
        here.wait()
        try:
            second()
        finally:
            there.set()

    threads = [threading.Thread(target=work) for work in (one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return not late.is_set()


def _traced(at: Callable[[FrameType], None], work: Callable[[], object]) -> None:
    """Some work, with a word before each line of a stranger's."""

    def after_line(frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line":
            at(frame)
        return after_line

    def enters(frame: FrameType, event: str, argument: Any) -> Any:
        return after_line if is_strange(frame.f_code.co_filename) else None

    before = sys.gettrace()
    sys.settrace(enters)
    try:
        work()
    finally:
        sys.settrace(before)


@functools.lru_cache(maxsize=512)
def _storing(code: CodeType) -> frozenset[int]:
    """The lines of a code that store something other code may see."""
    line, found = code.co_firstlineno, set()
    for step in dis.get_instructions(code):
        line = step.starts_line if type(step.starts_line) is int else line
        if step.opname in _STORES:
            found.add(line)
    return frozenset(found)
