"""Arguments as lists and NumPy values: the numbers given, exactly, or a refusal."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convproof as cp


def refused(function: Any, arguments: dict[str, Any], named: str) -> None:
    with pytest.raises(cp.SpecError, match=rf"^{named}.*: allowed is"):
        function(**arguments)


LARGE = 2**63 + 1
LOST = [
    [LARGE, 2],
    [LARGE, -1],
    [-1, 2**64 - 1],
    [2**64, 1],
    (LARGE, 2),
    range(2**63 - 1, 2**63 + 1),
    [np.uint64(LARGE), np.int64(2)],
]


@pytest.mark.parametrize("value", LOST, ids=str)
def test_integers_of_a_list_are_exact_or_refused(value: Any) -> None:
    try:  # which of these become floats is NumPy's to say, and has changed
        kept = np.asarray(value).dtype.kind in "iu"
    except OverflowError:
        kept = False
    for name, given in {
        "x": {"x": value, "kernel": [1]},
        "kernel": {"x": [1, 2, 3], "kernel": value},
        "bias": {"x": [[1], [2]], "kernel": [[[1, 1]]], "bias": value},
    }.items():
        if kept:
            assert cp.conv1d(**given).dtype.kind in "iu"
        else:
            refused(cp.conv1d, given, f"{name}=")
    if not kept:
        refused(cp.conv2d, {"x": [value, value], "kernel": [[1]]}, "x=")
        refused(cp.avg_pool1d, {"x": value, "window": 1}, "x=")
        refused(cp.max_pool1d_backward, {"dy": value, "x": [1, 2], "window": 1}, "dy=")


def test_lists_that_keep_their_numbers() -> None:
    assert cp.conv1d([2**63 - 1, 2], [1]).tolist() == [2**63 - 1, 2]
    assert cp.conv1d(np.array([LARGE, 2], np.uint64), np.array([1], np.uint64)).tolist()[0] == LARGE
    assert cp.conv1d([np.array([1, 2]), [3, 4]], [[[2], [1]]]).ravel().tolist() == [4, 10]
    assert cp.conv1d([0.5, 2], [1]).tolist() == [0.5, 2]
    assert cp.max_pool1d(range(4), 2).tolist() == [1, 3]


def test_bools_are_no_numbers_in_a_list_either() -> None:
    for value in ([True, False], [True, 2], [1.5, False], [[1, 2], [True, 3]], [np.True_, 2]):
        for name in ("x", "kernel", "bias"):
            given = {"x": np.ones((5, 1)), "kernel": np.ones((1, 1, 2)), name: value}
            with pytest.raises(TypeError, match=rf"^{name}[.=].*allowed is"):
                cp.conv1d(**given)


def test_one_per_axis_as_an_array() -> None:
    x, kernel = np.arange(60.0).reshape(6, 10), np.ones((2, 2))
    for dtype in (np.int64, np.uint8):
        two = np.array([1, 2], dtype)
        for name in ("stride", "padding", "dilation"):
            right = cp.conv2d(x, kernel, **{name: (1, 2)})
            assert np.array_equal(cp.conv2d(x, kernel, **{name: two}), right)
        assert cp.max_pool2d(x, two, stride=two, padding=0 * two).shape == (6, 5)
    pairs = np.array([[1, 0], [0, 2]])
    right = cp.conv2d(x, kernel, padding=((1, 0), (0, 2)))
    assert np.array_equal(cp.conv2d(x, kernel, padding=pairs), right)
    assert cp.conv1d(x[0], kernel[0], stride=np.array([3])).shape == (3,)
    assert cp.Conv(np.array([3, 2])).kernel_size == (3, 2)
    for wrong in (np.array([1.0, 2.0]), np.array([True, True]), np.array([1, 2], object)):
        for name in ("stride", "padding", "dilation"):
            with pytest.raises(TypeError, match=rf"^{name}=array.*: allowed is"):
                cp.conv2d(x, kernel, **{name: wrong})
    for wrong in (np.array([1, 2, 3]), np.array([]).astype(int), np.ones((2, 2, 2), int)):
        for name in ("stride", "padding", "dilation"):
            refused(cp.conv2d, {"x": x, "kernel": kernel, name: wrong}, name)


def test_a_flag_may_be_numpys() -> None:
    x = np.arange(5.0)
    assert cp.max_pool1d(x, 2, ceil_mode=np.True_).shape == (3,)
    assert cp.avg_pool1d(x, 2, padding=1, count_include_pad=np.False_)[0] == 0
    for wrong in (1, np.int64(1), np.array(True), "True"):
        with pytest.raises(TypeError, match=r"^ceil_mode=.*True or False"):
            cp.max_pool1d(x, 2, ceil_mode=wrong)
