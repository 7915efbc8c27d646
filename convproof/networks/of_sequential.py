"""The graph of a `Sequential`: one operation after another."""

from __future__ import annotations

from math import prod

from convproof import reference
from convproof.functions.arrays import Sizes
from convproof.networks import shapes
from convproof.networks.graph import Edge, Graph, Node, Slide, Spread, Whole, expect_space
from convproof.networks.network import Network
from convproof.networks.operations import Activate, Connect, Correlate, Pool
from convproof.networks.shapes import Part
from convproof.spec import AvgPool, Axis, Conv, ConvTranspose, MaxPool, PaddingMode


def graph_of(net: Network, input_shape: Sizes) -> Graph:
    """The graph of `net` on images of `input_shape`, (*space, C).

    Raises:
        SpecError: if a layer cannot take what comes to it, or the input is features.
    """
    sizes = shapes.shapes(net.parts, input_shape)
    expect_space(input_shape[:-1])
    nodes = [Node("input", "input", (), input_shape[:-1], input_shape[-1], keeps_zero=True)]
    for part, before, after in zip(net.parts, sizes, sizes[1:], strict=False):
        nodes.append(node(part, before, after, len(nodes) - 1, nodes[-1].space))
    return Graph(tuple(nodes))


def node(part: Part, before: Sizes, after: Sizes, source: int, space: Sizes) -> Node:
    """One operation as a node that reads node `source`, which has `space` positions."""
    operation = part.operation
    count = sum(prod(size) for size in operation.parameters(before).values())
    name = part.name
    if isinstance(operation, Activate):
        same = tuple(Slide() for _ in space)
        keeps = operation.name != "sigmoid"
        edges = (Edge(source, same, zero_padding=True),)
        return Node(name, operation.name, edges, space, before[-1], keeps_zero=keeps)
    if isinstance(operation, Correlate):
        kernel = prod(operation.parameters(before)["kernel"])
        spec = operation.spec
        # each weight meets each position that its copies are at
        where = prod(before[:-1]) if isinstance(spec, ConvTranspose) else prod(after[:-1])
        return Node(
            name, operation.function, (window(spec, before[:-1], source),), after[:-1], after[-1],
            keeps_zero=not spec.bias, parameters=count, products=kernel * where,
        )  # fmt: skip
    if isinstance(operation, Pool):
        edge = window(operation.spec, before[:-1], source)
        divisors = mean_divisors(operation.spec, before[:-1])
        return Node(name, operation.function, (edge,), after[:-1], after[-1], True, divisors)
    if isinstance(operation, Connect):
        one = tuple(Slide() for _ in space)
        kernel = prod(operation.parameters(before)["kernel"])
        return Node(
            name, "dense", (Edge(source, one),), space, after[-1], parameters=count, products=kernel
        )
    edges = (Edge(source, tuple(Whole(size) for size in space)),)
    return Node(name, "flatten", edges, (1,) * len(space), after[-1])


def window(spec: Conv | ConvTranspose | MaxPool | AvgPool, space: Sizes, source: int) -> Edge:
    """The edge of a layer with a window."""
    if isinstance(spec, ConvTranspose):
        return spread(spec.image(space)[0], source)
    if isinstance(spec, Conv):
        return slide(spec.axes(space), source, spec.padding_mode, zero=True)
    zero = isinstance(spec, AvgPool) and spec.count_include_pad
    return slide(spec.axes(space), source, "zeros", zero=zero, symmetric=True)


def slide(
    axes: tuple[Axis, ...], source: int, mode: PaddingMode, zero: bool, symmetric: bool = False
) -> Edge:
    """A window that slides."""
    rules = tuple(Slide(axis, mode) for axis in axes)
    return Edge(source, rules, zero and mode == "zeros", symmetric)


def spread(axes: tuple[Axis, ...], source: int) -> Edge:
    """A transposed window."""
    return Edge(source, tuple(Spread(axis) for axis in axes), zero_padding=True)


def mean_divisors(spec: MaxPool | AvgPool, space: Sizes) -> tuple[tuple[int, ...], ...]:
    """What the mean at each position of each axis divides by; () for a maximum."""
    if isinstance(spec, MaxPool):
        return ()
    return tuple(
        tuple(
            reference.divisor(axis, size, o, spec.count_include_pad)
            for o in range(axis.output_size(size))
        )
        for axis, size in zip(spec.axes(space), space, strict=True)
    )
