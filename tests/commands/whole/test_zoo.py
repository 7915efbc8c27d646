"""Hostile targets, in process and in one of their own: no verdict without a word, none believed."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from tests.conformance.planted import RIGHT

HEAD = """
right = conv2d


def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0)):
"""


def target(body: str, factor: int = 1) -> str:
    """A right function (or `factor` times that) which does something else as well."""
    lines = [*body.splitlines(), f"return {factor} * right(x, w, b, stride, padding)"]
    return RIGHT + HEAD + "".join(f"    {line}\n" for line in lines)


WRONG = {
    "a Fortran STOP": target("import ctypes; ctypes.CDLL(None).exit(0)"),
    "another program that says so": target(
        "import os; os.execv('/bin/echo', ['echo', 'every law', 'held'])"
    ),
    "an exit hook": target("import atexit, posix; atexit.register(posix._exit, 0)", 2),
    "a timer": target(
        "import threading, posix; threading.Timer(0.2, posix._exit, (0,)).start()", 2
    ),
    "an import that exits": "import sys; sys.exit(0)\n" + RIGHT,
    "an end of its parent": target("import os; os.kill(os.getppid(), 15)"),
    "a raised NotApplied": target("import convproof.laws.law as l; raise l.NotApplied('no')", 2),
    "a NotApplied for what is wrong": target(
        "import convproof.laws.law as l\nif x.size > 4: raise l.NotApplied('no')", 2
    ),
    "a result of 2**42 entries": target(
        "import numpy as np\nreturn np.broadcast_to(np.zeros(()), (2**14, 2**14, 2**7, 2**7))"
    ),
    "an object that exits when looked at": target(
        "class Odd:\n    def __array__(self, *a, **k): raise SystemExit(0)\nreturn Odd()"
    ),
    "a refusal of everything": target("raise NotImplementedError('no')"),
    "escapes in its words": target(
        "if len(x) > 1: raise ValueError('\\x1b[2J\\u202e\\ud800\\uffff\\x00 ]]>')"
    ),
    "a closed stdout": target(
        "import os\nfor n in range(3):\n    try: os.close(n)\n    except OSError: pass", 2
    ),
    "another directory": target("import os; os.chdir('/')", 2),
}
LAWFUL = {
    "a module whose __getattr__ raises": RIGHT
    + "\ndef __getattr__(name):\n    raise RuntimeError(name)\n",
    "a process left behind": RIGHT
    + "\nimport subprocess as s\n"
    + "s.Popen(['sleep', 'NUMBER'], env={}, start_new_session=True)\n",
}


def check(text, folder, *more):
    (folder / "odd.py").write_text(text, encoding="utf-8", errors="surrogatepass")
    line = [sys.executable, "-m", "convproof", "check", "odd.py", "--examples", "10"]
    return subprocess.run(
        [*line, "--junit", "r.xml", "--max-seconds", "20", *more],
        cwd=folder,
        capture_output=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("apart", [(), ("--timeout", "3")], ids=["in process", "apart"])
@pytest.mark.parametrize("name", [*WRONG, *LAWFUL])
def test_its_end_has_a_word_that_is_true(name, apart, tmp_path):
    number = f"974{len(apart)}"  # others run at the same time
    done = check({**WRONG, **LAWFUL}[name].replace("NUMBER", number), tmp_path, *apart)
    said = done.stdout + done.stderr
    if name in WRONG:
        assert done.returncode in (1, 2, 143), said
        assert said
        assert b"\xe2\x9c\x93 every law held" not in said
    else:
        assert done.returncode == 0, said
        assert "✓ every law held" in done.stdout.decode().splitlines()[-1]
    assert b"Traceback" not in said
    assert not any(raw in said for raw in (b"\x1b", b"\x00", "\u202e".encode()))
    left = {path.name for path in tmp_path.iterdir()} - {"odd.py", "r.xml", "__pycache__"}
    assert left == set()
    if (tmp_path / "r.xml").exists():
        suite = ET.parse(tmp_path / "r.xml").getroot()
        assert int(suite.get("tests", "0")) > 0
        bad = int(suite.get("failures", "0")) + int(suite.get("errors", "0"))
        assert (bad > 0) == (name in WRONG)
    listed = subprocess.run(["ps", "ax", "-o", "args"], capture_output=True, check=True).stdout
    assert name != "a process left behind" or f"sleep {number}".encode() not in listed


def test_a_file_that_ends_the_process_is_a_word_in_other_commands_too(tmp_path):
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "odd.py").write_text("import posix; posix._exit(0)\n" + RIGHT)
    for line, said in (
        (["write", "odd/odd.py", "-o", "test_odd.py"], "exit code 0 before it came to its end"),
        (["grade", "odd", "-o", "marks", "--timeout", "3"], "0 of 1 files hold every law"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "convproof", *line],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 1
        assert said in done.stdout + done.stderr
    assert not (tmp_path / "test_odd.py").exists()
