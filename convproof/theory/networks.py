"""Small fully connected networks, written once for floats of any precision and for fractions.

Parameters are a tuple (W_1, b_1, ..., W_L, b_L), W_l of shape (units, units before), inputs are
rows: x (n, d).  Every operation is one that fractions have, so a run can be exact.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.random import Generator

from convproof.theory.groups import Matrix

Parameters: TypeAlias = tuple[Matrix, ...]
Elementwise: TypeAlias = Callable[[Any], Any]

# name -> (the activation, its derivative); "tanh" needs floats, the others take fractions too.
ACTIVATIONS: dict[str, tuple[Elementwise, Elementwise]] = {
    "relu": (lambda z: z * (z > 0), lambda z: (z > 0) * 1),
    "square": (lambda z: z * z, lambda z: 2 * z),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
}


@dataclass(frozen=True)
class FullyConnected:
    """f(x) = W_L s(... s(W_1 x + b_1) ...) + b_L with one output, under the mean of (f - y)^2 / 2.

    Args:
        widths: units of each layer, the input's d first, the output's 1 last.
        activation: "relu", "square" or "tanh".

    >>> net = FullyConnected((2, 3, 1))
    >>> [p.shape for p in net.initial(np.random.default_rng(0))]
    [(3, 2), (3,), (1, 3), (1,)]
    """

    widths: tuple[int, ...]
    activation: str = "tanh"

    def initial(self, rng: Generator) -> Parameters:
        """Gaussian weights of variance 1 / (units before), small Gaussian biases; float64."""
        parameters: list[Matrix] = []
        for before, units in zip(self.widths, self.widths[1:], strict=False):
            parameters.append(rng.standard_normal((units, before)) / np.sqrt(before))
            parameters.append(rng.standard_normal(units) / 10)
        return tuple(parameters)

    def predict(self, parameters: Parameters, x: Matrix) -> Matrix:
        """The outputs (n,) on the rows of x (n, d)."""
        return self._forward(parameters, x)[1][-1][:, 0]

    def gradients(self, parameters: Parameters, x: Matrix, y: Matrix) -> Parameters:
        """The gradient of the mean loss on (x, y), one array for each parameter.

        The first weight's is G = sum_n delta_n x_n' / n: the one place where the inputs'
        coordinates are seen, which is what Problem 10.2.1 rests on.
        """
        slope = ACTIVATIONS[self.activation][1]
        before, after = self._forward(parameters, x)
        delta = ((after[-1][:, 0] - y) / len(x))[:, None]
        found: list[Matrix] = []
        for layer in reversed(range(len(before))):
            found[:0] = [delta.T @ after[layer], delta.sum(axis=0)]
            if layer:
                delta = (delta @ parameters[2 * layer]) * slope(before[layer - 1])
        return tuple(found)

    def _forward(self, parameters: Parameters, x: Matrix) -> tuple[list[Matrix], list[Matrix]]:
        """Pre-activations of each layer, and the activations from the input on."""
        act = ACTIVATIONS[self.activation][0]
        before: list[Matrix] = []
        after = [x]
        last = len(parameters) // 2 - 1
        for layer in range(last + 1):
            z = after[-1] @ parameters[2 * layer].T + parameters[2 * layer + 1]
            before.append(z)
            after.append(z if layer == last else act(z))
        return before, after


def convolution_matrix(kernel: Matrix, d: int) -> Matrix:
    """The first-layer weight that a convolution is: (channels * (d - taps + 1), d).

    `kernel` is (channels, taps); row (m, o) holds kernel[m] at columns o .. o + taps - 1, which
    is equation (10.1) in one dimension, stride 1 and no padding.

    >>> convolution_matrix(np.array([[1, 2]]), 3)
    array([[1, 2, 0],
           [0, 1, 2]])
    """
    channels, taps = kernel.shape
    places = d - taps + 1
    weight = np.zeros((channels, places, d), dtype=kernel.dtype)
    for o in range(places):
        weight[:, o, o : o + taps] = kernel
    return weight.reshape(channels * places, d)


def pool_ties(gradient: Matrix, channels: int, taps: int) -> Matrix:
    """The gradient of a fully connected weight, pooled over the copies that a kernel ties.

    Each copy of a tied weight gets the sum over all copies; an entry that the convolution does
    not have gets zero.  A convolutional layer is a fully connected one that is updated with this
    in place of its gradient (section 10.1.5).  `gradient` is (channels * places, d).
    """
    d = gradient.shape[1]
    places = d - taps + 1
    by_place = gradient.reshape(channels, places, d)
    pooled = by_place[:, 0, :taps] * 0
    for o in range(places):
        pooled = pooled + by_place[:, o, o : o + taps]
    return convolution_matrix(pooled, d)
