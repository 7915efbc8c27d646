"""`convproof generate`: what it writes runs where only NumPy is, and equals the package."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import convproof as cp
from convproof.cli import main

LAYERS: dict[str, tuple[list[str], dict[str, Any], tuple[int, ...]]] = {
    "conv1d": (
        ["--kernel", "3", "--stride", "2", "--padding", "2:1", "--groups", "2"],
        {"stride": 2, "padding": ((2, 1),), "groups": 2},
        (3, 2, 4),
    ),
    "conv2d": (
        ["--kernel", "3x2", "--stride", "2x1", "--padding", "same", "--activation", "relu"],
        {"stride": (2, 1), "padding": "same", "activation": "relu"},
        (3, 2, 2, 3),
    ),
    "conv3d": (
        ["--kernel", "2x1x2", "--dilation", "2", "--padding", "1", "--padding-mode", "replicate"],
        {"dilation": 2, "padding": 1, "padding_mode": "replicate"},
        (2, 1, 2, 2, 2),
    ),
    "max_pool2d": (
        ["--window", "3x2", "--stride", "2", "--padding", "1", "--ceil-mode"],
        {"stride": 2, "padding": 1, "ceil_mode": True},
        (3, 2),
    ),
    "avg_pool2d": (
        ["--window", "3", "--stride", "2", "--padding", "1", "--exclude-pad"],
        {"stride": 2, "padding": 1, "count_include_pad": False},
        (3, 3),
    ),
}
IMAGES = {1: (2, 7, 4), 2: (2, 7, 6, 2), 3: (2, 5, 4, 5, 2)}

# Run by the interpreter of an environment that holds NumPy and nothing else.
SCRIPT = """
import importlib.util, sys, numpy as np
from pathlib import Path
for name in ("scipy", "sympy", "convproof"):
    assert importlib.util.find_spec(name) is None, name
for path in map(Path, sys.argv[1:]):
    spec = importlib.util.spec_from_file_location("layer", path)
    layer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(layer)
    given = dict(np.load(path.with_suffix(".npz")))
    dy, arrays = given.pop("dy"), list(given.values())
    found = layer.backward(dy, *arrays)
    found = found if isinstance(found, tuple) else (found,)
    np.savez(path.with_suffix(".out.npz"), layer.forward(*arrays), *found)
"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interpreter in an environment that holds only NumPy (this one's, linked)."""
    home = tmp_path_factory.mktemp("bare")
    venv.create(home, with_pip=False, symlinks=True)
    packages = next(home.glob("lib/python*/site-packages"))
    installed = Path(np.__file__).parent
    (packages / "numpy").symlink_to(installed)
    libraries = installed.parent / "numpy.libs"
    if libraries.exists():
        (packages / "numpy.libs").symlink_to(libraries)
    return home / "bin" / "python"


def arguments(operation: str) -> tuple[dict[str, np.ndarray], dict[str, Any], Any]:
    """(arrays, the package's keywords, the window if it is a pooling)."""
    rng = np.random.default_rng(7)
    _, keywords, shape = LAYERS[operation]
    rank = int(operation[-2])
    arrays = {"x": rng.integers(-5, 6, IMAGES[rank]).astype(float)}
    window = None
    if operation.startswith("conv"):
        arrays["kernel"] = rng.integers(-5, 6, shape).astype(float)
        arrays["bias"] = rng.integers(-5, 6, shape[-1]).astype(float)
    else:
        window = shape
    rest = [window] if window else [arrays["kernel"], arrays["bias"]]
    y = getattr(cp, operation)(arrays["x"], *rest, **keywords)
    arrays["dy"] = rng.integers(-5, 6, y.shape).astype(float)
    return arrays, keywords, window


def expected(operation: str) -> list[np.ndarray]:
    arrays, keywords, window = arguments(operation)
    rest = [window] if window else [arrays["kernel"], arrays["bias"]]
    y = getattr(cp, operation)(arrays["x"], *rest, **keywords)
    g = getattr(cp, f"{operation}_backward")(arrays["dy"], arrays["x"], *rest, **keywords)
    return [y, *(g if isinstance(g, tuple) else (g,))]


def test_generated_files_run_with_numpy_alone(bare: Path, tmp_path: Path) -> None:
    paths = []
    for operation, (options, _, _) in LAYERS.items():
        path = tmp_path / f"{operation}.py"
        assert main(["generate", operation, *options, "-o", str(path)]) == 0
        np.savez(path.with_suffix(".npz"), **arguments(operation)[0])
        paths.append(str(path))
    subprocess.run([str(bare), "-I", "-W", "error", "-c", SCRIPT, *paths], check=True, cwd=tmp_path)
    for operation in LAYERS:
        with np.load(tmp_path / f"{operation}.out.npz") as found:
            right = expected(operation)
            assert len(found.files) == len(right)
            for name, other in zip(found.files, right, strict=True):
                assert found[name].shape == other.shape
                assert (found[name] == other).all(), operation


def test_the_header_says_where_it_comes_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "conv1d", "--kernel", "2"]) == 0
    text = capsys.readouterr().out
    digest = cp.derive(cp.Conv((2,))).digest
    head = text.split('"""')[1]
    assert digest in head
    assert cp.__version__ in head
    assert "Certified exactly" in head
    assert text == cp.generate(cp.Conv((2,)))
    assert {line.split()[1] for line in text.splitlines() if line.startswith("import ")} == {
        "numpy"
    }


@pytest.mark.parametrize(
    "argv",
    [
        ["conv2d", "--kernel", "0"],
        ["conv2d", "--window", "2"],
        ["max_pool2d", "--kernel", "2"],
        ["conv4d"],
        ["conv2d", "--groups", "2", "--out-channels", "3"],
    ],
    ids=" ".join,
)
def test_a_mistake_writes_nothing(argv: list[str], tmp_path: Path) -> None:
    path = tmp_path / "layer.py"
    assert main(["generate", *argv, "-o", str(path)]) == 2
    assert not list(tmp_path.iterdir())


def test_a_written_file_has_a_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "layer.py"
    assert main(["generate", "conv1d", "--kernel", "2", "-o", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: conv1d, forward and backward\n"


def test_what_was_not_certified_is_said_beside_the_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["generate", "conv1d", "--kernel", "900"]) == 0
    out, err = capsys.readouterr()
    assert "Not certified" in out
    assert err == "convproof: not certified: the layer is too large for it\n"
    assert main(["generate", "conv1d", "--kernel", "2"]) == 0
    assert capsys.readouterr().err == ""


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "conv1d", "-o", str(tmp_path / "no" / "layer.py")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_bare_environment_is_bare(bare: Path) -> None:
    code = (
        "import json, importlib.util as u; "
        "print(json.dumps([bool(u.find_spec(n)) for n in ('numpy', 'sympy')]))"
    )
    done = subprocess.run([str(bare), "-I", "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [True, False]
    assert sys.executable != str(bare)
