"""A small parent of what runs a stranger's code: its answer counts only if it was told it.

A target can end the process that runs it, with exit code 0 and without a word, in ways that Python
does not see.  So the command runs in a child, which tells its exit code over a pipe when it has
come to its end; whatever ends the child otherwise is said, and is never a 0.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable

from convproof.commands.ending import ENDING, ended_by, say_no_more
from convproof.conformance.sandbox.tree import end_descendants

GRACE = 5  # seconds from a signal that is passed on to the end of a child that does not heed it
ENDED = 1  # nothing was found to hold
_DIE_WITH_PARENT, _ADOPT_ORPHANS = 1, 36  # prctl's PR_SET_PDEATHSIG and PR_SET_CHILD_SUBREAPER


def supervised(command: Callable[[], int]) -> int:
    """The exit code of `command`, run in a child that has to live to the end of it."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return command()
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    word = os.urandom(16)  # what a target writes into every pipe that it finds is not it
    _prctl(_ADOPT_ORPHANS, 1)
    pid = os.fork()
    if not pid:
        os.close(reading)
        say_no_more()
        _prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        code = command()
        _flush()
        with contextlib.suppress(OSError):  # a target has closed it: then nothing was told
            os.write(writing, word + bytes([code]))
        os._exit(code)
    os.close(writing)
    return _waited(pid, reading, word)


def _waited(pid: int, reading: int, word: bytes) -> int:
    """What the child told, once it has ended; what it has left behind is ended too."""
    before = {number: signal.signal(number, _to(pid)) for number in ENDING}
    before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is the child's too
    try:
        _, status = _ended(pid)
    finally:
        signal.alarm(0)
        for number, handler in before.items():
            signal.signal(number, handler)
        end_descendants()
    os.set_blocking(reading, False)
    told = b""
    with contextlib.suppress(BlockingIOError):
        while part := os.read(reading, 1 << 16):
            told = told[-64:] + part
    os.close(reading)
    code = os.waitstatus_to_exitcode(status)
    if code >= 0 and word + bytes([code]) in told:
        return code
    if code < 0 and -code in ENDING:
        sys.stderr.write(ended_by(-code))
        return 128 - code
    if code < 0:
        how = f"was ended by {signal.Signals(-code).name}"
    else:
        how = f"ended with exit code {code}"
    sys.stderr.write(
        f"convproof: the process {how} before it came to its end, and nothing is said of the "
        "target: --timeout SECONDS runs it in a process of its own\n"
    )
    return ENDED


def _ended(pid: int) -> tuple[int, int]:
    """Wait until the child has ended; one that was stopped, by a target say, goes on."""
    while True:
        found, status = os.waitpid(pid, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            return found, status
        if os.WSTOPSIG(status) == signal.SIGSTOP:  # not the terminal's: Ctrl-Z stops us as well
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


def _to(pid: int) -> Callable[[int, object], None]:
    def handler(number: int, frame: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        # A target may have seen to it that the child does not heed it.
        signal.signal(signal.SIGALRM, _to_the_end(pid))
        signal.alarm(GRACE)

    return handler


def _to_the_end(pid: int) -> Callable[[int, object], None]:
    def handler(number: int, frame: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    return handler


def _flush() -> None:
    """Write out what is still to be said; a closed pipe is no reason to change the verdict."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
