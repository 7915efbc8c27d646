"""The backward against the exact derivative."""

from __future__ import annotations

from typing import Any

import pytest

import convproof as cp
from convproof.networks import exact
from convproof.networks.operations import Correlate, Pool
from tests.networks.examples import NETWORKS, SMOOTH, made


def test_a_wrong_backward_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    net = made(*NETWORKS["the chapter's"])
    found = net.derive("squared")
    right = Correlate.backward

    def untied(self: Any, given: Any, x: Any, dy: Any) -> Any:  # only one copy of each weight
        dx, mine = right(self, given, x, dy)
        alone = dy.copy()
        alone[:, 1:] = 0
        return dx, {**mine, "kernel": right(self, given, x, alone)[1]["kernel"]}

    monkeypatch.setattr(Correlate, "backward", untied)
    assert found.check().refuted
    assert exact.check_backward(net).refuted


def test_a_gradient_shared_among_maxima_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    net = made([cp.MaxPool((2,))], (4, 1))
    mean = Pool(cp.AvgPool((2,)))
    monkeypatch.setattr(
        Pool,
        "backward",
        lambda self, given, x, dy: (cp.avg_pool1d_backward(dy, x, mean.spec.window), {}),
    )
    assert net.derive().check().refuted
    assert exact.check_backward(net).refuted


@pytest.mark.parametrize("name", NETWORKS)
def test_the_backward_is_the_adjoint_of_the_derivative(name: str) -> None:
    """By dual numbers through the definitions' loops: no formula and no generated code."""
    verdict = exact.check_backward(made(*NETWORKS[name]))
    assert verdict.holds, verdict.reason


def test_a_smooth_activation_has_no_exact_route() -> None:
    with pytest.raises(cp.SpecError, match="ReLU"):
        exact.check_backward(made(*SMOOTH))
