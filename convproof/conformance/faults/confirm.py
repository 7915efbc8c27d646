"""Holding explanations to further calls of the target: which it bears out, and how far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from convproof.conformance.faults.ask import Asked, answers
from convproof.conformance.faults.catalogue import MISTAKES, right
from convproof.conformance.faults.explanation import Diagnosis, matches, result_of
from convproof.conformance.faults.further import further
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]
WORK = 20_000_000  # multiplications of a call beyond which nothing is tried
MOST = 2_000_000_000  # multiplications of all that is tried for one explanation


@dataclass
class _Score:
    """How one explanation did."""

    confirmed: int = 0
    right: int = 0
    other: int = 0
    first: bool | None = None
    by_value: bool = False
    only: list[str] = field(default_factory=list)


def work(case: Case) -> int:
    """About how many multiplications the call takes."""
    outputs = 1 if case.kernel is None else int(case.kernel.shape[-1])
    return int(case.x.size) * int(np.prod(case.taps)) * outputs


def confirm(
    case: Case,
    result: str,
    target: Asked,
    found: Sequence[Diagnosis],
    first: Case | None = None,
) -> list[Diagnosis]:
    """Those explanations that further calls bear out, the best first.

    A name is worth giving if it predicted another wrong answer at least once, and no fewer than
    it failed to; one that no further call bears on stays, and says so.  Where other numbers in the
    same call come out right, it is the numbers that matter, which no mistake here looks at.
    """
    scores, done = {item.mistake: _Score() for item in found}, 0
    for more in further(case, first):
        done += work(more.case) * (1 + len(found))
        if done > MOST:
            break
        both = _answers(more.case, result, target)
        if both is None:
            continue
        good, got = both
        came_right = matches(good, got) is not None
        for name, score in scores.items():
            predicted = MISTAKES[name].results(more.case).get(result, good)
            shows = matches(good, predicted) is None
            if not shows and came_right:
                continue
            agrees = shows and matches(predicted, got) is not None
            if more.first:
                score.first = agrees
            score.by_value |= more.same and shows and came_right
            if agrees:
                score.confirmed += 1
            elif came_right and more.without:
                score.only.append(more.without)
            elif came_right:
                score.right += 1
            else:
                score.other += 1
    made = [
        _scored(item, scores[item.mistake], case.rank)
        for item in found
        if not scores[item.mistake].by_value
    ]
    kept = [item for item in made if _worthy(item)]
    if not kept:
        return []
    best = min(_against(item) for item in kept)
    return [item for item in kept if _against(item) == best]


def _answers(case: Case, result: str, target: Asked) -> tuple[Array, Array] | None:
    """The right answer and the target's; None where there is nothing to compare."""
    if work(case) > WORK:
        return None
    values = answers(target, case)
    got = None if values is None else result_of(case, values, result)
    if got is None:
        return None
    try:
        good = right(case).get(result)
    except ValueError:
        return None
    return None if good is None else (good, got)


def _scored(item: Diagnosis, score: _Score, rank: int) -> Diagnosis:
    return replace(
        item,
        confirmed=score.confirmed,
        tried=score.confirmed + score.right + score.other,
        right=score.right,
        first=score.first,
        only=tuple(score.only),
        judged=True,
        rank=rank,
    )


def _faults(item: Diagnosis) -> int:
    """Further calls that speak against it; the one the error was found in counts twice."""
    return item.unexplained + (item.first is False)


def _against(item: Diagnosis) -> tuple[int, ...]:
    """What speaks against it, the gravest first."""
    return _faults(item), item.right + len(item.only), -item.confirmed


def _worthy(item: Diagnosis) -> bool:
    if not item.tried:
        return not item.only
    return item.confirmed > 0 and item.confirmed >= _faults(item)
