"""[tool.convproof]: what the command line leaves open, and nothing else."""

from __future__ import annotations

import argparse

import pytest

from convproof.cli import main
from convproof.commands import config
from convproof.errors import SpecError
from tests.conformance.planted import RIGHT, file_with


def applied(**given):
    args = argparse.Namespace(
        **{
            "target": None, "op": None, "law": None, "layout": None, "convention": [],
            "examples": None, "seed": 0, "timeout": None, "expected_failures": None, **given,
        }
    )  # fmt: skip
    config.apply(args)
    return args


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "src").mkdir()
    file_with(tmp_path / "src", text=RIGHT)
    (tmp_path / "pyproject.toml").write_text(
        '[tool.convproof]\ntarget = "src/mine.py:conv2d"\nlaw = ["shape"]\nseed = 7\n'
        'timeout = 5\nconventions = {ties = "last", count_include_pad = false}\n'
        'expected-failures = "src/known.txt"\n'
    )
    monkeypatch.chdir(tmp_path / "src")
    return tmp_path


def test_it_is_found_above_and_its_paths_are_its_own(project):
    args = applied()
    assert args.target == "mine.py:conv2d"  # from here
    assert (args.law, args.seed, args.timeout) == (["shape"], 7, 5)
    assert args.convention == [("ties", "last"), ("count_include_pad", False)]
    assert str(args.expected_failures) == "known.txt"


def test_the_command_line_goes_first(project):
    args = applied(target="torch", law=["dtype"], timeout=1.0, convention=[("nan", "ignored")])
    assert (args.target, args.law, args.timeout) == ("torch", ["dtype"], 1.0)
    assert args.convention == [("nan", "ignored")]
    assert args.seed == 7


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[tool.convproof]\nflavour = 1\n", r"\[tool.convproof\] flavour=1: allowed is one of"),
        ("[tool.convproof]\nseed = -1\n", r"seed=-1: allowed is a whole number"),
        ("[tool.convproof]\ntimeout = inf\n", r"timeout=inf: allowed is a positive number"),
        ("[tool.convproof]\nop = 3\n", r"op=3: allowed is an op"),
        ("[tool.convproof]\nstrict = 'yes'\n", r"strict='yes': allowed is true or false"),
        ("[tool]\nconvproof = 3\n", r"allowed is a table"),
        ("[tool.convproof\n", r"a file in TOML"),
        ("[tool.convproof]\nop = " + "[" * 5000, r"a file in TOML"),
        ("", r"write target = "),
    ],
)
def test_what_cannot_be_is_named(text, said, tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text(text)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SpecError, match=said):
        applied()


def test_a_check_needs_no_argument_then(project, capsys):
    (project / "src" / "known.txt").write_text("")
    assert main(["check", "--examples", "5"]) == 0
    assert "seed 7" in capsys.readouterr().out
