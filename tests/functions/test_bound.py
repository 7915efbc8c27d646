"""Error bounds: they hold, they are not idle, and a wrong result exceeds them."""

from __future__ import annotations

import numpy as np
import pytest

import convproof as cp
from convproof.functions.bound import UNITS, amplification, gamma
from convproof.schedules import REGISTRY

WAYS = ["exact", "im2row", "im2col", "tap", "winograd_2x3", "winograd_4x3"]


def layer(seed, dtype):
    rng = np.random.default_rng(seed)
    x = (rng.standard_normal((2, 9, 8, 6)) * 10.0 ** rng.integers(-2, 3)).astype(dtype)
    kernel, bias = (rng.standard_normal(s).astype(dtype) for s in ((3, 3, 6, 5), (5,)))
    return x, kernel, bias


@pytest.mark.parametrize("dtype", ["float16", "float32"])
@pytest.mark.parametrize("way", WAYS)
def test_a_computed_layer_is_within_its_bound(way: str, dtype: str) -> None:
    spec = cp.Conv(3, 5, padding=1)
    used = 0.0
    for seed in range(10):
        arrays = layer(seed, dtype)
        bound = cp.error_bound(spec, arrays[0].shape, schedule=way, dtype=dtype)
        right = cp.conv2d(*(a.astype(float) for a in arrays), padding=1, schedule="exact")
        got = cp.conv2d(*arrays, padding=1, schedule=way).astype(float)
        # The exact layer is computed in float64: its own error is 2^-29 of the bound in float32.
        share = np.abs(got - right) / bound(*arrays)
        used = max(used, float(share.max()))
        wrong = cp.conv2d(arrays[0], arrays[1][::-1], arrays[2], padding=1).astype(float)
        assert (np.abs(wrong - right) > bound(*arrays)).any()
    assert 1e-5 < used <= 1.0


def test_sums_in_half_precision_exceed_the_bound_of_sums_in_single() -> None:
    rng = np.random.default_rng(0)
    x, kernel = (
        rng.random((1, 40, 16)).astype(np.float16),
        rng.random((5, 16, 1)).astype(np.float16),
    )
    right = cp.conv1d(x.astype(float), kernel.astype(float))
    naive = np.zeros_like(right, dtype=np.float16)
    for k in range(5):
        for c in range(16):
            naive[..., 0] += x[:, k : k + 36, c] * kernel[k, c, 0]
    spec = cp.Conv((5,), 1, bias=False)
    single = cp.error_bound(spec, x.shape, dtype="float16")
    half = cp.error_bound(spec, x.shape, dtype="float16", accumulate="float16")
    off = np.abs(naive.astype(float) - right)
    assert (off > single(x, kernel)).any()
    assert (off <= half(x, kernel)).all()


def test_the_words_of_a_bound() -> None:
    spec = cp.Conv(3, 64, bias=False)
    direct = cp.error_bound(spec, (8, 56, 56, 64))
    assert (direct.kind, direct.of) == ("componentwise", "conv(|x|, |w|)")
    assert direct.factor == gamma(576, UNITS["float32"])
    four, two = (cp.error_bound(spec, (56, 56, 64), schedule=f"winograd_{m}x3") for m in (4, 2))
    assert four.kind == two.kind == "normwise"
    assert four.factor > two.factor > 0
    assert "max|x|" in str(four)
    assert cp.error_bound(spec, (56, 56, 64), schedule="fft").kind == "normwise"
    assert cp.error_bound(cp.MaxPool(2), (8, 8)).factor == 0
    tf32 = cp.error_bound(spec, (56, 56, 64), dtype="tf32")
    assert tf32.factor > 2 * UNITS["tf32"]
    assert cp.error_bound(spec, (9, 9, 10**9), dtype="float16", accumulate="float16").factor > 1e300


def test_the_usual_points_amplify_more_than_the_chosen() -> None:
    chosen = REGISTRY["winograd_4x3"].points  # type: ignore[attr-defined]  # Winograd's own
    assert amplification(4, 3, ("0", "1", "-1", "2", "-2")) > amplification(4, 3, chosen)


@pytest.mark.parametrize(
    ("keywords", "named"),
    [
        ({"schedule": "im2"}, "schedule"),
        ({"dtype": "float8"}, "dtype"),
        ({"accumulate": "int8"}, "accumulate"),
    ],
)
def test_what_there_is_no_bound_for_is_refused(keywords: dict[str, str], named: str) -> None:
    with pytest.raises(cp.SpecError, match=rf"^{named}=.*: allowed is"):
        cp.error_bound(cp.Conv(3), (9, 9, 1), **keywords)
    with pytest.raises(cp.SpecError, match="schedule"):
        cp.error_bound(cp.Conv(5), (9, 9, 1), schedule="winograd_2x3")
    with pytest.raises(TypeError, match="spec"):
        cp.error_bound("conv2d", (9, 9, 1))
    with pytest.raises(cp.SpecError):
        cp.error_bound(cp.Conv(3), (2, 2, 1))


def test_an_average_is_within_its_bound_and_one_of_another_window_is_not():
    x = np.random.default_rng(0).standard_normal((2, 9, 8, 3)).astype(np.float32)
    bound = cp.error_bound(cp.AvgPool(3, stride=1), x.shape, dtype="float32")
    right = cp.avg_pool2d(x.astype(float), 3, stride=1)
    limit = bound(x)
    assert limit.shape == right.shape
    assert (np.abs(cp.avg_pool2d(x, 3, stride=1) - right) <= limit).all()
    assert (np.abs(cp.avg_pool2d(x, 2, stride=1)[:, 1:, 1:] - right) > limit).any()


def test_a_maximum_rounds_nothing_and_says_why() -> None:
    said = str(cp.error_bound(cp.MaxPool(2), (4, 4, 1)))
    assert said == "at most 0 * 0 (componentwise; a maximum is one of its pixels)"
