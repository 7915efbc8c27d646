"""One root cause, one failure: which broken laws only follow from another broken one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from convproof.conformance.faults.catalogue.words import worded
from convproof.conformance.report.result import Failure
from convproof.laws import LAWS
from convproof.laws.op import Op

Key = tuple[str, str]

_ACROSS = {
    "adjoint-x": "",
    "adjoint-kernel": "",
    "adjoint-max": "",
    "no-memory": "",
    "average-is-convolution": "avg_pool->conv",
}
# What a broken law makes worthless to say about the same op, besides what the laws declare.
_SYMPTOMS = {
    "no-memory": ("refilled-arrays", "results-stay", "after-error", "threads", "repeatable"),
    "repeatable": ("refilled-arrays", "no-memory", "after-error", "threads"),
    "results-stay": ("outputs-own",),
    "outputs-own": ("results-stay", "no-memory", "refilled-arrays", "threads"),
}


def follows_from(key: Key, broken: Mapping[Key, Failure], adjoint: frozenset[str]) -> Key | None:
    """The broken law that explains the break of `key`, if there is one.

    `adjoint` holds the backward ops found to be the adjoint of their own (wrong) forward.
    """
    op, name = key
    law = LAWS.get(name)
    if law is not None and law.scope != "call":
        for cause in law.implied_by:
            if (op, cause) in broken and cause != name:
                return op, cause
    for cause, symptoms in _SYMPTOMS.items():
        if (
            name in symptoms
            and (op, cause) in broken
            and (list(_SYMPTOMS).index(cause) < _rank(name))
        ):
            return op, cause
    forward = str(Op.of(op).forward)
    if name in _ACROSS:
        other = forward.replace("avg_pool", "conv") if _ACROSS[name] else forward
        for cause in ("returns-an-answer", "shape", "definition"):
            if other != op and (other, cause) in broken:
                return other, cause
    if op != forward and op in adjoint and (forward, "definition") in broken:
        return forward, "definition"
    return None


def _rank(name: str) -> int:
    names = list(_SYMPTOMS)
    return names.index(name) if name in names else len(names)


def _named(failure: Failure) -> str:
    """The first diagnosis's mistake, in the words of no rank; patterns are no names."""
    first = failure.diagnosis[0] if failure.diagnosis else ""
    if first.startswith(("no known mistake", "made ")):
        return ""
    return worded(first.partition(" (look at")[0], 1)


def group(
    broken: Mapping[Key, Failure], adjoint: frozenset[str]
) -> tuple[list[Failure], dict[Key, Key]]:
    """The root failures, each with what follows from it, and the cause of every other one."""
    parents: dict[Key, Key] = {}
    for key in broken:
        cause = follows_from(key, broken, adjoint)
        if cause is not None:
            parents[key] = cause
    # The same named mistake in another op of the same family is the same mistake.
    named: dict[tuple[str, str], Key] = {}
    for key, failure in broken.items():
        mistake = _named(failure)
        if key in parents or not mistake:
            continue
        family = Op.of(failure.op).kind
        first = named.setdefault((family, mistake), key)
        if first != key:
            parents[key] = first

    def root(key: Key) -> Key:
        seen = {key}
        while key in parents and parents[key] not in seen:
            key = parents[key]
            seen.add(key)
        return key

    roots = {key: root(key) for key in broken}
    failures = []
    for key, failure in broken.items():
        if roots[key] == key:
            children = tuple(
                f"{op} {name}"
                for (op, name), top in roots.items()
                if top == key and (op, name) != key
            )
            failures.append(replace(failure, follows=children))
    return failures, {key: top for key, top in roots.items() if key != top}
