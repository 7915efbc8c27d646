"""Problem 10.2.2: a convolutional net that learns h* from as many samples at every d."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
from scipy import special

from convproof.chapter.claim import claim
from convproof.chapter.parts import certified, measured, refuted
from convproof.evidence import Evidence, Grade, Hypothesis
from convproof.theory.distance import target
from convproof.theory.groups import Matrix

_ERROR, _DELTA, _ENOUGH = Fraction(1, 20), Fraction(1, 20), 72
_Z = 3.29  # two-sided 99.9 %


def _pooled_squares(x: Matrix) -> Matrix:
    """The ConvNet's two features: squares, averaged over windows and strides of d/2; (..., 2)."""
    half = x.shape[-1] // 2
    return np.asarray((x**2).reshape(*x.shape[:-1], 2, half).mean(axis=-1))


def _missed(n: int, error: Fraction) -> Fraction:
    """The probability that none of n uniform U lies within `error` below 1/2, or none above."""
    return 2 * (1 - error) ** n - (1 - 2 * error) ** n


def _represents() -> Evidence:
    points = list(itertools.product((-2, -1, 0, 1, 2), repeat=4))
    for x in points:
        z = _pooled_squares(np.array(x))
        if np.sign(z[0] - z[1]) != np.sign(np.array(x) @ target(4) @ np.array(x)):
            return refuted("the network is not h*", x=x)
    return certified(f"sign(z1 - z2) = h* on all {len(points)} points of {{-2..2}}^4", len(points))


def _counted() -> Evidence:
    """How often some consistent threshold on the features errs by more, in simulated trainings."""
    runs, seed, shares = 4000, 7, {}
    wanted = float(_missed(_ENOUGH, _ERROR))
    for d in (2, 4, 10, 40):
        rng = np.random.default_rng([seed, d])
        z = _pooled_squares(rng.standard_normal((runs, _ENOUGH, d)))
        u = special.betainc(d / 4, d / 4, z[..., 0] / z.sum(axis=-1))
        below = np.where(u < 0.5, u, 0).max(axis=1)
        above = np.where(u > 0.5, u, 1).min(axis=1)
        # Where one label is missing, the threshold may be anywhere on that side: the error is 1/2.
        worst = np.maximum(0.5 - below, above - 0.5)
        shares[d] = float(np.mean(worst > float(_ERROR)))
        if abs(shares[d] - wanted) > _Z * math.sqrt(wanted * (1 - wanted) / runs):
            return refuted(f"d = {d}: missed {shares[d]}, predicted {wanted}", d=d)
    told = ", ".join(f"d = {d}: {share:.4f}" for d, share in shares.items())
    return measured(f"{runs} trainings each, 99.9 % confidence, missed: {told}", seed=seed)


def _exactly() -> Evidence:
    enough, fewer = _missed(_ENOUGH, _ERROR), _missed(_ENOUGH - 1, _ERROR)
    if not enough <= _DELTA < fewer:
        return refuted("72 is not the smallest number of samples", n=_ENOUGH, missed=str(enough))
    told = (
        f"2(1 - e)^n - (1 - 2e)^n in fractions, e = 1/20: {float(enough):.5f} <= 1/20 at n = "
        f"{_ENOUGH}, {float(fewer):.5f} > 1/20 at n = {_ENOUGH - 1}"
    )
    return certified(told, 2)


@claim(
    "problem-10.2.2",
    "Problem 10.2.2",
    "Squares, average-pooling over halves and any threshold consistent with 72 samples reach error "
    "0.05 with probability 0.95 at every d; 71 samples are not enough for the worst such "
    "threshold.",
    Grade.CERTIFIED,
    assumes=(
        Hypothesis(
            "U = F(z1/(z1 + z2)) is uniform on [0, 1] at every d, and the label is sign(U - 1/2)",
            "the law Beta(d/4, d/4) is continuous and symmetric: the probability integral "
            "transform",
        ),
        Hypothesis(
            "a consistent threshold errs by more than e iff it may lie beyond 1/2 - e or 1/2 + e: "
            "no U in (1/2 - e, 1/2), or none in (1/2, 1/2 + e)",
            "by construction: a consistent threshold lies between the nearest U of each label",
        ),
    ),
)
def problem_10_2_2() -> list[Evidence]:
    return [_represents(), _exactly(), _counted().aside()]
