"""How often two rotations of the target h*(x) = sign(x'Qx) disagree on Gaussian inputs.

Q = diag(1, ..., 1, -1, ..., -1) with d/2 of each.  h*(R x) depends on R through the +1 eigenspace
of R'QR alone, so the distance is a function of the principal angles between two subspaces.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import linalg, special

from convproof.errors import SpecError
from convproof.theory.estimate import Estimate
from convproof.theory.groups import Matrix
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

    dist = (2/pi) E arcsin sqrt(sum_j sin^2(phi_j) s_j^2), s uniform on the sphere of R^(d/2),
    phi the principal angles.

    Args:
        R1: an orthogonal matrix, (d, d), d even.
        R2: another of the same size.

    Returns:
        the estimate; its error is the change from halving the quadrature's step, plus what
        rounding and the defect of R'R = I can do (the distance is 2/pi-Lipschitz in the
        largest change of an angle).

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
    coarse, fine = (_mean_arcsine(phi, step) for step in (1 / 16, 1 / 32))
    value = min(max(0.5 - fine / math.pi, 0.0), 1.0)
    error = abs(fine - coarse) / math.pi + 64 * U64
    return Estimate(value, error, "double exponential quadrature, step halved")


def _mean_arcsine(phi: Matrix, step: float) -> float:
    """E arcsin(c) for c = sum_j cos(2 phi_j) s_j^2: arcsin sqrt(t) is pi/4 - arcsin(1 - 2t)/2.

    arcsin(c) = (1/pi) int_{-1}^{1} arccosh(1/|z|) c/(1 + z c) dz, and with s = g/|g|, g Gaussian,
    E c/(1 + z c) = int_0^oo sum_j [c_j/(1 + 2t b_j)] prod_j (1 + 2t b_j)^(-1/2) dt, where
    c_j = cos(2 phi_j) and b_j = 1 + z c_j.
    """
    # tanh-sinh on (0, 1) for |z|, by its distance w from 1; exp-sinh on (0, oo) for t.
    outer = np.arange(-4.0, 4.0 + step, step)
    w = special.expit(-np.pi * np.sinh(outer))
    z = special.expit(np.pi * np.sinh(outer))
    weight = np.pi * np.cosh(outer) * w * z * step
    weight = weight * np.log((1 + np.sqrt(w * (2 - w))) / z)
    inner = np.arange(-4.5, 4.5 + step, step)
    t = np.exp(np.pi / 2 * np.sinh(inner))
    density = np.pi / 2 * np.cosh(inner) * t * step
    c, total = np.cos(2 * phi), 0.0
    rows = max(1, 2_000_000 // (len(c) * len(t)))  # outer nodes at a time, to bound the memory
    for edge, sign in ((2 * np.cos(phi) ** 2, -1), (2 * np.sin(phi) ** 2, 1)):
        for start in range(0, len(w), rows):
            part = slice(start, start + rows)
            # b = 1 + z c, then 1 - z c, without cancellation; grow[z, j, t] = 1 + 2 t b
            b = edge + sign * np.multiply.outer(w[part], c)
            grow = 1 + 2 * np.multiply.outer(np.maximum(b, 0), t)
            bulk = np.exp(-0.5 * np.log(grow).sum(axis=1))
            slope = np.einsum("j,ajt->at", c, 1 / grow)
            total += float(weight[part] @ ((slope * bulk) @ density))
    return total / math.pi


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
