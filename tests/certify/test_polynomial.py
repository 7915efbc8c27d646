"""Polynomials: SymPy's own, in every operation; what they do not stand for is refused."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sympy as sp

from convproof.certify.polynomial import MOST, Polynomial

NAMES = ["x", "y", "z"]


def pair(rng: np.random.Generator) -> tuple[Polynomial, sp.Expr]:
    """One polynomial twice: ours and SymPy's."""
    ours, theirs = Polynomial.variables(NAMES), sp.symbols(NAMES)
    one, other = ours[0] - ours[0], sp.Integer(0)
    for _ in range(rng.integers(0, 5)):
        number, i, j = int(rng.integers(-3, 4)), *rng.integers(0, 3, 2)
        one, other = one + number * ours[i] * ours[j], other + number * theirs[i] * theirs[j]
    return one / 2, other / 2


def same(ours: Polynomial, theirs: sp.Expr) -> bool:
    read = sp.sympify(repr(ours), dict(zip(NAMES, sp.symbols(NAMES), strict=True)), rational=True)
    return bool(sp.expand(read - theirs) == 0)


def test_they_are_sympys():
    rng = np.random.default_rng(3)
    ours = [pair(rng) for _ in range(12)]
    assert all(same(a, b) for a, b in ours)
    assert not same(ours[0][0] + Polynomial.variables(NAMES)[0], ours[0][1])
    # of one list of names
    names = NAMES[:]
    x, y, z = Polynomial.variables(names)
    a, b, c = sp.symbols(NAMES)
    one, other = x * y - 2 * z + Fraction(1, 3), a * b - 2 * c + sp.Rational(1, 3)
    two, another = z * z - x, c * c - a
    for found, right in (
        (one + two, other + another),
        (one - two, other - another),
        (one * two, other * another),
        (-one, -other),
        (+one, other),
        (one / 7, other / 7),
        (one / Fraction(2, 3), other * 3 / 2),
        (5 - one, 5 - other),
        (one - 5, other - 5),
        (0.5 * one, other / 2),
        (np.int64(3) * one, 3 * other),
        (one * np.float64(0.25) + np.int64(2), other / 4 + 2),
        (sp.Rational(1, 3) * one, other / 3),
        (one * two * one - one * (two * one), sp.Integer(0)),
    ):
        assert same(found, right), (found, right)


def test_what_is_left_of_nothing_is_zero():
    x, y = Polynomial.variables(NAMES[:2])
    assert x - x == 0
    assert not x * y - y * x
    assert repr(x - x) == "0"
    assert x + y * 0 == x
    assert (x - x + 3) == 3 != x
    assert x != y
    assert {x - x + 3: "three"}[3] == "three"
    assert hash(x * y) == hash(y * x)
    assert np.array([x, y], object).sum() == x + y


def test_what_is_no_number_and_no_polynomial_of_these_is_refused():
    (x,), (y,) = Polynomial.variables(["x"]), Polynomial.variables(["x"])
    assert x != "x"
    for wrong in ("1", None, 1j):
        with pytest.raises(TypeError):
            x + wrong
        with pytest.raises(TypeError):
            x - wrong
        with pytest.raises(TypeError):
            x * wrong
        with pytest.raises(TypeError):
            x / wrong
    with pytest.raises(ArithmeticError, match="variables of their own"):
        x + y
    with pytest.raises(ValueError, match="NaN"):
        x * float("nan")


def test_an_exponent_does_not_run_into_the_next_variable():
    x, y = Polynomial.variables(["x", "y"])
    power = x
    for _ in range(MOST - 1):
        power = power * x
    assert repr(power * 1) == f"x**{MOST}"
    with pytest.raises(ArithmeticError, match="degree"):
        power * y
