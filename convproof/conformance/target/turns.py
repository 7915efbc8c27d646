"""Threads that take turns: which of them runs next, after which line, a seed decides.

A race needs a thread to be stopped in the midst of it.  Left to itself the interpreter stops one
rarely, and never twice at the same place; here a stranger's Python code is stopped after any of its
lines, and the same seed stops it after the same ones.
"""

from __future__ import annotations

import random
import sys
import sysconfig
import threading
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

CHANCE = 0.3  # of another thread's turn, after each line
PATIENCE = (
    0.25  # seconds without a line: whose turn it is waits for a lock of one whose turn it is not
)
_LIBRARY = (sysconfig.get_paths()["stdlib"], "<frozen")
_OURS = __file__.rpartition("conformance")[0]


class Turns:
    """Runs some work in threads, one of which runs at a time.

    Args:
        seed: of the turns.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._changed = threading.Condition()
        self._alive: list[int] = []
        self._turn = self._lines = 0
        self._free = False

    def run(self, works: Sequence[Callable[[], object]]) -> bool:
        """Run each in a thread of its own; whether they took turns to the end.

        They do not where one waits for what another holds: then all run as they like.
        """
        self._alive = list(range(len(works)))
        threads = [
            threading.Thread(target=self._one, args=(me, work)) for me, work in enumerate(works)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return not self._free

    def _one(self, me: int, work: Callable[[], object]) -> None:
        self._wait(me)

        def after_line(frame: FrameType, event: str, argument: Any) -> Any:
            if event == "line":
                self._line(me)
            return after_line

        def enters(frame: FrameType, event: str, argument: Any) -> Any:
            return after_line if is_strange(frame.f_code.co_filename) else None

        sys.settrace(enters)
        try:
            work()
        finally:
            sys.settrace(None)
            with self._changed:
                self._alive.remove(me)
                self._give()

    def _line(self, me: int) -> None:
        if self._free:
            return
        self._lines += 1
        if self._random.random() < CHANCE:
            with self._changed:
                self._give()
            self._wait(me)

    def _give(self) -> None:
        if self._alive:
            self._turn = self._random.choice(self._alive)
        self._changed.notify_all()

    def _wait(self, me: int) -> None:
        with self._changed:
            seen = self._lines
            while self._turn != me and not self._free:
                if not self._changed.wait(PATIENCE):
                    self._free = self._lines == seen
                    seen = self._lines
            if self._free:
                self._changed.notify_all()


def is_strange(file: str) -> bool:
    """Whether the code of a file is neither the library's, nor a package's, nor ours."""
    return not (file.startswith((*_LIBRARY, _OURS)) or "site-packages" in file)
