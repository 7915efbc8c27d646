"""What holds of all laws: files are families, each law catches a mistake, none a right answer."""

import importlib
import shutil
import subprocess
import sys
from pathlib import Path

import convproof
from convproof.conformance.run.engine import Run
from convproof.conformance.target.target import Target
from convproof.laws import LAWS
from convproof.laws.law import SCOPES
from tests.laws import plain_right as right

FOLDER = Path(convproof.__file__).parent


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


def test_a_law_file_that_is_there_is_a_law(tmp_path):
    """A new file in a copy of the package, and nothing else edited."""
    copy = tmp_path / "convproof"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "laws" / "of_the_test.py").write_text(
        '"""A family of the test\'s own."""\n'
        "from convproof.laws.law import law\n"
        "@law('of-the-test', 'A sentence.', 'f = f')\n"
        "def of_the_test(trial, case):\n"
        '    """Never broken."""\n',
        encoding="utf-8",
    )
    code = "from convproof.laws import LAWS; print(LAWS['of-the-test'].family)"
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert told.stdout == "of_the_test\n"


def test_every_law_has_a_mistake_planted_in_the_tests_of_its_file():
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
