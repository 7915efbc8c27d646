"""Real numbers: a direct target keeps to the rounding of a direct sum, another to its envelope."""

from __future__ import annotations

import numpy as np

from convproof.laws import oracle
from convproof.laws.case import Array, Case
from convproof.laws.definition import fractional
from convproof.laws.law import NotApplied, law
from convproof.laws.numerics import equal
from convproof.laws.protocol import OutcomeLike
from convproof.laws.trial import Trial

TWINS = 3  # calls of the same sizes on integers that say whether it is a direct sum


def direct(trial: Trial, case: Case) -> bool:
    """Whether the target is exact on small integers at the very sizes of this call.

    A direct sum is, whatever the order; a fast algorithm (FFT, Winograd) is off by its rounding in
    some entries.  What is exact there has no leave to be less than direct on real numbers.
    """
    for number in range(TWINS):
        rng = trial.rng(97, number, case.x.size)
        twin = case.replace(**{name: _signed(rng, array) for name, array in case.arrays.items()})
        values = trial.outcome(twin).values
        if values is None:
            return False
        for got, want in zip(values, oracle.expected(twin), strict=False):
            if got is not None and not equal(got, want.astype(got.dtype)):
                return False
    return True


def _signed(rng: np.random.Generator, array: Array) -> Array:
    values = rng.integers(1, 4, array.shape) * rng.choice([-1, 1], array.shape)
    return np.asarray(values).astype(array.dtype)


@law(
    "rounding",
    "On real numbers every entry is within the rounding of a direct sum in the result's precision, "
    "at every size; an algorithm that is not exact on integers of the same sizes (FFT, Winograd) "
    "is held to its own bound instead.",
    "|f(x) - Z| <= (n + 64) u max conv(|x|, |K|)",
    scope="call",
    implied_by=("returns-an-answer", "shape", "definition", "ties"),
    source="Higham, Accuracy and Stability of Numerical Algorithms, ch. 3",
    kinds="conv avg_pool conv_transpose",
)
def rounding(trial: Trial, case: Case, outcome: OutcomeLike) -> None:
    """What the definition's law found beyond a direct sum, asked again on integers."""
    if not fractional(case):
        raise NotApplied("only of sums of real numbers")
    found = trial.notes.beyond.pop(case.op, None)
    if found is None or found.case is not case:
        if trial.latest is case:
            return
        values = trial.checked(case, outcome)
        trial.same(case, values, oracle.expected(case), fractions=True, law="definition")
        found = trial.notes.beyond.pop(case.op, None)
    if found is not None and direct(trial, case):
        raise found
