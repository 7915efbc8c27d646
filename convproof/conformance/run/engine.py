"""Hold a target to the laws: the order of events, the budget, and what to say at the end."""

from __future__ import annotations

import contextlib
import math
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from convproof.conformance.cases import plan
from convproof.conformance.cases.grid import grid
from convproof.conformance.cases.rows import Row, build
from convproof.conformance.report.result import CheckResult
from convproof.conformance.run import summary
from convproof.conformance.run.judge import Judge, OpState
from convproof.conformance.target.padding import BUILT_IN, NAMED, said_pads
from convproof.errors import MissingExtra, SpecError
from convproof.laws import LAWS, oracle
from convproof.laws.case import MEMORY, PARAMETERS, Case
from convproof.laws.law import Broken, Law, NotApplied
from convproof.laws.op import OPS, Op
from convproof.laws.trial import Trial

BUDGET = 40.0  # seconds of calls at default settings; what is cut is said in the result
STRUCTURE, PER_LEVEL, BULK, RANDOM = 300, 6, 100, 60
PHASES = (
    "basics",
    "sessions",
    "structure",
    "relations",
    "thresholds",
    "precision",
    "bulk",
    "random",
)
# The part of the budget that is used up, at most, when a phase ends.
SHARES = dict(zip(PHASES, (0.3, 0.4, 0.55, 0.75, 0.85, 0.92, 0.98, 1.0), strict=True))


class Run:
    """One run of the laws on one target."""

    def __init__(
        self,
        target: Any,
        *,
        ops: Iterable[str] | None = None,
        laws: Iterable[str] | None = None,
        examples: int | None = None,
        seed: int = 0,
        fail_fast: bool = False,
        budget: float | None = BUDGET,
    ) -> None:
        if examples is not None and (
            isinstance(examples, bool) or not isinstance(examples, int) or examples < 1
        ):
            raise SpecError.of("examples", examples, "a positive integer")
        if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
            raise SpecError.of("seed", seed, "an integer >= 0")
        self.target, self.seed, self.examples = target, seed, examples
        self.laws = LAWS.select(laws)
        self.trial = Trial(target, seed)
        self.judge = Judge(self.trial, self.laws, fail_fast)
        self.budget = None if examples is not None else budget
        self.states = {
            op: OpState(op, limits_of(target, op, self.trial)) for op in chosen_ops(target, ops)
        }
        self.notes: list[str] = []
        # Where even one call of each law would take too long, laws go without; it is said.
        self.stop = self.judge.start + (float("inf") if self.budget is None else self.budget)

    def execute(self) -> CheckResult:
        """Run everything, common mistakes first, and say what came of it."""
        with _one_torch_thread():
            self._execute()
        return summary.result(self)

    def _execute(self) -> None:
        for phase in PHASES:
            for number, state in enumerate(self.states.values()):
                if not (self.judge.stopped or state.decided):
                    self._phase(state, phase, self._deadline(phase, number))
                if phase == "sessions" and state.held["float16"]:
                    state.limits = replace(state.limits, dtypes=(*state.limits.dtypes, "float16"))
        for state in self.states.values():
            self._at_the_end(state)

    def _deadline(self, phase: str, number: int) -> float:
        """When this op must be done with this phase: what is left, shared among the ops left."""
        if self.budget is None:
            return float("inf")
        now = time.monotonic()
        left = self.judge.start + self.budget * SHARES[phase] - now
        return now + max(left, 0.05 * self.budget / len(self.states)) / (len(self.states) - number)

    def _phase(self, state: OpState, phase: str, deadline: float) -> None:
        if phase in ("sessions", "relations"):
            self._laws(state, phase, deadline)
            return
        if phase == "random":
            self._random(state, deadline)
            return
        for row in self.rows(state, phase):
            if self.judge.stopped or state.decided:
                break
            state.planned[phase] += 1
            if (time.monotonic() > deadline and phase != "basics") or row.dense >= state.too_slow:
                continue
            self.one(state, row, phase)

    def one(self, state: OpState, row: Row, phase: str) -> None:
        """One row: build the call, make it, judge it."""
        state.made[phase] += 1
        row = self._sayable(state, row)
        summary.note_row(state, row)
        case = build(state.op, row)
        began = time.monotonic()
        self.judge.call(state, case, phase)
        # A target to which size is dear must not spend the budget on a few large calls.
        if (
            self.budget is not None
            and time.monotonic() - began > max(0.25, 0.04 * self.budget / len(self.states))
            and not state.broken
        ):
            state.too_slow = min(state.too_slow, float(row.dense))

    def _sayable(self, state: OpState, row: Row) -> Row:
        """The row with padding that has a name, for a target that takes it by name."""
        form = self.target.adapter(state.op).padding
        if form in BUILT_IN or (form in NAMED and any(map(any, row.padding))):
            pads = said_pads(form, row.space, row.taps, row.stride, row.dilation)
            return row.with_(padding=pads)
        return row

    def rows(self, state: OpState, phase: str) -> Iterator[Row]:
        """The plan's rows; with `examples`, no more than that many for an op in all."""
        kind, rank = Op.of(state.op).kind, Op.of(state.op).rank
        size = 1.0 if self.examples is None else min(1.0, self.examples / 1800)
        if phase == "basics":
            yield from plan.basics(kind, rank, state.limits)
        elif phase == "structure":
            count = max(1, int(STRUCTURE * size))
            yield from plan.idioms(kind, rank, state.limits)
            tiny = tuple(grid(kind, rank, state.limits))
            yield from tiny[: max(1, int(len(tiny) * size))]
            yield from plan.structure(kind, rank, state.limits, count, self.seed)
        elif phase == "thresholds":
            found = plan.thresholds(kind, rank, state.limits, PER_LEVEL, self.seed)
            yield from found[: max(1, int(len(found) * size))]
        elif phase == "precision":
            lost = plan.precision(kind, rank, state.limits, self.seed)
            yield from lost[: max(1, int(len(lost) * size))]
        elif phase == "bulk":
            found = plan.bulk(kind, rank, state.limits, BULK, self.seed)
            if self.budget is not None:  # time may be up soon: planes that no other phase has
                found = tuple(sorted(found, key=lambda row: math.prod(row.space) <= 2**15))
            yield from found[: max(1, int(len(found) * size))]

    # -- laws that make calls of their own ----------------------------------------------------

    def _laws(self, state: OpState, phase: str, deadline: float) -> None:
        scope = phase.removesuffix("s")
        for law in LAWS.of(state.op, scope):
            if law.id not in self.laws:
                continue
            lacks = [name for name in law.needs if not self.target.accepts(state.op, name)]
            if lacks:
                state.not_applied[law.id] = f"the target takes no {' and no '.join(lacks)}"
                continue
            for case in self._starts(state, law):
                if self.judge.stopped or state.decided:
                    return
                now = time.monotonic()
                if now > self.stop or (now > deadline and state.held[law.id]):
                    state.planned[phase] += 1
                    state.not_applied.setdefault(law.id, "the time budget was spent")
                elif self.judge.relation(state, law, case, phase):
                    state.planned[phase] += 1
                    state.made[phase] += 1

    def _starts(self, state: OpState, law: Law) -> Iterator[Case]:
        """Calls for a law to start from: small ones, of integers; every third in float32."""
        kind, rank = Op.of(state.op).kind, Op.of(state.op).rank
        floats = [name for name in state.limits.dtypes if name != "float16"]
        if law.scope == "session":
            found = plan.sessions(kind, rank, state.limits)[: law.runs]
            yield from (build(state.op, self._sayable(state, row)) for row in found)
            return
        count = 0
        rows = [
            *plan.basics(kind, rank, state.limits),
            *plan.structure(kind, rank, state.limits, STRUCTURE, self.seed),
        ]
        offset = sum(map(ord, law.id)) % 7  # different laws start from different calls
        for row in rows[offset:]:
            if count >= law.runs:
                return
            if row.work > 20_000:
                continue
            row = self._sayable(state, row)
            dtype = floats[-1 if count % 3 == 2 else 0]
            case = build(state.op, row.with_(style="small", memory="plain", dtype=dtype))
            if law.suits(case):
                count += 1
                yield case

    def _random(self, state: OpState, deadline: float) -> None:
        planned = sum(state.planned.values())
        count = RANDOM if self.examples is None else max(0, self.examples - planned)
        if not count:
            return
        try:
            from convproof.conformance.run.search import search
        except MissingExtra:
            search = None  # type: ignore[assignment]  # the name stands for "not there" below
        if search is None or not search(self, state, count, deadline):
            note = "random search was left out: it needs Hypothesis (convproof[check])"
            if note not in self.notes:
                self.notes.append(note)

    def _at_the_end(self, state: OpState) -> None:
        """Laws about the run as a whole."""
        if self.judge.stopped:
            return
        for law in LAWS.of(state.op, "target"):
            if law.id not in self.laws or law.id in state.broken or state.decided:
                continue
            try:
                law.check(self.trial, state.op)
            except Broken as broken:
                self.judge.keep(state, law.id, broken, "the end")
            except NotApplied as why:
                state.not_applied[law.id] = str(why)
            else:
                state.held[law.id] += 1
        self.judge.settle_refusals(state)


@contextlib.contextmanager
def _one_torch_thread() -> Iterator[None]:
    """One thread for PyTorch, if it is loaded: thousands of tiny calls spend more than they gain.

    On a busy machine the threads of one call wait for each other ten times as long as they work.
    """
    torch = sys.modules.get("torch")
    if torch is None or not hasattr(torch, "set_num_threads"):
        yield
        return
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


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


def limits_of(target: Any, op: str, trial: Trial) -> plan.Limits:
    """What cases for one op may use; one small call tells in which precision it answers."""
    kind, rank = Op.of(op).kind, Op.of(op).rank
    names = [*PARAMETERS[kind], "unequal_stride", "unequal_padding", "unequal_dilation"]
    can = {name for name in names if target.accepts(op, name)}
    adapter = target.adapter(op)
    if target.accepts(op, "unequal_window"):
        can |= {"unequal_kernel", "unequal_window"}
    takes = getattr(target, "dtypes", ("float64", "float32"))
    only = adapter.only
    floats = tuple(d for d in ("float64", "float32") if d in takes and only in ("", d))
    divisor = getattr(target.conventions, "count_include_pad", None)
    if divisor is None and kind == "avg_pool" and "count_include_pad" not in can:
        divisor = _counts_padding(op, frozenset(can), trial)
    limits = plan.Limits(
        frozenset(can),
        floats or ("float64",),
        True if divisor is None else divisor,
        MEMORY,
        default_stride=adapter.default_stride,
    )
    values = trial.outcome(build(op, next(plan.basics(kind, rank, limits)))).values
    answer = values[0].dtype if values and values[0] is not None else np.dtype("float64")
    narrow = answer.kind == "f" and answer.itemsize < np.dtype(limits.dtypes[0]).itemsize
    named = adapter.padding in NAMED
    return replace(limits, precision=answer.name if narrow else "", named_padding=named)


def _counts_padding(op: str, can: frozenset[str], trial: Trial) -> bool:
    """Whether means count the padding, of a target that cannot be told; one call tells."""
    if "padding" not in can:
        return True
    taps = (3,) * Op.of(op).rank
    steps = (1,) * len(taps) if "stride" in can else taps
    row = Row("avg_pool", 1, (5,) * len(taps), taps, steps, ((1, 1),) * len(taps), (1,) * len(taps))
    case = build(op, row)
    values = trial.outcome(case).values
    if not values or values[0] is None:
        return True
    right = {way: oracle.expected(case.replace(count_include_pad=way))[0] for way in (True, False)}
    if values[0].shape != right[True].shape:
        return True
    far = {way: float(np.abs(values[0] - want).max()) for way, want in right.items()}
    return far[True] <= far[False]


def check(
    target: Any,
    *,
    ops: Iterable[str] | None = None,
    laws: Iterable[str] | None = None,
    examples: int | None = None,
    seed: int = 0,
    timeout: float | None = None,
    fail_fast: bool = False,
) -> CheckResult:
    """Hold an implementation to the laws.

    Args:
        target: a `Target`, a known name ("torch"), "package.module:function", "file.py:function",
            or a function called like its op.
        ops: the ops to judge ("conv2d", ...); all the target has, by default.
        laws: law ids or families; all, by default.
        examples: calls for each op; by default about 2000, within 40 seconds in all.
        seed: of all that is drawn at random; the same seed makes the same calls.
        timeout: seconds for one call; the target then runs in a process of its own.
        fail_fast: stop at the first broken law.

    Raises:
        TargetError: the target cannot be found, loaded or understood.
        SpecError: an argument that cannot be.

    >>> import numpy as np
    >>> def conv1d(x, w):
    ...     return np.stack([[np.convolve(a, k[::-1], "valid") for a, k in zip(i, w[0])][0]
    ...                      for i in x])[:, None]
    >>> result = check(conv1d, examples=20, fail_fast=True)
    >>> result.ok                      # it forgets to sum over the channels
    False
    """
    from convproof.conformance.sandbox.isolated import opened

    if timeout is None:
        found = opened(target)
        return Run(
            found, ops=ops, laws=laws, examples=examples, seed=seed, fail_fast=fail_fast
        ).execute()
    # The worker alone imports the target: an import can hang or crash too.
    with opened(target, timeout=timeout) as isolated:
        return Run(
            isolated, ops=ops, laws=laws, examples=examples, seed=seed, fail_fast=fail_fast
        ).execute()
