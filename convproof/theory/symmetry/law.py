"""Rules with a random part: whether two runs, one turned, have one law.

Runs from W and, apart, from W R' are made many times with fresh randomness; the second are turned
back.  If the rule respects R in law, both samples come from one distribution, and so does every
number computed from them.  Two-sample Kolmogorov-Smirnov tests compare several such numbers; by
the inequality of Dvoretzky, Kiefer and Wolfowitz in Wei and Dudley's form (Statistics and
Probability Letters 82, 2012: constant 2 from n = 458 on) a difference above sqrt(ln(2 m/a)/n) in
any of m of them has probability at most a under one law: the false-alarm rate.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from convproof.evidence import Verdict
from convproof.theory.groups import Matrix
from convproof.theory.symmetry.coupled import Start
from convproof.theory.symmetry.subject import Subject

FALSE_ALARM = 1e-6
_LEAST = 458


def numbers(moves: Matrix, rotation: Matrix) -> Matrix:
    """What is compared, (runs, m): entries, the first row along mixed axes, its size and spread."""
    rows = moves[:, 0]
    d = rows.shape[1]
    mixed = np.concatenate([rotation, np.ones((1, d)) / math.sqrt(d)])
    along = rows @ mixed.T
    sizes = np.stack([np.linalg.norm(rows, axis=1), np.abs(moves).max(axis=(1, 2))], axis=1)
    pairs = rows[:, :1] * rows[:, 1:2]
    return np.concatenate(
        [moves.reshape(len(moves), -1), along, np.abs(along), sizes, pairs], axis=1
    )


def threshold(count: int, statistics: int, alarm: float = FALSE_ALARM) -> float:
    """The difference of distribution functions that one law exceeds with probability `alarm`.

    >>> round(threshold(2000, 10), 3)
    0.092
    """
    return math.sqrt(math.log(2 * statistics / alarm) / max(count, _LEAST))


def furthest(one: Matrix, two: Matrix) -> float:
    """The largest Kolmogorov-Smirnov distance over the columns."""
    found = (
        stats.ks_2samp(a, b, method="asymp").statistic for a, b in zip(one.T, two.T, strict=True)
    )
    return float(max(found))


def in_law(
    subject: Subject, start: Start, group: str, count: int, alarm: float = FALSE_ALARM
) -> Verdict:
    """Whether the runs from one start respect the group's element in law."""
    rotation = start.rotation(group)
    shape = (count, *start.weight.shape)
    plain, turned = np.empty(shape), np.empty(shape)
    with np.errstate(all="ignore"):
        for run in range(count):
            plain[run] = subject.run(start.weight, start.gradients, seed=2 * run)[-1]
            other = subject.run(
                start.weight @ rotation.T, start.gradients @ rotation.T, seed=2 * run + 1
            )
            turned[run] = other[-1] @ rotation
    if not (np.isfinite(plain).all() and np.isfinite(turned).all()):
        return Verdict.undecided("a run left the finite numbers")
    # turning back leaves roundings: equal values must stay equal, whatever their order
    digits = 9 - math.floor(math.log10(max(np.abs(plain - start.weight).max(), 1e-300)))
    one, two = (np.round(numbers(x - start.weight, rotation), digits) for x in (plain, turned))
    half = count // 2
    if len(np.unique(one[half:], axis=0)) == 1:
        return Verdict.undecided(
            "two equal runs differ, later ones do not: the rule is not random but remembers the "
            "run before (keep its state in the third argument)"
        )
    columns = one.shape[1]
    if furthest(one[:half], one[half:]) > threshold(half, columns, alarm):
        return Verdict.undecided(
            "the law of its runs drifts: the rule remembers the run before (keep its state in the "
            "third argument)"
        )
    gap, limit = furthest(one, two), threshold(count, columns, alarm)
    how = (
        f"{count} runs each way from a weight of shape {start.weight.shape}, {columns} statistics, "
        f"largest Kolmogorov-Smirnov distance {gap:.3f}, limit {limit:.3f}, false-alarm rate "
        f"{alarm:g}"
    )
    if gap > limit:
        return Verdict.refute(
            f"not equal in law: {how}", R=rotation, W=start.weight, gradients=start.gradients
        )
    return Verdict.held(f"in law, to what this test can see: {how}")
