"""`convproof derive`: prints what the derivation says, writes whole files, names mistakes."""

from __future__ import annotations

import pytest

from convproof.cli import main
from convproof.derive import derive
from convproof.evidence import Verdict
from convproof.theory.update_step import TrainingStep


def test_a_kind_of_layer_is_told_with_the_chapters_numbers(capsys):
    assert main(["derive", "conv1d"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Convolution in one dimension\n====")
    assert "Z[j] = Σ_{l=1..K_W} K[l] X[j + l - 1]" in told
    assert "(10.8)" in told
    assert "(10.7)" in told
    assert max(map(len, told.splitlines())) <= 100


def test_every_recorded_step_on_demand(capsys):
    assert main(["derive", "conv1d", "--full", "--format", "markdown"]) == 0
    told = capsys.readouterr().out
    for number, step in enumerate(derive("conv1d").steps_of("gradient x"), 1):
        assert f"**{number}. {step.rule}.** " in told


def test_latex_is_a_document(capsys):
    assert main(["derive", "max_pool1d", "--stride", "1", "--format", "latex"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(r"\documentclass")
    assert told.rstrip().endswith(r"\end{document}")
    assert "MaxPool(window=(2,)" in told


@pytest.mark.parametrize(("name", "start"), [("p.html", b"<!doctype html>"), ("p.pdf", b"%PDF")])
def test_the_name_of_the_file_says_the_format(name, start, tmp_path):
    path = tmp_path / name
    assert main(["derive", "max_pool1d", "-o", str(path)]) == 0
    assert path.read_bytes().startswith(start)


def test_to_a_file_with_the_steps_replayed(tmp_path, capsys):
    path = tmp_path / "step.md"
    assert main(["derive", "update-step", "-o", str(path), "--check"]) == 0
    assert "Replayed: " in path.read_text()
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("held: ")


def test_a_step_that_does_not_replay_is_exit_1(monkeypatch, capsys):
    monkeypatch.setattr(TrainingStep, "check", lambda self: Verdict.refute("step 3", at=1))
    assert main(["derive", "update-step", "--check"]) == 1
    assert "refuted: step 3" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["conv9d"], "operation='conv9d'"),
        (["conv2d", "--format", "word"], "--format='word'"),
        (["conv2d", "--format", "pdf"], "-o FILE"),
        (["conv2d", "--stride", "0"], "stride"),
        (["update-step", "--stride", "2"], "not with update_step"),
        (["conv2d", "-o", "/nowhere/at/all.md"], "a file in a directory that exists"),
    ],
)
def test_a_mistake_is_one_line_and_exit_2(argv, message, capsys):
    assert main(["derive", *argv]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert message in shown.err
    assert shown.err.count("\n") == 1
    assert "Traceback" not in shown.err
