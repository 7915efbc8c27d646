"""The distance formula of Theorem A as a double integral whose quadrature error is a theorem.

With x_j = sin^2(phi_j), h Gaussian, P = sum x_j h_j^2 and Q = sum (1 - x_j) h_j^2,
dist = (2/pi) E arctan sqrt(P/Q).  Two representations make it an integral of positive functions:

    (2/pi) arctan sqrt(r) = (2/pi^2) int r/(r + e^(2y)) (-ln tanh(|y|/2)) dy      (over all real y),
    K(v) = E P/(P + v Q) = int_0^oo sum_j [x_j/(1 + 2 t b_j)] prod_j (1 + 2 t b_j)^(-1/2) dt,

b_j = x_j + v (1 - x_j).  Folding y and putting e^y = 1 + e^u, and t = e^s:

    dist = (2/pi^2) int ln(1 + 2 e^(-u))/(1 + e^(-u)) [K(v) + K(1/v)] du,   v = (1 + e^u)^2.

Both integrands are analytic in a strip about the real line, and there |1 + r e^(ia)| >=
(1 + r) cos(a/2) bounds them by what they are on the line: for |Im u| <= a the outer one's integral
is at most M = 1/(cos(a) cos^2(a/2)), for |Im s| <= a the inner one's at most cos(a/2)^-(k/2 + 1).
The trapezoidal rule of step h then errs by at most 2 M/(e^(2 pi a/h) - 1) (Trefethen and Weideman,
SIAM Review 56, 2014, Theorem 5.1).  The nodes that are left out have at most: (4/pi^2)(U + 3)
e^(-U) below -U and (4/pi^2) 2 e^(-U) above U, where the integrand falls; below t, k t; above t,
e^h prod (1 + 2 t b_j)^(-1/2), for x_j <= b_j makes the integrand at most minus the derivative of
that product by s, which grows by no more than e^h within a step.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from convproof.theory.groups import Matrix
from convproof.theory.rounding import U64

CUT = 4 / math.pi**2
_FACTORS = 4  # of at most e^170 each: their product stays below the largest float64


def outer_error(step: float) -> float:
    """The bound on the outer rule's error, at the best width of the strip."""
    return _least(lambda a: -math.log(math.cos(a) * math.cos(a / 2) ** 2), step, math.pi / 2)


def inner_error(step: float, k: int) -> float:
    """The bound on the inner rule's error for k angles."""
    return _least(lambda a: -(k / 2 + 1) * math.log(math.cos(a / 2)), step, math.pi)


def _least(log_size: Callable[[float], float], step: float, width: float) -> float:
    """The least of 2 M(a)/(e^(2 pi a/h) - 1) over some a: each of them is a bound."""
    found = math.inf
    for part in range(1, 256):
        a = width * part / 256
        turns = 2 * math.pi * a / step
        found = min(found, log_size(a) - turns - math.log1p(-math.exp(-turns)))
    return 2 * math.exp(min(found, 700.0))


def step_for(error: Callable[[float], float], goal: float) -> float:
    """The largest step, of a fine scale, whose error is at most `goal`."""
    step = 2.0
    while error(step) > goal:
        step *= 0.97
    return step


def cut_error(u: float) -> float:
    """What the outer integral has beyond -u and u."""
    return CUT * (u + 5) * math.exp(-u)


def mean_angle(phi: Matrix, goal: float = 1e-15) -> tuple[float, float]:
    """(2/pi) E arctan sqrt(P/Q), and what it can be off by, rounding included; phi (k,).

    >>> value, error = mean_angle(np.array([math.pi / 8] * 3))
    >>> abs(value - 0.25) <= error < 1e-12
    True
    """
    x, rest = np.sin(phi) ** 2, np.cos(phi) ** 2
    k = len(phi)
    wide, fine = step_for(outer_error, goal), step_for(lambda h: inner_error(h, k), goal)
    end = 1.0
    while cut_error(end) > goal:
        end += 1.0
    u = np.arange(-math.ceil(end / wide), math.ceil(end / wide) + 1) * wide
    weight = wide * 2 / math.pi**2 * np.log1p(2 * np.exp(-u)) / (1 + np.exp(-u))
    low = math.log(goal / k)
    value, error = 0.0, outer_error(wide) + inner_error(fine, k) + cut_error(end) + goal
    for sign in (1, -1):
        v = np.exp(sign * 2 * np.logaddexp(0, u))
        b = x + np.multiply.outer(v, rest)  # (nodes, k)
        high = 0.0  # where the tail beyond is below the goal, or at worst where it is counted
        while (tail := float(weight @ _product(b, math.exp(high)))) > goal and high < 160:
            high += 4.0
        t = np.exp(np.arange(math.floor(low / fine), math.ceil(high / fine) + 1) * fine)
        # rows of nodes at a time, to bound the memory
        rows = max(1, 1_000_000 // len(t))
        for start in range(0, len(v), rows):
            part = slice(start, start + rows)
            value += float(weight[part] @ _inner(x, b[part], t)) * fine
        error += tail * math.exp(fine)
    # a factor, its logarithm and their sum, whose root matters down to the goal; k terms; weights
    return value, error + (5 * k + 120) * U64 * value


def _inner(x: Matrix, b: Matrix, t: Matrix) -> Matrix:
    """sum over t of t sum_j x_j/(1 + 2 t b_j) prod_j (1 + 2 t b_j)^(-1/2), for each row of b."""
    slope = np.zeros((len(b), len(t)))
    logs = np.zeros_like(slope)
    for first in range(0, len(x), _FACTORS):
        block = np.ones_like(slope)
        for j in range(first, min(first + _FACTORS, len(x))):
            factor = 1 + 2 * np.multiply.outer(b[:, j], t)
            block *= factor
            slope += x[j] / factor
        logs += np.log(block)
    return np.asarray((slope * np.exp(-logs / 2)) @ t)


def _product(b: Matrix, t: float) -> Matrix:
    return np.asarray(np.exp(-np.log1p(2 * t * b).sum(axis=1) / 2))
