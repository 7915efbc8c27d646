"""Hostile targets: no verdict without a word, none believed, nothing of them left behind."""

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


PATCHES = """def patch():
    import sys
    for name, module in list(sys.modules.items()):
        if name.startswith(('convproof.laws', 'convproof.conformance.run')):
            for value in list(vars(module).values()):
                if type(value).__name__ == 'Law':
                    object.__setattr__(value, 'check', lambda *a: None)
                if isinstance(value, type) and value.__name__ == 'Judge':
                    value.call = value.relation = lambda *a: True
    import numpy as np
    np.array_equal = np.allclose = lambda *a, **k: True"""
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
    "a judge that finds everything right": target(PATCHES + "\npatch()", 2),
    "a loop that mends what is wrong": target(
        "import sys\n"
        "for name, module in list(sys.modules.items()):\n"
        "    if name.endswith('.invoke'):\n"
        "        module.results_of = lambda raw, case, absent=(): (raw / 2,)",
        2,
    ),
    "right beside convproof only": target(
        "import sys\n"
        "beside = any(name.split('.')[0] == 'convproof' for name in sys.modules)\n"
        "if beside: return right(x, w, b, stride, padding)",
        2,
    ),
    "an answer that its callers know": target(
        "import sys\n"
        "frame = sys._getframe()\n"
        "while frame is not None:\n"
        "    for name in ('expected', 'want', 'answer'):\n"
        "        if name in frame.f_locals: return frame.f_locals[name]\n"
        "    case = frame.f_locals.get('case')\n"
        "    oracle = sys.modules.get('convproof.laws.oracle')\n"
        "    if case is not None and oracle is not None and hasattr(case, 'x'):\n"
        "        import numpy as np\n"
        "        return np.moveaxis(oracle.expected(case)[0], -1, 1)\n"
        "    frame = frame.f_back",
        2,
    ),
    "lines of its own in the adapter": target(
        "import sys\n"
        "module = sys.modules.get('convproof.conformance.target.adapter')\n"
        "if module is not None:\n"
        "    old = module.Adapter.plain\n"
        "    text = 'def conv2d(x, w): return function(x, w) / 2'\n"
        "    module.Adapter.plain = lambda self: {**old(self), 'source': text}",
        2,
    ),
    "an answer on every pipe": target(
        "import os\n"
        "for pipe in range(3, 40):\n"
        "    try: os.write(pipe, b'\\x02' + bytes(15) + b'{}')\n"
        "    except OSError: pass",
        2,
    ),
    "a stop": target("import os; os.kill(os.getpid(), 19)", 2),
    "its own streams and ends": target(
        "import atexit, builtins, os, sys\n"
        "sys.exit = os._exit = builtins.exit = lambda *a: None\n"
        "sys.excepthook = lambda *a: None\n"
        "sys.stdout = sys.stderr = sys.__stdout__ = open(os.devnull, 'w')\n"
        "atexit.register(lambda: os.write(1, '\u2713 every law held'.encode()))",
        2,
    ),
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


@pytest.mark.parametrize("name", [*WRONG, *LAWFUL])
def test_its_end_has_a_word_that_is_true(name, tmp_path):
    number = "9741"  # by which its processes are known
    more = ("--timeout", "3") if name in WRONG else ()
    done = check({**WRONG, **LAWFUL}[name].replace("NUMBER", number), tmp_path, *more)
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
