"""What claims about rotated targets rest on: Theorem A's formula, compared with counting."""

from __future__ import annotations

import numpy as np

from convproof.chapter.parts import measured, refuted
from convproof.evidence import Evidence, Grade, Hypothesis
from convproof.theory.counting import measured_distance
from convproof.theory.distance import rotation_distance
from convproof.theory.groups import haar
from convproof.theory.theorems import THEOREMS

JOINED = Hypothesis(
    "the sentences that join the checked steps: no machine has read them, so that the grade is not "
    "PROVED; the formula for dist itself is held against counting, so that it is not above MEASURED"
)

EXPECTATION = Hypothesis(
    "an expectation is additive, monotone and 1 of 1, and the functions of s named have one",
    "what an integral is; they are continuous and bounded",
)


def steps(name: str) -> Evidence:
    """The steps of a theorem of `theory.theorems`, each checked by itself."""
    theorem = THEOREMS[name]
    verdict = theorem.check()
    told = f"{theorem.statement}: {verdict.reason}"
    return Evidence.of(Grade.TESTED, told, verdict, cases=len(theorem.steps))


def formula_counted() -> Evidence:
    """dist = (2/pi) E arcsin sqrt(sum sin^2(phi_j) s_j^2), by quadrature, against counting."""
    rng = np.random.default_rng(5)
    shown = []
    for d in (2, 4, 6, 12):
        one, two = haar(d, rng), haar(d, rng)
        exactly, counted = rotation_distance(one, two), measured_distance(one, two, seed=d)
        if abs(exactly.value - counted.value) > exactly.error + counted.error:
            return refuted(f"d = {d}: formula {exactly}, counted {counted}", d=d)
        shown.append(f"d={d}: {exactly.value:.5f} in {counted.value:.5f} +- {counted.error:.5f}")
    told = f"the distance formula on {len(shown)} random pairs, 99.9 % confidence: "
    return measured(told + "; ".join(shown), seed=5, samples=200_000)
