"""A result of a check as a document to hand on: verdict, counterexamples, what was judged."""

from __future__ import annotations

from collections.abc import Iterator

from convproof.conformance.report.record import Finding, Record
from convproof.conformance.report.text import failure_lines, lines
from convproof.document.model import (
    Block,
    Document,
    Heading,
    Line,
    Listing,
    Mono,
    Strong,
    Table,
    bullets,
    words,
)


def document(result: Record) -> Document:
    """The whole result; everything that the target said is plain text in it."""
    return Document(f"{result.target}, held to the laws", tuple(_blocks(result)))


def _blocks(result: Record) -> Iterator[Block]:
    verdict = lines(result)[-1][1]
    yield words(Strong(verdict))
    yield words(f"{result.calls} calls in {result.seconds:.1f} s, seed {result.seed}.")
    for number, failure in enumerate(result.failures, 1):
        yield from _failure(failure, number)
    yield Heading(2, "What was judged", "judged")
    rows: list[list[Line]] = [
        [(one.law,), (one.op,), (one.status,), (str(one.count),), (one.reason,)]
        for one in result.exercises
    ]
    yield Table(("law", "op", "came to", "calls", "why"), rows)
    for title, items in (
        ("Decided", list(map(str, result.decided))),
        ("Conventions", [f"{key}: {value}" for key, value in result.conventions.items()]),
        ("Limits", [str(limit) for limit in result.limits]),
        ("Not judged", [str(item) for item in result.not_judged]),
        ("Never exercised", list(result.not_exercised)),
        ("Notes", list(result.notes)),
        ("Cases", [f"{key}: {value}" for key, value in result.coverage.items()]),
    ):
        if items:
            yield Heading(2, title)
            yield bullets(items)


def _failure(failure: Finding, number: int) -> Iterator[Block]:
    yield Heading(2, f"{number}. {failure.headline}", f"failure-{number}")
    yield words(failure.reason)
    yield words(Strong("The law. "), failure.statement)
    for diagnosis in failure.diagnosis:
        yield words(Strong("Diagnosis. "), diagnosis)
    told = [text for _, text in failure_lines(failure)]
    start = next((i for i, text in enumerate(told) if text.startswith("  the call")), 0)
    end = next((i for i, text in enumerate(told) if "without convproof" in text), len(told))
    yield Listing("\n".join(told[start:end]))
    if failure.follows:
        yield words("Broken because of this: ", Mono(", ".join(failure.follows)))
    if failure.script:
        yield words("The same without convproof:")
        yield Listing(failure.script, "python")
