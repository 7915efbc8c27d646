"""Dtypes: what is kept, what is exact, what is refused; NaN and infinities; no warnings."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import convproof as cp
from convproof import reference
from convproof.spec import Axis

INTEGERS = [np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64]
FLOATS = [np.float16, np.float32, np.float64]
COMPLEX = [np.complex64, np.complex128]


@pytest.mark.parametrize("dtype", [*FLOATS, *COMPLEX, *INTEGERS])
def test_dtype_is_kept(dtype: type) -> None:
    x, kernel = np.ones((1, 4, 4, 2), dtype), np.ones((2, 2, 2, 3), dtype)
    y = cp.conv2d(x, kernel, np.ones(3, dtype))
    assert y.dtype == dtype
    assert (y == 9).all()
    g = cp.conv2d_backward(y, x, kernel)
    assert {a.dtype for a in g} == {np.dtype(dtype)}
    assert (g.kernel == 81).all()
    if dtype not in COMPLEX:
        assert cp.max_pool2d(x, 2).dtype == dtype
        assert cp.max_pool2d_backward(x[:, ::2, ::2], x, 2).dtype == dtype
    mean = cp.avg_pool2d(x, 2)
    assert mean.dtype == (np.float64 if dtype in INTEGERS else dtype)
    assert cp.conv_transpose2d(x, np.ones((2, 2, 3, 2), dtype)).dtype == dtype


@pytest.mark.parametrize(
    "dtype", [bool, object, "U3", "S3", "M8[s]", np.longdouble, np.clongdouble]
)
def test_dtypes_refused(dtype: object) -> None:
    bad, good = np.zeros((4, 4), dtype), np.ones((2, 2))
    for call in (
        lambda: cp.conv2d(bad, good),
        lambda: cp.conv2d(np.ones((4, 4)), bad),
        lambda: cp.conv2d_backward(bad, np.ones((4, 4)), np.ones((1, 1))),
        lambda: cp.max_pool2d(bad, 2),
        lambda: cp.avg_pool2d(bad, 2),
    ):
        with pytest.raises(cp.SpecError, match=r"dtype=.*allowed is") as caught:
            call()
        assert isinstance(caught.value, TypeError)


def test_complex_is_refused_where_it_has_no_order() -> None:
    z = np.ones((4, 4), complex)
    with pytest.raises(cp.SpecError, match=r"x\.dtype='complex128'"):
        cp.max_pool2d(z, 2)
    with pytest.raises(cp.SpecError, match="activation='relu'"):
        cp.conv2d(z, np.ones((2, 2)), activation="relu")


def test_float16_is_summed_in_float32_and_rounded_once() -> None:
    # 2048 + 1 is 2048 in float16: summed there, the ones would be lost.
    x = np.array([2048] + [1] * 8, np.float16)
    assert cp.conv1d(x, np.ones(9, np.float16)) == np.float16(2056)
    assert cp.avg_pool1d(np.array([2048, 1, 1, 2], np.float16), 4) == np.float16(513)
    dy = np.ones(1, np.float16)
    assert (cp.conv1d_backward(dy, x, np.ones(9, np.float16)).kernel == x).all()
    image, ones = np.ones(4096, np.float16), np.ones(4096, np.float16)
    assert cp.conv1d_backward(ones, image, np.ones(1, np.float16)).kernel == np.float16(4096)


def test_float16_overflow_is_an_infinity_without_a_warning() -> None:
    x = np.full((4, 4), 60000, np.float16)
    assert np.isposinf(cp.conv2d(x, np.ones((2, 2), np.float16))).all()


@pytest.mark.parametrize("dtype", INTEGERS)
def test_integers_are_exact_to_the_last_one_and_refused_beyond(dtype: type) -> None:
    top = int(np.iinfo(dtype).max)
    one = np.array([1, 1], dtype)
    assert cp.conv1d(np.array([top - 1, 1], dtype), one).tolist() == [top]
    with pytest.raises(cp.SpecError, match="overflow"):
        cp.conv1d(np.array([top, 1], dtype), one)
    bottom = int(np.iinfo(dtype).min)
    if bottom < 0:
        assert cp.conv1d(np.array([bottom + 1, -1], dtype), one).tolist() == [bottom]
        with pytest.raises(cp.SpecError, match="overflow"):
            cp.conv1d(np.array([bottom, -1], dtype), one)


def test_integers_without_a_common_type_are_refused() -> None:
    with pytest.raises(cp.SpecError, match="a common integer type"):
        cp.conv1d(np.array([1, 2], np.uint64), np.array([1, -1], np.int64))
    assert cp.conv1d(np.array([1, 2], np.uint8), np.array([1, -2], np.int8)).tolist() == [-3]


def test_large_integers_that_cancel_are_exact() -> None:
    # Every partial sum in float64 would be rounded, and one in int64 wraps on the way.
    big = 2**62
    x = np.array([big, big, -big, 12345, 7], np.int64)
    assert cp.conv1d(x, np.ones(5, np.int64)).tolist() == [big + 12352]
    x = np.array([2**63 + 5, 2**63 - 9], np.uint64)
    assert cp.conv1d(x, np.ones(2, np.uint64) * 1, stride=1).dtype == np.uint64


@pytest.mark.parametrize("seed", range(20))
def test_integers_near_the_limit_against_python_integers(seed: int) -> None:
    rng = np.random.default_rng(seed)
    dtype = np.dtype(INTEGERS[seed % len(INTEGERS)])
    info = np.iinfo(dtype)
    scale = int(info.max) // int(rng.integers(1, 60))
    x = rng.integers(max(-scale, info.min), scale, (1, 6, 2), dtype, endpoint=True)
    low = 0 if info.min == 0 else -3
    kernel = rng.integers(low, 4, (2, 2, 2), dtype)
    exact = reference.conv(x.astype(object), kernel.astype(object), None, (Axis(2),))
    fits = all(info.min <= int(v) <= info.max for v in exact.ravel())
    if fits:
        assert cp.conv1d(x, kernel).tolist() == exact.tolist()
    else:
        with pytest.raises(cp.SpecError, match="overflow"):
            cp.conv1d(x, kernel)


def test_integer_gradients_are_refused_where_they_overflow() -> None:
    x, kernel = np.full(100, 100, np.int8), np.ones(1, np.int8)
    with pytest.raises(cp.SpecError, match="overflow"):
        cp.conv1d_backward(np.ones(100, np.int8), x, kernel)
    dy = np.full(3, 100, np.int8)
    with pytest.raises(cp.SpecError, match="overflow"):
        cp.max_pool1d_backward(dy, np.array([1, 2, 9, 2, 1], np.int8), 3, stride=1)


def test_means_of_huge_integers_are_refused() -> None:
    with pytest.raises(cp.SpecError, match="2\\*\\*53"):
        cp.avg_pool1d(np.array([2**53, 1]), 2)


@pytest.mark.parametrize("shape", [(1, 1), (1, 3), (3, 1), (2, 2)])
@pytest.mark.parametrize("groups", [1, 2])
def test_a_zero_times_an_infinity_is_never_left_out(shape: tuple[int, int], groups: int) -> None:
    """One position, one channel, one output: where matrix products have their short cuts."""
    depth, outputs = shape
    x = np.full((1, 2, depth * groups), np.inf)
    kernel = np.zeros((2, depth, outputs * groups))
    dy = np.zeros((1, 1, outputs * groups))
    assert np.isnan(cp.conv1d(x, kernel, groups=groups)).all()
    assert np.isnan(cp.conv1d_backward(dy, x, kernel, groups=groups).kernel).all()
    assert np.isnan(
        cp.conv1d_backward(dy, np.zeros_like(x), kernel + np.inf, groups=groups).x
    ).all()
    assert np.isnan(cp.conv1d(x[:, :1], kernel[:1], groups=groups)).all()
    assert np.isnan(cp.conv_transpose1d(dy, kernel + np.inf, groups=groups)).all()


def test_nan_and_infinity_reach_their_receptive_field_and_nothing_else() -> None:
    for value, spot in itertools.product((np.nan, np.inf), (0, 3, 6)):
        x = np.ones((7,))
        x[spot] = value
        kernel = np.array([1.0, 2.0, 4.0])
        y = cp.conv1d(x, kernel, padding=1)
        for o in range(7):
            inside = o - 1 <= spot <= o + 1
            assert np.isfinite(y[o]) == (not inside)
        g = cp.conv1d_backward(np.ones(7), x, kernel, padding=1)
        assert np.isfinite(g.x).all()
    kernel = np.array([np.inf, 1.0, 1.0])
    y = cp.conv1d(np.ones(4), kernel, padding=1)
    # the infinite weight meets no pixel in the first window: padding contributes no term
    assert np.isfinite(y[0])
    assert np.isposinf(y[1:]).all()


def test_one_batch_item_does_not_reach_another() -> None:
    rng = np.random.default_rng(0)
    x, kernel = rng.standard_normal((3, 8, 8, 2)), rng.standard_normal((3, 3, 2, 4))
    y = cp.conv2d(x, kernel, padding=1)
    x[1] = np.nan
    again = cp.conv2d(x, kernel, padding=1)
    assert np.isfinite(again[[0, 2]]).all()
    assert np.isnan(again[1]).all()
    np.testing.assert_array_equal(again[[0, 2]], y[[0, 2]])


def test_activations_do_not_overflow() -> None:
    x = np.array([-np.inf, -1e300, -800.0, 0.0, 800.0, 1e300, np.inf])
    one = np.ones(1)
    assert cp.conv1d(x, one, activation="sigmoid").tolist() == [0, 0, 0, 0.5, 1, 1, 1]
    assert cp.conv1d(x, one, activation="tanh").tolist() == [-1, -1, -1, 0, 1, 1, 1]
    dy = np.ones(7)
    g = {
        name: cp.conv1d_backward(dy, x, one, activation=name).x.tolist()
        for name in ("sigmoid", "tanh", "relu")
    }
    assert g["sigmoid"] == [0, 0, 0, 0.25, 0, 0, 0]
    assert g["tanh"] == [0, 0, 0, 1, 0, 0, 0]
    assert g["relu"] == [0, 0, 0, 0, 1, 1, 1]


def test_sigmoid_keeps_the_relative_accuracy_of_small_values() -> None:
    y = cp.conv1d(np.array([-700.0]), np.ones(1), activation="sigmoid")
    assert y[0] == pytest.approx(np.exp(-700), rel=1e-15)


def test_max_pool_nan_and_ties() -> None:
    nan = np.nan
    x = np.array([1.0, nan, 2.0, nan])
    assert np.isnan(cp.max_pool1d(x, 4)).all()
    # the first NaN takes the gradient, as the first of equal maxima does
    assert cp.max_pool1d_backward(np.ones(1), x, 4).tolist() == [0, 1, 0, 0]
    assert cp.max_pool1d_backward(np.ones(1), np.ones(4), 4).tolist() == [1, 0, 0, 0]
    ties = np.array([[1.0, 5.0], [5.0, 5.0]])
    assert cp.max_pool2d_backward(np.ones((1, 1)), ties, 2).tolist() == [[0, 1], [0, 0]]
    low = np.full((2, 2), -np.inf)
    assert cp.max_pool2d(low, 2, padding=1).tolist() == [[-np.inf] * 2] * 2
    assert cp.max_pool2d_backward(np.ones((1, 1)), low, 2).tolist() == [[1, 0], [0, 0]]


def test_a_window_of_padding_only() -> None:
    x = np.ones(1)
    assert cp.max_pool1d(x, 2, stride=1, padding=2, dilation=4).tolist() == [-np.inf]
    assert cp.max_pool1d_backward(x, x, 2, stride=1, padding=2, dilation=4).tolist() == [0]
    with pytest.raises(cp.SpecError, match="padding only"):
        cp.max_pool1d(x.astype(int), 2, stride=1, padding=2, dilation=4)


@pytest.mark.parametrize("dtype", [np.int8, np.int64, np.uint8])
def test_integer_padding_never_wins(dtype: type) -> None:
    x = np.full((2, 2), np.iinfo(dtype).min, dtype)
    assert cp.max_pool2d(x, 3, stride=1, padding=1).tolist() == x.tolist()
    dx = cp.max_pool2d_backward(np.ones((2, 2), dtype), x, 3, stride=1, padding=1)
    assert dx.tolist() == [[4, 0], [0, 0]]


def test_complex_is_two_real_convolutions() -> None:
    rng = np.random.default_rng(3)
    x = rng.integers(-3, 4, (2, 5, 2)) + 1j * rng.integers(-3, 4, (2, 5, 2))
    kernel = rng.integers(-3, 4, (3, 2, 2)) + 1j * rng.integers(-3, 4, (3, 2, 2))
    y = cp.conv1d(x, kernel, padding=1)
    real = cp.conv1d(x.real, kernel.real, padding=1) - cp.conv1d(x.imag, kernel.imag, padding=1)
    imag = cp.conv1d(x.real, kernel.imag, padding=1) + cp.conv1d(x.imag, kernel.real, padding=1)
    assert (y == real + 1j * imag).all()


@pytest.mark.parametrize("schedule", [None, "tap", "im2row"])
def test_halves_are_summed_in_single_and_rounded_once(schedule: str | None) -> None:
    """A sum of ones in halves stops at 2048."""
    x = np.ones(3000, np.float16)
    assert cp.conv1d(x, x, schedule=schedule).tolist() == [3000]
    assert cp.conv1d_backward(np.ones(1, np.float16), x, x).bias.dtype == np.float16
    back = cp.conv1d_backward(x, x, np.ones(1, np.float16))
    assert back.kernel.tolist() == back.bias.reshape(-1).tolist() == [3000]


@pytest.mark.parametrize("one", [2**53 - 1, 2**53 + 1, 2**53 + 3, 2**54 - 1])
def test_integers_that_no_float_holds_are_summed_exactly(one: int) -> None:
    x = np.array([one, 2, one], np.int64)
    assert cp.conv1d(x, np.array([1, 1])).tolist() == [one + 2, one + 2]
    ones = np.array([1, 0, 0])
    assert cp.conv1d_backward(one * ones, ones, ones[:1]).x.tolist() == [one, 0, 0]
    assert cp.max_pool1d(x, 2).tolist() == [one]
