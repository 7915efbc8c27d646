"""Verdicts, and the evidence they rest on.

A verdict is never a bare bool: `bool(verdict)` raises, because "undecided" must not pass for
"true" or for "false". Ask `verdict.holds`, or `verdict.require()`.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn, Self

from convproof.document.shown import Shown
from convproof.errors import ConvproofError


class VerdictError(ConvproofError, AssertionError):
    """`Verdict.require` was called on a verdict that does not hold."""


class Status(enum.StrEnum):
    """The answer itself; undecided covers a time limit, a missing tool, an unknown."""

    HELD = "held"
    REFUTED = "refuted"
    UNDECIDED = "undecided"
    OPEN = "open"


class Grade(enum.Enum):
    """What kind of evidence an answer rests on, strongest first."""

    PROVED_KERNEL = "PROVED (kernel)"
    PROVED_SOLVERS = "PROVED (solvers)"
    CERTIFIED = "CERTIFIED"
    TESTED = "TESTED"
    MEASURED = "MEASURED"
    CITED = "CITED"
    REFUTED = "REFUTED"
    OPEN = "OPEN"

    @property
    def place(self) -> int:
        """0 for the strongest; larger is weaker."""
        return list(Grade).index(self)


@dataclass(frozen=True, repr=False)
class Verdict(Shown):
    """An answer with its reason; `witness` is the counterexample of a refutation.

    >>> Verdict.held("27 cases").require().reason
    '27 cases'
    >>> bool(Verdict.held("27 cases"))
    Traceback (most recent call last):
    ...
    TypeError: a verdict is not a bool: ask .holds, .status or .require()
    """

    status: Status
    reason: str
    witness: Mapping[str, Any] | None = None

    @classmethod
    def held(cls, reason: str) -> Self:
        """The statement was found to hold, for `reason`."""
        return cls(Status.HELD, reason)

    @classmethod
    def refute(cls, reason: str, **witness: Any) -> Self:
        """The statement is false; `witness` shows it."""
        return cls(Status.REFUTED, reason, witness or None)

    @classmethod
    def undecided(cls, reason: str, status: Status = Status.UNDECIDED) -> Self:
        """No answer, and why: unknown, timed out, no tool; or open, nobody has tried."""
        return cls(status, reason)

    @property
    def holds(self) -> bool:
        """True only for `Status.HELD`; every kind of "not known" is False here."""
        return self.status is Status.HELD

    @property
    def refuted(self) -> bool:
        """True only for `Status.REFUTED`: a counterexample is known."""
        return self.status is Status.REFUTED

    def __str__(self) -> str:
        shown = ", ".join(
            f"{name} = {_short(value)}" for name, value in (self.witness or {}).items()
        )
        return f"{self.status.value}: {self.reason}" + (f"\nwitness: {shown}" if shown else "")

    def __bool__(self) -> NoReturn:
        raise TypeError("a verdict is not a bool: ask .holds, .status or .require()")

    def require(self) -> Self:
        """Return the verdict itself if it holds, else raise `VerdictError` with the reason."""
        if not self.holds:
            shown = f"; witness: {dict(self.witness)}" if self.witness else ""
            raise VerdictError(f"{self.status.value}: {self.reason}{shown}")
        return self

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form."""
        return {
            "status": self.status.value,
            "reason": self.reason,
            "witness": None if self.witness is None else plain(self.witness),
        }


@dataclass(frozen=True)
class Evidence:
    """One piece of support: its grade, a sentence, figures (counts, seeds, versions), its answer.

    `beside` marks a cross-check: another route to what is shown already.  It cannot raise a
    claim's grade, and a claim whose cross-check fails does not hold.

    Raises:
        ConvproofError: where grade and answer do not belong together (a grade OPEN that holds).

    >>> Evidence(Grade.TESTED, "27 cases").verdict.holds
    True
    """

    grade: Grade
    summary: str
    details: Mapping[str, Any] = field(default_factory=dict)
    verdict: Verdict = field(default=None)  # type: ignore[assignment]  # made from the grade below
    beside: bool = False

    def __post_init__(self) -> None:
        if self.verdict is None:
            object.__setattr__(self, "verdict", self._answer())
        wanted = {Grade.OPEN: (Status.OPEN, Status.UNDECIDED), Grade.REFUTED: (Status.REFUTED,)}
        if self.verdict.status not in wanted.get(self.grade, (Status.HELD,)):
            raise ConvproofError(
                f"evidence graded {self.grade.value} cannot be {self.verdict.status.value}: "
                f"{self.summary}"
            )

    def _answer(self) -> Verdict:
        if self.grade is Grade.REFUTED:
            return Verdict.refute(self.summary, **self.details)
        if self.grade is Grade.OPEN:
            return Verdict.undecided(self.summary)
        return Verdict.held(self.summary)

    @classmethod
    def not_run(cls, summary: str) -> Evidence:
        """What was not tried, for want of a tool: it supports nothing and contradicts nothing."""
        return cls(Grade.OPEN, summary, verdict=Verdict.undecided(summary, Status.OPEN))

    @classmethod
    def of(cls, grade: Grade, summary: str, verdict: Verdict, **details: Any) -> Evidence:
        """Evidence of `grade` if `verdict` holds; else REFUTED or OPEN, as the verdict says."""
        if not verdict.holds:
            grade = Grade.REFUTED if verdict.refuted else Grade.OPEN
        return cls(grade, summary, details, verdict)

    def aside(self) -> Evidence:
        """The same as a cross-check."""
        return replace(self, beside=True)

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form."""
        return {
            "grade": self.grade.value,
            "status": self.verdict.status.value,
            "summary": self.summary,
            "details": plain(self.details),
        }


@dataclass(frozen=True)
class Hypothesis:
    """What a claim assumes, and by what that is discharged; nothing means: not discharged.

    >>> Hypothesis("the entries are real numbers").discharged
    False
    """

    statement: str
    by: str = ""

    @property
    def discharged(self) -> bool:
        """Whether something makes sure of it."""
        return bool(self.by)

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form."""
        return {"statement": self.statement, "discharged_by": self.by or None}


def weakest(evidence: Iterable[Evidence]) -> Grade:
    """The grade of what needs every item of `evidence`: a chain is its weakest link.

    >>> weakest([Evidence(Grade.PROVED_KERNEL, ""), Evidence(Grade.CITED, "")]).value
    'CITED'
    """
    return max((item.grade for item in evidence), key=lambda grade: grade.place)


def plain(value: Any) -> Any:
    """`value` with everything JSON does not know turned into its text."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    return str(value)


def _short(value: Any) -> str:
    """A witness's value in one line."""
    text = " ".join(str(value.tolist() if hasattr(value, "tolist") else value).split())
    return text if len(text) <= 200 else text[:197] + "..."
