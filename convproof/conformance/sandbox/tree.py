"""Ending a process and everything it started, for certain."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def _parents() -> dict[int, int]:
    """pid -> parent, of every process there is to see."""
    found: dict[int, int] = {}
    for entry in _PROC.iterdir() if _PROC.is_dir() else ():
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError, IndexError, ValueError):
            # the name in brackets may hold spaces and brackets itself
            found[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    return found


def descendants(pid: int) -> list[int]:
    """Children, their children, and so on."""
    parents = _parents()
    found, edge = [], [pid]
    while edge:
        edge = [child for child, parent in parents.items() if parent in edge]
        found += edge
    return found


def end_descendants(rounds: int = 100) -> None:
    """Kill and reap all children and theirs, those that start anew meanwhile too.

    The caller is a subreaper: whatever a descendant leaves behind becomes a descendant again.
    """
    for _ in range(rounds):
        left = descendants(os.getpid())
        if not left:
            return
        for child in left:
            _kill(child)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        time.sleep(0.002)


def marked(token: str) -> list[int]:
    """Processes of ours whose environment carries the worker's token."""
    needle, found = f"CONVPROOF_WORKER={token}".encode(), []
    for entry in _PROC.iterdir() if _PROC.is_dir() else ():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            if needle in (entry / "environ").read_bytes():
                found.append(int(entry.name))
    return found


def resident(pid: int) -> int:
    """Bytes of memory that a process holds; 0 if there is no such process."""
    try:
        return int((_PROC / str(pid) / "statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):
        return 0


def queued(pid: int) -> float:
    """Seconds that a process was ready to run and waited for a processor; 0 where nobody says."""
    try:
        return int((_PROC / str(pid) / "schedstat").read_text().split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


def stopped(pid: int) -> bool:
    """Whether a process is stopped, by itself or by another."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] == "T"
    except (OSError, IndexError):
        return False


def _kill(pid: int, with_signal: signal.Signals = signal.SIGKILL) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, with_signal)


def end_tree(
    pid: int, token: str, popen: subprocess.Popen[bytes] | None, patience: float = 0.0
) -> int | None:
    """Kill a worker, its process group, its descendants and whatever carries its token.

    Returns its exit status as subprocess gives it (negative for a signal), if it had ended by
    itself, or did within `patience` seconds; the signal it was killed with otherwise.
    """
    status = _reap(pid, popen, wait=patience or (0.2 if _ending(pid) else 0.0))
    if status is None:
        # stopped, it starts nothing new while its descendants are counted
        _kill(pid, signal.SIGSTOP)
        for child in descendants(pid):
            _kill(child)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    if popen is not None:
        for other in marked(token):
            _kill(other)
    return _reap(pid, popen, wait=5.0) if status is None else status


def _ending(pid: int) -> bool:
    """True if the process is a zombie, or about to be one (its pipe has closed)."""
    try:
        state = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return True
    return state in "ZXR"


def _reap(pid: int, popen: subprocess.Popen[bytes] | None, wait: float) -> int | None:
    end = time.monotonic() + wait
    while True:
        if popen is not None:
            status = popen.poll()
        else:
            try:
                done, code = os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:
                return 0
            status = os.waitstatus_to_exitcode(code) if done else None
        if status is not None or time.monotonic() >= end:
            return status
        time.sleep(0.005)
