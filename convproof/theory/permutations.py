"""Samples that permutation-equivariant learners need: Adam and its kin have a bound of their own.

h* o P for a permutation P is the sign of a sum with k = d/2 plus signs.  Two of these with j of
their plus signs exchanged have j principal angles of pi/2 and the others 0, so their distance is
(2/pi) E arcsin sqrt(T), T ~ Beta(j/2, (k - j)/2), growing with j; and for random P the number j is
hypergeometric: P(j) = C(k, j)^2 / C(d, k).
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from convproof.theory.arguments import even, rate
from convproof.theory.bounds import Bound
from convproof.theory.distance import angle_distance


def permutation_lower_bound(d: int, error: Any, delta: Any = 0.5) -> Bound:
    """Samples that every permutation-equivariant learner of h* needs.

    n >= log2(1/P(dist <= 2 error)) - log2(1/(1 - delta)), the probability over a random
    permutation of the coordinates, exactly.

    Args:
        d: dimension of the inputs, even.
        error: the error rate to reach, 0 < error < 1/2.
        delta: the probability with which it may be missed, 0 <= delta < 1.

    Raises:
        SpecError: for values outside those ranges.

    >>> [permutation_lower_bound(d, 0.05).samples for d in (10, 100, 1000)]
    [7, 85, 837]
    """
    size = even("d", d)
    e, miss = rate("error", error, Fraction(1, 2)), rate("delta", delta, Fraction(1), zero=True)
    k = size // 2
    near, far = 0, k + 1  # the most exchanges that stay within 2 error; the distance grows with j
    while far - near > 1:
        middle = (near + far) // 2
        apart = angle_distance([math.pi / 2] * middle + [0.0] * (k - middle))
        near, far = (middle, far) if apart.low <= 2 * float(e) else (near, middle)
    ways = sum(math.comb(k, j) ** 2 for j in range(near + 1))
    share = Fraction(ways, math.comb(size, k)) / (1 - miss)
    bits = _log2(share.denominator) - _log2(share.numerator)
    samples = max(0, math.ceil(bits - 1e-9))  # the logarithms of integers are right to 1e-12
    return Bound(samples, _TEXT.format(k=k, near=near, e=float(e), n=samples), "permutations")


def _log2(number: int) -> float:
    """log2 of an integer of any size: the top 53 bits decide."""
    shift = max(0, number.bit_length() - 53)
    return shift + math.log2(number >> shift)


_TEXT = """\
1. Equivariance and the invariance of N(0, I) under permutations: the learner does as well on every
   h* o P as on h*; so let P be uniform.
2. For fixed inputs and seed there are at most 2^n outputs, and the targets within {e:g} of one are
   within 2 * {e:g} of each other.
3. Two targets that exchange j of their {k} plus signs are (2/pi) E arcsin sqrt(Beta(j/2, (k-j)/2))
   apart: at most 2 * {e:g} for j <= {near} only.
4. P(j <= {near}) is hypergeometric; a union over 2^n outputs gives n >= {n}."""
