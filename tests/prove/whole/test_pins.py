"""No theorem is taken at its name: each is held against what it must say, in every file."""

from __future__ import annotations

import re

import pytest

from convproof.prove.coq import kernel, library
from convproof.prove.coq.sources import sources


# A derivation's statements are made from the derivation itself: one of a kind is enough.
@pytest.mark.parametrize(
    "name", [name for name in sources() if "2d" not in name and "3d" not in name]
)
def test_every_theorem_is_pinned(name: str) -> None:
    source = sources()[name]
    assert set(source.theorems) == set(source.statements)
    audit = kernel.audit(name, source.theorems, source.statements)
    for theorem, stated in source.statements.items():
        assert all(f":\n  {one}\n  := @Convproof.{name}.{theorem}." in audit for one in stated)


def test_what_is_stated_twice_is_held_against_both() -> None:
    twice = {name: stated for name, stated in library.pinned().items() if len(stated) > 1}
    own = [stated[-1] for stated in twice.values()]
    folder = [text for name, text in library.shipped().items() if name.startswith("Statements_")]
    assert sum(text.count("_statement : Prop") for text in folder) == len(own)
    assert all(one.startswith("Convproof.Statements_") for one in own)
    held = {theorem: stated for name in library.shipped()
            for theorem, stated in sources()[name].statements.items()}  # fmt: skip
    assert {theorem: held[theorem] for theorem in twice} == twice


def test_a_theorem_without_a_statement_proves_nothing(monkeypatch) -> None:
    source = sources()["Settle"]
    bare = kernel.Source("Bare", (), source.text, ("bare",))
    monkeypatch.setitem(sources(), "Bare", bare)
    checked = kernel.Checked("Bare", {"bare": kernel.CLOSED})
    monkeypatch.setitem(kernel._done, "Bare", checked)
    monkeypatch.setattr(kernel, "home", lambda theorem: "Bare")
    found = kernel.closed(["bare"])
    assert not found.verdict.holds
    assert "no statement of its own" in found.verdict.reason


def test_every_definition_that_statements_speak_of_has_a_meaning() -> None:
    told = {name: library.told(name) for name in library.shipped()}
    for name, blocks in told.items():
        text = library.bare(library.shipped()[name])
        defined = re.findall(r"^\s*(?:Definition|Fixpoint)\s+(\w+)", text, re.MULTILINE)
        if blocks:
            assert [one for one in defined if f"mean_{one}" not in blocks] == [], name
        assert all(one.startswith(("pin_", "mean_", "made_")) for one in blocks), name
    assert sum(map(bool, told.values())) > 10


def test_what_is_kept_beside_as_a_statement_is_called_one() -> None:
    for name, text in library.shipped().items():
        if name.startswith("Statements_"):
            closed = re.findall(r"^Definition (\w+) : Prop :=", library.bare(text), re.MULTILINE)
            assert closed
            assert all(one.endswith("_statement") for one in closed), name
