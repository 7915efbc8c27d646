"""The pages say what the ledger and the derivations say: failures as loudly as successes."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field

import pytest

from convproof.chapter import Claim, Ledger
from convproof.chapter.claim import Expected
from convproof.document.markdown import markdown
from convproof.document.model import Display, Document, words
from convproof.evidence import Evidence, Grade, Hypothesis, Verdict
from convproof.figures import FIGURES
from convproof.report.graph import graph_alt, sound
from convproof.report.ledger import ledger_page
from convproof.report.pages import build, checked, ledger_records, stored


def claim(id, statement, *findings, expected=Grade.TESTED, **rest) -> Claim:
    """A claim that was judged, and found so."""
    expects = Expected(expected, expected, expected)
    return Claim(id, f"({id[-1]})", statement, tuple, expects, findings=findings, **rest)


HELD = claim(
    "eq-1",
    "a_b holds | always",
    Evidence(Grade.TESTED, "seven cases", {"seconds": 3.5}),
    hypotheses=(Hypothesis("x > 0", "the law"),),
    seconds=1.25,
)
FALSE = claim(
    "eq-2",
    "false as written",
    Evidence(Grade.REFUTED, "at one", {"x": 1, "y": 0.1 + 0.2}),
    expected=Grade.REFUTED,
    replaced_by="eq-1",
)


@dataclass(frozen=True)
class Fake:
    """The least that a page needs of a derivation."""

    name: str = "fake"
    digest: str = "0123456789abcdef"
    verdict: Verdict = field(default_factory=lambda: Verdict.held("3 steps"))

    def check(self) -> Verdict:
        return self.verdict

    def compare(self) -> int:
        return 5

    def page(self, checked: str = "") -> Document:
        return Document(self.name, (Display("x = 1", "x = 1"), words(checked)))


def test_all_pages_and_the_outcome():
    pages, as_expected = build([Fake()], Ledger([HELD, FALSE]))
    names = {"README", "ledger", "derivations/fake"}
    wanted = {f"{name}.{form}" for name in names for form in ("md", "html", "pdf")}
    figures = {f"figures/{name}.svg" for name in FIGURES}
    assert set(pages) == wanted | figures | {"ledger.json", "claims.svg"}
    assert as_expected
    assert "`0123456789abcdef` | yes |" in pages["README.md"]
    assert "2 claims of the chapter, 2 with the expected verdict" in pages["README.md"]
    assert pages["derivations/fake.md"].startswith("# fake\n\n$$x = 1$$\n")
    assert (
        "Replayed: 3 steps. The formulas told on this page are equal"
        in pages["derivations/fake.md"]
    )


def test_a_step_that_does_not_replay_is_not_hidden():
    bad = Fake(verdict=Verdict.refute("step 2", index=1))
    pages, as_expected = build([bad], Ledger([HELD]))
    assert not as_expected
    assert "| NO |" in pages["README.md"]
    assert "NOT REPLAYED (refuted): step 2." in pages["derivations/fake.md"]
    assert "NOT REPLAYED (undecided)" in checked(Verdict.undecided("no time"), 0)


def test_an_unexpected_verdict_is_not_hidden():
    wrong = claim("eq-3", "s", Evidence(Grade.REFUTED, "no", {"x": 2}))
    pages, as_expected = build([], Ledger([HELD, wrong]))
    assert not as_expected
    assert "**Not as expected: eq-3.**" in pages["ledger.md"]
    assert "**refuted** (expected: TESTED)" in pages["ledger.md"]
    assert "1 with the expected verdict" in pages["README.md"]


def test_nothing_of_one_run_alone_is_stored():
    records = ledger_records(Ledger([HELD, FALSE]))
    assert "1.25" not in json.dumps(records)
    assert "3.5" not in json.dumps(records)
    assert records[1]["verdict"]["witness"] == {"x": 1, "y": 0.3}
    slower = dataclasses.replace(HELD, seconds=9.0)
    assert ledger_records(Ledger([slower, FALSE])) == records


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


def test_what_is_assumed_or_cited_stands_under_what_is_trusted():
    cited = claim("eq-4", "s", Evidence(Grade.CITED, "a theorem of others"), expected=Grade.CITED)
    bare = claim("eq-5", "s", Evidence(Grade.TESTED, "9"), hypotheses=(Hypothesis("a wish"),))
    page = markdown(ledger_page(stored(Ledger([cited, bare]))))
    trusted = page.split("## What is trusted")[1]
    assert "[eq-4](#eq-4): a theorem of others" in trusted
    assert "[eq-5](#eq-5): a wish" in trusted
    assert "Tools: python " in trusted


def test_a_claim_is_green_only_with_all_its_ancestors():
    last = claim("c-3", "s", Evidence(Grade.OPEN, "no time"))
    middle = claim("b-2", "s", Evidence(Grade.TESTED, "9"), hypotheses=(Hypothesis("x", "c-3"),))
    first = claim("a-1", "s", Evidence(Grade.TESTED, "9"), hypotheses=(Hypothesis("y", "b-2"),))
    records = stored(Ledger([first, middle, last]))["claims"]
    assert sound(records) == {"a-1": False, "b-2": False, "c-3": False}
    assert "not all that it rests on: a-1, b-2" in graph_alt(records)
    proved = claim("c-3", "s", Evidence(Grade.TESTED, "9"))
    assert all(sound(stored(Ledger([first, middle, proved]))["claims"]).values())
    around = claim("c-3", "s", Evidence(Grade.TESTED, "9"), hypotheses=(Hypothesis("z", "a-1"),))
    assert not any(sound(stored(Ledger([first, middle, around]))["claims"]).values())


def test_progress_names_each_derivation():
    told: list[str] = []
    build([Fake(), Fake("other")], Ledger([]), told.append)
    assert told == ["fake", "other"]


def test_a_failing_check_stops_before_anything_is_written():
    class Failing(Fake):
        def check(self) -> Verdict:
            raise RuntimeError("no worlds")

    with pytest.raises(RuntimeError):
        build([Failing()], Ledger([]))
