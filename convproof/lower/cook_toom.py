"""Winograd's minimal filtering, derived: F(m, r) by evaluation at m + r - 2 points and infinity.

Polynomials of degree below m + r - 1 are known by their values at as many points (infinity being
the leading coefficient).  Multiplying values instead of coefficients, and transposing that
(Tellegen's principle), gives m outputs of a correlation with r taps by m + r - 1 products instead
of m*r:

    y = A' [(G g) * (B' d)],   y_i = sum_k g_k d_(i+k)

with, for points a_j and M_j the product of all (x - a_l) but the j-th:  A_(ij) = a_j^i,
G_(jk) = a_j^k / M_j(a_j),  B'_(j.) the coefficients of M_j; at infinity the leading ones.

Sources: A. Toom (1963), S. Cook (1966), S. Winograd, "Arithmetic Complexity of
Computations" (1980), A. Lavin and S. Gray, arXiv 1509.09308.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Matrix, Poly, Rational, S, Symbol, eye

from convproof.errors import LoweringError

Rows = tuple[tuple[Rational, ...], ...]


@dataclass(frozen=True)
class Filter:
    """The three matrices of F(m, r): exact rationals, proved by `check`."""

    outputs: int
    taps: int
    points: tuple[Rational, ...]
    a: Rows  # m x t
    g: Rows  # t x r
    b: Rows  # t x t

    @property
    def size(self) -> int:
        """Products in one dimension, and numbers that a tile reads."""
        return self.outputs + self.taps - 1

    def check(self) -> None:
        """Whether  sum_j A_(ij) G_(jk) B'_(jn) = [n = i + k]  for all i, k, n, exactly.

        That is the identity of the two bilinear forms, coefficient by coefficient; in several
        dimensions it is the same identity on each axis.
        """
        a, g, b = (Matrix(rows) for rows in (self.a, self.g, self.b))
        for i in range(self.outputs):
            for k in range(self.taps):
                weights = [a[i, j] * g[j, k] for j in range(self.size)]
                if Matrix([weights]) * b != eye(self.size)[i + k, :]:
                    raise LoweringError(f"F({self.outputs}, {self.taps}) at {self.points} is wrong")


def filter_of(outputs: int, taps: int, points: Sequence[Rational]) -> Filter:
    """F(outputs, taps) at these points and infinity, derived and checked."""
    size = outputs + taps - 1
    chosen = tuple(Rational(point) for point in points)
    if len(set(chosen)) != size - 1:
        raise LoweringError(f"F({outputs}, {taps}) needs {size - 1} different points")
    x = Symbol("x")
    whole = Poly(1, x)
    for point in chosen:
        whole *= Poly(x - point, x)
    a, g, b = [], [], []
    for point in chosen:
        others = whole.exquo(Poly(x - point, x))
        scale = others.eval(point)
        a.append([point**i for i in range(outputs)])
        g.append([point**k / scale for k in range(taps)])
        b.append(_coefficients(others, size))
    a.append([S.One if i == outputs - 1 else S.Zero for i in range(outputs)])
    g.append([S.One if k == taps - 1 else S.Zero for k in range(taps)])
    b.append(_coefficients(whole, size))
    columns = tuple(tuple(row[i] for row in a) for i in range(outputs))
    found = Filter(outputs, taps, chosen, columns, tuple(map(tuple, g)), tuple(map(tuple, b)))
    found.check()
    return found


def _coefficients(poly: Poly, size: int) -> list[Rational]:
    """Coefficients from the constant term up."""
    return [poly.coeff_monomial(Symbol("x") ** n) for n in range(size)]


def transposed(rows: Rows) -> Rows:
    """The matrix turned over."""
    return tuple(zip(*rows, strict=True))
