"""Polynomials in many variables, of which each term has few: exact, and quick to add and multiply.

A product of monomials is one addition of integers here, where a tuple of exponents would be as long
as there are variables: a certificate of a spectrum makes hundreds of thousands of them.
"""

from __future__ import annotations

import numbers
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

# The exponent of variable i in a monomial is byte i of an integer.
BITS, MOST = 8, 127
Number = int | Fraction


def exact(number: Any) -> Number | None:
    """A real number as an integer or a fraction (a float as the one that it is); else None."""
    if type(number) is int:
        return number
    if not isinstance(number, numbers.Real):
        return None
    found = Fraction(number if isinstance(number, numbers.Rational) else float(number))
    return found.numerator if found.denominator == 1 else found


class Polynomial:
    """A sum of monomials, each with a number that is not zero.

    `degree` is a bound of the exponents, and itself at most `MOST`.

    >>> x, y = Polynomial.variables(["x", "y"])
    >>> (x + 2 * y) * (x - y) / 2
    1/2*x**2 + 1/2*x*y - 1*y**2
    >>> (x + y) * (x - y) == x * x - y * y, x - x == 0
    (True, True)
    """

    __slots__ = ("degree", "names", "terms")

    def __init__(self, terms: Mapping[int, Number], names: Sequence[str], degree: int) -> None:
        self.terms, self.names, self.degree = terms, names, degree
        if degree > MOST:
            raise ArithmeticError(f"a polynomial of degree {degree}: at most {MOST}")

    @classmethod
    def variables(cls, names: Sequence[str]) -> list[Polynomial]:
        """One for each name, independent of each other."""
        return [cls({1 << BITS * place: 1}, names, 1) for place in range(len(names))]

    def _of(self, other: Any) -> Mapping[int, Number] | None:
        """The terms of a polynomial in the same variables, or of a number."""
        if isinstance(other, Polynomial):
            if other.names is not self.names:
                raise ArithmeticError("polynomials in variables of their own do not meet")
            return other.terms
        number = exact(other)
        if number is None:
            return None
        return {0: number} if number else {}

    def __add__(self, other: Any) -> Polynomial:
        terms = self._of(other)
        if terms is None:
            return NotImplemented
        if not terms:
            return self
        found = dict(self.terms)
        for monomial, number in terms.items():
            total = found.get(monomial, 0) + number
            if total:
                found[monomial] = total
            else:
                del found[monomial]
        return Polynomial(found, self.names, max(self.degree, getattr(other, "degree", 0)))

    __radd__ = __add__

    def __neg__(self) -> Polynomial:
        found = {monomial: -number for monomial, number in self.terms.items()}
        return Polynomial(found, self.names, self.degree)

    def __pos__(self) -> Polynomial:
        return self

    def __sub__(self, other: Any) -> Polynomial:
        if isinstance(other, Polynomial):
            return self + -other
        number = exact(other)
        return NotImplemented if number is None else self + -number

    def __rsub__(self, other: Any) -> Polynomial:
        return (-self).__add__(other)

    def __mul__(self, other: Any) -> Polynomial:
        terms = self._of(other)
        if terms is None:
            return NotImplemented
        found: dict[int, Number] = {}
        for one, a in self.terms.items():
            for two, b in terms.items():
                found[one + two] = found.get(one + two, 0) + a * b
        left = {monomial: number for monomial, number in found.items() if number}
        return Polynomial(left, self.names, self.degree + getattr(other, "degree", 0))

    __rmul__ = __mul__

    def __truediv__(self, count: Any) -> Polynomial:
        number = exact(count)
        return NotImplemented if number is None else self * Fraction(1, number)

    def __eq__(self, other: object) -> bool:
        terms = self._of(other)
        return NotImplemented if terms is None else self.terms == terms

    def __hash__(self) -> int:
        if self.terms.keys() <= {0}:  # as the number that it equals
            return hash(self.terms.get(0, 0))
        return hash(frozenset(self.terms.items()))

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __repr__(self) -> str:
        said = " + ".join(
            "*".join([str(number), *self._factors(monomial)]).removeprefix("1*")
            for monomial, number in self.terms.items()
        )
        return said.replace("+ -", "- ") or "0"

    def _factors(self, monomial: int) -> list[str]:
        exponents = monomial.to_bytes(len(self.names), "little")
        named = [(name, e) for name, e in zip(self.names, exponents, strict=True) if e]
        return [name if exponent == 1 else f"{name}**{exponent}" for name, exponent in named]
