"""Who judges the parts: processes of this machine, or a Dask cluster; the same to those who ask."""

from __future__ import annotations

import select
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from convproof.cluster import Cluster, cluster
from convproof.conformance.campaign.part import Answer, Part, judged
from convproof.conformance.campaign.shard import Shard


class Workers(Protocol):
    """Some who judge parts at the same time."""

    @property
    def room(self) -> bool:
        """Whether another part can be started now."""
        ...

    def start(self, shard: Shard) -> None:
        """Start on a part."""
        ...

    def wait(self, seconds: float) -> list[tuple[Shard, Answer]]:
        """The parts that are finished, after so many seconds at most."""
        ...


class Local:
    """Processes of this machine, so many at a time."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._parts: dict[int, Part] = {}

    @property
    def room(self) -> bool:
        """Whether fewer run than may."""
        return len(self._parts) < self._jobs

    def start(self, shard: Shard) -> None:
        """Start a process for a part."""
        part = Part(shard)
        self._parts[part.answers] = part

    def wait(self, seconds: float) -> list[tuple[Shard, Answer]]:
        """The parts whose processes have ended."""
        ready, _, _ = select.select(list(self._parts), [], [], seconds)
        done = []
        for descriptor in ready:
            part = self._parts[descriptor]
            if part.read():
                done.append((part.shard, part.answer()))
                del self._parts[descriptor]
                part.close()
        return done

    def close(self) -> None:
        """End all that still run."""
        for part in self._parts.values():
            part.close()
        self._parts.clear()


class Remote:
    """A Dask cluster; each of its workers runs a part in processes of its own."""

    def __init__(self, found: Cluster) -> None:
        self._cluster = found
        self._parts: dict[Any, Shard] = {}

    @property
    def room(self) -> bool:
        """Whether a worker is idle, or has nothing more to do after what it is at."""
        return len(self._parts) < 2 * self._cluster.threads()

    def start(self, shard: Shard) -> None:
        """Queue a part."""
        self._parts[self._cluster.submit(judged, shard.plain())] = shard

    def wait(self, seconds: float) -> list[tuple[Shard, Answer]]:
        """The parts that have come back; a worker that failed says how."""
        done: list[tuple[Shard, Answer]] = []
        for future in self._cluster.wait(set(self._parts), seconds):
            shard = self._parts.pop(future)
            error = future.exception()
            answer = future.result() if error is None else _failed(error)
            done.append((shard, answer if isinstance(answer, dict) else _failed(answer)))
        return done


def _failed(error: object) -> Answer:
    said = " ".join(str(error).split())[:300]
    return {"error": f"a worker failed: {type(error).__name__}: {said}", "kind": "died"}


@contextmanager
def workers(jobs: int, address: str | None) -> Iterator[Workers]:
    """`jobs` processes, or the cluster whose Dask scheduler is at the address.

    Raises:
        SpecError: nobody answers there, or it has no workers; MissingExtra: without dask.
    """
    if address is not None:
        with cluster(address, "check --dask") as found:
            yield Remote(found)
        return
    local = Local(jobs)
    try:
        yield local
    finally:
        local.close()
