"""A function, not a procedure: inputs unwritten, outputs its own, nothing kept between calls."""

from __future__ import annotations

from convproof.laws.case import Case
from convproof.laws.law import EVERY, Broken, law
from convproof.laws.protocol import OutcomeLike
from convproof.laws.trial import Trial


@law(
    "inputs-unwritten",
    "A call leaves its inputs as they were.",
    "x, K, b, dy after f = before f",
    scope="call",
    implied_by=(),
    source="a function of its arguments",
    kinds=EVERY,
)
def inputs_unwritten(trial: Trial, case: Case, outcome: OutcomeLike) -> None:
    """No input came back changed."""
    if outcome.inputs_written:
        names = ", ".join(outcome.inputs_written)
        raise Broken(
            f"the call wrote into {names}", case, "inputs as they were", f"{names} changed"
        )


@law(
    "outputs-own",
    "A result shares no memory with an input or with an earlier result.",
    "mem(f(x)) and mem(x) disjoint",
    scope="call",
    implied_by=(),
    source="a function of its arguments",
    kinds=EVERY,
)
def outputs_own(trial: Trial, case: Case, outcome: OutcomeLike) -> None:
    """No result is a view of something the caller may write to."""
    if outcome.aliases:
        names = ", ".join(outcome.aliases)
        raise Broken(
            f"a result shares memory with {names}", case, "memory of its own", f"a view of {names}"
        )


@law(
    "process-unchanged",
    "A call leaves the process as it was: NumPy's floating point settings, its random numbers.",
    "state after f = state before f",
    scope="call",
    implied_by=(),
    source="a function of its arguments",
    kinds=EVERY,
)
def process_unchanged(trial: Trial, case: Case, outcome: OutcomeLike) -> None:
    """Nothing that other code relies on came back changed."""
    if outcome.disturbed:
        names = " and ".join(outcome.disturbed)
        raise Broken(f"the call changed {names}", case, "the process as it was", f"{names} changed")
