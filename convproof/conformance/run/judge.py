"""One op of one target before the laws: calls judged, breaks confirmed, shrunk and explained."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np

from convproof.conformance.cases.shrink import shrink
from convproof.conformance.report.result import Failure
from convproof.conformance.run.state import DECISIVE, HEARD, OpState, RunState
from convproof.conformance.target.clock import Clock
from convproof.conformance.target.places import placed
from convproof.errors import ConvproofError
from convproof.laws import LAWS
from convproof.laws.case import Case
from convproof.laws.law import Broken, Law, NotApplied
from convproof.laws.trial import Trial, kind_of

LARGE = 5_000  # entries of the input
SMALLER = 3.0  # seconds for a smaller counterexample; what they cut is said
HARD = ("timeout", "crashed", "memory", "exited")


class Judge:
    """Judges calls and sequences of calls; keeps what broke."""

    def __init__(self, run: RunState, fail_fast: bool) -> None:
        self.run, self.trial, self.laws, self.fail_fast = run, run.trial, run.laws, fail_fast
        self.history: deque[Case] = deque(maxlen=12)

    def call(self, state: OpState, case: Case, phase: str) -> bool:
        """One call, judged by every law that looks at single calls; whether it was answered."""
        outcome = self.trial.outcome(case)
        kind = "" if outcome.error is None else kind_of(outcome.error)
        if kind == "unsupported":
            state.unasked[str(outcome.error)] += 1
            return False
        if kind == "raised":
            state.refusals.refuse(case, str(outcome.error))
            return False
        if outcome.error is None:
            state.refusals.answer(case)
            state.dtypes[case.x.dtype.name] += 1
        elif kind == "memory" and case.x.size > LARGE:
            # Some right algorithms pay with memory: that is a limit, not a mistake.
            self.trial.notes.limitations.setdefault(
                (state.op, "large calls"), f"{outcome.error} ({case.describe()})"
            )
            state.too_slow = min(state.too_slow, float(case.x.size))
            return False
        elif kind in HARD:
            state.ended.append(str(outcome.error))
        for law in LAWS.of(state.op, "call"):
            if law.id in state.broken:
                continue
            try:
                law.check(self.trial, case, outcome)
            except NotApplied as why:
                state.not_applied.setdefault(law.id, str(why))
            except Broken as broken:
                self._broke(state, law, broken, phase)
                name = broken.law or law.id
                if (name in self.laws and name in DECISIVE) or self.run.stopped:
                    break
            else:
                if law.id in self.laws:
                    state.held[law.id] += 1
        self.history.append(case)
        return outcome.error is None

    def relation(self, state: OpState, law: Law, case: Case, phase: str) -> bool:
        """A law that makes calls of its own, starting from `case`; whether it had a say."""
        if law.id in state.broken:
            return False
        try:
            law.check(self.trial, case)
        except NotApplied as why:
            state.not_applied.setdefault(law.id, str(why))
            return False
        except Broken as broken:
            self._broke_relation(state, law, case, broken, phase)
            return True
        state.held[law.id] += 1
        return True

    # -- what happens to a break --------------------------------------------------------------

    def _broke(self, state: OpState, law: Law, broken: Broken, phase: str) -> None:
        found, calls = time.monotonic() - self.run.start, self.trial.notes.calls
        name = broken.law or law.id
        if name in state.broken or name not in self.laws:
            return
        first = broken.case
        if getattr(broken.got, "kind", "") in HARD:
            # Each try may cost the whole time limit: shrink little.
            broken = self.shrunk(law, broken, name, seconds=3.0, calls=12)
        elif name in DECISIVE and not self.again(law, broken.case, name):
            name, broken = self._unsteady(law, broken, name)
        else:
            broken = self.shrunk(law, broken, name)
        if name == "definition" and broken.case.memory != "plain":
            name = "memory-layout"
        self._keep(state, name, broken, phase, found, calls, first)

    def again(self, law: Law, case: Case, name: str) -> Broken | None:
        """The same call once more: the same break, or None."""
        return _breaks(law, name, self.trial, case, lambda: self.trial.outcome(case))

    def shrunk(
        self, law: Law, broken: Broken, name: str, seconds: float = SMALLER, calls: int = 400
    ) -> Broken:
        """The break of the smallest call that is found to break the same law."""
        return self._smallest(
            broken.case, broken, lambda case: self.again(law, case, name), seconds, calls
        )

    def _smallest(
        self,
        start: Case,
        broken: Broken,
        again: Callable[[Case], Broken | None],
        seconds: float,
        calls: int,
    ) -> Broken:
        """The break of the smallest call that `again` finds to break, starting from `start`."""
        latest, clock = broken, Clock()

        def breaks(case: Case) -> bool:
            nonlocal latest
            found = again(case)
            latest = found or latest
            return found is not None

        shrink(start, breaks, seconds, calls)
        if clock.now() > seconds:
            self.run.notes.append(
                f"{start.op}: a smaller counterexample may be found on a faster machine: the "
                f"search for one was cut after {seconds:g} s"
            )
        return latest

    def _unsteady(self, law: Law, broken: Broken, name: str) -> tuple[str, Broken]:
        """A break that did not recur: find the calls before it that bring it about."""
        history = list(self.history)
        for length in (1, 2, 4, 8, 12):
            before = history[-length:]
            if self._recurs(law, [*before, broken.case], name):
                for one in before:
                    if self._recurs(law, [one, broken.case], name):
                        before = [one]
                        break
                reason = f"after other calls: {broken.reason}"
                return "no-memory", broken.but(reason=reason, before=tuple(before))
        reason = f"wrong once, right when called again: {broken.reason}"
        return "repeatable", broken.but(reason=reason)

    def _recurs(self, law: Law, cases: list[Case], name: str) -> bool:
        """Whether the last of these calls breaks the law after the others."""
        outcomes = self.trial.answers(cases)
        return _breaks(law, name, self.trial, cases[-1], lambda: outcomes[-1]) is not None

    def _broke_relation(
        self, state: OpState, law: Law, case: Case, broken: Broken, phase: str
    ) -> None:
        found, calls = time.monotonic() - self.run.start, self.trial.notes.calls
        name = broken.law or law.id
        if name in state.broken or name not in self.laws:
            return
        if law.family == "statefulness" and "definition" in self.laws:
            alone = self._alone(broken.case)
            if alone is not None:
                own = self.run.states.get(alone.case.op, state)  # a forward among a backward's
                self._broke(own, LAWS["definition"], alone, phase)
                return
        latest = broken
        if latest.before:
            latest = self._fewer_before(latest)
        elif getattr(broken.got, "kind", "") not in HARD:
            latest = self._smallest(
                case, broken, lambda smaller: _breaks(law, name, self.trial, smaller), SMALLER, 150
            )
        self._keep(state, name, latest, phase, found, calls, broken.case)

    def _alone(self, case: Case) -> Broken | None:
        """The call's own break of the definition, if no earlier call has a part in it.

        A shape that the target has not met before finds nothing that is kept for it.
        """
        law = LAWS["definition"]
        for name in ("definition", "shape", "returns-an-answer"):
            broken = self.again(law, case, name)
            if broken is not None and all(self.again(law, one, name) for one in unmet(case)):
                return broken
        return None

    def _fewer_before(self, broken: Broken) -> Broken:
        """The same break after fewer calls, if one of them is enough."""
        law = LAWS["definition"]
        for one in (*broken.before[-1:], *broken.before[:-1]):
            if one.op.startswith("max_pool") or not self._recurs(
                law, [one, broken.case], "definition"
            ):
                continue
            return broken.but(before=(one,))
        return broken

    def keep(
        self, state: OpState, name: str, broken: Broken, phase: str, told: tuple[str, ...] = ()
    ) -> None:
        """Keep a break as it is, without looking for a smaller one; `told` explains it."""
        found, calls = time.monotonic() - self.run.start, self.trial.notes.calls
        self._keep(state, name, broken, phase, found, calls, told=told)

    def _keep(
        self,
        state: OpState,
        name: str,
        broken: Broken,
        phase: str,
        found: float,
        calls: int,
        first: Case | None = None,
        told: tuple[str, ...] = (),
    ) -> None:
        if name in state.broken:
            return
        known, target = LAWS[name], self.trial.target
        layout = getattr(target, "layout", "channels_last")
        reason = placed(broken.reason, broken.result, broken.case.rank, layout)
        why = told or _guard(lambda: _diagnosis(target, broken, name, first)) or ()
        script, right = _guard(lambda: _script(target, broken, name, reason)) or (None, False)
        if right and name in DECISIVE and not (told or broken.before):
            why = (ANEW, *why)  # where nothing was called before
        state.broken[name] = Failure(
            name,
            state.op,
            known.statement,
            reason,
            broken.case,
            broken.expected,
            broken.got,
            broken.result,
            before=broken.before,
            layout=layout,
            found_after=found,
            found_in=phase,
            calls_until_found=calls,
            function=getattr(target, "names", {}).get(broken.case.op, ""),
            more=name in DECISIVE,
            diagnosis=why,
            script=script,
        )
        heard = HEARD.get()
        if heard is not None:
            heard(state.broken[name])
        if self.fail_fast:
            self.run.stopped = True


def _breaks(
    law: Law, name: str, trial: Trial, case: Case, outcome: Callable[[], Any] | None = None
) -> Broken | None:
    """How this call breaks the law called `name`; None if it does not, or breaks another."""
    try:
        law.check(trial, case, *(() if outcome is None else (outcome(),)))
    except NotApplied:
        return None
    except Broken as broken:
        return broken if (broken.law or law.id) == name else None
    return None


def unmet(case: Case) -> list[Case]:
    """The same call with 5 and 9 times the images and channels: shapes that no plan has.

    Whatever is equal, even, or larger than some bound stays so.
    """
    made = []
    for times in (5, 9):  # odd, and 1 more than a multiple of 4
        wide = case.groups == 1 and case.kernel is not None
        arrays = {
            name: np.tile(array, (times, *(1,) * (array.ndim - 2), times if wide else 1))
            for name, array in case.arrays.items()
            if name in ("x", "dy")
        }
        if wide and case.kernel is not None:
            arrays["kernel"] = np.tile(case.kernel, (*(1,) * case.rank, times, times))
            if case.bias is not None:
                arrays["bias"] = np.tile(case.bias, times)
        made.append(case.replace(**arrays))
    return made


def _guard(make: Callable[[], Any]) -> Any:
    """Help that fails is no help, and must not hide the finding itself."""
    try:
        return make()
    except (ImportError, ConvproofError, ValueError, TypeError, LookupError, ArithmeticError):
        return None


SHARED = (
    "calls of several threads work in the same memory: by one thread the call is right",
    "a buffer, a cache or a counter of the module or the class, which every thread uses",
)
ANEW = (
    "an earlier call matters: as the first call of a new process this one is right (look at: what "
    "is kept between calls: a flag, a counter, a cache, a buffer; or chance)"
)
HALVES = ("the sum of a window is kept in float16", "a dtype of float32 for sums, and one cast")
SPOILT = (
    "one bad number spoils results whose windows it is not in",
    "running sums and their differences, transforms, products with zeros: NaN - NaN and 0 * NaN "
    "are NaN",
)
CHANCE = (
    "the same call, made twice, gives two answers: chance, or something earlier calls left behind",
    "random numbers, memory that is never filled, what is kept between calls, threads",
)


def _diagnosis(target: Any, broken: Broken, law: str, first: Case | None) -> tuple[str, ...]:
    from convproof.conformance.faults.diagnose import Diagnosis, diagnose
    from convproof.conformance.faults.stale import besides

    if getattr(broken.got, "kind", "") in HARD:
        return ()  # there is no output to explain, and each further call may cost the limit
    if law == "threads":  # it is broken only where one thread alone is right
        return (str(Diagnosis(*SHARED)),)
    if law == "nan-reaches" and "no part of" in broken.reason:
        return (str(Diagnosis(*SPOILT)),)
    if law == "nan-reaches":
        from convproof.conformance.faults.swallowed import swallowed

        if told := swallowed(broken.case, target):
            return tuple(map(str, told))
    if law == "float16" and "kept in float16" in broken.reason:  # which says it all
        return (str(Diagnosis(*HALVES)),)
    if law == "integers":
        from convproof.conformance.faults.typed import typed

        if told := typed(broken.case, target):
            return tuple(map(str, told))
    if law == "repeatable":
        return (str(Diagnosis(*CHANCE)),)
    if law == "answers-every-lawful-call" and broken.case.bias is not None:
        # a bias that does not fit what came, where what came is not what is due
        bare = broken.case.replace(bias=None)
        return tuple(map(str, diagnose(bare, target=target))) if target.call(bare).values else ()
    if law == "definition" and isinstance(broken.got, np.ndarray):
        source = target.adapter(broken.case.op).source
        if told := besides(source, broken.case, broken.got, broken.result, target):
            return tuple(map(str, told))
    # What a relation expects is not what the call gives: ask the target for that.
    got = broken.got if broken.before else None
    seen = broken.got if law in DECISIVE and isinstance(broken.got, np.ndarray) else None
    found = diagnose(
        broken.case,
        got,
        result=broken.result,
        target=target,
        before=broken.before,
        first=first,
        seen=seen,
    )
    return tuple(str(item) for item in found)


def _script(target: Any, broken: Broken, name: str, reason: str) -> tuple[str | None, bool]:
    from convproof.conformance.report import repro

    return repro.tried(
        target,
        broken.case,
        broken.expected,
        broken.got,
        result=broken.result,
        law=name,
        reason=reason,
        before=broken.before,
    )
