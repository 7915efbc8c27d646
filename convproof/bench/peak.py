"""What the machine can do at most: multiplications a second in BLAS, and bytes a second copied."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

SIDE = 1536  # of the matrices: large enough for BLAS to be at its best
COPIED = 2**26  # bytes: more than a cache holds
TIMES = 5


@dataclass(frozen=True)
class Peak:
    """Floating operations and bytes a second."""

    flops: float
    bytes: float

    def fraction(self, flops: int, bytes_: int, seconds: float) -> float:
        """The least time that the work takes on this machine over the time that it took."""
        return max(flops / self.flops, bytes_ / self.bytes) / seconds


@cache
def peak() -> Peak:
    """Measured once a run, with the threads that the environment gives BLAS."""
    one = np.ones((SIDE, SIDE), np.float32)
    out = np.empty_like(one)
    source, target = np.ones(COPIED // 4, np.float32), np.empty(COPIED // 4, np.float32)
    product = _best(lambda: np.matmul(one, one, out=out))
    copied = _best(lambda: np.copyto(target, source))
    return Peak(2 * SIDE**3 / product, 2 * COPIED / copied)


def _best(call: Callable[[], Any]) -> float:
    found = []
    for _ in range(TIMES):
        start = time.perf_counter()
        call()
        found.append(time.perf_counter() - start)
    return min(found)
