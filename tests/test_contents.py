"""The contents page: what type checkers, editors and people see of the public names."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import jedi
import numpy as np
import pytest

import convproof
from convproof.contents import listed

ROOT = Path(__file__).parents[1]
PACKAGES = sorted(
    str(stub.parent.relative_to(ROOT)).replace("/", ".")
    for stub in (ROOT / "convproof").rglob("__init__.pyi")
)

RIGHT = """
import numpy as np
import convproof as cp
x = np.ones((1, 4, 4, 1))
kernel = np.ones((3, 3, 1, 2))
y = cp.conv2d(x, kernel, stride=2, padding=((1, 1), (0, 1)), layout="channels_last")
gradients: cp.Gradients = cp.conv2d_backward(y, x, kernel, None, stride=2, padding="same")
mean = cp.avg_pool2d(x, 2, stride=(1, 2)).mean()
source: str = cp.max_pool2d.source()
spec: cp.Conv = cp.Conv(3, 8, stride=2)
shape: tuple[int, ...] = cp.output_shape(spec, (1, 8, 8, 1))
result: cp.CheckResult = cp.check("scipy", seed=3)
good: bool = result.ok
bound = cp.theory.lower_bound(10, 0.05)
samples: int = bound.samples
latex: str = cp.derive("conv2d").to_latex()
"""

WRONG = {
    "a word for a stride": 'cp.conv2d(np.ones((4, 4)), np.ones((3, 3)), stride="2")',
    "another library's keyword": "cp.conv2d(np.ones((4, 4)), np.ones((3, 3)), pad=1)",
    "another library's layout": 'cp.max_pool2d(np.ones((4, 4)), 2, layout="NCHW")',
    "no kernel": "cp.conv1d(np.ones((4, 4)))",
    "a keyword that a transpose has not": (
        'cp.conv_transpose2d(np.ones((4, 4)), np.ones((3, 3)), padding_mode="zeros")'
    ),
    "a window of words": 'cp.avg_pool3d(np.ones((4, 4, 4)), ("2", "2", "2"))',
    "a name with the wrong case": "cp.conv2D",
    "a name that is not there": "cp.convolve",
    "a spec without its kernel size": "cp.Conv()",
    "a word for a number": 'cp.theory.crossing("0.05")',
    "an attribute of the result that is not there": 'cp.check("scipy").okay',
    "a keyword of check that is not there": 'cp.check("scipy", seeds=3)',
}


def run_checker(tool: str, folder: Path, text: str) -> tuple[bool, str]:
    """Whether `tool` accepts a user's file, and what it printed."""
    (folder / "user.py").write_text(text)
    command = {
        # with the settings and the cache of the package, whose sources are known by their contents
        "mypy": [
            *("mypy", "--config-file", str(ROOT / "pyproject.toml")),
            *("--cache-dir", str(ROOT / ".mypy_cache")),
        ],
        "pyright": ["basedpyright", "--level", "error", "--pythonpath", sys.executable],
    }[tool]
    done = subprocess.run(
        [sys.executable, "-m", *command, "user.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "MYPYPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("package", PACKAGES)
def test_every_name_of_a_contents_page_is_there_and_exported(package: str) -> None:
    module = importlib.import_module(package)
    names = listed(str(module.__file__))
    assert names
    assert sorted(names) == module.__all__
    for name in names:
        assert getattr(module, name) is not None
        assert name in dir(module)


@pytest.mark.parametrize("tool", ["mypy", "pyright"])
def test_a_right_file_passes(tool: str, tmp_path: Path) -> None:
    accepted, said = run_checker(tool, tmp_path, RIGHT)
    assert accepted, said


@pytest.mark.parametrize("tool", ["mypy", "pyright"])
def test_each_wrong_line_is_flagged(tool: str, tmp_path: Path) -> None:
    text = "import numpy as np\nimport convproof as cp\n" + "\n".join(WRONG.values()) + "\n"
    accepted, said = run_checker(tool, tmp_path, text)
    assert not accepted
    flagged = {
        number
        for number in range(3, 3 + len(WRONG))
        if f"user.py:{number}:" in said.replace(str(tmp_path) + "/", "")
    }
    missed = [word for number, word in enumerate(WRONG, start=3) if number not in flagged]
    assert not missed, said


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("cp.conv2", "conv2d"), ("cp.der", "derive"), ("cp.theory.lo", "lower_bound")],
)
def test_an_editor_completes(typed: str, wanted: str) -> None:
    script = jedi.Script(f"import convproof as cp\n{typed}", project=jedi.Project(str(ROOT)))
    assert wanted in [completion.name for completion in script.complete()]


@pytest.mark.parametrize(
    ("name", "meant"), [("conv2D", "conv2d"), ("Maxpool", "MaxPool"), ("max_pool2", "max_pool2d")]
)
def test_a_slip_is_told_what_was_meant(name: str, meant: str) -> None:
    with pytest.raises(AttributeError, match=f"no attribute '{name}'; did you mean '{meant}'"):
        getattr(convproof, name)


def test_what_is_like_nothing_gets_no_suggestion() -> None:
    with pytest.raises(AttributeError, match=r"no attribute 'zzz'$"):
        _ = convproof.zzz


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda x: convproof.conv2d(x, x, pad=1), r"^conv2d\(\) got an unexpected keyword"),
        (lambda x: convproof.conv2d(x, x, pad=1), "did you mean 'padding'"),
        (lambda x: convproof.max_pool2d(x, kernel_size=2), "did you mean 'window'"),
        (lambda x: convproof.conv2d(x, x, Stride=1), "did you mean 'stride'"),
        (lambda x: convproof.conv2d(x, x, layout="NCHW"), "did you mean 'channels_first'"),
        (lambda x: convproof.conv2d(x, x, padding_mode="Zeros"), "did you mean 'zeros'"),
    ],
)
def test_a_plain_mistake_is_told_what_was_meant(call, said: str) -> None:
    with pytest.raises((TypeError, convproof.SpecError), match=said):
        call(np.ones((3, 3)))
