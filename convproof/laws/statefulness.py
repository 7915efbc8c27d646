"""Nothing kept between calls: sequences of calls, each held to the definition."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from convproof.laws import oracle
from convproof.laws.case import Array, Case
from convproof.laws.definition import fractional
from convproof.laws.law import EVERY, Broken, NotApplied, law
from convproof.laws.protocol import OutcomeLike
from convproof.laws.refusal import too_large
from convproof.laws.trial import Trial, kind_of, possible, refusal

LARGE = 4096  # numbers in an array
TURNS = 72  # small calls of one shape: more than buffers that are used in turn
SLOW = 0.15  # seconds; a target to which a large call takes longer is spared more of them
STOPS = 64  # calls of two threads, one of each pair stopped before a line of the target's
THREAD_SECONDS = 0.4  # at most, for the calls of one round


def fresh(trial: Trial, case: Case, salt: int) -> Case:
    """The same call with other numbers."""
    rng = trial.rng(91, salt, case.x.size)

    def other(array: Array) -> Array:
        values = rng.integers(1, 5, array.shape) * rng.choice([-1, 1], array.shape)
        return np.asarray(values).astype(array.dtype)

    arrays = {name: other(array) for name, array in case.arrays.items()}
    if case.kind == "max_pool":
        arrays["x"] = rng.permutation(case.x.size).reshape(case.x.shape).astype(case.x.dtype)
    return case.replace(**arrays)


def larger(case: Case, numbers: int) -> Case:
    """The call with its images repeated until inputs and outputs have so many numbers."""
    least = min(case.x.size, math.prod(case.out_shape))
    times = -(-numbers // max(1, least)) if least else 1
    arrays = {n: np.repeat(a, times, axis=0) for n, a in case.arrays.items() if n in ("x", "dy")}
    return case.replace(**arrays)


def refit(trial: Trial, case: Case, salt: int) -> Case | None:
    """`case` with `dy` of the right shape; None where no window fits."""
    if not possible(case):
        return None
    if case.dy is not None and case.dy.shape != case.out_shape:
        case = case.replace(dy=np.ones(case.out_shape, case.dy.dtype))
    return fresh(trial, case, salt)


def neighbours(trial: Trial, case: Case) -> Iterator[Case]:
    """Calls that a careless cache would take for `case`: they differ from it in one thing."""
    accepts = trial.target.accepts
    op, rank, pool = case.op, case.rank, case.kernel is None
    yield case
    changed: list[Case] = []
    if accepts(op, "stride"):
        changed.append(case.replace(stride=tuple(s + 1 for s in case.stride)))
    if accepts(op, "padding"):
        pads = tuple((1, 1) if k > 1 or not pool else (0, 0) for k in case.taps)
        changed.append(case.replace(padding=pads))
        # The same size once padded: a border kept from here would be dirty there.
        inner = tuple(slice(lo, n - hi) for n, (lo, hi) in zip(case.space, pads, strict=True))
        if all(s.stop > s.start for s in inner):
            bare = ((0, 0),) * rank
            changed += [
                case.replace(padding=bare),
                case.replace(x=case.x[(slice(None), *inner)], padding=pads),
            ]
    if not pool and accepts(op, "dilation"):
        changed.append(case.replace(dilation=tuple(d + 1 for d in case.dilation)))
    if accepts(op, "unequal_stride") and rank > 1 and accepts(op, "stride"):
        one = (2, *case.stride[1:])
        changed += [case.replace(stride=one), case.replace(stride=one[::-1])]
    if not pool and case.kernel is not None:
        depth = case.kernel.shape[-2]
        if accepts(op, "groups") and case.groups == 1 and depth > 1:
            width = case.kernel.shape[-1]
            changed.append(
                case.replace(
                    kernel=np.tile(case.kernel[..., :1, :], (1,) * (rank + 1) + (depth,)),
                    bias=None if case.bias is None else np.tile(case.bias, depth),
                    groups=depth,
                    dy=case.dy,
                )
            )
            assert width
        if accepts(op, "bias"):
            changed.append(
                case.replace(
                    bias=None
                    if case.bias is not None
                    else np.ones(case.kernel.shape[-1], case.x.dtype)
                )
            )
        changed.append(
            case.replace(
                kernel=np.concatenate([case.kernel] * 2, axis=-1), bias=None, groups=case.groups
            )
            if case.groups == 1
            else case
        )
        if rank > 1:
            changed.append(case.replace(kernel=np.swapaxes(case.kernel, 0, 1)))
    elif rank > 1 and case.window is not None:
        window = (case.window[1], case.window[0], *case.window[2:])
        step = case.stride if accepts(op, "stride") else window
        if accepts(op, "unequal_window"):
            changed.append(case.replace(window=window, stride=step))
    for name in ("ceil_mode", "count_include_pad"):
        if accepts(op, name):
            changed.append(case.replace(**{name: not getattr(case, name)}))
    if rank > 1:
        changed.append(case.replace(x=np.swapaxes(case.x, 1, 2)))
    more = np.concatenate([case.x, case.x[:1]])
    changed += [
        case.replace(
            x=more,
            dy=None
            if case.dy is None
            else np.zeros((len(more), *case.dy.shape[1:]), case.dy.dtype),
        )
    ]
    dtypes = getattr(trial.target, "dtypes", ("float64", "float32"))
    for name in ("float32", "float64"):
        if name != str(case.x.dtype) and name in dtypes:
            changed.append(
                case.replace(**{key: array.astype(name) for key, array in case.arrays.items()})
            )
    for number, other in enumerate(changed):
        fitted = refit(trial, other, number + 1)
        if fitted is not None:
            yield fitted
            if number % 3 == 2:
                yield fresh(trial, case, 50 + number)
    answer = trial.outcome(case).values
    full = bool(answer) and all(a is None or a.dtype == np.float64 for a in answer or ())
    if full and case.x.dtype == np.float64 and "float32" in dtypes:
        # A shape first met in float32, then numbers of 23 bits: what was kept for it loses digits.
        images = {n: np.repeat(a, 3, axis=0) for n, a in case.arrays.items() if n in ("x", "dy")}
        met = fresh(trial, case.replace(**images), 80)
        yield met.replace(**{n: a.astype(np.float32) for n, a in met.arrays.items()})
        yield met.replace(x=met.x * (2.0**20 + 1))
    yield case
    if case.kernel is not None:
        # The same numbers in other places: a sum of them does not tell these weights apart.
        flipped = np.flip(case.kernel, axis=tuple(range(case.rank)))
        yield case.replace(kernel=np.ascontiguousarray(flipped))
        yield case.replace(kernel=np.ascontiguousarray(case.kernel[..., ::-1]))


def hold_all(
    trial: Trial, cases: Sequence[Case], outcomes: Sequence[OutcomeLike], what: str
) -> None:
    """Each outcome of a sequence is the definition's answer to its own call, or a refusal."""
    refused: list[str] = []
    for index, (case, outcome) in enumerate(zip(cases, outcomes, strict=True)):
        try:
            values = trial.checked(case, outcome)
            trial.same(case, values, oracle.expected(case), fractions=fractional(case), note=False)
        except Broken as broken:
            raise broken.but(
                reason=f"{what}: {broken.reason}", law=None, before=tuple(cases[:index])
            ) from None
        except NotApplied as why:
            refused.append(str(why))
            if kind_of(outcome.error) == "raised" and not refusal(trial.outcome(case)):
                raise Broken(
                    f"{what}: the call failed: {outcome.error}",
                    case,
                    "an answer, as before",
                    outcome.error,
                    before=tuple(cases[:index]),
                ) from None
    if len(refused) == len(cases):
        raise NotApplied(refused[0])


@law(
    "no-memory",
    "A call's answer does not depend on the calls before it.",
    "f(x) after f(x'), f(x''), ... = f(x)",
    scope="session",
    source="a function of its arguments",
    runs=3,
)
def no_memory(trial: Trial, case: Case) -> None:
    """The same shapes with other numbers, then each parameter changed by itself."""
    near = neighbours(trial, case)
    sayable = [one for one in near if trial.target.why_not(one) is None]
    cases = [case, fresh(trial, case, 0), *sayable]
    forward = case.forward
    if case.backward and forward.op in trial.target.ops:
        # A backward that leans on what the last forward left behind.
        cases += [forward, fresh(trial, forward, 7), case, fresh(trial, case, 8)]
    hold_all(trial, cases, trial.answers(cases), "after other calls")


@law(
    "refilled-arrays",
    "Arrays refilled in place are read anew.",
    "f(x) after x <- x' is f(x')",
    scope="session",
    source="a function of its arguments",
    runs=3,
    kinds=EVERY,
)
def refilled_arrays(trial: Trial, case: Case) -> None:
    """The very same array objects with other numbers in them, also between forward and backward."""
    for one in (case, larger(case, 2 * LARGE)):
        if one is not case and trial.outcome(one).seconds > SLOW:
            break
        cases = [one, fresh(trial, one, 1), fresh(trial, one, 2)]
        hold_all(trial, cases, trial.answers(cases, reuse=True), "after its arrays were refilled")
        if one.backward and one.forward.op in trial.target.ops:
            first = fresh(trial, one, 3).forward  # what a forward keeps of arrays that then change
            cases = [first, one, fresh(trial, one, 4).forward, fresh(trial, one, 5)]
            answers = trial.answers(cases, reuse=True)
            hold_all(trial, cases, answers, "after its arrays were refilled")


@law(
    "results-stay",
    "A result stays what it was when later calls are made.",
    "f(x) before f(x') = f(x) after f(x')",
    scope="session",
    source="a function of its arguments",
    runs=3,
    kinds=EVERY,
)
def results_stay(trial: Trial, case: Case) -> None:
    """Results kept while many calls of the same shape follow, as buffers used in turn take.

    Then large ones.
    """
    for first in (case, larger(case, 2 * LARGE)):
        if first is not case and trial.outcome(first).seconds > SLOW:
            break
        many = 3 if first is not case or trial.outcome(case).seconds > SLOW / 40 else TURNS
        cases = [first, *(fresh(trial, first, 3 + number) for number in range(many - 1))]
        outcomes = trial.answers(cases)
        for index, (one, outcome) in enumerate(zip(cases, outcomes, strict=True)):
            trial.checked(one, outcome)
            if outcome.changed_later:
                names = ", ".join(outcome.changed_later)
                later = _overwrites(trial, cases[index:])
                raise Broken(
                    f"call number {later} changed {names} of the first"
                    if later > 2
                    else f"a later call changed {names} of an earlier one",
                    cases[index + later - 1],
                    "results of its own",
                    f"{names} overwritten",
                    before=tuple(cases[index : index + later - 1]),
                )


def _overwrites(trial: Trial, cases: Sequence[Case]) -> int:
    """How many of these calls it takes to change the first one's result."""
    few, many = 2, len(cases)
    while few < many:
        middle = (few + many) // 2
        if trial.answers(cases[:middle])[0].changed_later:
            many = middle
        else:
            few = middle + 1
    return few


@law(
    "repeatable",
    "The same call gives the same answer, bit for bit.",
    "f(x) = f(x)",
    scope="session",
    source="a function",
    runs=3,
    kinds=EVERY,
)
def repeatable(trial: Trial, case: Case) -> None:
    """Nine times: what happens every eighth call shows; large calls too, whose threads may race."""
    for one in (case, larger(case, 2 * LARGE)):
        if one is not case and trial.outcome(one).seconds > SLOW:
            break
        outcomes = trial.answers([one] * 9)
        first = trial.checked(one, outcomes[0])
        for number, outcome in enumerate(outcomes[1:], 2):
            for was, now in zip(first, trial.checked(one, outcome), strict=True):
                if was is None or now is None or np.array_equal(was, now, equal_nan=True):
                    continue
                raise Broken(
                    f"call number {number} gave another answer than the first",
                    one,
                    was,
                    now,
                    before=(one,) * (number - 1),
                )


@law(
    "after-error",
    "A call that was refused leaves no trace.",
    "f(x) after an error = f(x)",
    scope="session",
    source="a function of its arguments",
    runs=2,
)
def after_error(trial: Trial, case: Case) -> None:
    """A kernel larger than the image, then calls that are right."""
    square = case.kernel is None and not trial.target.accepts(case.op, "unequal_window")
    wrong = [too_large(one, square=square) for one in (case, fresh(trial, case, 5))]
    cases = [wrong[0], case, wrong[1], fresh(trial, case, 6)]
    outcomes = trial.answers(cases)
    if outcomes[0].error is None:
        raise NotApplied("the impossible call was not refused")
    hold_all(trial, cases[1::2], outcomes[1::2], "after a call that was refused")
    if case.dy is None:
        return
    # A gradient that is one row too long, then the forward call and the backward one.
    longer = case.replace(dy=np.concatenate([case.dy, case.dy[:, :1]], axis=1))
    ways = [op for op in (case.forward, case) if op.op in trial.target.ops]
    for way in ways:
        refused, answer = trial.answers([longer, fresh(trial, way, 9)])
        if refused.error is not None:
            hold_all(trial, [fresh(trial, way, 9)], [answer], "after a gradient that was refused")


@law(
    "threads",
    "Calls made at the same time from several threads do not disturb each other.",
    "f(x) || f(x') = f(x), f(x')",
    scope="session",
    source="a function of its arguments",
    runs=1,
)
def threads(trial: Trial, case: Case) -> None:
    """Four threads, the same shapes, other numbers; then images large enough to let go of a core.

    Small calls take turns that their numbers decide: the same seed meets the same races.  Of what
    happens inside NumPy a run meets what it meets.

    NumPy hands the interpreter to another thread only in operations on some hundred numbers.
    Before that two threads: one call is stopped before a line, the other is made meanwhile.
    """
    calls = STOPS if trial.outcome(case).seconds < SLOW / 8 else STOPS // 8
    together(trial, [fresh(trial, case, 300 + number) for number in range(calls)], 2)
    for some in range(0, 48, 12):
        together(trial, [fresh(trial, case, 100 + some + number) for number in range(12)])
    large = larger(case, LARGE)
    seconds = trial.outcome(large).seconds
    rounds = min(40, int(THREAD_SECONDS / max(seconds, 1e-4)))
    if rounds >= 8:
        cases = [fresh(trial, large, 200 + number) for number in range(rounds)]
        # One layer called from several threads: its weights are the same arrays.
        together(trial, [one.replace(kernel=large.kernel, bias=large.bias) for one in cases])


def together(trial: Trial, cases: Sequence[Case], threads: int = 4) -> None:
    """Calls from some threads; what one thread gets wrong as well is not the threads' doing."""
    try:
        made = trial.answers(cases, threads=threads)
        hold_all(trial, cases, made, "while other threads were calling")
    except Broken:
        try:
            hold_all(trial, cases, trial.answers(cases), "after other calls")
        except Broken as broken:
            broken.law = broken.law or "no-memory"
            raise
        raise
