"""Plans: what they say is what a call does."""

from __future__ import annotations

import tracemalloc
from math import prod

import numpy as np
import pytest

import convproof as cp
from convproof.functions.planning import layer_of, workspace
from convproof.functions.selection import select


def test_a_plan_says_what_a_call_does() -> None:
    found = cp.plan(cp.Conv(3, 8, padding=1), (1, 8, 8, 4))
    assert found.schedule in str(found)
    assert f"def forward_{found.schedule}(" in found.code
    assert found.flops == 2 * 9 * 4 * 8 * 64 or found.schedule.startswith("winograd")
    assert found.bytes == 4 * (8 * 8 * 4 + 9 * 4 * 8 + 8 * 8 * 8)
    assert found.error_bound.factor > 0
    assert [part.goal for part in found.parts] == ["forward", "gradient x", "gradient kernel"]
    assert len(str(found).splitlines()) == 6
    pool = cp.plan(cp.MaxPool(2), (9, 9), dtype="float64")
    assert [part.goal for part in pool.parts] == ["forward", "gradient x"]


@pytest.mark.parametrize("way", ["im2row", "im2col", "winograd_2x3", "winograd_4x3", "tap"])
def test_the_workspace_is_what_a_call_takes(way: str) -> None:
    spec, shape = cp.Conv(3, 16, padding=1), (4, 40, 40, 16)
    rng = np.random.default_rng(0)
    x = rng.standard_normal(shape).astype(np.float32)
    kernel = rng.standard_normal((3, 3, 16, 16)).astype(np.float32)
    layer = layer_of(spec, shape, 4)
    said = workspace(select(layer, "forward", way), layer, "forward")
    cp.conv2d(x, kernel, padding=1, schedule=way)
    tracemalloc.start()
    cp.conv2d(x, kernel, padding=1, schedule=way)
    taken = tracemalloc.get_traced_memory()[1] - 4 * prod(layer.flow_shape)
    tracemalloc.stop()
    # Python's own objects, and what NumPy buffers for a loop, are some thousand bytes.
    assert taken <= said + 2**17
    assert said <= 3 * 4 * (x.size + 40 * 40 * 4 * 16) + 2**20


@pytest.mark.parametrize("dtype", ["int32", "float8", "f", None, 3.5])
def test_a_dtype_without_a_plan_is_refused(dtype: object) -> None:
    if dtype == "f":
        assert cp.plan(cp.Conv(3, 1), (5, 5), dtype="f").dtype == "float32"
        return
    if dtype is None:  # NumPy takes it for float64
        return
    with pytest.raises(cp.SpecError, match=r"^dtype=.*: allowed is"):
        cp.plan(cp.Conv(3, 1), (5, 5), dtype=dtype)


def test_a_layer_that_does_not_fit_has_no_plan() -> None:
    with pytest.raises(cp.SpecError):
        cp.plan(cp.Conv(3), (2, 2))
    with pytest.raises(TypeError, match="spec"):
        cp.plan("conv2d", (9, 9))
