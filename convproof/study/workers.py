"""Who evaluates the cells: processes of this machine, or a Dask cluster; the same code on both."""

from __future__ import annotations

import asyncio
import concurrent.futures as futures
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import connection
from typing import Any

from convproof.errors import MissingExtra, SpecError
from convproof.study.engine import Cell, Result

Evaluate = Callable[[Cell], Result]
_PATIENCE = 5  # seconds that a scheduler has to answer
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
        """Wait for one or more; what a cell raises is raised here."""
        for future in self._wait(set(self._cells)):
            yield self._cells.pop(future), future.result()


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
    try:
        import distributed
    except ImportError:
        raise MissingExtra.of("dask", "study", "study --dask") from None
    import logging

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # one line says it all
    _ask(distributed, address)
    client = distributed.Client(address, timeout=f"{_PATIENCE}s", set_as_default=False)
    try:

        def submit(function: Any, *args: Any) -> Any:
            return client.submit(function, *args, pure=False)

        def wait(some: set[Any]) -> set[Any]:
            with client.as_current():
                done: set[Any] = distributed.wait(some, return_when="FIRST_COMPLETED").done
            return done

        yield Pool(submit, wait)
    finally:
        client.close()


def _ask(distributed: Any, address: str) -> None:
    """Whether a scheduler with workers answers, before a client is made: that one waits longer.

    A port that takes the connection and says nothing would hold a client for minutes.
    """

    async def identity() -> dict[str, Any]:
        async with distributed.rpc(address, timeout=_PATIENCE) as scheduler:
            found: dict[str, Any] = await scheduler.identity()
            return found

    async def bounded() -> dict[str, Any]:
        answer: dict[str, Any] = {}
        for _ in range(_PATIENCE):  # workers that were started just now need seconds to join
            answer = await asyncio.wait_for(identity(), _PATIENCE)
            if answer.get("workers"):
                break
            await asyncio.sleep(1)
        return answer

    allowed = "the address of a Dask scheduler"
    try:
        answer = asyncio.run(bounded())
    except Exception as error:  # whatever a wrong address makes of it
        said = " ".join(str(error).split()) or f"no word within {_PATIENCE} s"
        missed = isinstance(error, (OSError, ValueError))  # a TimeoutError is an OSError
        who = "nobody answers there" if missed else "what answers there is no scheduler"
        mend = f"{who} ({said}): start one with 'dask scheduler'"
        raise SpecError.of("--dask", address, allowed, mend) from None
    if not answer.get("workers"):
        mend = f"it has no workers: start one with 'dask worker {address}'"
        raise SpecError.of("--dask", address, f"{allowed} with workers", mend)
