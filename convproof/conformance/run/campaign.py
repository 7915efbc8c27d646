"""A long run in many shards: parallel, kept as it goes, and resumed where it stopped.

A shard is a run of one op with a seed of its own: another covering array, other thresholds, other
random calls.  Each finished shard is one line of JSON in the campaign's directory.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import convproof
from convproof.conformance.cases.shrink import cost
from convproof.conformance.report.result import CheckResult, Exercise, Failure, Limit
from convproof.errors import MissingExtra, SpecError

T = TypeVar("T")
SHARD = 2500  # calls: the whole plan once, and some random ones
FILE = "shards.jsonl"


@dataclass(frozen=True)
class Shard:
    """One piece of a campaign; what it is fixes what it does."""

    target: str
    op: str
    seed: int
    examples: int
    laws: tuple[str, ...] | None = None
    layout: str | None = None

    @property
    def key(self) -> str:
        """What a finished shard is recognised by; another version of convproof does it anew."""
        laws = "all" if self.laws is None else ",".join(self.laws)
        return "|".join(
            (
                convproof.__version__,
                self.target,
                str(self.layout),
                self.op,
                str(self.seed),
                str(self.examples),
                laws,
            )
        )


def work(shard: Shard) -> dict[str, Any]:
    """Do one shard, in whatever process this is; JSON-ready."""
    from convproof.conformance.run.engine import Run
    from convproof.conformance.target.resolve import resolve

    target = resolve(shard.target, layout=shard.layout)
    result = Run(
        target, ops=[shard.op], laws=shard.laws, examples=shard.examples, seed=shard.seed
    ).execute()
    return {"key": shard.key, "result": json.loads(result.to_json())}


def shards(
    target: str,
    ops: Iterable[str],
    examples: int,
    seed: int,
    laws: tuple[str, ...] | None = None,
    layout: str | None = None,
) -> list[Shard]:
    """The pieces of a campaign of `examples` calls for each op, the ops taking turns."""
    pieces = []
    names = list(ops)
    for start in range(0, examples, SHARD):
        size = min(SHARD, examples - start)
        pieces += [Shard(target, op, seed + start // SHARD, size, laws, layout) for op in names]
    return pieces


def finished(directory: Path) -> dict[str, dict[str, Any]]:
    """The shards kept in `directory`; a last line cut off by an interruption is dropped."""
    found: dict[str, dict[str, Any]] = {}
    path = directory / FILE
    if not path.exists():
        return found
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            record = json.loads(line)
        except json.JSONDecodeError:
            continue
        found[record["key"]] = record
    return found


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
    progress: Callable[[int, int], None] | None = None,
) -> CheckResult:
    """Make `examples` calls for each op, in parallel, and keep what is done.

    Args:
        target: a text that names the target ("torch", "mine.py:conv2d", ...): every process
            loads it for itself.
        examples: calls for each op.
        directory: where finished shards are kept; the same call again goes on from there.
        jobs: processes on this machine.
        seed: of the first shard; the others count on from it.
        ops: as for `check`.
        laws: as for `check`.
        layout: as for `resolve`.
        dask_address: the scheduler of a Dask cluster to use instead.
        progress: called with (shards done, shards in all).

    Raises:
        SpecError, TargetError: as `check`; MissingExtra without dask.
    """
    from convproof.conformance.run.engine import chosen_ops
    from convproof.conformance.target.resolve import resolve

    if not isinstance(target, str):
        raise SpecError.of("target", target, "a text, which other processes can load too")
    for name, value in (("examples", examples), ("jobs", jobs)):
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise SpecError.of(name, value, "a positive integer")
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    chosen = chosen_ops(resolve(target, layout=layout), ops)
    pieces = shards(target, chosen, examples, seed, None if laws is None else tuple(laws), layout)
    done = finished(folder)
    todo = [piece for piece in pieces if piece.key not in done]
    with open(folder / FILE, "a", encoding="utf-8") as file:
        if file.tell() and not _ends_in_newline(folder / FILE):
            file.write("\n")
        for record in _results(todo, jobs, dask_address):
            file.write(json.dumps(record) + "\n")
            file.flush()
            os.fsync(file.fileno())
            done[record["key"]] = record
            if progress is not None:
                progress(sum(piece.key in done for piece in pieces), len(pieces))
    return merge([done[piece.key]["result"] for piece in pieces], seed)


def _ends_in_newline(path: Path) -> bool:
    with open(path, "rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _results(pieces: list[Shard], jobs: int, dask_address: str | None) -> Iterator[dict[str, Any]]:
    """The shards' records as they are finished, in no particular order."""
    if dask_address is not None:
        yield from _on_dask(pieces, dask_address)
    elif jobs == 1 or len(pieces) < 2:
        for piece in pieces:
            yield work(piece)
    else:
        # Fresh processes: a forked one would inherit threads that targets have started.
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
            futures = [pool.submit(work, piece) for piece in pieces]
            try:
                for future in as_completed(futures):
                    yield future.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise


def _on_dask(pieces: list[Shard], address: str) -> Iterator[dict[str, Any]]:
    try:
        from distributed import Client
        from distributed import as_completed as dask_completed
    except ImportError:
        raise MissingExtra.of("dask[distributed]", "study", "a campaign on a cluster") from None
    with Client(address) as client:
        futures = client.map(work, pieces, pure=False)
        for future in dask_completed(futures):
            yield future.result()


def merge(results: list[dict[str, Any]], seed: int) -> CheckResult:
    """One result out of many: of each broken law the smallest counterexample, counts added."""
    parts = [CheckResult.from_dict(data) for data in results]
    failures: dict[tuple[str, str], Failure] = {}
    exercises: dict[tuple[str, str], Exercise] = {}
    limits: dict[tuple[str, str], Limit] = {}
    order = {"broken": 0, "follows": 1, "held": 2, "not applied": 3, "not run": 4}
    coverage: dict[str, Any] = {}
    for part in parts:
        for failure in part.failures:
            key = (failure.op, failure.law)
            if key not in failures or cost(failure.case) < cost(failures[key].case):
                failures[key] = failure
        for new in part.exercises:
            old = exercises.get((new.op, new.law))
            worst = new if old is None else min(old, new, key=lambda one: order[one.status])
            count = new.count + (0 if old is None else old.count)
            exercises[new.op, new.law] = replace(worst, count=count)
        for limit in part.limits:
            known = limits.get((limit.op, limit.what), replace(limit, refused=0, asked=0))
            limits[limit.op, limit.what] = replace(
                known, refused=known.refused + limit.refused, asked=known.asked + limit.asked
            )
        for op, values in part.coverage.items():
            coverage[op] = values if op not in coverage else _joined(coverage[op], values)
    return CheckResult(
        target=parts[0].target if parts else "",
        failures=tuple(failures.values()),
        exercises=tuple(exercises.values()),
        calls=sum(part.calls for part in parts),
        seconds=sum(part.seconds for part in parts),
        seed=seed,
        limits=tuple(limits.values()),
        not_judged=_all(part.not_judged for part in parts),
        not_exercised=_all(part.not_exercised for part in parts),
        conventions={key: said for part in parts for key, said in part.conventions.items()},
        coverage=coverage,
        notes=_all(part.notes for part in parts),
    )


def _all(groups: Iterable[Iterable[T]]) -> tuple[T, ...]:
    """Each thing once, in the order in which it first comes."""
    return tuple(dict.fromkeys(item for group in groups for item in group))


def _joined(one: dict[str, Any], two: dict[str, Any]) -> dict[str, Any]:
    joined: dict[str, Any] = {}
    for name in {**one, **two}:
        left, right = one.get(name), two.get(name)
        if isinstance(left, dict) and isinstance(right, dict):
            joined[name] = {k: left.get(k, 0) + right.get(k, 0) for k in {**left, **right}}
        else:
            joined[name] = sorted({*(left or ()), *(right or ())}, key=lambda v: (str(type(v)), v))
    return joined
