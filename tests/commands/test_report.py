"""`convproof report`: everything is built before anything is written."""

from __future__ import annotations

import dataclasses
import importlib

import pytest

from convproof.chapter import Claim, Ledger
from convproof.cli import main
from convproof.commands import report
from convproof.evidence import Evidence, Grade
from convproof.figures import FIGURES
from convproof.theory.update_step import update_step

# the module: the package shows the function under this name
PROVE = importlib.import_module("convproof.chapter")
PACK = importlib.import_module("convproof.chapter.pack")
PASSAGE = importlib.import_module("convproof.certify.passage")
YES = Evidence(Grade.CERTIFIED, "yes")
CLAIM = Claim("eq-1", "(1)", "s", tuple, findings=(YES,))


@pytest.fixture
def small(monkeypatch):
    """A report of one derivation and one claim: the real ones have tests of their own."""
    monkeypatch.setattr(report, "derivations", lambda: [update_step()])
    monkeypatch.setattr(PROVE, "prove", lambda: Ledger([CLAIM]))
    monkeypatch.setattr(PACK, "pack", lambda ledger: {"proofs/A.v": "Qed.\n"})
    monkeypatch.setattr(PASSAGE, "uncovered", list)


@pytest.mark.usefixtures("small")
def test_it_writes_what_it_found(tmp_path, capsys):
    out = tmp_path / "reports"
    assert main(["report", "-o", str(out)]) == 0
    found = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    names = {"README", "TRUST", "ledger", "derivations/update-step"}
    pages = {f"{name}.{form}" for name in names for form in ("md", "html", "pdf")}
    pictures = {"claims.svg", *(f"figures/{name}.svg" for name in FIGURES)}
    assert found == pages | pictures | {"ledger.json", "proofs/proofs/A.v", "proofs/TRUST.md"}
    assert f"{len(found)} files" in capsys.readouterr().out
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert main(["report", "-o", str(out)]) == 0
    after = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert [path.name for path in before if before[path] != after[path]] == []


@pytest.mark.usefixtures("small")
def test_an_unexpected_verdict_is_exit_1(tmp_path, monkeypatch, capsys):
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
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
    assert (tmp_path / "README.md").read_text() == "old"


def test_a_file_for_a_directory_is_refused_at_once(tmp_path, capsys):
    path = tmp_path / "file"
    path.write_text("x")
    assert main(["report", "-o", str(path)]) == 2
    assert "a directory" in capsys.readouterr().err
