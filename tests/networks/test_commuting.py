"""Maps that commute with shifts are convolutions; with finite groups, counted in three ways."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

import convproof as cp
from convproof.networks import (
    certify_converse,
    commutant,
    commuting_with_shifts,
    dimension,
)


@pytest.mark.parametrize(
    ("space", "stride", "channels"),
    [((6,), 1, (1, 1)), ((6,), 2, (1, 1)), ((6,), 3, (2, 1)), ((6,), 6, (1, 2)),
     ((4, 3), 1, (1, 1)), ((4, 6), (2, 3), (2, 2)), ((2, 3, 4), (1, 3, 2), (1, 2)),
     ((1,), 1, (1, 1))],
)  # fmt: skip
def test_what_commutes_with_shifts_is_a_convolution(
    space: tuple[int, ...], stride: Any, channels: tuple[int, int]
) -> None:
    found = certify_converse(space, stride=stride, channels=channels)
    assert found.verdict.holds
    count = commuting_with_shifts(space, stride=stride, channels=channels).dimension
    assert count == np.prod(space) * channels[0] * channels[1]


def matrix_of(permutation: Any) -> list[list[int]]:
    matrix = np.zeros((len(permutation),) * 2, int)
    matrix[list(permutation), np.arange(len(permutation))] = 1
    return matrix.tolist()


def closure(generators: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> set[Any]:
    """The whole group, as pairs of what it does to inputs and outputs."""
    found = {tuple(tuple(range(len(g))) for g in generators[0])}
    while True:
        more = {
            tuple(tuple(g[i] for i in e) for e, g in zip(element, generator, strict=True))
            for element in found
            for generator in generators
        } | found
        if more == found:
            return found
        found = more


def turned(side: int) -> list[int]:
    grid = np.arange(side * side).reshape(side, side)
    return [int(i) for i in np.argsort(np.rot90(grid).ravel())]


def mirrored(side: int) -> list[int]:
    return [int(i) for i in np.arange(side * side).reshape(side, side)[:, ::-1].ravel()]


swap, cycle = [1, 0, 2, 3], [1, 2, 3, 0]


GROUPS: dict[str, tuple[list[Any], list[Any], int]] = {
    "a circle": ([[1, 2, 3, 0]], [[1, 2, 3, 0]], 4),
    "all permutations": ([swap, cycle], [swap, cycle], 2),
    "to an invariant": ([swap, cycle], [[0], [0]], 1),
    "quarter turns of 3 x 3": ([turned(3)], [turned(3)], 21),
    "quarter turns and mirrors of 3 x 3": (
        [turned(3), mirrored(3)], [turned(3), mirrored(3)], 15),
    "mirrors of a line": ([[3, 2, 1, 0]], [[3, 2, 1, 0]], 8),
    "nothing": ([[0, 1, 2]], [[0, 1]], 6),
}  # fmt: skip


@pytest.mark.parametrize("name", GROUPS)
def test_finite_groups_in_three_ways(name: str) -> None:
    """Orbits, exact elimination, and Burnside's count of fixed points agree."""
    inputs, outputs, wanted = GROUPS[name]
    found = commutant(inputs, outputs)
    assert found.dimension == wanted
    assert dimension([matrix_of(p) for p in inputs], [matrix_of(q) for q in outputs]) == wanted
    pairs = [(tuple(p), tuple(q)) for p, q in zip(inputs, outputs, strict=True)]
    group = closure(pairs)
    fixed = sum(
        sum(i == j for i, j in enumerate(p)) * sum(i == j for i, j in enumerate(q))
        for p, q in group
    )
    assert fixed == wanted * len(group)
    layer = found.matrix(np.arange(1, wanted + 1))
    for p, q in pairs:
        assert (layer @ matrix_of(p) == np.array(matrix_of(q)) @ layer).all()


def test_the_regular_representation_has_one_weight_for_each_element() -> None:
    """A group acting on itself: group convolution, as many weights as elements."""
    elements = list(itertools.permutations(range(3)))
    number = {e: i for i, e in enumerate(elements)}
    generators = [(1, 0, 2), (1, 2, 0)]
    acts = [[number[tuple(g[i] for i in e)] for e in elements] for g in generators]
    assert commutant(acts, acts).dimension == 6


def test_a_group_that_does_not_permute() -> None:
    signs = [[[-1, 0], [0, 1]], [[1, 0], [0, -1]]]
    assert dimension(signs, signs) == 2  # diagonal matrices alone
    assert dimension([signs[0]], [[[1]]]) == 1
    assert dimension([[[0, -1], [1, 0]]], [[[0, -1], [1, 0]]]) == 2  # a + bi


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: commutant([[0, 0]], [[0, 1]]), r"inputs\[0\]=\[0, 0\]"),
        (lambda: commutant([[0, 1]], []), "outputs="),
        (lambda: commutant([[0, 1], [0, 1, 2]], [[0], [0]]), "inputs="),
        (lambda: commuting_with_shifts(6, stride=4), r"stride\[0\]=4.*divisor of the 6"),
        (lambda: commuting_with_shifts((2, 2, 2, 2)), "space="),
        (lambda: dimension([[[1, 2]]], [[[1]]]), "square"),
    ],
)
def test_commuting_refuses(call: Any, message: str) -> None:
    with pytest.raises(cp.SpecError, match=message):
        call()
