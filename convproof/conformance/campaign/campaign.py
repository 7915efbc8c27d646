"""A long run in many parts: parallel, kept as it goes, and resumed where it stopped."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from convproof.conformance.campaign.merge import merge
from convproof.conformance.campaign.part import Answer
from convproof.conformance.campaign.records import Kept, Records
from convproof.conformance.campaign.shard import TIMEOUT, Shard, judged_by, shards
from convproof.conformance.campaign.workers import Workers, workers
from convproof.conformance.report.result import CheckResult
from convproof.errors import MissingExtra, SpecError, TargetError

TRIES = 2  # a process that judges and dies may have been killed by chance; twice is no chance
ELSEWHERE = 120.0  # seconds without news of a part that another campaign is at
Progress = Callable[[int, int], None]


def campaign(
    target: str,
    *,
    examples: int,
    directory: str | Path,
    jobs: int = 1,
    dask_address: str | None = None,
    seed: int = 0,
    ops: Iterable[str] | None = None,
    laws: Iterable[str] | None = None,
    layout: str | None = None,
    timeout: float | None = None,
    progress: Progress | None = None,
) -> CheckResult:
    """Make `examples` calls for each op, in parallel, and keep what is done.

    The target runs in processes of its own.  A finished part is taken for what it is only as long
    as the target's files, its libraries, Python, NumPy and convproof's code are the same.

    Args:
        target: a text that names the target ("torch", "mine.py:conv2d", ...): every process
            loads it for itself.
        examples: calls for each op.
        directory: where finished parts are kept; the same call again goes on from there, and two
            at the same time share the work.
        jobs: processes on this machine.
        dask_address: the scheduler of a Dask cluster to use instead.
        seed: of the first part; the others count on from it.
        ops: as for `check`.
        laws: as for `check`.
        layout: as for `resolve`.
        timeout: seconds one call may take, 60 by default.
        progress: called with (parts done, parts in all).

    Raises:
        SpecError, TargetError: as `check`; MissingExtra without dask.
    """
    from convproof.conformance.run.engine import chosen_ops
    from convproof.conformance.sandbox.isolated import IsolatedTarget

    if not isinstance(target, str):
        raise SpecError.of("target", target, "a text, which other processes can load too")
    for name, value in (("examples", examples), ("jobs", jobs)):
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise SpecError.of(name, value, "a positive integer")
    records = Records(Path(directory))
    limit = TIMEOUT if timeout is None else float(timeout)
    with IsolatedTarget(target, timeout=limit, layout=layout) as found:
        chosen, content, base = chosen_ops(found, ops), found.content(), found.base
    chosen_laws = None if laws is None else tuple(laws)
    common = {"target": target, "layout": layout, "laws": chosen_laws, "timeout": limit}
    pieces = shards(chosen, examples, seed, **common, content=content, made=judged_by())
    done = _Done(pieces, records, base, progress)
    try:
        if done.missing:
            with workers(jobs, dask_address) as pool:
                _work(done, pool)
    finally:
        records.close()
    result = merge([done.kept[p].result for p in pieces if p in done.kept], target, seed)
    return replace(
        result,
        notes=(*done.notes(), *result.notes),
        unfinished=tuple(dict.fromkeys(done.failed.values())),
    )


class _Done:
    """What is finished, and where it came from."""

    def __init__(
        self, pieces: Sequence[Shard], records: Records, base: str, progress: Progress | None
    ) -> None:
        self.pieces, self.records, self._progress = pieces, records, progress
        self._base = base
        found = {piece: records.find(piece, base) for piece in pieces}
        self.kept: dict[Shard, Kept] = {p: one for p, one in found.items() if one is not None}
        self.taken = set(self.kept)
        self.failed: dict[Shard, str] = {}

    @property
    def missing(self) -> list[Shard]:
        """The parts that are neither finished nor given up."""
        return [p for p in self.pieces if p not in self.kept and p not in self.failed]

    def look(self, shard: Shard) -> bool:
        """Whether another campaign has finished a part."""
        found = self.records.find(shard, self._base)
        if found is not None:
            self.kept[shard] = found
            self.taken.add(shard)
            self._tell()
        return found is not None

    def take(self, shard: Shard, answer: Answer) -> None:
        """Keep what came of a part."""
        try:
            self.kept[shard] = self.records.keep(shard, answer["result"], answer["files"])
        finally:
            self.records.release(shard)
        self._tell()

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(len(self.kept), len(self.pieces))

    def notes(self) -> list[str]:
        """How much was not made now, where it was kept and when it was made; what else there is."""
        said = []
        if self.taken:
            times = sorted(self.kept[shard].when for shard in self.taken)
            when = times[0] if times[0] == times[-1] else f"{times[0]} to {times[-1]}"
            calls = sum(self.kept[shard].result.calls for shard in self.taken)
            said.append(
                f"{len(self.taken)} of {len(self.pieces)} parts ({calls} calls) were not made now: "
                f"they were kept in {self.records.folder}, made {when} UTC"
            )
        return said + [f"{self.records.folder}: {told}" for told in self.records.told]


def _work(done: _Done, pool: Workers) -> None:
    """Have every missing part judged, by us or by a campaign that shares the folder."""
    ahead, elsewhere = deque(done.missing), deque[Shard]()
    running: set[Shard] = set()
    tries: dict[Shard, int] = {}
    news = time.monotonic()
    while ahead or elsewhere or running:
        while ahead and pool.room:
            shard = ahead.popleft()
            if not done.records.claim(shard):
                elsewhere.append(shard)
            elif done.look(shard):  # finished by another campaign since we looked
                done.records.release(shard)
            else:
                pool.start(shard)
                running.add(shard)
        for shard, answer in pool.wait(1.0) if running else ():
            running.discard(shard)
            news = time.monotonic()
            if "result" in answer:
                done.take(shard, answer)
            elif answer.get("kind") == "died" and tries.get(shard, 1) < TRIES:
                tries[shard] = tries.get(shard, 1) + 1
                pool.start(shard)
                running.add(shard)
            else:
                _failed(done, shard, answer)
        if not running and not ahead and elsewhere:
            news = _others(done, elsewhere, ahead, news)


def _others(done: _Done, elsewhere: deque[Shard], ahead: deque[Shard], news: float) -> float:
    """See to the parts of another campaign: finished, let go of, or not heard of for long."""
    time.sleep(0.3)
    for _ in range(len(elsewhere)):
        shard = elsewhere.popleft()
        if done.look(shard):
            news = time.monotonic()
        elif time.monotonic() - news > ELSEWHERE:
            sys.stderr.write(
                f"convproof: no news of {shard.op}, seed {shard.seed}, from another campaign in "
                f"{done.records.folder} for {ELSEWHERE:g} s: it is done here\n"
            )
            done.records.take_over(shard)
            ahead.append(shard)
        elif done.records.claim(shard):
            done.records.release(shard)
            ahead.append(shard)
        else:
            elsewhere.append(shard)
    return news


def _failed(done: _Done, shard: Shard, answer: Answer) -> None:
    """What is wrong with the target ends the campaign; what is wrong with us, this part of it."""
    done.records.release(shard)
    said = str(answer.get("error"))
    if answer.get("kind") == "missing":
        raise MissingExtra(said)
    if answer.get("kind") == "target":
        raise TargetError(f"{shard.target}: {said}")
    done.failed[shard] = f"{shard.op}, seed {shard.seed}: {said}"


__all__ = ["campaign"]
