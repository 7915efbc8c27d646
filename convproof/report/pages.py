"""All pages of the report, each from what a derivation, a verdict or the ledger says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from convproof.conformance.findings.finding import findings
from convproof.document.html import html
from convproof.document.markdown import markdown
from convproof.document.model import Document, Picture
from convproof.document.pdf import pdf
from convproof.figures import FIGURES
from convproof.report.compare import compare_page
from convproof.report.findings import findings_page
from convproof.report.index import Row, file_of, index_page
from convproof.report.ledger import ledger_page
from convproof.report.libraries import libraries_page
from convproof.report.optimisers import optimisers_page
from convproof.report.trust import trust_page
from convproof.study.measurements import command, is_there, made, measurement

if TYPE_CHECKING:
    from convproof.chapter import Ledger
    from convproof.evidence import Verdict

# What differs from run to run or from machine to machine is not stored.
_VOLATILE = ("seconds",)


class Derived(Protocol):
    """What this room needs of a derivation."""

    @property
    def name(self) -> str:
        """The operation; the page's name too."""

    @property
    def digest(self) -> str:
        """A fingerprint of the formulas."""

    def check(self) -> Verdict:
        """Replay every step."""

    def compare(self) -> int:
        """Compare what is told with what is recorded."""

    def page(self, checked: str = "") -> Document:
        """The argument as it is told."""


def checked(verdict: Verdict, compared: int) -> str:
    """The lines that say what replaying the steps, and comparing what is told, came to."""
    word = "Replayed" if verdict.holds else f"NOT REPLAYED ({verdict.status.value})"
    told = (
        f" The formulas told on this page are equal to the recorded ones at all of {compared} "
        "places compared."
    )
    return f"{word}: {verdict.reason}." + (told if compared else "")


def forms(name: str, page: Document) -> dict[str, str | bytes]:
    """One page in the three forms of the report, by path, and the pictures that it shows."""
    folder = name.rpartition("/")[0]
    pictures = {
        f"{folder}/{block.name}".lstrip("/"): block.svg + "\n"
        for block in page.blocks
        if isinstance(block, Picture)
    }
    pages: dict[str, str | bytes] = {}
    pages |= {f"{name}.md": markdown(page), f"{name}.html": html(page), f"{name}.pdf": pdf(page)}
    return pages | pictures


def stored(ledger: Ledger) -> dict[str, Any]:
    """The ledger as it is stored: without times, without the details of the evidence."""
    return {**ledger.to_dict(), "claims": ledger_records(ledger)}


def ledger_records(ledger: Ledger) -> list[dict[str, Any]]:
    """The claims as they are stored."""
    records = []
    for claim in ledger.values():
        record = {k: v for k, v in claim.to_dict().items() if k not in _VOLATILE}
        for rows in ("evidence", "cross_checks"):
            record[rows] = [
                {"grade": item["grade"], "summary": item["summary"]} for item in record[rows]
            ]
        records.append(_rounded(record))
    return records


def _rounded(value: Any) -> Any:
    """Floats to six digits: further on, they differ from machine to machine."""
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list) else value


@dataclass(frozen=True)
class Part:
    """One derivation's share of the report: its row of the contents, and its pages by path."""

    row: Row
    pages: dict[str, str | bytes]


def part(derivation: Derived, verdict: Verdict, compared: int) -> Part:
    """A derivation's pages, with what replaying it came to."""
    page = derivation.page(checked(verdict, compared))
    row = Row(derivation.name, page.title, derivation.digest, verdict.holds)
    return Part(row, forms(f"derivations/{derivation.name}", page))


def build(parts: Iterable[Part], kept: Mapping[str, Any]) -> tuple[dict[str, str | bytes], bool]:
    """Every page by its path, and whether all of it holds as expected; `kept` as `stored` says."""
    pages: dict[str, str | bytes] = {}
    rows: list[Row] = []
    for one in parts:
        pages |= one.pages
        rows.append(one.row)
    pages["ledger.json"] = json.dumps(kept, indent=1, ensure_ascii=False) + "\n"
    pages |= forms("ledger", ledger_page(kept))
    pages |= forms("TRUST", trust_page(kept))
    pages |= forms("compare", compare_page())
    if is_there("optimisers"):
        page = optimisers_page(measurement("optimisers"), made("optimisers"), command("optimisers"))
        pages |= forms("optimisers", page)
    if is_there("libraries"):
        page = libraries_page(measurement("libraries"), command("libraries"))
        pages |= forms("libraries", page)
    pages |= forms("findings", findings_page(findings()))
    pages |= forms("README", index_page(rows, kept["claims"]))
    for one_figure in FIGURES.values():
        pages[file_of(one_figure)] = one_figure.draw() + "\n"
    expected = all(claim["as_expected"] for claim in kept["claims"])
    return pages, expected and all(row.holds for row in rows)
