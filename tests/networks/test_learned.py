"""A learned kernel converges where the theorem says, and the data of the study is what it says."""

from __future__ import annotations

import numpy as np
import pytest

import convproof as cp
from convproof.networks import identified, learn_kernel, samples
from convproof.networks.learned import HORIZONTAL, VERTICAL


def noise(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.random.default_rng(0).integers(0, 256, shape)


@pytest.mark.parametrize("wanted", [VERTICAL, HORIZONTAL])
@pytest.mark.parametrize("seed", [0, 1])
def test_on_noise_the_edge_detector_is_found(wanted: np.ndarray, seed: int) -> None:
    found = learn_kernel(noise(14, 13), wanted, seed=seed)
    assert found.problem.must_converge
    assert found.error < 1e-7
    assert np.abs(found.start - wanted).max() > 0.1
    np.testing.assert_allclose(found.predicted, wanted, atol=1e-9)


def test_in_colour() -> None:
    red = np.zeros((3, 3, 3))
    red[..., 0] = VERTICAL
    found = learn_kernel(noise(12, 12, 3), red)
    assert found.problem.taps == found.problem.rank == 27
    assert found.error < 1e-7


@pytest.mark.parametrize(
    ("image", "rank"),
    [
        (np.add.outer(np.zeros(9, int), np.arange(9)), 2),  # a ramp
        (np.ones((6, 6), int), 1),
        (np.tile([[0, 1], [1, 0]], (4, 4)), 2),
        (np.eye(8, dtype=int), 5),
    ],
)
def test_where_the_rank_is_low_it_ends_elsewhere_as_predicted(image: np.ndarray, rank: int) -> None:
    found = learn_kernel(image)
    patches = np.lib.stride_tricks.sliding_window_view(image, (3, 3)).reshape(-1, 9)
    assert found.problem.rank == np.linalg.matrix_rank(patches) == rank
    assert not found.problem.must_converge
    np.testing.assert_allclose(found.kernel, found.predicted, atol=1e-7)
    assert found.error > 1e-2
    np.testing.assert_allclose(  # it reproduces the output all the same
        cp.conv2d(image.astype(float), found.kernel), cp.conv2d(image, VERTICAL), atol=1e-6
    )
    assert "need not be found" in str(found)


def test_a_wrong_prediction_would_be_seen() -> None:
    found = learn_kernel(np.ones((6, 6), int))
    assert np.abs(found.kernel - found.wanted).max() > 0.1
    assert np.abs(found.kernel - found.start).max() > 0.01


def test_refusals() -> None:
    with pytest.raises(cp.SpecError, match="zero"):
        learn_kernel(np.zeros((6, 6), int))
    with pytest.raises(cp.SpecError, match="kernel_size"):
        identified(np.ones((2, 2, 1)), (3, 3))
    with pytest.raises(cp.SpecError, match=r"image\.shape"):
        identified(np.ones((9, 9)), (3, 3))
    barely = np.arange(144).reshape(12, 12) * 10**4 + noise(12, 12) // 200
    with pytest.raises(cp.SpecError, match="steps"):
        learn_kernel(barely, tolerance=1e-12)


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
