"""The command line: one line and code 2 for a mistake, help with an example, no traceback."""

from __future__ import annotations

import argparse
import subprocess
import sys

import pytest

from convproof import __version__, cli
from convproof.errors import SpecError


def call(*argv: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "convproof", *argv], capture_output=True, text=True, check=False
    )


def with_command(monkeypatch: pytest.MonkeyPatch, error: BaseException | None) -> None:
    """Make the whole command line one command, `go`, that raises `error`."""

    def run(args: argparse.Namespace) -> int:
        if error is not None:
            raise error
        return cli.FAILED

    def build() -> argparse.ArgumentParser:
        parser = cli.Parser(prog="convproof")
        parser.add_subparsers().add_parser("go").set_defaults(run=run)
        return parser

    monkeypatch.setattr(cli, "build_parser", build)


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["nonsense"],
        ["--nonsense"],
        ["check"],
        ["check", "scipy", "--seed"],
        ["check", "no_such_module_anywhere"],
        ["check", "no_such_file.py:conv2d"],
        ["check", "scipy", "--op", "nonsense"],
        ["check", "scipy", "--law", "nonsense"],
        ["check", "scipy", "--examples", "-1"],
        ["check", "scipy", "--seed", "x"],
        ["prove", "--claim", "nonsense"],
        ["derive"],
        ["derive", "nonsense"],
        ["derive", "conv2d", "--format", "nonsense"],
        ["generate"],
        ["generate", "nonsense"],
        ["generate", "conv2d", "--kernel", "0x3"],
        ["study", "nonsense"],
        ["study", "nonsense", "--jobs", "-3"],
        ["bench", "--only", "nonsense"],
        ["bench", "--against", "nonsense"],
    ],
    ids=" ".join,
)
def test_a_mistake_is_one_line_and_code_2(
    argv: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    try:
        code = cli.main(argv)
    except SystemExit as left:
        code = left.code
    out, err = capfd.readouterr()
    assert code == cli.MISTAKE
    assert out == ""
    assert len(err.splitlines()) == 1
    assert err.startswith("convproof")
    assert len(err) > 30


def test_a_mistake_shows_no_traceback_in_a_process_of_its_own() -> None:
    done = call("check", "no_such_file.py:conv2d")
    assert done.returncode == cli.MISTAKE
    assert len(done.stderr.splitlines()) == 1
    assert "no_such_file.py" in done.stderr


@pytest.mark.parametrize(
    "name", [(), *((one.__name__.rpartition(".")[2],) for one in cli.command_modules())], ids=str
)
def test_help_has_an_example(name: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([*name, "--help"])
    assert left.value.code == 0
    shown = capsys.readouterr().out
    assert "xample" in shown
    assert "convproof " + " ".join(name) in shown.split("xample", 1)[1]


def test_version() -> None:
    done = call("--version")
    assert (done.returncode, done.stdout) == (0, f"convproof {__version__}\n")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (None, cli.FAILED),
        (SpecError("two\nlines"), cli.MISTAKE),
        (FileNotFoundError(2, "No such file or directory", "x.py"), cli.MISTAKE),
        (KeyboardInterrupt(), cli.INTERRUPTED),
    ],
    ids=repr,
)
def test_how_a_command_ends(
    error: BaseException | None,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with_command(monkeypatch, error)
    assert cli.main(["go"]) == code
    assert len(capsys.readouterr().err.splitlines()) == (error is not None)


def test_our_own_mistakes_are_told_from_a_verdict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with_command(monkeypatch, ZeroDivisionError("a bug of ours"))
    assert cli.main(["go"]) == cli.INTERNAL == 3
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "ZeroDivisionError: a bug of ours (test_cli.py:" in err


def test_a_reader_that_leaves_early_is_no_error() -> None:
    script = f"{sys.executable} -m convproof derive conv2d | head -1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""
