"""Against SciPy, where it has the operation: plain images, exactly, on integers."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import ndimage, signal

import convproof as cp

MODES = {"circular": "grid-wrap", "reflect": "mirror", "replicate": "nearest", "zeros": "constant"}
SHAPES = {1: (7,), 2: (6, 5), 3: (4, 5, 3)}


def image(shape: tuple[int, ...], seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(-9, 10, shape)


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_valid_and_full_correlation(rank: int) -> None:
    for seed, taps in enumerate(itertools.product((1, 2, 3), repeat=rank)):
        x, kernel = image(SHAPES[rank], seed), image(taps, seed + 100)
        y = getattr(cp, f"conv{rank}d")(x, kernel)
        assert (y == signal.correlate(x, kernel, "valid", method="direct")).all()
        full = getattr(cp, f"conv{rank}d")(x, kernel, padding=[(k - 1, k - 1) for k in taps])
        assert (full == signal.correlate(x, kernel, "full", method="direct")).all()
        # and the transposed convolution is SciPy's true convolution, of full size
        y = getattr(cp, f"conv_transpose{rank}d")(x, kernel)
        assert (y == signal.convolve(x, kernel, "full", method="direct")).all()


@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize("mode", MODES)
def test_border_modes(rank: int, mode: str) -> None:
    conv = getattr(cp, f"conv{rank}d")
    for seed, taps in enumerate(itertools.product((1, 3), repeat=rank)):
        x, kernel = image(SHAPES[rank], seed), image(taps, seed + 100)
        y = conv(x, kernel, padding="same", padding_mode=mode)
        assert (y == ndimage.correlate(x, kernel, mode=MODES[mode], cval=0)).all()


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_pooling_at_every_pixel(rank: int) -> None:
    shape, size = SHAPES[rank], 3
    x = image(shape, rank).astype(float)
    y = getattr(cp, f"max_pool{rank}d")(x, size, stride=1, padding=1)
    assert (y == ndimage.maximum_filter(x, size, mode="constant", cval=-np.inf)).all()
    total = ndimage.correlate(x, np.ones((size,) * rank), mode="constant")
    count = ndimage.correlate(np.ones(shape), np.ones((size,) * rank), mode="constant")
    avg = getattr(cp, f"avg_pool{rank}d")
    assert (avg(x, size, stride=1, padding=1) == total / size**rank).all()
    mean = avg(x, size, stride=1, padding=1, count_include_pad=False)
    assert (mean == total / count).all()
