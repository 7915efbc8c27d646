"""The definition itself: equations (10.8) and (10.9), the mean, and their gradients."""

from __future__ import annotations

import numpy as np

from convproof.laws import numerics, oracle
from convproof.laws.case import Array, Case
from convproof.laws.law import Broken, NotApplied, law
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


def has_ties(case: Case) -> bool:
    """Whether some window of a max-pool holds its maximum twice."""
    if case.kind != "max_pool":
        return False
    values = case.x.ravel()
    if len(set(values.tolist())) == values.size:
        return False
    first, last = (
        oracle.expected(case.replace(op=case.forward.op + "_backward", dy=_ones(case)), rule)[0]
        for rule in ("first", "last")
    )
    return bool((first != last).any())


def _ones(case: Case) -> Array:
    return np.ones(case.out_shape)


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
)
def definition(trial: Trial, case: Case, outcome: OutcomeLike) -> None:
    """The oracle's numbers."""
    values = trial.checked(case, outcome)
    if case.backward and has_ties(case):
        raise NotApplied("equal maxima: judged by the law 'ties'")
    trial.same(case, values, oracle.expected(case), fractions=fractional(case))


def hold_ties(trial: Trial, case: Case, outcome: OutcomeLike) -> None:
    """The gradient of a max-pool with ties follows one lawful rule (the declared one, if any)."""
    got = trial.checked(case, outcome)[0]
    assert got is not None
    declared = trial.convention("ties")
    rules = [_RULES.get(declared, declared)] if declared else list(oracle.TIES[:-1])

    def suits(rule: str) -> bool:
        want = oracle.expected(case, rule)[0]
        size, terms = oracle.magnitudes(case, rule)[0], oracle.terms(case)[0]
        found = numerics.agree(case, "dx", got, want, size, terms, True)
        return found.level in (numerics.EXACT, numerics.ROUNDING)

    before = trial.notes.rules.get(case.op, rules)
    still = [rule for rule in before if suits(rule)]
    if still:
        trial.notes.rules[case.op] = still
        trial.notes.ties.update(still[:1])
        return
    other = [rule for rule in rules if rule not in before and suits(rule)]
    if other:
        raise Broken(
            f"equal maxima are told apart by the rule {other[0]!r} here, and by {before[0]!r} in "
            "other calls",
            case,
            oracle.expected(case, before[0])[0],
            got,
            law="ties",
            result="dx",
        )
    want = oracle.expected(case, rules[0])[0]
    raise Broken(
        "tied maxima do not share their gradient by "
        + (
            f"the declared rule {declared!r}"
            if declared
            else f"any of the rules {', '.join(rules)} (if all are to: convention ties=all)"
        ),
        case,
        want,
        got,
        law="ties",
        result="dx",
    )


_RULES = {"split": "share"}
