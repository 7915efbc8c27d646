"""Claims to report."""

from __future__ import annotations

from convproof.chapter import Claim
from convproof.chapter.claim import Expected
from convproof.evidence import Evidence, Grade, Hypothesis


def claim(id, statement, *findings, expected=Grade.TESTED, **rest) -> Claim:
    """A claim that was judged, and found so."""
    expects = Expected(expected, expected, expected)
    return Claim(id, f"({id[-1]})", statement, tuple, expects, findings=findings, **rest)


HELD = claim(
    "eq-1",
    "a_b holds | always",
    Evidence(Grade.TESTED, "seven cases", {"seconds": 3.5}),
    hypotheses=(Hypothesis("x > 0", "the law"),),
    seconds=1.25,
)


FALSE = claim(
    "eq-2",
    "false as written",
    Evidence(Grade.REFUTED, "at one", {"x": 1, "y": 0.1 + 0.2}),
    expected=Grade.REFUTED,
    replaced_by="eq-1",
)
