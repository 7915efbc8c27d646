"""`symmetries`: the verdicts, each with what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from convproof.errors import SpecError
from convproof.evidence import Verdict
from convproof.spec import as_int, choice
from convproof.theory.groups import GROUPS, Matrix
from convproof.theory.symmetry.coupled import Gap, Runs, Start, starts
from convproof.theory.symmetry.find import find
from convproof.theory.symmetry.functions import UserFunction
from convproof.theory.symmetry.law import in_law
from convproof.theory.symmetry.subject import Subject
from convproof.theory.symmetry.trace import cause

STEPS = 60  # more than any warm-up that a rule of torch.optim or optax has by default
# Runs each way of a test in law: a NumPy rule is quick, the others' calls are not.
_MANY, _FEW = 10_000, 1_000
_AGAIN = 5  # runs that must be equal before a difference of two others is called a refutation


def symmetries(
    rule: Any, *, groups: Sequence[str] = GROUPS, steps: int = STEPS, seed: int = 0
) -> dict[str, Verdict]:
    """Whether an update rule commutes with each group acting on the input coordinates.

    Args:
        rule: the name of an optimiser ("adam", this package's, after the paper; "torch.optim.Adam"
            or "optax.adam", the shipped code; "package.module:function"), a class or instance of
            torch.optim, an optax transformation, or an update function on 2-D NumPy arrays,
            rule(weight, gradient) -> weight, or
            rule(weight, gradient, state) -> (weight, state), or -> weight where the state is a
            dict that the rule changes itself.  The first state is {} if the rule can start
            from it, else None; a default of the parameter goes before both.
        groups: some of "sign", "permutation", "orthogonal".
        steps: of the longer runs, a fifth of it for a rule that searches along lines; the verdict
            speaks of so many, not of more.
        seed: of the weights, gradients and group elements tried; verdicts do not depend on it.

    Returns:
        group -> verdict.  Held: coupled runs (`coupled`) differed by rounding alone in every case
        (TESTED, not proved), or, for a rule with a random part, had one law (`law`) as far as a
        test can tell.  Refuted: the witness is the smallest weight, gradients and R that were
        found, the step at which it shows, what was expected, U(W, G) R', and got, U(W R', G R'),
        and the cause, the operation at fault, where it can be traced.  Undecided: held only
        within a precision coarser than float64 that the rule computes in; or rounding explains
        too much; or the weight never moved.

    Raises:
        SpecError: for an unknown name or group, or a rule that is no update rule: it wants more
            than it is given, returns nothing, or another shape.
        MissingExtra: for a rule of torch or optax where that is not installed.

    >>> {group: verdict.status.value for group, verdict in symmetries("adam").items()}
    {'sign': 'held', 'permutation': 'held', 'orthogonal': 'refuted'}
    >>> symmetries(lambda w, g: w - 0.1 * g)["orthogonal"].holds
    True

    Source: Problem 10.2.1; Li, Zhang, Arora (ICLR 2021).
    """
    asked = [groups] if isinstance(groups, str) else list(groups)
    names = [choice("groups", group, GROUPS) for group in asked]
    long, seed = as_int("steps", steps, 1), as_int("seed", seed, 0)
    subject = find(rule)
    begun = list(starts(long, seed, few=subject.costly))
    if subject.seeded or not _repeats(subject, begun):
        return {name: _law(subject, name, begun) for name in names}
    usable = next(start for start in begun if _runs(subject, start) is None)
    coarse = subject.lowest(usable.weight, usable.gradients)
    runs = [Runs(subject, start, coarse) for start in begun]
    return {name: combined(name, runs) for name in names}


def _repeats(subject: Subject, begun: list[Start]) -> bool:
    """Whether equal runs are equal, bit for bit, three times over.

    Raises:
        SpecError: if the rule fails from every start.
    """
    failures = [_runs(subject, start) for start in begun]
    usable = [start for start, failure in zip(begun, failures, strict=True) if failure is None]
    if not usable:
        raise failures[0] or SpecError.of("rule", subject.label, "one that runs")
    start = usable[-1]
    with np.errstate(all="ignore"):
        first, *more = (subject.run(start.weight, start.gradients[:8]) for _ in range(3))
    return all(np.array_equal(first, other, equal_nan=True) for other in more)


def _steady(runs: Runs) -> bool:
    """Whether the plain run of a start is the same many times over."""
    plain = runs.plain(np.float64)
    again = (runs.run(runs.start.weight, runs.start.gradients, np.float64) for _ in range(_AGAIN))
    return all(np.array_equal(plain, other, equal_nan=True) for other in again)


def _runs(subject: Subject, start: Start) -> SpecError | None:
    """What the rule raises on a few steps from a start."""
    try:
        with np.errstate(all="ignore"):
            subject.run(start.weight, start.gradients[:8])
    except SpecError as error:
        return error
    return None


def combined(group: str, runs: list[Runs]) -> Verdict:
    """One verdict from all starts: any refutation; else every shape must have held."""
    gaps: list[tuple[Runs, Gap]] = []
    for one in runs:
        gaps.append((one, one.gap(one.start.rotation(group))))
        if gaps[-1][1].kind == "refuted":
            if not _steady(one):  # random after all, though seldom
                return _law(one.subject, group, [other.start for other in runs])
            return _refuted(one, gaps[-1][1], group, runs)
    # one step tells little, unless there are no others
    long = [(one, gap) for one, gap in gaps if len(one.start.gradients) > 1] or gaps
    if all(gap.kind == "still" for _, gap in long):
        return Verdict.undecided("the weight never moved: there is nothing to compare")
    within = [gap for _, gap in gaps if gap.kind == "within"]
    if within:
        return Verdict.undecided(
            f"held only within {runs[0].coarse}, which it computes in: gaps up to "
            f"{max(gap.size for gap in within):.1e}, where inputs off by its roundoff change the "
            f"result by {max(gap.explained for gap in within):.1e}"
        )
    for shape in {one.start.weight.shape: None for one, _ in long}:
        mine = [gap for one, gap in long if one.start.weight.shape == shape]
        if any(gap.kind == "held" for gap in mine):
            continue
        failed = next((gap.said for gap in mine if gap.kind == "failed"), None)
        if failed is not None:
            return Verdict.undecided(failed)
        lost = next((gap for gap in mine if gap.kind == "lost"), None)
        if lost is None:
            return Verdict.undecided(f"a weight of shape {shape} never moved")
        return Verdict.undecided(
            f"with a weight of shape {shape}, from step {lost.step} on, the gap is "
            f"{lost.size:.1e} and rounding alone explains up to {lost.explained:.1e}"
        )
    held_gaps = [gap for _, gap in gaps if gap.kind == "held"]
    worst = max(held_gaps, key=lambda gap: gap.size)
    size = f"the largest gap, {worst.size:.1e} of what was moved, is rounding's"
    reach = sorted({gap.step for gap in held_gaps if gap.step > 3})
    if not reach:
        return Verdict.held(f"{len(held_gaps)} pairs: {size}")
    return Verdict.held(
        f"{len(held_gaps)} pairs of runs, the longer of {reach[0]} to {reach[-1]} steps, gradients "
        f"from 1e-3 to 1e3: {size}"
    )


def _refuted(runs: Runs, gap: Gap, group: str, others: list[Runs]) -> Verdict:
    rotation, step = runs.start.rotation(group), gap.step
    plain, turned = runs.plain(np.float64), runs.turned(rotation, np.float64)
    # A start without a pattern tells more: along (1, 0) a root of squares turns by chance.
    plain_one = next((o for o in others if o.start.weight.shape == (3, 3)), runs)
    other = plain_one.gap(plain_one.start.rotation(group))
    shows = (plain_one, other.step) if other.kind == "refuted" else (runs, step)
    found = _cause(runs.subject, shows[0].start, shows[0].start.rotation(group), shows[1])
    reason = (
        f"at step {step} the gap is {gap.size:.1e} of what was moved, where rounding explains "
        f"{gap.explained:.1e}"
    )
    return Verdict.refute(
        f"{reason}; {found}" if found else reason,
        R=rotation,
        W=runs.start.weight,
        gradients=runs.start.gradients[:step],
        step=step,
        expected=plain[step - 1] @ rotation.T,
        got=turned[step - 1],
        cause=found or "not traced",
    )


def _cause(subject: Subject, start: Start, rotation: Matrix, step: int) -> str:
    """The operation that broke it, if the subject can be traced."""
    gradients = start.gradients[:step]
    try:
        with np.errstate(all="ignore"):
            one = subject.record(start.weight, gradients)
            two = subject.record(start.weight @ rotation.T, gradients @ rotation.T)
    except Exception:  # a rule may not bear an array that is watched; the verdict stands without
        return ""
    return "" if one is None or two is None else cause(one, two, rotation)


def _law(subject: Subject, group: str, begun: list[Start]) -> Verdict:
    """The verdict in law: from the smallest start and from one more."""
    count = _MANY if isinstance(subject, UserFunction) else _FEW
    held = []
    for start in (begun[0], next(s for s in begun if s.weight.shape == (2, 4))):
        short = Start(start.number, start.weight, start.gradients[:2], start.scale, start.seed)
        verdict = in_law(subject, short, group, count)
        if not verdict.holds:
            return verdict
        held.append(verdict)
    return held[-1]
