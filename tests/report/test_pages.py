"""The pages say what the ledger and the derivations say: failures as loudly as successes."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field

import pytest

from convproof.chapter import Ledger
from convproof.document.model import Display, Document, words
from convproof.evidence import Evidence, Grade, Verdict
from convproof.figures import FIGURES
from convproof.report import pages
from convproof.report.pages import build, checked, ledger_records, part, stored
from convproof.study.measurements import is_there
from tests.report.claims import FALSE, HELD, claim


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


@pytest.fixture
def unpictured(monkeypatch):
    """Pages alone: what is drawn has tests of its own, and takes most of the time."""
    monkeypatch.setattr(pages, "FIGURES", {})
    monkeypatch.setattr(pages, "compare_page", lambda: Document("none", ()))


def built(fakes, ledger):
    """The report of these derivations and claims."""
    parts = (part(fake, fake.check(), fake.compare()) for fake in fakes)
    return build(parts, stored(ledger))


def test_all_pages_and_the_outcome():
    found, as_expected = built([Fake()], Ledger([HELD, FALSE]))
    names = {"README", "ledger", "TRUST", "compare", "findings", "derivations/fake"}
    names |= {name for name in ("optimisers", "libraries") if is_there(name)}
    wanted = {f"{name}.{form}" for name in names for form in ("md", "html", "pdf")}
    figures = {f"figures/{name}.svg" for name in FIGURES}
    assert set(found) == wanted | figures | {"ledger.json", "claims.svg", "overview.svg"}
    assert as_expected
    assert "`0123456789abcdef` | yes |" in found["README.md"]
    assert "2 claims of the chapter, 2 with the expected verdict" in found["README.md"]
    assert found["derivations/fake.md"].startswith("# fake\n\n$$x = 1$$\n")
    assert (
        "Replayed: 3 steps. The formulas told on this page are equal"
        in found["derivations/fake.md"]
    )


@pytest.mark.usefixtures("unpictured")
def test_a_step_that_does_not_replay_is_not_hidden():
    bad = Fake(verdict=Verdict.refute("step 2", index=1))
    found, as_expected = built([bad], Ledger([HELD]))
    assert not as_expected
    assert "| NO |" in found["README.md"]
    assert "NOT REPLAYED (refuted): step 2." in found["derivations/fake.md"]
    assert "NOT REPLAYED (undecided)" in checked(Verdict.undecided("no time"), 0)


@pytest.mark.usefixtures("unpictured")
def test_an_unexpected_verdict_is_not_hidden():
    wrong = claim("eq-3", "s", Evidence(Grade.REFUTED, "no", {"x": 2}))
    found, as_expected = built([], Ledger([HELD, wrong]))
    assert not as_expected
    assert "**Not as expected: eq-3.**" in found["ledger.md"]
    assert "**refuted** (expected: TESTED)" in found["ledger.md"]
    assert "1 with the expected verdict" in found["README.md"]


def test_nothing_of_one_run_alone_is_stored():
    records = ledger_records(Ledger([HELD, FALSE]))
    assert "1.25" not in json.dumps(records)
    assert "3.5" not in json.dumps(records)
    assert records[1]["verdict"]["witness"] == {"x": 1, "y": 0.3}
    slower = dataclasses.replace(HELD, seconds=9.0)
    assert ledger_records(Ledger([slower, FALSE])) == records


def test_a_failing_check_stops_before_anything_is_written():
    class Failing(Fake):
        def check(self) -> Verdict:
            raise RuntimeError("no worlds")

    with pytest.raises(RuntimeError):
        built([Failing()], Ledger([]))
