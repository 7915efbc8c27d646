"""Half precision: answered in its own precision, or refused and said so."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np

from convproof.laws import oracle
from convproof.laws.case import Case
from convproof.laws.law import EVERY, Broken, NotApplied, law
from convproof.laws.refusal import tolerated
from convproof.laws.trial import Trial, result_names

SECONDS = 0.5  # for the longest sums


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
    """Means that are representable and whose sums are not: a limit where no text names halves."""
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
                if trial.claims_half(case.op):
                    told = f"{said} is {found:g}: the sum is kept in float16, which its text names"
                    want = np.full_like(outcome.values[0], value)
                    raise Broken(told, given, want, outcome.values[0])
                trial.notes.limitations.setdefault(
                    (case.op, "sums in half precision"), f"{said} is {found:g}"
                )


@law(
    "half-precision-sums",
    "Half-precision input is not summed term by term in half precision, over channels, taps, "
    "images or positions: 4096 ones are 4096.",
    "|f(x) - Z| <= (log2 n + 5) u conv(|x|, |K|)",
    kinds="conv conv_transpose",
    scope="session",
    runs=1,
    implied_by=("returns-an-answer", "shape", "definition", "float16"),
    source="sums in single precision or pairwise: Higham, Accuracy and Stability, ch. 4",
)
def half_precision_sums(trial: Trial, case: Case) -> None:
    """A running sum in half precision stops at 2048, one in eight bits at 256."""
    asked, took = False, dict[str, float]()
    for terms, over, wide in long_sums(trial, case, took):
        halves = {name: array.astype(np.float16) for name, array in wide.arrays.items()}
        given = wide.replace(**halves)
        outcome = trial.outcome(given)
        took[over] = outcome.seconds
        if outcome.error is not None:
            tolerated(trial, given, outcome, "float16", "float16 input", wide)
        got = trial.checked(given, outcome)
        if not asked and getattr(trial.target, "dtypes", ()) != {"float16"}:
            full = trial.answer(wide)[0]
            if full is not None and full.dtype.itemsize < 4:
                raise NotApplied("the target works in half precision throughout")
            asked = True
        names = result_names(given)
        right, size = oracle.expected(given), oracle.magnitudes(given)
        for name, value, want, top in zip(names, got, right, size, strict=False):
            if value is None:
                continue
            short = (math.log2(terms) + 5) * 2.0**-11 * top
            if (np.abs(value.astype(np.float64) - want) > short + 2.0**-24).any():
                _unclaimed(trial, case.op)
                what = f"a sum of {terms} terms of one sign over {over}"
                said = f"{name}: {what} stopped short: it is kept in float16, or in less"
                raise Broken(said, given, want, value, result=name)


@law(
    "long-sums",
    "A sum of 512 or 4096 terms of one sign keeps the precision of its result, over channels, "
    "taps, images or positions.",
    "|f(x) - Z| <= (n + 64) u conv(|x|, |K|)",
    scope="session",
    runs=1,
    source="Higham, Accuracy and Stability of Numerical Algorithms, ch. 3",
    kinds=EVERY,
)
def long_sums_keep_digits(trial: Trial, case: Case) -> None:
    """Integers all the way: what is lost was kept in fewer digits on the way."""
    takes = getattr(trial.target, "dtypes", ("float64", "float32"))
    dtypes = dict.fromkeys((*(["float32"] if "float32" in takes else []), case.x.dtype.name))
    took: dict[str, float] = {}
    for terms, over, single in long_sums(trial, case, took):
        took[over] = 0.0
        for dtype in dtypes:
            if took[over] > SECONDS:
                break
            given = single.replace(**{n: a.astype(dtype) for n, a in single.arrays.items()})
            if trial.target.why_not(given) is not None:
                continue
            what = f"a sum of {terms} terms of one sign over {over}"
            outcome = trial.outcome(given)
            took[over] += outcome.seconds
            values = trial.checked(given, outcome)
            trial.same(given, values, oracle.expected(given), fractions=True, note=False, what=what)


def long_sums(
    trial: Trial, case: Case, took: Mapping[str, float]
) -> Iterator[tuple[int, str, Case]]:
    """(terms, over what, a call) of thin calls in single precision: products are 1 or 9.

    Eight times the terms only where that will not take long, be it 64 times as long.

    Args:
        trial: calls the target.
        case: what the calls are like.
        took: over what -> seconds of the target's answers, which the caller notes: its own time,
            and that of the oracle, would make a busy machine ask less.
    """
    rank = case.rank
    ones = (1,) * rank
    uneven = rank == 1 or trial.target.accepts(case.op, "unequal_window")
    for terms, value in ((512, 3.0), (4096, 1.0)):
        line = (terms, *ones[1:]) if uneven else (round(terms ** (1 / rank)),) * rank
        double = tuple(2 * n - 1 for n in line)
        shapes: list[tuple[str, tuple[int, ...], tuple[int, ...]]] = []  # over, image, kernel
        if case.kernel is None:
            if not case.backward:
                shapes = [("the window", (1, *line, 1), line)]
            elif terms == 512 and trial.target.accepts(case.op, "stride"):
                shapes = [("windows that overlap", (1, *double, 1), line)]
        else:
            conv = case.kind == "conv"
            deep = (1, *ones, terms)
            shapes = [
                ("channels", deep, (*ones, *((terms, 1) if conv else (1, terms))))
                if not case.backward
                else ("channels", (1, *ones, 1), (*ones, *((1, terms) if conv else (terms, 1))))
            ]
            if conv != case.backward:
                shapes.append(("taps", (1, *(line if conv else ones), 1), (*line, 1, 1)))
            elif terms == 512:
                shapes.append(("taps", (1, *(double if conv else line), 1), (*line, 1, 1)))
            if case.backward:
                shapes.append(("images", (terms, *ones, 1), (*ones, 1, 1)))
                shapes.append(("positions", (1, *line, 1), (*ones, 1, 1)))
        for over, image, taps in shapes:
            if 64 * took.get(over, 0.0) > SECONDS:
                continue
            count = math.prod(line) if over not in ("channels", "images") else terms
            yield count, over, _filled(case, image, taps, value)


def _filled(case: Case, image: tuple[int, ...], taps: tuple[int, ...], value: float) -> Case:
    """The call with one number everywhere; of a maximum's gradient one pixel is all windows'."""
    ones, zeros = (1,) * case.rank, (0,) * case.rank
    made = case.replace(
        x=np.full(image, value, np.float32),
        padding=((0, 0),) * case.rank,
        dilation=ones,
        stride=ones,
        ceil_mode=False,
        output_padding=zeros if case.output_padding else (),
        memory="plain",
    )
    if case.kernel is None:
        made = made.replace(window=taps)
        if case.stride == case.window and not case.backward:
            made = made.replace(stride=taps)
        if case.kind == "max_pool":
            x = np.zeros(image, np.float32)
            x[tuple(n // 2 for n in image)] = 1
            made = made.replace(x=x)
    else:
        made = made.replace(kernel=np.full(taps, value, np.float32), groups=1, bias=None)
        if case.bias is not None and case.backward:
            made = made.replace(bias=np.zeros(made.outputs, np.float32))
    if case.backward:
        made = made.replace(dy=np.full(made.out_shape, value, np.float32))
    return made


def _unclaimed(trial: Trial, op: str) -> None:
    """A limit, not a mistake, of code that follows the dtype it is handed and names no half."""
    if trial.claims_half(op):
        return
    said = "summed in half precision: 4096 ones are not 4096 (its text never names the type)"
    trial.notes.limitations.setdefault((op, "float16"), said)
    raise NotApplied("the target's text does not name half precision")
