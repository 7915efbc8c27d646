"""The ledger as a page: what each claim says, what became of it, and on what evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from convproof.document.model import (
    Block,
    Document,
    Heading,
    Link,
    Mono,
    Strong,
    Table,
    anchor,
    bullets,
    words,
)
from convproof.document.values import text


def ledger_page(records: Iterable[dict[str, Any]]) -> Document:
    """The document of a ledger, from its claims as `Claim.to_dict` gives them.

    Seconds and the details of the evidence are left out: they differ from run to run.
    """
    return Document("The ledger", tuple(_blocks(list(records))))


def _blocks(claims: list[dict[str, Any]]) -> Iterator[Block]:
    grades = Counter(claim["grade"] for claim in claims)
    counted = ", ".join(f"{count} {grade}" for grade, count in sorted(grades.items()))
    yield words(f"{len(claims)} claims: {counted}.")
    wrong = [claim["id"] for claim in claims if not claim["as_expected"]]
    if wrong:
        yield words(Strong("Not as expected: " + ", ".join(wrong) + "."))
    yield Table(
        ("claim", "verdict", "grade", "source"),
        [
            (
                (Link(c["id"], f"#{anchor(c['id'])}"),),
                (c["verdict"]["status"],),
                (c["grade"],),
                (c["source"],),
            )
            for c in claims
        ],
    )
    for claim in claims:
        yield from _section(claim)


def _section(claim: dict[str, Any]) -> Iterator[Block]:
    verdict = claim["verdict"]
    yield Heading(2, claim["id"], anchor(claim["id"]))
    yield words(claim["statement"])
    expected = "" if claim["as_expected"] else f" (expected: {claim['expected']})"
    reason = f": {text(verdict['reason'])}" if verdict["reason"] else ""
    yield words(Strong(verdict["status"]), f"{expected}, {claim['grade']}{reason}")
    if verdict["witness"]:
        yield words("Witness:")
        yield bullets(
            [(Mono(name), " = ", Mono(text(value))) for name, value in verdict["witness"].items()]
        )
    if claim["replaced_by"]:
        heir = claim["replaced_by"]
        yield words("What is true instead: ", Link(heir, f"#{anchor(heir)}"), ".")
    for title, rows in (("Evidence", "evidence"), ("Cross-checks", "cross_checks")):
        if claim[rows]:
            yield words(f"{title}:")
            yield bullets([f"{item['grade']}: {text(item['summary'])}" for item in claim[rows]])
    if claim["hypotheses"]:
        yield words("Assumed:")
        yield bullets([_assumed(item) for item in claim["hypotheses"]])


def _assumed(hypothesis: dict[str, Any]) -> str:
    by = hypothesis["discharged_by"]
    return f"{text(hypothesis['statement'])} ({text(by) if by else 'not discharged'})"
