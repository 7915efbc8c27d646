"""Targets in a process of their own: a hang, a crash or a memory hog ends the worker, not the run.

The worker is started once, shared by all calls, and started again after it died or was killed.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from convproof.conformance.sandbox import protocol as wire
from convproof.conformance.sandbox.process import Process
from convproof.conformance.target.adapter import Adapter
from convproof.conformance.target.conventions import Conventions
from convproof.conformance.target.libraries import KNOWN
from convproof.conformance.target.loading import split_spec
from convproof.conformance.target.outcome import (
    Outcome,
    TargetCrashed,
    TargetFailure,
    TargetMemory,
    TargetTimeout,
    TargetUnsupported,
)
from convproof.conformance.target.resolve import resolve
from convproof.conformance.target.target import Target
from convproof.errors import MissingExtra, TargetError
from convproof.laws.case import Case

MEMORY = 2 << 30  # bytes a worker may use beyond what its libraries map
LONGEST = 1e7  # seconds, about four months: clocks and selects take no more than that for sure
_LOAD = 30.0  # seconds for a target's imports
_FIND = 60.0  # seconds for all the calls by which a function is tried out


class IsolatedTarget(Target):
    """A target whose every call runs in another process, with a time limit.

    Args:
        target: the text that names it, or a `Target` made of functions in memory.
        timeout: seconds one call may take.
        memory: bytes the process may use beyond what its libraries map.

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
    ) -> None:
        if not isinstance(timeout, (int, float)) or isinstance(timeout, bool) or not timeout > 0:
            raise TargetError(f"timeout={timeout!r}: allowed is a positive number of seconds")
        self._source: Target | str = target
        if isinstance(target, Target) and target.spec is not None:
            self._source = target.spec
        self._op, self._wanted_layout, self.device = op or "", layout or "", device or ""
        self.timeout, self.memory = min(float(timeout), LONGEST), memory
        self._process: Process | None = None
        self._lock = threading.RLock()
        self._probing = "full"
        self.starts = self.calls_made = 0
        self.base = ""
        about = self._first_look()
        self.name = about["name"]
        self.array, self.cost = about["array"], about["cost"]
        self.dtypes, self._strict = frozenset(about["dtypes"]), about["strict_dtypes"]
        self.conventions = Conventions.of(about["conventions"])
        self.spec, self.beside = about["spec"], about["beside"]
        self.uses_us = about["uses_us"]
        self.allow = frozenset(about["allow"])
        self.versions = dict(about["versions"])
        self._layout = about["layout"]
        self._about = about
        self._adapters = {op: Adapter.of(item) for op, item in about["adapters"].items()}

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
        for self._probing in ("full", "plain", "none"):
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
        start = time.perf_counter()
        self.calls_made += len(cases)
        try:
            with self._lock:
                answer = self._ask(message, self.timeout * len(cases))
                printed = self._process.printed() if self._process is not None else ""
        except TargetFailure as error:
            spent = time.perf_counter() - start
            return [Outcome(None, error, seconds=spent) for _ in cases]
        made = [wire.outcome_from_wire(item) for item in answer["outcomes"]]
        return [replace(item, printed=item.printed + printed) for item in made]

    def _ask(self, message: dict[str, Any], allowed: float) -> dict[str, Any]:
        """Send one message to the worker, started if need be, and wait for its answer."""
        with self._lock:
            if self._process is None:
                self._start()
            return self._exchange(message, allowed)

    def _start(self) -> None:
        self.starts += 1
        try:
            self._process = Process(self._source, self._op, self._wanted_layout, self.memory)
        except (wire.WireClosed, wire.WireTimeout, OSError) as error:
            said = str(error) or "it did not begin in time"
            raise TargetError(f"no worker process could be started: {said}") from None
        try:
            message = {"do": "load", "probing": self._probing, "patience": self.timeout}
            message["device"] = self.device
            self._exchange(message, self._finding)
        except TargetFailure as error:
            raise TargetError(f"target {self._source!s}: while it was imported, {error}") from None

    def _exchange(self, message: dict[str, Any], allowed: float) -> dict[str, Any]:
        process = self._process
        assert process is not None
        try:
            wire.send(process.requests, message)
            calls = message["do"] in ("call", "calls")
            silent = self.timeout if calls else 2 * max(self.timeout, 1.0)
            process.wait(silent, max(_LOAD, self.timeout), allowed, self.memory)
            answer = wire.receive(process.answers, self.timeout)
        except wire.WireTimeout as late:
            self.close()
            raise TargetTimeout(str(late)) from None
        except MemoryError as error:
            self.close()
            raise TargetMemory(str(error)) from None
        except (wire.WireClosed, OSError):
            raise self._died() from None
        except BaseException:
            self.close()  # a half-read answer must not be taken for the next one
            raise
        if not answer["ok"]:
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
        if status is not None and status < 0:
            try:
                name = signal.Signals(-status).name
            except ValueError:
                name = f"signal {-status}"
            return TargetCrashed(f"the process was ended by {name}{more}")
        return TargetCrashed(f"the process ended by itself with exit code {status}{more}")

    def about(self) -> dict[str, Any]:
        """What the worker found out about the target."""
        return self._about

    def content(self) -> dict[str, dict[str, str]]:
        """What the target's answers rest on so far: files and libraries (`footprint`).

        `base` is then the folder that files are named from.

        Raises:
            TargetError: if its process cannot tell.
        """
        try:
            found: dict[str, Any] = self._ask({"do": "content"}, self._finding)
        except TargetFailure as error:
            raise TargetError(f"{self.name}: its files cannot be told: {error}") from None
        self.base = str(found["base"])
        content: dict[str, dict[str, str]] = found["content"]
        return content

    def close(self) -> None:
        """End the worker and everything it started."""
        process = getattr(self, "_process", None)
        self._process = None
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
) -> Target:
    """The target that `target` names (see `resolve`), with a time limit in a process of its own.

    Args:
        target: as for `resolve`.
        op: which op the function computes, where its name does not tell.
        layout: "channels_first" or "channels_last"; None finds it out by a small call.
        timeout: seconds one call may take. The process is ended when one takes longer, and nothing
            of a target that a text names is imported here. None: calls run in this process.
        memory: with `timeout`, the bytes that process may use beyond its libraries.
        device: where the tensors of a target that takes them are made.

    Raises:
        TargetError: as for `resolve`; or if the target cannot be loaded in its process.
    """
    if timeout is None or isinstance(target, IsolatedTarget):
        found = resolve(target, op=op, layout=layout)
        if device:
            found.on(device)
        return found
    source: str | Target = (
        str(target) if isinstance(target, (str, Path)) else resolve(target, op=op, layout=layout)
    )
    if isinstance(source, str) and source not in KNOWN:
        split_spec(source)
    return IsolatedTarget(
        source, timeout=timeout, memory=memory, op=op, layout=layout, device=device
    )
