"""From successes at several n to the n that is needed, its interval, and the exponent in d."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from convproof.theory.groups import Matrix

_RESAMPLES = 1000
# A 95 % interval: the percentiles of the bootstrap over seeds.
_ENDS = (2.5, 97.5)


@dataclass(frozen=True)
class Needed:
    """The n at which half of the seeds succeed, with a 95 % interval; and its resamples."""

    n: float
    low: float
    high: float
    draws: tuple[float, ...]


def half_point(sizes: Sequence[int], share: Matrix) -> float:
    """Where the best nondecreasing fit to the share of successes reaches one half, in log n.

    >>> half_point([10, 20, 40], np.array([0.0, 0.5, 1.0]))
    20.0
    """
    rising = _rising(share)
    logs = np.log(np.asarray(sizes, dtype=float))
    if rising[0] >= 0.5:
        return float(sizes[0])
    if rising[-1] < 0.5:
        return float(sizes[-1])
    above = int(np.argmax(rising >= 0.5))
    step = (0.5 - rising[above - 1]) / (rising[above] - rising[above - 1])
    found = logs[above - 1] + step * (logs[above] - logs[above - 1])
    return float(sizes[above]) if step == 1 else float(np.exp(found))


def _rising(values: Matrix) -> Matrix:
    """The nearest nondecreasing sequence in squares, by pooling neighbours that fall."""
    blocks: list[list[float]] = []
    for value in np.asarray(values, dtype=float):
        blocks.append([value, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            last, before = blocks.pop(), blocks.pop()
            count = last[1] + before[1]
            blocks.append([(last[0] * last[1] + before[0] * before[1]) / count, count])
    return np.concatenate([np.full(int(count), mean) for mean, count in blocks])


def needed(sizes: Sequence[int], successes: Matrix, seed: int) -> Needed:
    """From successes (sizes, seeds), 0 or 1, the seeds shared by all sizes."""
    rng = np.random.default_rng(seed)
    count = successes.shape[1]
    draws = [
        half_point(sizes, successes[:, rng.integers(0, count, count)].mean(axis=1))
        for _ in range(_RESAMPLES)
    ]
    low, high = np.percentile(draws, _ENDS)
    return Needed(half_point(sizes, successes.mean(axis=1)), float(low), float(high), tuple(draws))


def exponent(dims: Sequence[int], found: Sequence[Needed]) -> tuple[float, float, float]:
    """The slope of log n over log d by least squares, and its 95 % interval by resampling."""
    logs = np.log(np.asarray(dims, dtype=float))
    centred = logs - logs.mean()

    def slope(values: Matrix) -> Matrix:
        return np.asarray(np.log(values) @ centred / (centred @ centred))

    draws = slope(np.array([item.draws for item in found]).T)
    low, high = np.percentile(draws, _ENDS)
    return float(slope(np.array([item.n for item in found]))), float(low), float(high)
