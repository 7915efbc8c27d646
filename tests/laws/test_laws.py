import shutil
import subprocess
import sys
from pathlib import Path

import convproof
from convproof.laws import LAWS
from convproof.laws.law import SCOPES

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
