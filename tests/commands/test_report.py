"""`convproof report`: everything is built before anything is written."""

from __future__ import annotations

import dataclasses
import importlib
import sys

import pytest

from convproof.chapter import Claim, Ledger
from convproof.cli import main
from convproof.commands import judged
from convproof.document import html, pdf
from convproof.document.model import Document
from convproof.evidence import Evidence, Grade
from convproof.figures import FIGURES
from convproof.prove import kept
from convproof.report import pages
from convproof.study.measurements import is_there

# the module: the package shows the function under this name
PROVE = importlib.import_module("convproof.chapter")
PACK = importlib.import_module("convproof.chapter.pack")
PASSAGE = importlib.import_module("convproof.certify.passage")
YES = Evidence(Grade.CERTIFIED, "yes")
CLAIM = Claim("eq-1", "(1)", "s", tuple, findings=(YES,))


@pytest.fixture
def small(monkeypatch, tmp_path):
    """A report of one derivation and one claim: the real ones have tests of their own."""
    monkeypatch.setattr(judged, "names", lambda: ("update-step",))
    monkeypatch.setattr(judged.os, "sched_getaffinity", lambda process: {0})
    monkeypatch.setenv("CONVPROOF_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(judged, "everything", lambda: "these sources")
    monkeypatch.setattr(PROVE, "prove", lambda: Ledger([CLAIM]))
    monkeypatch.setattr(PACK, "pack", lambda ledger: {"proofs/A.v": "Qed.\n"})
    monkeypatch.setattr(PASSAGE, "uncovered", list)


@pytest.mark.usefixtures("small")
def test_it_writes_what_it_found(tmp_path, capsys):
    out = tmp_path / "reports"
    assert main(["report", "-o", str(out)]) == 0
    found = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    names = {"README", "TRUST", "ledger", "compare", "findings", "derivations/update-step"}
    names |= set(filter(is_there, ("optimisers", "libraries")))
    written = {f"{name}.{form}" for name in names for form in ("md", "html", "pdf")}
    pictures = {"claims.svg", "overview.svg", *(f"figures/{name}.svg" for name in FIGURES)}
    proofs = {"proofs/proofs/A.v", "proofs/TRUST.md"}
    assert found == written | pictures | proofs | {"ledger.json"}
    assert f"{len(found)} files" in capsys.readouterr().out
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert main(["report", "-o", str(out)]) == 0
    after = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert [path.name for path in before if before[path] != after[path]] == []


@pytest.mark.usefixtures("small")
def test_what_was_found_by_the_same_sources_is_not_found_again(tmp_path, monkeypatch, capsys):
    checks = []
    step = type(judged.derivation("update-step"))
    check = step.check
    monkeypatch.setattr(step, "check", lambda self: (checks.append(1), check(self))[1])
    monkeypatch.setattr(judged, "names", lambda: ("update-step",))
    monkeypatch.setattr(PROVE, "select", lambda: [CLAIM])
    monkeypatch.setattr(pages, "FIGURES", {})
    monkeypatch.setattr(pages, "compare_page", lambda: Document("none"))
    for expected, fresh, sources in (
        (1, [], "these"),
        (1, [], "these"),
        (2, ["--fresh"], "these"),
        (3, [], "others"),
    ):
        monkeypatch.setattr(judged, "everything", lambda sources=sources: sources)
        assert main(["report", "-o", str(tmp_path / "out"), *fresh]) == 0
        assert len(checks) == expected
        said = "found before" in capsys.readouterr().out
        assert said is (checks == [1] and (tmp_path / "second").exists())
        (tmp_path / "second").touch()


@pytest.mark.usefixtures("small")
def test_a_ledger_that_is_not_as_expected_or_not_whole_is_not_kept(monkeypatch):
    no = Evidence(Grade.REFUTED, "no", {"x": 1})
    monkeypatch.setattr(PROVE, "select", lambda: [CLAIM])
    for found in (Ledger([dataclasses.replace(CLAIM, findings=(no,))]), Ledger([])):
        judged.keep(found)
        assert kept.read("ledger", "these sources") is None
    judged.keep(Ledger([CLAIM]))
    assert kept.read("ledger", "these sources")["ledger"]["claims"][0]["id"] == "eq-1"


def test_the_key_is_every_word_of_the_package(monkeypatch):
    first = judged.everything.__wrapped__()
    assert first == judged.everything.__wrapped__()
    monkeypatch.setattr(judged.platform, "python_version", lambda: "0")
    assert first != judged.everything.__wrapped__()


@pytest.mark.usefixtures("small")
def test_an_unexpected_verdict_is_exit_1(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(pages, "FIGURES", {})
    monkeypatch.setattr(pages, "compare_page", lambda: Document("none"))
    no = Evidence(Grade.REFUTED, "no", {"x": 1})
    wrong = dataclasses.replace(CLAIM, findings=(no,))
    monkeypatch.setattr(PROVE, "prove", lambda: Ledger([wrong]))
    assert main(["report", "-o", str(tmp_path)]) == 1
    assert "NOT all as expected" in capsys.readouterr().out


@pytest.mark.usefixtures("small")
def test_a_failure_on_the_way_leaves_the_old_report(tmp_path, monkeypatch):
    (tmp_path / "README.md").write_text("old")

    def fail():
        raise OSError("no solver")

    monkeypatch.setattr(PROVE, "prove", fail)
    assert main(["report", "-o", str(tmp_path)]) == 2
    assert [path.name for path in tmp_path.iterdir() if path.name != "cache"] == ["README.md"]
    assert (tmp_path / "README.md").read_text() == "old"


def test_a_file_for_a_directory_is_refused_at_once(tmp_path, capsys):
    path = tmp_path / "file"
    path.write_text("x")
    assert main(["report", "-o", str(path)]) == 2
    assert "a directory" in capsys.readouterr().err


@pytest.mark.parametrize("module", ["typst", "tylax", "math_core", "matplotlib", "sklearn"])
def test_a_missing_extra_is_told_before_anything_is_judged(module, tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, module, None)
    html.mathml.cache_clear()
    pdf.math.cache_clear()
    monkeypatch.setattr(judged, "ledger", lambda fresh: pytest.fail("judged first"))
    assert main(["report", "-o", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "convproof[" in said
    assert said.count("\n") == 1
