"""`share` and `total` of the runtime, over threads.

NumPy lets go of the interpreter inside its loops and products, so tasks of some hundred
microseconds run side by side.  BLAS must then stay at one thread a task: its own threads, beside
ours, take many times as long.  Its setting is the whole process's; it is put back when the last
call is done, an exception or not.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from convproof.lower import runtime
from convproof.lower.runtime import Array, pieces

_local = threading.local()
_lock = threading.Lock()
_state = {"inside": 0, "before": 0}


@cache
def blas() -> tuple[Callable[[], int], Callable[[int], None]] | None:
    """How many threads NumPy's OpenBLAS has, read and set; None for another BLAS."""
    folder = Path(np.__file__).parent.parent / "numpy.libs"
    for path in sorted(folder.glob("libscipy_openblas*")):
        try:
            library = ctypes.CDLL(str(path))
        except OSError:
            continue
        for end in ("64_", ""):
            get = getattr(library, f"scipy_openblas_get_num_threads{end}", None)
            put = getattr(library, f"scipy_openblas_set_num_threads{end}", None)
            if get is not None and put is not None:
                return get, put
    return None


def threads() -> int:
    """How many threads a call may have: as many as BLAS would take."""
    found = blas()
    return 1 if found is None else max(1, found[0]() if not _state["inside"] else _state["before"])


@cache
def pool(process: int, count: int) -> ThreadPoolExecutor:
    """The threads of this process (a fork has none of its parent's)."""
    return ThreadPoolExecutor(count, thread_name_prefix=f"convproof-{process}")


@contextmanager
def single() -> Iterator[None]:
    """Within, BLAS has one thread, in all calls that are under way at once."""
    found = blas()
    assert found is not None
    with _lock:
        if _state["inside"] == 0:
            _state["before"] = found[0]()
            found[1](1)
        _state["inside"] += 1
    try:
        yield
    finally:
        with _lock:
            _state["inside"] -= 1
            if _state["inside"] == 0:
                found[1](_state["before"])


def helper(task: Callable[..., Any]) -> Callable[[tuple[slice, ...]], Any]:
    """A task as the pool runs it; one that it begins itself stays in its thread."""

    def run(piece: tuple[slice, ...]) -> Any:
        _local.helping = True
        with np.errstate(all="ignore"):
            return task(*piece)

    return run


def share(task: Callable[..., None], *cuts: tuple[int, int]) -> None:
    """Do a task for each combination of slices, several at once."""
    count = 1 if getattr(_local, "helping", False) else threads()
    if count == 1:
        runtime.share(task, *cuts)
        return
    with single():
        done = list(map_(helper(task), list(pieces(*cuts)), count))
    assert not any(done)


def total(task: Callable[..., Array], *cuts: tuple[int, int]) -> Array:
    """The sum of a task's results over all combinations of slices, always in their order."""
    count = 1 if getattr(_local, "helping", False) else threads()
    if count == 1:
        return runtime.total(task, *cuts)
    with single():
        results = map_(helper(task), list(pieces(*cuts)), count)
        found: Array = next(results)
        for part in results:
            found += part
    return found


def map_(run: Callable[[Any], Any], items: list[Any], count: int) -> Iterator[Any]:
    """run(item) for each, `count` at a time, in order; all are waited for, come what may."""
    workers = pool(os.getpid(), count)
    ahead = [workers.submit(run, item) for item in items[: 2 * count]]
    rest = iter(items[2 * count :])
    try:
        while ahead:
            yield ahead.pop(0).result()
            ahead += [workers.submit(run, item) for item in [*_next(rest)]]
    finally:
        for future in ahead:
            if not future.cancel():
                future.exception()


def _next(items: Iterator[Any]) -> Iterator[Any]:
    """The next one, if there is one."""
    for item in items:
        yield item
        return
