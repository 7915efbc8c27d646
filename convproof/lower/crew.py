"""Threads that help with a list of tasks.

Who calls does tasks too, and waits for those that helpers have begun, not for helpers: to wake one
takes some thirty microseconds, and on a busy machine it may come when all is done.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import cache
from queue import SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Batch(Generic[T, R]):
    """Tasks of which whoever is free takes the next; `found` has what each gave."""

    def __init__(self, run: Callable[[T], R], items: Sequence[T]) -> None:
        self.run, self.items = run, items
        self.found: dict[int, R] = {}
        self.failure: BaseException | None = None
        self._begun = self._under_way = 0
        self._waited_for = False
        self._lock, self._ended = threading.Lock(), threading.Lock()
        self._ended.acquire()

    def help(self) -> None:
        """Do tasks until none is left to be begun."""
        while (number := self._begin()) is not None:
            try:
                self.found[number] = self.run(self.items[number])
            except BaseException as failure:
                self.failure = failure
            with self._lock:
                self._under_way -= 1
                if self._waited_for and not self._under_way:
                    self._ended.release()

    def _begin(self) -> int | None:
        with self._lock:
            if self.failure is not None or self._begun == len(self.items):
                return None
            self._begun += 1
            self._under_way += 1
            return self._begun - 1

    def results(self) -> list[R]:
        """What all tasks gave, in order, when all that were begun have ended, come what may."""
        with self._lock:
            self._waited_for = waits = bool(self._under_way)
        if waits:
            try:
                self._ended.acquire()
            except BaseException:  # a signal: tasks still write into what the caller has
                self._ended.acquire()
                raise
        if self.failure is not None:
            raise self.failure
        return [self.found[number] for number in range(len(self.items))]


@cache
def helpers(process: int, count: int) -> SimpleQueue[Batch[object, object]]:
    """Where so many threads of this process wait for a batch (a fork has none of its parent's)."""
    batches: SimpleQueue[Batch[object, object]] = SimpleQueue()

    def serve() -> None:
        while True:
            batches.get().help()

    for number in range(count):
        name = f"convproof-{process}-{number}"
        threading.Thread(target=serve, name=name, daemon=True).start()
    return batches
