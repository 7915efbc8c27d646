"""Packings: how many functions h* o R are pairwise far apart, by volumes and by building them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy import special

from convproof.errors import SpecError
from convproof.spec import as_int
from convproof.theory.arguments import even, fraction
from convproof.theory.distance import angle_distance, principal_angles
from convproof.theory.groups import Matrix, haar
from convproof.theory.small_ball import gamma_ratio, small_ball_bits

# dist(h_U, h_W) >= |U - W|_F / (DISTANCE r(k/2)) for U, W in O(k) with det(UW') = 1, where
# r(x) = Gamma(x + 1/2)/Gamma(x) <= sqrt(x).  For (1/pi) E arccos(u'Zu), Z = UW' a rotation by
# angles t_j, is at least (sqrt2/pi) E sqrt(sum over planes of (1 - cos t_j)(u_1^2 + u_2^2)),
# concave in 1 - cos t_j, so least with one angle, where the mean is (sqrt(pi)/2)/r(k/2);
# and |U - W|^2 = 4 sum over planes of (1 - cos t_j).
DISTANCE = 2 * math.sqrt(2 * math.pi)


def subfamily_distance(k: Matrix, apart: float) -> Matrix:
    """The Frobenius distance from which on sign(u'Uv), sign(u'Wv) are `apart` or more.

    >>> round(float(subfamily_distance(np.array(50), 0.1)), 4)
    2.4941
    """
    return np.asarray(apart * DISTANCE * gamma_ratio(np.asarray(k) / 2))


def packing_log2(k: int, distance: float) -> float:
    """log2 of how many U in SO(k) are pairwise `distance` apart, at least (Frobenius norm).

    Each of them is a function of its own, h_U(u, v) = sign(u'Uv) on R^k x R^k: the subfamily of
    Theorem D, all of them rotations of h* in d = 2k dimensions, and
    dist(h_U, h_W) >= |U - W|_F / (2 sqrt(pi k)).  It does not count rotations of R^d, of which
    many are one function; for the functions of the whole Grassmannian see `grassmannian_log2`.

    A maximal packing's balls of radius `distance` cover SO(k); each is inside a geodesic ball of
    radius pi/2 times that, no larger than a Euclidean one (Bishop and Gromov, cited):
    M >= Vol / (omega_D (pi distance / 2)^D), D = k (k - 1)/2.  At least 0: one U is one.

    Args:
        k: size of the rotations, at least 1.
        distance: in the Frobenius norm, positive.

    Raises:
        SpecError: for values outside those ranges.

    >>> round(packing_log2(2, 0.01), 3)
    8.144
    """
    size = as_int("k", k, 1)
    apart = float(fraction("distance", distance, "a positive number"))
    if not 0 < apart < math.inf:
        raise SpecError.of("distance", distance, "a positive number")
    return float(packing_bits(np.array([size]), apart)[0])


def packing_bits(k: Matrix, distance: Any) -> Matrix:
    """`packing_log2` over an array of sizes, with one distance each or for all."""
    sizes = np.asarray(k, dtype=int)
    volume = np.concatenate([[0.0], np.cumsum(_log_spheres(int(sizes.max())))])[sizes - 1]
    volume = volume + sizes * (sizes - 1) / 4 * math.log(2)
    dimension = sizes * (sizes - 1.0) / 2
    ball = log_unit_ball(dimension) + dimension * np.log(math.pi * np.asarray(distance) / 2)
    return np.asarray(np.maximum(0.0, (volume - ball) / math.log(2)))


def log_volume(k: int) -> float:
    """ln of the volume of SO(k) in the bi-invariant Frobenius metric.

    SO(j)/SO(j - 1) is the sphere S^(j-1); a rotation in one plane by t has length sqrt(2) t.
    """
    return k * (k - 1) / 4 * math.log(2) + float(_log_spheres(k).sum())


def _log_spheres(k: int) -> Matrix:
    """ln of the areas of S^1, ..., S^(k-1)."""
    half = np.arange(2, k + 1) / 2
    return np.asarray(math.log(2) + half * math.log(math.pi) - special.gammaln(half))


def log_unit_ball(dimension: Any) -> Any:
    """ln of the volume of the Euclidean unit ball."""
    half = np.asarray(dimension) / 2
    return half * math.log(math.pi) - special.gammaln(half + 1)


def grassmannian_log2(d: int, distance: float) -> float:
    """log2 of how many functions h* o R are pairwise more than `distance` apart, at least.

    A maximal packing's balls cover the Grassmannian, and one holds at most the share
    P(dist <= distance) of `small_ball`: M >= 1/P.  It counts functions, of which there are
    d^2/4 dimensions, not rotations.

    Args:
        d: dimension of the inputs, even.
        distance: a probability of disagreement, between 0 and 1.

    Raises:
        SpecError: for values outside those ranges.

    >>> grassmannian_log2(100, 0.1) > 3680
    True
    """
    size = even("d", d)
    apart = float(fraction("distance", distance, "a number with 0 < distance < 1"))
    if not 0 < apart < 1:
        raise SpecError.of("distance", distance, "a number with 0 < distance < 1")
    return float(small_ball_bits(np.array([size // 2]), apart / 2)[0])


def greedy_packing(d: int, distance: float, tries: int, seed: int = 0) -> list[Matrix]:
    """Rotations whose functions h* o R are pairwise at least `distance` apart, found greedily.

    Each of `tries` Haar rotations is kept if it is far from all that are kept: how many there are
    is what `grassmannian_log2` bounds from below, for a packing to which nothing can be added.

    Raises:
        SpecError: for an odd d.
    """
    size, rng = even("d", d), np.random.default_rng(seed)
    kept: list[Matrix] = []
    for _ in range(tries):
        one = haar(size, rng)
        if all(_apart(principal_angles(one, two), distance) for two in kept):
            kept.append(one)
    return kept


def _apart(phi: Matrix, distance: float) -> bool:
    """Whether the targets are so far apart: by Theorem B's lower bound, else by the integral."""
    root = math.sqrt(float(np.sum(np.sin(phi) ** 2)))
    low = (
        2 / math.pi * root * float(gamma_ratio(np.array(0.5)) / gamma_ratio(np.array(len(phi) / 2)))
    )
    return low > distance * (1 + 1e-9) or angle_distance(phi).low >= distance
