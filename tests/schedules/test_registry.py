"""Schedules: what registers itself is generated, certified and tested; a wrong one is refused."""

from __future__ import annotations

import importlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import convproof
import convproof as cp
from convproof.functions import selection
from convproof.generated.costs import COUNTS, FEATURES
from convproof.schedules import REGISTRY, registry
from convproof.schedules.layer import Layer, Window
from convproof.spec import Axis

PACKAGE = Path(convproof.__path__[0])
MODULES = [f"{kind}{rank}d" for kind in ("conv", "max_pool", "avg_pool") for rank in (1, 2, 3)]


def claimed(module: str) -> set[str]:
    """The functions that registered schedules have in a generated module."""
    kind = module[:-2]
    ops = ("avg_pool_include", "avg_pool_exclude") if kind == "avg_pool" else (kind,)
    pairs = [(op, goal) for op in ops for _, goal in registry.RESULTS]
    return {one.function(op, goal) for op, goal in pairs for one in registry.of(op, goal)}


@pytest.mark.parametrize("module", MODULES)
def test_each_generated_function_is_a_schedules(module: str) -> None:
    found = importlib.import_module(f"convproof.generated.{module}")
    public = {
        name
        for name, value in vars(found).items()
        if getattr(value, "__module__", "") == found.__name__ and not name.startswith("count_")
    }
    assert public == claimed(module)
    for name in public:
        assert re.search(r"[Ss]chedule \w+:", getattr(found, name).__doc__)


def test_each_file_registers_and_each_goal_has_a_safe_schedule() -> None:
    infrastructure = {"__init__", "registry", "layer"}
    for path in (PACKAGE / "schedules").glob("*.py"):
        if path.stem not in infrastructure:
            assert any(name.startswith(path.stem) or path.stem in name for name in REGISTRY), path
    window = Window.of((Axis(3, 2, 1, 1, 1),), (9,))
    for op in ("conv", "max_pool", "avg_pool_include", "avg_pool_exclude"):
        layer = Layer(op, window, 1, 2, 1, 2)
        for kind, goal in registry.RESULTS:
            if not op.startswith(kind) or goal in ("bias", "gradient bias"):
                continue
            # What only schedules of a layout of their own have is not to be chosen.
            if any(not one.own_layout for one in registry.of(op, goal)):
                assert selection.candidates(layer, goal, safe=True, exact=True)


def test_every_choice_has_a_cost() -> None:
    functions = {pair for module in MODULES for pair in ((module, f) for f in claimed(module))}
    priced = {(m, f) for m, f in functions if not f.endswith("bias")}
    assert set(COUNTS) == priced
    assert len(selection.machine()) == len(FEATURES)


def test_two_schedules_of_one_name_are_refused() -> None:
    class Tap(registry.Schedule):
        name = "tap"

    with pytest.raises(ValueError, match="tap"):
        registry.register(Tap)


def test_a_schedule_can_be_asked_for() -> None:
    x, kernel = np.arange(60.0).reshape(1, 5, 6, 2), np.ones((3, 2, 2, 3))
    right = cp.conv2d(x, kernel, schedule="exact")
    for way in ("tap", "im2row", "im2col", "im2row block=1", "im2col block=2"):
        np.testing.assert_array_equal(cp.conv2d(x, kernel, schedule=way), right)
    free = cp.conv2d_backward(right, x, kernel)
    for way in ("dgrad_im2col", "im2row", "tap", "exact", "dgrad_im2row block=3"):
        backs = cp.conv2d_backward(right, x, kernel, schedule=way)
        assert all(np.array_equal(*pair) for pair in zip(backs, free, strict=True))
    blocks = ("im2row block", "im2row block=0", "tap block=1", "im2row block=1 block=1")
    for wrong in ("im2", "dgrad_im2row", "", *blocks):
        with pytest.raises(cp.SpecError, match=r"^schedule=.*: allowed is"):
            cp.conv2d(x, kernel, schedule=wrong)
    with pytest.raises(cp.SpecError, match=r"^schedule=3: allowed is"):
        cp.conv2d(x, kernel, schedule=3)


TWICE = """
from dataclasses import replace
from convproof.schedules.registry import register
from convproof.schedules.tap import Tap

@register
class Twice(Tap):
    name = "twice"
    goals = ("forward",)
    ops = ("conv",)

    def lower(self, derivation, goal):
        found = super().lower(derivation, goal)
        return replace(found, body=(*found.body, found.body[-1]))
"""
BEYOND = """
from dataclasses import fields, is_dataclass
from convproof.schedules.registry import register
from convproof.schedules.im2row import Im2row

def first(node):
    from sympy import Expr, Integer, Symbol
    if isinstance(node, Expr):
        return node.xreplace({Symbol("rows_start", integer=True): Integer(0)})
    if isinstance(node, tuple):
        return tuple(map(first, node))
    if is_dataclass(node):
        return type(node)(*(first(getattr(node, f.name)) for f in fields(node)))
    return node

@register
class Beyond(Im2row):
    name = "beyond"
    goals = ("gradient kernel",)

    def lower(self, derivation, goal):
        return first(super().lower(derivation, goal))
"""
RIGHT = TWICE.replace("(*found.body, found.body[-1])", "found.body").replace('"twice"', '"again"')
SCRIPT = """
import subprocess, sys
subprocess.run([sys.executable, "-m", "convproof.emit"], check=True, capture_output=True)
import convproof as cp
verdict = cp.conv1d.certificate().verdict
print(verdict.status.value, verdict.reason)
"""


@pytest.mark.parametrize(
    ("text", "name", "holds"),
    [(TWICE, "twice", False), (BEYOND, "beyond", False), (RIGHT, "again", True)],
)
def test_a_new_file_is_generated_and_certified_or_refused(
    text: str, name: str, holds: bool, tmp_path: Path
) -> None:
    """Nothing else is edited: the file is all that is added."""
    shutil.copytree(PACKAGE, tmp_path / "convproof", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "convproof" / "schedules" / f"{name}.py").write_text(text)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    generated = (tmp_path / "convproof" / "generated" / "conv1d.py").read_text()
    assert f"_{name}(" in generated
    assert done.stdout.startswith("held" if holds else "refuted"), done.stdout
    assert holds or name in done.stdout
