"""What a target returns: understood, or called nonsense."""

from __future__ import annotations

import numpy as np
import pytest

from convproof.conformance.target.outcome import (
    TargetNonsense,
)
from convproof.conformance.target.target import Target
from tests.conformance.planted import conv2d
from tests.conformance.target.cases import case


@pytest.mark.parametrize("value", [None, "text", {"a": 1}, {1, 2}, [[1, 2], [3]], print, object()])
def test_nonsense_is_called_so(value):
    error = Target("t", conv2d=lambda x, w: value).call(case()).error
    assert type(error) is TargetNonsense


class Turning:
    """An object that shows another array at each look."""

    def __init__(self, *arrays):
        self.arrays = list(arrays)

    def __array__(self, dtype=None, copy=None):
        self.arrays.append(self.arrays.pop(0))
        return self.arrays[-1]


def test_an_object_is_the_array_that_it_says_each_time():
    right = Target("t", conv2d=lambda x, w: Turning(conv2d(x, w))).call(case())
    assert right.error is None
    odd = Target("t", conv2d=lambda x, w: Turning(conv2d(x, w), 2 * conv2d(x, w)))
    odd.probing = "none"
    assert "another array at each look" in str(odd.call(case()).error)


@pytest.mark.parametrize("value", [(), (1,), (np.ones(2),) * 4, np.ones(3), None])
def test_a_backward_that_returns_something_else_is_nonsense(value):
    def backward(x, w, b, grad_y):
        return value

    error = Target("t", conv2d_backward=backward).call(case("conv2d_backward")).error
    assert type(error) is TargetNonsense


def test_gradients_by_name_and_in_pairs_are_understood():
    of = case("conv2d_backward")
    dx, dw = np.ones((2, 2, 7, 9)), np.ones((2, 2, 3, 2))
    for value in ({"dx": dx, "dw": dw, "db": None}, (dx, dw), (dx, dw, None)):
        values = Target("t", conv2d_backward=lambda x, w, b, grad_y, v=value: v).call(of).values
        assert values[0].shape == of.x.shape
        assert values[1].shape == of.kernel.shape
        assert values[2] is None
