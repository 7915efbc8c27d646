"""Tasks on which tied and untied networks learn with one budget."""

from __future__ import annotations

import numpy as np
import pytest

import convproof as cp
from convproof.networks import samples


def noise(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.random.default_rng(0).integers(0, 256, shape)


def test_the_tasks() -> None:
    pytest.importorskip("sklearn")
    digits, other = samples.task("digits", 0), samples.task("digits", 1)
    assert digits.x.shape == (1347, 8, 8, 1)
    assert digits.test_x.shape == (450, 8, 8, 1)
    assert (digits.test_x != other.test_x).any()
    photographs = samples.task("photographs", 0)
    assert photographs.x.shape[1:] == (12, 12, 1)
    np.testing.assert_allclose(photographs.x.mean(axis=(1, 2, 3)), 0, atol=1e-4)
    assert set(photographs.test_labels) == {0, 1}
    with pytest.raises(cp.SpecError, match="task='faces'"):
        samples.task("faces", 0)


def test_shifted_images_are_moved_by_one_pixel() -> None:
    x = noise(20, 5, 4, 1)
    moved = samples.shifted(x, np.random.default_rng(0))
    seen = set()
    for before, after in zip(x[..., 0], moved[..., 0], strict=True):
        ways = {
            "down": (after[1:] == before[:-1]).all() and not after[0].any(),
            "up": (after[:-1] == before[1:]).all() and not after[-1].any(),
            "right": (after[:, 1:] == before[:, :-1]).all() and not after[:, 0].any(),
            "left": (after[:, :-1] == before[:, 1:]).all() and not after[:, -1].any(),
        }
        assert sum(ways.values()) == 1
        seen |= {way for way, holds in ways.items() if holds}
    assert len(seen) == 4


@pytest.mark.parametrize(("shape", "classes"), [((8, 8, 1), 10), ((12, 12, 1), 2)])
def test_the_budget_is_the_same(shape: tuple[int, ...], classes: int) -> None:
    sizes = [
        sum(p.size for p in cp.Sequential(layers).init(0, shape).parameters.values())
        for layers in samples.nets(shape, classes).values()
    ]
    assert abs(sizes[0] - sizes[1]) / sizes[0] < 0.05


def test_a_trial_is_reproducible_and_learns() -> None:
    pytest.importorskip("sklearn")
    one, two = (samples.trial("digits", "convolutional", 100, 3, 60) for _ in range(2))
    assert one == two
    assert one["plain"] > 0.5
    with pytest.raises(cp.SpecError, match="count=5000"):
        samples.trial("digits", "convolutional", 5000, 3, 1)
