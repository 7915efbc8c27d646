"""`as_matrix`: the fully connected layer that a convolution is, as a sparse matrix."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, overload

import numpy as np

from convproof import reference
from convproof.errors import SpecError, SpecTypeError
from convproof.functions.arrays import Array, ArrayLike, Sizes, expect_shape, numbers
from convproof.networks.edges import Edges, of_layer
from convproof.networks.layers import Dense
from convproof.networks.ties import Ties
from convproof.spec import AvgPool, Conv, ConvTranspose, MaxPool, split_shape

if TYPE_CHECKING:
    from scipy import sparse

Linear: TypeAlias = Conv | ConvTranspose | AvgPool | Dense


@overload
def as_matrix(
    spec: Linear,
    kernel: ArrayLike | None,
    input_shape: Sequence[int],
    *,
    with_ties: Literal[False] = False,
) -> sparse.csr_array[Any]: ...


@overload
def as_matrix(
    spec: Linear,
    kernel: ArrayLike | None,
    input_shape: Sequence[int],
    *,
    with_ties: Literal[True],
) -> tuple[sparse.csr_array[Any], Ties]: ...


def as_matrix(
    spec: Linear,
    kernel: ArrayLike | None,
    input_shape: Sequence[int],
    *,
    with_ties: bool = False,
) -> sparse.csr_array[Any] | tuple[sparse.csr_array[Any], Ties]:
    """The matrix A of a linear layer: A @ x.ravel() is y.ravel(), without bias and activation.

    For one spatial axis and stride 1 it is a Toeplitz matrix, for two a doubly blocked one.

    Args:
        spec: a `Conv`, `ConvTranspose`, `AvgPool` or `Dense`.
        kernel: (*taps, C_in/groups, C_out), of a transposed convolution (*taps, C_out/groups,
            C_in), of a `Dense` (in, units); (*taps) for a plain image; None for an `AvgPool`.
        input_shape: (*space), (*space, C) or (N, *space, C), channels last.
        with_ties: give the edge -> weight map too.

    Returns:
        A, of shape (outputs, inputs), a SciPy CSR array of the kernel's dtype (float32 for
        float16, int64 for integers); with_ties=True: the pair (A, ties).

    Raises:
        SpecError: if the kernel or the shape does not suit the layer, or it is a max-pool, which
            is not linear.

    Example:
        >>> as_matrix(Conv((2,)), [3, 4], (4,)).toarray()
        array([[3, 4, 0, 0],
               [0, 3, 4, 0],
               [0, 0, 3, 4]])
    """
    ties, weights = tied(spec, kernel, input_shape)
    matrix = ties.matrix(weights)
    return (matrix, ties) if with_ties else matrix


def tied(spec: Linear, kernel: ArrayLike | None, input_shape: Sequence[int]) -> tuple[Ties, Array]:
    """The edges of a layer with their weights, and the array of these: the kernel, checked."""
    if isinstance(spec, MaxPool):
        why = "a maximum is not linear: networks.fully_connected builds it of ReLUs"
        raise SpecError.of("spec", spec, "a Conv, ConvTranspose, AvgPool or Dense", why)
    if not isinstance(spec, (Conv, ConvTranspose, AvgPool, Dense)):
        raise SpecTypeError.of("spec", spec, "a Conv, ConvTranspose, AvgPool or Dense")
    if isinstance(spec, AvgPool):
        if kernel is not None:
            raise SpecError.of("kernel", kernel, "None for an AvgPool", "a mean has no kernel")
        batch, shape, plain = read_shape(spec, input_shape)
        return of_mean(spec, shape, batch, plain), np.ones(spec.window)
    if kernel is None:
        raise SpecError.of("kernel", None, "the layer's kernel")
    weights = numbers("kernel", kernel)
    batch, shape, plain = read_shape(spec, input_shape)
    full, right = with_outputs(spec, weights.shape, shape[-1], plain)
    expect_shape("kernel", weights.shape, right, f"the kernel of {type(spec).__name__} here")
    if not isinstance(full, Dense):
        full.output_shape(shape)  # refuses what no window fits on
    return as_ties(of_layer(full, shape), batch, plain, right), weights


def read_shape(spec: Linear, input_shape: Sequence[int]) -> tuple[Sizes, Sizes, bool]:
    """The batch part, one image's shape with its channels, and whether it came without them."""
    if isinstance(spec, Dense):
        sizes = split_shape(input_shape, 1)  # (features,) or (N, features)
        return (sizes[1], (sizes[2],), False) if sizes[2] is not None else ((), sizes[1], False)
    batch, space, channels = split_shape(input_shape, spec.rank)
    return batch, (*space, 1 if channels is None else channels), channels is None


def with_outputs(
    spec: Conv | ConvTranspose | Dense, given: Sizes, channels: int, plain: bool
) -> tuple[Conv | ConvTranspose | Dense, Sizes]:
    """The layer with a number of outputs (the kernel's, if it has none), and its kernel's shape."""
    if isinstance(spec, Dense):
        return spec, (channels, spec.units)
    transposed = isinstance(spec, ConvTranspose)
    if plain:
        if spec.groups != 1 or (spec.out_channels or 1) != 1:
            why = "an image without channels has one, and so has its output"
            raise SpecError.of("input_shape", "(*space)", "(*space, C) for this layer", why)
        return with_channels(spec, 1), spec.kernel_size
    if channels % spec.groups:
        raise SpecError.of("groups", spec.groups, f"a divisor of the {channels} channels")
    outputs = spec.out_channels
    if outputs is None and len(given) == spec.rank + 2:
        outputs = given[-2] * spec.groups if transposed else given[-1]
    full = with_channels(spec, outputs or spec.groups)
    width = full.out_channels or 0
    inner, outer = (width, channels) if transposed else (channels, width)
    return full, (*spec.kernel_size, inner // spec.groups, outer)


def with_channels(spec: Conv | ConvTranspose, outputs: int) -> Conv | ConvTranspose:
    """The same layer with that many output channels."""
    if outputs % spec.groups:
        raise SpecError.of("groups", spec.groups, f"a divisor of the kernel's {outputs} outputs")
    names = [name for name in vars(spec) if name not in ("kernel_size", "out_channels")]
    more: dict[str, Any] = {name: getattr(spec, name) for name in names}
    return type(spec)(spec.kernel_size, outputs, **more)


def as_ties(edges: Edges, batch: Sizes, plain: bool, weight_shape: Sizes) -> Ties:
    """Ties of a batch of images, or of one; without the channel axis if it came without."""
    images = prod(batch)
    shapes = edges.output_shape, edges.input_shape
    ends, starts = edges.outputs, edges.inputs
    if batch:
        step = np.arange(images)[:, np.newaxis]
        ends = (step * prod(shapes[0]) + ends).ravel()
        starts = (step * prod(shapes[1]) + starts).ravel()
    outer, inner = ((*batch, *(s[:-1] if plain else s)) for s in shapes)
    weights = np.tile(edges.weights, images) if batch else edges.weights
    return Ties(ends, starts, weights, outer, inner, weight_shape)


def of_mean(spec: AvgPool, shape: Sizes, batch: Sizes, plain: bool) -> Ties:
    """A mean's edges: a weight 1 for each tap, and the factor 1 / the window's divisor."""
    spec.output_shape(shape)
    edges = of_layer(spec, shape)
    ties = as_ties(edges, batch, plain, edges.weight_shape)
    divisor = divisors(spec, shape)
    positions = np.tile(edges.positions, prod(batch)) if batch else edges.positions
    return replace_weights(ties, ties.weights // shape[-1], spec.window, 1 / divisor[positions])


def replace_weights(ties: Ties, weights: Array, weight_shape: Sizes, scale: Array) -> Ties:
    """The same edges with other weights."""
    return Ties(
        ties.outputs, ties.inputs, weights, ties.output_shape, ties.input_shape, weight_shape, scale
    )


def divisors(spec: AvgPool, shape: Sizes) -> Array:
    """How many pixels the mean at each output position counts, flat."""
    found = np.ones(1, np.int64)
    for axis, size in zip(spec.axes(shape[:-1]), shape[:-1], strict=True):
        count = range(axis.output_size(size))
        one = [reference.divisor(axis, size, o, spec.count_include_pad) for o in count]
        found = np.multiply.outer(found, np.array(one)).reshape(-1)
    return found
