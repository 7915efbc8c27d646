"""The definition itself: equations (10.8) and (10.9), the mean, and their gradients."""

from __future__ import annotations

from convproof.laws import oracle
from convproof.laws.case import Case
from convproof.laws.equal_maxima import has_ties
from convproof.laws.law import EVERY, NotApplied, law
from convproof.laws.protocol import OutcomeLike
from convproof.laws.trial import Trial


def fractional(case: Case) -> bool:
    """Whether the right answer need not be an integer, or rounds on the way to it."""
    if case.kind == "avg_pool":
        return True
    return any(
        array.dtype.kind == "f" and bool((array != array.round()).any())
        for array in case.arrays.values()
    )


_FORMULAS = {
    "conv_backward": "dX' = sum over o and taps of dZ_{o,m} K_{k,l,c,m}; "
    "dK_{k,l,c,m} = sum_o dZ_{o,m} X'_{S o + (k,l), c}; db_m = sum_o dZ_{o,m}",
    "max_pool": "Z_{i,j,c} = max_{k,l} X'_{S(i-1)+k, S(j-1)+l, c}",
    "max_pool_backward": "dX'_p = sum of dZ_o over the windows o whose maximum is at p",
    "avg_pool": "Z_{i,j,c} = (1 / n_{i,j}) sum_{k,l} X'_{S(i-1)+k, S(j-1)+l, c}",
    "avg_pool_backward": "dX'_p = sum of dZ_o / n_o over the windows o that hold p",
}


@law(
    "definition",
    "Every entry of the result is what the definition says: exactly, on integers; within the "
    "rounding of the operation otherwise.",
    "Z_{i,j,m} = sum_{c,k,l} X'_{S(i-1)+k, S(j-1)+l, c} K_{k,l,c,m} + b_m",
    scope="call",
    implied_by=("returns-an-answer", "shape"),
    source="equations (10.8), (10.9) and section 10.1.5",
    equations=_FORMULAS,
    kinds=EVERY,
)
def definition(trial: Trial, case: Case, outcome: OutcomeLike) -> None:
    """The oracle's numbers."""
    values = trial.checked(case, outcome)
    if case.backward and has_ties(case):
        raise NotApplied("equal maxima: judged by the law 'ties'")
    trial.same(case, values, oracle.expected(case), fractions=fractional(case))
