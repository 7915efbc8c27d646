"""The time a run has used: as much on a busy machine as on an idle one."""

from __future__ import annotations

import os
import time

from convproof.conformance.target.meter import METER

LONGER = 4  # times as long as it should a run may take, if others keep the processors from it
_LOOK = 0.05  # seconds between two looks at the slower clocks


class Clock:
    """Seconds since the start, those excepted in which the machine was busy with other things.

    If it is strict every second counts, because a user has said how many there are.
    """

    def __init__(self, strict: bool = False) -> None:
        self._strict, self._start, self._computed = strict, time.monotonic(), _computed()
        self._now: float = 0.0
        self._looked = self._start

    def now(self) -> float:
        """How many seconds of its time the run has used."""
        at = time.monotonic()
        if self._strict:
            return at - self._start
        if at - self._looked > _LOOK:
            passed, computed = at - self._looked, _computed()
            # Who waits for a device or a sleep on an idle machine uses its time too.
            least = passed / LONGER if crowded() else passed
            self._now += min(passed, max(computed - self._computed, least))
            self._looked, self._computed = at, computed
        return self._now


# Taken now: what a target puts in their place later is not what reads.
_open, _read, _close, _clock = os.open, os.read, os.close, time.perf_counter


class Stopwatch:
    """Seconds for which this thread works or waits, not those in which no processor was free."""

    def __init__(self) -> None:
        self._queued, self._start = _queued(), _clock()

    def seconds(self) -> float:
        """How many since it was made."""
        passed, queued = _clock() - self._start, _queued()
        if self._queued is None or queued is None:
            return passed
        return max(passed - (queued - self._queued), 0.0)


def _queued() -> float | None:
    """Seconds that this thread could have run and did not; None where nobody says."""
    try:
        file = _open("/proc/thread-self/schedstat", os.O_RDONLY)
        try:
            return int(_read(file, 99).split()[1]) / 1e9
        finally:
            _close(file)
    except Exception:  # no such file; or a target sees to it that none is opened
        return None


def _computed() -> float:
    """Seconds that this process has computed, and those of targets."""
    return time.process_time() + METER.used


def crowded() -> bool:
    """Whether more processes want to run than there are processors to run them."""
    try:
        return os.getloadavg()[0] > 1.25 * len(os.sched_getaffinity(0))
    except (OSError, AttributeError):  # no such figures here
        return False
