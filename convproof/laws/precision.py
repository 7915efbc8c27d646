"""Half precision: answered in its own precision, or refused and said so."""

from __future__ import annotations

import numpy as np

from convproof.laws import oracle
from convproof.laws.case import Case
from convproof.laws.law import Broken, NotApplied, law
from convproof.laws.refusal import tolerated
from convproof.laws.trial import Trial


@law(
    "float16",
    "Half-precision input is answered to half precision.",
    "|f(x) - Z| <= (n + 64) u max conv(|x|, |K|), u = 2^-11",
    scope="session",
    runs=6,
    source="Higham, Accuracy and Stability, ch. 3",
)
def float16(trial: Trial, case: Case) -> None:
    """Small integers, exact in half precision as long as sums stay below 2048; reals too."""
    if case.op.startswith("avg_pool") and not case.backward:
        _note_means(trial, case)
    rng = trial.rng(95, case.x.size)
    if case.kind == "max_pool" and case.x.size > 2048:
        raise NotApplied("more pixels than half precision can tell apart")
    for real in (False, True):
        arrays = {}
        for name, array in case.arrays.items():
            values = rng.choice([-1.0, 1.0, 2.0, -2.0], array.shape)
            if real and case.kind != "max_pool":
                values = rng.standard_normal(array.shape)
            arrays[name] = values.astype(np.float16)
        if case.kind == "max_pool":
            arrays["x"] = rng.permutation(case.x.size).reshape(case.x.shape).astype(np.float16)
        given = case.replace(**arrays)
        outcome = trial.outcome(given)
        if outcome.error is not None:
            tolerated(trial, given, outcome, "float16", "float16 input", case)
        trial.same(
            given,
            trial.checked(given, outcome),
            oracle.expected(given),
            fractions=real or case.kind == "avg_pool",
            note=False,
        )


def _note_means(trial: Trial, case: Case) -> None:
    """Note means that are representable and whose sums are not; a direct sum may do that."""
    ones = (1,) * case.rank
    for side, value, said in (
        (round(4096 ** (1 / case.rank)), 1.0, "the mean of 4096 ones"),
        (2, 40000.0, "the mean of numbers of 40000"),
    ):
        window = (side,) * case.rank
        given = case.replace(
            x=np.full((1, *window, 1), value, np.float16),
            window=window,
            stride=window if case.stride == case.window else ones,
            padding=((0, 0),) * case.rank,
        )
        outcome = trial.outcome(given)
        if outcome.values and outcome.values[0] is not None and outcome.values[0].size == 1:
            found = float(outcome.values[0].ravel()[0])
            if not abs(found - value) <= 2.0**-8 * value:
                trial.notes.limitations.setdefault(
                    (case.op, "sums in half precision"), f"{said} is {found:g}"
                )


@law(
    "half-precision-sums",
    "Half-precision input is not summed term by term in half precision: 4096 ones are 4096.",
    "|f(x) - Z| <= (taps + log2 n + 4) u conv(|x|, |K|)",
    kinds="conv",
    ways="forward",
    scope="session",
    runs=1,
    implied_by=("returns-an-answer", "shape", "definition", "float16"),
    source="sums by taps in half precision, by channels in single precision or pairwise",
)
def half_precision_sums(trial: Trial, case: Case) -> None:
    """One tap, 4096 channels of one: a running half-precision sum stops at 2048."""
    ones = (1,) * case.rank
    given = case.replace(
        x=np.ones((1, *ones, 4096), np.float16),
        kernel=np.ones((*ones, 4096, 1), np.float16),
        bias=None,
        stride=ones,
        dilation=ones,
        padding=((0, 0),) * case.rank,
        groups=1,
    )
    wide = given.replace(x=given.x.astype(np.float32), kernel=np.ones((*ones, 4096, 1), np.float32))
    outcome = trial.outcome(given)
    if outcome.error is not None:
        tolerated(trial, given, outcome, "float16", "float16 input", wide)
    y = trial.checked(given, outcome)[0]
    full = trial.answer(wide)[0]
    assert y is not None
    assert full is not None
    if full.dtype.itemsize < 4:
        raise NotApplied("the target works in half precision throughout")
    bound = (1 + 12 + 4) * 2.0**-11 * 4096
    if abs(float(y.ravel()[0]) - 4096) > bound:
        _unclaimed(trial, case.op)
        raise Broken("a sum of 4096 ones stopped short", given, np.full_like(y, 4096), y)


@law(
    "half-precision-bias",
    "The gradient of the bias is not summed term by term in half precision: 4096 ones are 4096.",
    "|db - sum dY| <= (log2 n + 5) u sum |dY|",
    kinds="conv",
    ways="backward",
    needs="bias",
    scope="session",
    runs=1,
    implied_by=("returns-an-answer", "shape", "definition", "float16"),
    source="sums over images and positions in single precision or pairwise",
)
def half_precision_bias(trial: Trial, case: Case) -> None:
    """One channel, 4096 positions of one: a running half-precision sum stops at 2048."""
    ones, side = (1,) * case.rank, round(4096 ** (1 / case.rank))
    image = np.ones((1, *(side,) * case.rank, 1), np.float16)
    given = case.replace(
        x=image * np.float16(0),
        kernel=np.ones((*ones, 1, 1), np.float16),
        bias=np.ones(1, np.float16),
        dy=image,
        stride=ones,
        dilation=ones,
        padding=((0, 0),) * case.rank,
        groups=1,
    )
    outcome = trial.outcome(given)
    if outcome.error is not None:
        single = {name: array.astype(np.float32) for name, array in given.arrays.items()}
        usual = given.replace(**single)
        tolerated(trial, given, outcome, "float16", "float16 input", usual)
    found = trial.checked(given, outcome)[2]
    if found is None:
        raise NotApplied("the target gives no gradient for the bias")
    if abs(float(found.ravel()[0]) - 4096) > (12 + 5) * 2.0**-11 * 4096:
        _unclaimed(trial, case.op)
        raise Broken(
            "a sum of 4096 ones stopped short",
            given,
            np.full_like(found, 4096),
            found,
            result="dbias",
        )


def _unclaimed(trial: Trial, op: str) -> None:
    """A limit, not a mistake, of code that follows the dtype it is handed and names no half."""
    if trial.claims_half(op):
        return
    said = "summed in half precision: 4096 ones are not 4096 (its text never names the type)"
    trial.notes.limitations.setdefault((op, "float16"), said)
    raise NotApplied("the target's text does not name half precision")
