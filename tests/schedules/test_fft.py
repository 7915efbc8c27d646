"""Spectra: chosen where they gain, bounded, and never for numbers that would spread."""

from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pytest

import convproof as cp
from convproof.certify.blocks import in_blocks
from convproof.functions.planning import layer_of, workspace
from convproof.functions.selection import select
from convproof.generated import conv1d
from convproof.lower import transforms

RNG = np.random.default_rng(7)
LAYERS: list[tuple[tuple[int, ...], tuple[int, ...], dict[str, Any]]] = [
    ((2, 50, 1), (9, 1, 1), {"padding": 4}),
    ((3, 31, 2), (6, 2, 3), {"padding": "same", "dilation": 3}),
    ((1, 33, 20, 1), (7, 3, 1, 2), {"padding": ((3, 2), (0, 1))}),
    ((2, 16, 19, 6), (5, 5, 1, 6), {"groups": 6, "padding_mode": "circular", "padding": 2}),
    ((1, 9, 8, 7, 2), (3, 4, 2, 2, 2), {"padding": 1}),
]


@pytest.mark.parametrize(("shape", "kernel", "more"), LAYERS)
@pytest.mark.parametrize("way", ["fft", "fft step=1 block=1", "fft step=5 block=2"])
def test_it_is_the_definition_within_its_bound(
    shape: tuple[int, ...], kernel: tuple[int, ...], more: dict[str, Any], way: str
) -> None:
    rank = len(shape) - 2
    conv, back = getattr(cp, f"conv{rank}d"), getattr(cp, f"conv{rank}d_backward")
    x = RNG.standard_normal(shape).astype(np.float32)
    weights = RNG.standard_normal(kernel).astype(np.float32)
    exact = conv(x.astype(float), weights.astype(float), schedule="exact", **more)
    spec = cp.Conv(kernel[:rank], kernel[-1], bias=False, **more)
    got = conv(x, weights, schedule=way, **more)
    bound = cp.error_bound(spec, shape, schedule=way)
    assert (np.abs(got - exact) <= bound(x, weights)).all()
    assert np.abs(got - exact).max() < 1e-5 * np.abs(exact).max()
    dy = RNG.standard_normal(exact.shape)
    for kind in (np.float64, np.complex64):
        wanted = back(dy, x.astype(float), weights.astype(float), schedule="exact", **more)
        made = back(dy.astype(kind), x.astype(kind), weights.astype(kind), schedule=way, **more)
        for one, right in zip(made, wanted, strict=True):
            assert np.abs(one - right).max() < 1e-5 * np.abs(right).max()


def test_it_is_planned_for_large_kernels_and_not_where_sums_must_be_exact() -> None:
    for taps, way in ((3, "im2col"), (15, "fft"), (31, "fft")):
        found = cp.plan(cp.Conv(taps, 1, padding=taps // 2, bias=False), (1, 512, 512, 1))
        assert {part.schedule for part in found.parts} == {way} or taps == 3
        assert found.schedule == way
        assert all(part.workspace <= 3 * found.bytes for part in found.parts)
    x = RNG.integers(-5, 6, (1, 120, 120, 1))
    kernel = RNG.integers(-5, 6, (31, 31, 1, 1))
    right = cp.conv2d(x.astype(float), kernel.astype(float), schedule="exact")
    assert cp.plan(cp.Conv(31, 1, bias=False), x.shape).schedule == "fft"
    assert (cp.conv2d(x, kernel) == right).all()  # integers are exact, whatever is planned
    floats = x.astype(np.float32), kernel.astype(np.float32)
    assert (cp.conv2d(*floats) == right).all()  # and so are floats that are whole numbers
    assert not (cp.conv2d(*floats, schedule="fft") == right).all()  # the control
    free = cp.conv2d_backward(right, *(one.astype(float) for one in floats))
    exact = cp.conv2d_backward(right, *(one.astype(float) for one in floats), schedule="exact")
    assert all((one == other).all() for one, other in zip(free, exact, strict=True))
    with pytest.raises(cp.SpecError, match="schedule"):
        cp.conv2d(x, kernel, schedule="fft")


@pytest.mark.parametrize("channels", [1, 3])
def test_the_workspace_is_what_a_call_takes(channels: int) -> None:
    shape, kernel = (2, 200, 180, channels), (21, 17, channels, 4)
    x, weights = (RNG.standard_normal(size).astype(np.float32) for size in (shape, kernel))
    layer = layer_of(cp.Conv((21, 17), 4, padding=8), shape, 4)
    dy = RNG.standard_normal(layer.flow_shape).astype(np.float32)[..., 0, :]
    goals = "forward", "gradient x", "gradient kernel"
    said = [workspace(select(layer, goal, "fft"), layer, goal) for goal in goals]
    calls = (
        lambda: cp.conv2d(x, weights, padding=8, schedule="fft"),
        lambda: cp.conv2d_backward(dy, x, weights, padding=8, schedule="fft"),
    )
    for call, most in zip(calls, (said[0], max(said[1:])), strict=True):
        for _ in range(3):  # what is made of a kernel that comes again is kept
            call()
        tracemalloc.start()
        made = call()
        taken = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert (
            taken - sum(one.nbytes for one in (made if isinstance(made, tuple) else (made,)))
            <= most + 2**18
        )


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 3e38])
def test_a_number_that_is_not_finite_reaches_its_own_windows_only(bad: float) -> None:
    x = RNG.standard_normal((1, 100, 100, 1)).astype(np.float32)
    kernel = RNG.standard_normal((31, 31, 1, 1)).astype(np.float32)
    x[0, 3, 96] = bad
    with np.errstate(all="ignore"):
        got = cp.conv2d(x, kernel, schedule="fft")
        right = cp.conv2d(x, kernel, schedule="exact")
    away = np.ones(got.shape, bool)
    away[:, :4, 66:] = False
    assert np.array_equal(np.isfinite(got), np.isfinite(right))
    assert np.abs(got[away] - right[away]).max() < 1e-4
    assert np.array_equal(np.isnan(got), np.isnan(right))


def test_wrong_ways_back_are_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes around the circle, a tile that is laid a place off, a kernel not turned."""
    assert in_blocks("conv", 1)[0].holds
    restored, lay, spectrum = transforms.restored, transforms.lay, transforms.spectrum

    def around(array: Any, first: int, sizes: Any, kept: Any, gap: Any, dtype: Any) -> Any:
        more = restored(array, first, sizes, tuple(one + 1 for one in kept), gap, dtype)
        return more.take(range(1, more.shape[first]), first)

    def off(target: Any, tiles: Any, step: int) -> None:
        lay(target, np.roll(tiles, 1, 1), step)

    def ahead(*args: Any, turned: bool = False) -> Any:
        return spectrum(*args, turned=False)

    for name, wrong in (("restored", around), ("lay", off), ("spectrum", ahead)):
        with monkeypatch.context() as patch:
            patch.setattr(conv1d, name, wrong)
            verdict = in_blocks("conv", 1)[0]
        assert verdict.refuted
        assert "fft" in verdict.reason
