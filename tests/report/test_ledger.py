"""The page of the ledger."""

from __future__ import annotations

from convproof.chapter import Ledger
from convproof.document.markdown import markdown
from convproof.evidence import Evidence, Grade, Hypothesis
from convproof.report.ledger import ledger_page
from convproof.report.pages import stored
from tests.report.claims import FALSE, HELD, claim


def test_the_ledger_page_says_all_of_a_claim():
    page = markdown(ledger_page(stored(Ledger([HELD, FALSE]))))
    assert "| [eq-1](#eq-1) | held | TESTED | (1) |" in page
    assert (
        "### eq-1\n\na\\_b holds \\| always\n\n**held**, TESTED: seven cases\n\n"
        "Evidence:\n\n- TESTED: seven cases\n\n"
        "Assumed:\n\n- x \\> 0 (the law)\n\n"
        "### eq-2\n\nfalse as written\n\n**refuted**, REFUTED: at one\n\n"
        "Witness:\n\n- `x` = `1`\n- `y` = `0.3`\n\n"
        "What is true instead: [eq-1](#eq-1).\n\n"
        "Evidence:\n\n- REFUTED: at one\n"
    ) in page
    errata = page.split("## Errata")[1].split("##")[0]
    assert "| [eq-2](#eq-2) | false as written | at one | [eq-1](#eq-1) |" in errata
    assert "eq-1" not in errata.replace("[eq-1](#eq-1) |", "")


def test_a_claim_leads_to_the_derivations_that_its_evidence_is_about():
    parts = [Evidence(Grade.TESTED, "9", {"derivations": names}) for names in (["b", "a"], ["a"])]
    page = markdown(ledger_page(stored(Ledger([claim("eq-6", "s", *parts), HELD]))))
    assert "Step by step: [a](derivations/a.md), [b](derivations/b.md)." in page
    assert page.count("Step by step") == 1


def test_what_is_assumed_or_cited_stands_under_what_is_trusted():
    cited = claim("eq-4", "s", Evidence(Grade.CITED, "a theorem of others"), expected=Grade.CITED)
    bare = claim("eq-5", "s", Evidence(Grade.TESTED, "9"), hypotheses=(Hypothesis("a wish"),))
    page = markdown(ledger_page(stored(Ledger([cited, bare]))))
    trusted = page.split("## What is trusted")[1]
    assert "[eq-4](#eq-4): a theorem of others" in trusted
    assert "[eq-5](#eq-5): a wish" in trusted
    assert "Tools: python " in trusted
