"""Somewhere to say the verdict, and a place to stand: or one line, and no work."""

from __future__ import annotations

import subprocess
import sys

import pytest

LINE = f"{sys.executable} -m convproof figure"


def shell(text, cwd):
    return subprocess.run(
        ["bash", "-c", text], cwd=cwd, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_closed_stdout_is_one_line_and_no_pass(tmp_path):
    done = shell(f"{LINE} >&-", tmp_path)
    assert done.returncode == 2
    assert done.stderr == (
        "convproof: stdout is closed, and a verdict could not be said: give it a place (> FILE)\n"
    )


def test_with_nobody_to_tell_it_is_still_no_pass(tmp_path):
    assert shell(f"{LINE} >&- 2>&-", tmp_path).returncode == 2


@pytest.mark.parametrize("closed", ["2>&-", "<&-"])
def test_other_streams_may_be_closed(tmp_path, closed):
    done = shell(f"{LINE} {closed}", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_a_deleted_directory_is_one_line(tmp_path):
    done = shell(f"mkdir gone; cd gone; rmdir ../gone; {LINE}", tmp_path)
    assert done.returncode == 2
    assert done.stderr == (
        "convproof: the working directory is there no more: change to one that is (cd)\n"
    )


def test_what_an_encoding_lacks_is_escaped(tmp_path):
    done = shell(f"PYTHONIOENCODING=ascii {sys.executable} -m convproof derive conv1d", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u03a3" in done.stdout


@pytest.mark.parametrize("asked", ["figure", "--help", "check --help", "--version"])
def test_what_could_not_be_written_is_no_pass(tmp_path, asked):
    done = shell(f"{sys.executable} -m convproof {asked} > /dev/full", tmp_path)
    assert done.returncode == 2
    assert "No space left on device" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("mistake", ["check nosuch.py", "derive nosuch", "nosuch"])
def test_a_line_that_could_not_be_written_leaves_the_exit_code(tmp_path, mistake):
    done = shell(f"{sys.executable} -m convproof {mistake} 2> /dev/full", tmp_path)
    assert done.returncode == 2
