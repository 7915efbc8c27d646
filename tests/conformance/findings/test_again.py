"""Whether a finding still happens is told by how its lines end; one that is gone is said to be."""

from __future__ import annotations

import dataclasses

import pytest

from convproof.conformance.findings import again as module
from convproof.conformance.findings.again import again
from convproof.conformance.findings.finding import parse
from tests.conformance.findings.test_finding import ENTRY

FINDING = parse("scipy", ENTRY)[0]
SEGFAULT = "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\nassert True"


@pytest.mark.parametrize(
    ("script", "ends", "word", "said"),
    [
        ("assert 1 + 1 == 3, [1,\n2]", "AssertionError", "happens", "AssertionError"),
        ("assert 1 + 1 == 2", "AssertionError", "gone", "not happen any more"),
        ("import no_such; assert 0", "AssertionError", "other", "ModuleNotFoundError"),
        (SEGFAULT, "SIGSEGV", "happens", "SIGSEGV"),
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
    monkeypatch.setattr(module, "is_here", lambda name: False)
    answer = again(dataclasses.replace(FINDING, library="mlx"))
    assert (answer.word, answer.said) == ("absent", "pip install 'convproof[mlx]'")
