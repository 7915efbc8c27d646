"""What importers share: nodes made of the numbers that a framework gives, channels first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any

from convproof import reference
from convproof.errors import SpecError
from convproof.functions.arrays import Sizes
from convproof.networks.graph import Edge, Graph, Node, Repeat, Rule, Slide, Spread, Whole
from convproof.spec import Axis, PaddingMode


class Unknown(SpecError):
    """An operation whose reading pattern is not known here."""


@dataclass
class Builder:
    """A graph under construction; a tensor is a node's number, its shape (C, *space) or (F,)."""

    rank: int
    nodes: list[Node] = field(default_factory=list)

    def graph(self) -> Graph:
        """The graph so far."""
        return Graph(tuple(self.nodes))

    def add(
        self, name: str, operation: str, edges: Sequence[Edge], shape: Sizes, **more: Any
    ) -> int:
        """A node whose output has `shape`; its number."""
        space = tuple(shape[1:]) if len(shape) == self.rank + 1 else (1,) * self.rank
        self.nodes.append(Node(name, operation, tuple(edges), space, shape[0], **more))
        return len(self.nodes) - 1

    def space(self, number: int) -> Sizes:
        """The positions of a node."""
        return self.nodes[number].space

    def pointwise(
        self, name: str, operation: str, sources: Sequence[int], shape: Sizes,
        keeps_zero: bool = False, **more: Any,
    ) -> int:  # fmt: skip
        """Entry by entry, of one tensor or of several; a single position is shown everywhere."""
        target = tuple(shape[1:]) if len(shape) == self.rank + 1 else (1,) * self.rank
        edges = []
        for source in sources:
            rules: list[Rule] = []
            for size, out in zip(self.space(source), target, strict=True):
                if size != out and size != 1:
                    raise Unknown(f"{name} ({operation}) joins {self.space(source)} to {target}")
                rules.append(Slide() if size == out else Whole(1))
            edges.append(Edge(source, tuple(rules), zero_padding=True))
        return self.add(name, operation, edges, shape, keeps_zero=keeps_zero, **more)

    def window(
        self,
        name: str,
        operation: str,
        source: int,
        shape: Sizes,
        axes: Sequence[Axis],
        *,
        mode: PaddingMode = "zeros",
        zero: bool = False,
        symmetric: bool = False,
        mean: bool | None = None,
        keeps_zero: bool = False,
        **more: Any,
    ) -> int:
        """A window that slides; `mean` says whether a mean counts its padding (None: no mean)."""
        rules = tuple(Slide(axis, mode) for axis in axes)
        edge = Edge(source, rules, zero and mode == "zeros", symmetric)
        divisors: tuple[tuple[int, ...], ...] = ()
        if mean is not None:
            divisors = tuple(
                tuple(reference.divisor(axis, size, o, mean) for o in range(out))
                for axis, size, out in zip(axes, self.space(source), shape[1:], strict=True)
            )
        return self.add(
            name, operation, [edge], shape, divisors=divisors, keeps_zero=keeps_zero, **more
        )

    def transposed(
        self, name: str, source: int, shape: Sizes, axes: Sequence[Axis], **more: Any
    ) -> int:
        """A transposed window."""
        edge = Edge(source, tuple(Spread(axis) for axis in axes), zero_padding=True)
        return self.add(name, f"conv_transpose{self.rank}d", [edge], shape, **more)

    def repeated(self, name: str, source: int, shape: Sizes) -> int:
        """Each position shown several times."""
        rules = []
        for size, out in zip(self.space(source), shape[1:], strict=True):
            if out % size:
                raise Unknown(f"{name}: {size} positions are not repeated to {out} evenly")
            rules.append(Repeat(out // size))
        return self.add(name, "repeat", [Edge(source, tuple(rules))], shape)

    def whole(
        self, name: str, operation: str, sources: Sequence[int], shape: Sizes, **more: Any
    ) -> int:
        """Every output reads everything."""
        edges = [Edge(s, tuple(Whole(size) for size in self.space(s))) for s in sources]
        return self.add(name, operation, edges, shape, **more)


def even_bins(name: str, sizes: Sizes, out: Sizes) -> list[Axis]:
    """An adaptive pool's windows, where they are all of one size."""
    axes = []
    for size, count in zip(sizes, out, strict=True):
        if size % count:
            raise Unknown(f"{name}: {size} positions in {count} bins are windows of several sizes")
        axes.append(Axis(size // count, size // count))
    return axes


def per_axis(value: Any, rank: int) -> tuple[int, ...]:
    """One number an axis."""
    items = tuple(value) if isinstance(value, (tuple, list)) else (value,)
    return tuple(int(v) for v in (items * rank if len(items) == 1 else items))


def same_pads(size: int, kernel: int, stride: int, dilation: int, upper: bool) -> tuple[int, int]:
    """ONNX's SAME_UPPER and SAME_LOWER, PyTorch's "same": the odd pixel at the end or the start."""
    total = max((-(-size // stride) - 1) * stride + dilation * (kernel - 1) + 1 - size, 0)
    low, high = total // 2, total - total // 2
    return (low, high) if upper else (high, low)


def pixels(space: Sizes) -> int:
    """How many positions there are."""
    return prod(space)
