"""Certificates of ties: given to what is right, and to nothing wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convproof as cp
from convproof.networks import certify_matrix, certify_pooling, certify_ties, untie

SHAPES: list[tuple[Any, tuple[int, ...]]] = [
    (cp.Conv((2,), 2, padding=1, stride=2), (4, 2)),
    (cp.Conv(2, 2, groups=2, dilation=(1, 2), padding_mode="circular", padding=1), (2, 3, 2)),
    (cp.Conv((1, 2, 2), 1), (2, 2, 3, 1)),
    (cp.ConvTranspose((2,), 2, stride=2, output_padding=1), (3, 1)),
    (cp.Dense(2), (3,)),
]


@pytest.mark.parametrize(("spec", "shape"), SHAPES)
def test_certificates(spec: Any, shape: tuple[int, ...]) -> None:
    for certify in (certify_matrix, certify_pooling):
        found = certify(spec, shape)
        assert found.verdict.holds
        assert found.compared > 0
        assert found.evidence.grade.value == "CERTIFIED"


@pytest.mark.parametrize(("spec", "shape"), SHAPES)
def test_a_wrong_matrix_is_refuted(spec: Any, shape: tuple[int, ...]) -> None:
    kernel = np.zeros(kernel_shape(spec, shape))
    right = cp.as_matrix(spec, kernel, shape, with_ties=True)[1]
    parts = [right.outputs, right.inputs, right.weights]
    for which, array in enumerate(parts):
        wrong = [part.copy() for part in parts]
        wrong[which][-1] = array[0] if array[0] != array[-1] else array[-2]
        ties = cp.Ties(*wrong, right.output_shape, right.input_shape, right.weight_shape)
        if all((a == b).all() for a, b in zip(wrong, parts, strict=True)):
            continue
        found = certify_matrix(spec, shape, ties)
        assert found.verdict.refuted
        assert found.evidence.grade.value == "REFUTED"
    fewer = cp.Ties(*(a[1:] for a in parts), right.output_shape, shape, right.weight_shape)
    assert certify_matrix(spec, shape, fewer).verdict.refuted


def kernel_shape(spec: Any, shape: tuple[int, ...]) -> tuple[int, ...]:
    name, net = "0.kernel", cp.Sequential([spec]).init(0, shape)
    return net.parameters[name].shape


def test_a_wrong_pooling_is_refuted() -> None:
    spec, shape = cp.Conv((2,), 1), (4, 1)

    def mean(dy: Any, x: Any) -> Any:  # the mean over the copies, a known mistake
        return cp.conv1d_backward(dy, x, np.zeros((2, 1, 1), int)).kernel // 3

    def last(dy: Any, x: Any) -> Any:  # one copy alone
        return untie(spec, shape).gradient(dy, x)[-1]

    for wrong in (mean, last):
        assert certify_pooling(spec, shape, wrong).verdict.refuted


TIES = cp.Ties([0, 0, 1, 1, 1], [0, 1, 0, 1, 2], [0, 1, 1, 0, 0], (2,), (3,), (2,))


def test_any_map_of_edges_to_weights() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        out, into, width, count = rng.integers(1, 4, 4)
        edges = int(rng.integers(1, 7))
        ties = cp.Ties(
            rng.integers(0, out, edges), rng.integers(0, into, edges),
            rng.integers(0, width * count, edges), (out,), (into,), (width, count),
        )  # fmt: skip
        assert certify_ties(ties).verdict.holds
    assert TIES.copies.tolist() == [3, 2]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda g: np.array([g[0], g[1]]),  # the first copy alone
        lambda g: np.array([2 * (g[0] + g[3] + g[4]), g[1] + g[2]]),  # another factor
        lambda g: np.array([g[0] + g[3], g[1] + g[2]]),  # one copy forgotten
        lambda g: np.array([g[1] + g[2], g[0] + g[3] + g[4]]),  # the classes swapped
    ],
)
def test_a_wrong_way_to_pool_is_refuted(wrong: Any) -> None:
    assert certify_ties(TIES, wrong).verdict.refuted
