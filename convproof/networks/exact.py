"""A whole network by the definitions alone, on any numbers: fractions, and dual numbers on them.

A second route, for the laws: `reference`'s loops run layer by layer on x + eps v, and the slope
that comes out is the exact directional derivative, kinks decided as declared (ReLU's slope at 0 is
0, the first maximum wins).  None of the code that networks run on is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import lcm, prod

import numpy as np

from convproof import reference
from convproof.derive.evaluate import Dual
from convproof.errors import SpecError
from convproof.evidence import Verdict
from convproof.functions.arrays import Array
from convproof.networks.layers import Activation, Dense, Flatten
from convproof.networks.network import Network
from convproof.spec import AvgPool, Conv, ConvTranspose, MaxPool


def run(net: Network, x: Array, given: Mapping[str, Array]) -> Array:
    """The output for x (N, *input_shape), entries of any exact kind; parameters by their names.

    Raises:
        SpecError: for an activation with no exact values.
    """
    for number, layer in enumerate(net.layers):
        kernel, bias = given.get(f"{number}.kernel"), given.get(f"{number}.bias")
        if isinstance(layer, Flatten):
            x = x.reshape(len(x), -1)
        elif isinstance(layer, Dense):
            assert kernel is not None
            x = x.dot(kernel)
        elif isinstance(layer, Conv):
            axes = layer.axes(x.shape[1:-1])
            assert kernel is not None
            x = reference.conv(x, kernel, None, axes, layer.groups, layer.padding_mode)
        elif isinstance(layer, ConvTranspose):
            assert kernel is not None
            x = transposed(layer, x, kernel)
        elif isinstance(layer, MaxPool):
            x = reference.max_pool(x, layer.axes(x.shape[1:-1]))[0]
        elif isinstance(layer, AvgPool):
            x = reference.avg_pool(x, layer.axes(x.shape[1:-1]), layer.count_include_pad)
        x = x if bias is None else x + bias
        name = layer.name if isinstance(layer, Activation) else getattr(layer, "activation", None)
        if name == "relu":
            x = rectified(x)
        elif name is not None:
            raise SpecError.of("net", name, "ReLU alone: its values are exact")
    return x


def transposed(layer: ConvTranspose, x: Array, kernel: Array) -> Array:
    """The input gradient of the convolution, by its definition."""
    axes, out = layer.image(x.shape[1:-1])
    image = np.zeros((len(x), *out, layer.out_channels or 0), dtype=object)
    windows = [reference.output_size(axis, size) for axis, size in zip(axes, out, strict=True)]
    # output padding may make room for more windows than x has pixels: they are given nothing
    flow = np.zeros((len(x), *windows, x.shape[-1]), dtype=object)
    both = (
        slice(None),
        *(slice(0, min(a, b)) for a, b in zip(windows, x.shape[1:-1], strict=True)),
    )
    flow[both] = x[both]
    return reference.conv_backward(flow, image, kernel, axes, layer.groups)[0]


def rectified(x: Array) -> Array:
    """max(0, x), entry by entry."""
    found = np.empty(x.shape, dtype=object)
    for place in np.ndindex(*x.shape):
        found[place] = x[place] if x[place] > 0 else 0
    return found


def fractions(array: Array) -> Array:
    """The same numbers as exact fractions."""
    found = np.empty(array.shape, dtype=object)
    for place in np.ndindex(*array.shape):
        found[place] = Fraction(array[place].item())
    return found


def dual(array: Array, slope: Array) -> Array:
    """array + eps slope."""
    found = np.empty(array.shape, dtype=object)
    for place in np.ndindex(*array.shape):
        found[place] = Dual(Fraction(array[place].item()), Fraction(slope[place].item()))
    return found


def directional(net: Network, x: Array, dy: Array, along: Mapping[str, Array]) -> Fraction:
    """The exact derivative of <dy, net(x)> in a direction of the parameters and of "x".

    Every number is taken for the fraction it is.
    """
    given = {name: dual(array, along[name]) for name, array in net.parameters.items()}
    y = run(net, dual(x, along["x"]), given)
    slopes = (Dual.of(value).slope for value in y.ravel())
    flow = (Fraction(value.item()) for value in dy.ravel())
    return Fraction(sum(d * s for d, s in zip(flow, slopes, strict=True)))


def check_backward(net: Network, seed: int = 0, batch: int = 2, directions: int = 3) -> Verdict:
    """The network's backward is the adjoint of its derivative: <dy, Df[v]> = <backward(dy), v>.

    On whole numbers, exactly; Df[v] by dual numbers through the definitions.  The forward is
    compared too.  Everything is a multiple of what means divide by, so that floats are exact.
    """
    shape = net.expect_parameters()
    rng = np.random.default_rng(seed)
    scale = divisor(net)
    whole = {n: rng.integers(-2, 3, p.shape).astype(float) for n, p in net.parameters.items()}
    whole = {n: p * (scale if n.endswith("bias") else 1) for n, p in whole.items()}
    whole_net = net.with_parameters(whole)
    x = rng.integers(-3, 4, (batch, *shape)).astype(float) * scale
    y = whole_net.forward(x)
    right = run(net, fractions(x), {n: fractions(p) for n, p in whole.items()})
    if y.shape != right.shape or not same(y, right):
        return Verdict.refute("the forward is not the definition's")
    dy = rng.integers(-3, 4, y.shape).astype(float) * scale
    found = whole_net.backward(dy, x)
    for _ in range(directions):
        along = {n: rng.integers(-2, 3, a.shape).astype(float) for n, a in found.items()}
        slope = directional(whole_net, x, dy, along)
        pairs = (zip(found[n].flat, along[n].flat, strict=True) for n in found)
        total = sum((Fraction(a) * Fraction(b) for pair in pairs for a, b in pair), Fraction(0))
        if total != slope:
            return Verdict.refute("another derivative", got=str(total), derivative=str(slope))
    return Verdict.held(
        f"forward and {directions} directional derivatives of {y.size} outputs, exactly"
    )


def same(got: Array, right: Array) -> bool:
    """Whether floats are the fractions they should be."""
    return all(Fraction(a) == b for a, b in zip(got.flat, right.flat, strict=True))


def divisor(net: Network) -> int:
    """A number whose multiples every mean of the network divides without a rest."""
    means = (layer for layer in net.layers if isinstance(layer, AvgPool))
    return prod(lcm(*range(1, prod(layer.window) + 1)) for layer in means)
