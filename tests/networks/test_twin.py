"""The fully connected twin of whole networks, and which dense layers commute with a group."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convproof as cp
from convproof.networks import (
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
