"""Refused calls: limits of the interface, or lawful calls that had to be answered."""

from __future__ import annotations

from convproof.conformance.cases.fill import build
from convproof.conformance.cases.sample import Chance, draw
from convproof.conformance.run.judge import Judge
from convproof.conformance.run.refusals import Refused, explained_by, features
from convproof.conformance.run.state import OpState
from convproof.laws import LAWS
from convproof.laws.law import Broken
from convproof.laws.op import Op
from convproof.laws.trial import refusal

DOUBTS, SMALL = 20, 20_000  # explanations doubted, and how large their calls may be


def settle(judge: Judge, state: OpState, final: bool) -> None:
    """Whether refusals are limits: at the end, or where no more calls can excuse them."""
    _collect(judge)
    if "answers-every-lawful-call" in state.broken or state.decided:
        return
    refusals = state.refusals
    if not refusals.count:
        if refusals.refused:
            one = refusals.refused[0]
            reason = f"the target refuses every call: {one.said}"
            judge.keep(
                state,
                "returns-an-answer",
                Broken(reason, one.case, "an answer", one.said),
                "refusals",
            )
        return
    if final:
        _doubt(judge, state)
    these = refusals.lawless()
    if final:
        these += [one for one in refusals.explain()[1] if one not in these]
    these = _undeclared(judge, state, these)
    if these:
        _unlawful(judge, state, these)
    elif final:
        _behind_the_forward(judge, state)


def _undeclared(judge: Judge, state: OpState, these: list[Refused]) -> list[Refused]:
    """Those that are of no declared limit; one refused call is enough for a limit that is."""
    left = []
    for one in these:
        what = state.refusals.declared(one, judge.trial.allow)
        if what:
            judge.trial.notes.limitations.setdefault((state.op, what), one.said)
        else:
            left.append(one)
    return left


def _doubt(judge: Judge, state: OpState) -> None:
    """Make calls that each explanation says are refused: one answer, and it is none."""
    source, doubted = Chance(f"doubt {judge.run.seed}"), set[tuple[str, ...]]()
    for _ in range(DOUBTS):
        new = [e for e in state.refusals.explain()[0] if e.features not in doubted]
        if not new:
            return
        doubted.add(new[0].features)
        tried = 0
        for config in (draw(state.domain, source) for _ in range(400)):
            if config is None or config.work > SMALL or tried >= 12:
                continue
            case = build(state.op, config)
            if features(case).issuperset(new[0].features):
                tried += 1
                judge.call(state, case, "refusals")


def _collect(judge: Judge) -> None:
    """Lawful calls that the laws themselves made and that were refused."""
    for case, said in judge.trial.notes.refused:
        if case.op in judge.run.states:
            judge.run.states[case.op].refusals.refuse(case, said)
    judge.trial.notes.refused.clear()


def _unlawful(judge: Judge, state: OpState, these: list[Refused], common: str = "") -> None:
    """Calls that have to be answered and are not, unless they are allowed not to be."""
    name = "answers-every-lawful-call"
    if name not in judge.laws:
        return
    first = min(these, key=lambda one: one.case.x.size)
    broken = Broken("", first.case, "an answer", first.said)
    again = judge.again(LAWS[name], first.case, name)
    if again is not None:
        broken = judge.shrunk(LAWS[name], again, name)
    common = common or state.refusals.common(these, broken.case)
    if common.lower() in judge.trial.allow:
        judge.trial.notes.limitations.setdefault((state.op, common), first.said)
        return
    told = f"all those with {common}" if common else "and answered others like them"
    lead = f"refused {len(these)} of {state.refusals.asked} lawful calls, {told}: "
    judge.keep(state, name, broken.but(reason=lead + str(broken.got)), "refusals")


def _behind_the_forward(judge: Judge, state: OpState) -> None:
    """A backward has to answer what its forward answers, whatever feature explains it."""
    op = Op.of(state.op)
    forward = judge.run.states.get(str(op.forward))
    if not op.backward or forward is None or forward.decided:
        return
    for one in state.refusals.explain()[0]:
        if one.what.lower() in judge.trial.allow or not any(
            explained_by(one.features, forward.refusals)
        ):
            continue
        behind = [r for r in state.refusals.refused if r.features.issuperset(one.features)]
        behind = [r for r in behind if not refusal(judge.trial.outcome(r.case.forward))][:1]
        if behind:
            _unlawful(judge, state, behind * one.count, f"{one.what}, which its forward answers")
            return
