"""Theorems A to F on the distance and the bounds, each as steps that are checked one by one.

A step is a sentence and a check of it: in symbols, exactly in fractions, or, where it says so, by
counting.  `THEOREMS["A"].check()` is refuted by the first step that fails, and names it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.evidence import Verdict
from convproof.theory.distance import angle_distance, mean_argument, principal_angles
from convproof.theory.groups import haar, rational

Check = Callable[[], bool]


@dataclass(frozen=True)
class Step:
    """One sentence of a proof, and whether it stands."""

    says: str
    check: Check


@dataclass(frozen=True)
class Theorem:
    """A statement with its steps."""

    statement: str
    steps: tuple[Step, ...]

    def check(self) -> Verdict:
        """Held if every step stands; else refuted by the first that does not.

        >>> THEOREMS["C"].check().holds
        True
        """
        for step in self.steps:
            if not step.check():
                return Verdict.refute(f"a step does not stand: {step.says}", step=step.says)
        return Verdict.held(f"{len(self.steps)} steps: " + "; ".join(s.says for s in self.steps))


def _sympy() -> Any:
    import sympy

    return sympy


def _pair_law() -> bool:
    sp = _sympy()
    s, t, h = sp.symbols("s t h", real=True)
    form = sp.Matrix([[s, t], [t, -s]])  # s (a^2 - b^2) + t 2ab
    direct = (sp.eye(2) - 2 * sp.I * form).det()
    square = sp.symbols("r", positive=True)
    normal = sp.exp(-(h**2) / 2) / sp.sqrt(2 * sp.pi)
    other = sp.integrate(sp.exp(-2 * h**2 * square) * normal, (h, -sp.oo, sp.oo))
    same = sp.simplify(other - (1 + 4 * square) ** sp.Rational(-1, 2)) == 0
    return bool(same and sp.expand(direct - 1 - 4 * (s**2 + t**2)) == 0)


def _ratio_law() -> bool:
    sp = _sympy()
    r, x = sp.symbols("r x", positive=True)
    share = sp.integrate(2 / (sp.pi * (1 + x**2)), (x, 1 / r, sp.oo))
    slope = sp.simplify(sp.diff(share - 2 * sp.atan(r) / sp.pi, r))
    return bool(slope == 0 and sp.simplify((share - 2 * sp.atan(r) / sp.pi).subs(r, 1)) == 0)


def _arcsine_form() -> bool:
    sp = _sympy()
    r = sp.symbols("r", positive=True)
    gap = sp.atan(sp.sqrt(r)) - sp.asin(sp.sqrt(r / (1 + r)))
    return bool(sp.simplify(sp.diff(gap, r)) == 0 and sp.simplify(gap.subs(r, 1)) == 0)


def _counted() -> bool:
    rng = np.random.default_rng(11)
    for k in (1, 2, 5, 20):
        phi = rng.uniform(0, math.pi / 2, k)
        counted, found = mean_argument(phi, samples=50_000, seed=k), angle_distance(phi)
        if abs(counted.value - found.value) > counted.error + found.error:
            return False
    return True


def _arcsine_convex() -> bool:
    sp = _sympy()
    t = sp.symbols("t", positive=True)
    bend = sp.diff(sp.asin(t), t, 2) - t / (1 - t**2) ** sp.Rational(3, 2)
    ends = (sp.asin(0), sp.diff(sp.asin(t), t).subs(t, 0), sp.asin(1))
    return bool(sp.simplify(bend) == 0 and ends == (0, 1, sp.pi / 2))


def _mean_of_part(q: int) -> bool:
    """E sqrt(s_1^2 + ... + s_q^2) on the sphere of R^k, by the law Beta(q/2, (k - q)/2)."""
    sp = _sympy()
    for k in range(q + 1, q + 5):
        a, b = sp.Rational(q, 2), sp.Rational(k - q, 2)
        mean = sp.beta(a + sp.Rational(1, 2), b) / sp.beta(a, b)
        half = sp.Rational(1, 2)
        told = sp.gamma(a + half) * sp.gamma(a + b) / (sp.gamma(a) * sp.gamma(a + b + half))
        if sp.gammasimp(mean.rewrite(sp.gamma) / told) != 1:
            return False
    return True


def _gamma_ratio() -> bool:
    sp = _sympy()
    x = sp.symbols("x", positive=True)
    half = sp.Rational(1, 2)
    ratio = sp.gamma(x + half) / sp.gamma(x)
    product = ratio * ratio.subs(x, x + half)
    # r(x) r(x + 1/2) = x, and r grows since ln Gamma is convex: r(x)^2 <= x <= r(x + 1/2)^2
    steps = np.arange(1, 60) / 2
    values = [math.gamma(v + 0.5) / math.gamma(v) for v in steps]
    return bool(sp.gammasimp(product - x) == 0 and np.all(np.diff(values) > 0))


def _forms_differ() -> bool:
    rng = np.random.default_rng(12)
    for d in (2, 4, 6):
        one, two = rational("orthogonal", d, rng), rational("orthogonal", d, rng)
        half = d // 2
        signs = np.array([1] * half + [-1] * half)
        forms = [(r.T * signs) @ r for r in (one, two)]
        across = one[:half] @ two[half:].T
        if ((forms[0] - forms[1]) ** 2).sum() != 8 * (across**2).sum():
            return False
    return True


def _half_angle() -> bool:
    sp = _sympy()
    phi = sp.symbols("phi", real=True)
    same = sp.simplify(sp.sin(phi) - 2 * sp.sin(phi / 2) * sp.cos(phi / 2)) == 0
    return bool(same and 2 * sp.cos(sp.pi / 4) == sp.sqrt(2))  # cos(phi/2) falls to this at pi/2


def _procrustes() -> bool:
    """The nearest S R_2 to R_1 by singular values, against the angles, to rounding."""
    rng = np.random.default_rng(13)
    for d in (4, 8, 12):
        one, two = haar(d, rng), haar(d, rng)
        block, half = one @ two.T, d // 2
        nuclear = sum(
            np.linalg.svd(part, compute_uv=False).sum()
            for part in (block[:half, :half], block[half:, half:])
        )
        told = 8 * np.sum(np.sin(principal_angles(one, two) / 2) ** 2)
        if abs(2 * d - 2 * nuclear - told) > 64 * d * 2.0**-52 * d:
            return False
    return True


def _arccosine() -> bool:
    sp = _sympy()
    theta = sp.symbols("theta", positive=True)
    same = sp.simplify(2 * (1 - sp.cos(theta)) - 4 * sp.sin(theta / 2) ** 2) == 0
    return bool(same and sp.diff(sp.sin(theta / 2), theta, 2) == -sp.sin(theta / 2) / 4)


def _turn_norm() -> bool:
    rng = np.random.default_rng(14)
    for k in (2, 3, 5):
        u, w = rational("orthogonal", k, rng), rational("orthogonal", k, rng)
        trace = np.trace(u @ w.T)
        if ((u - w) ** 2).sum() != 2 * k - 2 * trace:
            return False
    return True


def _root_concave() -> bool:
    sp = _sympy()
    u, r = sp.symbols("u r", positive=True)
    bend = sp.diff(sp.sin(sp.sqrt(u)) ** 2, u, 2).subs(u, r**2)
    told = (2 * r * sp.cos(2 * r) - sp.sin(2 * r)) / (4 * r**3)
    # its numerator falls from 0: its slope is -4 r sin 2r <= 0 on (0, pi/2]
    slope = sp.diff(2 * r * sp.cos(2 * r) - sp.sin(2 * r), r)
    return bool(sp.simplify(bend - told) == 0 and sp.simplify(slope + 4 * r * sp.sin(2 * r)) == 0)


def _laplace_plane() -> bool:
    sp = _sympy()
    v, phi = sp.symbols("v phi", positive=True)
    # k = 1: the line's angle is uniform; by t = tan(phi) the integral is elementary
    t = sp.symbols("t", positive=True)
    inner = sp.simplify((1 / (1 + v * sp.sin(phi) ** 2)).subs(phi, sp.atan(t)) / (1 + t**2))
    mean = 2 / sp.pi * sp.integrate(sp.simplify(inner), (t, 0, sp.oo))
    return bool(sp.simplify(mean - 1 / sp.sqrt(1 + v)) == 0)


def _laplace_counted() -> bool:
    rng = np.random.default_rng(15)
    for k, v in ((2, 3.0), (3, 0.7)):
        frames = np.linalg.qr(rng.standard_normal((100_000, 2 * k, k)))[0]
        cosines = np.linalg.svd(frames[:, :k], compute_uv=False)
        values = np.prod(1 + v * (1 - np.minimum(cosines, 1) ** 2), axis=1) ** -float(k)
        error = 5 * float(values.std()) / math.sqrt(len(values))
        if abs(float(values.mean()) - (1 + v) ** (-(k**2) / 2)) > error:
            return False
    return True


def _best_factor() -> bool:
    sp = _sympy()
    v, m = sp.symbols("v m", positive=True)
    log = -sp.log(1 + v) / 2 + sp.log(1 + v * m)  # over k^2
    best = (1 - 2 * m) / m
    value = sp.simplify(sp.exp(2 * log.subs(v, best)))
    return bool(
        sp.simplify(sp.diff(log, v).subs(v, best)) == 0
        and sp.simplify(value - 4 * m * (1 - m)) == 0
    )


_ROOT = Step("E sqrt(sum a_j s_j^2) is concave in a, so least at a vertex, E |s_1| = "
             "Gamma(k/2)/(sqrt(pi) Gamma((k+1)/2))", lambda: _mean_of_part(1))  # fmt: skip
_RATIO = Step("Gamma(x + 1/2)/Gamma(x) <= sqrt(x), from r(x) r(x + 1/2) = x", _gamma_ratio)
_ARCSINE = Step("t <= arcsin t <= pi t/2 on [0, 1]: it is convex", _arcsine_convex)

THEOREMS: dict[str, Theorem] = {
    "A": Theorem(
        "dist = (2/pi) E arcsin sqrt(sum sin^2(phi_j) s_j^2)",
        (
            Step("(a^2 - b^2, 2ab) has the law of 2h(g, g')", _pair_law),
            Step("P(|S| > |C|) = (2/pi) arctan(sigma_S/sigma_C)", _ratio_law),
            Step("arctan sqrt(r) = arcsin sqrt(r/(1 + r))", _arcsine_form),
            Step("it agrees with E |arg(B/A)|/pi, counted (99.9 %)", _counted),
        ),
    ),
    "B": Theorem(
        "sqrt(2) pi^(-3/2) D/sqrt(d) <= dist <= D/(2 sqrt d), D = |M_1 - M_2|_F",
        (_ARCSINE, _ROOT, _RATIO, Step("D^2 = 8 sum sin^2(phi_j), in fractions", _forms_differ)),
    ),
    "C": Theorem(
        "dist >= (2 pi^(-3/2)/sqrt d) min over S of |R_1 - S R_2|_F",
        (
            _ARCSINE,
            _ROOT,
            _RATIO,
            Step("sin(phi) >= sqrt2 sin(phi/2) on [0, pi/2]", _half_angle),
            Step("the minimum is sqrt(8 sum sin^2(phi_j/2)), to rounding", _procrustes),
        ),
    ),
    "D": Theorem(
        "|U - W|_F/(2 sqrt(pi k)) <= dist(h_U, h_W) for det(UW') = 1",
        (
            Step("arccos t >= sqrt(2 (1 - t)): theta >= 2 sin(theta/2)", _arccosine),
            Step("|U - W|^2 = 2k - 2 tr(UW'), in fractions", _turn_norm),
            Step("E sqrt(u_1^2 + u_2^2) = (sqrt(pi)/2) Gamma(k/2)/Gamma((k+1)/2)",
                 lambda: _mean_of_part(2)),
            _RATIO,
        ),
    ),
    "E": Theorem(
        "dist <= (2/pi) sqrt(mean of phi_j^2): the Lipschitz step",
        (Step("sin^2(sqrt u) is concave on [0, pi^2/4]", _root_concave),),
    ),
    "F": Theorem(
        "P(mean of sin^2(phi_j) <= m) <= (4 m (1 - m))^(k^2/2) for m <= 1/2",
        (
            Step("E prod (1 + v x_j)^(-k) = (1 + v)^(-k^2/2), k = 1 in symbols", _laplace_plane),
            Step("the same for k = 2, 3, counted (five standard errors)", _laplace_counted),
            Step("the best v is (1 - 2m)/m and gives 4 m (1 - m)", _best_factor),
        ),
    ),
}  # fmt: skip
