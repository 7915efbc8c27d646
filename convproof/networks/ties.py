"""Weight tying (10.1.5): any map from the edges of a layer to its weights.

An untied layer has a weight u_e for each edge e; tied by the map t it has w with u_e = w_t(e), so
that L(w) = F(w o t).  By the chain rule dL/dw_k is the sum of dF/du_e over the edges with
t(e) = k: the "small modification" of the chapter is to pool the gradient over the copies.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from scipy import sparse

from convproof.arguments import items_of
from convproof.errors import SpecError, SpecTypeError
from convproof.functions.arrays import Array, ArrayLike, Sizes, expect_shape, numbers
from convproof.functions.numerics import DOUBLE


@dataclass(frozen=True, eq=False, init=False)
class Ties:
    """A linear layer as its edges, and which of them share a weight.

    Args:
        outputs, inputs: the flat number of the entries that each edge joins (row-major).
        weights: the flat number of each edge's weight: any map from edges to weights.
        output_shape, input_shape: of one image, without the batch.
        weight_shape: of the array of weights.
        scale: a fixed factor for each edge (a mean has 1 / its divisor); None for 1.

    Raises:
        SpecError: if the lists differ in length, or a number is outside its array.

    Example: two inputs, one output, one weight for both edges.
        >>> ties = Ties([0, 0], [0, 1], [0, 0], (1,), (2,), (1,))
        >>> ties.matrix([5.0]).toarray()
        array([[5., 5.]])
        >>> ties.pooled(ties.gradient(dy=[[1.0]], x=[[2.0, 3.0]]))
        array([5.])
    """

    outputs: Array
    inputs: Array
    weights: Array
    output_shape: Sizes
    input_shape: Sizes
    weight_shape: Sizes
    scale: Array | None

    def __init__(
        self,
        outputs: ArrayLike,
        inputs: ArrayLike,
        weights: ArrayLike,
        output_shape: Sizes,
        input_shape: Sizes,
        weight_shape: Sizes,
        scale: ArrayLike | None = None,
    ) -> None:
        count = len(np.atleast_1d(np.asarray(outputs)))
        for name, value, shape_name, shape in (
            ("outputs", outputs, "output_shape", output_shape),
            ("inputs", inputs, "input_shape", input_shape),
            ("weights", weights, "weight_shape", weight_shape),
        ):
            sizes = items_of(shape, 16)
            if sizes is None or not all(isinstance(s, (int, np.integer)) and s >= 0 for s in sizes):
                raise SpecTypeError.of(shape_name, shape, "a tuple of sizes")
            array = np.asarray(value)
            if array.size == 0:
                array = array.astype(np.int64)
            if array.ndim != 1 or array.dtype.kind not in "iu" or len(array) != count:
                allowed = f"{count} integers, one an edge"
                raise SpecError.of(name, value, allowed)
            limit = prod(int(size) for size in shape)  # sizes are integers, seen above
            if array.size and not (int(array.min()) >= 0 and int(array.max()) < limit):
                raise SpecError.of(name, value, f"numbers of entries, 0 to {limit - 1}")
            object.__setattr__(self, name, array.astype(np.int64))
            object.__setattr__(self, shape_name, tuple(int(size) for size in shape))
        if scale is not None:
            scale = numbers("scale", scale)
            expect_shape("scale", scale.shape, (count,), "one factor an edge")
        object.__setattr__(self, "scale", scale)

    def __len__(self) -> int:
        return len(self.outputs)

    @property
    def copies(self) -> Array:
        """How many edges carry each weight, in the weights' shape."""
        count = np.bincount(self.weights, minlength=prod(self.weight_shape))
        return count.reshape(self.weight_shape)

    def untied(self) -> Ties:
        """The same edges, each with a weight of its own."""
        alone = np.arange(len(self))
        shapes = (self.output_shape, self.input_shape, (len(self),))
        return Ties(self.outputs, self.inputs, alone, *shapes, self.scale)

    def spread(self, weights: ArrayLike) -> Array:
        """Each edge's copy of its weight: what the untied layer has to be given to be this one."""
        array = self._weights(weights)
        return array.reshape(-1)[self.weights]

    def pooled(self, gradient: ArrayLike) -> Array:
        """The gradient of the weights: the sum of the edges' gradients over the copies of each."""
        each = np.asarray(gradient)
        expect_shape("gradient", each.shape, (len(self),), "one number an edge")
        return gathered(self.weights, each, prod(self.weight_shape)).reshape(self.weight_shape)

    def matrix(self, weights: ArrayLike) -> sparse.csr_array[Any]:
        """The dense layer's matrix A (outputs, inputs), sparse: A x.ravel() is y.ravel().

        Integers give int64, float16 float32: sparse arrays have no halves.
        """
        values = self.spread(weights)
        if values.dtype.kind in "iu":
            values = values.astype(np.int64)
        elif values.dtype == np.float16:
            values = values.astype(np.float32)
        if self.scale is not None:
            values = values * self.scale
        shape = (prod(self.output_shape), prod(self.input_shape))
        found = sparse.coo_array((values, (self.outputs, self.inputs)), shape=shape)
        return sparse.csr_array(found)

    def forward(self, weights: ArrayLike, x: ArrayLike) -> Array:
        """The output (N, *output_shape) for x (N, *input_shape); exact for exact numbers."""
        image = self._image("x", x, self.input_shape)
        values = self._scaled(self.spread(weights))
        each = image.reshape(len(image), -1)[:, self.inputs] * values
        flat = gathered(self.outputs, each, prod(self.output_shape))
        return flat.reshape(len(image), *self.output_shape)

    def gradient(self, dy: ArrayLike, x: ArrayLike) -> Array:
        """The untied layer's gradient, one number an edge: dy at its output times x at its input.

        Args:
            dy: (N, *output_shape), the gradient of the output.
            x: (N, *input_shape).
        """
        flow = self._image("dy", dy, self.output_shape)
        image = self._image("x", x, self.input_shape)
        pairs = (
            flow.reshape(len(flow), -1)[:, self.outputs]
            * image.reshape(len(image), -1)[:, self.inputs]
        )
        return self._scaled(pairs.sum(axis=0))

    def gradient_x(self, dy: ArrayLike, weights: ArrayLike) -> Array:
        """The gradient of x (N, *input_shape)."""
        flow = self._image("dy", dy, self.output_shape)
        each = flow.reshape(len(flow), -1)[:, self.outputs] * self._scaled(self.spread(weights))
        flat = gathered(self.inputs, each, prod(self.input_shape))
        return flat.reshape(len(flow), *self.input_shape)

    def _scaled(self, values: Array) -> Array:
        return values if self.scale is None else values * self.scale

    def _weights(self, weights: ArrayLike) -> Array:
        array = np.asarray(weights)
        expect_shape("weights", array.shape, self.weight_shape, "the weights' shape")
        return array

    def _image(self, name: str, value: ArrayLike, shape: Sizes) -> Array:
        array = np.asarray(value)
        if array.ndim == 0 or array.shape[1:] != shape:
            raise SpecError.of(f"{name}.shape", array.shape, f"(N, {', '.join(map(str, shape))})")
        # small integers would wrap around silently
        wide = array.dtype.kind in "iu" and array.dtype.itemsize < 8
        return array.astype(np.int64) if wide else array


def gathered(index: Array, values: Array, size: int) -> Array:
    """The sums of `values` (..., edges) over the edges with each `index` below `size`."""
    flat = (
        values.reshape(-1, len(index)) if index.size else values.reshape(prod(values.shape[:-1]), 0)
    )
    if values.dtype == DOUBLE:
        rows = [np.bincount(index, row, minlength=size) for row in flat]
        found = np.array(rows).reshape(len(flat), size)
    else:
        found = np.zeros((len(flat), size), values.dtype)
        np.add.at(found.T, index, flat.T)
    return found.reshape(*values.shape[:-1], size)
