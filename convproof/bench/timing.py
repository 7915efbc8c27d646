"""Calls timed in turn: medians, their spread, and what is wrong with a result."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
Call = Callable[[], Any]

SECONDS = 1.0  # for one workload
RUNS = (5, 400)  # at least, at most
WARM = 0.04  # seconds before a turn counts: until then threads of the one before may be spinning
TURN = 0.02  # seconds that a turn's own runs take, if they are short
# Of the largest result.  No bound: errors of sums of n random products grow like sqrt(n) u, 4e-6 at
# the most products here, and a fast algorithm's some ten times that; a mistake's is of the size of
# the numbers.
LOOSE = 1e-4


@dataclass(frozen=True)
class Timing:
    """Medians of runs in turn, in seconds, by who ran.

    `spread` has the quartiles of each, `wrong` those whose result is not the plain one's, `flops`
    and `bytes` what the workload asks for at least.
    """

    workload: str
    runs: int
    seconds: dict[str, float]
    spread: dict[str, tuple[float, float]] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()
    flops: int = 0
    bytes: int = 0

    def ratio(self, rival: str, who: str = "convproof") -> float | None:
        """Somebody's time over a rival's, in the best of its layouts: below 1 is faster.

        None where one of them was not timed, or did not give the right result.
        """
        others = [
            t for one, t in self.seconds.items() if one.split(" ")[0] == rival and self.right(one)
        ]
        if not others or not self.right(who) or who not in self.seconds:
            return None
        return self.seconds[who] / min(others)

    def right(self, who: str) -> bool:
        """Whether a result was the right one."""
        return who not in self.wrong


def time_in_turn(name: str, calls: Mapping[str, Call], seconds: float = SECONDS) -> Timing:
    """Run all calls in turn, again and again, and keep the median of each.

    A turn begins with runs that do not count: the threads of the one before may go on spinning for
    some ten milliseconds, on cores that this one needs.
    """
    took: dict[str, list[float]] = {who: [] for who in calls}
    for call in calls.values():
        call()  # the first run of anything is another matter
    end = time.perf_counter() + seconds
    runs = 0
    while runs < RUNS[0] or (runs < RUNS[1] and time.perf_counter() < end):
        for who, call in calls.items():
            took[who] += turn(call)
        runs += 1
    middle = {who: statistics.median(times) for who, times in took.items()}
    quartiles = {who: _quartiles(times) for who, times in took.items()}
    return Timing(name, min(map(len, took.values())), middle, quartiles)


def turn(call: Call) -> list[float]:
    """The times of some runs, at least one, after a few that do not count."""
    start = time.perf_counter()
    while time.perf_counter() - start < WARM:
        call()
    found: list[float] = []
    start = last = time.perf_counter()
    while last - start < TURN or not found:
        call()
        before, last = last, time.perf_counter()
        found.append(last - before)
    return found


def _quartiles(times: list[float]) -> tuple[float, float]:
    low, _, high = statistics.quantiles(times, n=4) if len(times) > 1 else times * 3
    return low, high


def same(got: tuple[Array, ...], plain: tuple[Array, ...]) -> bool:
    """Whether results agree, each to `LOOSE` of its largest number."""
    return len(got) == len(plain) and all(
        one.shape == other.shape
        and bool(np.abs(one - other).max(initial=0) <= LOOSE * np.abs(other).max(initial=0))
        for one, other in zip(got, plain, strict=True)
    )
