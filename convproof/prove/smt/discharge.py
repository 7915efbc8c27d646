"""Handing an obligation to both solvers, its lemmas and cuts first, and saying what they said."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy.logic.boolalg import Boolean

from convproof.errors import DerivationError
from convproof.evidence import Evidence, Grade, Verdict
from convproof.prove.facts.formula import parts
from convproof.prove.facts.obligation import Lemma, Obligation, Wrong
from convproof.prove.facts.strength import doubts
from convproof.prove.smt import solvers
from convproof.prove.smt.text import Script

SMALL = 12  # where counterexamples are looked for: small enough to be counted by hand


@dataclass(frozen=True)
class Query:
    """One question put to the solvers, with its text and their answers."""

    role: str
    text: str
    answers: tuple[solvers.Answer, ...]

    @property
    def result(self) -> str:
        """The common answer, or "disagree"."""
        said = {answer.result for answer in self.answers}
        if {"sat", "unsat"} <= said:
            return "disagree"
        for weak in ("timeout", "unknown"):
            if weak in said:
                return weak
        return said.pop()

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form: the text, and each solver's word, version and time."""
        return {
            "role": self.role,
            "result": self.result,
            "text": self.text,
            "answers": [
                {
                    "solver": a.solver,
                    "version": a.version,
                    "result": a.result,
                    "seconds": round(a.seconds, 3),
                }
                for a in self.answers
            ],
        }


@dataclass(frozen=True)
class Discharge:
    """What became of an obligation: every query, and the verdict they add up to."""

    obligation: Obligation
    queries: tuple[Query, ...]
    verdict: Verdict

    @property
    def evidence(self) -> Evidence:
        """The evidence for the ledger; its grade is what was reached, not what was asked."""
        seconds = sum(a.seconds for q in self.queries for a in q.answers)
        said = ", ".join(f"{name} {version}" for name, version in solvers.versions().items())
        held = self.verdict.holds
        summary = f"{self.obligation.id}: {self.obligation.statement}: " + (
            f"negation unsat by {said}" if held else self.verdict.reason
        )
        return Evidence.of(
            Grade.PROVED_SOLVERS,
            summary,
            self.verdict,
            obligation=self.obligation.id,
            hypotheses=[str(h) for h in self.obligation.hypotheses],
            conclusion=str(self.obligation.conclusion),
            where={str(m.name): str(m.formula) for m in self.obligation.meanings},
            seconds=round(seconds, 3),
            queries=[q.to_dict() for q in self.queries],
        )


def put(
    role: str,
    hypotheses: Sequence[Boolean],
    conclusion: Boolean,
    limit: int | None = None,
    timeout: float = solvers.TIMEOUT_SECONDS,
) -> Query:
    """Ask both solvers whether `hypotheses` and not `conclusion` can be true together."""
    script = Script(hypotheses, conclusion, limit)
    names = [str(symbol) for symbol in script.symbols]
    return Query(role, script.text, tuple(solvers.ask(script.text, names, timeout)))


@functools.cache
def lemma_queries(lemma: Lemma) -> tuple[Query, ...]:
    """A lemma's own proof, that of the lemmas it uses included."""
    known: list[Boolean] = []
    queries: list[Query] = []
    for cut in lemma.cuts:
        if cut.lemma is None:
            raise DerivationError(f"lemma {lemma.id}: a cut in a lemma must be another lemma's")
        queries += lemma_queries(cut.lemma)
        known.append(cut.formula)
    own = [put(f"lemma {lemma.id}", known, part) for part in parts(lemma.formula)]
    return (*queries, *own)


@functools.cache
def discharge(obligation: Obligation, timeout: float = solvers.TIMEOUT_SECONDS) -> Discharge:
    """Prove `obligation` with both solvers: lemmas, cuts, then each part of the conclusion.

    Before that it has to say as much as its sentence (its planted points), its hypotheses must have
    a small model (what follows from a contradiction is not proved), and both solvers must refuse
    every planted mistake with a counterexample that the reference confirms by counting.
    """
    claim, known = obligation.claim(), list(obligation.assumed())
    if claim in (sp.true, sp.false):
        return _not_put(obligation, f"SymPy folded the conclusion to {claim}")
    if weak := doubts(obligation):
        return _not_put(obligation, f"it says less than its sentence: {weak[0]}")
    sane = put("hypotheses can be met", known, sp.false, SMALL, timeout)
    mistakes = [refuse(obligation, wrong, timeout) for wrong in obligation.wrong]
    needed: list[Query] = []
    for number, cut in enumerate(obligation.cuts, start=1):
        formula = obligation.spelled(cut.formula)
        if cut.lemma is not None:
            needed += lemma_queries(cut.lemma)
        else:
            needed += [put(f"cut {number}", known, p, None, timeout) for p in parts(formula)]
        known.append(formula)
    needed += [put("conclusion", known, part, None, timeout) for part in parts(claim)]
    missed = _not_refused(obligation, mistakes)
    verdict = Verdict.undecided(missed) if missed else _verdict(sane, needed)
    return Discharge(obligation, (sane, *mistakes, *needed), verdict)


def _not_put(obligation: Obligation, why: str) -> Discharge:
    return Discharge(obligation, (), Verdict.undecided(f"{obligation.id}: {why}"))


def _not_refused(obligation: Obligation, mistakes: Sequence[Query]) -> str:
    """Which planted mistake is not refused with a true counterexample; "" if all of them are."""
    for wrong, query in zip(obligation.wrong, mistakes, strict=True):
        for answer in query.answers:
            if answer.result != "sat" or answer.model is None:
                return f"{query.role}: not refused: {_word(answer)}"
            if not is_counterexample(obligation, wrong, dict(answer.model)):
                return f"{query.role}: {answer.solver}'s model is none"
    return ""


def _word(answer: solvers.Answer) -> str:
    doubt = f" ({answer.doubt})" if answer.doubt else ""
    return f"{answer.solver}: {answer.result}{doubt}"


def _verdict(sane: Query, needed: Sequence[Query]) -> Verdict:
    if sane.result != "sat":
        who = "; ".join(map(_word, sane.answers))
        return Verdict.undecided(f"no small model of the hypotheses: {who}")
    for query in needed:
        if query.result == "unsat":
            continue
        who = "; ".join(map(_word, query.answers))
        if query.result == "sat":
            if query.role == "conclusion" and not any(q.role.startswith("cut") for q in needed):
                return Verdict.refute(f"{query.role}: {who}", **dict(query.answers[0].model or {}))
            return Verdict.undecided(f"{query.role} does not hold: {who}")
        return Verdict.undecided(f"{query.role}: {who}")
    return Verdict.held(f"{len(needed)} queries, each unsat by every solver")


@functools.cache
def refuse(obligation: Obligation, wrong: Wrong, timeout: float = solvers.TIMEOUT_SECONDS) -> Query:
    """Put a planted mistake to both solvers: they are to answer sat, each with a small model."""
    hypotheses = obligation.hypotheses if wrong.hypotheses is None else wrong.hypotheses
    return put(
        f"planted: {wrong.change}",
        [obligation.spelled(h) for h in hypotheses],
        obligation.spelled(wrong.conclusion),
        SMALL,
        timeout,
    )


def is_counterexample(obligation: Obligation, wrong: Wrong, values: dict[str, int]) -> bool:
    """True iff the reference, counting for itself, finds `wrong` false at `values`."""
    point: dict[sp.Basic, Any] = {}
    hypotheses = obligation.hypotheses if wrong.hypotheses is None else wrong.hypotheses
    formulas = (*hypotheses, wrong.conclusion)
    for meaning in obligation.meanings:
        point[meaning.name] = sp.sympify(meaning.counted(values))
    for symbol in set().union(*(f.free_symbols for f in formulas)) - set(point):
        point[symbol] = sp.Integer(values[str(symbol)])
    at = [_value(f, point) for f in formulas]
    return all(h is sp.true for h in at[:-1]) and at[-1] is sp.false


def _value(formula: Boolean, point: dict[sp.Basic, Any]) -> Any:
    return sp.sympify(formula).xreplace(point)
