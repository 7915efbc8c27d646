"""PyTorch modules and ONNX files: branches, skips and dilation, held against poison."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

import convproof as cp
from convproof.networks.poison import dependence
from tests.networks.modules import MODULES, Branches, hold, made, nn, runs, torch


@pytest.mark.parametrize("name", MODULES)
def test_a_module_reads_what_poison_reaches(name: str) -> None:
    module, shape = made(name)
    found = cp.explain(module, shape)
    space = shape[1:]
    hold(found.graph, dependence(runs(module), (*space, shape[0]), len(space)))
    assert found.parameters == sum(p.numel() for p in module.parameters())
    batch = cp.explain(module, (1, *shape))
    assert [row.field.size for row in batch.rows] == [row.field.size for row in found.rows]


@pytest.mark.parametrize("name", ["residual", "branches", "skips", "one axis"])
@pytest.mark.parametrize("shift", [1, 2, -2, 4])
def test_a_modules_region(name: str, shift: int) -> None:
    """On random images the outputs in the region shift, and the others do not."""
    module, shape = made(name)
    rank = len(shape) - 1
    found = cp.explain(module, shape, shift=shift).rows[-1].region
    if found.output_shift is None:
        return
    rng = np.random.default_rng(0)
    x = rng.standard_normal((8, *shape[1:], 1))
    moved = np.roll(x, (shift,) * rank, axis=tuple(range(1, rank + 1)))
    came = np.zeros(moved.shape, bool)
    for axis in range(1, rank + 1):
        spot = np.arange(moved.shape[axis]) - shift
        came[(slice(None),) * axis + ((spot < 0) | (spot >= moved.shape[axis]),)] = True
    moved = np.where(came, rng.standard_normal(moved.shape), moved)
    y, z = (np.moveaxis(runs(module)(a), 0, -1) for a in (x, moved))
    for place in itertools.product(*(range(n) for n in found.mask.shape)):
        back = [p - s for p, s in zip(place, found.output_shift, strict=True)]
        there = all(0 <= b < n for b, n in zip(back, found.mask.shape, strict=True))
        same = there and bool(np.allclose(z[place], y[tuple(back)], rtol=1e-9, atol=1e-9))
        assert same == found.mask[place], place


def test_a_cross_is_no_box() -> None:
    found = cp.explain(nn.Sequential(Branches(1)), (1, 15, 15)).rows[-1].field
    assert found.size == (7, 7)
    wanted = np.zeros((7, 7), bool)
    wanted[3, 2:5] = wanted[2:5, 3] = wanted[::3, ::3] = True
    np.testing.assert_array_equal(found.taps, wanted)


def test_what_is_not_known_is_named() -> None:
    class Shuffle(nn.Module):  # type: ignore[misc]  # torch is untyped here
        def forward(self, x: Any) -> Any:
            return torch.fft.fft(x).real

    with pytest.raises(cp.SpecError, match=r"fft.*not known here"):
        cp.explain(Shuffle(), (1, 4, 4))
    with pytest.raises(cp.SpecError, match="several sizes"):
        cp.explain(nn.Sequential(nn.AdaptiveAvgPool2d(3)), (1, 7, 7))
    with pytest.raises(cp.SpecError, match="input_shape"):
        cp.explain(nn.Sequential(nn.Conv2d(3, 2, 3)), (1, 7, 7))

    class Branching(nn.Module):  # type: ignore[misc]  # likewise
        def forward(self, x: Any) -> Any:
            return x if x.sum() > 0 else -x

    with pytest.raises(cp.SpecError, match=r"torch\.fx cannot trace"):
        cp.explain(Branching(), (1, 4, 4))


def test_a_module_is_left_as_it_was() -> None:
    module = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2)).train()
    cp.explain(module, (1, 6, 6))
    assert all(part.training for part in module.modules())
    assert int(module[1].num_batches_tracked) == 0
