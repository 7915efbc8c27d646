"""Receptive fields in closed form: the size, stride and first pixel of what an output sees.

On each axis the window of output o is the pixels jump*o + start, ..., jump*o + start + size - 1.
A window layer takes (jump, start, size) to (jump*S, start - jump*P, size + jump*D*(K - 1)); where
branches meet, their windows are joined, if they move by the same jump.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, lcm, prod
from typing import TYPE_CHECKING

import numpy as np

from convproof.functions.arrays import Array, Sizes
from convproof.networks.graph import Graph, Slide, Whole

if TYPE_CHECKING:
    from convproof.networks.graph import Node

MOST_PHASES = 256


@dataclass(frozen=True, eq=False)
class ReceptiveField:
    """What an output of a network sees of its input.

    Attributes:
        size: pixels from the first to the last on each axis, both counted; with transposed
            convolutions the most that any output sees.
        stride: pixels by which the window moves from one output to the next, a fraction where the
            output is finer than the input; None where there are no positions: all outputs see it.
        start: the first pixel of output 0's window; negative on padding.
        taps: a mask of `size`: the pixels in the window that are really read (of output 0's).
        space: the input's pixels.
    """

    size: Sizes
    stride: tuple[int | Fraction, ...] | None
    start: tuple[int, ...]
    taps: Array
    space: Sizes

    @property
    def whole(self) -> bool:
        """Whether every output sees the same pixels: there is nothing that moves."""
        return self.stride is None

    def window(self, output: Sequence[int]) -> tuple[slice, ...]:
        """The pixels from the first to the last that an output sees, cut at the image's edge."""
        steps = self.stride or (0,) * len(self.size)
        firsts = [floor(s * o) + b for s, o, b in zip(steps, output, self.start, strict=True)]
        return tuple(
            slice(max(first, 0), max(min(first + n, pixels), 0))
            for first, n, pixels in zip(firsts, self.size, self.space, strict=True)
        )

    def __str__(self) -> str:
        size = " x ".join(map(str, self.size))
        if self.stride is None:
            return f"{size} pixels from {self.start}, the same for every output"
        holes = "" if self.taps.all() else f" ({int(self.taps.sum())} of them read)"
        stride = ", ".join(map(str, self.stride))
        return f"{size} pixels{holes}, moving by ({stride}), the first one from {self.start}"


@dataclass(frozen=True)
class Affine:
    """(jump, start, size) on each axis; None where branches disagree, or all is read."""

    jump: tuple[Fraction, ...]
    start: tuple[Fraction, ...]
    size: tuple[Fraction, ...]
    exact: bool  # no transposed layer on the way: start and size are those of every output


def closed_forms(graph: Graph) -> list[Affine | None]:
    """The closed form of every node, from the input on; None where a whole image is read."""
    ones = (Fraction(1),) * graph.rank
    found: list[Affine | None] = [Affine(ones, (Fraction(0),) * graph.rank, ones, True)]
    for node in graph.nodes[1:]:
        found.append(step(node, found))
    return found


def step(node: Node, known: Sequence[Affine | None]) -> Affine | None:
    """The closed form of one node, from those that it reads."""
    branches: list[Affine] = []
    for edge in node.edges:
        before = known[edge.source]
        if before is None or any(isinstance(rule, Whole) for rule in edge.rules):
            return None
        exact = before.exact and all(isinstance(rule, Slide) for rule in edge.rules)
        jumps, starts, sizes = [], [], []
        for axis, rule in enumerate(edge.rules):
            jump = before.jump[axis]
            positions, there = rule.positions(np.arange(1))
            read = positions[there] if there.any() else positions.ravel()
            low, high = int(read.min()), int(read.max())
            jumps.append(jump * rule.jump)
            starts.append(before.start[axis] + jump * low)
            sizes.append(before.size[axis] + jump * (high - low))
        branches.append(Affine(tuple(jumps), tuple(starts), tuple(sizes), exact))
    if not branches or len({branch.jump for branch in branches}) > 1:
        return None
    axes = range(len(branches[0].jump))
    start = tuple(min(branch.start[axis] for branch in branches) for axis in axes)
    end = (max(branch.start[axis] + branch.size[axis] for branch in branches) for axis in axes)
    size = tuple(last - first for first, last in zip(start, end, strict=True))
    return Affine(branches[0].jump, start, size, all(branch.exact for branch in branches))


def receptive_field(graph: Graph, node: int, form: Affine | None) -> ReceptiveField:
    """The receptive field of one node.

    Where nothing on the way is transposed the closed form is the field of every output; else the
    fields of all phases are looked at, where no axis has an end.
    """
    if form is None:
        return of_all(graph, node)
    stride = tuple(int(j) if j.denominator == 1 else j for j in form.jump)
    if form.exact:
        placed = graph.lattice(node, (0,) * graph.rank)
        assert placed is not None
        taps, start = placed
        size = tuple(int(s) for s in form.size)
        first = tuple(int(s) for s in form.start)
        wide = np.zeros(size, bool)
        begin = tuple(s - f for s, f in zip(start, first, strict=True))
        wide[tuple(slice(b, b + n) for b, n in zip(begin, taps.shape, strict=True))] = taps
        return ReceptiveField(size, stride, first, wide, graph.space)
    periods = [lcm(*(j.denominator for j in form.jump))] * graph.rank
    if prod(periods) > MOST_PHASES:
        periods = [1] * graph.rank
    most = (0,) * graph.rank
    taps, start = np.zeros(most, bool), most
    for phase in itertools.product(*(range(period) for period in periods)):
        placed = graph.lattice(node, phase)
        assert placed is not None
        most = tuple(map(max, most, placed[0].shape))
        if not any(phase):
            taps, start = placed
    wide = np.zeros(most, bool)
    wide[tuple(slice(0, n) for n in taps.shape)] = taps
    return ReceptiveField(most, stride, start, wide, graph.space)


def of_all(graph: Graph, node: int) -> ReceptiveField:
    """The pixels that any output of a node reads, in one box."""
    seen = graph.read_by(node, np.ones(graph.nodes[node].space, bool))
    where = np.argwhere(seen)
    low = tuple(int(v) for v in where.min(axis=0)) if len(where) else (0,) * graph.rank
    high = tuple(int(v) + 1 for v in where.max(axis=0)) if len(where) else low
    size = tuple(b - a for a, b in zip(low, high, strict=True))
    taps = seen[tuple(slice(a, b) for a, b in zip(low, high, strict=True))]
    return ReceptiveField(size, None, low, taps, graph.space)
