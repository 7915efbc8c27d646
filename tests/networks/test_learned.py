"""A learned kernel converges where the theorem says, and the data of the study is what it says."""

from __future__ import annotations

import numpy as np
import pytest

import convproof as cp
from convproof.networks import identified, learn_kernel
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
