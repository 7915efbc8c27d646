"""`share`, `total` and `along` of the runtime, over threads that keep their memory.

NumPy lets go of the interpreter inside its loops and products, so tasks of some hundred
microseconds run side by side.  BLAS must then stay at one thread a task: its own threads, beside
ours, take many times as long.  Its setting is the whole process's; it is put back when the last
call is done, an exception or not.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from convproof.lower import runtime
from convproof.lower.runtime import Array, pieces

R = TypeVar("R")
KEPT = 64 * 2**20  # bytes that a thread keeps for its tasks, at most
SLOTS = 4  # arrays that a task may have under way
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
    """How many threads a call may have: as many as BLAS would take, or as `at_most` says."""
    found = blas()
    most = 1 if found is None else max(1, _state["before"] if _state["inside"] else found[0]())
    return min(most, getattr(_local, "most", most))


@contextmanager
def at_most(count: int) -> Iterator[None]:
    """Within, calls of this thread have so many threads at most; BLAS has one if it had more."""
    before = getattr(_local, "most", None)
    fewer = threads() > count
    try:
        with single() if fewer else nullcontext():
            _local.most = count if before is None else min(count, before)
            yield
    finally:
        if before is None:
            _local.__dict__.pop("most", None)
        else:
            _local.most = before


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


def alone(call: Callable[..., R], *args: Any) -> R:
    """call(*args) in one thread, BLAS in one too: for what threads, ours or BLAS's, only delay.

    To wake one takes some ten microseconds, and on a busy machine it may not come for milliseconds.
    """
    before = getattr(_local, "alone", False)
    if before:
        return call(*args)
    _local.alone = True
    try:
        found = blas()
        # One thread that none of us has set is the process's own setting: there is none to keep.
        if found is None or (_state["inside"] == 0 and found[0]() == 1):
            return call(*args)
        with single():
            return call(*args)
    finally:
        _local.alone = before


def shares(items: Sequence[Any]) -> bool:
    """Whether tasks are for several threads."""
    within = getattr(_local, "depth", 0) or getattr(_local, "alone", False)
    return not within and len(items) > 1 and threads() > 1


def helper(task: Callable[..., Any]) -> Callable[[tuple[slice, ...]], Any]:
    """A task as the pool runs it; one that it begins itself stays in its thread."""

    def run(piece: tuple[slice, ...]) -> Any:
        before = getattr(_local, "depth", 0)
        _local.depth = before + 1
        try:
            with np.errstate(all="ignore"):
                return task(*piece)
        finally:
            _local.depth = before

    return run


def share(task: Callable[..., None], *cuts: tuple[int, int]) -> None:
    """Do a task for each combination of slices, several at once."""
    run, items = helper(task), list(pieces(*cuts))
    if not shares(items):
        for item in items:
            run(item)
        return
    with single():
        done = list(map_(run, items))
    assert not any(done)


def total(task: Callable[..., Array], *cuts: tuple[int, int]) -> Array:
    """The sum of a task's results over all combinations of slices, always in their order."""
    run, items = helper(task), list(pieces(*cuts))
    if not shares(items):
        return _summed(map(run, items))
    with single():
        return _summed(map_(run, items))


def _summed(parts: Iterator[Array]) -> Array:
    """The sum, in the first one's place."""
    found = next(parts)
    for part in parts:
        found += part
    return found


def along(matrix: Array, array: Array, ahead: int, slot: int) -> Array:
    """`runtime.along`; within a task into the thread's own array of that number."""
    bytes_ = array.nbytes // matrix.shape[1] * max(matrix.shape)
    if getattr(_local, "depth", 0) != 1 or bytes_ > KEPT // SLOTS or array.dtype.kind not in "fc":
        return runtime.along(matrix, array, ahead, slot)
    rows, columns = matrix.shape
    if not array.flags.c_contiguous:
        whole = scratch(slot ^ 1, array.size, array.dtype).reshape(array.shape)
        whole[...] = array
        array = whole
    behind = array.size // (ahead * columns)
    out = scratch(slot, ahead * rows * behind, array.dtype).reshape(ahead, rows, behind)
    found: Array = np.matmul(matrix, array.reshape(ahead, columns, behind), out=out)
    return found


def scratch(slot: int, size: int, dtype: Any) -> Array:
    """The thread's array of that number, made larger if it has to be."""
    slots: list[Array] = _local.__dict__.setdefault("slots", [np.empty(0, np.uint8)] * SLOTS)
    if slots[slot].nbytes < size * dtype.itemsize:
        slots[slot] = np.empty(size * dtype.itemsize, np.uint8)
    found: Array = slots[slot][: size * dtype.itemsize].view(dtype)
    return found


def map_(run: Callable[[Any], Any], items: list[Any]) -> Iterator[Any]:
    """run(item) for each, several at a time, in order; all are waited for, come what may."""
    count = threads()
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
