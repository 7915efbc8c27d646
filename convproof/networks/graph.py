"""A network as a graph of positions: which positions of its inputs each position of a node reads.

Every node has the same number of spatial axes; what has none, a vector of features, has one
position.  On each axis a rule says what is read; a node reads the product over its axes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

import numpy as np

from convproof.errors import SpecError
from convproof.functions.arrays import Array, Sizes
from convproof.networks.edges import shown
from convproof.spec import Axis, PaddingMode

PADDING, ABSENT = -1, -2


class Rule(Protocol):
    """What output positions of one axis read, on an axis without ends."""

    def positions(self, out: Array) -> tuple[Array, Array]:
        """For each output position and tap (out, taps): the input position, and if there is one."""

    @property
    def jump(self) -> Fraction:
        """By how many input positions the window moves from one output to the next."""


@dataclass(frozen=True)
class Slide:
    """A window: r = stride*o + dilation*k - pad_lo; an `Axis` of one tap reads its own position."""

    axis: Axis = field(default_factory=lambda: Axis(1))
    mode: PaddingMode = "zeros"

    def positions(self, out: Array) -> tuple[Array, Array]:
        """Every tap reads one."""
        axis = self.axis
        taps = axis.dilation * np.arange(axis.kernel)
        found = axis.stride * out[:, np.newaxis] + taps - axis.pad_lo
        return found, np.ones(found.shape, bool)

    @property
    def jump(self) -> Fraction:
        """The stride."""
        return Fraction(self.axis.stride)


@dataclass(frozen=True)
class Spread:
    """A transposed window: stride*r + dilation*k - pad_lo = o, where r is whole."""

    axis: Axis

    def positions(self, out: Array) -> tuple[Array, Array]:
        """Those taps that meet a whole position."""
        axis = self.axis
        reached = out[:, np.newaxis] + axis.pad_lo - axis.dilation * np.arange(axis.kernel)
        return reached // axis.stride, reached % axis.stride == 0

    @property
    def jump(self) -> Fraction:
        """One over the stride."""
        return Fraction(1, self.axis.stride)


@dataclass(frozen=True)
class Repeat:
    """Every position shown `factor` times."""

    factor: int

    def positions(self, out: Array) -> tuple[Array, Array]:
        """One each."""
        found = out[:, np.newaxis] // self.factor
        return found, np.ones(found.shape, bool)

    @property
    def jump(self) -> Fraction:
        """One over the factor."""
        return Fraction(1, self.factor)


@dataclass(frozen=True)
class Whole:
    """Every output reads all `size` positions."""

    size: int

    def positions(self, out: Array) -> tuple[Array, Array]:
        """All of them."""
        found = np.broadcast_to(np.arange(self.size), (len(out), self.size))
        return found, np.ones(found.shape, bool)

    @property
    def jump(self) -> Fraction:
        """None: the window stays where it is."""
        return Fraction(0)


@dataclass(frozen=True)
class Edge:
    """That a node reads node number `source`, by one rule an axis.

    `zero_padding` says that what is off the image counts as 0 (a convolution, a mean that counts
    its padding); a maximum, or a mean that does not count it, knows the image's edge.
    `symmetric` says that the order of what a window reads does not matter (maxima, means).
    """

    source: int
    rules: tuple[Rule, ...]
    zero_padding: bool = False
    symmetric: bool = False


@dataclass(frozen=True)
class Node:
    """One operation: what it reads, its positions and channels, and what it costs.

    Attributes:
        name, operation: as the network has them.
        edges: what it reads.
        space, channels: its output's.
        keeps_zero: whether an input of 0 gives 0 (no bias, no sigmoid).
        divisors: for each axis, what the mean at a position divides by; () if it is none.
        parameters, products: how many numbers it has, and multiplications for one image.
    """

    name: str
    operation: str
    edges: tuple[Edge, ...]
    space: Sizes
    channels: int
    keeps_zero: bool = False
    divisors: tuple[tuple[int, ...], ...] = ()
    parameters: int = 0
    products: int = 0


@dataclass(frozen=True)
class Graph:
    """Nodes in an order in which each reads earlier ones; the first is the input."""

    nodes: tuple[Node, ...]

    @property
    def rank(self) -> int:
        """The number of spatial axes."""
        return len(self.nodes[0].space)

    @property
    def space(self) -> Sizes:
        """The input's pixels."""
        return self.nodes[0].space

    def table(self, edge: Edge, axis: int, out: Array) -> Array:
        """What positions `out` of one axis read of `edge`'s source: PADDING and ABSENT are < 0."""
        rule, size = edge.rules[axis], self.nodes[edge.source].space[axis]
        found, there = rule.positions(out)
        mode = rule.mode if isinstance(rule, Slide) else "zeros"
        return np.where(there, shown(found, size, mode), ABSENT)

    def pixels(self, node: int, position: Sequence[int]) -> Array:
        """The pixels that one position of a node depends on: a mask over the input's space.

        Borders and padding of every layer on the way are as they are.
        """
        start = np.zeros(self.nodes[node].space, bool)
        start[tuple(position)] = True
        return self.read_by(node, start)

    def read_by(self, node: int, outputs: Array) -> Array:
        """The pixels that any of some positions of a node depends on; both are masks."""
        masks: dict[int, Array] = {node: outputs}
        for number in range(node, 0, -1):
            if number not in masks:
                continue
            for edge in self.nodes[number].edges:
                mask = masks[number]
                for axis in range(self.rank):
                    size = self.nodes[edge.source].space[axis]
                    table = self.table(edge, axis, np.arange(mask.shape[axis]))
                    mask = along(mask, axis, incidence(table, 0, size))
                old = masks.get(edge.source)
                masks[edge.source] = mask if old is None else old | mask
        empty = np.zeros(self.space, bool)
        return masks.get(0, empty)

    def lattice(self, node: int, position: Sequence[int]) -> tuple[Array, tuple[int, ...]] | None:
        """The same where no axis has an end: a mask, and the pixel that its first entry is.

        None where a node on the way reads a whole image.
        """
        one = np.ones((1,) * self.rank, bool)
        masks: dict[int, tuple[Array, tuple[int, ...]]] = {node: (one, tuple(position))}
        for number in range(node, 0, -1):
            if number not in masks:
                continue
            for edge in self.nodes[number].edges:
                mask, start = masks[number]
                begin = list(start)
                nowhere = False
                for axis, rule in enumerate(edge.rules):
                    if isinstance(rule, Whole):
                        return None
                    found, there = rule.positions(start[axis] + np.arange(mask.shape[axis]))
                    if not there.any():  # a transposed window between its taps
                        nowhere = True
                        break
                    low, high = int(found[there].min()), int(found[there].max())
                    table = np.where(there, found - low, ABSENT)
                    mask = along(mask, axis, incidence(table, 0, high - low + 1))
                    begin[axis] = low
                if nowhere:
                    continue
                new = mask, tuple(begin)
                old = masks.get(edge.source)
                masks[edge.source] = new if old is None else joined(old, new)
        seen, start = masks.get(0, (np.zeros((0,) * self.rank, bool), (0,) * self.rank))
        return trimmed(seen, start)


def trimmed(mask: Array, start: tuple[int, ...]) -> Placed:
    """The mask without empty borders."""
    where = np.argwhere(mask)
    if not len(where):
        return np.zeros((0,) * mask.ndim, bool), start
    low, high = where.min(axis=0), where.max(axis=0) + 1
    box = tuple(slice(int(a), int(b)) for a, b in zip(low, high, strict=True))
    return mask[box], tuple(s + int(a) for s, a in zip(start, low, strict=True))


def incidence(table: Array, low: int, size: int) -> Array:
    """Which of `size` positions from `low` each row of a table reads (rows, size)."""
    found = np.zeros((len(table), size), bool)
    rows = np.broadcast_to(np.arange(len(table))[:, np.newaxis], table.shape)
    there = table >= 0
    found[rows[there], table[there] - low] = True
    return found


def along(mask: Array, axis: int, matrix: Array) -> Array:
    """The mask with one axis sent through a boolean matrix (before, after)."""
    moved = np.tensordot(mask.astype(np.float32), matrix.astype(np.float32), (axis, 0))
    return np.moveaxis(moved, -1, axis) > 0


Placed = tuple[Array, tuple[int, ...]]


def joined(one: Placed, other: Placed) -> Placed:
    """The union of two masks, each with the position of its first entry."""
    start = tuple(map(min, one[1], other[1]))
    end = tuple(
        max(a + m, b + n)
        for a, m, b, n in zip(one[1], one[0].shape, other[1], other[0].shape, strict=True)
    )
    found = np.zeros(tuple(e - s for s, e in zip(start, end, strict=True)), bool)
    for mask, at in (one, other):
        begin = tuple(a - s for a, s in zip(at, start, strict=True))
        found[tuple(slice(b, b + n) for b, n in zip(begin, mask.shape, strict=True))] |= mask
    return found, start


def expect_space(space: Sizes) -> None:
    """Refuse a network whose input has no positions."""
    if not space:
        raise SpecError.of("input_shape", space, "an image: features have no positions")
