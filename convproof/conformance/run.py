"""Hold a target to the laws: the order of events, the budget, and what to say at the end."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from convproof.conformance import plan
from convproof.conformance.result import CheckResult, Exercise, Failure
from convproof.conformance.rows import Row, build
from convproof.conformance.shrink import shrink
from convproof.errors import SpecError
from convproof.laws import LAWS
from convproof.laws.case import OPS, PARAMETERS, Case
from convproof.laws.law import Broken, Law, NotApplied
from convproof.laws.trial import Trial

DECISIVE = ("returns-an-answer", "shape", "definition")


@dataclass
class _State:
    """What is known about one op while a run goes on."""

    op: str
    limits: plan.Limits
    broken: dict[str, Failure] = field(default_factory=dict)
    held: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[Row | None, str]] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    planned: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def decided(self) -> bool:
        """Whether more calls of this op would tell nothing new."""
        return any(name in self.broken for name in DECISIVE)


class Run:
    """One run of the laws on one target."""

    def __init__(
        self, target: Any, *, ops: Iterable[str] | None = None, laws: Iterable[str] | None = None,
        examples: int | None = None, seed: int = 0, fail_fast: bool = False, budget: float = 40.0,
    ) -> None:
        self.target = target
        self.trial = Trial(target, seed)
        self.seed, self.examples, self.fail_fast, self.budget = seed, examples, fail_fast, budget
        self.laws = LAWS.select(laws)
        self.states = {op: _State(op, limits_of(target, op)) for op in chosen_ops(target, ops)}
        self.start = time.monotonic()
        self.stopped = False

    # -- the order of events ------------------------------------------------------------------

    def execute(self) -> CheckResult:
        """Run everything, common mistakes first, and say what came of it."""
        for phase in ("basics", "structure", "thresholds", "bulk"):
            for state in self.states.values():
                self.phase(state, phase)
        return self.result()

    def phase(self, state: _State, phase: str) -> None:
        """One part of the plan for one op."""
        began = time.monotonic()
        for row in self.rows(state, phase):
            if self.stopped or state.decided:
                break
            state.planned[phase] += 1
            if time.monotonic() - self.start > self.budget:
                continue
            state.made[phase] += 1
            self.call(state, build(state.op, row), row, phase)
        state.seconds += time.monotonic() - began

    def rows(self, state: _State, phase: str) -> Iterator[Row]:
        """The plan's rows."""
        kind, rank = state.op.removesuffix("_backward")[:-2], int(state.op.split("d")[0][-1])
        if phase == "basics":
            yield from plan.basics(kind, rank, state.limits)
        elif phase == "structure":
            yield from plan.structure(kind, rank, state.limits, 300, self.seed)
        elif phase == "thresholds":
            yield from plan.thresholds(kind, rank, state.limits, 3, self.seed)
        elif phase == "bulk":
            yield from plan.bulk(kind, rank, state.limits, 40, self.seed)

    # -- judging ------------------------------------------------------------------------------

    def call(self, state: _State, case: Case, row: Row | None, phase: str) -> None:
        """One call, judged by every law that looks at single calls."""
        outcome = self.trial.outcome(case)
        for law in LAWS.of(state.op, "call"):
            if law.id in state.broken:
                continue
            try:
                law.check(self.trial, case, outcome)
            except NotApplied as why:
                state.refused.append((row, str(why)))
                return
            except Broken as broken:
                self.fail(state, law, broken, phase)
                if (broken.law or law.id) in DECISIVE:
                    return
            else:
                state.held[law.id] += 1

    def fail(self, state: _State, law: Law, broken: Broken, phase: str) -> None:
        """Shrink what broke a law and keep it as a failure."""
        found = time.monotonic() - self.start
        calls = self.trial.notes.calls
        name = broken.law or law.id
        if name in state.broken or name not in self.laws:
            return
        latest = broken

        def breaks(case: Case) -> bool:
            nonlocal latest
            try:
                law.check(self.trial, case, self.trial.outcome(case))
            except NotApplied:
                return False
            except Broken as again:
                if (again.law or law.id) != name:
                    return False
                latest = again
                return True
            return False

        shrink(broken.case, breaks)
        known = LAWS[name] if name in LAWS else law
        state.broken[name] = Failure(
            name, state.op, known.statement, latest.reason, latest.case, latest.expected, latest.got,
            latest.result, before=latest.before, found_after=found, found_in=phase,
            calls_until_found=calls,
        )
        if self.fail_fast:
            self.stopped = True

    # -- the end ------------------------------------------------------------------------------

    def result(self) -> CheckResult:
        """Everything said and judged, as a `CheckResult`."""
        exercises = []
        for op, state in self.states.items():
            for law in LAWS.values():
                if not law.applies(op) or law.id not in self.laws:
                    continue
                if law.id in state.broken:
                    exercises.append(Exercise(law.id, op, "broken"))
                elif state.held[law.id]:
                    exercises.append(Exercise(law.id, op, "held", state.held[law.id]))
                else:
                    exercises.append(Exercise(law.id, op, "not run", reason=state.skipped.get(
                        law.id, "nothing was judged")))
        lacks = [
            f"{op}: {name} (the function takes no such parameter)"
            for op in self.states
            for name in PARAMETERS[op.removesuffix("_backward")[:-2]]
            if not self.target.accepts(op, name)
        ]
        return CheckResult(
            self.target.name, tuple(f for s in self.states.values() for f in s.broken.values()),
            tuple(exercises), self.trial.notes.calls, time.monotonic() - self.start, self.seed,
            tuple(lacks),
        )


def chosen_ops(target: Any, ops: Iterable[str] | None) -> list[str]:
    """The target's ops that were asked for, in the order of `OPS`."""
    if ops is None:
        return [op for op in OPS if op in target.ops]
    wanted = [ops] if isinstance(ops, str) else list(ops)
    for op in wanted:
        if op not in OPS:
            raise SpecError.of("ops", op, f"one of {', '.join(OPS)}")
        if op not in target.ops:
            raise SpecError.of("ops", op, f"an op that {target.name} has: {sorted(target.ops)}")
    return [op for op in OPS if op in wanted]


def limits_of(target: Any, op: str) -> plan.Limits:
    """What cases for one op may use."""
    kind = op.removesuffix("_backward")[:-2]
    names = [*PARAMETERS[kind], "unequal_stride", "unequal_padding", "unequal_dilation"]
    can = {name for name in names if target.accepts(op, name)}
    if kind == "conv" or target.accepts(op, "unequal_window"):
        can |= {"unequal_kernel", "unequal_window"}
    floats = [d for d in ("float64", "float32") if d in getattr(target, "dtypes", ("float64",))]
    divisor = getattr(target.conventions, "count_include_pad", None)
    return plan.Limits(
        frozenset(can), tuple(floats or ["float64"]),
        count_include_pad=True if divisor is None else divisor,
    )


def check(
    target: Any, *, ops: Iterable[str] | None = None, laws: Iterable[str] | None = None,
    examples: int | None = None, seed: int = 0, timeout: float | None = None,
    fail_fast: bool = False,
) -> CheckResult:
    """Hold `target` to the laws."""
    from convproof.conformance.resolve import resolve

    target = resolve(target)
    return Run(target, ops=ops, laws=laws, examples=examples, seed=seed,
               fail_fast=fail_fast).execute()
