"""Every known library that is installed, held to the laws one after the other: a row each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from convproof.conformance.findings.finding import known
from convproof.conformance.report.result import CheckResult
from convproof.conformance.run.engine import check
from convproof.conformance.sandbox.isolated import opened
from convproof.conformance.target.libraries import KNOWN, extra, is_here, versions
from convproof.errors import TargetError
from convproof.laws.op import OPS

TIMEOUT = 60.0  # seconds for one call; each library is in a process of its own, which may crash


def absent() -> dict[str, str]:
    """The known libraries that are not installed -> what installs them."""
    return {name: f"pip install 'convproof[{extra(name)}]'" for name in KNOWN if not is_here(name)}


def survey(
    names: Iterable[str], *, timeout: float = TIMEOUT, **asked: Any
) -> Iterator[dict[str, Any]]:
    """A row for each library, JSON-ready; one that is not judged has an `error` alone.

    That is one that does not load, or that convproof failed on: the next is judged all the same.
    `asked` are the keywords of `check`.
    """
    for name in names:
        try:
            with opened(name, timeout=timeout) as target:
                result = check(target, **asked)
                yield row(result, sorted(target.ops, key=OPS.index))
        except TargetError as error:
            yield {"library": name, "versions": versions(name), "error": str(error)}
        except Exception as error:  # ours: it is told, and is no reason to judge no other
            said = f"convproof failed: {type(error).__name__}: {error}"
            yield {"library": name, "versions": versions(name), "error": said}


def row(result: CheckResult, ops: list[str]) -> dict[str, Any]:
    """What a run came to: which laws held on which ops, which broke, what was not looked at."""
    broken = [{"law": one.law, "op": one.op, "reason": one.reason} for one in result.failures]
    pairs = {status: _pairs(result, status) for status in ("held", "broken", "follows", "not run")}
    return {
        "library": result.target,
        "versions": dict(result.versions),
        "ok": result.ok,
        "calls": result.calls,
        "unanswered": result.unanswered,
        "seconds": round(result.seconds),
        "seed": result.seed,
        "ops": ops,
        "laws": sorted({one.law for one in result.exercises if one.status in ("held", "broken")}),
        "pairs": {status: len(found) for status, found in pairs.items()},
        "broken": broken,
        "limits": [str(limit) for limit in result.limits],
        "not_judged": [str(one) for one in result.not_judged],
        "never_exercised": list(result.not_exercised),
        "unfinished": list(result.unfinished),
        "notes": list(result.notes),
    }


def _pairs(result: CheckResult, status: str) -> set[tuple[str, str]]:
    return {(one.law, one.op) for one in result.exercises if one.status == status}


def line(found: dict[str, Any]) -> str:
    """A row in words."""
    named = ", ".join(f"{name} {version}" for name, version in found["versions"].items())
    head = f"{found['library']} ({named}): "
    if "error" in found:
        return f"{head}not judged: {found['error']}"
    pairs = found["pairs"]
    name = found["library"]
    explained = sum(bool(known(name, one["law"], one["op"])) for one in found["broken"])
    said = f"{pairs['held']} (law, op) pairs held, {len(found['broken'])} broken"
    if found["broken"]:
        said += f" ({explained} of them known findings)"
    if pairs["not run"]:
        said += f", {pairs['not run']} not run"
    return f"{head}{said}; {found['calls']} calls of {len(found['ops'])} ops"
