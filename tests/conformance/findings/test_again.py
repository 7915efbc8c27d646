"""Whether a finding still happens is told by how its lines end; one that is gone is said to be."""

from __future__ import annotations

import dataclasses
import sys

import pytest

from convproof.conformance.findings import again as module
from convproof.conformance.findings.again import again
from convproof.conformance.findings.finding import parse
from convproof.errors import SpecError
from tests.conformance.findings.test_finding import ENTRY

FINDING = parse("scipy", ENTRY)[0]
SEGFAULT = "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\nassert True"


@pytest.mark.parametrize(
    ("script", "ends", "word", "said"),
    [
        ("assert 1 + 1 == 3, [1,\n2]", "AssertionError", "happens", "AssertionError"),
        ("assert 1 + 1 == 2", "AssertionError", "gone", "it does not happen"),
        ("import no_such; assert 0", "AssertionError", "other", "ModuleNotFoundError"),
        (SEGFAULT, "SIGSEGV", "happens", "SIGSEGV"),
        (SEGFAULT, "SIGABRT or SIGSEGV", "happens", "SIGSEGV"),
        (SEGFAULT, "AssertionError", "other", "ended by SIGSEGV, not by AssertionError"),
        ("import os; os._exit(7); assert 0", "SIGSEGV", "other", "exit code 7"),
        ("import time; time.sleep(60); assert 0", "AssertionError", "other", "no end within 2 s"),
    ],
)
def test_how_the_lines_end_is_the_answer(script, ends, word, said):
    one = dataclasses.replace(FINDING, script=script, ends=ends)
    answer = again(one, seconds=2 if "sleep" in script else 60)
    assert answer.word == word
    assert said in answer.said
    assert answer.version.startswith("scipy 1.")


def test_of_an_absent_library_nothing_is_said(monkeypatch):
    monkeypatch.setattr(module, "distributions", lambda name: {"no_such": "no-such"})
    answer = again(dataclasses.replace(FINDING, library="mlx"))
    assert (answer.word, answer.said) == ("absent", "pip install 'convproof[mlx]'")


@pytest.mark.parametrize("text", ["echo", "sleep 60 #"])
def test_what_runs_no_python_is_refused(text, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "SECONDS", 2.0)
    other = tmp_path / "python"
    other.write_text(f'#!/bin/sh\nexec {text} "$@"\n')
    other.chmod(0o755)
    with pytest.raises(SpecError, match="a program that runs Python"):
        again(FINDING, python=str(other))


def test_another_interpreter_runs_the_lines_and_says_its_versions(tmp_path, monkeypatch):
    """One whose SciPy is another: a path is put before what is installed."""
    (tmp_path / "scipy.py").write_text("after = 'before'\n")
    info = tmp_path / "scipy-0.1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: scipy\nVersion: 0.1\n")
    other = tmp_path / "python"
    other.write_text(f'#!/bin/sh\nPYTHONPATH={tmp_path} exec {sys.executable} "$@"\n')
    other.chmod(0o755)
    one = dataclasses.replace(FINDING, script="import scipy\nassert scipy.after == 'before'")
    monkeypatch.chdir(tmp_path)
    answer = again(one, python="./python")  # from here, where the lines do not run
    assert (answer.word, answer.version, answer.ended) == ("gone", "scipy 0.1", "")
    assert again(dataclasses.replace(one, library="mlx"), python=str(other)).word == "absent"
    assert again(one).ended == "AttributeError"
