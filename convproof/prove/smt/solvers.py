"""Two independent SMT solvers, asked the same question in the same words.

Each runs in a process of its own and is believed only after controls: questions whose answer is
known.  A solver that answers one of them wrongly, crashes or does not keep to its time limit says
"unknown" from then on.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import json
import os
import random
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

from convproof.errors import MissingExtra
from convproof.prove import kept
from convproof.prove.tools import importable

# Normal answers take well under a second; the limit leaves room for a busy machine.
TIMEOUT_SECONDS = 20.0
GRACE_SECONDS = 20.0  # beyond its own limit, before the process is ended
PURPOSE = "discharging an obligation"
NAMES = ("z3", "cvc5")


@dataclass(frozen=True)
class Answer:
    """What one solver said: "unsat", "sat" (then with a model), "unknown" or "timeout"."""

    solver: str
    version: str
    result: str
    seconds: float
    model: Mapping[str, int] | None = None
    doubt: str = ""


class Lost(Exception):
    """The process ended, or did not answer in time."""


class Worker:
    """One solver's process, started when first asked."""

    def __init__(self, name: str) -> None:
        command = [sys.executable, "-m", "convproof.prove.smt.worker", name]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        atexit.register(self.end)
        self.pending = b""
        try:
            self.version = str(self._line(3 * GRACE_SECONDS)["version"])
        except (Lost, ValueError, KeyError, TypeError) as error:
            self.end()
            raise Lost(f"does not start: {error}") from None

    def ask(self, text: str, names: Sequence[str], timeout: float) -> dict[str, Any]:
        """The answer to one script; raises `Lost` if there is none."""
        question = json.dumps({"text": text, "names": list(names), "timeout": timeout}) + "\n"
        try:
            assert self.process.stdin is not None
            self.process.stdin.write(question.encode())
            self.process.stdin.flush()
            said = self._line(timeout + GRACE_SECONDS)
            if said["result"] not in ("sat", "unsat", "unknown", "timeout"):
                raise Lost(f"says {said['result']!r}")
            return said
        except (OSError, ValueError, KeyError, TypeError, Lost) as error:
            self.end()
            raise Lost(str(error) or "it broke off") from None

    def _line(self, seconds: float) -> dict[str, Any]:
        assert self.process.stdout is not None
        file = self.process.stdout.fileno()
        while b"\n" not in self.pending:
            ready, _, _ = select.select([file], [], [], seconds)
            if not ready:
                raise Lost("no answer in time")
            part = os.read(file, 65536)
            if not part:
                raise Lost("its process ended")
            self.pending += part
        line, _, self.pending = self.pending.partition(b"\n")
        said = json.loads(line)
        if not isinstance(said, dict):
            raise Lost("no answer but other words")
        return said

    def end(self) -> None:
        """End the process and what it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


class Solver:
    """One solver: its process, its controls, and why it is not to be believed, if it is not."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.doubt = ""
        self.version = "?"
        self._worker: Worker | None = None
        self._lock = threading.Lock()

    def answer(self, text: str, names: Sequence[str], timeout: float) -> Answer:
        """Its answer, from those kept if the same solver was asked the same before."""
        with self._lock:
            self._ready()
            key = kept.digest(self.name, self.version, text, *names)
            if not self.doubt and (found := kept.read("smt", key)) is not None:
                return Answer(**found)
            said = self._say(text, names, timeout)
            if said.result == "timeout":  # a busy machine, it may be: once more, for longer
                said = self._say(text, names, 3 * timeout)
            if said.result in ("sat", "unsat"):
                kept.write("smt", key, asdict(said))
            return said

    def _say(self, text: str, names: Sequence[str], timeout: float) -> Answer:
        if self._worker is None or self.doubt:
            return Answer(self.name, self.version, "unknown", 0.0, None, self.doubt)
        try:
            said = self._worker.ask(text, names, timeout)
        except Lost as lost:
            self.doubt = f"{self.name} is not asked any more: {lost}"
            return Answer(self.name, self.version, "unknown", 0.0, None, self.doubt)
        model = said.get("model")
        return Answer(self.name, self.version, said["result"], float(said["seconds"]), model)

    def _ready(self) -> None:
        if self._worker is not None or self.doubt:
            return
        try:
            self._worker = Worker(self.name)
        except Lost as lost:
            self.doubt = f"{self.name}: {lost}"
            return
        self.version = self._worker.version
        package = versions()[self.name]
        if package != "?" and not f"{package}.".startswith(f"{self.version}."):
            self.doubt = f"{self.name} says it is {self.version}, its package is {package}"
            return
        for text, names, result, model in controls():
            said = self._say(text, names, GRACE_SECONDS)
            if said.result != result or (model is not None and said.model != model):
                told = f"it says {said.result} of a control that is {result}, {model} for {names}"
                self.doubt = self.doubt or f"{self.name} is not to be trusted: {told}"
                return


def controls() -> list[tuple[str, list[str], str, dict[str, int] | None]]:
    """Scripts whose answers are known, with numbers that nobody knows before."""
    one, two = random.randint(1000, 9999), random.randint(2, 99)

    def script(*lines: str) -> str:
        declared = "(set-logic QF_NIA)\n(declare-const x Int)\n(declare-const y Int)\n"
        return declared + "".join(f"(assert {line})\n" for line in lines) + "(check-sat)"

    return [
        (
            script(f"(= (* {two} x) {one * two})", f"(= y (+ x {two}))"),
            ["x", "y"],
            "sat",
            {"x": one, "y": one + two},
        ),
        (script(f"(= (* {2 * two} x) (+ (* 2 y) {2 * one + 1}))"), ["x", "y"], "unsat", None),
        (script(f"(= (* x x) {two * two})", "(> x 0)", "(< x 100)"), ["x"], "sat", {"x": two}),
        (script(f"(> x {two})", f"(< (* x x) {two * two})"), ["x"], "unsat", None),
    ]


@functools.cache
def solver(name: str) -> Solver:
    """The solver of that name; one process of each for the whole run."""
    return Solver(name)


def versions() -> dict[str, str]:
    """The installed solvers; raises `MissingExtra` (extra `prove`) if one is missing."""
    from importlib import metadata

    found: dict[str, str] = {}
    for name, package in zip(NAMES, ("z3-solver", "cvc5"), strict=True):
        if not importable(name):
            raise MissingExtra.of(name, "prove", PURPOSE)
        try:
            found[name] = metadata.version(package)
        except metadata.PackageNotFoundError:  # a module of that name, and no package behind it
            found[name] = "?"
    return found


def installed() -> dict[str, str | None]:
    """The solvers' versions; None for one that is not installed."""
    try:
        return dict(versions())
    except MissingExtra:
        return dict.fromkeys(NAMES)


def ask(text: str, names: Sequence[str] = (), timeout: float = TIMEOUT_SECONDS) -> list[Answer]:
    """Every solver's answer to one SMT-LIB script; `names` are read from a model."""
    versions()
    with ThreadPoolExecutor(len(NAMES)) as pool:
        return list(pool.map(lambda name: solver(name).answer(text, names, timeout), NAMES))
