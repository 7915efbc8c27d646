"""From a finished run to its `CheckResult`: nothing that was left out goes unsaid."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from convproof.conformance.cases import mixed
from convproof.conformance.cases.corners import basics
from convproof.conformance.cases.fill import build
from convproof.conformance.report.causes import group
from convproof.conformance.report.result import CheckResult, Exercise, Limit
from convproof.conformance.run.ceil import RULES
from convproof.conformance.run.overlooked import not_judged
from convproof.conformance.run.state import DECISIVE, OpState, RunState
from convproof.conformance.target.opnames import distance, op_of_name
from convproof.conformance.target.padding import NAMED
from convproof.laws import LAWS
from convproof.laws.by_name import ABOUT
from convproof.laws.case import PARAMETERS
from convproof.laws.law import Broken, NotApplied
from convproof.laws.op import Op


def result(run: RunState) -> CheckResult:
    """Everything said and judged."""
    states = run.states
    broken = {
        (op, name): failure
        for op, state in states.items()
        for name, failure in state.broken.items()
    }
    failures, causes = group(broken, _self_consistent(run))
    failures.sort(key=lambda failure: failure.law not in DECISIVE)  # the gravest first
    run.notes += _wrappers(run)
    run.notes += _beside(run.target)
    if not run.stopped:
        run.notes += _cut(states)
    return CheckResult(
        target=run.target.name,
        failures=tuple(failures),
        exercises=tuple(_exercises(run, causes)),
        calls=run.trial.notes.calls,
        seconds=time.monotonic() - run.start,
        seed=run.seed,
        not_exercised=tuple(_lacks(run)),
        limits=tuple(_limits(run)),
        not_judged=tuple(not_judged(run)),
        conventions=_conventions(run),
        coverage=_coverage(states),
        notes=tuple(run.notes),
        strict=run.strict,
        unanswered=run.trial.notes.unanswered,
        unfinished=tuple(run.unfinished),
        versions=dict(getattr(run.target, "versions", {})),
        decided=tuple(one for state in states.values() for one in state.settled),
    )


def _beside(target: Any) -> list[str]:
    """What cannot be promised, for what the target had beside it."""
    found = []
    if getattr(target, "uses_us", False):
        found.append("the target's file imports convproof: what answers may be convproof's own")
    if anew := getattr(target, "refilled", 0):
        found.append(
            f"its process was begun anew {anew} times: earlier calls had filled the memory that it "
            "may have; whether it gives any back was not judged"
        )
    if getattr(target, "variable", ""):
        found.append(
            f"{target.variable} is a Target that the file makes: conventions and limits that are "
            "declared or allowed are the file's own word"
        )
    if not getattr(target, "apart", True) and not getattr(target, "is_ours", True):
        found.append(
            "the target ran in the process that judges it: had it altered its judge, nothing here "
            "would say so (timeout=SECONDS gives it a process of its own)"
        )
    elif getattr(target, "apart", False) and not target.stands_alone:
        found.append(
            "the target ran in a process of its own, but with convproof beside it, for no file "
            "has its functions by name, or a device was asked for: had it altered how its calls "
            "are noted, nothing here would say so"
        )
    return found


def _limits(run: RunState) -> list[Limit]:
    """Features that were refused, with their share of the calls; and other lawful ways."""
    found = []
    for op, state in run.states.items():
        asked = state.refusals.asked
        found += [
            Limit(op, one.what, one.said, one.count, asked) for one in state.refusals.explain()[0]
        ]
        found += [
            Limit(op, way, said, count, asked + count, allowed=True)
            for way, end in (("declared", "as declared"), ("convention", "as its calls show"))
            for said, count in state.unasked.items()
            if said.endswith(end)
        ]
    found += [Limit(op, what, said) for (op, what), said in run.trial.notes.limitations.items()]
    return [
        replace(one, allowed=one.allowed or any(map(one.is_called, run.trial.allow)))
        for one in found
    ]


def _exercises(run: RunState, causes: dict[tuple[str, str], tuple[str, str]]) -> list[Exercise]:
    found = []
    for op, state in run.states.items():
        for law in LAWS.values():
            if not law.applies(op) or law.id not in run.laws:
                continue
            count = state.held[law.id]
            if law.id in state.broken:
                cause = causes.get((op, law.id))
                found.append(
                    Exercise(law.id, op, "broken", count)
                    if cause is None
                    else Exercise(law.id, op, "follows", count, f"from {cause[0]} {cause[1]}")
                )
            elif count:
                found.append(Exercise(law.id, op, "held", count))
            elif law.id in state.not_applied:
                found.append(Exercise(law.id, op, "not applied", 0, state.not_applied[law.id]))
            else:
                found.append(Exercise(law.id, op, "not run", 0, _why_not_run(run, state)))
    return found


def _why_not_run(run: RunState, state: OpState) -> str:
    decisive = [name for name in DECISIVE if name in state.broken]
    if decisive:
        return f"{decisive[0]} is broken"
    if run.stopped:
        return "stopped at the first failure"
    return "no call suited it"


def _lacks(run: RunState) -> list[str]:
    """Parameters that no call could use, and why."""
    found = []
    for op, state in run.states.items():
        kind, rank = Op.of(op).kind, Op.of(op).rank
        for name in PARAMETERS[kind]:
            if name not in state.domain.parameters:
                found.append(f"{op}: {name} (the function takes no such parameter)")
        if rank > 1:
            for name in ("stride", "padding", "dilation"):
                if name in state.domain.parameters and (
                    f"unequal_{name}" not in state.domain.parameters
                ):
                    found.append(f"{op}: a {name} that differs per axis (it takes one number)")
        if kind == "conv" and run.target.adapter(op).needs_bias:
            found.append(f"{op}: a call without a bias (it takes no None)")
        if run.target.adapter(op).window:
            found.append(f"{op}: other windows (its own are {run.target.adapter(op).window})")
        if run.target.adapter(op).depthwise:
            found.append(f"{op}: other groups than one channel each (it is depthwise)")
        if kind != "conv" and run.target.adapter(op).square:
            found.append(f"{op}: windows that are not square (only square ones fit)")
    return found


def _wrappers(run: RunState) -> list[str]:
    """What was taken for an op, where it is no function of that name."""
    told = {op: run.target.adapter(op).about for op in run.states}
    return [f"{op} is {about}" for op, about in told.items() if about]


def _cut(states: dict[str, OpState]) -> list[str]:
    """What the time budget cut off."""
    notes = []
    for op, state in states.items():
        if state.ended:
            notes.append(
                f"{op}: {len(state.ended)} calls ended without an answer: {state.ended[-1]}"
            )
        if state.decided:
            continue
        for phase, planned in state.planned.items():
            missing = planned - state.made[phase]
            if missing > 0 and phase != "relations":
                notes.append(
                    f"{op}: {missing} of {planned} planned calls ({phase}) were left out: "
                    "the time budget was spent (give examples=N for no time budget)"
                )
    return notes


def _taken(run: RunState) -> dict[str, str]:
    """How functions were understood, where a reader may know better."""
    names = {op: run.target.adapter(op).called.split(".")[-1] for op in run.states}
    found = {
        op: f"{name} (the function is taken to be one, by its name)"
        for op, name in names.items()
        if op_of_name(name) == op and distance(name)
    }
    for op in names:
        adapter = run.target.adapter(op)
        if adapter.like:
            found[f"{op} follows"] = f"{adapter.like}, as its text says"
        if adapter.words:
            words = " and ".join(map(repr, adapter.words.values()))
            found[f"{op} padding"] = f"{words} taken beside numbers, and asked"
        if "same" in adapter.words or adapter.padding in NAMED:
            found[f"{op} same"] = ABOUT[adapter.same]
    wide = [op for op in names if run.target.adapter(op).wide_bias]
    return found | {f"{op} bias": "with the axes of a result, as (1, 1, 1, M)" for op in wide}


def _conventions(run: RunState) -> dict[str, str]:
    """Declared and inferred conventions."""
    notes, found = run.trial.notes, _taken(run)
    declared = getattr(run.target.conventions, "declared", None)
    if declared is not None:
        found.update({name: f"{value} (declared)" for name, value in declared().items()})
        told = run.target.conventions.shown()
        found.update({name: f"{RULES[name][1]} (inferred)" for name in told})
    if notes.ties and "ties" not in found:
        left = dict.fromkeys(rules[0] for rules in notes.rules.values() if rules)
        left = left or dict.fromkeys(notes.ties)
        count = sum(notes.ties.values())
        found["ties"] = f"{' and '.join(left)} (inferred, on {count} calls)"
    for op, state in run.states.items():
        if op.startswith("avg_pool") and not state.domain.count_include_pad:
            found.setdefault(f"{op} divisor", "padding does not count (declared or inferred)")
    for op, levels in notes.levels.items():
        rounded = levels["rounding"] + levels["envelope"]
        exact = levels["exact"]
        if not exact + rounded:
            continue
        if not rounded:
            found[f"{op} exactness"] = f"exact on all {exact} comparisons of integers"
        elif not exact or rounded > 0.5 * (exact + rounded):
            found[f"{op} exactness"] = (
                f"not a direct sum: held to the bound of fast algorithms ({rounded} of "
                f"{exact + rounded} comparisons of integers rounded, worst {notes.worst[op]:.2g})"
            )
        else:
            found[f"{op} exactness"] = (
                f"exact on {exact} comparisons of integers, rounded on {rounded} "
                f"(worst {notes.worst[op]:.2g})"
            )
    for (op, name, given), got in notes.dtypes.items():
        if got != given:
            found[f"{op} {name} dtype"] = f"{given} input gives {got}"
    return found


def _coverage(states: dict[str, OpState]) -> dict[str, Any]:
    """Values met, and how many pairs of structural features, for each op."""
    found: dict[str, Any] = {}
    for op, state in states.items():
        found[op] = {
            name: sorted(values, key=str)
            if name in ("dtype", "style", "memory")
            else sorted(values)
            for name, values in state.seen.items()
        }
        found[op]["calls"] = dict(state.made)
        met, there = mixed.share(state.domain, state.met)
        found[op]["combinations of four"] = {"met": met, "of": there}
    return found


def _self_consistent(run: RunState) -> frozenset[str]:
    """Backward ops that are wrong, but the adjoint of their own wrong forward.

    One mistake in the forward that the backward follows faithfully is one mistake.
    """
    found = set()
    for op, state in run.states.items():
        if not Op.of(op).backward or "definition" not in state.broken:
            continue
        forward = run.states.get(str(Op.of(op).forward))
        if forward is None or "definition" not in forward.broken:
            continue
        names = {
            "conv": ("adjoint-x", "adjoint-kernel"),
            "avg_pool": ("adjoint-x",),
            "max_pool": ("adjoint-max",),
        }.get(Op.of(op).kind, ())
        if not names:
            continue
        cases = [state.broken["definition"].case]
        cases += [
            build(op, config.but(style="small", dtype=state.domain.dtypes[0]))
            for config in list(basics(state.domain))[:16]
        ]
        try:
            for case in cases:
                for name in names:
                    LAWS[name].check(run.trial, case)
        except (Broken, NotApplied):
            continue
        found.add(op)
    return frozenset(found)
