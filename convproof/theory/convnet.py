"""The other side: the ConvNet of Problem 10.2.2, the exact law of its error, samples enough.

Square every coordinate, average-pool with window and stride d/2: z1 and z2, one shared weight.
The label is the sign of z1 - z2, that is of T - 1/2 for T = z1/(z1 + z2) ~ Beta(d/4, d/4), and
U = F_T(T) is uniform at every d: a threshold at 1/2 is learned from uniform points.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from scipy import special

from convproof.spec import as_int
from convproof.theory.arguments import rate
from convproof.theory.groups import Matrix

_HALF = Fraction(1, 2)


def missed(n: int, error: Any) -> Fraction:
    """P(some threshold consistent with n samples errs by more than `error`), exactly.

    The worst one errs by the larger of the gaps between 1/2 and the nearest sample on either side
    (1/2 where a side has none), so it errs by more exactly if no U lies in (1/2 - error, 1/2) or
    none in (1/2, 1/2 + error): 2 (1 - error)^n - (1 - 2 error)^n.  "All labels equal" is part of
    that event.

    Raises:
        SpecError: unless n >= 0 and 0 < error < 1/2.

    >>> missed(72, 0.05) <= Fraction(1, 20) < missed(71, 0.05)
    True
    """
    count, e = as_int("n", n, 0), rate("error", error, _HALF)
    return 2 * (1 - e) ** count - (1 - 2 * e) ** count


def mean_error(n: int) -> Fraction:
    """E of the worst consistent threshold's error: the integral of `missed`, (3/2 - 2^-n)/(n + 1).

    Raises:
        SpecError: for n below 0.

    >>> mean_error(0), mean_error(1)
    (Fraction(1, 2), Fraction(1, 2))
    """
    count = as_int("n", n, 0)
    return (Fraction(3, 2) - Fraction(1, 2**count)) / (count + 1)


def enough(error: Fraction, delta: Fraction) -> int:
    """The smallest n with missed(n, error) <= delta; it falls with n, for more points miss less."""
    low, high = 0, 1
    while not _at_most(high, error, delta):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _at_most(middle, error, delta) else (middle, high)
    return high


def _at_most(n: int, error: Fraction, delta: Fraction) -> bool:
    """Whether missed(n, error) <= delta: by intervals, and in fractions where they cannot tell."""
    from mpmath import iv

    if n > 200:  # below, the fractions are as fast
        before = iv.dps
        try:
            iv.dps = 30 + len(str(n))
            e = iv.mpf(error.numerator) / error.denominator
            share = 2 * iv.exp(n * iv.log(1 - e)) - iv.exp(n * iv.log(1 - 2 * e))
            gap = share - iv.mpf(delta.numerator) / delta.denominator
            if gap.b <= 0 or gap.a > 0:
                return bool(gap.b <= 0)
        finally:
            iv.dps = before
    return missed(n, error) <= delta


def pooled_squares(x: Matrix) -> Matrix:
    """The ConvNet's two features of inputs (..., d): squares averaged over halves, (..., 2)."""
    half = x.shape[-1] // 2
    return np.asarray((x**2).reshape(*x.shape[:-1], 2, half).mean(axis=-1))


def worst_errors(x: Matrix) -> Matrix:
    """The exact error of the worst threshold consistent with each set of inputs (..., n, d)."""
    z = pooled_squares(x)
    d = x.shape[-1]
    u = special.betainc(d / 4, d / 4, z[..., 0] / z.sum(axis=-1))
    below = np.where(u < 0.5, u, 0).max(axis=-1, initial=0.0)
    above = np.where(u > 0.5, u, 1).min(axis=-1, initial=1.0)
    return np.asarray(np.maximum(0.5 - below, above - 0.5))
