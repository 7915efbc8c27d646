"""What holds of all laws: files are families, each law catches a mistake, none a right answer."""

import importlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import convproof
from convproof.conformance.run.engine import Run
from convproof.conformance.target.target import Target
from convproof.laws import LAWS
from convproof.laws.law import SCOPES
from tests.laws import plain_right as right

FOLDER = Path(convproof.__file__).parent
PLANTED_FOR_EACH = "test_every_law_has_a_mistake_planted"


def test_every_file_that_declares_a_law_is_a_family():
    declaring = {
        path.stem
        for path in (FOLDER / "laws").glob("*.py")
        if "\n@law(\n" in path.read_text(encoding="utf-8")
    }
    assert declaring == {law.family for law in LAWS.values()}


def test_what_looks_at_every_call_comes_first_and_an_answer_before_all():
    scopes = [SCOPES.index(law.scope) for law in LAWS.values()]
    assert scopes == sorted(scopes)
    assert next(iter(LAWS)) == "returns-an-answer"


LAW = """
from convproof.laws.law import Broken, law

@law("of-the-test", "A zero image has a zero answer.", "f(0) = 0", kinds="conv", ways="forward")
def of_the_test(trial, case):
    '''No bias, no image: nothing.'''
    zero = case.replace(x=0 * case.x, bias=None)
    y = trial.answer(zero)[0]
    if {condition}:
        raise Broken("something came of nothing", zero, 0 * y, y)
"""
PLANT = """
from tests.laws.planting import caught, conv

PLANTED = {"of-the-test": conv(lambda y, *_: y + 1)}

def test_the_law_catches_its_mistake():
    caught("of-the-test", PLANTED["of-the-test"])
"""


@pytest.mark.parametrize(
    ("law", "plant", "refused_by"),
    [
        (LAW.format(condition="y.any()"), PLANT, ""),
        (LAW.format(condition="False"), PLANT, "test_the_law_catches_its_mistake"),
        (LAW.format(condition="y.any()"), "PLANTED = {}", "test_every_law_has_a_mistake_planted"),
    ],
    ids=["right", "never fires", "nothing planted"],
)
def test_a_law_file_is_a_law_and_one_that_never_fires_is_refused(tmp_path, law, plant, refused_by):
    """A file for the law and one for its plant in a copy of the project, nothing else edited."""
    for folder in ("convproof", "tests/laws"):
        no_caches = shutil.ignore_patterns("__pycache__")
        shutil.copytree(FOLDER.parent / folder, tmp_path / folder, ignore=no_caches)
    (tmp_path / "convproof" / "laws" / "of_the_test.py").write_text(law, encoding="utf-8")
    own = tmp_path / "tests" / "laws" / "test_of_the_test.py"
    own.write_text(plant, encoding="utf-8")
    told = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("--import-mode=importlib", "-o", "consider_namespace_packages=true"),
            *(str(own), f"{own.with_name('test_laws.py')}::{PLANTED_FOR_EACH}"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert told.returncode == (1 if refused_by else 0), told.stdout
    assert refused_by in told.stdout


def test_every_law_has_a_mistake_planted():
    """A law for which nothing is planted might never fire."""
    planted = {}
    for family in {law.family for law in LAWS.values()}:
        tests = importlib.import_module(f"tests.laws.test_{family}")
        planted |= dict.fromkeys(tests.PLANTED, family)
    assert planted == {id: law.family for id, law in LAWS.items()}


def test_no_law_says_anything_against_a_right_implementation():
    result = Run(Target("right", **right.OPS), examples=120, seed=3).execute()
    assert result.ok, str(result)
    silent = {
        law
        for law in LAWS
        if not any(e.law == law and e.status == "held" for e in result.exercises)
    }
    assert silent == set()
