"""The corpus is found in a checkout, and where there is none the message says what to do."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from convproof.bench.corpus import load
from convproof.cli import main
from convproof.errors import ConvproofError

ROOT = Path(__file__).parents[2]


def test_entries_have_what_a_checker_asks_for() -> None:
    corpus = load()
    entry = next(e for e in corpus.entries() if e.name == "kernel-flipped")
    assert (entry.name, entry.kind, entry.right) == ("kernel-flipped", "easy", False)
    assert entry.ops == ("conv2d",)
    assert callable(entry.build()["conv2d"])
    assert callable(corpus.right_function("conv2d_backward"))


def test_where_there_is_no_corpus_the_message_says_what_to_do(tmp_path, monkeypatch, capsys):
    with pytest.raises(ConvproofError, match="not part of the installed package: get the sources"):
        load(tmp_path)
    monkeypatch.setattr("convproof.bench.corpus.WHERE", Path("nowhere"))
    assert main(["bench", "detection", "--against", ""]) == 2
    assert "get the sources" in capsys.readouterr().err


def test_the_corpus_is_in_the_source_archive_and_not_in_the_wheel() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    assert build["targets"] == {"wheel": {"packages": ["convproof"]}}  # the archive has all files
