"""How the claims about sample sizes are judged: Problem 10.2.2 and the separation."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
from scipy import special

from convproof.evidence import Evidence, Grade, Verdict
from convproof.judgement import Finding
from convproof.theory.bounds import failure, lower_bound, upper_bound
from convproof.theory.distance import angle_distance, target
from convproof.theory.groups import Matrix, exact, rational
from convproof.theory.judge_distance import distance_formula
from convproof.theory.judge_symmetry import exact_problem
from convproof.theory.networks import FullyConnected
from convproof.theory.optimisers import sgd
from convproof.theory.training import train

ERROR, DELTA = 0.05, 0.05
_Z = 3.29  # two-sided 99.9 %


def pooled_squares(x: Matrix) -> Matrix:
    """The ConvNet's two features: squares, averaged over windows and strides of d/2; (..., 2)."""
    half = x.shape[-1] // 2
    return np.asarray((x**2).reshape(*x.shape[:-1], 2, half).mean(axis=-1))


def missed_share(d: int, samples: int, error: float, runs: int, seed: int) -> float:
    """How often some consistent threshold on the features errs by more than `error`."""
    rng = np.random.default_rng([seed, d])
    z = pooled_squares(rng.standard_normal((runs, samples, d)))
    u = special.betainc(d / 4, d / 4, z[..., 0] / z.sum(axis=-1))
    below = np.where(u < 0.5, u, 0).max(axis=1)
    above = np.where(u > 0.5, u, 1).min(axis=1)
    # where one label is missing, the threshold may be anywhere on that side: the error is 1/2
    return float(np.mean(np.maximum(0.5 - below, above - 0.5) > error))


def problem_10_2_2() -> Finding:
    """The network represents h* exactly, and 72 samples are enough at several d."""
    for x in itertools.product((-2, -1, 0, 1, 2), repeat=4):
        z = pooled_squares(np.array(x))
        if np.sign(z[0] - z[1]) != np.sign(np.array(x) @ target(4) @ np.array(x)):
            return Finding(Verdict.refute("the network is not h*", x=x), Grade.REFUTED)
    n, runs = upper_bound(ERROR, DELTA).samples, 4000
    predicted = failure(n, ERROR)
    shares = {}
    for d in (2, 4, 10, 40):
        shares[d] = missed_share(d, n, ERROR, runs, seed=7)
        error = _Z * math.sqrt(predicted * (1 - predicted) / runs)
        if abs(shares[d] - predicted) > error:
            reason = f"d = {d}: missed {shares[d]}, predicted {predicted}"
            return Finding(Verdict.refute(reason, d=d), Grade.REFUTED)
    told = ", ".join(f"d = {d}: {share:.4f}" for d, share in shares.items())
    reason = (
        f"{n} samples miss error {ERROR} with probability {predicted:.4f} <= {DELTA}, for all d"
    )
    return Finding(
        Verdict.held(reason),
        Grade.MEASURED,
        (
            Evidence(Grade.CERTIFIED, "sign(z1 - z2) = h* on all 625 points of {-2..2}^4"),
            Evidence(Grade.MEASURED, f"{runs} trainings each, missed: {told}", {"seed": 7}),
        ),
    )


def reduction() -> Finding:
    """One run on h* o R, and its rotated run on h*: the same errors, counted exactly."""
    net, rule = FullyConnected((4, 3, 1), "relu"), sgd(Fraction(1, 10), Fraction(1, 2))
    rng = np.random.default_rng(9)
    runs, wrong, asked = 6, 0, 0
    unit = exact(np.eye(4, dtype=int))
    for _ in range(runs):
        rotation = rational("orthogonal", 4, rng)
        plain, points = exact_problem(net, rng), exact(rng.integers(-5, 6, (20, 4)))
        problem = replace(plain, y=_labels(plain.x, rotation), probe=points)
        turned = problem.turned(rotation)
        errors = []
        for one, target_rotation in ((problem, rotation), (turned, unit)):
            found = net.predict(train(net, one, rule, steps=3, batch=2), one.probe)
            truth = _labels(one.probe, target_rotation)
            errors.append(int(np.sum(np.sign(found) != truth)))
        same_task = np.array_equal(turned.y, _labels(turned.x, unit))
        if errors[0] != errors[1] or not same_task:
            return Finding(Verdict.refute("the errors differ", errors=errors), Grade.REFUTED)
        wrong, asked = wrong + errors[0], asked + len(points)
    told = f"{runs} pairs of runs in exact fractions: {wrong} errors of {asked} in each of the two"
    return Finding(
        Verdict.held(
            "with x' = R x, equivariance and the rotation invariance of N(0, I) make the error on "
            "h* o R that on h*"
        ),
        Grade.CERTIFIED,
        (Evidence(Grade.CERTIFIED, told, {"seed": 9}),),
    )


def _labels(x: Matrix, rotation: Matrix) -> Matrix:
    """h*(R x) on the rows of x, exactly; a zero form counts as 1."""
    forms = ((x @ rotation.T) ** 2) @ target(x.shape[1]).diagonal()
    return np.where(forms >= 0, 1, -1)


def ricci_is_einstein(k: int, d: int) -> bool:
    """Ric = d - 2 on Gr(k, d), in exact integers: the sum of |[X, E_i]|^2 is (d - 2)|X|^2."""
    block = np.arange(1, k * (d - k) + 1).reshape(k, d - k)

    def lift(b: Matrix) -> Matrix:
        x = np.zeros((d, d), dtype=int)
        x[:k, k:], x[k:, :k] = b, -b.T
        return x

    total = 0
    for place in np.ndindex(k, d - k):
        unit = np.zeros_like(block)
        unit[place] = 1
        bracket = lift(block) @ lift(unit) - lift(unit) @ lift(block)
        total += int((bracket**2).sum())
    return total == (d - 2) * int((lift(block) ** 2).sum())


def separation() -> Finding:
    """The lower bound's ingredients one by one, and its cited theorem named."""
    if not all(ricci_is_einstein(k, 2 * k) for k in (1, 2, 3, 4)):
        return Finding(Verdict.refute("the Ricci curvature is not d - 2", k=4), Grade.REFUTED)
    rng, cases = np.random.default_rng(8), 60
    for case in range(cases):
        phi = rng.uniform(0, math.pi / 2, 1 + case % 6)
        if angle_distance(phi).low > 2 / math.pi * math.sqrt(np.mean(phi**2)):
            return Finding(Verdict.refute("not Lipschitz", phi=phi), Grade.REFUTED)
    formula = distance_formula()
    if not formula.verdict.holds:
        return formula
    needed = {d: lower_bound(d, ERROR).samples for d in (10, 100, 1000)}
    enough = upper_bound(ERROR).samples
    told = ", ".join(f"{n} at d = {d}" for d, n in needed.items())
    return Finding(
        Verdict.held(f"error {ERROR}: needed (with probability 1/2) {told}; enough {enough}"),
        Grade.CITED,
        (
            Evidence(Grade.CERTIFIED, "Ric = d - 2 on Gr(d/2, d), d = 2, 4, 6, 8, in integers"),
            Evidence(Grade.TESTED, f"{cases} sets of angles: dist <= (2/pi) sqrt(mean phi^2)"),
            *formula.evidence,
            Evidence(
                Grade.CITED,
                "concentration of Lipschitz functions where Ric >= d - 2 (Bakry and Emery 1985)",
            ),
        ),
    )
