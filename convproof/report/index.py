"""The report's first page: the claims as a picture, what was derived, measured and drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from convproof.conformance.findings.finding import findings
from convproof.document.model import (
    Block,
    Document,
    Heading,
    Link,
    Mono,
    Paragraph,
    Picture,
    Table,
    bullets,
    words,
)
from convproof.figures import FIGURES, Figure
from convproof.report.findings import line_of_index as of_findings
from convproof.report.graph import claim_graph, graph_alt
from convproof.report.libraries import line_of_index as of_libraries
from convproof.report.optimisers import line_of_index as of_optimisers
from convproof.study.measurements import is_there, measurement

REGENERATE = "convproof report -o reports"


@dataclass(frozen=True)
class Row:
    """What the contents page says of a derivation."""

    name: str
    title: str
    digest: str
    holds: bool


def index_page(rows: Iterable[Row], records: Iterable[Mapping[str, Any]]) -> Document:
    """The contents page: the claims as a picture, derivations by title and outcome, pictures."""
    claims = list(records)
    return Document(
        "Report",
        (
            words("Written by ", Mono(REGENERATE), "; do not edit. A test says when it is stale."),
            *_about_claims(claims),
            Heading(2, "Derivations"),
            words("Each from the definition, step by step, with the reason beside each step."),
            _about_derivations(rows),
            Heading(2, "Measured"),
            words(Link("How it compares", "compare.md"), " with others."),
            *_about_measurements(),
            Heading(2, "Pictures"),
            words("Each by itself: ", Mono("convproof figure NAME -o x.svg"), "."),
            bullets([(Link(f.name, file_of(f)), f": {f.alt}") for f in FIGURES.values()]),
        ),
    )


def _about_claims(claims: list[Mapping[str, Any]]) -> Iterator[Block]:
    as_expected = sum(bool(claim["as_expected"]) for claim in claims)
    still_open = sum(claim["verdict"]["status"] == "open" for claim in claims)
    yield Heading(2, "The chapter")
    yield words(
        Link("The ledger", "ledger.md"),
        f": {len(claims)} claims of the chapter, {as_expected} with the expected verdict, "
        f"{still_open} of them still open. The same as data: ",
        Link("ledger.json", "ledger.json"),
        ". ",
        Link("Errata", "ledger.md#errata"),
        "; ",
        Link("what is trusted, and why", "TRUST.md"),
        "; ",
        Link("the proofs", "proofs/ORDER"),
        ", to be judged again by ",
        Mono("sh proofs/check.sh"),
        ".",
    )
    yield Picture(claim_graph(claims, "ledger.html"), graph_alt(claims), "overview.svg")


def _about_derivations(rows: Iterable[Row]) -> Table:
    return Table(
        ("derivation", "fingerprint", "every step replayed"),
        [
            (
                (Link(row.title, f"derivations/{row.name}.md"),),
                (Mono(row.digest),),
                ("yes" if row.holds else "NO",),
            )
            for row in rows
        ],
    )


def _about_measurements() -> Iterator[Block]:
    for name, line in (("optimisers", of_optimisers), ("libraries", of_libraries)):
        if is_there(name):
            yield Paragraph(line(measurement(name)))
    yield Paragraph(of_findings(findings()))


def file_of(figure: Figure) -> str:
    """Where the report has a picture."""
    return f"figures/{figure.name}.svg"
