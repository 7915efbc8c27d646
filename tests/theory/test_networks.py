"""The networks: their gradients against exact differences, the tied layer against a convolution."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest

from convproof import reference
from convproof.spec import Axis
from convproof.theory.groups import exact
from convproof.theory.networks import FullyConnected, convolution_matrix, pool_ties


def _loss(net, parameters, x, y):
    return ((net.predict(parameters, x) - y) ** 2).sum() / (2 * len(x))


def test_gradients_are_exact():
    """One hidden layer of squares: the loss is quartic in an entry, so five points give f'."""
    net = FullyConnected((2, 2, 1), "square")
    rng = np.random.default_rng(0)
    start = [exact(rng.integers(-3, 4, p.shape)) for p in net.initial(rng)]
    x, y = exact(rng.integers(-3, 4, (3, 2))), exact(rng.integers(-3, 4, 3))
    found = net.gradients(tuple(start), x, y)
    for number, place in itertools.chain.from_iterable(
        ((number, place) for place in np.ndindex(p.shape)) for number, p in enumerate(start)
    ):
        values = {}
        for step in (-2, -1, 1, 2):
            moved = [p.copy() for p in start]
            moved[number][place] += step
            values[step] = _loss(net, moved, x, y)
        # the five-point formula, exact for polynomials of degree 4
        slope = (values[-2] - 8 * values[-1] + 8 * values[1] - values[2]) / Fraction(12)
        assert found[number][place] == slope


@pytest.mark.parametrize("activation", ["relu", "square"])
def test_activations_keep_fractions(activation):
    net = FullyConnected((2, 3, 1), activation)
    rng = np.random.default_rng(0)
    start = tuple(exact(rng.integers(-3, 4, p.shape)) for p in net.initial(rng))
    x, y = exact([[1, -2], [3, 1]]), exact([1, -1])
    for array in (net.predict(start, x), *net.gradients(start, x, y)):
        assert all(isinstance(value, (int, Fraction)) for value in array.ravel())


def test_the_matrix_is_the_convolution_and_ties_pool_to_its_gradient():
    rng = np.random.default_rng(0)
    kernel, x = rng.integers(-5, 6, (2, 3)), rng.integers(-5, 6, (4, 7))
    axes = (Axis(3),)
    layer = kernel.T[:, None, :]  # (taps, 1, channels): channels last
    expected = reference.conv(x[..., None], layer, None, axes)
    dense = (x @ convolution_matrix(kernel, 7).T).reshape(4, 2, 5)
    assert np.array_equal(dense.transpose(0, 2, 1), expected)
    flow = rng.integers(-5, 6, (4, 2, 5))
    pooled = pool_ties(flow.reshape(4, 10).T @ x, 2, 3)
    dkernel = reference.conv_backward(flow.transpose(0, 2, 1), x[..., None], layer, axes)[1]
    assert np.array_equal(pooled, convolution_matrix(dkernel[:, 0].T, 7))
