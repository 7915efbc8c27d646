"""The three groups that act on the coordinates of an input: signs, permutations, rotations.

Elements are d x d orthogonal matrices.  In floating point, signs and permutations are exact and
rotations are orthogonal to rounding; `rational` gives all three exactly, as fractions.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.random import Generator

from convproof.errors import SpecError
from convproof.spec import as_int, choice

Matrix: TypeAlias = np.ndarray[Any, Any]
Group: TypeAlias = Literal["sign", "permutation", "orthogonal"]
GROUPS: tuple[Group, ...] = get_args(Group)


def signs(d: int, rng: Generator) -> Matrix:
    """A uniform diagonal matrix of signs, d x d, exact.

    >>> np.abs(signs(2, np.random.default_rng(0)))
    array([[1., 0.],
           [0., 1.]])
    """
    return np.diag(rng.choice((-1.0, 1.0), size=d))


def permutation(d: int, rng: Generator) -> Matrix:
    """A uniform permutation matrix, d x d, exact.

    >>> permutation(4, np.random.default_rng(0)).sum(axis=0)
    array([1., 1., 1., 1.])
    """
    return np.eye(d)[rng.permutation(d)]


def haar(d: int, rng: Generator) -> Matrix:
    """A Haar distributed orthogonal matrix, d x d, to rounding.

    QR of a Gaussian matrix, the signs of R's diagonal moved into Q: without that the law is
    not Haar (Mezzadri, "How to generate random matrices from the classical compact groups",
    Notices of the AMS 54, 2007).

    >>> r = haar(3, np.random.default_rng(0))
    >>> bool(np.allclose(r @ r.T, np.eye(3)))
    True
    """
    q, r = np.linalg.qr(rng.standard_normal((d, d)))
    signs_of_r: Matrix = np.where(np.diag(r) < 0, -1.0, 1.0)
    return np.asarray(q * signs_of_r)


def element(group: str, d: int, rng: Generator) -> Matrix:
    """A uniform element of `group` on d coordinates, as a float64 matrix, never the identity.

    The identity is drawn again: a check that meets only the identity checks nothing.

    Args:
        group: "sign", "permutation" or "orthogonal".
        d: coordinates, at least 2.
        rng: where the randomness comes from.

    Raises:
        SpecError: for another group, or d below 2.
    """
    make = {"sign": signs, "permutation": permutation, "orthogonal": haar}
    chosen = make[choice("group", group, GROUPS)]
    size = as_int("d", d, 2)
    while True:
        matrix = chosen(size, rng)
        if not np.array_equal(matrix, np.eye(size)):
            return matrix


def rational(group: str, d: int, rng: Generator) -> Matrix:
    """A random element of `group` whose entries are exact fractions (dtype object), d x d.

    Rotations are Cayley transforms (I - A)(I + A)^-1 of rational skew A: I + A is never
    singular, for the eigenvalues of A are imaginary.  Times random signs, so that both
    determinants occur.  The law is not Haar, the orthogonality is exact.

    >>> r = rational("orthogonal", 3, np.random.default_rng(0))
    >>> bool(np.all(r @ r.T == np.eye(3, dtype=int)))
    True
    """
    if group != "orthogonal":
        return exact(element(group, d, rng).astype(int))
    size = as_int("d", d, 2)
    skew = exact(np.zeros((size, size), dtype=int))
    while not np.any(skew):
        for i, j in itertools.combinations(range(size), 2):
            skew[i, j] = Fraction(int(rng.integers(-3, 4)), int(rng.integers(1, 4)))
            skew[j, i] = -skew[i, j]
    unit = exact(np.eye(size, dtype=int))
    turned: Matrix = (unit - skew) @ _inverse(unit + skew) @ exact(signs(size, rng).astype(int))
    return turned


def exact(values: Matrix | Sequence[Any]) -> Matrix:
    """`values` as an array of fractions (dtype object); integers and fractions only.

    Raises:
        SpecError: for a float, which is seldom the number that was meant.

    >>> exact([1, 2]) / 3
    array([Fraction(1, 3), Fraction(2, 3)], dtype=object)
    """
    given = np.asarray(values, dtype=object)
    out = np.empty(given.shape, dtype=object)
    for place, value in np.ndenumerate(given):
        if isinstance(value, float):
            raise SpecError.of("values", value, "integers and fractions")
        out[place] = Fraction(value)
    return out


def _inverse(matrix: Matrix) -> Matrix:
    """The exact inverse of a matrix of fractions, by SymPy's exact linear algebra."""
    from sympy import QQ
    from sympy.polys.matrices import DomainMatrix

    rows = [[QQ(entry.numerator, entry.denominator) for entry in row] for row in matrix]
    inverse = DomainMatrix(rows, matrix.shape, QQ).inv().to_list()
    return exact([[Fraction(int(q.numerator), int(q.denominator)) for q in row] for row in inverse])
