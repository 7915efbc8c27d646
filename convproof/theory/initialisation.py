"""Which initialisations a rotation leaves alone: the kurtosis of w'v over directions v.

If the law of w is that of R w for every rotation R, then w'v has the same law for all unit v.
So one direction with another kurtosis refutes invariance, and for entries that are independent
with a common law the exact moments say which directions differ.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from scipy import special

from convproof.errors import SpecError
from convproof.spec import choice
from convproof.theory.estimate import Estimate
from convproof.theory.groups import Matrix

LAWS = ("gaussian", "uniform")


def moment(law: str, order: int) -> Any:
    """E w^order of one entry, exactly, as SymPy integrates it; uniform means on [-1, 1].

    >>> moment("gaussian", 4), moment("uniform", 4)
    (3, 1/5)
    """
    import sympy as sp

    w = sp.Symbol("w", real=True)
    if choice("law", law, LAWS) == "gaussian":
        density, end = sp.exp(-(w**2) / 2) / sp.sqrt(2 * sp.pi), sp.oo
    else:
        density, end = sp.Rational(1, 2), sp.Integer(1)
    return sp.simplify(sp.integrate(w**order * density, (w, -end, end)))


def projected_moment(law: str, direction: Sequence[Any], order: int) -> Any:
    """E (w'v)^order for independent entries, by the multinomial theorem; v any SymPy numbers."""
    import sympy as sp

    moments = [moment(law, power) for power in range(order + 1)]
    total: Any = sp.Integer(0)
    for powers in _compositions(order, len(direction)):
        term: Any = sp.Integer(math.factorial(order))
        for power, v in zip(powers, direction, strict=True):
            term = term * moments[power] * v**power / math.factorial(power)
        total += term
    return sp.expand(total)


def kurtosis(law: str, direction: Sequence[Any]) -> Any:
    """E (w'v)^4 / (E (w'v)^2)^2, exactly: 3 for Gaussian entries whatever v is.

    >>> import sympy as sp
    >>> kurtosis("uniform", (1, 0)), kurtosis("uniform", (1, 1))
    (9/5, 12/5)
    >>> kurtosis("gaussian", sp.symbols("a b c"))
    3

    Raises:
        SpecError: for the zero direction.
    """
    import sympy as sp

    square = projected_moment(law, direction, 2)
    if square == 0:
        raise SpecError.of("direction", tuple(direction), "a vector other than zero")
    return sp.cancel(projected_moment(law, direction, 4) / square**2)


def diagonal_kurtosis(law: str) -> Any:
    """The kurtosis at v = (1, ..., 1)/sqrt(d) as an expression in d, from d = 2, 3 and 4.

    E (w'v)^4 = d m4 / d^2 + 3 d (d - 1) m2^2 / d^2: a polynomial of degree 1 in 1/d, fixed by
    two values of d; the third must agree.

    >>> diagonal_kurtosis("uniform")
    3 - 6/(5*d)
    """
    import sympy as sp

    d = sp.Symbol("d", positive=True)
    values = {size: kurtosis(law, (1,) * size) for size in (2, 3, 4)}
    slope = (values[2] - values[3]) / (sp.Rational(1, 2) - sp.Rational(1, 3))
    line = sp.expand(values[2] + slope * (1 / d - sp.Rational(1, 2)))
    if line.subs(d, 4) != values[4]:
        raise ArithmeticError(f"the kurtosis is not a line in 1/d: {values}")
    return line


def measured_kurtosis(
    law: str, direction: Matrix, *, samples: int = 200_000, seed: int = 0
) -> Estimate:
    """The kurtosis of w'v from `samples` draws of w, with a 99.9 % confidence interval.

    The interval is that of the delta method: kurtosis m4/m2^2 has the influence function
    (t^4 - m4)/m2^2 - 2 m4 (t^2 - m2)/m2^3 at t = w'v.
    """
    rng = np.random.default_rng(seed)
    d = len(direction)
    if choice("law", law, LAWS) == "gaussian":
        w = rng.standard_normal((samples, d))
    else:
        w = rng.uniform(-1, 1, (samples, d))
    t = w @ np.asarray(direction, dtype=float)
    m2, m4 = np.mean(t**2), np.mean(t**4)
    influence = (t**4 - m4) / m2**2 - 2 * m4 * (t**2 - m2) / m2**3
    z = float(special.ndtri(0.9995))
    error = z * float(np.std(influence, ddof=1)) / math.sqrt(samples)
    how = f"Monte Carlo, {samples} samples, seed {seed}, 99.9 % confidence"
    return Estimate(float(m4 / m2**2), error, how)


def _compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """The ways to write `total` as an ordered sum of `parts` integers >= 0."""
    if parts == 1:
        yield (total,)
        return
    for head in range(total + 1):
        for tail in _compositions(total - head, parts - 1):
            yield (head, *tail)
