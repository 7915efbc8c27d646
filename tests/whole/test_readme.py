"""The README is true: its output is what the tool prints today, its examples run."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PLANTED = ROOT / "tests" / "planted"
COMMAND = "$ convproof check mine.py:conv2d\n"


def untimed(text: str) -> str:
    """`text` without what differs from run to run: the seconds in its first line."""
    return re.sub(r"in \d+\.\d+ s", "in T s", text)


def check_mine() -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "convproof", "check", "mine.py:conv2d"],
        cwd=PLANTED,
        env={**os.environ, "COLUMNS": "90", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_first_screen_shows_the_file_that_is_checked() -> None:
    assert (PLANTED / "mine.py").read_text().rstrip() in README


def test_the_first_screen_shows_what_the_tool_prints() -> None:
    shown = README.split(COMMAND, 1)[1].split("\n```", 1)[0]
    done = check_mine()
    assert done.returncode == 1, done.stderr
    assert done.stderr == ""
    assert untimed(done.stdout).startswith(untimed(shown)), (
        "the README's output is stale: paste\n" + done.stdout
    )
    assert len(shown.splitlines()) > 12


def test_the_examples_run() -> None:
    parser = doctest.DocTestParser()
    found = parser.get_doctest(README, {}, "README.md", "README.md", 0)
    assert len(found.examples) > 10
    result = doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL).run(found)
    assert result.failed == 0


def test_the_commands_it_names_exist() -> None:
    from convproof.cli import command_modules

    named = set(re.findall(r"^    convproof (\w+)", README, re.M))
    assert named <= {one.__name__.rpartition(".")[2] for one in command_modules()}
    assert {"check", "derive", "generate", "prove", "report"} <= named


@pytest.mark.parametrize(
    ("name", "picture"),
    [("detection", "kill-rates"), ("speed", "speed-ratios"), ("separation", "separation")],
)
def test_the_comparison_shows_what_was_measured(name, picture) -> None:
    from convproof.document.markdown import markdown
    from convproof.document.model import Document
    from convproof.report import compare
    from convproof.study.measurements import is_there, measurement

    if not is_there(name):
        assert picture not in README
        return
    table = getattr(compare, f"{name}_table")(measurement(name))
    rows = [line for line in markdown(Document("t", (table,))).splitlines() if line[:2] == "| "]
    assert len(rows) > 1
    assert all(row in README for row in rows)
    assert (ROOT / "reports" / "figures" / f"{picture}.svg").is_file()


def test_every_library_that_is_a_target_is_named() -> None:
    from convproof.conformance.target.libraries import KNOWN

    told = README.partition("## Checking an implementation")[2].partition("Functions take")[0]
    assert {name for name in KNOWN if f"`{name}`" not in told} == set()
