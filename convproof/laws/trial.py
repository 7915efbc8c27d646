"""A target on trial: the calls made, and what was noticed of its conventions on the way."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from convproof.errors import SpecError
from convproof.laws import numerics, oracle
from convproof.laws.case import Array, Case
from convproof.laws.law import Broken, NotApplied
from convproof.laws.protocol import OutcomeLike, TargetLike

RESULTS = {True: ("dx", "dkernel", "dbias"), False: ("y",)}


# Sums in another order (a running sum over the image, Strassen's products) are exact on integers
# and yet round more than a direct sum; they stay far inside the envelope, a lost bit does not.
LEAVE = 0.25


def result_names(case: Case) -> tuple[str, ...]:
    """What the values of a call are called."""
    if case.kernel is not None:
        return RESULTS[case.backward]
    return ("dx",) if case.backward else ("y",)


@dataclass
class Notes:
    """What a run noticed: nothing here is a failure by itself.

    `rules` has the rules for ties that suit every call of an op so far; `refused` the lawful calls
    that laws made and that were refused, with the target's words.
    """

    calls: int = 0
    unanswered: int = 0
    levels: dict[str, Counter[str]] = field(default_factory=dict)
    worst: dict[str, float] = field(default_factory=dict)
    dtypes: dict[tuple[str, str, str], str] = field(default_factory=dict)
    ties: Counter[str] = field(default_factory=Counter)
    rules: dict[str, list[str]] = field(default_factory=dict)
    beyond: dict[str, Broken] = field(default_factory=dict)
    no_bias_gradient: set[str] = field(default_factory=set)
    limitations: dict[tuple[str, str], str] = field(default_factory=dict)
    refused: list[tuple[Case, str]] = field(default_factory=list)

    def level(self, op: str, level: str, error: float = 0.0) -> None:
        """Count one comparison."""
        self.levels.setdefault(op, Counter())[level] += 1
        self.worst[op] = max(self.worst.get(op, 0.0), error)


class Trial:
    """Calls a target on behalf of the laws."""

    def __init__(
        self, target: TargetLike, seed: int = 0, allow: frozenset[str] = frozenset()
    ) -> None:
        self.target, self.allow = target, allow
        self.notes = Notes()
        self.seed = seed
        self.latest: Case | None = None  # the call last held to the oracle

    def itemsize(self, case: Case) -> int:
        """Bytes of the narrowest float on the way: the input's, or the results' seen so far."""
        seen: list[int] = [
            np.dtype(got).itemsize
            for (op, _, given), got in self.notes.dtypes.items()
            if op == case.op and given == str(case.x.dtype) and np.dtype(got).kind == "f"
        ]
        return min([int(case.x.dtype.itemsize), *seen])

    def rng(self, *more: int) -> np.random.Generator:
        """Random numbers that depend on the seed and `more` alone."""
        return np.random.default_rng([self.seed, *more])

    def accepts(self, case: Case, *parameters: str) -> bool:
        """Whether the target takes all these parameters."""
        return all(self.target.accepts(case.op, name) for name in parameters)

    def convention(self, name: str) -> Any:
        """What the target declares, or None."""
        return getattr(self.target.conventions, name, None)

    def outcome(self, case: Case) -> OutcomeLike:
        """One call."""
        _no_hollow(case)
        self.notes.calls += 1
        made = self.target.call(self._sent(case))
        self.notes.unanswered += made.error is not None
        return made

    def _sent(self, case: Case) -> Case:
        """The call as the target can be given it: a divisor it has no parameter for goes unsaid."""
        if case.kind == "avg_pool" and not self.target.accepts(case.op, "count_include_pad"):
            return case.replace(count_include_pad=True)
        return case

    def answer(self, case: Case) -> tuple[Array | None, ...]:
        """One call's values, checked to be an answer of the right shape."""
        return self.checked(case, self.outcome(case))

    def answers(
        self, cases: Sequence[Case], *, reuse: bool = False, threads: int = 1
    ) -> list[OutcomeLike]:
        """Several calls in one process."""
        for case in cases:
            _no_hollow(case)
        self.notes.calls += len(cases)
        sent = [self._sent(case) for case in cases]
        made = list(self.target.calls(sent, reuse=reuse, threads=threads))
        self.notes.unanswered += sum(outcome.error is not None for outcome in made)
        return made

    def checked(self, case: Case, outcome: OutcomeLike) -> tuple[Array | None, ...]:
        """The values of an outcome, if it is an answer at all."""
        if outcome.error is not None:
            if kind_of(outcome.error) == "unsupported":
                raise NotApplied(f"the target cannot be asked: {outcome.error}")
            if kind_of(outcome.error) == "raised":
                if all(np.isfinite(a).all() for a in case.arrays.values()):
                    self.notes.refused.append((case, str(outcome.error)))
                else:
                    key = (case.op, "NaN or infinite input")
                    self.notes.limitations.setdefault(key, str(outcome.error))
                raise NotApplied(f"the target refuses the call: {outcome.error}")
            raise Broken(
                f"the call failed: {outcome.error}",
                case,
                "an answer",
                outcome.error,
                law="returns-an-answer",
            )
        if outcome.values is None:
            raise Broken(
                "the call returned no arrays", case, "an answer", None, law="returns-an-answer"
            )
        for name, value, shape in zip(
            result_names(case), outcome.values, shapes(case), strict=False
        ):
            if value is None:
                if name == "dbias" or name in self.absent(case.op):
                    continue
                raise Broken(
                    f"{name} is missing",
                    case,
                    f"an array of shape {shape}",
                    None,
                    law="returns-an-answer",
                    result=name,
                )
            if value.shape != shape:
                raise Broken(
                    f"{name} has the wrong shape",
                    case,
                    shape,
                    value.shape,
                    law="shape",
                    result=name,
                )
        if len(outcome.values) < len(result_names(case)):
            raise Broken(
                "the call returned too few arrays",
                case,
                len(result_names(case)),
                len(outcome.values),
                law="returns-an-answer",
            )
        return outcome.values

    def absent(self, op: str) -> frozenset[str]:
        """Results that the target does not compute at all, as it says itself."""
        told = getattr(self.target, "absent", None)
        return frozenset() if told is None else frozenset(told(op))

    def claims_half(self, op: str) -> bool:
        """Whether the target is meant for half precision; one that says nothing of it is."""
        told = getattr(self.target, "claims_half", None)
        return True if told is None else bool(told(op))

    def promises(self, op: str, what: str) -> bool:
        """Whether the target's own text promises it: "nan", "rounded"."""
        told = getattr(self.target, "promises", None)
        return False if told is None else bool(told(op, what))

    def derived(self, op: str) -> bool:
        """Whether an op's gradient is an automatic derivative of the target's own forward."""
        told = getattr(self.target, "derived", None)
        return False if told is None else bool(told(op))

    def same(
        self,
        case: Case,
        got: Sequence[Array | None],
        want: Sequence[Array],
        *,
        fractions: bool,
        what: str = "",
        law: str | None = None,
        note: bool = True,
        before: tuple[Case, ...] = (),
        scale: Case | None = None,
    ) -> None:
        """Hold every result to the right one, at the level the target is able to reach.

        `scale` is the call that rounding is proportional to, where that is not `case` itself.
        `note` is for calls held to the oracle; without it, `want` may be the target's own.
        """
        if note:
            self.latest = case
        for index, (name, value, right) in enumerate(
            zip(result_names(case), got, want, strict=False)
        ):
            if value is None:
                if note and case.bias is not None and name not in self.absent(case.op):
                    self.notes.no_bias_gradient.add(case.op)
                continue
            if numerics.equal(value, right):
                if note:
                    self.notes.level(case.op, numerics.EXACT)
                continue
            size = case if scale is None else scale
            own = not note and bool((right != np.round(right)).any())
            found = numerics.agree(
                size,
                name,
                value,
                right,
                oracle.magnitudes(size)[index],
                oracle.terms(case)[index],
                fractions or own,
            )
            if found.level == numerics.WRONG:
                raise Broken(
                    f"{what or name} differs at {found.where}: {_at(value, found.where)} where "
                    f"{_at(right, found.where)} is right",
                    case,
                    right,
                    value,
                    law=law,
                    result=name,
                    before=before,
                )
            if note:
                kind = "real " if fractions else ""
                self.notes.level(case.op, kind + found.level, found.error)
            if (
                note
                and found.level == numerics.ENVELOPE
                and fractions
                and found.error > LEAVE * found.bound
            ):
                self.notes.beyond[case.op] = Broken(
                    f"{what or name} is off by {found.error:.3g} at {found.where}, beyond the "
                    f"rounding of a direct sum: it has {_bits(found.error, right)} bits",
                    case,
                    right,
                    value,
                    law="rounding",
                    result=name,
                )


def _bits(error: float, right: Array) -> int:
    """How many bits of the largest entry are right."""
    top = float(np.abs(right[np.isfinite(right)]).max(initial=0.0))
    return max(0, -math.ceil(math.log2(error / top))) if error and top else 0


def _at(array: Array, where: tuple[int, ...]) -> Any:
    return array[where].item() if where or array.ndim == 0 else None


def kind_of(error: BaseException | None) -> str:
    """The word for a failure: "raised", "crashed", "timeout", ..."""
    return str(getattr(error, "kind", "raised"))


def _no_hollow(case: Case) -> None:
    """Keep from a call without an answer: some libraries write out of bounds there."""
    if possible(case) and case.hollow:
        raise NotApplied("a window that steps over the whole image has no maximum")


def refusal(outcome: OutcomeLike) -> bool:
    """Whether the target said no: by any exception, or by having no way to be asked."""
    return outcome.error is not None and kind_of(outcome.error) in ("raised", "unsupported")


def shapes(case: Case) -> tuple[tuple[int, ...], ...]:
    """The right shapes of a call's values."""
    if not case.backward:
        return (case.out_shape,)
    if case.kernel is None:
        return (case.x.shape,)
    return case.x.shape, case.kernel.shape, (case.outputs,)


def possible(case: Case) -> bool:
    """Whether any window fits at all."""
    try:
        return min(case.out_space) > 0
    except SpecError:
        return False
