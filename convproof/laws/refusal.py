"""What cannot be computed must be refused; and what may be refused, if said so."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from convproof.laws import oracle
from convproof.laws.case import Case
from convproof.laws.law import Broken, NotApplied, law
from convproof.laws.protocol import OutcomeLike
from convproof.laws.rounding import bounded
from convproof.laws.trial import ACCIDENTS, Trial, kind_of

CATASTROPHES = ("crashed", "timeout", "memory", "exited")


def too_large(case: Case, axis: int = 0, excess: int = 3, square: bool = False) -> Case:
    """`case` with a kernel that overhangs the padded image by `excess` pixels on one axis.

    With `square` the kernel is as large on every other axis.
    """
    axes = case.axes
    need = case.space[axis] + axes[axis].pad_lo + axes[axis].pad_hi + excess
    taps = list(case.taps)
    gap = axes[axis].dilation
    taps[axis] = -(-(need - 1) // gap) + 1
    if square:
        taps = [taps[axis]] * case.rank
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
    """On each axis, by one pixel, by a few and by many; and by dilation alone."""
    for axis in range(case.rank):
        for excess in (1, 2, 3, 5, 2 * case.space[axis] + 5):
            square = case.kernel is None and not trial.target.accepts(case.op, "unequal_window")
            given = too_large(case, axis, excess, square)
            _must_refuse(trial, given)
    if case.kernel is not None and trial.target.accepts(case.op, "dilation"):
        apart = max(n + lo + hi for n, (lo, hi) in zip(case.space, case.padding, strict=True))
        spread = _two_taps(case)
        if spread is not None:
            _must_refuse(trial, spread.replace(dilation=(apart,) * case.rank))


def _two_taps(case: Case) -> Case | None:
    """`case` with a kernel of two taps an axis, which only dilation can make too large."""
    assert case.kernel is not None
    if min(case.space) < 2:
        return None
    shape = ((2,) * case.rank) + case.kernel.shape[-2:]
    return case.replace(kernel=np.ones(shape, case.kernel.dtype))


def _must_refuse(trial: Trial, given: Case) -> None:
    outcome = trial.outcome(given)
    kind = kind_of(outcome.error)
    if kind == "unsupported":
        raise NotApplied(str(outcome.error))
    if outcome.error is not None:
        if kind in CATASTROPHES:
            raise Broken(
                f"instead of a refusal, the target {kind}", given, "an exception", outcome.error
            )
        return
    values = outcome.values or (None,)
    if values[0] is not None and not values[0].size:
        # No window, no entry: the truth, if not the help that a refusal is.
        trial.notes.limitations.setdefault(
            (given.op, "kernels larger than the padded input"),
            "answered by an array without entries, not refused",
        )
    elif values[0] is not None:
        raise Broken(
            "a kernel larger than the padded input was accepted", given, "a refusal", values[0]
        )


def mismatched(trial: Trial, case: Case) -> Iterator[tuple[str, Case]]:
    """Calls whose arrays do not belong together, each with what is wrong with it."""
    if case.kernel is not None:
        more = np.concatenate([case.x, case.x[..., :1]], axis=-1)
        yield "more channels than the kernel's", case.replace(x=more)
        deeper = np.concatenate([case.kernel, case.kernel[..., :1, :]], axis=-2)
        yield "fewer channels than the kernel's", case.replace(kernel=deeper)
        if trial.target.accepts(case.op, "groups"):
            width = case.kernel.shape[-1]
            x, kernel = np.concatenate([case.x] * 2, axis=-1), np.repeat(case.kernel, 2, axis=-1)
            odd = np.concatenate([kernel, case.kernel[..., :1]], axis=-1)[..., : 2 * width + 1]
            if case.groups == 1:
                yield (
                    "outputs that the groups do not divide",
                    case.replace(x=x, kernel=odd, groups=2, bias=None),
                )
        if case.bias is not None:
            yield "a bias that is too long", case.replace(bias=np.repeat(case.bias, 2))
    if case.dy is not None:
        yield (
            "a gradient of another shape than the output",
            case.replace(dy=np.concatenate([case.dy, case.dy[:, :1]], axis=1)),
        )


@law(
    "survives-mismatch",
    "Arrays that do not belong together are refused; an answer is noted, a crash is not forgiven.",
    "f(x, K) for C(x) != C(K) G is not defined",
    scope="session",
    runs=2,
    implied_by=(),
    source="equation (10.8) has no value",
)
def survives_mismatch(trial: Trial, case: Case) -> None:
    """Surplus channels, outputs that groups do not divide, a bias or a gradient too long."""
    for what, given in mismatched(trial, case):
        outcome = trial.outcome(given)
        kind = kind_of(outcome.error)
        if kind in CATASTROPHES:
            raise Broken(f"given {what}, the target {kind}", given, "an exception", outcome.error)
        if outcome.error is None:
            trial.notes.limitations.setdefault((case.op, what), "answered, not refused")


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
    """int64 and int32: small numbers, then sums of more bits than a narrower type holds."""
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
        _tolerated(trial, given, outcome, "float16", "float16 input")
    found = trial.checked(given, outcome)[2]
    if found is None:
        raise NotApplied("the target gives no gradient for the bias")
    if abs(float(found.ravel()[0]) - 4096) > (12 + 5) * 2.0**-11 * 4096:
        raise Broken(
            "a sum of 4096 ones stopped short",
            given,
            np.full_like(found, 4096),
            found,
            result="dbias",
        )
