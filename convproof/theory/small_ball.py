"""How seldom two independent rotations of h* are close: a small-ball bound on the Grassmannian.

Let k = d/2, W and W' independent and Haar distributed on Gr(k, d), phi_j their principal angles,
x_j = sin^2(phi_j), m their mean.  Then, for every m_0 <= 1/2,

    P(m <= m_0) <= (4 m_0 (1 - m_0))^(k^2/2).

Proof.  Let G be d x k with independent N(0, 1) entries, in blocks G_1 over G_2, and
S = G'G.  G = U S^(1/2) with U uniform on the orthonormal frames and independent of S, for O G has
the law of G and the same S.  The eigenvalues of B = U_2'U_2 are the x_j of the span of G and the
first k coordinates.  Take E exp(-v |G_2|^2 / 2) in two ways: the k^2 entries of G_2 are
independent, so it is (1 + v)^(-k^2/2); and |G_2|^2 = tr(B S), where S is the sum of d independent
g g', so given B it is det(I + v B)^(-k).  Hence

    E prod_j (1 + v x_j)^(-k) = (1 + v)^(-k^2/2)        for every v >= 0,

and by the inequality of the means prod (1 + v x_j) <= (1 + v m)^k, so by Markov's inequality
P(m <= m_0) <= (1 + v)^(-k^2/2) (1 + v m_0)^(k^2).  The best v is (1 - 2 m_0)/m_0.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from convproof.theory.groups import Matrix

# Up to here ratios of gamma functions come from r(x) r(x + 1/2) = x, from there on by the series.
_TABLE = 128
_SERIES = (1.0, -1 / 8, 1 / 128, 5 / 1024, -21 / 32768, -399 / 262144, 869 / 4194304)


def closest_mean(k: Matrix, error: float) -> Matrix:
    """The largest mean of sin^2(phi_j) that two targets at most 2 `error` apart can have.

    By Theorem A and arcsin t >= t, dist >= (2/pi) E sqrt(sum_j x_j s_j^2).  That is concave in x
    on [0, 1]^k, so for a given sum p it is least where all x_j but one are 0 or 1: there it is at
    least B(p), B(p) = sqrt(p) B(1) up to 1 and the line between B(q) and B(q + 1) further on,
    B(q) = E sqrt(s_1^2 + ... + s_q^2) = r(q/2)/r(k/2), r(x) = Gamma(x + 1/2)/Gamma(x).  So
    dist <= 2 error makes p at most the solution of B(p) = pi error; it is returned over k.

    Args:
        k: d/2, any array of numbers.
        error: between 0 and 1/2.
    """
    half = np.asarray(k, dtype=float)
    y = math.pi * error * gamma_ratio(half / 2)
    # r(x)^2 is between x - 1/4 and x, so this q is the right one or one off
    q = np.maximum(1.0, np.floor(2 * y**2))
    q = np.where(gamma_ratio((q + 1) / 2) <= y, q + 1, q)
    q = np.where((gamma_ratio(q / 2) > y) & (q > 1), q - 1, q)
    low, high = gamma_ratio(q / 2), gamma_ratio((q + 1) / 2)
    first = 1 / math.sqrt(math.pi)  # r(1/2)
    p = np.where(y <= first, (y / first) ** 2, q + (y - low) / (high - low))
    return np.asarray(p / half)


def gamma_ratio(x: Matrix) -> Matrix:
    """Gamma(x + 1/2)/Gamma(x) for x = 1/2, 1, 3/2, ..., to 6 units of the last place.

    >>> float(gamma_ratio(np.array(1.0)) * 2 / math.sqrt(math.pi))
    1.0
    """
    small = np.minimum(np.asarray(x, dtype=float), _TABLE / 2)
    large = np.maximum(np.asarray(x, dtype=float), _TABLE / 2)
    series = np.polynomial.polynomial.polyval(1 / large, _SERIES) * np.sqrt(large)
    table = _table()[np.rint(2 * small).astype(int)]
    return np.asarray(np.where(np.asarray(x) < _TABLE / 2, table, series))


@cache
def _table() -> Matrix:
    """r(0) (none), r(1/2), r(1), ...: a fraction times pi^(-1/2), pi^(1/2) in turn."""
    factor, values = Fraction(1), [math.nan]
    for twice in range(1, _TABLE + 1):
        values.append(float(factor) * math.pi ** (0.5 if twice % 2 == 0 else -0.5))
        factor = Fraction(twice, 2) / factor
    return np.array(values)


def small_ball_bits(k: Matrix, error: float) -> Matrix:
    """log2 of 1/P(dist <= 2 error), at least: (k^2/2) log2(1/(4 m (1 - m))), m = `closest_mean`.

    0 where m >= 1/2: the bound then says nothing.  A ratio of gammas is off by 6 units of the last
    place u, y by 9, so p by 60 u p at most (a difference of neighbouring r is 1/(2q) of one), and
    this by k^2/(2 ln 2) times that: by 64 u k^2, u = 2^-53.
    """
    m = np.minimum(closest_mean(k, error), 0.5)
    half = np.asarray(k, dtype=float)
    return np.asarray(-(half**2) / 2 * np.log2(4 * m * (1 - m)))


def small_ball_bits_exact(k: int, error: Fraction, digits: int) -> Any:
    """The same as an mpmath number that is right to `digits` digits after the point.

    Written apart from the array version, root by bisection and gammas by mpmath, so that each
    checks the other.
    """
    import mpmath as mp

    with mp.workdps(digits + 3 * len(str(k)) + 20):
        whole, half = mp.mpf(k), mp.mpf(1) / 2
        e = mp.mpf(error.numerator) / error.denominator

        def mean_root(q: int) -> Any:
            return mp.rf(mp.mpf(q) / 2, half) / mp.rf(whole / 2, half) if q else mp.mpf(0)

        goal = mp.pi * e
        low, high = 0, 1
        while mean_root(high) < goal:
            if high > 2 * k:
                return mp.mpf(0)
            low, high = high, 2 * high
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if mean_root(middle) < goal else (low, middle)
        if low == 0:
            p = (goal / mean_root(1)) ** 2
        else:
            p = low + (goal - mean_root(low)) / (mean_root(high) - mean_root(low))
        m = p / whole
        return mp.mpf(0) if m >= half else -(whole**2) / 2 * mp.log(4 * m * (1 - m), 2)
