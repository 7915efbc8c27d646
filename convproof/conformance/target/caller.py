"""Making calls of adapters: one, or several in order or at the same time, their effects noted."""

from __future__ import annotations

import functools
import threading
import zlib
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from convproof.conformance.target.adapter import Adapter, Function
from convproof.conformance.target.capture import often_switched
from convproof.conformance.target.invoke import Array, Call, invoke, native_arrays, refill
from convproof.conformance.target.outcome import Outcome
from convproof.conformance.target.stops import places, stopped
from convproof.conformance.target.turns import Turns
from convproof.laws.case import Case

SMALL = 4096  # numbers in an array
LATE = 3  # stops in which another call waited in vain
KEPT, LONG = 32, 256  # calls after which a small result is looked at again, and once more


class Caller:
    """Calls functions by their adapters.

    Args:
        live: op -> its adapter, and the function that its lines define.
        own_errors: whether every exception is a refusal that the target means.
    """

    def __init__(
        self, live: Callable[[str], tuple[Adapter, Function]], own_errors: bool = False
    ) -> None:
        self._live, self._own_errors = live, own_errors
        self._lock = threading.RLock()
        # results, which stay alive, and the memory they lie in
        self._earlier: deque[tuple[tuple[Array | None, ...], list[tuple[int, int]]]]
        self._earlier = deque(maxlen=32)
        self._kept: deque[list[tuple[Array, bytes]]] = deque()
        self._older: deque[list[tuple[Array, bytes]]] = deque()
        self.made = 0

    def call(self, case: Case) -> Outcome:
        """One call; what the target does wrong is in the outcome, never raised."""
        return self._invoke(case).outcome

    def calls(self, cases: Sequence[Case], reuse: bool, threads: int) -> list[Outcome]:
        """Several calls, as `Target.calls`."""
        return self._together(cases, threads) if threads > 1 else self._in_turn(cases, reuse)

    def forget(self) -> None:
        """Let go of earlier results."""
        self._earlier.clear()
        self._kept.clear()
        self._older.clear()

    def _in_turn(self, cases: Sequence[Case], reuse: bool) -> list[Outcome]:
        made, kept = [], []
        natives: dict[str, Array] = {}
        for case in cases:
            if reuse:
                natives = refill(natives, case, self._live(case.op)[0].layout)
            with often_switched():  # it may have threads of its own
                made.append(self._invoke(case, dict(natives) if reuse else None))
            kept.append([None if r is None else r.tobytes() for r in made[-1].results])
        return [
            replace(call.outcome, changed_later=_changed(call, was, case))
            for call, was, case in zip(made, kept, cases, strict=True)
        ]

    def _together(self, cases: Sequence[Case], threads: int) -> list[Outcome]:
        if max((case.x.size for case in cases), default=0) <= SMALL:
            return self._by_stops(cases) if threads == 2 else self._by_turns(cases, threads)
        size = min(threads, len(cases)) or 1
        gate = threading.Barrier(size)
        started = threading.local()
        met: dict[int, Array] = {}

        def shared(case: Case) -> dict[str, Array]:
            """Arrays that cases have in common are common to the calls as well."""
            natives = native_arrays(case, self._live(case.op)[0].layout)
            common = {name: id(array) for name, array in case.arrays.items()}
            return {name: met.setdefault(common[name], a) for name, a in natives.items()}

        def together(case: Case) -> Call:
            # a barrier only for the first of each thread: the rest follow on their own
            if not getattr(started, "yes", False):
                started.yes = True
                gate.wait(timeout=10)
            return self._invoke(case, shared(case))

        with often_switched(), ThreadPoolExecutor(size) as pool:
            return [call.outcome for call in pool.map(together, cases)]

    def _by_turns(self, cases: Sequence[Case], threads: int) -> list[Outcome]:
        """Small calls in threads that take turns, drawn by their numbers: the same, the same."""
        made: dict[int, Outcome] = {}

        def some(first: int) -> None:
            for place in range(first, len(cases), threads):
                made[place] = self._invoke(cases[place]).outcome

        seed = zlib.crc32(b"".join(case.x.tobytes() for case in cases))
        starts = range(min(threads, len(cases)))
        Turns(seed).run([functools.partial(some, first) for first in starts])
        return [made[place] for place in range(len(cases))]

    def _by_stops(self, cases: Sequence[Case]) -> list[Outcome]:
        """Small calls in pairs: the second is made whole while the first is stopped at a line."""
        made: dict[int, Outcome] = {}

        def make(place: int) -> None:
            made[place] = self._invoke(cases[place]).outcome

        lines, late = places(functools.partial(make, 0)), 0
        for first in range(0, len(cases) - 1, 2):
            one, two = functools.partial(make, first), functools.partial(make, first + 1)
            # one that holds a lock wherever it is stopped is not stopped for long
            place = lines[first // 2 % len(lines)] if lines and late < LATE else ("", 0)
            late += not stopped(one, two, place)
        if len(cases) % 2:
            make(len(cases) - 1)
        return [made[place] for place in range(len(cases))]

    def _invoke(self, case: Case, natives: dict[str, Array] | None = None) -> Call:
        self.made += 1
        adapter, function = self._live(case.op)
        call = invoke(
            adapter,
            function,
            case,
            natives,
            own_errors=self._own_errors,
            earlier=self._shares_with_earlier,
        )
        for calls in self._changed_since(call, natives is not None):
            disturbed = (*call.outcome.disturbed, f"a result of {calls} calls before")
            call.outcome = replace(call.outcome, disturbed=disturbed)
        return call

    def _changed_since(self, call: Call, refilled: bool) -> list[int]:
        """How many calls ago results were made that are no longer what they were."""
        with self._lock:
            due = self._kept.popleft() if len(self._kept) >= KEPT else []
            old = self._older.popleft() if len(self._older) >= LONG - KEPT else []
            self._older.append(due)
            if not (refilled or call.outcome.aliases):  # such a one may change with the arrays
                small = [r for r in call.results if r is not None and r.size <= SMALL]
                self._kept.append([(result, result.tobytes()) for result in small])
        looked = {KEPT: due, LONG: old}
        return [n for n, some in looked.items() if any(r.tobytes() != was for r, was in some)]

    def _shares_with_earlier(self, results: tuple[Array | None, ...]) -> bool:
        """Whether a writable result lies in memory that an earlier call's result lies in."""
        with self._lock:
            before = [span for _, old in self._earlier for span in old]
            large = sum(r.size for r in results if r is not None) > 4096  # few of these are kept
            while large and len(self._earlier) > 3:
                self._earlier.popleft()
            spans = [_span(r) for r in results if r is not None and r.size]
            self._earlier.append((results, spans))
        ours = [_span(r) for r in results if r is not None and r.size and r.flags.writeable]
        return any(low < end and start < high for low, high in ours for start, end in before)


def _span(array: Array) -> tuple[int, int]:
    """The addresses between which an array of at least one number lies."""
    low = high = int(array.__array_interface__["data"][0])
    for size, step in zip(array.shape, array.strides, strict=True):
        reach = (size - 1) * step
        low, high = (low + reach, high) if reach < 0 else (low, high + reach)
    return low, high + array.itemsize


def _changed(call: Call, was: Sequence[bytes | None], case: Case) -> tuple[str, ...]:
    names = ("dx", "dkernel", "dbias") if case.backward else ("y",)
    return tuple(
        name
        for name, result, bytes_before in zip(names, call.results, was, strict=False)
        if result is not None and result.tobytes() != bytes_before
    )
