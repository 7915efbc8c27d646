"""One worker: a process that a keeper watches over, its pipes and its signs of life."""

from __future__ import annotations

import contextlib
import faulthandler
import fcntl
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
import uuid
import warnings
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from convproof.conformance.sandbox import protocol as wire
from convproof.conformance.sandbox.bundle import START, bundle
from convproof.conformance.sandbox.serve import Holder, kept, serve
from convproof.conformance.sandbox.signs import Signs
from convproof.conformance.sandbox.tree import descendants, end_tree, queued, resident, stopped
from convproof.conformance.target import capture as guard
from convproof.conformance.target.capture import At

_START = 60.0  # seconds for Python itself
_LOOK = 0.05  # seconds between two looks at a worker
_STOPS = 10  # looks at a stopped worker: a machine that was halted goes on by then
LOOKING = 10.0  # seconds for one look at what a module has
_LIBRARIES = 1 << 30  # bytes that what a target imports may take


Make = Callable[[dict[str, Any]], Holder]
_ALONE = "convproof.conformance.sandbox.alone"


class Start(Protocol):
    """A way to start a worker: given its side of the pipes, and its memory; returns its pid."""

    def __call__(self, process: Process, requests: int, answers: int, memory: int, /) -> int:
        """Start it."""
        ...


def alone(process: Process, requests: int, answers: int, memory: int) -> int:
    """Start where convproof is not: the first message says which target it is (`alone`)."""
    code = _filled(bundle(_ALONE))
    try:
        shared = (code, requests, answers, process.signs.descriptor)
        return process.spawn(["-c", START, *map(str, (*shared, memory))], shared)
    finally:
        os.close(code)


def _filled(data: bytes) -> int:
    """A descriptor from which `data` can be read: a pipe that holds it, a file where it is small.

    A pipe takes no room on a disk, which may be full.
    """
    reading, writing = os.pipe()
    with contextlib.suppress(OSError, AttributeError):  # no Linux; more than a user may have
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, len(data))
    os.set_blocking(writing, False)
    try:
        if os.write(writing, data) == len(data):
            return reading
    except BlockingIOError:
        pass
    finally:
        os.close(writing)
    os.close(reading)
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        return os.dup(file.fileno())


def beside_us(text: str, op: str, layout: str) -> Start:
    """Start with convproof beside the target that a text names (`worker`)."""

    def start(process: Process, requests: int, answers: int, memory: int) -> int:
        shared = (requests, answers, process.signs.descriptor)
        numbers = map(str, (*shared, memory))
        module = "convproof.conformance.sandbox.worker"
        return process.spawn(["-m", module, *numbers, text, op, layout], shared)

    return start


def forked(make: Make, bare: bool = False) -> Start:
    """Start as a fork of this process, which takes its functions from memory.

    A `bare` one has none of our open files: a stranger's code that it is yet to load would write
    to them. Functions that are loaded may have need of theirs.
    """

    def start(process: Process, requests: int, answers: int, memory: int) -> int:
        return process.fork(make, requests, answers, memory, bare)

    return start


def _close_all_but(those: set[int]) -> None:
    """Close what is open here besides those."""
    for name in os.listdir("/proc/self/fd") if os.path.isdir("/proc/self/fd") else ():
        if int(name) not in those:
            with contextlib.suppress(OSError):  # the one that lists them has gone
                os.close(int(name))


# A fork inherits the pipes of the others; what it writes there would be taken for their words.
_LIVE: weakref.WeakSet[Process] = weakref.WeakSet()


def ending(status: int | None) -> str:
    """How a process came to its end, in words.

    >>> ending(-9), ending(3)
    ('was ended by SIGKILL', 'ended by itself with exit code 3')
    """
    if status is None or status >= 0:
        return f"ended by itself with exit code {status}"
    try:
        return f"was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"was ended by signal {-status}"


class Process:
    """One worker, its pipes, and what it writes to its stdout."""

    def __init__(self, start: Start, memory: int) -> None:
        requests, self.requests = os.pipe()
        self.answers, answers = os.pipe()
        self.token, self.signs = uuid.uuid4().hex, Signs()
        # unbuffered: read while the worker's end of it is still being written
        self.output = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  # closed in `end`
        self.popen: subprocess.Popen[bytes] | None = None
        self._greeted = True
        _LIVE.add(self)
        try:
            self.pid = start(self, requests, answers, memory)
        finally:
            os.close(requests)
            os.close(answers)

    def spawn(self, argv: Sequence[str], shared: Sequence[int]) -> int:
        """Start a Python of its own, which greets when it has begun."""
        self._greeted = False
        self.popen = subprocess.Popen(
            [sys.executable, "-P", *argv],
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            stderr=self.output,
            pass_fds=shared,
            start_new_session=True,
            env={**os.environ, "CONVPROOF_WORKER": self.token, "PYTHONPATH": search_path()},
        )
        return self.popen.pid

    def fork(self, make: Make, requests: int, answers: int, memory: int, bare: bool) -> int:
        """Start as a fork of this process."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # threads of the run exist: the child never joins them
            pid = os.fork()
        if pid:
            return pid
        try:
            os.setsid()
            for descriptor in (self.requests, self.answers):
                os.close(descriptor)
            for other in _LIVE - {self}:
                other.forget()
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(self.output.fileno(), 1)
            os.dup2(self.output.fileno(), 2)
            faulthandler.disable()  # it holds the stderr of the run
            if bare:
                _close_all_but({0, 1, 2, requests, answers, self.signs.descriptor})
            guard.reset()
            if "torch" in sys.modules:  # its thread pool did not come along
                sys.modules["torch"].set_num_threads(1)
            kept((requests, answers))
            serve(make, requests, answers, memory, self.signs)
        finally:
            os._exit(0)

    def greeted(self) -> None:
        """Wait until it has begun, if it says so.

        Raises:
            WireClosed, WireTimeout: it does not begin.
        """
        if not self._greeted:
            wire.receive(self.answers, _START)
            self._greeted = True

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
        seen, delay, stops = self.signs.read(), -1.0, 0
        while not select.select([self.answers], [], [], _LOOK)[0]:
            now, signs = time.monotonic(), self.signs.read()
            if delay < 0:
                delay = self._queued()
            if signs != seen:
                began += (now - last) if seen[1] == At.IMPORT else 0.0
                seen, last = signs, now
            if now - last > min(call, load, LOOKING):  # a busy machine's doing is not the target's
                so_far = self._queued()
                waited, delay = max(so_far - delay, 0.0), so_far
                began, last = began + waited, min(last + waited, now)
            stops = stops + 1 if self._stopped() else 0
            if stops > _STOPS:
                raise wire.WireTimeout("no answer: its process is stopped")
            importing = signs[1] == At.IMPORT
            limit = load if importing else LOOKING if signs[1] == At.LOOK else call
            if now - last > limit:
                raise wire.WireTimeout(f"no answer within {limit:g} s")
            if now - began > whole + (now - last) * importing:
                raise wire.WireTimeout(f"no end within {whole:g} s")
            held = sum(map(resident, (self.pid, *descendants(self.pid)))) if importing else 0
            if held > memory + _LIBRARIES:
                raise MemoryError(f"it holds {held >> 20} MiB of memory, and may {memory >> 20}")

    def _queued(self) -> float:
        """Seconds for which its processes could have run and no processor was free."""
        return sum(map(queued, descendants(self.pid)), 0.0)

    def _stopped(self) -> bool:
        """Whether the process that answers has been stopped."""
        return any(stopped(child) for child in descendants(self.pid)[:1])

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
        status = end_tree(self.pid, self.token, self.popen, 5.0 if ended else 0.0)
        self.forget()
        return status

    def forget(self) -> None:
        """Close this side of its pipes, here."""
        _LIVE.discard(self)
        for descriptor in (self.requests, self.answers):
            with contextlib.suppress(OSError):
                os.close(descriptor)
        self.output.close()
        self.signs.close()


def search_path() -> str:
    """Where the worker finds what this process finds, this package included."""
    here = str(Path(__file__).parents[3])
    own = [item for item in sys.path if item and not item.endswith(".zip")]
    return os.pathsep.join(dict.fromkeys([*own, here]))
