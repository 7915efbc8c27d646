"""A statement together with the function that judges it: what a room hands to the ledger.

Any room may publish judgements (`claims() -> Iterable[Judgement]`); `convproof.prove.registry`
finds them by module path, so no room has to import the ledger and the ledger imports no room.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from convproof.evidence import Claim, Evidence, Grade, Status, Verdict


class Finding(NamedTuple):
    """What judging came to: the answer, the weakest grade it rests on, and the support."""

    verdict: Verdict
    grade: Grade
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """One claim not yet judged.

    Args:
        id: the claim's id in the ledger ("eq-10.11"); unique.
        source: where the statement stands ("chapter, (10.11)").
        statement: the statement itself, one sentence.
        judge: computes the finding; takes no argument, is deterministic, never prints.
        expected: the status a healthy build arrives at (REFUTED for a false statement).
        replaced_by: for a statement expected to be refuted, the id of the right one.

    >>> Judgement("sum", "school", "1 + 1 is 2", lambda: Finding(
    ...     Verdict.held("computed"), Grade.CERTIFIED)).claim().as_expected
    True
    """

    id: str
    source: str
    statement: str
    judge: Callable[[], Finding]
    expected: Status = Status.HELD
    replaced_by: str | None = None

    def claim(self) -> Claim:
        """Judge, and return the claim with the seconds it took."""
        start = time.perf_counter()
        verdict, grade, evidence = self.judge()
        return Claim(
            id=self.id,
            statement=self.statement,
            source=self.source,
            verdict=verdict,
            grade=grade,
            evidence=tuple(evidence),
            expected=self.expected,
            replaced_by=self.replaced_by,
            seconds=time.perf_counter() - start,
        )
