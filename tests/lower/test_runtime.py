"""What generated code calls: closed forms against their definitions."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from convproof.lower import runtime
from convproof.lower.execute import span


def test_the_closed_form_of_a_slice_is_the_slice() -> None:
    for offset in range(-9, 10):
        for stride in range(1, 5):
            for coarse in range(6):
                for fine in range(7):
                    assert runtime.span(offset, stride, coarse, fine) == span(
                        offset, stride, coarse, fine
                    )


def test_no_tap_that_meets_a_pixel_is_left_out() -> None:
    for sizes in product(range(5), range(1, 4), range(-5, 4), range(1, 4), range(1, 4), range(5)):
        taps, gap, offset, stride, coarse, fine = sizes
        every = [(tap, *span(gap * tap + offset, stride, coarse, fine)) for tap in range(taps)]
        given = runtime.spans(*sizes)
        assert [one for one in given if one[1].stop] == [one for one in every if one[1].stop]
        assert len(given) <= (stride * (coarse - 1) + fine - 1) // gap + 1  # whatever the taps


def views(dtype: str) -> list[np.ndarray]:
    """Views of many kinds, large enough to be copied pixel by pixel where that is sooner done."""
    whole = np.arange(2 * 40 * 40 * 12).reshape(2, 40, 40, 12).astype(dtype)
    return [
        whole,
        whole[:, ::2, 1::2],
        whole[:, :, ::2, 3:9],
        whole[..., ::2],
        whole[:, ::-1, ::-1],
        whole.transpose(0, 3, 1, 2),
        whole[:, 5:, :-7],
        whole[:, :1, ::2, :1],
        whole[:0],
    ]


@pytest.mark.parametrize("dtype", ["int8", "float32", "complex128", "object"])
def test_numbers_side_by_side_are_the_same_numbers(dtype: str) -> None:
    for view in views(dtype):
        found = runtime.near(view)
        np.testing.assert_array_equal(found, view)
        assert found.dtype == view.dtype
        before = view.copy()
        target = np.zeros(view.size * 4, view.dtype).reshape(*view.shape, 4)[..., 1]
        runtime.put(target, before)
        np.testing.assert_array_equal(target, before)
        runtime.add(target, view)
        np.testing.assert_array_equal(target, before + before)
        other = np.ascontiguousarray(before[::-1] + before.dtype.type(1))
        runtime.put(view, other)
        np.testing.assert_array_equal(view, other)
    # what a view leaves out is left alone
    whole = np.ones((2, 80, 80, 8), np.float32)
    runtime.put(whole[:, ::2, ::2], np.zeros((2, 40, 40, 8), np.float32))
    assert whole.sum() == whole.size * 3 / 4


def test_columns_are_added_to_every_position() -> None:
    for shape, columns in (
        ((3, 5, 7, 2, 4), (2, 4)),
        ((3, 5, 1, 1, 1), (1, 1)),
        ((3, 400, 7, 2, 4), (2, 4)),
        ((2, 3, 9000, 1, 2), (1, 2)),
        ((2, 3, 4, 1, 128), (1, 128)),
        ((0, 3, 4, 1, 2), (1, 2)),
    ):
        array = np.arange(np.prod(shape)).reshape(shape).astype(float)
        numbers = np.arange(1, 1 + np.prod(columns)).reshape(columns).astype(float)
        for one in (array.copy(), np.asfortranarray(array)):
            runtime.add_columns(one, numbers)
            np.testing.assert_array_equal(one, array + numbers)


@pytest.mark.parametrize("kind", ["f4", "f8", "i8", "O"])
def test_a_product_of_matrices_leaves_nothing_out(kind) -> None:
    rng = np.random.default_rng(0)
    for rows, inner, columns in ((4, 3, 2), (1, 1, 1), (3, 1, 2), (1, 1, 3), (2, 3, 1), (0, 2, 3)):
        left, right = (rng.integers(0, 9, size).astype(kind) for size in
                       ((rows, inner), (inner, columns)))  # fmt: skip
        found = runtime.multiplied(left, right, (columns, rows))
        right_one = np.einsum("ri,ic->rc", left, right).reshape(columns, rows)
        np.testing.assert_array_equal(found, right_one)
        assert found.flags.owndata
    with np.errstate(invalid="ignore"):
        lone = runtime.multiplied(np.zeros((1, 1), "f4"), np.full((1, 1), np.inf, "f4"), (1, 1))
    assert np.isnan(lone).all()


def test_columns_are_summed_however_images_lie() -> None:
    array = np.random.default_rng(0).integers(-9, 9, (5, 4, 3, 2, 6)).astype(float)
    lying = np.ascontiguousarray(array.transpose(3, 4, 1, 2, 0)).transpose(4, 2, 3, 0, 1)
    assert not lying.flags.c_contiguous
    for one in (array, lying):
        np.testing.assert_array_equal(one, array)
        np.testing.assert_array_equal(runtime.columns(one, 60, 12), array.reshape(60, 12).sum(0))
