"""From discharged obligations and exact computations to a claim's finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from convproof.errors import MissingExtra
from convproof.evidence import Evidence, Grade, Status, Verdict
from convproof.judgement import Finding
from convproof.prove.coq import kernel
from convproof.prove.coq.obligations import theorem_name
from convproof.prove.facts.catalogue import obligations
from convproof.prove.smt.discharge import discharge

_STRENGTH = {grade: place for place, grade in enumerate(Grade)}


def weakest(evidence: Iterable[Evidence]) -> Grade:
    """The grade of a claim that needs every item of `evidence`: a chain is its weakest link."""
    return max((item.grade for item in evidence), key=_STRENGTH.__getitem__)


def by_solvers(*ids: str) -> Finding:
    """A claim that follows from the named obligations."""
    known = obligations()
    try:
        done = [discharge(known[id]) for id in ids]
    except MissingExtra as missing:
        return Finding(
            Verdict.undecided(f"not discharged: {missing}"),
            Grade.OPEN,
            tuple(
                Evidence(Grade.OPEN, f"{id}: {known[id].statement}: not discharged: {missing}")
                for id in ids
            ),
        )
    evidence = tuple(item.evidence for item in done)
    for item in done:
        if not item.verdict.holds:
            return Finding(item.verdict, weakest(evidence), evidence)
    count = sum(len(item.queries) for item in done)
    reason = f"{len(ids)} obligation{'s' * (len(ids) > 1)}, {count} queries"
    return Finding(Verdict.held(reason), Grade.PROVED_SOLVERS, evidence)


def proved(
    *ids: str, theorems: tuple[str, ...] = (), support: Callable[[], Finding] | None = None
) -> Finding:
    """A claim by obligations and Coq theorems, with an exact computation beside them.

    With Coq the claim rests on the kernel: each obligation's theorem and the further `theorems`.
    Without Coq it rests on the solvers and, where only `theorems` cover all sizes, on the
    computation's named shapes; the grade says which.
    """
    findings = [by_solvers(*ids)] if ids else []
    if support is not None:
        findings.append(support())
    base = joined(*findings)
    ok, seen = kernel.closed((*map(theorem_name, ids), *theorems))
    evidence = (seen, *base.evidence)
    if not base.verdict.holds:
        return Finding(base.verdict, base.grade, evidence)
    if ok:
        return Finding(base.verdict, Grade.PROVED_KERNEL, evidence)
    if kernel.available() is None:
        return Finding(base.verdict, base.grade, evidence)
    # Coq is there and does not accept the theorem: that is no mere lack of a tool.
    return Finding(Verdict.undecided(seen.summary), Grade.OPEN, evidence)


def certified(summary: str, cases: int, **details: Any) -> Evidence:
    """Evidence of exact equality on named shapes, for all values of the entries."""
    return Evidence(Grade.CERTIFIED, summary, {"cases": cases, **details})


def holds(reason: str, *evidence: Evidence) -> Finding:
    """A claim that holds by `evidence`, all of it needed."""
    return Finding(Verdict.held(reason), weakest(evidence), evidence)


def refuted(reason: str, *evidence: Evidence, **witness: Any) -> Finding:
    """A claim that `witness` refutes."""
    shown = Evidence(Grade.REFUTED, reason, dict(witness))
    return Finding(Verdict.refute(reason, **witness), Grade.REFUTED, (shown, *evidence))


def failed(reason: str, **witness: Any) -> Finding:
    """A claim expected to hold that an exact computation contradicts."""
    return Finding(
        Verdict.refute(reason, **witness), Grade.REFUTED, (Evidence(Grade.REFUTED, reason),)
    )


def undone(reason: str) -> Finding:
    """A refutation that found no witness: the statement was expected to be false."""
    return Finding(
        Verdict.undecided(reason, Status.UNDECIDED), Grade.OPEN, (Evidence(Grade.OPEN, reason),)
    )


def joined(*findings: Finding) -> Finding:
    """All of `findings` are needed; the first that does not hold decides."""
    evidence = tuple(item for finding in findings for item in finding.evidence)
    for finding in findings:
        if not finding.verdict.holds:
            return Finding(finding.verdict, finding.grade, evidence)
    reason = "; ".join(finding.verdict.reason for finding in findings)
    return Finding(Verdict.held(reason), weakest(evidence), evidence)
