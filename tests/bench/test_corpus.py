"""The corpus is found in a checkout, and where there is none the message says what to do."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from convproof.bench.corpus import load
from convproof.cli import main
from convproof.errors import ConvproofError

ROOT = Path(__file__).parents[2]


def test_entries_have_what_a_checker_asks_for() -> None:
    corpus = load()
    entry = corpus.entries()[0]
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


@pytest.mark.slow
def test_the_corpus_is_in_the_source_archive_and_not_in_the_wheel(tmp_path) -> None:
    pytest.importorskip("hatchling")
    for kind in ("wheel", "sdist"):
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(tmp_path)],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
    (wheel,) = tmp_path.glob("*.whl")
    assert not [name for name in zipfile.ZipFile(wheel).namelist() if "property_tests" in name]
    import tarfile

    (sdist,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        assert any(
            name.endswith("property_tests/corpus/__init__.py") for name in archive.getnames()
        )
