"""The project's own rules: what lies where, what the files promise, and that the README is true."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import convproof
from convproof.conformance.target.libraries import KNOWN, extra

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
README = (ROOT / "README.md").read_text()
TOP_LEVEL = {
    "convproof",
    "property_tests",
    "reports",
    "tests",
    "noxfile.py",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "constraints.txt",
}
MADE_BY_TOOLS = {"dist", "build", "__pycache__", "convproof.egg-info"}
NOX_SESSIONS = {
    "tests",
    "quick",
    "properties",
    "lint",
    "types",
    "prove",
    "report",
    "bench",
    "build",
    "mutants",
}
MAX_LINES = 400
WAIVER = re.compile(
    r"#\s*(?:type:\s*ignore|noqa)(?P<codes>\[[\w, -]+\]|:\s*[A-Z]+\d+[A-Z\d, ]*)?(?P<rest>.*)"
)


def python_files() -> Iterator[Path]:
    for top in ("convproof", "tests", "property_tests"):
        yield from (p for p in (ROOT / top).rglob("*.py") if "__pycache__" not in p.parts)
    yield ROOT / "noxfile.py"


def commands(text: str) -> list[str]:
    """The set-up lines of a document: each makes its own environment."""
    return [
        line.strip() for line in text.splitlines() if line.strip().startswith("python3 -m venv")
    ]


def test_the_top_level_holds_what_it_should() -> None:
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert names - MADE_BY_TOOLS == TOP_LEVEL


def test_files_stay_short() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in python_files()
        if path.parent.name != "generated"  # as long as there are schedules; one prints them
        if (count := len(path.read_text().splitlines())) > MAX_LINES
    }
    assert not long


def unexplained(text: str) -> list[str]:
    """The lines whose waiver of a lint or type rule names no code or gives no reason."""
    return [
        line.strip()
        for line in text.splitlines()
        if (found := WAIVER.search(line))
        and (found["codes"] is None or len(found["rest"].strip(" -#:()")) < 6)
    ]


def test_every_waiver_has_its_reason() -> None:
    here = Path(__file__)
    assert not {
        str(path.relative_to(ROOT)): lines
        for path in python_files()
        if path != here and (lines := unexplained(path.read_text()))
    }


@pytest.mark.parametrize(
    ("line", "bad"),
    [
        ("x = 1  # noqa", True),
        ("x = 1  # noqa: E501", True),
        ("x = f()  # type: ignore[arg-type]", True),
        ("x = 1  # noqa: E501 (a table reads better in one line)", False),
        ("x = f()  # type: ignore[arg-type]  # the stubs forget tuples", False),
        ("x = 1", False),
    ],
)
def test_a_missing_reason_is_seen(line: str, bad: bool) -> None:
    assert bool(unexplained(line)) is bad


def test_no_file_names_a_machine() -> None:
    pattern = re.compile(r"/(?:work|root|home)/\w")
    assert not [
        str(path.relative_to(ROOT))
        for path in python_files()
        if path != Path(__file__) and pattern.search(path.read_text())
    ]


def test_extras() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    small = {"check", "prove", "report", "study", "onnx", "dev"}
    large = {"optax"} | {extra(name) for name in KNOWN} - {""} - small  # one for each library
    assert set(extras) == small | large | {"all"}
    (everything,) = extras["all"]
    named = re.fullmatch(r"convproof\[(.*)\]", everything)
    assert named
    assert set(named[1].split(",")) == small


def test_users_are_free_to_choose_versions() -> None:
    lists = [PROJECT["project"]["dependencies"]]
    lists += PROJECT["project"]["optional-dependencies"].values()
    pinned = [item for items in lists for item in items if re.search(r"==|<|~=", item)]
    assert not pinned


def test_core_needs_three_packages() -> None:
    names = {re.split(r"\W", item)[0] for item in PROJECT["project"]["dependencies"]}
    assert names == {"numpy", "scipy", "sympy"}


def test_nox_has_its_sessions() -> None:
    text = (ROOT / "noxfile.py").read_text()
    assert set(re.findall(r"@nox\.session\ndef (\w+)", text)) == NOX_SESSIONS


def test_the_readme_has_two_commands_and_ci_runs_the_second() -> None:
    main, tests = commands(README)
    assert "convproof check" in main
    assert tests.endswith("nox -s tests")
    assert commands((ROOT / ".ci" / "run").read_text()) == [tests]
    assert commands((ROOT / "CONTRIBUTING.md").read_text()) == [tests]


def test_versions_agree() -> None:
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "convproof/__init__.py"
    assert re.fullmatch(r"\d+\.\d+\.\d+(?:\.dev\d+)?", convproof.__version__)
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text()


def test_the_package_says_it_is_typed() -> None:
    assert (ROOT / "convproof" / "py.typed").exists()


def test_constraints_are_exact() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert pins
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in pins)
    assert "torch==2.13.0" in pins
