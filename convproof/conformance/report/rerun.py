"""Running a reproduction script before it is shown: it has to fail, for the reason given.

A fork of this process runs it: NumPy is there already, so that it costs milliseconds, and whatever
the target does ends with the child.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from convproof.conformance.sandbox.serve import kept
from convproof.conformance.target.libraries import threaded

SECONDS = 20.0
_KEEP = 1 << 24  # bytes of output that are looked at


@dataclass(frozen=True)
class Ended:
    """How a script ended.

    Attributes:
        status: its exit code; negative for a signal; None where it had to be ended.
        output: what it printed, its traceback included.
    """

    status: int | None
    output: str

    def fails_as(self, got: Any) -> bool:
        """Whether it failed as the run did: `got` is the array or the error that came there."""
        kind = getattr(got, "kind", "")
        if kind == "crashed":
            return self.status is not None and (self.status < 0 or self.status > 1)
        if kind == "timeout":
            return self.status is None
        if kind == "memory":
            return self.status != 0
        if kind in ("raised", "exited"):
            name = getattr(got, "type_name", "")
            return self.status not in (0, None) and name in self.output
        return self.status == 1 and "Traceback (most recent call last)" not in self.output


def run(text: str, forget: Iterable[str] = (), seconds: float = SECONDS) -> Ended:
    """Run a script in a fork of this process, or in one of its own where a fork could hang.

    Args:
        text: the script.
        forget: modules that it is to import anew: what they keep belongs to the run.
        seconds: after which it is ended.
    """
    if threaded():
        return _apart(text, seconds)
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # threads of the run exist: the child never joins them
        pid = os.fork()
    if not pid:
        os.close(reading)
        _child(text, writing, forget)
    os.close(writing)
    try:
        return _watched(pid, reading, time.monotonic() + seconds)
    finally:
        os.close(reading)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


def _apart(text: str, seconds: float) -> Ended:
    try:
        done = subprocess.run(
            [sys.executable, "-c", text],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired as late:
        return Ended(None, (late.output or b"").decode(errors="replace"))
    return Ended(done.returncode, done.stdout.decode(errors="replace"))


def _child(text: str, writing: int, forget: Iterable[str]) -> None:
    """Be a fresh process, as nearly as a fork can."""
    status = 1
    try:
        os.setsid()
        kept((writing,))  # a target that ends its parent ends no run
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(writing, 1)
        os.dup2(writing, 2)
        out = os.fdopen(1, "w", buffering=1, encoding="utf-8", errors="backslashreplace")
        sys.stdout = sys.stderr = out
        for name in (*forget, "convproof", "__main__"):
            sys.modules.pop(name, None)
        for name in [name for name in sys.modules if name.startswith("convproof.")]:
            del sys.modules[name]
        if "torch" in sys.modules:  # its thread pool did not come along
            sys.modules["torch"].set_num_threads(1)
        status = _executed(text)
        out.flush()
    finally:
        os._exit(status)


def _executed(text: str) -> int:
    import traceback

    try:
        exec(compile(text, "<script>", "exec"), {"__name__": "__main__"})
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc(file=sys.stdout)
        return 1
    return 0


def _watched(pid: int, reading: int, end: float) -> Ended:
    parts: list[bytes] = []
    size = 0
    while True:
        left = end - time.monotonic()
        if left <= 0 or not select.select([reading], [], [], left)[0]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            return Ended(None, b"".join(parts).decode(errors="replace"))
        part = os.read(reading, 1 << 16)
        if not part:
            break
        if size < _KEEP:
            parts.append(part)
            size += len(part)
    # it closed its output: it has ended, or is about to
    while True:
        done, code = os.waitpid(pid, os.WNOHANG)
        if done:
            return Ended(os.waitstatus_to_exitcode(code), b"".join(parts).decode(errors="replace"))
        if time.monotonic() > end:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            return Ended(None, b"".join(parts).decode(errors="replace"))
        time.sleep(0.001)
