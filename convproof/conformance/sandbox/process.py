"""One worker: a process that a keeper watches over, its pipes and its signs of life."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import select
import subprocess
import sys
import tempfile
import time
import uuid
import warnings
from pathlib import Path

from convproof.conformance.sandbox import protocol as wire
from convproof.conformance.sandbox.serve import kept, serve
from convproof.conformance.sandbox.signs import Signs
from convproof.conformance.sandbox.tree import descendants, end_tree, resident
from convproof.conformance.target import capture as guard
from convproof.conformance.target.target import Target

_START = 60.0  # seconds for Python itself
_LOOK = 0.05  # seconds between two looks at a worker
_LIBRARIES = 1 << 30  # bytes that what a target imports may take


class Process:
    """One worker, its pipes, and what it writes to its stdout."""

    def __init__(self, target: Target | str, op: str, layout: str, memory: int) -> None:
        requests, self.requests = os.pipe()
        self.answers, answers = os.pipe()
        self.token, self._signs = uuid.uuid4().hex, Signs()
        # unbuffered: read while the worker's end of it is still being written
        self.output = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  # closed in `end`
        self._popen: subprocess.Popen[bytes] | None = None
        try:
            if isinstance(target, str):
                self.pid = self._spawn(target, op, layout, memory, requests, answers)
            else:
                self.pid = self._fork(target, memory, requests, answers)
        finally:
            os.close(requests)
            os.close(answers)

    def _spawn(
        self, text: str, op: str, layout: str, memory: int, requests: int, answers: int
    ) -> int:
        shared = (requests, answers, self._signs.descriptor)
        arguments = [*map(str, (*shared, memory)), text, op, layout]
        self._popen = subprocess.Popen(
            [sys.executable, "-P", "-m", "convproof.conformance.sandbox.worker", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            stderr=self.output,
            pass_fds=shared,
            start_new_session=True,
            env={**os.environ, "CONVPROOF_WORKER": self.token, "PYTHONPATH": search_path()},
        )
        wire.receive(self.answers, _START)
        return self._popen.pid

    def _fork(self, target: Target, memory: int, requests: int, answers: int) -> int:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # threads of the run exist: the child never joins them
            pid = os.fork()
        if pid:
            return pid
        try:
            os.setsid()
            for descriptor in (self.requests, self.answers):
                os.close(descriptor)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(self.output.fileno(), 1)
            os.dup2(self.output.fileno(), 2)
            guard.reset()
            faulthandler.disable()  # it holds the stderr of the run
            if "torch" in sys.modules:  # its thread pool did not come along
                sys.modules["torch"].set_num_threads(1)
            kept((requests, answers))
            serve(lambda: target, requests, answers, memory, self._signs)
        finally:
            os._exit(0)

    def wait(self, call: float, load: float, whole: float, memory: int) -> None:
        """Wait until there is an answer, or no more worker.

        Args:
            call: seconds between two signs of life.
            load: seconds while it imports.
            whole: seconds in all, imports excepted.
            memory: bytes that it may hold while it imports, beyond what libraries take.

        Raises:
            WireTimeout: with what it was that took too long.
            MemoryError: it holds more memory than it may.
        """
        began = last = time.monotonic()
        seen = self._signs.read()
        while not select.select([self.answers], [], [], _LOOK)[0]:
            now, signs = time.monotonic(), self._signs.read()
            if signs != seen:
                began += (now - last) if seen[1] else 0.0
                seen, last = signs, now
            limit = load if signs[1] else call
            if now - last > limit:
                raise wire.WireTimeout(f"no answer within {limit:g} s")
            if now - began > whole + (now - last) * signs[1]:
                raise wire.WireTimeout(f"no end within {whole:g} s")
            held = sum(map(resident, (self.pid, *descendants(self.pid)))) if signs[1] else 0
            if held > memory + _LIBRARIES:
                raise MemoryError(f"it holds {held >> 20} MiB of memory, and may {memory >> 20}")

    def printed(self) -> str:
        """What was written to stdout and stderr since the last time it was asked."""
        size = os.fstat(self.output.fileno()).st_size
        if not size:
            return ""
        text = os.pread(self.output.fileno(), min(size, 20_000), 0).decode(errors="replace")
        self.output.truncate(0)
        os.lseek(self.output.fileno(), 0, os.SEEK_SET)
        return text

    def end(self, ended: bool = False) -> int | None:
        """Kill the worker and whatever it started; its exit status (negative: a signal).

        One that has `ended` by itself has a keeper, which is about to say how.
        """
        status = end_tree(self.pid, self.token, self._popen, 5.0 if ended else 0.0)
        for descriptor in (self.requests, self.answers):
            with contextlib.suppress(OSError):
                os.close(descriptor)
        self.output.close()
        self._signs.close()
        return status


def search_path() -> str:
    """Where the worker finds what this process finds, this package included."""
    here = str(Path(__file__).parents[3])
    own = [item for item in sys.path if item and not item.endswith(".zip")]
    return os.pathsep.join(dict.fromkeys([*own, here]))
