"""parametrize_with_laws in somebody else's suite: passes, fails, skips, expects."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

import convproof
from convproof.conformance.run.pytest_plugin import (
    LawBroken,
    law_parameters,
    parametrize_with_laws,
)
from convproof.conformance.target.target import Target
from convproof.errors import SpecError, TargetError
from tests.conformance.planted import FLIPPED, conv2d, file_with

FEW = {"laws": ["definition", "shape"], "examples": 20}


def suite(tmp_path, body, *options):
    """Run a suite of its own; (exit code, output)."""
    (tmp_path / "test_mine.py").write_text(textwrap.dedent(body))
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-rA",
            "-p",
            "no:cacheprovider",
            *options,
            "test_mine.py",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_right_target_passes_and_a_wrong_one_fails_with_its_failure(tmp_path):
    file_with(tmp_path)
    file_with(tmp_path, FLIPPED, "wrong.py")
    code, output = suite(
        tmp_path,
        """
        import convproof

        LAWS = ["definition", "shape"]

        @convproof.parametrize_with_laws("mine.py:conv2d", laws=LAWS, examples=20)
        def test_right(target, check):
            check(target)

        @convproof.parametrize_with_laws("wrong.py:conv2d", laws=LAWS)
        def test_wrong(target, check):
            check(target)
    """,
    )
    assert code == 1
    assert "PASSED test_mine.py::test_right[conv2d-definition]" in output
    assert "PASSED test_mine.py::test_right[conv2d-shape]" in output
    assert "FAILED test_mine.py::test_wrong[conv2d-definition]" in output
    assert "kernel flipped" in output
    assert "INTERNAL" not in output


def test_expected_failures_must_fail(tmp_path):
    file_with(tmp_path, FLIPPED, "wrong.py")
    (tmp_path / "known.txt").write_text("definition conv2d  # issue 7\nshape conv2d\n")
    code, output = suite(
        tmp_path,
        """
        import convproof

        @convproof.parametrize_with_laws(
            "wrong.py:conv2d", laws=["definition", "shape"], expected_failures="known.txt")
        def test_wrong(target, check):
            check(target)
    """,
    )
    assert code == 1
    assert "XFAIL test_mine.py::test_wrong[conv2d-definition] - issue 7" in output
    assert "FAILED test_mine.py::test_wrong[conv2d-shape]" in output  # stale: it holds
    assert "XPASS(strict)" in output


def test_one_run_serves_all_tests_and_is_made_late():
    made = []

    def counting(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        made.append(1)
        return conv2d(x, w, b, stride, padding, dilation, groups)

    parameters = law_parameters(Target("t", conv2d=counting), **FEW)
    assert [p.id for p in parameters] == ["conv2d-shape", "conv2d-definition"]
    assert not made
    for parameter in parameters:
        target, check = parameter.values
        check(target)
        calls = len(made)
    check(target)
    assert len(made) == calls > 0


def test_a_check_raises_and_skips():
    def wrong(x, w):
        return conv2d(x, w) + 1

    parameters = {p.id: p.values for p in law_parameters(Target("t", conv2d=wrong), examples=10)}
    target, check = parameters["conv2d-definition"]
    with pytest.raises(LawBroken, match="conv2d breaks the law 'definition'"):
        check(target)
    target, check = parameters["conv2d-threads"]
    with pytest.raises(pytest.skip.Exception):
        check(target)


def test_mistakes_in_the_decorator_are_told():
    with pytest.raises(TargetError, match="no such file"):
        parametrize_with_laws("nowhere.py:conv2d")
    with pytest.raises(SpecError, match="laws"):
        parametrize_with_laws(Target("t", conv2d=conv2d), laws=["no-such-law"])


def test_it_is_a_public_name():
    assert convproof.parametrize_with_laws is parametrize_with_laws
