"""Samples needed and samples enough, explicitly: the two ends of the separation of section 10.2."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from scipy import special

from convproof.errors import SpecError, SpecTypeError
from convproof.spec import as_int


@dataclass(frozen=True)
class Bound:
    """A number of samples and the argument that leads to it, its cited theorems named."""

    samples: int
    derivation: str

    def __int__(self) -> int:
        return self.samples

    def __str__(self) -> str:
        return f"{self.samples} samples\n{self.derivation}"


def lower_bound(d: int, error: float, delta: float = 0.5) -> Bound:
    """Samples that every O(d)-equivariant learner of h* needs, proper or not.

    n >= pi^2/(16 ln 2) d (d - 2) (1/2 - error)^2 - log2(1/(1 - delta)), rounded up.

    Args:
        d: dimension of the inputs, even.
        error: the error rate to reach, 0 <= error < 1/2.
        delta: the probability with which it may be missed, 0 <= delta < 1.

    Raises:
        SpecError: for values outside those ranges.

    >>> [lower_bound(d, 0.05).samples for d in (10, 100, 1000)]
    [14, 1766, 179849]
    """
    size = as_int("d", d, 2)
    if size % 2:
        raise SpecError.of("d", d, "an even number", "Q has as many ones as minus ones")
    e = _between("error", error, 0.0, 0.5)
    miss = _between("delta", delta, 0.0, 1.0)
    bits = math.pi**2 / (16 * math.log(2)) * size * (size - 2) * (0.5 - e) ** 2
    samples = max(0, math.ceil(bits + math.log2(1 - miss)))
    return Bound(samples, _LOWER.format(d=size, e=e, delta=miss, bits=bits, n=samples))


_LOWER = """\
1. Equivariance and the rotation invariance of N(0, I): the learner does as well on every
   h* o R as on h*; so let R be Haar distributed.
2. For fixed inputs and seed there are at most 2^n labellings, so at most 2^n outputs g.
3. For any fixed g, f(W) = dist(h_W, g) on the Grassmannian Gr(d/2, d) has mean 1/2, for the
   orthogonal complement of W negates h_W.
4. f is 2/(pi sqrt(d/2))-Lipschitz in geodesic distance: |f(W) - f(W')| <= dist(h_W, h_W'), which
   is (2/pi) E arcsin sqrt(sum sin^2(phi_j) s_j^2) <= (2/pi) sqrt(mean of phi_j^2), since
   sin^2(sqrt u) is concave.
5. The Ricci curvature is d - 2 (Einstein), so P(f <= 1/2 - t) <= exp(-pi^2 d (d - 2) t^2 / 16)
   (cited: concentration under a curvature bound, Bakry and Emery 1985; Ledoux 2001).
6. With t = 1/2 - {e:g} and a union over 2^n outputs: 1 - {delta:g} <= 2^n exp(-...), that is
   n >= {bits:.6g} + log2(1 - {delta:g}); rounded up, {n} at d = {d}."""


def upper_bound(error: float, delta: float = 0.05) -> Bound:
    """Samples that are enough for the ConvNet of Problem 10.2.2, the same at every d.

    The smallest n with 2 (1 - error)^n - (1 - 2 error)^n + 2^(1 - n) <= delta.

    Args:
        error: the error rate to reach, 0 < error < 1/2.
        delta: the probability with which it may be missed, 0 < delta < 1.

    Raises:
        SpecError: for values outside those ranges.

    >>> upper_bound(0.05).samples, upper_bound(0.01).samples
    (72, 366)
    """
    e = _between("error", error, 0.0, 0.5, open_low=True)
    miss = _between("delta", delta, 0.0, 1.0, open_low=True)
    low, high = 0, 1
    while failure(high, e) > miss:
        low, high = high, 2 * high
    while high - low > 1:  # failure falls with n: failure(low) > miss >= failure(high)
        middle = (low + high) // 2
        low, high = (middle, high) if failure(middle, e) > miss else (low, middle)
    return Bound(high, _UPPER.format(e=e, delta=miss, p=failure(high, e), n=high))


_UPPER = """\
1. Square every coordinate, average-pool with window and stride d/2: z1 and z2; threshold
   T = z1/(z1 + z2).  The label is sign(T - 1/2).
2. T has the law Beta(d/4, d/4), symmetric about 1/2, so U = F(T) is uniform at every d and the
   task is a threshold at 1/2.
3. With both labels seen, every threshold consistent with the samples errs by at most {e:g}
   unless no U lies in (1/2 - {e:g}, 1/2) or none in (1/2, 1/2 + {e:g}):
   2 (1 - e)^n - (1 - 2e)^n.
4. All labels equal: 2^(1 - n).
5. The sum is {p:.6g} <= {delta:g} at n = {n}, and larger than {delta:g} before."""


def failure(n: int, error: float) -> float:
    """The bound on the probability that some threshold consistent with n samples errs by more."""
    missed = 2 * (1 - error) ** n - (1 - 2 * error) ** n
    return float(min(1.0, missed + 2.0 ** (1 - n)))


def packing_log2(k: int, distance: float) -> float:
    """log2 of the number of rotations in SO(k) that are pairwise `distance` apart (Frobenius).

    A maximal packing's balls of radius `distance` cover SO(k), and each is inside a geodesic
    ball of radius pi/2 times that, which is no larger than a Euclidean one:
    M >= Vol / (omega_D (pi distance / 2)^D), D = k (k - 1)/2.  At least 0: one rotation is one.

    Args:
        k: size of the rotations, at least 1.
        distance: in the Frobenius norm, positive.

    Raises:
        SpecError: for values outside those ranges.

    >>> round(packing_log2(2, 0.01), 3)
    8.144
    """
    size = as_int("k", k, 1)
    apart = _between("distance", distance, 0.0, math.inf, open_low=True)
    dimension = size * (size - 1) // 2
    ball = log_unit_ball(dimension) + dimension * math.log(math.pi * apart / 2)
    return max(0.0, (log_volume(size) - ball) / math.log(2))


def log_volume(k: int) -> float:
    """ln of the volume of SO(k) in the bi-invariant Frobenius metric.

    SO(j)/SO(j - 1) is the sphere S^(j-1); a rotation in one plane by t has length sqrt(2) t.
    """
    spheres = (
        math.log(2) + j / 2 * math.log(math.pi) - float(special.gammaln(j / 2))
        for j in range(2, k + 1)
    )
    return k * (k - 1) / 4 * math.log(2) + sum(spheres)


def log_unit_ball(dimension: int) -> float:
    """ln of the volume of the Euclidean unit ball."""
    half = dimension / 2
    return half * math.log(math.pi) - float(special.gammaln(half + 1))


def _between(name: str, value: Any, low: float, high: float, open_low: bool = False) -> float:
    sign = "<" if open_low else "<="
    allowed = f"a number with {low:g} {sign} {name} < {high:g}"
    if isinstance(value, bool) or not hasattr(value, "__float__"):
        raise SpecTypeError.of(name, value, allowed)
    number = float(value)
    if not (low <= number < high) or (open_low and number == low):
        raise SpecError.of(name, value, allowed)
    return number
