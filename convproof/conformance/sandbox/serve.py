"""What the process does that a target runs in: it answers messages until the end.

Run where convproof is not (`alone`); in a process of its own (`worker`), for targets that need it;
or in a fork of the run, for functions in memory, and to find out how a target is called.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from convproof.conformance.sandbox import protocol as wire
from convproof.conformance.sandbox.signs import Signs
from convproof.conformance.sandbox.tree import end_descendants
from convproof.conformance.target import capture as guard
from convproof.errors import ConvproofError, MissingExtra

if TYPE_CHECKING:
    from convproof.conformance.target.outcome import Outcome
    from convproof.laws.case import Case

DEEPEST = 50_000  # calls within calls: a recursion that has an end needs no more
_LAST_CALLS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
_DIE_WITH_PARENT, _ADOPT_ORPHANS = 1, 36  # prctl's PR_SET_PDEATHSIG and PR_SET_CHILD_SUBREAPER


def restrain(memory: int) -> None:
    """Limits on this process: memory beyond what it has now, file size, no core, dies with us."""
    with open("/proc/self/statm", encoding="ascii") as file:
        now = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    for limit, value in (
        (resource.RLIMIT_AS, now + memory),
        (resource.RLIMIT_FSIZE, 64 << 20),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(limit)[1]
        soft = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (soft, hard))


def bound_recursion(deepest: int) -> None:
    """Let no limit be set that a recursion without end would reach after minutes only."""
    setting = sys.setrecursionlimit
    sys.setrecursionlimit = lambda limit, /: setting(min(limit, deepest))


def attach_to_parent(parent: int | None = None, told_by: int = signal.SIGKILL) -> None:
    """Get a signal when the parent dies, and keep orphaned grandchildren in our tree (on Linux).

    A `parent` that has died before this was asked for is no longer our parent: then leave.
    """
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_DIE_WITH_PARENT, told_by, 0, 0, 0)
        libc.prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)
    if parent is not None and os.getppid() != parent:
        os._exit(1)


def kept(pipes: Sequence[int]) -> None:
    """Go on as the child of a keeper, which ends with it, and ends whatever it has left behind.

    A target's daemons become the keeper's children when their parents end, whatever they did to
    get away; it is no process of the target's, which therefore cannot end it unseen.
    """
    # Whoever ends the run by force ends us by SIGTERM: then there is time to clear up.
    before = {number: signal.signal(number, _clear_up) for number in _LAST_CALLS}
    attach_to_parent(told_by=signal.SIGTERM)
    keeper = os.getpid()
    pid = os.fork()
    if not pid:
        for number, handler in before.items():
            signal.signal(number, handler)
        attach_to_parent(keeper)
        return
    for descriptor in pipes:
        os.close(descriptor)
    _, status = os.waitpid(pid, 0)
    end_descendants()
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        os._exit(code)
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    signal.signal(-code, signal.SIG_DFL) if -code not in (signal.SIGKILL, signal.SIGSTOP) else None
    os.kill(os.getpid(), -code)
    os._exit(1)


def _clear_up(number: int, frame: object) -> None:
    end_descendants()
    os._exit(128 + number)


class Holder(Protocol):
    """What holds a target's functions and calls them: a `Target`, or `alone.Alone`."""

    def about(self) -> dict[str, Any]:
        """What the run has to know of it."""
        ...

    def call(self, case: Case) -> Outcome:
        """One call."""
        ...

    def calls(self, cases: Sequence[Case], *, reuse: bool, threads: int) -> list[Outcome]:
        """Several."""
        ...


def serve(
    make: Callable[[dict[str, Any]], Holder],
    requests: int,
    answers: int,
    memory: int,
    signs: Signs,
    content: Callable[[], dict[str, Any]] = dict,
) -> None:
    """Answer until the other side closes: "load", which `make` is given, then calls."""
    guard.catch_exit = False  # its end is seen from outside, and told more exactly
    bound_recursion(DEEPEST)
    guard.beat = signs.beat
    holder: Holder | None = None
    while True:
        try:
            message = wire.asked(requests)
        except wire.WireClosed:
            return
        answer: dict[str, Any]
        arrays: list[Any] = []
        try:
            if message["do"] == "load":
                guard.patience = message["patience"]
                holder = make(message)
                # after the import: libraries map much more memory than they use
                answer = {"ok": True, "about": {"loaded": True}}
                restrain(memory)
            elif holder is None:
                answer = {"ok": False, "error": "nothing was loaded"}
            elif message["do"] == "describe":
                answer = {"ok": True, "about": holder.about()}
            elif message["do"] == "content":
                answer = {"ok": True, **content()}
            else:
                cases = [wire.case_from_wire(item) for item in message["cases"]]
                if message["do"] == "call":
                    made = [holder.call(case) for case in cases]
                else:
                    made = holder.calls(cases, reuse=message["reuse"], threads=message["threads"])
                told = [wire.outcome_to_wire(item, arrays) for item in made]
                answer = {"ok": True, "outcomes": told, "used": time.process_time()}
        except ConvproofError as error:
            kind = "missing" if isinstance(error, MissingExtra) else "target"
            answer = {"ok": False, "error": str(error), "kind": kind}
        except Exception as error:
            if message["do"] not in ("load", "describe"):
                raise
            said = f"{type(error).__name__}: {error}"[:300]  # what it is, or has, misleads us
            answer = {"ok": False, "error": f"it cannot be found out how to call it: {said}"}
        try:
            wire.send(answers, answer, arrays)
        except MemoryError:
            wire.send(answers, {"ok": False, "error": "no memory is left", "kind": "memory"})
