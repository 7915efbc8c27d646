"""What cannot be computed must be refused; and what may be refused, if said so."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from convproof.laws.case import Array, Case
from convproof.laws.law import Broken, NotApplied, law
from convproof.laws.protocol import OutcomeLike
from convproof.laws.trial import Trial, kind_of, refusal

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
        said = "a kernel larger than the padded input was accepted"
        foreign = _foreign(trial, given, values[0])
        raise Broken(f"{said}{foreign}", given, "a refusal", values[0])


def _foreign(trial: Trial, given: Case, first: Array) -> str:
    """What else than its image such a call reads, in words; nothing where nothing shows it."""

    def answer(case: Case) -> Array | None:
        values = trial.outcome(case).values
        return None if not values or values[0] is None else values[0]

    def same(one: Array | None, other: Array | None) -> bool:
        return one is None or other is None or np.array_equal(one, other, equal_nan=True)

    if not same(first, answer(given)):
        return ": made again it gives other numbers, so that it reads memory which is not its own"
    # The image by itself, with others behind it: what comes of it is its own affair.
    alone, small = given.x[:1], given.x.dtype.kind in "iu"
    behind = [np.concatenate([alone, alone * 0 + (7 * turn + 3)]) for turn in (0, 1)]
    one, two = (answer(given.replace(x=x)) for x in behind)
    if one is not None and two is not None and not same(one[:1], two[:1]):
        return ": what it gives for an image changes with the image behind it in memory"
    if not small and given.x.size:
        poisoned = answer(given.replace(memory="strided"))
        if poisoned is not None and np.isnan(poisoned).any() and not np.isnan(first).any():
            return ": numbers that lie between those of its image in memory are read"
    return ""


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
    """Answered, and with the gradient of nothing: zero. In lists nothing says how large it is."""
    given = case.replace(x=case.x[:0], dy=None if case.dy is None else case.dy[:0])
    outcome = trial.outcome(given)
    shape = outcome.values[0].shape if outcome.values and outcome.values[0] is not None else ()
    if shape != given.out_shape and getattr(trial.outcome(case), "lists", False):
        said = "images in lists: an empty list has no sizes"
        trial.notes.limitations.setdefault((case.op, "empty batches"), said)
        raise NotApplied(said)
    if outcome.error is not None:
        tolerated(trial, given, outcome, "empty_batch", "empty batches", case, lawful=True)
    values = trial.checked(given, outcome)
    for value in values:
        if value is not None and value.size and (value != 0).any():
            raise Broken("the gradient of nothing is not zero", given, np.zeros_like(value), value)


def tolerated(
    trial: Trial,
    case: Case,
    outcome: OutcomeLike,
    name: str,
    what: str,
    usual: Case,
    lawful: bool = False,
) -> None:
    """Turn an error into a limit, or into a failure where support is due.

    `usual` is the call without what is new in it: where that is refused too, nothing is learnt.
    Support is due where it was declared, and where the call is `lawful` and nobody allowed less.
    """
    if refusal(outcome) and refusal(trial.outcome(usual)):
        raise NotApplied(f"the target refuses the call anyway: {outcome.error}")
    due = trial.convention(name) == "supported" or (
        lawful and kind_of(outcome.error) == "raised" and what not in trial.allow
    )
    if due or not refusal(outcome):
        raise Broken(f"{what}: the call failed: {outcome.error}", case, "an answer", outcome.error)
    trial.notes.limitations.setdefault((case.op, what), str(outcome.error))
    raise NotApplied(f"the target refuses {what}: {outcome.error}")
