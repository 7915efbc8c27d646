"""Where a network follows a shift: no output too many, none too few."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convproof as cp
from convproof.networks import region
from convproof.networks.of_sequential import graph_of
from convproof.networks.region import regions
from tests.networks.drawn import EVERY, Shape, drawn, places


def shifted(x: Any, shift: Shape, incoming: str, rng: Any) -> Any:
    """The image moved, and what comes in."""
    moved = np.roll(x, shift, axis=tuple(range(1, x.ndim - 1)))
    if incoming == "circular":
        return moved
    fill = 0.0 if incoming == "zeros" else 7 * rng.standard_normal(moved.shape)
    came = np.zeros(moved.shape, bool)
    for axis, by in enumerate(shift, 1):
        spot = np.arange(moved.shape[axis]) - by
        gone = (spot < 0) | (spot >= moved.shape[axis])
        came[(slice(None),) * axis + (gone,)] = True
    return np.where(came, fill, moved)


def equal_outputs(net: cp.Sequential, shape: Shape, found: Any, incoming: str, seed: int) -> Any:
    """The outputs that were the shifted ones on ten images."""
    rng = np.random.default_rng(seed)
    same = np.ones(found.mask.shape, bool)
    for _ in range(10):
        x = rng.standard_normal((1, *shape)) * rng.choice([1.0, 5.0])
        moved = shifted(x, found.shift, incoming, rng)
        y, z = (a.reshape(*found.mask.shape, -1) for a in (net.forward(x), net.forward(moved)))
        for place in places(found.mask.shape):
            back = [p - s for p, s in zip(place, found.output_shift, strict=True)]
            if incoming == "circular":
                back = [b % n for b, n in zip(back, found.mask.shape, strict=True)]
            there = all(0 <= b < n for b, n in zip(back, found.mask.shape, strict=True))
            same[place] &= there and np.allclose(z[place], y[tuple(back)], rtol=1e-9, atol=1e-9)
    return same


@pytest.mark.parametrize("incoming", ["anything", "zeros", "circular"])
@pytest.mark.parametrize("seed", range(25))
def test_the_region_claims_nothing_false(seed: int, incoming: str) -> None:
    net, shape = drawn(seed, EVERY)
    shift = tuple(int(s) for s in np.random.default_rng(seed).integers(-3, 4, len(shape) - 1))
    found = regions(graph_of(net, shape), shift, incoming)[-1]
    if found.output_shift is not None:
        same = equal_outputs(net, shape, found, incoming, seed)
        assert not (found.mask & ~same).any()


@pytest.mark.parametrize("seed", range(40))
def test_the_region_is_all_of_it(seed: int) -> None:
    """Without maxima, which may come from where both images agree, it is exact."""
    incoming = "anything"
    kinds = ("zeros", "zeros", "circular", "reflect", "replicate", "transposed", "tanh")
    net, shape = drawn(seed, kinds)
    shift = tuple(int(s) for s in np.random.default_rng(seed).integers(-2, 3, len(shape) - 1))
    found = regions(graph_of(net, shape), shift, incoming)[-1]
    if found.output_shift is not None:
        same = equal_outputs(net, shape, found, incoming, seed)
        np.testing.assert_array_equal(found.mask, same)


def test_a_wrong_region_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above fails if what is lost at the edge is forgotten."""
    right = region.Runs.by_taps
    monkeypatch.setattr(region.Runs, "by_taps", lambda self: right(self) | self.exists)
    net = cp.Sequential([cp.Conv(3, 1, padding=1)]).init(0, (6, 6, 1), dtype="float64")
    found = net.equivariance_region(1, (6, 6, 1))
    same = equal_outputs(net, (6, 6, 1), found, "anything", 0)
    assert (found.mask & ~same).any()
