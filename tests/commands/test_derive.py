"""`convproof derive`: prints what the derivation says, writes whole files, names mistakes."""

from __future__ import annotations

import pytest

from convproof.cli import main
from convproof.derive import derive
from convproof.evidence import Verdict
from convproof.spec import MaxPool
from convproof.theory.update_step import TrainingStep, update_step


def test_a_kind_of_layer(capsys):
    assert main(["derive", "conv1d"]) == 0
    assert capsys.readouterr().out.rstrip() == str(derive("conv1d")).rstrip()
    assert main(["derive", "conv1d", "--format", "latex"]) == 0
    assert capsys.readouterr().out.rstrip() == derive("conv1d").to_latex().rstrip()


def test_one_layer_says_which(capsys):
    assert main(["derive", "max_pool1d", "--window", "3", "--format", "markdown"]) == 0
    spec = MaxPool((3,))
    out = capsys.readouterr().out
    assert out.startswith(f"`{spec!r}`\n\n# max_pool1d")
    assert out.endswith(derive(spec).to_markdown().rstrip() + "\n")
    assert main(["derive", "max_pool1d", "--stride", "1", "--format", "latex"]) == 0
    assert capsys.readouterr().out.startswith("% MaxPool(window=(2,)")


def test_to_a_file_with_the_steps_replayed(tmp_path, capsys):
    path = tmp_path / "step.md"
    argv = ["derive", "update-step", "--format", "markdown", "-o", str(path), "--check"]
    assert main(argv) == 0
    assert path.read_text() == update_step().to_markdown().rstrip() + "\n"
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
        (["conv2d", "--format", "pdf"], "pdflatex"),
        (["conv2d", "--format", "html"], "--format='html'"),
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
