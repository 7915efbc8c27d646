"""What importing costs: a hard test on what is loaded, and one generous figure for the time."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("sympy", "scipy", "hypothesis", "pytest", "torch", "jax", "onnx", "rich", "matplotlib")


def run(code: str) -> str:
    """What `code` prints in a fresh interpreter that turns warnings into errors."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def loaded(code: str) -> set[str]:
    """The names of all modules that `code` leaves loaded."""
    return set(run(f"{code}\nimport sys; print(*sys.modules)").split())


@pytest.mark.parametrize(
    "code",
    [
        "import convproof",
        "import convproof as cp; cp.Conv(3).output_shape((8, 8))",
        "import convproof as cp; cp.conv2d, cp.max_pool1d_backward, cp.Gradients",
        "import convproof as cp, numpy as np; cp.conv2d(np.ones((4, 4)), np.ones((3, 3)))",
        "import convproof.cli; convproof.cli.build_parser()",
    ],
)
def test_nothing_heavy_is_loaded(code: str) -> None:
    modules = loaded(code)
    assert not modules.intersection(HEAVY)


def test_the_check_above_can_fail() -> None:
    assert "sympy" in loaded("import sympy")


def test_every_public_name_is_there() -> None:
    run("import convproof as cp\nfor name in cp.__all__: getattr(cp, name)")


def test_an_unknown_name_is_an_attribute_error() -> None:
    code = "import convproof\ntry: convproof.conv9d\nexcept AttributeError as e: print(e)"
    assert "conv9d" in run(code)


def test_import_time_against_numpy(record_property: pytest.RecordProperty) -> None:
    """At most 1.3 times `import numpy`; the quickest of interleaved runs, whatever the load."""
    clock = "import time; t = time.perf_counter()\n{}\nprint(time.perf_counter() - t)"
    work = {
        "numpy": "import numpy",
        "convproof": "import convproof",
        "conv2d": "import convproof; convproof.conv2d",
    }
    seconds = {name: float("inf") for name in work}
    for _ in range(5):
        for name, code in work.items():
            seconds[name] = min(seconds[name], float(run(clock.format(code))))
    for name in ("convproof", "conv2d"):
        ratio = seconds[name] / seconds["numpy"]
        record_property(f"{name}_import_over_numpy", round(ratio, 2))
        print(f"import {name}: {ratio:.2f} x import numpy")
        if name == "convproof":
            assert ratio <= 1.3
