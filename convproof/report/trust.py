"""What to believe, and why: six kinds of reasons, each with what the ledger has of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from convproof.document.model import (
    Block,
    Document,
    Heading,
    Line,
    Link,
    Mono,
    Table,
    anchor,
    bullets,
    words,
)
from convproof.document.values import text

PROVED = ("PROVED (kernel)", "PROVED (solvers)")
BY_CONSTRUCTION = "by construction"


def trust_page(ledger: Mapping[str, Any], leads_to: str = "ledger.md") -> Document:
    """The page, from a ledger as `Ledger.to_dict` gives it and the lines that nothing covers.

    Args:
        ledger: with `claims`, `made`, and `uncovered` where that was computed.
        leads_to: the page of the claims; "" for none.
    """
    return Document("What is trusted", tuple(_blocks(ledger, leads_to)))


def _blocks(ledger: Mapping[str, Any], leads_to: str) -> Iterator[Block]:
    claims = list(ledger["claims"])
    held = [claim for claim in claims if claim["verdict"]["status"] == "held"]
    assumed = [(claim, item) for claim in held for item in claim["hypotheses"]]
    built = [(c, h) for c, h in assumed if (h["discharged_by"] or "").startswith(BY_CONSTRUCTION)]
    others = [pair for pair in assumed if pair not in built]
    proved = [claim for claim in held if claim["grade"] in PROVED]
    computed = [claim for claim in held if claim["grade"] in ("CERTIFIED", "TESTED")]
    checked = [claim for claim in held if claim["cross_checks"]]
    measured = [claim for claim in held if claim["grade"] == "MEASURED"]
    cited = [
        (claim, item) for claim in held for item in claim["evidence"] if item["grade"] == "CITED"
    ]
    uncovered = ledger.get("uncovered")
    functions = f"{len(uncovered)} functions, " if uncovered is not None else ""

    def name(claim: Mapping[str, Any]) -> Line:
        to = f"{leads_to}#{anchor(claim['id'])}"
        return (Link(claim["id"], to),) if leads_to else (claim["id"],)

    yield Table(
        ("reason", "how many", "what it is"),
        [
            (("proven",), (f"{len(proved)} claims",), ("for all sizes; axioms below",)),
            (("by construction",), (f"{len(built)} assumptions",), ("the code has no other way",)),
            (
                ("hypothesis",),
                (f"{len(others)}, {sum(not h['discharged_by'] for _, h in others)} of them open",),
                ("by what it is discharged, or not",),
            ),
            (
                ("cross-checked",),
                (f"{len(checked)} claims by other routes, {len(computed)} computed",),
                ("exact on what is named, or on the cases counted",),
            ),
            (
                ("trusted",),
                (f"{len(cited)} citations, {functions}the tools",),
                ("not shown here",),
            ),
            (("measured",), (f"{len(measured)} claims",), ("statistics with their intervals",)),
        ],
    )
    yield Heading(2, "Proven", "proven")
    yield Table(
        ("claim", "grade", "rests on"),
        [(name(c), (c["grade"],), (_rests(c),)) for c in proved],
    )
    yield Heading(2, "By construction", "by-construction")
    yield bullets([(*name(c), f": {text(h['statement'])} ({text(h['discharged_by'])})")
                   for c, h in built])  # fmt: skip
    yield Heading(2, "Hypotheses", "hypotheses")
    yield Table(
        ("claim", "assumes", "discharged by"),
        [
            (name(c), (text(h["statement"]),), (text(h["discharged_by"] or "NOT DISCHARGED"),))
            for c, h in others
        ],
    )
    yield Heading(2, "Cross-checked", "cross-checked")
    yield Table(
        ("claim", "grade", "other routes, not needed for it"),
        [(name(c), (c["grade"],), (_routes(c),)) for c in claims if c in checked or c in computed],
    )
    yield Heading(2, "Trusted", "trusted")
    yield from _trusted(ledger, [(*name(c), f": {text(i['summary'])}") for c, i in cited])
    yield Heading(2, "Measured", "measured")
    yield bullets([(*name(c), f": {text(c['verdict']['reason'])}") for c in measured])


def _trusted(ledger: Mapping[str, Any], cited: list[Line]) -> Iterator[Block]:
    made = {name: version for name, version in ledger.get("made", {}).items() if version}
    yield words(
        "Tools, believed after controls: ",
        ", ".join(f"{name} {version}" for name, version in made.items()),
        ". Python, NumPy, SymPy and this machine are believed without.",
    )
    if cited:
        yield words("Cited, not proved here:")
        yield bullets(cited)
    rows = list(ledger.get("uncovered", ()))
    if not rows:
        yield words(
            "What calls run through that no certificate does: ", Mono("convproof report"), "."
        )
        return
    yield words(
        "The proofs are about the derived formulas; that the code computes them is certified, "
        "through the public functions, for shapes. Lawful calls of every public function, and the "
        "calls that certificates make, were traced; these lines ran in the first alone. The calls' "
        "answers that are sums of integers were compared with plain loops, number for number."
    )
    yield Table(
        ("module", "function", "lines that no certificate ran", "right answers it had a part in"),
        [
            (
                (Mono(row["module"]),),
                (Mono(row["function"]),),
                (f"{row['lines']} of {row['ran']}",),
                (str(row["calls"]),),
            )
            for row in rows
        ],
    )


def _rests(claim: Mapping[str, Any]) -> str:
    """What the kernel, or the solvers, say that a proof rests on."""
    said = " ".join(str(item["summary"]) for item in claim["evidence"])
    found = re.findall(r"on Coq's axioms ([^;]*?)(?= kernel, Coq |;|$)", said)
    if axioms := sorted({name for names in found for name in names.split(", ")}):
        return f"Coq's axioms {', '.join(axioms)}"
    return "no axiom" if "closed under the global context" in said else text(said)


def _routes(claim: Mapping[str, Any]) -> str:
    return "; ".join(f"{item['grade']}: {text(item['summary'])}" for item in claim["cross_checks"])
