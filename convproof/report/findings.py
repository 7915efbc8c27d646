"""What was found in released libraries, with the lines that show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from convproof.conformance.findings.finding import SEVERITIES
from convproof.document.model import (
    Block,
    Document,
    Heading,
    Line,
    Link,
    Listing,
    Mono,
    Table,
    words,
)
from convproof.document.values import text

if TYPE_CHECKING:
    from convproof.conformance.findings.finding import LibraryFinding

AGAIN = "convproof findings"


def findings_page(found: Sequence[LibraryFinding]) -> Document:
    """The page, from the findings that are kept beside the laws."""
    return Document("Findings in libraries", tuple(_blocks(found)))


def _blocks(found: Sequence[LibraryFinding]) -> Iterator[Block]:
    severities = Counter(one.severity for one in found)
    counts = ", ".join(f"{severities[name]} {name}" for name in SEVERITIES if severities[name])
    yield words(
        f"{len(found)} findings: {counts}. Each was seen in a fresh process by the lines beside "
        "it, which do without convproof and say what is right by another route, and was read "
        "against the library's documentation. The lines end well where it does not happen. To run "
        "them where the library is installed: ",
        Mono(AGAIN),
        ".",
    )
    rows: list[list[Line]] = [
        [(one.library,), (Link(one.id, f"#{one.id}"),), (one.severity,), (one.law,)]
        for one in found
    ]
    yield Table(("library", "finding", "severity", "law"), rows)
    for library, group in groupby(found, key=lambda one: one.library):
        yield Heading(2, library, library)
        for one in group:
            yield from _one(one)


def _one(one: LibraryFinding) -> Iterator[Block]:
    yield Heading(3, one.id, one.id)
    yield words(text(one.what))
    since = f" Its tracker says since when: {one.since}" if one.since else ""
    if one.tried:
        since += (
            f" Releases that were tried: {', '.join(one.tried)}; it happens from {one.first_seen}."
        )
    since = since or " Since when is not known: no other release was tried."
    yield words(
        f"{one.version}; {', '.join(one.ops)}; breaks the law {one.law}; {one.severity}."
        f"{since} The lines end by {one.ends}."
    )
    yield words("Documentation: ", text(one.documented))
    yield words("Tracker: ", text(one.tracker))
    yield Listing(one.script.strip(), "python")


def line_of_index(found: Sequence[LibraryFinding]) -> Line:
    """What the contents page says of it."""
    libraries = {one.library for one in found}
    return (
        Link("Findings in libraries", "findings.md"),
        f": {len(found)} in {len(libraries)} of them, each with lines that show it.",
    )
