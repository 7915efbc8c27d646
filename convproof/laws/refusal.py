"""What cannot be computed must be refused; and what may be refused, if said so."""

from __future__ import annotations

import numpy as np

from convproof.laws import oracle
from convproof.laws.case import Case
from convproof.laws.law import Broken, NotApplied, law
from convproof.laws.protocol import OutcomeLike
from convproof.laws.rounding import bounded
from convproof.laws.trial import ACCIDENTS, Trial, kind_of


def too_large(case: Case, axis: int = 0, excess: int = 3) -> Case:
    """`case` with a kernel that overhangs the padded image by `excess` pixels on one axis."""
    axes = case.axes
    need = case.space[axis] + axes[axis].pad_lo + axes[axis].pad_hi + excess
    taps = list(case.taps)
    gap = axes[axis].dilation
    taps[axis] = -(-(need - 1) // gap) + 1
    if case.kernel is None:
        window = tuple(taps)
        keep = case.stride == case.window
        return case.replace(window=window, stride=window if keep else case.stride)
    kernel = np.ones((*taps, *case.kernel.shape[-2:]), case.kernel.dtype)
    return case.replace(kernel=kernel)


@law(
    "refuses-too-large",
    "A kernel larger than the padded input has no output: the call is refused, or answered by an "
    "array without entries.",
    "K > H + 2 P  =>  no (i, j) is valid",
    ways="forward",
    scope="session",
    runs=2,
    implied_by=(),
    source="equation (10.7), where it goes wrong",
)
def refuses_too_large(trial: Trial, case: Case) -> None:
    """On each axis, by one pixel, by a few and by many."""
    for axis in range(case.rank):
        for excess in (1, 2, 3, 5, 2 * case.space[axis] + 5):
            given = too_large(case, axis, excess)
            if (
                len(set(given.taps)) > 1
                and case.kernel is None
                and not trial.target.accepts(case.op, "unequal_window")
            ):
                raise NotApplied("the target takes one window size for all axes")
            outcome = trial.outcome(given)
            kind = kind_of(outcome.error)
            if kind == "unsupported":
                raise NotApplied(str(outcome.error))
            if outcome.error is not None:
                if kind in ("crashed", "timeout", "memory", "exited"):
                    raise Broken(
                        f"instead of a refusal, the target {kind}",
                        given,
                        "an exception",
                        outcome.error,
                    )
                continue
            values = outcome.values or (None,)
            if values[0] is not None and not values[0].size:
                # No window, no entry: the truth, if not the help that a refusal is.
                trial.notes.limitations.setdefault(
                    (case.op, "kernels larger than the padded input"),
                    "answered by an array without entries, not refused",
                )
            elif values[0] is not None:
                raise Broken(
                    "a kernel larger than the padded input was accepted",
                    given,
                    "a refusal",
                    values[0],
                )


@law(
    "empty-batch",
    "A batch of no images gives a batch of no results (and gradients of zero).",
    "f(()) = ()",
    scope="session",
    runs=1,
    source="equation (10.8) for no n",
)
def empty_batch(trial: Trial, case: Case) -> None:
    """A target may refuse it; it may not answer nonsense."""
    given = case.replace(x=case.x[:0], dy=None if case.dy is None else case.dy[:0])
    outcome = trial.outcome(given)
    if outcome.error is not None:
        _tolerated(trial, given, outcome, "empty_batch", "empty batches")
    values = trial.checked(given, outcome)
    for value in values:
        if value is not None and value.size and (value != 0).any():
            raise Broken("the gradient of nothing is not zero", given, np.zeros_like(value), value)


def _tolerated(trial: Trial, case: Case, outcome: OutcomeLike, name: str, what: str) -> None:
    """Turn an error into a limitation, or into a failure where support was declared."""
    kind = kind_of(outcome.error)
    raised = str(getattr(outcome.error, "type_name", type(outcome.error).__name__))
    accident = raised in ACCIDENTS
    if (
        kind not in ("raised", "unsupported", "refused")
        or accident
        or (trial.convention(name) == "supported")
    ):
        raise Broken(f"{what}: the call failed: {outcome.error}", case, "an answer", outcome.error)
    trial.notes.limitations.setdefault((case.op, what), str(outcome.error))
    raise NotApplied(f"the target refuses {what}: {outcome.error}")


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
            _tolerated(trial, given, outcome, "float16", "float16 input")
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
    """int64 and int32, small numbers: nothing overflows."""
    for dtype in (np.int64, np.int32):
        arrays = {name: array.astype(dtype) for name, array in case.arrays.items()}
        given = case.replace(**arrays)
        outcome = trial.outcome(given)
        if outcome.error is not None:
            _tolerated(trial, given, outcome, "integers", f"{np.dtype(dtype).name} input")
        values = trial.checked(given, outcome)
        what = f"{np.dtype(dtype).name} input"
        integral = values[0] is not None and values[0].dtype.kind == "i"
        if integral and (case.kind == "avg_pool" or bounded(trial, case.op)):
            trial.notes.limitations.setdefault(
                (case.op, what), "the result is an integer too, its fraction lost"
            )
            continue
        trial.same(
            given, values, oracle.expected(given), fractions=case.kind == "avg_pool", note=False
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
        _tolerated(trial, given, outcome, "float16", "float16 input")
    y = trial.checked(given, outcome)[0]
    full = trial.answer(wide)[0]
    assert y is not None
    assert full is not None
    if full.dtype.itemsize < 4:
        raise NotApplied("the target works in half precision throughout")
    bound = (1 + 12 + 4) * 2.0**-11 * 4096
    if abs(float(y.ravel()[0]) - 4096) > bound:
        raise Broken("a sum of 4096 ones stopped short", given, np.full_like(y, 4096), y)
