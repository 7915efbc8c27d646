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


def _computed() -> float:
    """Seconds that this process has computed, and those of targets."""
    return time.process_time() + METER.used


def crowded() -> bool:
    """Whether more processes want to run than there are processors to run them."""
    try:
        return os.getloadavg()[0] > 1.25 * len(os.sched_getaffinity(0))
    except (OSError, AttributeError):  # no such figures here
        return False
