"""The committed report is the one that this version writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from convproof.chapter import Ledger, select
from convproof.commands.report import derivations
from convproof.document.markdown import markdown
from convproof.report.index import REGENERATE, Row, index_page
from convproof.report.ledger import ledger_page
from convproof.report.pages import checked, ledger_records

REPORTS = Path(__file__).parents[3] / "reports"
STALE = f"the committed report is stale; run: {REGENERATE}"
DERIVATIONS = {derivation.name: derivation for derivation in derivations()}
# Replaying these takes seconds, and the tests of the derivations do it: here the text is compared
# up to the line that says what the replay came to.
SLOW = {"conv_transpose2d", "conv_transpose3d"}


def _committed(name: str) -> str:
    path = REPORTS / name
    assert path.is_file(), f"{name} is missing: {STALE}"
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DERIVATIONS)
def test_derivation_pages(name):
    derivation = DERIVATIONS[name]
    page = _committed(f"derivations/{name}.md")
    if name in SLOW:
        assert page.startswith(markdown(derivation.page("Replayed: ")).rstrip()), STALE
    else:
        verdict = derivation.check().require()
        told = derivation.page(checked(verdict, derivation.compare()))
        assert page == markdown(told), STALE


def test_no_page_is_left_over():
    found = {path.stem for path in (REPORTS / "derivations").glob("*.md")}
    assert found == set(DERIVATIONS), STALE


def test_the_index_and_the_ledger_page_say_what_the_stored_ledger_says():
    kept = json.loads(_committed("ledger.json"))
    assert _committed("ledger.md") == markdown(ledger_page(kept)), STALE
    rows = [Row(name, d.page().title, d.digest, True) for name, d in DERIVATIONS.items()]
    assert _committed("README.md") == markdown(index_page(rows, kept["claims"])), STALE


def test_the_stored_ledger_is_of_these_claims():
    """Every claim as it is stated now, and its verdict the expected one.

    Judging all of them afresh takes minutes and is what `convproof prove` does; here the claims
    that need neither a solver nor Coq are judged and compared whole.
    """
    records = json.loads(_committed("ledger.json"))["claims"]
    stated = {item.id: item for item in select()}
    assert [record["id"] for record in records] == list(stated), STALE
    for record in records:
        now = stated[record["id"]]
        assert record["statement"] == now.statement, STALE
        assert record["source"] == now.source, STALE
        # a hypothesis that is named no more is seen here
        assert record["hypotheses"] == [item.to_dict() for item in now.hypotheses], STALE
        assert record["expected"] == record["grade"] == now.expects.kernel.value, STALE
        assert record["replaced_by"] == now.replaced_by, STALE


@pytest.mark.parametrize(
    "claim", [c for c in select() if c.expects.alone is c.expects.kernel], ids=lambda item: item.id
)
def test_stored_findings_without_tools(claim):
    stored = {record["id"]: record for record in json.loads(_committed("ledger.json"))["claims"]}
    (fresh,) = ledger_records(Ledger([claim.judged()]))
    assert json.loads(json.dumps(fresh)) == stored[claim.id], STALE
