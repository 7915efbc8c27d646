"""A claim: statement, hypotheses, judge and expected grade in one place, and what judging found.

`@claim(...)` above a function makes it the judge of a statement.  The ledger finds the claims in
the files of this folder: its order is that of the files (the chapter's sections) and functions.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from convproof.chapter import reads
from convproof.document.shown import Shown
from convproof.errors import ConvproofError
from convproof.evidence import Evidence, Grade, Hypothesis, Status, Verdict, weakest
from convproof.prove.tools import NO_TOOLS, Tools

Judge = Callable[[], Evidence | Iterable[Evidence]]
UNJUDGED = Verdict.undecided("nobody has judged this statement yet", Status.OPEN)


@dataclass(frozen=True)
class Expected:
    """The grade a healthy build arrives at: with Coq, with the solvers alone, with neither."""

    kernel: Grade
    solvers: Grade
    alone: Grade

    def with_tools(self, tools: Tools) -> Grade:
        """The grade to expect where `tools` are installed (whether or not they can be trusted)."""
        if tools.kernel:
            return self.kernel
        return self.solvers if tools.solvers else self.alone


@dataclass(frozen=True, repr=False)
class Claim(Shown):
    """One statement of the chapter, or its correction; `judged` answers it.

    The verdict and the grade are computed from the evidence, never given: a claim holds if all of
    its evidence does, and its grade is that of the weakest part.

    >>> sum = Claim("sum", "school", "1 + 1 is 2", lambda: Evidence(Grade.CERTIFIED, "computed"))
    >>> sum.verdict.status.value, sum.judged().grade.value
    ('open', 'CERTIFIED')
    """

    id: str
    source: str
    statement: str
    judge: Judge
    expects: Expected = Expected(Grade.CERTIFIED, Grade.CERTIFIED, Grade.CERTIFIED)
    replaced_by: str | None = None
    hypotheses: tuple[Hypothesis, ...] = ()
    findings: tuple[Evidence, ...] = ()
    tools: Tools = NO_TOOLS
    seconds: float = 0.0

    def judged(self, tools: Tools | None = None) -> Claim:
        """The claim with what its judge found, and the seconds that took.

        Where the judge cites other theorems than the sentence rests on, that is found too.

        Raises:
            ConvproofError: if the judge brings no evidence: a claim may not lose its judge.
        """
        start = time.perf_counter()
        said = self.judge()
        found = (said,) if isinstance(said, Evidence) else tuple(said)
        if all(item.beside for item in found):
            raise ConvproofError(f"claim {self.id!r} was judged without evidence")
        found += tuple(
            Evidence(Grade.OPEN, f"{self.id}: {doubt}")
            for doubt in reads.doubts(self.id, self.statement, found)
        )
        spent = time.perf_counter() - start
        here = Tools.here() if tools is None else tools
        return replace(self, findings=found, tools=here, seconds=spent)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The parts, all of them needed."""
        return tuple(item for item in self.findings if not item.beside)

    @property
    def cross_checks(self) -> tuple[Evidence, ...]:
        """Other routes to the same answer, not needed for it."""
        return tuple(item for item in self.findings if item.beside)

    @property
    def verdict(self) -> Verdict:
        """Held if every part is; a failing cross-check leaves nothing held."""
        if not self.findings:
            return UNJUDGED
        for status in (Status.REFUTED, Status.UNDECIDED, Status.OPEN):
            for item in self.evidence:
                if item.verdict.status is status:
                    return item.verdict
        for item in self.cross_checks:
            if item.verdict.status in (Status.REFUTED, Status.UNDECIDED):
                return Verdict.undecided(f"a cross-check fails: {item.summary}")
        return Verdict.held("; ".join(item.verdict.reason for item in self.evidence))

    @property
    def grade(self) -> Grade:
        """The weakest part's grade; REFUTED with a counterexample, OPEN without an answer."""
        status = self.verdict.status
        if status is Status.HELD:
            return weakest(self.evidence)
        return Grade.REFUTED if status is Status.REFUTED else Grade.OPEN

    @property
    def expected(self) -> Grade:
        """The grade to expect with the tools that were there."""
        return self.expects.with_tools(self.tools)

    @property
    def as_expected(self) -> bool:
        """True iff the grade is the expected one, and so the verdict."""
        return bool(self.findings) and self.grade is self.expected

    @property
    def derivations(self) -> list[str]:
        """The derivations that its evidence is about, by name."""
        named = (item.details.get("derivations", ()) for item in self.findings)
        return sorted({name for names in named for name in names})

    @property
    def section(self) -> str:
        """The part of the chapter that it is of: what its judge's file says of itself."""
        said = sys.modules[self.judge.__module__].__doc__ or ""
        return said.partition("\n")[0]

    def __str__(self) -> str:
        lines = [f"{self.id}: {self.verdict.status.value}, {self.grade.value}", self.statement]
        lines += [f"{item.grade.value}: {item.summary}" for item in self.findings]
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form."""
        return {
            "id": self.id,
            "section": self.section,
            "statement": self.statement,
            "source": self.source,
            "verdict": self.verdict.to_dict(),
            "grade": self.grade.value,
            "expected": self.expected.value,
            "as_expected": self.as_expected,
            "replaced_by": self.replaced_by,
            "hypotheses": [item.to_dict() for item in self.hypotheses],
            "evidence": [item.to_dict() for item in self.evidence],
            "cross_checks": [item.to_dict() for item in self.cross_checks],
            "derivations": self.derivations,
            "seconds": round(self.seconds, 3),
        }


def claim(
    id: str,
    source: str,
    statement: str,
    grade: Grade,
    *,
    without_coq: Grade | None = None,
    alone: Grade | None = None,
    replaced_by: str | None = None,
    assumes: Iterable[Hypothesis] = (),
) -> Callable[[Judge], Claim]:
    """Make the decorated function the judge of a statement; its name is the claim's from then on.

    Args:
        id: the claim's id in the ledger ("eq-10.11"); unique.
        source: where the statement stands ("chapter, (10.11)").
        statement: the statement itself, one sentence.
        grade: what a healthy build arrives at with Coq and both solvers; REFUTED for a statement
            that is false.
        without_coq: the same where Coq is not installed (default: `grade`).
        alone: the same where the solvers are missing too (default: `without_coq`).
        replaced_by: for a false statement, the id of the right one.
        assumes: what the statement assumes, and by what that is discharged.

    Raises:
        ConvproofError: if a grade PROVED without its tools is not said, or a statement that is to
            be refuted names no other.
    """
    solvers = grade if without_coq is None else without_coq
    bare = solvers if alone is None else alone
    if solvers is Grade.PROVED_KERNEL or bare is Grade.PROVED_SOLVERS:
        raise ConvproofError(f"claim {id!r}: say the grade it has without its tools")
    if (grade is Grade.REFUTED) != (replaced_by is not None):
        raise ConvproofError(f"claim {id!r}: a refuted statement, and only it, has a replacement")

    def made(judge: Judge) -> Claim:
        expects = Expected(grade, solvers, bare)
        return Claim(id, source, statement, judge, expects, replaced_by, tuple(assumes))

    return made
