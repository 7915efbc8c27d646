"""How often two rotations of the target h*(x) = sign(x'Qx) disagree on Gaussian inputs.

Q = diag(1, ..., 1, -1, ..., -1) with d/2 of each.  h*(R x) depends on R through the +1 eigenspace
of R'QR alone, so the distance is a function of the principal angles between two subspaces.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import linalg

from convproof.errors import SpecError
from convproof.theory.estimate import Estimate
from convproof.theory.groups import Matrix
from convproof.theory.quadrature import mean_angle
from convproof.theory.rounding import U64

# A matrix further from orthogonal than this is taken for a mistake; below it, the defect is
# part of the error that is reported.
_DEFECT = 1e-6


def target(d: int) -> Matrix:
    """Q: the diagonal matrix of d/2 ones, then d/2 minus ones; integers.

    >>> target(4).diagonal()
    array([ 1,  1, -1, -1])
    """
    half = d // 2
    return np.diag([1] * half + [-1] * half)


def rotated_form(rotation: Matrix) -> Matrix:
    """R'QR, the quadratic form whose sign h*(R x) is; exact for fractions."""
    form: Matrix = rotation.T @ target(len(rotation)) @ rotation
    return form


def principal_angles(first: Any, second: Any) -> Matrix:
    """The angles in [0, pi/2] between the +1 eigenspaces of R_1'QR_1 and R_2'QR_2, (d/2,).

    Both sines and cosines come from singular values, so that small angles keep their digits.

    Raises:
        SpecError: unless both are orthogonal, of one even size.

    >>> principal_angles(np.eye(4), -np.eye(4))
    array([0., 0.])
    """
    one, two = _checked("R1", first), _checked("R2", second)
    if one.shape != two.shape:
        raise SpecError.of("R2", f"a matrix of shape {two.shape}", f"one of R1's {one.shape}")
    half = len(one) // 2
    cosines = linalg.svdvals(one[:half] @ two[:half].T)
    sines = linalg.svdvals(one[:half] @ two[half:].T)[::-1]
    return np.arctan2(sines, cosines)


def rotation_distance(R1: Any, R2: Any) -> Estimate:
    """P[h*(R1 x) != h*(R2 x)] for x ~ N(0, I): the exact formula, by quadrature.

    h*(x) = sign(x'Qx), Q = diag(1, ..., 1, -1, ..., -1) with d/2 of each.
    dist = (2/pi) E arcsin sqrt(sum_j sin^2(phi_j) s_j^2), s uniform on the sphere of R^(d/2),
    phi the principal angles, in radians, between the +1 eigenspaces of R1'QR1 and R2'QR2.

    Args:
        R1: an orthogonal matrix, (d, d), d even.
        R2: another of the same size.

    Returns:
        the estimate of a probability; its error is a theorem's bound on the quadrature
        (`quadrature`), plus what rounding and the defect of R R' = I can do (the distance is
        2/pi-Lipschitz in the largest change of an angle).

    Raises:
        SpecError: unless both are orthogonal, of one even size.

    >>> flip = np.diag([-1.0, 1.0, 1.0, 1.0])
    >>> rotation_distance(np.eye(4), flip).value  # the same function, although R1 != R2
    0.0
    >>> turn = np.kron([[0.0, 1.0], [1.0, 0.0]], np.eye(2))  # swaps the halves
    >>> rotation_distance(np.eye(4), turn).value
    1.0
    """
    angles = principal_angles(R1, R2)
    defect = max(_defect(np.asarray(m, dtype=float)) for m in (R1, R2))
    estimate = angle_distance(angles)
    slack = 2 * defect + 8 * len(angles) * U64 if defect or np.any(angles % (np.pi / 2)) else 0.0
    return Estimate(estimate.value, estimate.error + slack, estimate.method)


def angle_distance(angles: Sequence[float] | Matrix) -> Estimate:
    """The distance as a function of the principal angles; equal angles give (2/pi) phi exactly.

    >>> angle_distance([math.pi / 8] * 3).value
    0.25
    """
    phi = np.asarray(angles, dtype=float)
    if np.ptp(phi) == 0:  # the sum is sin^2(phi) for every s
        return Estimate(float(2 * phi[0] / math.pi), 2 * U64, "closed form for equal angles")
    value, error = mean_angle(phi)
    return Estimate(min(max(value, 0.0), 1.0), error, "trapezoidal rule with a proved error")


def mean_argument(
    angles: Sequence[float] | Matrix, *, samples: int = 200_000, seed: int = 0
) -> Estimate:
    """The distance by another formula, E |arg(B/A)|/pi, with a 99.9 % confidence interval.

    In bisecting coordinates the two forms are the real parts of A = sum e^(-i phi_j) z_j^2 and
    B = sum e^(i phi_j) z_j^2, z complex Gaussian.  Turning all z_j by one angle keeps their law and
    turns A and B together, so given A and B up to that turn the signs differ with probability
    |arg(B/A)|/pi.  Neither the law of the pair nor the arctan of Theorem A is used.

    >>> mean_argument([math.pi / 8] * 3, samples=1000).covers(0.25)
    True
    """
    rng, phi = np.random.default_rng(seed), np.asarray(angles, dtype=float)
    z = rng.standard_normal((samples, len(phi))) + 1j * rng.standard_normal((samples, len(phi)))
    first, second = z**2 @ np.exp(-1j * phi), z**2 @ np.exp(1j * phi)
    share = np.abs(np.angle(second * first.conj())) / math.pi
    # Hoeffding's inequality, in Maurer and Pontil's form with the empirical variance (2009)
    logs = math.log(2 / 5e-4)
    error = math.sqrt(2 * float(share.var(ddof=1)) * logs / samples) + 7 * logs / (3 * samples - 3)
    how = f"{samples} samples, seed {seed}, 99.9 % confidence (empirical Bernstein)"
    return Estimate(float(share.mean()), error, how)


def _checked(name: str, matrix: Any) -> Matrix:
    given = np.asarray(matrix)
    if given.ndim != 2 or given.shape[0] != given.shape[1] or len(given) % 2 or not given.size:
        raise SpecError.of(name, f"an array of shape {given.shape}", "a (d, d) matrix, d even")
    try:
        values = given.astype(float)
    except (TypeError, ValueError):
        raise SpecError.of(name, matrix, "a matrix of real numbers") from None
    if not np.all(np.isfinite(values)):
        raise SpecError.of(name, "a matrix with a NaN or an infinity", "finite numbers")
    if _defect(values) > _DEFECT:
        allowed = f"an orthogonal matrix: R R' = I to {_DEFECT:g}"
        raise SpecError.of(name, f"a matrix with R R' off by {_defect(values):.1e}", allowed)
    return values


def _defect(matrix: Matrix) -> float:
    return float(np.linalg.norm(matrix @ matrix.T - np.eye(len(matrix)), 2))
