"""Samples needed and samples enough, explicitly: the two ends of the separation of section 10.2."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np

from convproof.arguments import Integers
from convproof.document.shown import Shown
from convproof.errors import SpecError
from convproof.theory import bound_texts as texts
from convproof.theory.arguments import even, rate
from convproof.theory.convnet import enough
from convproof.theory.groups import Matrix
from convproof.theory.packing import packing_bits, subfamily_distance
from convproof.theory.small_ball import small_ball_bits, small_ball_bits_exact

Real: TypeAlias = float | Fraction
_HALF = Fraction(1, 2)
CONCENTRATION, SMALL_BALL, PACKING = "concentration", "small ball", "packing"
# Up to this d all is float64 arrays, where a number of samples keeps its last digit; beyond it
# mpmath, without the packing, whose sum over d/2 spheres is then long and which is never the best.
_LARGEST = 2_000_000
# Rounding, in units of the last place of k^2 (`small_ball_bits`); the concentration's 10 operations
# are less.  Where it could change the number of samples, mpmath decides.
_ULPS = 64


@dataclass(frozen=True, repr=False)
class Bound(Shown):
    """A number of samples and the argument that leads to it, its cited theorems named.

    Attributes:
        samples: how many; an array where d was one.
        derivation: the argument, step by step.
        name: which of the bounds it is; an array where d was one.
        others: what each of the bounds says.
    """

    samples: Any
    derivation: str
    name: Any = ""
    others: Mapping[str, Any] = field(default_factory=dict)

    def __int__(self) -> int:
        return int(self.samples)

    def __str__(self) -> str:
        return f"{self.samples} samples\n{self.derivation}"


def lower_bound(d: int | Sequence[int] | Integers, error: Real, delta: Real = 0.5) -> Bound:
    """Samples that every O(d)-equivariant learner of h*(x) = sign(x'Qx) needs, proper or not.

    Q = diag(1, ..., 1, -1, ..., -1) with d/2 of each, x ~ N(0, I_d).  A learner that reaches an
    error of at most `error` with probability at least 1 - `delta`, and whose law turns with the
    inputs (SO(d) is enough), needs the largest of three explicit bounds:

    - concentration: pi^2/(16 ln 2) d (d - 2) (1/2 - error)^2 - log2(1/(1 - delta));
    - small ball: (d^2/8) log2(1/(4 m (1 - m))) - log2(1/(1 - delta)), m the largest mean of the
      sin^2 of the principal angles of two targets at most 2 error apart (`small_ball`);
    - packing: that of the functions sign(u'Uv), U in SO(d/2), more than 2 error apart.

    Args:
        d: dimension of the inputs, even; or an array of such.
        error: the error rate to reach, 0 < error < 1/2; a float means the decimal it prints as.
        delta: the probability with which it may be missed, 0 <= delta < 1.

    Returns:
        the bound; `.name` says which of the three is the best, `.others` what each says, and
        `.derivation` is the argument.  With an array, `.samples` and `.name` are arrays.

    Raises:
        SpecError: for values outside those ranges.

    >>> [lower_bound(d, 0.05).samples for d in (10, 100, 1000)]
    [36, 3686, 415398]
    >>> bound = lower_bound(100, 0.05)
    >>> bound.name, bound.others
    ('small ball', {'concentration': 1766, 'small ball': 3686, 'packing': 1507})

    Source: sections 2 and 3 of Li, Zhang, Arora (ICLR 2021) show d^2 without constants.
    """
    e, miss = rate("error", error, _HALF), rate("delta", delta, Fraction(1), zero=True)
    if not isinstance(d, (list, tuple, range, np.ndarray)) or np.ndim(d) == 0:
        size = even("d", d)
        found = {name: int(n[0]) for name, n in _candidates([size], e, miss).items()}
        name = max(found, key=lambda key: found[key])
        return Bound(found[name], texts.lower(name, size, e, miss, found), name, found)
    given = np.asarray(d)
    if not given.size:
        raise SpecError.of("d", d, "at least one even number")
    sizes = given.ravel().tolist()
    wrong = (
        given.ravel()[(given.ravel() < 2) | (given.ravel() % 2 != 0)] if _whole(given) else sizes
    )
    for size in wrong:  # whole numbers that are wrong, or all where it is not known
        even("d", int(size) if isinstance(size, np.integer) else size)
    table = {n: v.reshape(given.shape) for n, v in _candidates(sizes, e, miss).items()}
    best = np.max(np.stack(list(table.values())), axis=0)
    names = np.select([table[n] == best for n in table], list(table), default=SMALL_BALL)
    return Bound(
        best,
        texts.lower_table(sizes, best.ravel().tolist(), names.ravel().tolist(), e, miss),
        names,
        table,
    )


def _candidates(sizes: list[int], e: Fraction, miss: Fraction) -> dict[str, Matrix]:
    """What each bound says at each size: whole numbers, never above what the formula gives."""
    found = {
        CONCENTRATION: np.zeros(len(sizes), dtype=object),
        SMALL_BALL: np.zeros(len(sizes), dtype=object),
        PACKING: np.zeros(len(sizes), dtype=object),
    }
    small = [place for place, size in enumerate(sizes) if size <= _LARGEST]
    if small:
        d = np.array([sizes[place] for place in small], dtype=float)
        k, off = d / 2, math.log2(1 - miss)
        bits = {
            CONCENTRATION: _concentration(d, e),
            SMALL_BALL: small_ball_bits(k, float(e)),
            PACKING: packing_bits(k, subfamily_distance(k, 2 * float(e))),
        }
        # a sum of d/2 logarithms below d each, and a gamma's: rounded down by what they can lose
        slack = {PACKING: _ULPS * 2.0**-53 * d**2 * (d + np.log(d))}
        for name, value in bits.items():
            unsure = slack.get(name, _ULPS * 2.0**-53 * k**2 * (1 + value / k**2))
            low, high = (np.ceil(value + off + sign * unsure) for sign in (-1, 1))
            for place, lower, upper in zip(small, low, high, strict=True):
                exactly = lower != upper and name != PACKING
                size = sizes[place]
                found[name][place] = _exact(name, size, e, miss) if exactly else int(max(0, lower))
    for place, size in enumerate(sizes):
        if size > _LARGEST:
            for name in (CONCENTRATION, SMALL_BALL):
                found[name][place] = _exact(name, size, e, miss)
    largest = max(int(max(values)) for values in found.values())
    kind = np.int64 if largest < 2**63 else object
    return {name: values.astype(kind) for name, values in found.items()}


def _whole(values: Matrix) -> bool:
    return values.dtype.kind in "iu"


def _concentration(d: Matrix, e: Fraction) -> Matrix:
    """Bits: pi^2/(16 ln 2) d (d - 2) (1/2 - e)^2."""
    return np.asarray(math.pi**2 / (16 * math.log(2)) * d * (d - 2) * float(_HALF - e) ** 2)


def _exact(name: str, d: int, e: Fraction, miss: Fraction) -> int:
    """One bound at one size with 30 digits after the point: enough to round up rightly."""
    import mpmath as mp

    digits = 30
    with mp.workdps(digits + 3 * len(str(d)) + 20):
        if name == CONCENTRATION:
            gap = mp.mpf((_HALF - e).numerator) / (_HALF - e).denominator
            bits = mp.pi**2 / (16 * mp.log(2)) * d * (d - 2) * gap**2
        else:
            bits = small_ball_bits_exact(d // 2, e, digits)
        off = mp.log(mp.mpf((1 - miss).numerator) / (1 - miss).denominator, 2)
        return max(0, int(mp.ceil(bits + off)))


def upper_bound(error: Real, delta: Real = 0.05) -> Bound:
    """Samples that are enough for the ConvNet of Problem 10.2.2, the same at every d.

    It learns h*(x) = sign(x'Qx), Q = diag(1, ..., 1, -1, ..., -1), from n labelled x ~ N(0, I_d).

    The smallest n with 2 (1 - error)^n - (1 - 2 error)^n <= delta, decided in fractions: the exact
    probability that some threshold consistent with n samples errs by more than `error`.

    Args:
        error: the error rate to reach, 0 < error < 1/2; a float means the decimal it prints as.
        delta: the probability with which it may be missed, 0 < delta < 1.

    Raises:
        SpecError: for values outside those ranges.

    >>> upper_bound(0.05).samples, upper_bound(0.01).samples
    (72, 366)
    """
    e, miss = rate("error", error, _HALF), rate("delta", delta, Fraction(1))
    n = enough(e, miss)
    return Bound(n, texts.upper(n, e, miss), "threshold", {"threshold": n})


def crossing(error: Real, delta: Real = 0.05) -> int:
    """The d from which every O(d)-equivariant learner needs more samples than the ConvNet.

    Both learn h*(x) = sign(x'Qx), Q = diag(1, ..., 1, -1, ..., -1), x ~ N(0, I_d).

    The smallest even d such that lower_bound(d, error, delta) exceeds upper_bound(error, delta)
    at d and at all larger ones.

    Args:
        error: the error rate to reach, 0 < error < 1/2.
        delta: the probability with which it may be missed, 0 < delta < 1.

    Raises:
        SpecError: for values outside those ranges.

    >>> crossing(0.05), crossing(0.05, 0.5)
    (16, 10)
    """
    e, miss = rate("error", error, _HALF), rate("delta", delta, Fraction(1))
    samples = enough(e, miss)
    # The concentration bound grows with d: from where it exceeds, all larger d do.
    need = (samples + 1 - math.log2(1 - miss)) / float(_concentration(np.array(4.0), e)) * 8
    last = 2 * math.ceil((1 + math.sqrt(1 + need)) / 2) + 4
    step = 100_000  # dimensions at a time, from the last down to the first that does not exceed
    for top in range(last, 0, -step):
        sizes = range(max(2, top - step + 2), top + 1, 2)
        few = np.flatnonzero(lower_bound(sizes, e, miss).samples <= samples)
        if few.size:
            return sizes[int(few[-1])] + 2
    return 2
