"""What is kept is found again as it was, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from convproof.prove import kept

ANSWER = {"result": "unknown", "solver": "z3"}
EDITED = {
    "an answer made better": lambda text: text.replace("unknown", "unsat"),
    "cut short": lambda text: text[:-9],
    "empty": lambda text: "",
    "no record": lambda text: "[]",
    "a bare record, as an older version kept it": lambda text: json.dumps(ANSWER),
    "a seal of nothing": lambda text: json.dumps({"seal": "", "record": json.dumps(ANSWER)}),
    "no words": lambda text: json.dumps({"seal": 1, "record": 2}),
}


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("CONVPROOF_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.parametrize("how", EDITED)
def test_a_record_that_was_edited_is_none(how: str, home: Path) -> None:
    kept.write("smt", "one", ANSWER)
    assert kept.read("smt", "one") == ANSWER
    place = home / "smt" / "one.json"
    place.write_text(EDITED[how](place.read_text()))
    assert kept.read("smt", "one") is None


def test_a_record_in_the_place_of_another_is_none(home: Path) -> None:
    kept.write("smt", "one", ANSWER)
    text = (home / "smt" / "one.json").read_text()
    (home / "smt" / "two.json").write_text(text)
    (home / "ledger").mkdir()
    (home / "ledger" / "one.json").write_text(text)
    assert kept.read("smt", "two") is None
    assert kept.read("ledger", "one") is None


@pytest.mark.parametrize("how", ["not at all", "what it rests on", "a compiled file", "both"])
def test_compiled_files_are_found_as_they_were_with_what_they_rest_on(
    how: str, home: Path, tmp_path: Path
) -> None:
    for name in ("it.vo", "Audit_it.vo"):
        (tmp_path / name).write_text(f"compiled {name}")
    rests = {"t": "Axioms: classic"}
    kept.store("key", "it", tmp_path, rests)
    place = home / "coq" / "key"
    if how in ("what it rests on", "both"):
        told = (place / "found.json").read_text()
        (place / "found.json").write_text(told.replace("Axioms: classic", "Closed"))
    if how in ("a compiled file", "both"):
        (place / "Audit_it.vo").write_text("compiled otherwise")
    (tmp_path / "again").mkdir()
    found = kept.load("key", "it", tmp_path / "again")
    assert found == (rests if how == "not at all" else None)
    assert kept.load("other", "it", tmp_path / "again") is None
