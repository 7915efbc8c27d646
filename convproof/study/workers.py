"""Who evaluates the cells: processes of this machine, or a Dask cluster; the same code on both."""

from __future__ import annotations

import concurrent.futures as futures
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import connection
from typing import Any

from convproof.cluster import cluster
from convproof.errors import TargetError
from convproof.study.engine import Cell, Result

Evaluate = Callable[[Cell], Result]
# what futures and Dask say of a process that died, or was lost
_ENDS = ("BrokenProcessPool", "KilledWorker", "CancelledError", "FutureCancelledError")
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def single(evaluate: Evaluate, cell: Cell) -> Result:
    """Evaluate with one BLAS thread: faster side by side, and the same bits everywhere."""
    try:
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # it has none
    except ImportError:  # then the environment of our own processes has to do
        return evaluate(cell)
    with threadpool_limits(1):
        return evaluate(cell)


class Pool:
    """Workers behind any executor of futures: `submit` and the futures' own waiting."""

    def __init__(self, submit: Callable[..., Any], wait: Callable[[set[Any]], set[Any]]) -> None:
        self._submit, self._wait = submit, wait
        self._cells: dict[Any, Cell] = {}
        self.evaluate: Evaluate | None = None

    def submit(self, cell: Cell) -> None:
        """Queue a cell."""
        self._cells[self._submit(single, self.evaluate, cell)] = cell

    def finished(self) -> Iterator[tuple[Cell, Result]]:
        """Wait for one or more; what a cell raises is raised here.

        Raises:
            TargetError: if the process that evaluates a cell ends instead.
        """
        for future in self._wait(set(self._cells)):
            cell = self._cells.pop(future)
            try:
                result = future.result()
            except Exception as error:
                if type(error).__name__ not in _ENDS:
                    raise
                raise TargetError(
                    f"the process that evaluated {cell.key} came to no end "
                    f"({type(error).__name__}); finished results are kept"
                ) from None
            yield cell, result


@contextmanager
def workers(jobs: int, dask: str | None, evaluate: Evaluate) -> Iterator[Pool]:
    """A pool of `jobs` processes, or of the cluster whose scheduler is at the address `dask`.

    Raises:
        SpecError: if nobody answers there; MissingExtra: for a cluster without dask.
    """
    with _cluster(dask) if dask else _processes(jobs) as pool:
        pool.evaluate = evaluate
        yield pool


@contextmanager
def _processes(jobs: int) -> Iterator[Pool]:
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))  # read when NumPy is loaded in the child
    # spawned, not forked: no thread or lock of this process is copied in whatever state it is in
    context = multiprocessing.get_context("spawn")
    pool = futures.ProcessPoolExecutor(jobs, mp_context=context, initializer=_watch)
    try:
        yield Pool(
            pool.submit,
            lambda some: futures.wait(some, return_when=futures.FIRST_COMPLETED).done,
        )
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _watch() -> None:
    """End this process with the one that started it, even if that is killed without a word."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


@contextmanager
def _cluster(address: str) -> Iterator[Pool]:
    with cluster(address, "study --dask") as found:

        def wait(some: set[Any]) -> set[Any]:
            while not (done := found.wait(some, 60.0)):
                pass
            return done

        yield Pool(found.submit, wait)
