"""Every library that was held to the laws: what was judged, what broke, what nobody looked at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from convproof.conformance.findings.finding import findings, known
from convproof.conformance.target.libraries import KNOWN, NO_TARGETS
from convproof.document.model import Block, Document, Heading, Line, Link, Mono, Table, words
from convproof.document.values import text


def libraries_page(data: Mapping[str, Any], command: str) -> Document:
    """The page, from what `convproof check all-installed --json` wrote."""
    return Document("Libraries held to the laws", tuple(_blocks(data, command)))


def _blocks(data: Mapping[str, Any], command: str) -> Iterator[Block]:
    rows = data["rows"]
    yield words(
        f"{len(rows)} targets, each in a process of its own, each through a thin adapter that "
        "calls a library's public interface. A pair is a law on an op; held means on all calls "
        "that were made, which is tested and not proved. Where a law broke, the op was judged no "
        "further. A run ends when its seconds are spent: planned calls are left out, and what held "
        "may break on one that was not made. "
        "To measure anew those that are installed, the others' rows staying: ",
        Mono(command),
        ". What was found is told in ",
        Link("the findings", "findings.md"),
        ".",
    )
    head = ("library", "versions", "ops", "calls", "laws", "pairs held", "broken", "not run")
    yield Table((*head, "findings"), [_row(row) for row in rows if "error" not in row])
    yield from _without_a_row({row["library"] for row in rows})
    for row in rows:
        yield Heading(2, row["library"], row["library"])
        if "error" in row:
            yield words(f"Not judged: {row['error']}.")
        else:
            yield from _details(row)


def _versions(row: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {version}" for name, version in row["versions"].items())


def _row(row: Mapping[str, Any]) -> list[Line]:
    pairs = row["pairs"]
    counts = (len(row["ops"]), row["calls"], len(row["laws"]), pairs["held"], len(row["broken"]))
    return [
        (Link(row["library"], f"#{row['library']}"),),
        (_versions(row),),
        *((str(count),) for count in counts),
        (str(pairs["not run"]),),
        (str(len({*_found_in(row["library"]), *_met(row)})),),
    ]


def _found_in(library: str) -> list[str]:
    return [one.id for one in findings() if one.library == library]


def _met(row: Mapping[str, Any]) -> set[str]:
    """The findings that explain what broke, of what the library computes with, too."""
    names = {known(row["library"], one["law"], one["op"]) for one in row["broken"]}
    return names - {""}


def _without_a_row(shown: set[str]) -> Iterator[Block]:
    """Which targets were not measured, and which libraries are no targets."""
    missing = [name for name in KNOWN if name not in shown]
    if missing:
        yield words(f"Targets that were not measured for this page: {', '.join(missing)}.")
    yield Table(("no target", "why"), [((name,), (why,)) for name, why in NO_TARGETS.items()])


def _details(row: Mapping[str, Any]) -> Iterator[Block]:
    made = ", ".join(f"{name} {version}" for name, version in row["made"].items())
    yield words(
        f"{row['calls']} calls in {row['seconds']} s, {row['unanswered']} of them unanswered, seed "
        f"{row['seed']}; convproof {row['convproof']}, {made}. Ops: {', '.join(row['ops'])}."
    )
    if row["broken"]:
        broken = [_broken(row["library"], one) for one in row["broken"]]
        yield Table(("law", "op", "what came", "finding"), broken)
    else:
        yield words("No law that was judged broke.")
    unmet = [name for name in _found_in(row["library"]) if name not in _met(row)]
    if unmet:
        line: list[str | Link] = []
        for name in unmet:
            line += [", " if line else "", Link(name, f"findings.md#{name}")]
        yield words("Found in it by other calls: ", *line, ".")
    left, notes = _left_out(row.get("notes", []))
    if left:
        yield words(left)
    for title, items in (
        ("limit", row["limits"]),
        ("not judged", row["not_judged"]),
        ("never exercised", row["never_exercised"]),
        ("came to no end", row["unfinished"]),
        ("note", notes),
    ):
        if items:
            yield Table((title, "ops"), list(_gathered(items, row["ops"])))


_LEFT = re.compile(r"(?:\w+: )?(\d+) of (\d+) planned calls \((\w+)\) were left out: the time ")
_SHARE = re.compile(r" \(\d+ of \d+ calls\)$")


def _left_out(notes: Sequence[str]) -> tuple[str, list[str]]:
    """The calls that there was no time for, in one sentence, and the other notes."""
    left, planned, others = Counter[str](), Counter[str](), []
    for note in notes:
        found = _LEFT.match(note)
        if found is None:
            others.append(note)
        else:
            left[found[3]] += int(found[1])
            planned[found[3]] += int(found[2])
    kinds = ", ".join(f"{kind} {left[kind]:,} of {planned[kind]:,}" for kind in left)
    told = f"There was no time for some of the planned calls: {kinds}." if left else ""
    return told, others


def _gathered(items: Sequence[str], ops: Sequence[str]) -> Iterator[list[Line]]:
    """A row for each thing said, with the ops that it is said of, and of how many calls."""
    found: dict[str, list[str]] = {}
    for item in items:
        op, _, rest = item.partition(": ")
        op, rest = (op, rest) if op in ops else ("", item)
        share = _SHARE.search(rest)
        said = text(_SHARE.sub("", rest))
        found.setdefault(said, []).append(op + (share[0] if share else ""))
    for said, names in found.items():
        every = sorted(names) == sorted(ops) and len(ops) > 1
        yield [(said,), ("all" if every else ", ".join(filter(None, names)) or "-",)]


def _broken(library: str, one: Mapping[str, Any]) -> list[Line]:
    """A broken law, and the finding that explains it by now."""
    name = known(library, one["law"], one["op"])
    finding: Line = (Link(name, f"findings.md#{name}"),) if name else ("not reproduced apart",)
    return [(one["law"],), (one["op"],), (text(one["reason"]),), finding]


def line_of_index(data: Mapping[str, Any]) -> Line:
    """What the contents page says of it."""
    return (
        Link("Libraries held to the laws", "libraries.md"),
        f": {len(data['rows'])} targets, what was judged and what was not.",
    )
