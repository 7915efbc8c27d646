"""Verdicts, the evidence they rest on, and the ledger that holds them.

A verdict is never a bare bool: `bool(verdict)` raises, because "undecided" must not pass for
"true" or for "false". Ask `verdict.holds`, or `verdict.require()`.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn, Self

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
    PROVED_STEPS = "PROVED (steps)"
    CERTIFIED = "CERTIFIED"
    TESTED = "TESTED"
    MEASURED = "MEASURED"
    CITED = "CITED"
    REFUTED = "REFUTED"
    OPEN = "OPEN"


@dataclass(frozen=True)
class Verdict:
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
            "witness": None if self.witness is None else _plain(self.witness),
        }


@dataclass(frozen=True)
class Evidence:
    """One piece of support: its grade, a sentence, and figures (counts, seeds, versions)."""

    grade: Grade
    summary: str
    details: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form."""
        return {"grade": self.grade.value, "summary": self.summary, "details": _plain(self.details)}


@dataclass(frozen=True)
class Claim:
    """One statement of the chapter (or its correction), judged.

    `expected` is the status a healthy build arrives at: a false statement of the chapter is
    expected to be refuted, and `replaced_by` then names the claim that says what is true.
    """

    id: str
    statement: str
    source: str
    verdict: Verdict
    grade: Grade
    evidence: tuple[Evidence, ...] = ()
    expected: Status = Status.HELD
    replaced_by: str | None = None
    seconds: float = 0.0

    @property
    def as_expected(self) -> bool:
        """True iff the verdict's status is the expected one."""
        return self.verdict.status is self.expected

    def timed(self, seconds: float) -> Claim:
        """The same claim with the time its judgement took."""
        return replace(self, seconds=seconds)

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form."""
        return {
            "id": self.id,
            "statement": self.statement,
            "source": self.source,
            "verdict": self.verdict.to_dict(),
            "grade": self.grade.value,
            "evidence": [item.to_dict() for item in self.evidence],
            "expected": self.expected.value,
            "as_expected": self.as_expected,
            "replaced_by": self.replaced_by,
            "seconds": round(self.seconds, 3),
        }


class Ledger(Mapping[str, Claim]):
    """Claims by id, in the order of the chapter."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._claims: dict[str, Claim] = {}
        for claim in claims:
            if claim.id in self._claims:
                raise ConvproofError(f"claim {claim.id!r} is in the ledger already")
            self._claims[claim.id] = claim

    def __getitem__(self, key: str) -> Claim:
        return self._claims[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._claims)

    def __len__(self) -> int:
        return len(self._claims)

    @property
    def ok(self) -> bool:
        """True iff every verdict is the expected one."""
        return all(claim.as_expected for claim in self._claims.values())

    def to_json(self) -> str:
        """The whole ledger as JSON."""
        return json.dumps([claim.to_dict() for claim in self._claims.values()], indent=2) + "\n"

    def __str__(self) -> str:
        rows = [(c.id, c.grade.value, c.statement) for c in self._claims.values()]
        if not rows:
            return "(empty ledger)"
        wide = [max(len(row[column]) for row in rows) for column in (0, 1)]
        return "\n".join(f"{i:<{wide[0]}}  {g:<{wide[1]}}  {s}" for i, g, s in rows)


def _plain(value: Any) -> Any:
    """`value` with everything JSON does not know turned into its text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    return str(value)
