"""The ledger as a page: what each claim says, what became of it, and on what evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from convproof.document.model import (
    Block,
    Document,
    Heading,
    Inline,
    Line,
    Link,
    Mono,
    Picture,
    Strong,
    Table,
    anchor,
    bullets,
    words,
)
from convproof.document.values import sentence, text
from convproof.report.graph import claim_graph, graph_alt

RANKS = {
    "PROVED (kernel)": "proven: for all sizes, a statement that Coq's kernel accepted",
    "PROVED (solvers)": "proven: for all sizes, by two solvers that share no code",
    "CERTIFIED": "exact and complete for what is named",
    "TESTED": "held on the cases counted",
    "MEASURED": "a statistic with its interval, size and seed",
    "CITED": "a theorem of others, used and not proved here",
    "REFUTED": "false, with a counterexample; what is true instead is named",
    "OPEN": "not answered",
}


def ledger_page(ledger: Mapping[str, Any]) -> Document:
    """The report of the chapter, from a ledger as `Ledger.to_dict` gives it.

    Seconds and the details of the evidence are left out: they differ from run to run.
    """
    return Document("The claims of the chapter", tuple(_blocks(ledger)))


def _blocks(ledger: Mapping[str, Any]) -> Iterator[Block]:
    claims = list(ledger["claims"])
    for line in ledger.get("not_run", ()):
        yield words(Strong(line))
    yield from _summary(claims)
    yield Picture(claim_graph(claims), graph_alt(claims), "claims.svg")
    yield from _errata(claims)
    section = None
    for claim in claims:
        if claim["section"] != section:
            section = claim["section"]
            if section:
                yield Heading(2, section)
        yield from _section(claim)
    yield from _trust(ledger, claims)


def _summary(claims: list[dict[str, Any]]) -> Iterator[Block]:
    grades = Counter(claim["grade"] for claim in claims)
    wrong = [claim["id"] for claim in claims if not claim["as_expected"]]
    yield words(f"{len(claims)} claims, each with its verdict, its grade and what it rests on.")
    if wrong:
        yield words(Strong("Not as expected: " + ", ".join(wrong) + "."))
    yield Table(
        ("grade", "claims", "what it means"),
        [
            ((grade,), (str(grades[grade]),), (RANKS.get(grade, ""),))
            for grade in sorted(grades, key=list(RANKS).index)
        ],
    )
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


def _errata(claims: list[dict[str, Any]]) -> Iterator[Block]:
    """What the chapter says that is false, with a witness and what is true."""
    false = [claim for claim in claims if claim["verdict"]["status"] == "refuted"]
    if not false:
        return
    yield Heading(2, "Errata", "errata")
    rows: list[list[Line]] = []
    for claim in false:
        heir = claim["replaced_by"]
        instead: Line = (Link(heir, f"#{anchor(heir)}"),) if heir else ("",)
        rows.append(
            [
                (Link(claim["id"], f"#{anchor(claim['id'])}"),),
                (sentence(claim["statement"]),),
                (sentence(claim["verdict"]["reason"]),),
                instead,
            ]
        )
    yield Table(("claim", "as written", "why it is false", "instead"), rows)


def _trust(ledger: Mapping[str, Any], claims: list[dict[str, Any]]) -> Iterator[Block]:
    """What all of it rests on that is not shown here."""
    yield Heading(2, "What is trusted", "trust")
    made = {name: version for name, version in ledger.get("made", {}).items() if version}
    if made:
        yield words(
            "Tools: ", ", ".join(f"{name} {version}" for name, version in made.items()), "."
        )
    cited = [
        (Link(claim["id"], f"#{anchor(claim['id'])}"), f": {sentence(item['summary'])}")
        for claim in claims
        for item in claim["evidence"]
        if item["grade"] == "CITED"
    ]
    if cited:
        yield words("Cited, not proved here:")
        yield bullets(cited)
    assumed = [
        (Link(claim["id"], f"#{anchor(claim['id'])}"), f": {sentence(item['statement'])}")
        for claim in claims
        for item in claim["hypotheses"]
        if not item["discharged_by"]
    ]
    if assumed:
        yield words("Assumed, and discharged by nothing:")
        yield bullets(assumed)
    yield words(
        "The proofs are about the derived formulas over exact numbers; that the code computes them "
        "is certified for shapes, not proved for all. Python, NumPy, SymPy, the solvers and Coq "
        "are trusted."
    )


def _section(claim: dict[str, Any]) -> Iterator[Block]:
    verdict = claim["verdict"]
    yield Heading(3, claim["id"], anchor(claim["id"]))
    yield words(sentence(claim["statement"]))
    expected = "" if claim["as_expected"] else f" (expected: {claim['expected']})"
    reason = f": {sentence(verdict['reason'])}" if verdict["reason"] else ""
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
            yield bullets([f"{item['grade']}: {sentence(item['summary'])}" for item in claim[rows]])
    if claim["derivations"]:
        yield words("Step by step: ", *_derivations(claim["derivations"]), ".")
    if claim["hypotheses"]:
        yield words("Assumed:")
        yield bullets([_assumed(item) for item in claim["hypotheses"]])


def _derivations(names: list[str]) -> Iterator[Inline]:
    """Links to the pages where each step stands with its reason."""
    for number, name in enumerate(names):
        yield ", " if number else ""
        yield Link(name, f"derivations/{name}.md")


def _assumed(hypothesis: dict[str, Any]) -> str:
    by = hypothesis["discharged_by"]
    return f"{sentence(hypothesis['statement'])} ({text(by) if by else 'not discharged'})"
