"""Sums over windows, channel by channel: the definition's, wherever windows step or lie apart."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

import convproof as cp
from convproof.lower import channels
from convproof.lower.runtime import windows

# taps, gap, offset, stride, coarse
LAYERS = [
    ((3,), (1,), (-1,), (1,), (7,)),
    ((2,), (2,), (0,), (3,), (2,)),
    ((3, 3), (1, 1), (-1, -1), (1, 1), (5, 6)),
    ((2, 3), (2, 1), (0, -2), (2, 2), (2, 4)),
    ((2, 1, 2), (1, 1, 1), (0, 0, -1), (1, 2, 1), (3, 2, 4)),
]


@pytest.mark.parametrize("groups", [1, 3])
@pytest.mark.parametrize(("taps", "gap", "offset", "stride", "coarse"), LAYERS)
def test_they_are_the_definitions(taps, gap, offset, stride, coarse, groups) -> None:
    rng = np.random.default_rng(0)
    x = rng.integers(-4, 5, (2, *(7 for _ in taps), groups, 1)).astype(np.float32)
    kernel = rng.integers(-4, 5, (*taps, 1, groups, 1)).astype(np.float32)
    flow = rng.integers(-4, 5, (2, *coarse, groups, 1)).astype(np.float32)
    seen = windows(x, taps, gap, offset, stride, coarse)
    wide = channels.tiled(kernel, coarse[-1] + 1)  # as for a larger block
    target = np.full((3, *coarse, groups, 1), np.nan, np.float32)
    channels.weigh(target[:2], seen, wide)
    summed = channels.weighed(seen, flow)
    right, sums = np.zeros(flow.shape), np.zeros(kernel.shape)
    for tap in np.ndindex(taps):
        pixels = seen[(*(slice(None),) * (len(taps) + 2), *tap)]
        right += pixels * kernel[tap][0]
        sums[tap][0, :, 0] = (pixels * flow).sum((*range(len(taps) + 1), -1))
    np.testing.assert_array_equal(target[:2], right)
    np.testing.assert_array_equal(summed, sums)
    assert np.isnan(target[2]).all()


def test_pixels_of_a_row_are_one_axis_where_they_lie_together() -> None:
    x = np.zeros((1, 6, 6, 4, 1), np.float32)
    for step, axes in ((1, 5), (2, 6)):
        seen = windows(x, (3, 3), (1, 1), (0, 0), (1, step), (4, 2))
        pixels, places, taps, last = channels.in_rows(seen)
        assert (pixels.ndim, len(last), [*places, *taps, *last]) == (axes, axes - 4, [*range(axes)])


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64, np.int32, np.complex64])
def test_every_dtype_and_block_is_as_exact_as_tap(kind) -> None:
    rng = np.random.default_rng(1)
    for rank, block in product((1, 2, 3), (1, 3, 100)):
        x = rng.integers(-3, 4, (2, *(6,) * rank, 4)).astype(kind)
        kernel = rng.integers(-2, 3, (*(3,) * rank, 1, 4)).astype(kind)
        conv, back = (getattr(cp, f"conv{rank}d{end}") for end in ("", "_backward"))
        more = {"groups": 4, "padding": 1, "stride": 2 if block == 3 else 1}
        y = conv(x, kernel, schedule=f"depthwise block={block}", **more)
        np.testing.assert_array_equal(y, conv(x, kernel, schedule="tap", **more))
        right = back(y, x, kernel, schedule="tap", **more)
        for way in ("depthwise", "dgrad_depthwise"):
            got = back(y, x, kernel, schedule=f"{way} block={block}", **more)
            for one, other in zip(got, right, strict=True):
                np.testing.assert_array_equal(one, other)


def test_an_infinite_weight_beside_the_border_is_no_nan() -> None:
    x, kernel = np.ones((1, 30, 30, 64), np.float32), np.ones((3, 3, 1, 64), np.float32)
    kernel[0, 0, 0, 5] = np.inf
    y = cp.conv2d(x, kernel, padding=1, groups=64)
    np.testing.assert_array_equal(y, cp.conv2d(x, kernel, padding=1, groups=64, schedule="tap"))
    assert not np.isnan(y).any()
