"""How the claims about rotated targets are judged: (10.10), (10.11), Problem 10.2.3, footnote 3."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np

from convproof.evidence import Evidence, Grade, Verdict
from convproof.judgement import Finding
from convproof.theory.distance import (
    angle_distance,
    principal_angles,
    rotated_form,
    rotation_distance,
    target,
)
from convproof.theory.estimate import Estimate
from convproof.theory.groups import Matrix, exact, haar

_Z = 3.29  # two-sided 99.9 %


def measured_distance(
    one: Matrix, two: Matrix, *, samples: int = 200_000, seed: int = 0
) -> Estimate:
    """P[h*(R_1 x) != h*(R_2 x)] by counting, with a 99.9 % normal interval."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((samples, len(one)))
    q = target(len(one)).diagonal()
    signs = [(((x @ r.T) ** 2) @ q) > 0 for r in (one, two)]
    share = float(np.mean(signs[0] != signs[1]))
    # at a share of 0 or 1 the normal interval is empty: count one more of each kind
    near = (share * samples + 1) / (samples + 2)
    error = _Z * math.sqrt(near * (1 - near) / samples) + 1 / samples
    return Estimate(share, error, f"{samples} samples, seed {seed}, 99.9 % confidence")


def eq_10_11() -> Finding:
    """(10.11) is false: two rotations far apart, one function."""
    one = exact(np.eye(4, dtype=int))
    flip, minus = one.copy(), -one
    flip[0, 0] = Fraction(-1)
    found = []
    for two in (flip, minus):
        same = bool(np.all(rotated_form(one) == rotated_form(two)))
        square = ((one - two) ** 2).sum()
        found.append((same, square))
    if not all(same and square > 0 for same, square in found):
        return Finding(Verdict.undecided(f"the witness fails: {found}"), Grade.OPEN)
    verdict = Verdict.refute(
        "R_1'QR_1 = R_2'QR_2, so the functions are equal and dist = 0, while R_1 != R_2",
        R1="I_4",
        R2="diag(-1, 1, 1, 1)",
        dist=0,
        frobenius_squared=str(found[0][1]),
        R2_too="-I_4",
        frobenius_squared_too=str(found[1][1]),
    )
    summary = "both forms compared entry by entry in exact fractions"
    return Finding(verdict, Grade.REFUTED, (Evidence(Grade.CERTIFIED, summary),))


def eq_10_11_corrected() -> Finding:
    """The lower bound with the two corrections, on random pairs and near its worst case."""
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
                reason = f"the minimum over S is {direct}, not {modulo}"
                return Finding(Verdict.refute(reason, d=d), Grade.REFUTED)
            least = min(least, _slack(rotation_distance(one, two), modulo, d))
            pairs += 1
        for phi in (1e-3, 0.1, math.pi / 2):  # one angle: where the bound is nearest
            angles = np.array([phi] + [0.0] * (d // 2 - 1))
            modulo = math.sqrt(float(8 * np.sum(np.sin(angles / 2) ** 2)))
            least = min(least, _slack(angle_distance(angles), modulo, d))
            pairs += 1
    reason = f"{pairs} pairs, d = 4 to 20: dist is at least {least:.4f} times the bound"
    verdict = Verdict.held(reason) if least >= 1 else Verdict.refute(reason, ratio=least)
    theorem = distance_formula()
    if not theorem.verdict.holds:
        verdict = theorem.verdict
    return Finding(
        verdict,
        Grade.MEASURED,
        (Evidence(Grade.TESTED, reason, {"seed": 4}), *theorem.evidence),
    )


def _slack(distance: Estimate, modulo: float, d: int) -> float:
    """The least the distance can be, over the bound."""
    return float(distance.low / (2 * math.pi**-1.5 / math.sqrt(d) * modulo))


def distance_formula() -> Finding:
    """dist = (2/pi) E arcsin sqrt(sum sin^2(phi_j) s_j^2), against counting."""
    rng = np.random.default_rng(5)
    shown = []
    for d in (2, 4, 6, 12):
        one, two = haar(d, rng), haar(d, rng)
        exactly, counted = rotation_distance(one, two), measured_distance(one, two, seed=d)
        if abs(exactly.value - counted.value) > exactly.error + counted.error:
            reason = f"d = {d}: formula {exactly}, counted {counted}"
            return Finding(Verdict.refute(reason, d=d), Grade.REFUTED)
        shown.append(f"d={d}: {exactly.value:.5f} in {counted.value:.5f} +- {counted.error:.5f}")
    reason = f"{len(shown)} random pairs; " + "; ".join(shown)
    evidence = (Evidence(Grade.MEASURED, reason, {"seed": 5, "samples": 200_000}),)
    return Finding(Verdict.held("formula and count agree"), Grade.MEASURED, evidence)


def pseudometric() -> Finding:
    """(10.10) on the class: symmetric and triangular, and zero for some R_1 != R_2."""
    rng = np.random.default_rng(6)
    triples = 20
    for _ in range(triples):
        a, b, c = (haar(6, rng) for _ in range(3))
        ab, ba, bc, ac = (rotation_distance(*pair) for pair in ((a, b), (b, a), (b, c), (a, c)))
        if abs(ab.value - ba.value) > ab.error + ba.error or ac.low > ab.high + bc.high:
            return Finding(Verdict.refute("not a pseudometric", a=a, b=b, c=c), Grade.REFUTED)
    reason = f"{triples} random triples in d = 6: symmetric, triangle inequality"
    return Finding(Verdict.held(reason), Grade.TESTED, (Evidence(Grade.TESTED, reason),))


def problem_10_2_3() -> Finding:
    """(i) as stated, refuted at a point where one form is zero."""
    first, second = np.diag([1, -1]), np.array([[0, 1], [1, 0]])
    x = np.array([1, 1])
    forms = [int(x @ m @ x) for m in (first, second)]
    differ, negative = np.sign(forms[0]) != np.sign(forms[1]), forms[0] * forms[1] < 0
    if not differ or negative:
        return Finding(Verdict.undecided("the witness fails"), Grade.OPEN)
    verdict = Verdict.refute(
        "the signs differ (0 and 1) and the product is not negative",
        M1=first,
        M2=second,
        x=x,
        forms=forms,
    )
    return Finding(verdict, Grade.REFUTED, (Evidence(Grade.CERTIFIED, "exact integers"),))


def problem_10_2_3_corrected() -> Finding:
    """Off the null set where a form is zero, by the four sign patterns."""
    for p, q in itertools.product((-1, 1), repeat=2):
        if (p != q) is not (p * q < 0):
            return Finding(Verdict.refute("a sign pattern", p=p, q=q), Grade.REFUTED)
    return Finding(
        Verdict.held("all four patterns of two signs; the zero set of a form is null"),
        Grade.CITED,
        (
            Evidence(Grade.CERTIFIED, "all four patterns of two nonzero signs"),
            Evidence(Grade.CITED, "a nonzero polynomial's zero set has Lebesgue measure zero"),
        ),
    )


def footnote_3() -> Finding:
    """v_1.v_2 < 0 is not the event of disagreement: never, against half of the time."""
    first, second = np.diag([1, -1]), np.array([[0, 1], [1, 0]])
    product = first @ second
    always_zero = bool(np.all(product + product.T == 0))  # v1.v2 = x'M1 M2 x, antisymmetric
    distance = angle_distance([math.pi / 4])
    counted = measured_distance(np.eye(2), np.array([[1.0, 1.0], [-1.0, 1.0]]) / math.sqrt(2))
    if not always_zero or not counted.covers(distance.value):
        return Finding(Verdict.undecided(f"the witness fails: {counted}"), Grade.OPEN)
    verdict = Verdict.refute(
        "M1 M2 is antisymmetric, so v1.v2 = 0 for every x, while the signs differ half the time",
        M1=first,
        M2=second,
        dist=distance.value,
        counted=f"{counted.value:.4f} +- {counted.error:.4f}, {counted.method}",
    )
    return Finding(verdict, Grade.REFUTED, (Evidence(Grade.CERTIFIED, "exact integers"),))
