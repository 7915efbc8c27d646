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
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from convproof.lower import runtime
from convproof.lower.crew import Batch, helpers
from convproof.lower.runtime import Array, lanes, pieces

R = TypeVar("R")
T = TypeVar("T")
KEPT = 64 * 2**20  # bytes that a thread keeps for its tasks, at most
SLOTS = 4  # arrays that a task may have under way
PRODUCT = 6 * 10**6  # multiplications that are worth a second thread
ALONG = 2**18  # numbers that a matrix is multiplied with at a time
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


def together(call: Callable[..., R], *args: Any) -> R:
    """call(*args) in threads of ours, BLAS in one all the while.

    Between tasks too: BLAS's own threads go on spinning for some ten milliseconds after a product,
    on cores that ours need.
    """
    found = blas()
    if found is None or (_state["inside"] == 0 and found[0]() == 1):
        return call(*args)
    with single():
        return call(*args)


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
    """Do a task for each combination of slices, several at once.

    What a lone task does is shared instead, where it is worth it.
    """
    items = list(pieces(*cuts))
    if len(items) == 1:
        task(*items[0])
        return
    done = each(helper(task), items)
    assert not any(done)


def total(task: Callable[..., Array], *cuts: tuple[int, int]) -> Array:
    """The sum of a task's results over all combinations of slices, always in the same order."""
    items = list(pieces(*cuts))
    if len(items) == 1:
        return task(*items[0])
    run = helper(task)

    def lane(items: Sequence[tuple[slice, ...]]) -> Array:
        found: Array = run(items[0])
        with np.errstate(all="ignore"):
            for item in items[1:]:
                found += run(item)
        return found

    found, *others = each(lane, lanes(items))
    for other in others:
        found += other
    return found


def each(run: Callable[[T], R], items: list[T]) -> list[R]:
    """run(item) for each, in several threads if they are for them."""
    if not shares(items):
        return [run(item) for item in items]
    count = threads()
    batch = Batch(run, items)
    with single():
        waiting = helpers(os.getpid(), count - 1)
        for _ in range(min(count, len(items)) - 1):
            waiting.put(batch)  # type: ignore[arg-type]  # whatever its items are
        batch.help()
        return batch.results()


def multiply(left: Array, right: Array, out: Array | None = None) -> Array:
    """`runtime.multiply`; outside a task a large product is shared, groups or rows or columns."""
    (groups, rows, inner), columns = left.shape, right.shape[2]
    dtype = np.promote_types(left.dtype, right.dtype)
    worth = groups * rows * inner * columns >= PRODUCT and dtype.kind in "fc"
    if not worth or not shares((left, right)):
        return runtime.multiply(left, right, out)
    found = np.empty((groups, rows, columns), dtype) if out is None else out
    most = threads()

    def task(at: slice) -> None:
        if groups >= most:
            runtime.multiply(left[at], right[at], found[at])
        elif rows >= columns:
            runtime.multiply(left[:, at], right, found[:, at])
        else:
            runtime.multiply(left, right[:, :, at], found[:, :, at])

    size = groups if groups >= most else max(rows, columns)
    share(task, (size, -(-size // most)))
    return found


def stacked(left: Array, right: Array) -> Array:
    """`runtime.stacked`; outside a task some of the matrices in each thread."""
    size, rows, columns = len(left), left.shape[1], right.shape[2]
    worth = left.size * columns >= PRODUCT and left.dtype.kind in "fc"
    if not worth or not shares(range(size)):
        return runtime.stacked(left, right)
    found = np.empty((size, rows, columns), np.promote_types(left.dtype, right.dtype))

    def task(at: slice) -> None:
        np.matmul(left[at], right[at], out=found[at])

    share(task, (size, -(-size // threads())))
    return found


def along(matrix: Array, array: Array, ahead: int, slot: int) -> Array:
    """`runtime.along`; within a task into the thread's own array of that number."""
    depth, (rows, columns) = getattr(_local, "depth", 0), matrix.shape
    if array.dtype.kind not in "fc" or depth > 1:
        return runtime.along(matrix, array, ahead, slot)
    behind = array.size // (ahead * columns)
    if not depth:
        return along_all(matrix, array.reshape(ahead, columns, behind))
    bytes_ = array.nbytes // columns * max(matrix.shape)
    if bytes_ > KEPT // SLOTS:
        return runtime.along(matrix, array, ahead, slot)
    if not array.flags.c_contiguous:
        whole = scratch(slot ^ 1, array.size, array.dtype).reshape(array.shape)
        whole[...] = array
        array = whole
    out = scratch(slot, ahead * rows * behind, array.dtype).reshape(ahead, rows, behind)
    found: Array = np.matmul(matrix, array.reshape(ahead, columns, behind), out=out)
    return found


def along_all(matrix: Array, array: Array) -> Array:
    """The product with each matrix of a large array, by columns that fit into a cache."""
    ahead, columns, behind = array.shape
    found = np.empty((ahead, len(matrix), behind), array.dtype)

    def task(at: slice) -> None:
        np.matmul(matrix, array[:, :, at], out=found[:, :, at])

    share(task, (behind, max(1, ALONG // columns)))
    return found


def scratch(slot: int, size: int, dtype: Any) -> Array:
    """The thread's array of that number, made larger if it has to be."""
    slots: list[Array] = _local.__dict__.setdefault("slots", [np.empty(0, np.uint8)] * SLOTS)
    if slots[slot].nbytes < size * dtype.itemsize:
        slots[slot] = np.empty(size * dtype.itemsize, np.uint8)
    found: Array = slots[slot][: size * dtype.itemsize].view(dtype)
    return found
