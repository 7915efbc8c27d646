"""A network layer by layer: shapes, receptive fields, strides, regions, costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any

from convproof.errors import SpecError, SpecTypeError
from convproof.functions.arrays import Sizes
from convproof.networks import shapes
from convproof.networks.fields import ReceptiveField, closed_forms, receptive_field
from convproof.networks.graph import Graph
from convproof.networks.layers import KINDS
from convproof.networks.network import Network
from convproof.networks.region import EquivarianceRegion, regions


@dataclass(frozen=True, eq=False)
class Row:
    """One operation: what it makes and what its outputs see.

    `shape` is (*space, channels), `field` None where branches move by different strides (then
    `stride` has no meaning either), `reads` the names of the operations it reads.
    """

    name: str
    operation: str
    reads: tuple[str, ...]
    shape: Sizes
    field: ReceptiveField
    region: EquivarianceRegion
    parameters: int
    products: int


@dataclass(frozen=True, eq=False)
class Survey:
    """A network, looked at: a row for each operation, from the input on.

    Attributes:
        rows: in the order in which they are computed.
        shift: the shift of the input, in pixels, that the regions are for: the smallest that
            moves every output with several positions by a whole number of them.
        graph: the network's graph, for questions of one's own.
    """

    title: str
    input_shape: Sizes
    rows: tuple[Row, ...]
    shift: tuple[int, ...]
    graph: Graph

    @property
    def parameters(self) -> int:
        """All numbers that are learned."""
        return sum(row.parameters for row in self.rows)

    @property
    def products(self) -> int:
        """All multiplications for one image."""
        return sum(row.products for row in self.rows)

    def table(self) -> list[tuple[str, ...]]:
        """The rows as text, the heading first."""
        head = ("operation", "reads", "output", "sees", "stride", "first pixel", "shifted",
                "parameters", "products")  # fmt: skip
        return [head, *(cells(row) for row in self.rows)]

    def __str__(self) -> str:
        table = self.table()
        wide = [max(len(row[n]) for row in table) for n in range(len(table[0]))]
        lines = [
            "  ".join(cell.ljust(w) for cell, w in zip(row, wide, strict=True)).rstrip()
            for row in table
        ]
        return "\n".join([self.title, "", *lines, "", self.summary()])

    def summary(self) -> str:
        """What the columns mean, and the sums."""
        return (
            f"{self.parameters:,} parameters, {self.products:,} multiplications for one image. "
            "Sees: the box of pixels that an output depends on. Stride: how far it moves from one "
            "output to the next. Shifted: how many outputs move along with a shift of the image by "
            f"{self.shift}, whatever comes in at its edge."
        )


def cells(row: Row) -> tuple[str, ...]:
    """One row as text."""
    seen = " x ".join(map(str, row.field.size))
    if not row.field.taps.all():
        seen += f" ({int(row.field.taps.sum())} read)"
    moves = "all alike" if row.field.stride is None else ", ".join(map(str, row.field.stride))
    region = row.region
    shifted = (
        "none" if region.output_shift is None else f"{int(region.mask.sum())} of {region.mask.size}"
    )
    return (
        f"{row.name} ({row.operation})" if row.name != row.operation else row.name,
        ", ".join(row.reads), " x ".join(map(str, row.shape)), seen, moves,
        ", ".join(map(str, row.field.start)), shifted, f"{row.parameters:,}", f"{row.products:,}",
    )  # fmt: skip


def survey(what: Any, input_shape: Sequence[int] | None = None, *, shift: object = None) -> Survey:
    """A network layer by layer: what every output sees, how far it moves, where it is equivariant.

    Branches and skips are followed as they are: receptive fields are joined where they meet.

    Args:
        what: a `Sequential` or the spec of one layer; a PyTorch module (traced by torch.fx); or
            the path of an ONNX file.
        input_shape: of one image: (*space, C) for a `Sequential` or a spec, (C, *space) for the
            others, with or without the batch.  A `Sequential` with parameters knows its own.
        shift: of the image, for the regions of equivariance; by default the smallest that moves
            every output with several positions by a whole number of them.

    Raises:
        SpecError: if the network does not take the shape, or an operation's reading pattern is
            not known; it names the operation.
        MissingExtra: without PyTorch, or onnx, for these.

    Example:
        >>> import convproof as cp
        >>> net = cp.Sequential([cp.Conv(3, 8, padding=1), cp.MaxPool(2), cp.Conv(3, 16)])
        >>> row = survey(net, (28, 28, 1)).rows[-1]
        >>> row.shape, row.field.size, row.field.stride, row.field.start
        ((12, 12, 16), (8, 8), (2, 2), (-1, -1))
    """
    title, shape, graph = read(what, input_shape)
    forms = closed_forms(graph)
    fields = [receptive_field(graph, n, form) for n, form in enumerate(forms)]
    moved = smallest_shift(graph, fields) if shift is None else shift
    found = regions(graph, moved)
    rows = tuple(
        Row(
            node.name, node.operation, tuple(graph.nodes[edge.source].name for edge in node.edges),
            (*node.space, node.channels), field, region, node.parameters, node.products,
        )
        for node, field, region in zip(graph.nodes, fields, found, strict=True)
    )  # fmt: skip
    return Survey(title, shape, rows, found[0].shift, graph)


def read(what: Any, input_shape: Sequence[int] | None) -> tuple[str, Sizes, Graph]:
    """The title, the shape, and the graph of whatever network it is."""
    if isinstance(what, KINDS):
        what = Network([what])
    if isinstance(what, Network):
        from convproof.networks.of_sequential import graph_of

        shape = what.expect_parameters() if input_shape is None else read_image(what, input_shape)
        return f"A network of {len(what.layers)} layers on {shape}", shape, graph_of(what, shape)
    if input_shape is None:
        raise SpecError.of("input_shape", None, "the shape of an input")
    shape = shapes.read_shape(input_shape)
    if isinstance(what, (str, Path)):
        from convproof.networks.of_onnx import graph_of as of_file

        return f"{Path(what).name} on {shape}", shape, of_file(what, shape)
    if any(base.__module__.startswith("torch.") for base in type(what).__mro__):
        from convproof.networks.of_torch import graph_of as of_module

        return f"{type(what).__name__} on {shape}", shape, of_module(what, shape)
    allowed = "a Sequential, a layer, a PyTorch module, or the path of an ONNX file"
    raise SpecTypeError.of("what", what, allowed)


def read_image(net: Network, input_shape: Sequence[int]) -> Sizes:
    """The shape of one image: the batch, if it came with it, is left out."""
    shape = shapes.read_shape(input_shape)
    wanted = next((t for p in net.parts if (t := p.operation.takes()) is not None), None)
    return shape[1:] if wanted is not None and len(shape) == wanted + 1 else shape


def smallest_shift(graph: Graph, fields: Sequence[ReceptiveField]) -> tuple[int, ...]:
    """The shift that moves every output that has several positions by a whole number of them."""
    found = [1] * graph.rank
    for node, field in zip(graph.nodes, fields, strict=True):
        for axis, step in enumerate(field.stride or ()):
            if node.space[axis] > 1:
                found[axis] = lcm(found[axis], Fraction(step).numerator)
    return tuple(found)
