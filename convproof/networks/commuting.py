"""Which dense layers commute with a group: the converse of equivariance, computed exactly.

A dense layer A commutes with the group if A P(g) = Q(g) A for every g, where P(g) acts on inputs
and Q(g) on outputs.  These equations are linear in A; for the shifts of a circle their solutions
are the convolutions, no more and no less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from scipy import sparse
from sympy import QQ, Rational
from sympy.polys.matrices import DomainMatrix

from convproof.arguments import as_int, items_of
from convproof.errors import SpecError
from convproof.evidence import Verdict
from convproof.functions.arrays import Array, Sizes
from convproof.networks.certificates import Certified
from convproof.networks.edges import of_layer
from convproof.spec import Conv, per_axis

MOST_UNKNOWNS = 2**22  # entries of A when the group permutes
MOST_RATIONAL = 1500  # entries of A when it does not


@dataclass(frozen=True, eq=False)
class Commutant:
    """The dense layers (outputs, inputs) that commute with a group that permutes entries.

    `orbits` has A's shape: entries with the same number must be equal, and that is all that
    commuting asks, so `dimension` is how many numbers there are.
    """

    dimension: int
    orbits: Array

    def matrix(self, weights: Sequence[Any]) -> Array:
        """The commuting layer with one weight for each orbit."""
        return np.asarray(weights)[self.orbits]


def commutant(
    inputs: Sequence[Sequence[int] | Array], outputs: Sequence[Sequence[int] | Array]
) -> Commutant:
    """The layers that commute with the group that some permutations generate.

    Args:
        inputs: for each generator, where it sends each input: input i goes to inputs[g][i].
        outputs: the same for the outputs, generator by generator.

    Raises:
        SpecError: if these are no permutations, or not as many of both.

    Example: all permutations of three coordinates, made of a swap and a cycle.
        >>> swap, cycle = [1, 0, 2], [1, 2, 0]
        >>> commutant([swap, cycle], [swap, cycle]).dimension
        2
    """
    if len(inputs) != len(outputs) or not len(inputs):
        raise SpecError.of(
            "outputs", f"{len(outputs)} generators", f"{len(inputs)}, as many as of inputs, not 0"
        )
    before = [permutation(f"inputs[{n}]", given) for n, given in enumerate(inputs)]
    after = [permutation(f"outputs[{n}]", given) for n, given in enumerate(outputs)]
    for name, found in (("inputs", before), ("outputs", after)):
        if len({len(one) for one in found}) > 1:
            raise SpecError.of(name, [len(one) for one in found], "permutations of one set")
    size = len(after[0]), len(before[0])
    if prod(size) > MOST_UNKNOWNS:
        raise SpecError.of("inputs", size, f"at most {MOST_UNKNOWNS} entries of the layer")
    # A[q(o), p(i)] = A[o, i]: each equation joins two entries, so the solutions are the numbers
    # on the components of a graph.
    entry = np.arange(prod(size)).reshape(size)
    ends = [entry[np.ix_(q, p)].ravel() for p, q in zip(before, after, strict=True)]
    starts = np.tile(entry.ravel(), len(ends))
    joined = sparse.coo_array((np.ones(len(starts), np.int8), (starts, np.concatenate(ends))),
                              shape=(entry.size, entry.size))  # fmt: skip
    count, labels = sparse.csgraph.connected_components(joined, directed=False)
    return Commutant(int(count), labels.reshape(size))


def permutation(name: str, value: Sequence[int] | Array) -> Array:
    """`value` as a permutation of 0, ..., n - 1."""
    array = np.asarray(value)
    if array.ndim != 1 or array.dtype.kind not in "iu" or sorted(array) != list(range(len(array))):
        raise SpecError.of(name, value, "a permutation of 0, ..., n - 1")
    return array


def dimension(inputs: Sequence[Any], outputs: Sequence[Any]) -> int:
    """The same for any group: the dimension of {A : A P = Q A}, by exact elimination.

    Args:
        inputs: the generators P as square matrices of integers or fractions.
        outputs: the generators Q, likewise.

    Raises:
        SpecError: for matrices that do not fit together, or too many of their entries.

    Example: the quarter turns of the plane commute with what complex numbers are.
        >>> dimension([[[0, -1], [1, 0]]], [[[0, -1], [1, 0]]])
        2
    """
    pairs = [
        (np.array(p, object), np.array(q, object)) for p, q in zip(inputs, outputs, strict=True)
    ]
    for p, q in pairs:
        if p.ndim != 2 or q.ndim != 2 or p.shape[0] != p.shape[1] or q.shape[0] != q.shape[1]:
            raise SpecError.of("inputs", p.shape, "square matrices, on both sides")
    ((rows, columns),) = {(len(q), len(p)) for p, q in pairs} or {(0, 0)}
    if rows * columns > MOST_RATIONAL:
        raise SpecError.of("inputs", (rows, columns), f"at most {MOST_RATIONAL} entries of A")
    equations = []
    for p, q in pairs:
        one, other = np.eye(rows, dtype=object), np.eye(columns, dtype=object)
        # row-major vec(A P) = (1 x P') vec(A), vec(Q A) = (Q x 1) vec(A)
        equations.append(np.kron(one, p.T) - np.kron(q, other))
    if not equations:
        return rows * columns
    system = [[QQ.from_sympy(Rational(v)) for v in row] for row in np.concatenate(equations)]
    rank = DomainMatrix(system, (len(system), rows * columns), QQ).rank()
    return rows * columns - int(rank)


def shift(space: Sizes, channels: int, axis: int, by: int) -> Array:
    """Where a shift along one axis sends the entries of circular images (*space, channels)."""
    entry = np.arange(prod(space) * channels).reshape(*space, channels)
    # what is at r goes to r + by, whose number the rolled array has at r
    return np.roll(entry, -by, axis=axis).ravel()


def commuting_with_shifts(
    space: int | Sequence[int],
    *,
    stride: int | Sequence[int] = 1,
    channels: tuple[int, int] = (1, 1),
) -> Commutant:
    """The dense layers that turn a circular shift by `stride` into one of the output by 1.

    Args:
        space: pixels on each axis, up to three.
        stride: an int or one per axis; must divide the pixels, so that the output is a circle.
        channels: of the input and of the output.

    Raises:
        SpecError: if a stride does not divide its axis.

    Example:
        >>> commuting_with_shifts((4, 6), stride=2, channels=(3, 2)).dimension == 4 * 6 * 3 * 2
        True
    """
    sizes, steps, (inner, outer) = read_circle(space, stride, channels)
    out = tuple(size // step for size, step in zip(sizes, steps, strict=True))
    before = [shift(sizes, inner, axis, step) for axis, step in enumerate(steps)]
    after = [shift(out, outer, axis, 1) for axis in range(len(out))]
    return commutant(before, after)


def read_circle(
    space: int | Sequence[int], stride: int | Sequence[int], channels: Sequence[int]
) -> tuple[Sizes, Sizes, Sizes]:
    """The arguments of `commuting_with_shifts`, looked at."""
    items = items_of(space, 4)
    sizes = tuple(as_int("space", size, 1) for size in ((space,) if items is None else items))
    if not 1 <= len(sizes) <= 3:
        raise SpecError.of("space", space, "1 to 3 sizes")
    steps = per_axis("stride", stride, len(sizes))
    for axis, (size, step) in enumerate(zip(sizes, steps, strict=True)):
        if size % step:
            why = "the output is no circle otherwise"
            raise SpecError.of(f"stride[{axis}]", step, f"a divisor of the {size} pixels", why)
    return sizes, steps, tuple(as_int("channels", count, 1) for count in channels)


def certify_converse(
    space: int | Sequence[int],
    *,
    stride: int | Sequence[int] = 1,
    channels: tuple[int, int] = (1, 1),
) -> Certified:
    """The dense layers that commute with all shifts by the stride are the circular convolutions.

    The convolution with a tap for each pixel has one weight for each of A's orbits: its ties and
    the orbits are the same partition, so its kernels span the solutions, and the dimension is the
    kernel's: pixels times channels in times channels out.
    """
    sizes, steps, (inner, outer) = read_circle(space, stride, channels)
    found = commuting_with_shifts(sizes, stride=steps, channels=(inner, outer))
    wide = [(0, size - 1) for size in sizes]
    spec = Conv(sizes, outer, stride=steps, padding=wide, padding_mode="circular")
    edges = of_layer(spec, (*sizes, inner))
    count = prod(edges.weight_shape)
    statement = (
        f"a dense layer on circular images {(*sizes, inner)} commutes with the shifts by {steps} "
        f"iff it is a convolution with that stride"
    )
    orbit = found.orbits[edges.outputs, edges.inputs]
    pairs = set(zip(orbit.tolist(), edges.weights.tolist(), strict=True))
    whole = len(edges.outputs) == found.orbits.size
    same = len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})
    if not (whole and same and found.dimension == count):
        verdict = Verdict.refute("ties and orbits differ", dimension=found.dimension, kernel=count)
    else:
        verdict = Verdict.held(f"dimension {found.dimension}, and the kernel has {count} entries")
    return Certified(statement, verdict, found.orbits.size)
