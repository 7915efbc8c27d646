"""The least one may ask: an answer, of the right shape, of a sensible dtype."""

from __future__ import annotations

import numpy as np

from convproof.laws.case import Case
from convproof.laws.law import EVERY, Broken, NotApplied, law
from convproof.laws.protocol import OutcomeLike
from convproof.laws.trial import Trial, kind_of, result_names


@law(
    "returns-an-answer",
    "A call that the definition gives a value to returns arrays: it does not crash, hang or "
    "return something else.",
    "f(x, K) in R^{N x out x M}",
    scope="call",
    implied_by=(),
    source="chapter 10.1.1",
    kinds=EVERY,
)
def returns_an_answer(trial: Trial, case: Case, outcome: OutcomeLike) -> None:
    """Values, all of them."""
    trial.checked(case, outcome)
    raw = getattr(outcome, "raw", None)
    if (
        case.bias is not None
        and isinstance(raw, (tuple, list))
        and len(raw) == 3
        and (raw[2] is None and case.backward)
        and "dbias" not in trial.absent(case.op)
    ):
        raise Broken(
            "a bias was given, and its gradient came back as None",
            case,
            f"an array of shape {case.bias.shape}",
            None,
            result="dbias",
        )


@law(
    "answers-every-lawful-call",
    "Within the parameters and dtypes that a target takes, every call is answered: pixels left "
    "over, kernels as large as the image, read-only arrays; and a backward answers whatever its "
    "forward does.",
    "(x, K, S, P, D) lawful  =>  f(x, K, S, P, D) is defined",
    scope="call",
    implied_by=("returns-an-answer",),
    source="equation (10.8) has a value wherever a window fits",
    kinds=EVERY,
)
def answers_every_lawful_call(trial: Trial, case: Case, outcome: OutcomeLike) -> None:
    """Asked of calls whose features the target is known to take."""
    if kind_of(outcome.error) == "raised" and outcome.error is not None:
        raise Broken(f"the call is refused: {outcome.error}", case, "an answer", outcome.error)
    if outcome.error is not None:
        raise NotApplied(str(outcome.error))


@law(
    "shape",
    "The output has floor((H + P_lo + P_hi - D (K - 1) - 1) / S) + 1 pixels on each axis (one more "
    "with ceil_mode where a window may overhang), a gradient the shape of what it is for.",
    "H_out = floor((H - K + 2 P) / S) + 1",
    scope="call",
    implied_by=("returns-an-answer",),
    source="equation (10.7)",
    kinds=EVERY,
)
def shape(trial: Trial, case: Case, outcome: OutcomeLike) -> None:
    """Each result's shape is the one the axis relation gives."""
    trial.checked(case, outcome)


@law(
    "dtype",
    "The dtype of a result depends on the dtype of the input alone, and floating-point input "
    "gives floating-point results.",
    "dtype f(x) = g(dtype x)",
    scope="call",
    implied_by=("returns-an-answer",),
    source="NumPy promotion",
    kinds=EVERY,
)
def dtype(trial: Trial, case: Case, outcome: OutcomeLike) -> None:
    """One dtype for one dtype, throughout a run; and no result narrower than its neighbours."""
    kinds = {str(value.dtype) for value in outcome.values or () if value is not None}
    narrow = [name for name in kinds if np.dtype(name).itemsize < case.x.dtype.itemsize]
    if narrow and len(kinds) > 1:
        raise Broken(
            f"of {case.x.dtype} input some gradients keep the precision and some are {narrow[0]}",
            case,
            "one dtype",
            sorted(kinds),
        )
    for name, value in zip(result_names(case), outcome.values or (), strict=False):
        if value is None:
            continue
        got, given = str(value.dtype), str(case.x.dtype)
        if case.x.dtype.kind == "f" and value.dtype.kind != "f":
            raise Broken(
                f"{name} of {given} input has dtype {got}",
                case,
                "a floating dtype",
                got,
                result=name,
            )
        forward = trial.notes.dtypes.get((case.forward.op, "y", given)) if case.backward else None
        if forward is not None and value.itemsize < min(
            np.dtype(forward).itemsize, case.x.dtype.itemsize
        ):
            raise Broken(
                f"{name} of {given} input has dtype {got}, and the forward's result {forward}",
                case,
                forward,
                got,
                result=name,
            )
        before = trial.notes.dtypes.setdefault((case.op, name, given), got)
        if before != got and min(value.itemsize, np.dtype(before).itemsize) >= case.x.itemsize:
            # Wider on some paths than on others: untidy, and no number is the worse for it.
            trial.notes.limitations.setdefault(
                (case.op, f"{given} input"),
                f"{name} has dtype {got} in some calls, {before} in others",
            )
            continue
        if before != got:
            raise Broken(
                f"{name} of {given} input has dtype {got} here and {before} elsewhere",
                case,
                before,
                got,
                result=name,
            )
