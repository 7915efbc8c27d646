"""The fully connected twin of whole networks, and which dense layers commute with a group."""

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
    fully_connected,
)
from convproof.networks import twin as module

NETWORKS: dict[str, tuple[list[Any], tuple[int, ...]]] = {
    "the chapter's": (
        [cp.Conv(3, 2, activation="relu"), cp.MaxPool(2), cp.Conv(2, 3, padding=1), cp.Flatten(),
         cp.Dense(4)], (7, 6, 1)),
    "padded, overlapping maxima": (
        [cp.MaxPool(3, stride=2, padding=1, dilation=1), "relu", cp.MaxPool((2, 1), stride=1)],
        (5, 4, 2)),
    "one axis, ceil, transposed": (
        [cp.MaxPool((3,), stride=2, padding=1, ceil_mode=True),
         cp.ConvTranspose((2,), 2, stride=2, output_padding=1)], (6, 1)),
    "three axes, groups": (
        [cp.Conv((2, 1, 2), 2, groups=2, padding_mode="circular", padding=1), "relu",
         cp.MaxPool((1, 2, 1), stride=1, dilation=(1, 2, 1))], (2, 4, 2, 2)),
    "means": ([cp.AvgPool(2, padding=1, count_include_pad=False), cp.Conv(2, 2)], (4, 4, 1)),
    "maxima of one pixel": ([cp.MaxPool(1, stride=2), cp.Flatten()], (3, 4, 2)),
    "smooth": (
        [cp.Conv((2,), 2, activation="tanh"), cp.Flatten(), cp.Dense(2, activation="sigmoid")],
        (4, 1)),
}  # fmt: skip


def made(name: str) -> cp.Sequential:
    layers, shape = NETWORKS[name]
    net = cp.Sequential(layers).init(0, shape, dtype="float64")
    rng = np.random.default_rng(1)
    return net.with_parameters({n: rng.standard_normal(p.shape) for n, p in net.parameters.items()})


@pytest.mark.parametrize("name", NETWORKS)
def test_the_twin_is_the_network(name: str) -> None:
    net = made(name)
    twin = fully_connected(net)
    assert {type(layer) for layer in twin.net.layers} <= {cp.Dense, cp.Flatten, cp.Activation}
    x = np.random.default_rng(2).standard_normal((5, *NETWORKS[name][1]))
    y = net.forward(x).reshape(5, -1)
    np.testing.assert_allclose(twin.net.forward(x), y, rtol=1e-12, atol=1e-12)
    found = twin.certificate()
    assert found.verdict.holds
    assert found.compared > 0
    total = sum(cost.weights for cost in twin.costs)
    assert total == sum(p.size for p in net.parameters.values())
    assert sum(c.dense for c in twin.costs) == sum(p.size for p in twin.net.parameters.values())
    assert str(twin).splitlines()[-1].startswith("all")


def test_a_wrong_tournament_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    right = module.tournament

    def one_member_short(*given: Any) -> Any:
        matrices = right(*given)
        matrices[0] = matrices[0].copy()
        matrices[0][np.flatnonzero(matrices[0].any(axis=1))[-1]] = 0
        return matrices

    net = made("padded, overlapping maxima")
    monkeypatch.setattr(module, "tournament", one_member_short)
    assert fully_connected(net).certificate().verdict.refuted


def test_a_wrong_matrix_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    right = module.dense_of

    def flipped(operation: Any, before: Any, after: Any, given: Any) -> Any:
        kernel = given["kernel"]
        return right(operation, before, after, {**given, "kernel": kernel[::-1].copy()})

    monkeypatch.setattr(module, "dense_of", flipped)
    assert fully_connected(made("the chapter's")).certificate().verdict.refuted


def test_refusals() -> None:
    empty = cp.Sequential([cp.MaxPool((2,), dilation=4, padding=3)]).init(0, (2, 1))
    with pytest.raises(cp.SpecError, match="minus infinity"):
        fully_connected(empty)
    large = cp.Sequential([cp.Conv(3, 8)]).init(0, (224, 224, 3))
    with pytest.raises(cp.SpecError, match="dense layer"):
        fully_connected(large)
    with pytest.raises(cp.SpecError, match="no parameters yet"):
        fully_connected(cp.Sequential([cp.Conv(3, 8)]))


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
