"""A Dask cluster: reached within a time, watched while it works, and its end told in a line."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from convproof.errors import MissingExtra, SpecError

ANSWERS = 10  # seconds for a scheduler to answer
LONELY = 30.0  # seconds without any worker before that is said to be the end
_A_SCHEDULER = "the address of a Dask scheduler that has workers"


class Cluster:
    """The cluster at an address.

    Args:
        client: of `distributed`.
        address: what the user called it.
    """

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address = client, address
        self._seen = time.monotonic()

    def threads(self) -> int:
        """How many things its workers can do at the same time; waits for one that can.

        Raises:
            SpecError: if the scheduler has gone, or has no workers for half a minute.
        """
        while True:
            count = self._count()
            if count:
                return count
            time.sleep(0.2)

    def _count(self) -> int:
        if self._client.status != "running":
            raise SpecError.of("--dask", self._address, _A_SCHEDULER, "the scheduler has gone")
        try:
            count = int(sum(self._client.nthreads().values()))
        except Exception as error:  # whatever a scheduler that goes makes of the question
            said = f"the scheduler has gone ({type(error).__name__})"
            raise SpecError.of("--dask", self._address, _A_SCHEDULER, said) from None
        now = time.monotonic()
        if count:
            self._seen = now
        elif now - self._seen > LONELY:
            mend = f"for {LONELY:g} s it has had none: start one with 'dask worker'"
            raise SpecError.of("--dask", self._address, _A_SCHEDULER, mend)
        return count

    def submit(self, function: Callable[..., Any], *args: Any) -> Any:
        """A future of the function's result."""
        return self._client.submit(function, *args, pure=False, retries=0)

    def wait(self, some: set[Any], seconds: float) -> set[Any]:
        """Those of the futures that are finished, or failed, after so many seconds at most.

        Raises:
            SpecError: as `threads`.
        """
        import distributed

        end = time.monotonic() + seconds
        while True:
            done = {future for future in some if future.done()}
            if done or time.monotonic() >= end:
                return done
            self._count()
            left = min(1.0, max(0.01, end - time.monotonic()))
            with contextlib.suppress(TimeoutError), self._client.as_current():
                distributed.wait(some, timeout=left, return_when="FIRST_COMPLETED")


async def _identity(distributed: Any, address: str) -> None:
    """Whether what answers there is a scheduler."""
    async with distributed.rpc(address, timeout=ANSWERS) as scheduler:
        await scheduler.identity()


@contextmanager
def cluster(address: str, purpose: str) -> Iterator[Cluster]:
    """The cluster whose scheduler is at the address; let go of at the end.

    Raises:
        SpecError: if nobody answers there in time; MissingExtra: without dask.
    """
    try:
        import distributed
    except ImportError:
        raise MissingExtra.of("dask", "study", purpose) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)  # one line says it all
    logging.getLogger("tornado").setLevel(logging.CRITICAL + 1)
    try:
        # A port that takes a connection and keeps silent would hold a client for minutes, and a
        # client that failed says so once more at its end: so the scheduler is asked first.
        asyncio.run(asyncio.wait_for(_identity(distributed, address), ANSWERS))
        client = distributed.Client(address, timeout=ANSWERS, set_as_default=False)
    except Exception as error:  # whatever a wrong address makes of it
        said = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        if isinstance(error, TimeoutError) or "Timed out" in said:  # either, as chance has it
            said = f"tried for {ANSWERS:g} s"
        mend = f"nobody answers there ({said}): start one with 'dask scheduler'"
        raise SpecError.of("--dask", address, "the address of a Dask scheduler", mend) from None
    try:
        yield Cluster(client, address)
    finally:
        with contextlib.suppress(Exception):  # a cluster that has gone cannot be left in peace
            client.close(timeout=2)
