"""10.2, (10.10), (10.11) and Problem 10.2.3: how far rotated targets are from one another."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np

from convproof.chapter.claim import claim
from convproof.chapter.parts import certified, cited, proved, refuted, tested, undone
from convproof.chapter.rotations import EXPECTATION, JOINED, formula_counted, steps
from convproof.evidence import Evidence, Grade, Hypothesis
from convproof.theory.counting import measured_distance
from convproof.theory.distance import (
    angle_distance,
    principal_angles,
    rotated_form,
    rotation_distance,
)
from convproof.theory.estimate import Estimate
from convproof.theory.groups import exact, haar


def _patterns() -> Evidence:
    """The signs of three functions at one point: all eight ways they can fall."""
    for f, g, h in itertools.product((-1, 1), repeat=3):
        if (f != g) is not (g != f) or f != f or (f != h) > (f != g) + (g != h):
            return refuted("a pattern of three signs", f=f, g=g, h=h)
    told = "at each point, all 8 patterns of three signs: 1[f != h] <= 1[f != g] + 1[g != h]"
    return certified(f"{told}, symmetric, and 0 for f = f", 8)


def _triples() -> Evidence:
    rng, triples = np.random.default_rng(6), 20
    for _ in range(triples):
        a, b, c = (haar(6, rng) for _ in range(3))
        ab, ba, bc, ac = (rotation_distance(*pair) for pair in ((a, b), (b, a), (b, c), (a, c)))
        if abs(ab.value - ba.value) > ab.error + ba.error or ac.low > ab.high + bc.high:
            return refuted("not a pseudometric", a=a, b=b, c=c)
    return tested(f"{triples} random triples in d = 6: symmetric, triangle inequality", triples)


@claim(
    "eq-10.10",
    "(10.10)",
    "The probability of disagreement is a pseudometric: not negative, symmetric, 0 for functions "
    "that agree off a null set, and within the triangle inequality.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.CERTIFIED,
    assumes=(
        Hypothesis("a probability is additive and monotone", "its axioms"),
        Hypothesis("where two of the functions disagree is an event", "they are measurable"),
    ),
)
def eq_10_10() -> list[Evidence]:
    theorems = ("dist_nonneg", "dist_self", "dist_symmetric", "dist_triangle", "dist_zero_off")
    return [*proved(theorems=theorems, shapes=_patterns()), _triples().aside()]


@claim(
    "eq-10.11",
    "(10.11)",
    "dist(h* o R_1, h* o R_2) >= c |R_1 - R_2|_F for a constant c > 0.",
    Grade.REFUTED,
    replaced_by="eq-10.11-corrected",
)
def eq_10_11() -> list[Evidence]:
    one = exact(np.eye(4, dtype=int))
    flip, minus = one.copy(), -one
    flip[0, 0] = Fraction(-1)
    squares = [((one - two) ** 2).sum() for two in (flip, minus)]
    alike = [bool(np.all(rotated_form(one) == rotated_form(two))) for two in (flip, minus)]
    if not all(alike) or not all(squares):
        return [undone(f"the witness fails: {alike}, {squares}")]
    return [
        refuted(
            "R_1'QR_1 = R_2'QR_2, so the functions are equal and dist = 0, while R_1 != R_2",
            R1="I_4",
            R2="diag(-1, 1, 1, 1)",
            dist=0,
            frobenius_squared=str(squares[0]),
            R2_too="-I_4",
            frobenius_squared_too=str(squares[1]),
        ),
        certified("both forms compared entry by entry in exact fractions", 2),
    ]


def _slack(distance: Estimate, modulo: float, d: int) -> float:
    """The least the distance can be, over the bound."""
    return float(distance.low / (2 * math.pi**-1.5 / math.sqrt(d) * modulo))


def _pairs() -> Evidence:
    """The lower bound on random pairs, and near its worst case."""
    rng = np.random.default_rng(4)
    pairs, least = 0, math.inf
    for d in (4, 6, 10, 20):
        for _ in range(10):
            one, two = haar(d, rng), haar(d, rng)
            angles = principal_angles(one, two)
            modulo = math.sqrt(float(8 * np.sum(np.sin(angles / 2) ** 2)))
            blocks = one @ two.T
            halves = (blocks[: d // 2, : d // 2], blocks[d // 2 :, d // 2 :])
            nuclear = sum(float(np.linalg.norm(block, "nuc")) for block in halves)
            # the minimum over S, by Procrustes: a second route to the same number
            direct = math.sqrt(max(2 * d - 2 * nuclear, 0))
            if abs(modulo - direct) > 1e-12 * d:  # 2d - 2 nuclear norms: d roundings of size 1
                return refuted(f"the minimum over S is {direct}, not {modulo}", d=d)
            least = min(least, _slack(rotation_distance(one, two), modulo, d))
            pairs += 1
        for phi in (1e-3, 0.1, math.pi / 2):  # one angle: where the bound is nearest
            angles = np.array([phi] + [0.0] * (d // 2 - 1))
            modulo = math.sqrt(float(8 * np.sum(np.sin(angles / 2) ** 2)))
            least = min(least, _slack(angle_distance(angles), modulo, d))
            pairs += 1
    told = f"{pairs} pairs, d = 4 to 20: dist is at least {least:.4f} times the bound"
    return tested(told, pairs, seed=4) if least >= 1 else refuted(told, ratio=least)


_BELOW = ("coordinate_mean", "formula_from_below")


@claim(
    "eq-10.11-corrected",
    "(10.11), corrected",
    "dist >= (2 pi^(-3/2) / sqrt d) min over S in O(d/2) x O(d/2) of |R_1 - S R_2|_F.",
    Grade.MEASURED,
    assumes=(
        Hypothesis(
            "dist is (2/pi) E arcsin sqrt(sum_j sin^2(phi_j) s_j^2)",
            "footnote-3-corrected, MEASURED: the grade is not above it",
        ),
        Hypothesis(
            "the minimum over S is sqrt(8 sum_j sin^2(phi_j/2))",
            "Procrustes, by singular values: compared on the pairs, to rounding",
        ),
    ),
)
def eq_10_11_corrected() -> list[Evidence]:
    shown = proved(theorems=_BELOW, shapes=steps("C"))
    return [*shown, _pairs(), formula_counted()]


@claim(
    "eq-10.11-inequality",
    "(10.11), the part that is proved",
    "(2/pi) E arcsin sqrt(sum_j sin^2(phi_j) s_j^2) >= (2 pi^(-3/2)/sqrt d) "
    "sqrt(8 sum_j sin^2(phi_j/2)) for all angles phi_1, ..., phi_(d/2) in [0, pi/2], s the "
    "direction of a standard Gaussian vector.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.TESTED,
    assumes=(
        EXPECTATION,
        Hypothesis(
            "E |g_j| = sqrt(2/pi) and E g_j^2 = 1 for a standard Gaussian vector g, whose "
            "direction is independent of its length",
            "its density, which depends on the length alone",
        ),
    ),
)
def eq_10_11_inequality() -> list[Evidence]:
    return proved(theorems=_BELOW, shapes=steps("C"))


@claim(
    "problem-10.2.3",
    "Problem 10.2.3 (i)",
    "The signs of two forms differ if and only if their product is negative.",
    Grade.REFUTED,
    replaced_by="problem-10.2.3-corrected",
)
def problem_10_2_3() -> Evidence:
    first, second = np.diag([1, -1]), np.array([[0, 1], [1, 0]])
    x = np.array([1, 1])
    forms = [int(x @ m @ x) for m in (first, second)]
    differ, negative = np.sign(forms[0]) != np.sign(forms[1]), forms[0] * forms[1] < 0
    if not differ or negative:
        return undone("the witness fails")
    return refuted(
        "the signs differ (0 and 1) and the product is not negative",
        M1=first,
        M2=second,
        x=x,
        forms=forms,
    )


@claim(
    "problem-10.2.3-corrected",
    "Problem 10.2.3 (i), corrected",
    "Off the null set where a form is zero, the signs differ if and only if the product is "
    "negative.",
    Grade.CITED,
)
def problem_10_2_3_corrected() -> Evidence | list[Evidence]:
    for p, q in itertools.product((-1, 1), repeat=2):
        if (p != q) is not (p * q < 0):
            return refuted("a sign pattern", p=p, q=q)
    return [
        certified("all four patterns of two nonzero signs", 4),
        cited("a nonzero polynomial's zero set has Lebesgue measure zero"),
    ]


@claim(
    "footnote-3",
    "chapter, footnote 3",
    "The probability of disagreement is that of v_1.v_2 < 0, v_i = R_i'QR_i x.",
    Grade.REFUTED,
    replaced_by="footnote-3-corrected",
)
def footnote_3() -> Evidence:
    first, second = np.diag([1, -1]), np.array([[0, 1], [1, 0]])
    product = first @ second
    always_zero = bool(np.all(product + product.T == 0))  # v1.v2 = x'M1 M2 x, antisymmetric
    distance = angle_distance([math.pi / 4])
    counted = measured_distance(np.eye(2), np.array([[1.0, 1.0], [-1.0, 1.0]]) / math.sqrt(2))
    if not always_zero or not counted.covers(distance.value):
        return undone(f"the witness fails: {counted}")
    return refuted(
        "M1 M2 is antisymmetric, so v1.v2 = 0 for every x, while the signs differ half the time",
        M1=first,
        M2=second,
        dist=distance.value,
        counted=f"{counted.value:.4f} +- {counted.error:.4f}, {counted.method}",
    )


@claim(
    "footnote-3-corrected",
    "chapter, footnote 3, corrected",
    "dist = (2/pi) E arcsin sqrt(sum_j sin^2(phi_j) s_j^2), phi the principal angles of the +1 "
    "eigenspaces, s uniform on the sphere.",
    Grade.MEASURED,
    assumes=(JOINED,),
)
def footnote_3_corrected() -> list[Evidence]:
    return [steps("A"), formula_counted()]
