"""All pages of the report, each from what a derivation, a verdict or the ledger says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from convproof.report.ledger import ledger_page
from convproof.report.values import escaped

if TYPE_CHECKING:
    from convproof.chapter import Ledger
    from convproof.evidence import Verdict

REGENERATE = "convproof report -o reports"
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

    def to_markdown(self) -> str:
        """The whole argument."""


def derivation_page(derivation: Derived, verdict: Verdict) -> str:
    """One derivation with the outcome of its replay."""
    return f"{derivation.to_markdown().rstrip()}\n\n---\n\n{checked(verdict)}\n"


def checked(verdict: Verdict) -> str:
    """The line that says what replaying the steps came to."""
    word = "Replayed" if verdict.holds else f"NOT REPLAYED ({verdict.status.value})"
    return f"{word}: {escaped(verdict.reason)}."


def ledger_records(ledger: Ledger) -> list[dict[str, Any]]:
    """The claims as they are stored: without times, without the details of the evidence."""
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


def build(
    derived: Iterable[Derived],
    ledger: Ledger,
    progress: Callable[[str], None] = lambda name: None,
) -> tuple[dict[str, str], bool]:
    """Every page by its path, and whether all of it holds as expected."""
    pages: dict[str, str] = {}
    rows: list[tuple[str, str, bool]] = []
    for derivation in derived:
        progress(derivation.name)
        verdict = derivation.check()
        pages[f"derivations/{derivation.name}.md"] = derivation_page(derivation, verdict)
        rows.append((derivation.name, derivation.digest, verdict.holds))
    records = ledger_records(ledger)
    pages["ledger.json"] = json.dumps(records, indent=1, ensure_ascii=False) + "\n"
    pages["ledger.md"] = ledger_page(records)
    pages["README.md"] = index_page(rows, records)
    return pages, ledger.ok and all(holds for _, _, holds in rows)


def index_page(rows: Iterable[tuple[str, str, bool]], records: Iterable[Mapping[str, Any]]) -> str:
    """The contents page: derivations by name, digest and outcome; the ledger's counts."""
    claims = list(records)
    as_expected = sum(bool(claim["as_expected"]) for claim in claims)
    still_open = sum(claim["verdict"]["status"] == "open" for claim in claims)
    lines = [
        "# Report",
        "",
        f"Written by `{REGENERATE}`; do not edit. A test says when it is stale.",
        "",
        f"[The ledger](ledger.md): {len(claims)} claims of the chapter, {as_expected} with the "
        f"expected verdict, {still_open} of them still open. The same as data: "
        "[ledger.json](ledger.json).",
        "",
        "| derivation | fingerprint | every step replayed |",
        "|---|---|---|",
    ]
    lines += [
        f"| [{escaped(name)}](derivations/{name}.md) | `{digest}` | {'yes' if holds else 'NO'} |"
        for name, digest, holds in rows
    ]
    return "\n".join(lines) + "\n"
