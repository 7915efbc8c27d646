"""Half precision and integers: answered in their own precision, or refused and said so."""

from __future__ import annotations

import numpy as np

from convproof.laws import oracle
from convproof.laws.case import Case
from convproof.laws.law import Broken, NotApplied, law
from convproof.laws.refusal import tolerated
from convproof.laws.rounding import bounded
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


@law(
    "integers",
    "Integer input is answered exactly, or refused.",
    "f(x) = Z for integer x",
    ways="forward",
    scope="session",
    runs=4,
    source="the definition",
)
def integers(trial: Trial, case: Case) -> None:
    """int64 and int32: small numbers, then sums of more bits than a narrower type holds."""
    note_narrow(trial, case)
    for dtype in (np.int64, np.int32):
        arrays = {name: array.astype(dtype) for name, array in case.arrays.items()}
        given = case.replace(**arrays)
        outcome = trial.outcome(given)
        if outcome.error is not None:
            tolerated(trial, given, outcome, "integers", f"{np.dtype(dtype).name} input", case)
        values = trial.checked(given, outcome)
        what = f"{np.dtype(dtype).name} input"
        integral = values[0] is not None and values[0].dtype.kind == "i"
        if integral and (case.kind == "avg_pool" or bounded(trial, case.op)):
            trial.notes.limitations.setdefault(
                (case.op, what), "the result is an integer too, its fraction lost"
            )
            continue
        fractions = case.kind == "avg_pool"
        trial.same(given, values, oracle.expected(given), fractions=fractions, note=False)
        if values[0] is None or values[0].itemsize < np.dtype(dtype).itemsize:
            continue  # it works in something narrower, which is its right
        if case.kind == "max_pool":
            if integral:  # a maximum is no sum: neighbours that only integers tell apart
                top = given.replace(x=given.x + (2**53 if dtype is np.int64 else 2**24))
                found = trial.answer(top)[0]
                if found is None or not np.array_equal(found, oracle.expected(top)[0]):
                    trial.notes.limitations.setdefault(
                        (case.op, what), "told apart only as far as floating point numbers are"
                    )
            continue
        large = scaled(given, LARGE_SUMS[dtype])
        want = oracle.expected(large)
        if np.abs(want[0]).max(initial=0) < LARGEST_SUM[dtype]:
            trial.same(large, trial.answer(large), want, fractions=fractions, note=False)


def note_narrow(trial: Trial, case: Case) -> None:
    """Note what becomes of a bright uint8 image, and of an image of int64 under a real kernel.

    NumPy's own sums of bytes wrap and its arrays cut fractions off: no failure, but no secret.
    """
    bright = {n: (np.abs(a) % 4 * 50 + 55).astype(np.uint8) for n, a in case.arrays.items()}
    given = {"uint8 input": case.replace(**bright)}
    if case.kernel is not None:
        halves = {n: a / 2 for n, a in case.arrays.items() if n != "x"}
        mixed = case.replace(x=case.x.astype(np.int64), **halves)
        given["an integer image and a real kernel"] = mixed
    for what, one in given.items():
        outcome = trial.outcome(one)
        if outcome.error is not None and trial.outcome(case).error is not None:
            continue  # it is not the numbers that it refuses
        try:
            values = trial.checked(one, outcome)
            trial.same(one, values, oracle.expected(one), fractions=True, note=False)
        except (Broken, NotApplied) as wrong:
            trial.notes.limitations.setdefault((case.op, what), str(wrong))


# Factors whose products need more than the 24 bits of float32, and for int64 than 32 bits.
LARGE_SUMS = {np.int64: (2**16 + 1, 2**13 + 1), np.int32: (2**11 + 1, 2**10 + 1)}
LARGEST_SUM = {np.int64: 2.0**50, np.int32: 2.0**31}


def scaled(case: Case, factors: tuple[int, int]) -> Case:
    """`case` with its image, and its kernel too, made larger."""
    first, second = factors
    if case.kernel is None:
        return case.replace(x=case.x * (first * second))
    bias = None if case.bias is None else case.bias * first
    return case.replace(x=case.x * first, kernel=case.kernel * second, bias=bias)


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
