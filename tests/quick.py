"""Which tests a quick run takes: those that took least when they were last run."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import pytest

Item = TypeVar("Item")
Took = dict[str, dict[str, list[float]]]  # file -> function -> seconds to set up, to call
CHEAP = 1.0  # seconds: a file whose cheapest test takes more is left to the full run
_BUILT_IN = {"request", "tmp_path_factory", "worker_id", "testrun_uid", "pytestconfig"}


def in_turn(groups: Iterable[list[Item]]) -> list[Item]:
    """The first of each group, then the second of each, and so on.

    >>> in_turn([["a1", "a2", "a3"], ["b1"], ["c1", "c2"]])
    ['a1', 'b1', 'c1', 'a2', 'c2', 'a3']
    """
    gone = object()
    rounds = itertools.zip_longest(*groups, fillvalue=gone)
    return [item for some in rounds for item in some if item is not gone]


def ordered(tests: Sequence[tuple[Item, str, float | None]], limit: float) -> list[Item]:
    """Of (test, file, seconds), what takes `limit` seconds: one of each file, then the cheapest.

    What nobody has timed comes last, a file in turn, for whatever time is left.

    >>> ordered([("a", "x", 3.0), ("b", "y", 0.5), ("c", "y", 0.1), ("d", "z", None)], 10)
    ['c', 'b', 'a', 'd']
    >>> ordered([("a", "x", 3.0), ("b", "y", 0.5), ("c", "y", 0.1)], 2)
    ['c', 'b']
    """
    known = sorted((t for t in tests if t[2] is not None), key=lambda t: t[2] or 0.0)
    seen: set[str] = set()
    first, rest = [], []
    for test in known:
        of_file = test[1] not in seen and (test[2] or 0.0) <= CHEAP
        (first if of_file else rest).append(test)
        seen.add(test[1])
    found, spent = [], 0.0
    for item, _, seconds in [*first, *rest]:
        spent += seconds or 0.0
        if spent > limit:
            return found
        found.append(item)
    unknown: dict[str, list[Item]] = {}
    for item, file, seconds in tests:
        if seconds is None:
            unknown.setdefault(file, []).append(item)
    return found + in_turn(unknown.values())


def chosen(items: Sequence[pytest.Item], took: Took, limit: float) -> list[pytest.Item]:
    """The tests of a quick run, in its order; those marked slow are none."""
    return ordered(
        [
            (item, item.nodeid.split("::")[0], seconds(item, took))
            for item in items
            if item.get_closest_marker("slow") is None
        ],
        limit,
    )


def seconds(item: pytest.Item, took: Took) -> float | None:
    """What it took, its fixtures included, as if nobody had made them before."""
    file, function = split(item.nodeid)
    times = took.get(file, {})
    if function not in times:
        return None
    made, called = times[function]
    fixtures = getattr(getattr(item, "_fixtureinfo", None), "name2fixturedefs", {})
    shared = [name for name, found in fixtures.items() if found and found[-1].scope != "function"]
    if set(shared) - _BUILT_IN:
        made = max(one[0] for one in times.values())
    return made + called


def split(nodeid: str) -> tuple[str, str]:
    """A test's file, and its function whatever the case.

    >>> split("tests/a/test_b.py::TestC::test_d[1-x::y]")
    ('tests/a/test_b.py', 'TestC::test_d')
    """
    file, _, rest = nodeid.partition("::")
    return file, rest.partition("[")[0]


def merged(before: Took, now: Mapping[str, Mapping[str, float]]) -> Took:
    """What is known with what a run has shown: of a function's cases, the slowest.

    >>> now = {"f::t[1]": {"setup": 0.0, "call": 2.0}, "f::t[2]": {"call": 1}}
    >>> merged({"f": {"t": [0.0, 9.0]}}, now)
    {'f': {'t': [0.0, 2.0]}}
    """
    shown: Took = {}
    for nodeid, phases in now.items():
        if "call" in phases:
            file, function = split(nodeid)
            made, called = shown.setdefault(file, {}).get(function, [0.0, 0.0])
            shown[file][function] = [
                round(max(made, phases.get("setup", 0.0)), 3),
                round(max(called, phases["call"]), 3),
            ]
    return {file: {**before.get(file, {}), **shown.get(file, {})} for file in {**before, **shown}}


def written(took: Took) -> str:
    """As JSON, a line a file.

    >>> print(written({"b": {"t": [0.0, 1.5]}, "a": {}}))
    {
    "a": {},
    "b": {"t": [0.0, 1.5]}
    }
    <BLANKLINE>
    """
    lines = [
        f"{json.dumps(file)}: {json.dumps(took[file], sort_keys=True)}" for file in sorted(took)
    ]
    return "{\n" + ",\n".join(sorted(lines)) + "\n}\n"
