"""convproof write: a suite that passes as it stands, and says so when a mistake is mended."""

from __future__ import annotations

import subprocess
import sys

import pytest

from convproof.cli import main
from tests.conformance.planted import FLIPPED, RIGHT, file_with
from tests.conformance.target.interfaces import HEAD, SIZED

FEW = ("--law", "definition", "--law", "shape")


def suite(path, folder):
    """Run a suite from a folder; (exit code, output)."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", str(path)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_wrong_target_passes_as_known_until_it_is_mended(tmp_path, monkeypatch, capsys):
    for name in ("src", "tests"):
        (tmp_path / name).mkdir()
    file_with(tmp_path / "src", FLIPPED)
    monkeypatch.chdir(tmp_path)
    line = ["write", "src/mine.py:conv2d", "-o", "tests/test_laws.py", "--examples", "5", *FEW]
    assert main(line) == 0
    assert "1 known to fail" in capsys.readouterr().out
    text = (tmp_path / "tests" / "test_laws.py").read_text()
    assert "TARGET = str(HERE / '../src/mine.py') + ':conv2d'" in text
    assert "from mine import conv2d as their_conv2d" in text
    assert "kernel flipped" in text
    assert str(tmp_path) not in text  # it can be moved, and read by others
    code, output = suite("tests/test_laws.py", tmp_path)
    assert code == 0, output
    assert "XFAIL tests/test_laws.py::test_conv2d_definition" in output
    code, again = suite("test_laws.py", tmp_path / "tests")  # the same from another folder
    assert code == 0, again
    file_with(tmp_path / "src")  # mended: what was expected to fail no longer does
    code, output = suite("tests/test_laws.py", tmp_path)
    assert code == 1
    assert "FAILED tests/test_laws.py::test_conv2d_definition" in output


def test_layers_are_written_with_their_adapters(tmp_path, monkeypatch, capsys):
    file_with(
        tmp_path,
        text=HEAD.replace("forward(", "_forward(").replace("backward(", "_backward(")
        + "\n\nglobals().update(forward=_forward, backward=_backward)\n"
        + SIZED,
    )
    monkeypatch.chdir(tmp_path)
    assert main(["write", "mine.py", "-o", "test_laws.py", "--examples", "5", *FEW]) == 0
    text = (tmp_path / "test_laws.py").read_text()
    assert text.count("from mine import Conv2d") == 2
    assert "def their_conv2d_backward(" in text
    code, output = suite("test_laws.py", tmp_path)
    assert code == 0, output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mine.py", "-o", "laws.txt"], "a Python file"),
        (["mine.py", "-o", "nowhere/test_laws.py"], "a directory that exists"),
        (["mine.py", "-o", "test_laws.py", "--op", "conv3d"], "has only"),
        (["nothing.py", "-o", "test_laws.py"], "no such file"),
    ],
)
def test_mistakes_are_one_line(arguments, said, tmp_path, monkeypatch, capsys):
    (tmp_path / "mine.py").write_text(RIGHT)
    monkeypatch.chdir(tmp_path)
    assert main(["write", *arguments]) == 2
    assert said in capsys.readouterr().err
