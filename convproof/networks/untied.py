"""The untied twin of a convolution: locally connected, a kernel of its own at each position.

What weight tying is, is what is lost when it goes: the twin's gradient has an entry for each copy
of each weight, and their sum over the positions is the convolution's gradient.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from convproof.errors import SpecTypeError
from convproof.functions.arrays import Array, ArrayLike, Sizes, expect_shape
from convproof.networks.edges import of_layer
from convproof.networks.matrix import with_outputs
from convproof.networks.ties import Ties
from convproof.spec import Conv


@dataclass(frozen=True, eq=False)
class Untied:
    """A locally connected layer: kernel (*out, *taps, C_in/groups, C_out), one for each position.

    Taps that fall on padding have entries too; no edge carries them, and their gradient is 0.
    """

    ties: Ties
    tied: Ties
    positions: Sizes

    def spread(self, kernel: ArrayLike) -> Array:
        """The kernel that makes it the convolution: the same at each position."""
        array = np.asarray(kernel)
        expect_shape("kernel", array.shape, self.tied.weight_shape, "the convolution's kernel")
        return np.broadcast_to(array, self.ties.weight_shape).copy()

    def forward(self, kernels: ArrayLike, x: ArrayLike) -> Array:
        """The output (N, *out, C_out) for x (N, *space, C_in)."""
        return self.ties.forward(kernels, x)

    def gradient(self, dy: ArrayLike, x: ArrayLike) -> Array:
        """The gradient of the kernels, copy by copy: (*out, *taps, C_in/groups, C_out)."""
        return self.ties.pooled(self.ties.gradient(dy, x))

    def pooled(self, gradient: ArrayLike) -> Array:
        """The sum over the positions: the convolution's gradient (10.1.5)."""
        array = np.asarray(gradient)
        expect_shape("gradient", array.shape, self.ties.weight_shape, "one kernel a position")
        return np.asarray(array.sum(axis=tuple(range(len(self.positions)))))


def untie(spec: Conv, input_shape: Sequence[int]) -> Untied:
    """The locally connected twin of a convolution on images of `input_shape`, (*space, C).

    Raises:
        SpecError: if the layer does not take the shape.

    Example:
        >>> import numpy as np, convproof as cp
        >>> twin = untie(cp.Conv((2,), 1), (4, 1))
        >>> x, dy = np.arange(4.0).reshape(1, 4, 1), np.ones((1, 3, 1))
        >>> twin.gradient(dy, x)[..., 0, 0]
        array([[0., 1.],
               [1., 2.],
               [2., 3.]])
        >>> twin.pooled(twin.gradient(dy, x)).ravel()
        array([3., 6.])
    """
    if not isinstance(spec, Conv):
        raise SpecTypeError.of("spec", spec, "a Conv")
    spec.output_shape(input_shape)
    shape = tuple(input_shape)
    expect_shape("input_shape", (len(shape),), (spec.rank + 1,), "as many sizes as space and C")
    full, kernel = with_outputs(spec, (), shape[-1], plain=False)
    assert isinstance(full, Conv)
    edges = of_layer(full, shape)
    positions = edges.output_shape[:-1]
    alone = edges.positions * prod(kernel) + edges.weights
    ends = (edges.outputs, edges.inputs)
    sizes = (edges.output_shape, edges.input_shape)
    return Untied(
        Ties(*ends, alone, *sizes, (*positions, *kernel)),
        Ties(*ends, edges.weights, *sizes, kernel),
        positions,
    )
