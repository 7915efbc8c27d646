"""The committed report is the one that this version writes."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from convproof.commands.report import derivations
from convproof.evidence import Status
from convproof.report.ledger import ledger_page
from convproof.report.pages import REGENERATE, derivation_page, index_page, ledger_records

REPORTS = Path(__file__).parents[2] / "reports"
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
        assert page.startswith(f"{derivation.to_markdown().rstrip()}\n\n---\n\nReplayed: "), STALE
    else:
        verdict = derivation.check().require()
        assert page == derivation_page(derivation, verdict), STALE


def test_no_page_is_left_over():
    found = {path.stem for path in (REPORTS / "derivations").glob("*.md")}
    assert found == set(DERIVATIONS), STALE


def test_the_index_and_the_ledger_page_say_what_the_stored_ledger_says():
    records = json.loads(_committed("ledger.json"))
    assert _committed("ledger.md") == ledger_page(records), STALE
    rows = [(name, derivation.digest, True) for name, derivation in DERIVATIONS.items()]
    assert _committed("README.md") == index_page(rows, records), STALE


@pytest.mark.slow
def test_the_stored_ledger():
    """Everything but the versions of the solvers; a time-out here says nothing about it.

    Neither does a claim that rests on Coq, where there is no Coq.
    """
    pytest.importorskip("z3")
    pytest.importorskip("cvc5")
    from convproof.prove import prove

    fresh = ledger_records(prove())
    stored = {record["id"]: record for record in json.loads(_committed("ledger.json"))}
    assert [record["id"] for record in fresh] == list(stored), STALE
    for record in fresh:
        kept = stored[record["id"]]
        silent = "coq" in json.dumps(kept).lower() and shutil.which("coqc") is None
        if record["verdict"]["status"] != Status.TIMEOUT.value and not silent:
            assert _plain(record) == _plain(kept), STALE


def _plain(record: object) -> str:
    return re.sub(r"\b(z3|cvc5|coqc?) v?\d+(\.\d+)*", r"\1", json.dumps(record))
