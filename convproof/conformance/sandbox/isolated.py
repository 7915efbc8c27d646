"""Targets in a process of their own: a hang, a crash or a memory hog ends the worker, not the run.

The worker is started once, shared by all calls, and started again after it died or was killed.
"""

from __future__ import annotations

import contextlib
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from convproof.conformance.sandbox import protocol as wire
from convproof.conformance.sandbox.believed import expect, failure, plain_about
from convproof.conformance.sandbox.explorer import explorer
from convproof.conformance.sandbox.own import is_own
from convproof.conformance.sandbox.process import Process, Start, alone, ending
from convproof.conformance.target.adapter import Adapter
from convproof.conformance.target.capture import At
from convproof.conformance.target.conventions import Conventions
from convproof.conformance.target.libraries import KNOWN, needs, prepare, unloaded
from convproof.conformance.target.locate import split_spec
from convproof.conformance.target.outcome import (
    Outcome,
    TargetCrashed,
    TargetFailure,
    TargetMemory,
    TargetTimeout,
    TargetUnsupported,
)
from convproof.conformance.target.resolve import expect_layout, resolve
from convproof.conformance.target.target import Target
from convproof.errors import MissingExtra, TargetError
from convproof.laws.case import Case

MEMORY = 2 << 30  # bytes a worker may use beyond what its libraries map
COMPILED = 8 << 30  # the same of known libraries and of JAX: what they compile stays in memory
LONGEST = 1e7  # seconds, about four months: clocks and selects take no more than that for sure
PATIENCE = 30.0  # seconds for one call, where nobody says how many
_LOAD, _FIND = 30.0, 60.0  # seconds for a target's imports; for all calls by which it is tried out
_STARVED = re.compile(r"(?i)bad_alloc|out of memory|(cannot|unable to|failed to) allocate")
_DOING = {int(At.IMPORT): "imported", int(At.LOOK): "looked at, its names and defaults"}


class IsolatedTarget(Target):
    """A target whose every call runs in another process, with a time limit.

    How a file's functions are called is found out in one process, which knows convproof; the
    calls are made in another, where the adapters' text, NumPy and the target are all there is.
    A known library's are written without it. Functions in memory are called in a fork of this one.

    Args:
        target: the text that names it, or a `Target` made of functions in memory.
        timeout: seconds one call may take.
        memory: bytes the process may use beyond what its libraries map.
        meanwhile: called while the process starts.

    Raises:
        TargetError: if the target cannot be loaded.
    """

    def __init__(
        self,
        target: Target | str,
        *,
        timeout: float = 10.0,
        memory: int = MEMORY,
        op: str | None = None,
        layout: str | None = None,
        device: str | None = None,
        meanwhile: Callable[[], object] | None = None,
    ) -> None:
        if not isinstance(timeout, (int, float)) or isinstance(timeout, bool) or not timeout > 0:
            raise TargetError(f"timeout={timeout!r}: allowed is a positive number of seconds")
        if isinstance(target, Target) and target.spec is not None:
            target = target.spec
        self.device = device or ""
        self.timeout, self.memory = min(float(timeout), LONGEST), memory
        self._process: Process | None = None
        self._spare: Process | None = None
        self._lock = threading.RLock()
        self._load: dict[str, Any] = {"do": "load", "patience": self.timeout}
        self._load["device"] = self.device
        self._source = str(target)
        self.starts = self._made = self._since = 0  # the last: calls that its process has answered
        self.refilled = 0  # how often a process was begun anew, its memory being full
        self._arrays: list[Any] = []
        self._own_errors = False
        self._at: int = At.IMPORT  # what its process was at when it ended
        self.base = ""
        try:
            about = self._found_out(target, op or "", layout or "", meanwhile)
        except BaseException:
            self.close()
            raise
        self.name = about["name"]
        self.array, self.cost = about["array"], about["cost"]
        self.dtypes, self._strict = frozenset(about["dtypes"]), about["strict_dtypes"]
        self.conventions = Conventions.of(about["conventions"])
        self.spec, self.beside = about["spec"], about["beside"]
        self.uses_us, self.names = about["uses_us"], about["names"]
        self.variable = about["variable"]
        self.stands_alone = self._how is alone
        self.allow = frozenset(about["allow"])
        self.versions = dict(about["versions"])
        self._layout = about["layout"]
        self._about = about
        self._adapters = {op: Adapter.of(item) for op, item in about["adapters"].items()}

    def _found_out(
        self,
        target: Target | str,
        op: str,
        layout: str,
        meanwhile: Callable[[], object] | None,
    ) -> dict[str, Any]:
        """What there is to know of the target; from here on it is called where convproof is not."""
        library = isinstance(target, str) and target in KNOWN and not self.device
        if isinstance(target, str) and (library or target not in KNOWN):
            self._spare = self._begun(alone)
        if meanwhile is not None:
            meanwhile()
        if library:
            return self._library(str(target), layout)
        self._how = explorer(target, op, layout)
        about = self._first_look()
        if about["array"] == "jax" and self.memory < COMPILED:
            self.memory = COMPILED
            self.close()  # those that were begun have the smaller limit
            self._spare = self._begun(alone)
        if not about["stands_alone"] or self._spare is None:
            self._end("_spare")
            return about
        self._end("_process")
        self._how = alone
        about = plain_about(about, self._source)
        self._load |= {"place": split_spec(self._source)[0], "adapters": about["adapters"]}
        self._load |= {"needs": (), "own_errors": False}
        return about

    def _library(self, name: str, layout: str) -> dict[str, Any]:
        """What there is to know of a known library, which is not imported for it."""
        made = unloaded(name)
        expect_layout(made, layout)
        self._how = alone
        about = made.about()
        self._load |= {"place": needs(name)[0], "adapters": about["adapters"]}  # a package's name
        self._load |= {"needs": needs(name), "own_errors": True}
        return about

    @property
    def calls_made(self) -> int:
        """How many calls were made so far."""
        return self._made

    @property
    def apart(self) -> bool:
        """Its calls are made in another process than the one that judges them."""
        return True

    def __del__(self) -> None:
        with contextlib.suppress(Exception):
            self.close()

    @property
    def ops(self) -> frozenset[str]:
        """The ops it has a function for."""
        return frozenset(self._adapters)

    def adapter(self, op: str) -> Adapter:
        """The op in the contract's words, as the worker found it."""
        if op not in self._adapters:
            raise TargetError(f"{self.name} has no {op}; it has {', '.join(sorted(self.ops))}")
        return self._adapters[op]

    @property
    def _finding(self) -> float:
        return max(_FIND, 5 * self.timeout)

    def _first_look(self) -> dict[str, Any]:
        """Describe the target; where trying it out ends the worker, try less."""
        error: Exception | None = None
        for probing in ("full", "plain", "none"):
            self._load["probing"] = probing
            try:
                about: dict[str, Any] = self._ask({"do": "describe"}, self._finding)["about"]
                return about
            except (TargetTimeout, TargetCrashed, TargetMemory) as caught:
                error = caught
        raise TargetError(f"the target cannot be described: {error}")

    def call(self, case: Case) -> Outcome:
        """Call the target in its worker; what it does wrong, death included, is in the outcome."""
        return self._run({"do": "call", "cases": [wire.case_to_wire(case)]}, [case])[0]

    def calls(
        self, cases: Sequence[Case], *, reuse: bool = False, threads: int = 1
    ) -> list[Outcome]:
        """Several calls in one worker, as `Target.calls`."""
        if not cases:
            return []
        message = {"do": "calls", "reuse": reuse, "threads": threads}
        message["cases"] = [wire.case_to_wire(case) for case in cases]
        return self._run(message, cases)

    def _run(self, message: dict[str, Any], cases: Sequence[Case]) -> list[Outcome]:
        refusals = [self.why_not(case) for case in cases]
        refusal = next((item for item in refusals if item is not None), None)
        if refusal is not None:
            return [Outcome(None, TargetUnsupported(refusal)) for _ in cases]
        self._made += len(cases)
        before = self._since
        told = self._told(message, cases)
        if before and any(isinstance(one.error, TargetMemory) for one in told):
            # What the calls before left behind (compiled code, say) filled a limit that is ours.
            self._end("_process")
            self.refilled += 1
            told = self._told(message, cases)
        return told

    def _told(self, message: dict[str, Any], cases: Sequence[Case]) -> list[Outcome]:
        """What comes of calls, made once."""
        start = time.perf_counter()
        try:
            with self._lock:
                # one more than there are: a single call is told by its own limit
                answer = self._ask(message, self.timeout * (len(cases) + 1))
                self._since += len(cases)
                told = [wire.outcome_from_wire(one, self._arrays) for one in answer["outcomes"]]
                printed = self._process.printed() if self._process is not None else ""
        except (TargetFailure, wire.WireNonsense) as error:
            if isinstance(error, wire.WireNonsense):
                self._end("_process")
                error = failure(error)
            spent = time.perf_counter() - start
            return [Outcome(None, error, seconds=spent) for _ in cases]
        return [replace(one, printed=one.printed + printed) if printed else one for one in told]

    def _ask(self, message: dict[str, Any], allowed: float) -> dict[str, Any]:
        """Send one message to the worker, started if need be, and wait for its answer."""
        with self._lock:
            if self._process is None:
                self._start()
            return self._exchange(message, allowed)

    def _begun(self, how: Start) -> Process:
        try:
            return Process(how, self.memory)
        except OSError as error:
            raise TargetError(f"no worker process could be started: {error}") from None

    def _start(self) -> None:
        self.starts, self._since = self.starts + 1, 0
        if self._how is alone and self._spare is not None:
            self._process, self._spare = self._spare, None
        else:
            self._process = self._begun(self._how)
        try:
            self._process.greeted()
        except (wire.WireClosed, wire.WireTimeout, OSError) as error:
            self._end("_process")
            said = str(error) or "it did not begin in time"
            raise TargetError(f"no worker process could be started: {said}") from None
        try:
            self._exchange(self._load, self._finding)
        except TargetFailure as error:
            less = self._how is not alone and self._load["probing"] != "none"
            if less and self._at not in _DOING:  # a call, or what a call has written there
                raise  # it can be tried out less
            was = _DOING.get(self._at, "tried out")
            raise TargetError(f"target {self._source!s}: while it was {was}, {error}") from None

    def _exchange(self, message: dict[str, Any], allowed: float) -> dict[str, Any]:
        process = self._process
        assert process is not None
        self._at = At.IMPORT
        try:
            wire.ask(process.requests, message)
            calls = message["do"] in ("call", "calls")
            silent = self.timeout if calls else 2 * max(self.timeout, 1.0)
            try:
                process.wait(silent, max(_LOAD, self.timeout), allowed, self.memory)
            finally:
                self._at = process.signs.read()[1]
            answer, self._arrays = wire.receive(process.answers, self.timeout)
            expect(answer, message)
        except (wire.WireTimeout, wire.WireNonsense, MemoryError) as error:
            self._end("_process")
            raise failure(error) from None
        except (wire.WireClosed, OSError):
            raise self._died() from None
        except BaseException:
            self._end("_process")  # a half-read answer must not be taken for the next one
            raise
        if answer["ok"] is not True:
            kind = answer.get("kind")
            if kind == "memory":
                raise TargetMemory(answer["error"])
            raise (MissingExtra if kind == "missing" else TargetError)(answer["error"])
        return answer

    def _died(self) -> TargetFailure:
        process, self._process = self._process, None
        assert process is not None
        said = process.printed().strip().splitlines()[-1:]
        status = process.end(ended=True)
        more = f"; it last wrote: {said[0][:200]}" if said else ""
        killed = status is not None and status < 0
        kind = TargetMemory if killed and _STARVED.search(more) else TargetCrashed
        return kind(f"the process {ending(status)}{more}")

    def about(self) -> dict[str, Any]:
        """What the worker found out about the target."""
        return self._about

    def content(self) -> dict[str, dict[str, str]]:
        """What its answers rest on so far (`footprint`); `base` is then where files are named from.

        Raises:
            TargetError: if its process cannot tell.
        """
        try:
            told: dict[str, Any] = self._ask({"do": "content"}, self._finding)
        except TargetFailure as error:
            raise TargetError(f"{self.name}: its files cannot be told: {error}") from None
        self.base = str(told["base"])
        content: dict[str, dict[str, str]] = told["content"]
        return content

    def close(self) -> None:
        """End the worker and everything it started."""
        self._end("_process")
        self._end("_spare")

    def _end(self, name: str) -> None:
        process: Process | None = getattr(self, name, None)
        setattr(self, name, None)
        if process is not None:
            process.end()


def opened(
    target: str | Path | Target | Callable[..., Any],
    *,
    op: str | None = None,
    layout: str | None = None,
    timeout: float | None = None,
    memory: int = MEMORY,
    device: str | None = None,
    apart: bool = False,
    meanwhile: Callable[[], object] | None = None,
) -> Target:
    """The target that `target` names (see `resolve`), with a time limit in a process of its own.

    Args:
        target: as for `resolve`.
        op: which op the function computes, where its name does not tell.
        layout: "channels_first" or "channels_last"; None finds it out by a small call.
        timeout: seconds one call may take. The process is ended when one takes longer, and nothing
            of a target that a text names is imported here. None: calls run in this process.
        memory: with `timeout`, the bytes that process may use beyond its libraries; a known
            library may use `COMPILED`.
        device: where the tensors of a target that takes them are made.
        apart: without a `timeout`, a file too has a process of its own, and `PATIENCE` for a call.
        meanwhile: called while that process starts.

    Raises:
        TargetError: as for `resolve`; or if the target cannot be loaded in its process.
    """
    if timeout is None and apart and isinstance(target, (str, Path)) and is_own(str(target)):
        timeout = PATIENCE
    if timeout is None or isinstance(target, IsolatedTarget):
        made = resolve(target, op=op, layout=layout)
        if device:
            made.on(device)
        return made
    if isinstance(target, str) and target in KNOWN:
        memory = max(memory, COMPILED)
        prepare(target)
    source: str | Target = (
        str(target) if isinstance(target, (str, Path)) else resolve(target, op=op, layout=layout)
    )
    if isinstance(source, str) and source not in KNOWN:
        split_spec(source)
    return IsolatedTarget(
        source,
        timeout=timeout,
        memory=memory,
        op=op,
        layout=layout,
        device=device,
        meanwhile=meanwhile,
    )
