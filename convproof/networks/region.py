"""Where a network is equivariant: the outputs on which a shift of the input shifts them, exactly.

x' shows what x shows, `shift` pixels further on; what comes in at one side is anything, and what
leaves at the other is lost.  An output is in the region if it has the same value as the output
that much further back had on x, for every image and all weights: then every tap on the way reads,
in both runs, either padding or the same number.  Outside it, images and weights in general position
tell the outputs apart; a maximum may still come, for some images, from where both agree.  With
zeros coming in, or what has left, the region is one on which the outputs shift, and may be a part.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias, cast

import numpy as np

from convproof.arguments import items_of
from convproof.errors import SpecError, SpecTypeError
from convproof.functions.arrays import Array, Sizes
from convproof.networks.graph import (
    ABSENT,
    PADDING,
    Edge,
    Graph,
    Node,
    Slide,
    Whole,
    along,
    incidence,
)
from convproof.spec import Axis, choice

Incoming: TypeAlias = Literal["anything", "zeros", "circular"]
INCOMING: tuple[Incoming, ...] = ("anything", "zeros", "circular")
ZERO = 1  # the number of the constant 0


@dataclass(frozen=True, eq=False)
class EquivarianceRegion:
    """The outputs that a shift of the input shifts.

    Attributes:
        shift: of the input, in pixels.
        output_shift: of the output, or None where that is no whole number of positions, or the
            output has no positions: then the region is empty unless nothing is shifted.
        mask: over the output's space: y'[o] == y[o - output_shift] for every image.
        node: the operation whose output this is.
    """

    shift: tuple[int, ...]
    output_shift: tuple[int, ...] | None
    mask: Array
    node: str

    @property
    def slices(self) -> tuple[slice, ...] | None:
        """The region as a box, () being empty; None if it is no box."""
        where = np.argwhere(self.mask)
        if not len(where):
            return tuple(slice(0, 0) for _ in self.mask.shape)
        low, high = where.min(axis=0), where.max(axis=0) + 1
        box = tuple(slice(int(a), int(b)) for a, b in zip(low, high, strict=True))
        return box if self.mask[box].all() else None

    def __str__(self) -> str:
        count, total = int(self.mask.sum()), self.mask.size
        if self.output_shift is None:
            return f"a shift by {self.shift} shifts no output: it is no whole number of positions"
        box = self.slices
        where = (
            ""
            if box is None or not count
            else ", " + " x ".join(f"{one.start}..{one.stop - 1}" for one in box)
        )
        by = f"by {self.output_shift}{where}"
        return f"a shift by {self.shift} shifts {count} of {total} outputs {by}"


@dataclass(frozen=True)
class State:
    """What is known of a node's values in the two runs.

    `equal` at r says that the shifted run has there what the first run had at r - shift; with
    `ended`, that holds where r - shift is off the image too, the value there counting as 0.
    `constant` numbers the values that depend on no pixel, alike ones alike; 0 is any other.
    """

    shift: tuple[int, ...] | None
    equal: Array
    constant: Array
    ended: bool = False


def read_shift(shift: object, rank: int) -> tuple[int, ...]:
    """`shift` as one whole number an axis; an int moves every axis."""
    items = items_of(shift, rank + 1)
    if items is None:
        items = (shift,) * rank
    if len(items) != rank:
        raise SpecError.of("shift", shift, f"an integer, or {rank} of them, one per axis")
    found = []
    for item in items:
        if isinstance(item, bool) or not isinstance(item, (int, np.integer)):
            raise SpecTypeError.of("shift", shift, "an integer, or one per axis")
        found.append(int(item))
    return tuple(found)


def regions(graph: Graph, shift: object, incoming: object = "anything") -> list[EquivarianceRegion]:
    """The region of every node.

    Args:
        graph: the network.
        shift: pixels the image moves by on each axis, either way.
        incoming: what comes in: "anything", "zeros", or "circular" (what has left comes in again).

    Raises:
        SpecError: for a shift that is not one whole number an axis.
    """
    moved = read_shift(shift, graph.rank)
    kind = cast(Incoming, choice("incoming", incoming, INCOMING))
    space = graph.space
    equal = np.ones(space, bool)
    if kind == "anything":
        for axis, (size, by) in enumerate(zip(space, moved, strict=True)):
            there = np.arange(size) - by
            shape = [1] * graph.rank
            shape[axis] = size
            equal &= ((there >= 0) & (there < size)).reshape(shape)
    states = [State(moved, equal, np.zeros(space, np.int64), kind == "zeros")]
    names: dict[object, int] = {"zero": ZERO}
    for node in graph.nodes[1:]:
        states.append(state(graph, node, states, kind == "circular", names))
    return [
        EquivarianceRegion(moved, one.shift, without_edge(one), node.name)
        for node, one in zip(graph.nodes, states, strict=True)
    ]


def without_edge(one: State) -> Array:
    """The outputs that equal one that there is."""
    if not one.ended or one.shift is None:
        return one.equal
    found = one.equal.copy()
    for axis, by in enumerate(one.shift):
        there = np.arange(found.shape[axis]) - by
        gone = (there < 0) | (there >= found.shape[axis])
        found[(*(slice(None),) * axis, gone)] = False
    return found


def state(
    graph: Graph, node: Node, known: Sequence[State], circular: bool, names: dict[object, int]
) -> State:
    """What is known of one node, from what it reads."""
    nothing = np.zeros(node.space, bool)
    constant = constants(graph, node, known, names)
    shifts = {shift_after(edge, known[edge.source].shift) for edge in node.edges}
    shift = shifts.pop() if len(shifts) == 1 else None
    if shift is None:
        return State(None, nothing, constant)
    if node.keeps_zero and all(known[edge.source].ended for edge in node.edges):
        sources = [known[edge.source].equal for edge in node.edges]
        if all(is_pointwise(graph, node, edge) for edge in node.edges):
            # 0 gives 0, entry by entry: what is known of the sources is known of this
            return State(shift, np.logical_and.reduce(sources), constant, True)
    runs = [Runs(graph, node, edge, known[edge.source], shift, circular) for edge in node.edges]
    equal = ~nothing
    for run in runs:
        equal &= run.symmetric() if run.edge.symmetric else run.by_taps()
    equal &= divisors_equal(node, shift, circular)
    if runs:
        equal |= runs[0].same_constant(constant)
    return State(shift, equal, constant)


def is_pointwise(graph: Graph, node: Node, edge: Edge) -> bool:
    """Whether each position reads its own, and that alone."""
    own = all(isinstance(r, Slide) and r.axis == Axis(1) for r in edge.rules)
    return own and graph.nodes[edge.source].space == node.space


def shift_after(edge: Edge, shift: tuple[int, ...] | None) -> tuple[int, ...] | None:
    """By how many positions the outputs move, if that is a whole number on every axis."""
    if shift is None:
        return None
    found = []
    for rule, by in zip(edge.rules, shift, strict=True):
        if isinstance(rule, Whole):
            if by:
                return None
            found.append(0)
            continue
        out = Fraction(by) / rule.jump
        if out.denominator != 1:
            return None
        found.append(int(out))
    return tuple(found)


@dataclass
class Runs:
    """One edge in the two runs: per axis, what is read now and then, where the output is shifted.

    `now` is what output o reads of the shifted run, `then` what output o - shift read of the
    first; `exists` says whether there is such an output.
    """

    graph: Graph
    node: Node
    edge: Edge
    before: State
    shift: tuple[int, ...]
    circular: bool

    def __post_init__(self) -> None:
        rank = self.graph.rank
        self.sizes = self.graph.nodes[self.edge.source].space
        self.exists = np.ones(self.node.space, bool)
        self.now, self.then, self.first = [], [], []
        for axis, size in enumerate(self.node.space):
            out = np.arange(size)
            first = out - self.shift[axis]
            first = first % size if self.circular else first
            there = (first >= 0) & (first < size)
            first = np.where(there, first, 0)
            self.exists &= spread(there, axis, rank)
            self.now.append(self.graph.table(self.edge, axis, out))
            self.then.append(self.graph.table(self.edge, axis, first))
            self.first.append(first)

    def same_constant(self, constant: Array) -> Array:
        """The outputs that are the same constant in both runs."""
        then = constant[np.ix_(*self.first)]
        return np.asarray(self.exists & (constant > 0) & (constant == then))

    def by_taps(self) -> Array:
        """The outputs all of whose taps read the same in both runs."""
        rank, equal = self.graph.rank, self.exists.copy()
        for taps in itertools.product(*(range(table.shape[1]) for table in self.now)):
            now, then, moved = [], [], []
            for axis, tap in enumerate(taps):
                one, other = self.now[axis][:, tap], self.then[axis][:, tap]
                back = one - self.shift_before[axis]
                back = back % self.sizes[axis] if self.circular else back
                now.append(spread(one, axis, rank))
                then.append(spread(other, axis, rank))
                moved.append(spread(back == other, axis, rank))
            equal &= self.tap_equal(now, then, moved)
        return equal

    @property
    def shift_before(self) -> tuple[int, ...]:
        """The shift of the source."""
        assert self.before.shift is not None
        return self.before.shift

    def tap_equal(self, now: list[Array], then: list[Array], moved: list[Array]) -> Array:
        """Where one tap reads the same number, or padding, in both runs."""
        kinds = []
        for side in (now, then):
            gone = joined_or([one == ABSENT for one in side])
            padded = joined_or([one == PADDING for one in side]) & ~gone
            places = tuple(np.broadcast_arrays(*(np.maximum(one, 0) for one in side)))
            value = self.before.constant[places]
            if self.edge.zero_padding:
                value = np.where(padded, ZERO, value)
            value = np.where(gone, 0, value)
            kinds.append((gone, padded, ~gone & ~padded, places, value))
        (gone, padded, reads, places, value), (gone2, padded2, reads2, _, value2) = kinds
        known = self.before.equal[places]
        good = (gone & gone2) | (padded & padded2) | ((value > 0) & (value == value2))
        good |= reads & reads2 & ~joined_or([~one for one in moved]) & known
        if self.before.ended and self.edge.zero_padding:
            good |= reads & padded2 & known  # an incoming zero where padding was
        return np.asarray(good)

    def symmetric(self) -> Array:
        """The outputs that read the same set of numbers in both runs, in whatever order."""
        rank = self.graph.rank
        lost = ~self.before.equal
        ends = self.before.ended and self.edge.zero_padding
        same, empty = np.ones(self.node.space, bool), np.zeros(self.node.space, bool)
        empty2 = empty.copy()
        for axis, size in enumerate(self.sizes):
            now, then = (incidence(t[axis], 0, size) for t in (self.now, self.then))
            lost = along(lost, axis, now.T)
            by = self.shift_before[axis]
            moved = np.roll(now, -by, axis=1)
            if not self.circular:
                gone = moved_off(size, by)
                dropped = np.any(moved[:, gone], axis=1, keepdims=True)[:, 0]
                moved[:, gone] = False
                if not ends:
                    same &= ~spread(dropped, axis, rank)
            same &= spread(np.all(moved == then, axis=1, keepdims=True)[:, 0], axis, rank)
            empty |= spread(~np.any(now, axis=1, keepdims=True)[:, 0], axis, rank)
            empty2 |= spread(~np.any(then, axis=1, keepdims=True)[:, 0], axis, rank)
        return self.exists & ((same & ~lost) | (empty & empty2))


def moved_off(size: int, by: int) -> Array:
    """Which positions, after a roll by -by, hold what has gone round."""
    place = np.arange(size) + by
    return (place < 0) | (place >= size)


def constants(graph: Graph, node: Node, known: Sequence[State], names: dict[object, int]) -> Array:
    """The numbers of the node's constants: outputs that read padding and constants alone."""
    found = np.zeros(node.space, np.int64)
    readers = []
    varying = np.zeros(node.space, bool)
    for edge in node.edges:
        tables = [graph.table(edge, axis, np.arange(n)) for axis, n in enumerate(node.space)]
        mask = known[edge.source].constant == 0
        for axis, size in enumerate(graph.nodes[edge.source].space):
            mask = along(mask, axis, incidence(tables[axis], 0, size).T)
        varying |= mask
        readers.append((edge, tables))
    for place in map(tuple, np.argwhere(~varying)):
        keys: list[object] = []
        zero = node.keeps_zero
        for edge, tables in readers:
            rows = [table[p] for table, p in zip(tables, place, strict=True)]
            taps = [tap_class(known[edge.source], edge, tap) for tap in itertools.product(*rows)]
            zero = zero and set(taps) <= {ZERO, ABSENT}
            keys.append(tuple(sorted(taps) if edge.symmetric else taps))
        divided = tuple(counts[p] for counts, p in zip(node.divisors, place, strict=False))
        name = "zero" if zero else (node.name, node.operation, tuple(keys), divided)
        found[place] = names.setdefault(name, len(names) + 1)
    return found


def tap_class(source: State, edge: Edge, tap: tuple[int, ...]) -> int:
    """The constant that one tap reads."""
    if ABSENT in tap:
        return ABSENT
    if PADDING in tap:
        return ZERO if edge.zero_padding else PADDING
    return int(source.constant[tap])


def spread(values: Array, axis: int, rank: int) -> Array:
    """One axis's values, to be broadcast over all."""
    shape = [1] * rank
    shape[axis] = len(values)
    return values.reshape(shape)


def joined_or(parts: list[Array]) -> Array:
    """Where any holds."""
    found = parts[0]
    for part in parts[1:]:
        found = found | part
    return found


def divisors_equal(node: Node, shift: Sizes, circular: bool) -> Array:
    """The positions whose mean divides by the same number in both runs."""
    equal = np.ones(node.space, bool)
    for axis, counts in enumerate(node.divisors):
        size = len(counts)
        first = np.arange(size) - shift[axis]
        first = first % size if circular else first.clip(0, size - 1)
        array = np.array(counts)
        equal &= spread(array == array[first], axis, len(node.space))
    return equal
