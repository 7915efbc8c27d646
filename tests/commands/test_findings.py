"""`convproof findings`: what is gone is said, and the exit code says it too."""

from __future__ import annotations

import json

import pytest

from convproof.cli import main
from convproof.conformance.findings import again as module
from convproof.conformance.findings.again import Answer


@pytest.fixture
def answers(monkeypatch):
    given = {}
    monkeypatch.setattr(
        module,
        "again",
        lambda one, python: given.get(one.id, Answer("absent", "pip install it")),
    )
    return given


def test_those_that_still_happen(answers, capsys, tmp_path):
    answers["onnx-max-pool-pads-order"] = Answer("happens", "as recorded", "onnx 1.0")
    file = tmp_path / "a.json"
    assert main(["findings", "--json", str(file)]) == 0
    out = capsys.readouterr().out
    assert "onnx-max-pool-pads-order: still happens (onnx 1.0): as recorded" in out
    assert out.splitlines()[-1].startswith("1 still happen, 0 are gone, 0 undecided, ")
    rows = json.loads(file.read_text())["findings"]
    assert {"happens", "absent"} == {row["word"] for row in rows}


@pytest.mark.parametrize(("word", "said"), [("gone", "GONE"), ("other", "UNDECIDED")])
def test_one_that_does_not_reproduce_is_told_so(answers, capsys, word, said):
    answers["onnx-max-pool-pads-order"] = Answer(word, "otherwise", "onnx 2.0")
    assert main(["findings", "--library", "onnx"]) == 1
    assert f"onnx-max-pool-pads-order: {said} (onnx 2.0): otherwise" in capsys.readouterr().out


def test_where_nothing_was_run_nothing_held(answers, capsys):
    assert main(["findings"]) == 1
    assert "nothing was run" in capsys.readouterr().out


def test_the_lines_of_one_are_shown(capsys):
    assert main(["findings", "--show", "onnx-max-pool-pads-order"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("# onnx (onnx ")
    assert "assert got.shape ==" in out


@pytest.mark.parametrize(
    "wrong",
    [
        ["--library", "numpyy"],
        ["--show", "nothing"],
        ["--json", "/no/such/folder/x.json"],
        ["--python", "no-such-python"],
    ],
)
def test_a_mistake_is_one_line(wrong, capsys):
    assert main(["findings", *wrong]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
