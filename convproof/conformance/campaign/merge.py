"""One result out of many: of each broken law the smallest counterexample, counts added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from convproof.conformance.cases.shrink import cost
from convproof.conformance.report.result import CheckResult, Exercise, Failure, Limit

T = TypeVar("T")


def merge(parts: Sequence[CheckResult], target: str, seed: int) -> CheckResult:
    """The result of a campaign on `target`, in the order of its parts."""
    failures: dict[tuple[str, str], Failure] = {}
    exercises: dict[tuple[str, str], Exercise] = {}
    limits: dict[tuple[str, str], Limit] = {}
    order = {"broken": 0, "follows": 1, "held": 2, "not applied": 3, "not run": 4}
    coverage: dict[str, Any] = {}
    for part in parts:
        for failure in part.failures:
            key = (failure.op, failure.law)
            if key not in failures or cost(failure.case) < cost(failures[key].case):
                failures[key] = failure
        for new in part.exercises:
            old = exercises.get((new.op, new.law))
            worst = new if old is None else min(old, new, key=lambda one: order[one.status])
            count = new.count + (0 if old is None else old.count)
            exercises[new.op, new.law] = replace(worst, count=count)
        for limit in part.limits:
            known = limits.get((limit.op, limit.what), replace(limit, refused=0, asked=0))
            limits[limit.op, limit.what] = replace(
                known, refused=known.refused + limit.refused, asked=known.asked + limit.asked
            )
        for op, values in part.coverage.items():
            coverage[op] = values if op not in coverage else _joined(coverage[op], values)
    return CheckResult(
        target=parts[0].target if parts else target,
        failures=tuple(failures.values()),
        exercises=tuple(exercises.values()),
        calls=sum(part.calls for part in parts),
        unanswered=sum(part.unanswered for part in parts),
        seconds=sum(part.seconds for part in parts),
        seed=seed,
        limits=tuple(limits.values()),
        not_judged=_all(part.not_judged for part in parts),
        not_exercised=_all(part.not_exercised for part in parts),
        conventions={key: said for part in parts for key, said in part.conventions.items()},
        coverage=coverage,
        notes=_all(part.notes for part in parts),
        decided=_all(part.decided for part in parts),
        versions={name: said for part in parts for name, said in part.versions.items()},
    )


def _all(groups: Iterable[Iterable[T]]) -> tuple[T, ...]:
    """Each thing once, in the order in which it first comes."""
    return tuple(dict.fromkeys(item for group in groups for item in group))


def _joined(one: dict[str, Any], two: dict[str, Any]) -> dict[str, Any]:
    joined: dict[str, Any] = {}
    for name in {**one, **two}:
        left, right = one.get(name), two.get(name)
        if isinstance(left, dict) and isinstance(right, dict):
            joined[name] = {k: left.get(k, 0) + right.get(k, 0) for k in {**left, **right}}
        else:
            joined[name] = sorted({*(left or ()), *(right or ())}, key=lambda v: (str(type(v)), v))
    return joined
