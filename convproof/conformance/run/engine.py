"""Hold a target to the laws: the order of events, the budget, and what to say at the end."""

from __future__ import annotations

import contextlib
import fnmatch
import functools
import math
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from convproof.conformance.cases import corners, cover, mixed
from convproof.conformance.cases.config import Config
from convproof.conformance.cases.fill import build
from convproof.conformance.report.result import CheckResult
from convproof.conformance.run import summary
from convproof.conformance.run.asked import domain_of, sayable
from convproof.conformance.run.ceil import find_out
from convproof.conformance.run.decide import decided
from convproof.conformance.run.judge import Judge
from convproof.conformance.run.settle import settle
from convproof.conformance.run.state import OpState, RunState
from convproof.conformance.run.witness import witness
from convproof.conformance.target.clock import Clock
from convproof.errors import ConvproofError, MissingExtra, SpecError
from convproof.laws import LAWS
from convproof.laws.case import Case
from convproof.laws.law import Broken, Law, NotApplied
from convproof.laws.op import OPS
from convproof.laws.trial import Trial
from convproof.printable import internal

BUDGET = 25.0  # seconds of a run's own time at default settings; what is cut is said
STRUCTURE, BOUNDARY, BULK, MIXED, RANDOM = 300, 6, 100, 500, 60
PLAN = 2500  # calls of one op in all


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
        max_seconds: float | None = None,
        allow: Iterable[str] = (),
        strict: bool = False,
    ) -> None:
        if examples is not None and (
            isinstance(examples, bool) or not isinstance(examples, int) or examples < 1
        ):
            raise SpecError.of("examples", examples, "a positive integer")
        if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
            raise SpecError.of("seed", seed, "an integer >= 0")
        self.target, self.examples = target, examples
        allowed = (*allow, *getattr(target, "allow", ()))
        self.trial = Trial(target, seed, frozenset(name.strip().lower() for name in allowed))
        self.known = RunState(target, self.trial, LAWS.select(laws), seed, strict=strict)
        self.judge = Judge(self.known, fail_fast)
        free = examples is not None and max_seconds is None
        self.budget = None if free else max_seconds or BUDGET
        states = self.known.states
        for op in chosen_ops(target, ops):
            states[op] = OpState(op, domain_of(target, op, self.trial, states))
        find_out(target, {op: s.domain for op, s in states.items()}, self.trial)
        # Where one call of each law would take too long, laws go without; it is said.
        self.stop = float("inf") if self.budget is None else self.budget
        self.clock = Clock(strict=max_seconds is not None)

    def execute(self) -> CheckResult:
        """Run everything, common mistakes first, and say what came of it."""
        try:
            self._phases()
        except ConvproofError:
            raise
        except Exception as error:  # a slip of ours: what was judged before it is still worth
            self.known.unfinished.append(internal(error))
        return summary.result(self.known)

    def _phases(self) -> None:
        states = self.known.states
        with _one_torch_thread():
            for phase in PHASES:
                for number, state in enumerate(states.values()):
                    if not (self.known.stopped or state.decided):
                        phase.run(self, state, phase, self._deadline(phase, number))
                        settle(self.judge, state, final=False)
                    if phase.name == "sessions" and state.held["float16"]:
                        halves = dict.fromkeys((*state.domain.dtypes, "float16"))
                        state.domain = replace(state.domain, dtypes=tuple(halves))
            for state in states.values():
                self._at_the_end(state)
            witness(self.judge, functools.partial(sayable, self.target))

    def _deadline(self, phase: Phase, number: int) -> float:
        """When this op must be done with this phase: what is left, shared among the ops left."""
        if self.budget is None:
            return float("inf")
        now, ops = self.clock.now(), len(self.known.states)
        left = max(self.budget * phase.until - now, 0.05 * self.budget / ops)
        return min(now + left / (ops - number), self.stop)

    @property
    def size(self) -> float:
        """The part of the plan that so many examples are."""
        return 1.0 if self.examples is None else min(1.0, self.examples / PLAN)

    def part(self, configs: Iterable[Config]) -> Iterable[Config]:
        """The first of them, as many as the size of the run allows."""
        if self.size == 1.0:  # none is made before its turn
            return configs
        return (found := list(configs))[: max(1, int(len(found) * self.size))]

    # -- calls judged one by one --------------------------------------------------------------

    def calls(self, state: OpState, phase: Phase, deadline: float) -> None:
        """The phase's configs, until time is up."""
        assert phase.configs is not None
        for config in phase.configs(self, state):
            if self.known.stopped or state.decided:
                break
            state.planned[phase.name] += 1
            if not self._late(state, phase, config, deadline):
                self.one(state, config, phase.name)

    def combinations(self, state: OpState, phase: Phase, deadline: float) -> None:
        """Four things at once; what was met is counted when it was answered."""
        count = max(1, int(MIXED * self.size))
        for classes, configs in mixed.mixed(state.domain, count, self.known.seed):
            if self.known.stopped or state.decided:
                break
            state.planned[phase.name] += 1
            if not self._late(state, phase, configs[-1], deadline):
                answered = [self.one(state, config, phase.name) for config in configs]
                if answered[-1]:
                    state.met.add(classes)

    def _late(self, state: OpState, phase: Phase, config: Config, deadline: float) -> bool:
        late = self.clock.now() > (self.stop if phase.name == "basics" else deadline)
        return late or config.dense >= state.too_slow

    def one(self, state: OpState, config: Config, phase: str) -> bool:
        """One config: build the call, make it, judge it; whether it was answered."""
        state.made[phase] += 1
        config = sayable(self.target, state, config)
        if not config.fits:
            return False
        state.note(config)
        case = build(state.op, config)
        began = self.clock.now()
        answered = self.judge.call(state, case, phase)
        # A target to which size is dear must not spend the budget on a few large calls.
        if (
            self.budget is not None
            and self.clock.now() - began > max(0.25, 0.04 * self.budget / len(self.known.states))
            and not state.broken
        ):
            state.too_slow = min(state.too_slow, float(config.dense))
        return answered

    # -- laws that make calls of their own ----------------------------------------------------

    def laws(self, state: OpState, phase: Phase, deadline: float) -> None:
        """The laws of one scope."""
        for law in LAWS.of(state.op, phase.name.removesuffix("s")):
            if law.id not in self.known.laws:
                continue
            lacks = [name for name in law.needs if not self.target.accepts(state.op, name)]
            if lacks:
                state.not_applied[law.id] = f"the target takes no {' and no '.join(lacks)}"
                continue
            for case in self._starts(state, law):
                if self.known.stopped or state.decided:
                    return
                now = self.clock.now()
                if now > self.stop or (now > deadline and state.held[law.id]):
                    state.planned[phase.name] += 1
                    state.not_applied.setdefault(law.id, "the time budget was spent")
                elif self.judge.relation(state, law, case, phase.name):
                    state.planned[phase.name] += 1
                    state.made[phase.name] += 1

    def _starts(self, state: OpState, law: Law) -> Iterator[Case]:
        """Calls for a law to start from: small ones, of integers; every third in float32."""
        if law.scope == "session":
            found = corners.sessions(state.domain)[: law.runs]
            said = (sayable(self.target, state, config) for config in found)
            yield from (build(state.op, config) for config in said if config.fits)
            return
        known = state.domain.dtypes
        floats = [name for name in known if name != "float16"] or known
        count = 0
        configs = [
            *corners.basics(state.domain),
            *cover.structure(state.domain, STRUCTURE, self.known.seed),
        ]
        offset = sum(map(ord, law.id)) % 7  # different laws start from different calls
        for config in configs[offset:]:
            if count >= law.runs:
                return
            config = sayable(self.target, state, config)
            if not config.fits or config.work > 20_000 or config.spelled:
                continue  # what a word stands for changes with what laws change
            dtype = floats[-1 if count % 3 == 2 else 0]
            plain = config.but(style="small", memory="plain", dtype=dtype)
            case = build(state.op, plain)
            if law.suits(case):
                count += 1
                yield case

    def random(self, state: OpState, phase: Phase, deadline: float) -> None:
        """Calls that Hypothesis draws; with `examples`, as many as are left."""
        planned = sum(state.planned.values())
        count = RANDOM if self.examples is None else max(0, self.examples - planned)
        if not count:
            return
        try:
            from convproof.conformance.run.search import search

            left_out = not search(self, state, count, deadline)
        except MissingExtra:
            left_out = True
        note = "random search was left out: it needs Hypothesis (convproof[check])"
        if left_out and note not in self.known.notes:
            self.known.notes.append(note)

    def _at_the_end(self, state: OpState) -> None:
        """Laws about the run as a whole."""
        if self.known.stopped:
            return
        for law in LAWS.of(state.op, "target"):
            if law.id not in self.known.laws or law.id in state.broken or state.decided:
                continue
            try:
                law.check(self.trial, state.op)
            except Broken as broken:
                self.judge.keep(state, law.id, broken, "the end")
            except NotApplied as why:
                state.not_applied[law.id] = str(why)
            else:
                state.held[law.id] += 1
        settle(self.judge, state, final=True)
        state.settled += decided(self.known, state)


@dataclass(frozen=True)
class Phase:
    """One part of a run: how it is run, and the part of the budget used up when it ends."""

    name: str
    until: float
    run: Callable[[Run, OpState, Phase, float], None] = Run.calls
    configs: Callable[[Run, OpState], Iterable[Config]] | None = None


def _structure(run: Run, state: OpState) -> Iterator[Config]:
    yield from corners.idioms(state.domain)
    yield from run.part(cover.factorial(state.domain))
    yield from cover.structure(state.domain, max(1, int(STRUCTURE * run.size)), run.known.seed)


def _bulk(run: Run, state: OpState) -> Iterable[Config]:
    found = cover.bulk(state.domain, BULK, run.known.seed)
    if run.budget is not None:  # time may be up soon: planes that no other phase has
        found = tuple(sorted(found, key=lambda config: math.prod(config.space) <= 2**15))
    return run.part(found)


PHASES = (
    Phase("basics", 0.15, configs=lambda run, state: corners.basics(state.domain)),
    Phase("thin", 0.19, configs=lambda run, state: run.part(cover.thin(state.domain))),
    Phase("sessions", 0.3, Run.laws),
    Phase("structure", 0.42, configs=_structure),
    Phase("relations", 0.52, Run.laws),
    Phase("combinations", 0.76, Run.combinations),
    Phase(
        "boundary",
        0.87,
        configs=lambda run, state: cover.boundary(state.domain, BOUNDARY, run.known.seed, run.size),
    ),
    Phase(
        "precision",
        0.93,
        configs=lambda run, state: run.part(cover.precision(state.domain, run.known.seed)),
    ),
    Phase("bulk", 0.98, configs=_bulk),
    Phase("random", 1.0, Run.random),
)


@contextlib.contextmanager
def _one_torch_thread() -> Iterator[None]:
    """One thread for PyTorch, if it is loaded: on tiny calls threads wait more than they work."""
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
    """The target's ops that were asked for, in the order of `OPS`; "conv2d*" is both directions."""
    if ops is None:
        return [op for op in OPS if op in target.ops]
    chosen: set[str] = set()
    for name in [ops] if isinstance(ops, str) else ops:
        known = fnmatch.filter(OPS, name)
        if not known:
            raise SpecError.one_of("ops", name, OPS)
        found = [op for op in known if op in target.ops]
        if not found:
            raise SpecError.of("ops", name, f"an op that {target.name} has: {sorted(target.ops)}")
        chosen.update(found)
    return [op for op in OPS if op in chosen]


def check(
    target: Any,
    *,
    ops: Iterable[str] | None = None,
    laws: Iterable[str] | None = None,
    examples: int | None = None,
    seed: int = 0,
    timeout: float | None = None,
    max_seconds: float | None = None,
    fail_fast: bool = False,
    layout: str | None = None,
    conventions: Mapping[str, Any] | None = None,
    allow: Iterable[str] = (),
    strict: bool = False,
) -> CheckResult:
    """Hold an implementation to the laws.

    Args:
        target: a `Target`, a known name ("torch"), "package.module:function", "file.py:function",
            or a function called like its op.
        ops: the ops to judge: "conv2d" is the forward, "conv2d_backward" the gradients, "conv2d*"
            both; all the target has, by default.
        laws: law ids or families; all, by default.
        examples: calls for each op; by default about 2500, within `max_seconds` in all.
        seed: of all that is drawn at random; the same seed makes the same calls.
        timeout: seconds for one call; the target then runs in a process of its own.
        max_seconds: for all calls, 25 by default, unless `examples` is given; what was cut is said.
        fail_fast: stop at the first broken law.
        layout: "channels_first" or "channels_last"; found out by default.
        conventions: declared ones, beside those of the target.
        allow: limits that are known ("dilation", "conv2d: dilation", "read-only arrays").
        strict: whether limits that are not allowed count as failures.

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

    if max_seconds is not None and not (
        isinstance(max_seconds, (int, float)) and 0 < max_seconds < float("inf")
    ):
        raise SpecError.of("max_seconds", max_seconds, "a positive number of seconds")
    # In a worker of its own the target alone is imported: an import can hang or crash too.
    with contextlib.ExitStack() as stack:
        found = opened(target, layout=layout, timeout=timeout)
        if timeout is not None:
            stack.enter_context(found)
        if conventions is not None:
            before = found.conventions
            declared = before.declared() | dict(conventions)
            found.conventions = type(found.conventions).of(declared)
            stack.callback(setattr, found, "conventions", before)
        return Run(
            found,
            ops=ops,
            laws=laws,
            examples=examples,
            seed=seed,
            fail_fast=fail_fast,
            max_seconds=max_seconds,
            allow=[allow] if isinstance(allow, str) else allow,
            strict=strict,
        ).execute()
