"""Pixels that equal their window's maximum: the first of each, with ties, NaN and infinities."""

from __future__ import annotations

import numpy as np
import pytest

import convproof as cp
from convproof import reference
from convproof.lower import hits
from convproof.lower.runtime import windows


def sent(x: np.ndarray, dy: np.ndarray, spec: cp.MaxPool) -> np.ndarray:
    """What is sent by the definition's loops."""
    found: np.ndarray = reference.max_pool_backward(dy, x, spec.axes(x.shape[1:-1]))
    return found


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64, np.int32])
@pytest.mark.parametrize("odd", ["ties", "nan", "inf"])
def test_each_goes_to_the_first(kind, odd) -> None:
    rng = np.random.default_rng(2)
    for rank in (1, 2, 3):
        spec = cp.MaxPool((3, 1, 2)[:rank], stride=(5, 1, 2)[:rank], dilation=(2, 1, 1)[:rank])
        x = rng.integers(-2, 3, (2, *(11, 2, 5)[:rank], 3)).astype(kind)
        if odd != "ties" and x.dtype.kind == "f":
            x[rng.random(x.shape) < 0.3] = np.nan if odd == "nan" else -np.inf
        window, more = spec.window, {"stride": spec.stride, "dilation": spec.dilation}
        dy = rng.integers(1, 9, getattr(cp, f"max_pool{rank}d")(x, window, **more).shape)
        back = getattr(cp, f"max_pool{rank}d_backward")
        got = back(dy.astype(kind), x, window, schedule="hits", **more)
        np.testing.assert_array_equal(got, sent(x, dy.astype(kind), spec))


def test_an_infinite_flow_is_sent_and_leaves_zeros() -> None:
    x, dy = np.arange(8.0).reshape(1, 8, 1), np.array([[[np.inf], [np.nan]]])
    got = cp.max_pool1d_backward(dy, x, 4, schedule="hits")
    np.testing.assert_array_equal(got[0, :, 0], [0, 0, 0, np.inf, 0, 0, 0, np.nan])


def test_as_many_marks_as_windows_are_one_each_only_without_nan() -> None:
    """A tie in one window, and a NaN in another, which nothing equals."""
    x = np.array([2.0, 2.0, 1.0, np.nan], np.float32).reshape(1, 4, 1)
    got = cp.max_pool1d_backward(np.ones((1, 2, 1), np.float32), x, 2, schedule="hits")
    np.testing.assert_array_equal(got[0, :, 0], [1, 0, 0, 1])


def test_windows_that_share_or_lack_pixels_are_refused() -> None:
    x = np.zeros((1, 6, 6, 1))
    dy = np.zeros((1, 2, 2, 1))
    for more in ({"stride": 2}, {"stride": 3, "padding": 1}):
        window = 3
        with pytest.raises(cp.SpecError, match="schedule='hits'"):
            cp.max_pool2d_backward(dy, x, window, schedule="hits", **more)


def test_the_first_mark_of_each_stays() -> None:
    where = np.ones((1, 2, 1, 3, 1), bool)
    where[0, 1, 0, 0] = False
    hits.alone(where, 1)
    assert where[0, :, 0, :, 0].tolist() == [[True, False, False], [False, True, False]]
    numbers = (3,), (1,), (0,), (3,), (2,)
    seen = windows(np.arange(6.0).reshape(1, 6, 1, 1), *numbers)
    found = hits.hit(seen, np.array([[[5.0], [7.0]]]), (6,), *numbers)
    assert found[0, :, 0].tolist() == [0, 0, 5, 0, 0, 7]
