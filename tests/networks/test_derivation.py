"""Whole networks: derived formulas against what is executed, and the loss differentiated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import convproof as cp
from tests.networks.examples import NETWORKS, SMOOTH, made


@pytest.mark.parametrize("name", NETWORKS)
def test_the_formulas_are_the_gradients(name: str) -> None:
    found = made(*NETWORKS[name]).derive("squared")
    verdict = found.check()
    assert verdict.holds, (verdict.reason, verdict.witness)
    assert "equal" in verdict.reason
    assert list(found.gradients) == [*found.net.parameters, "x"]


@pytest.mark.parametrize("kind", ["squared", "cross_entropy"])
@pytest.mark.parametrize("name", ["the chapter's", "smooth"])
def test_losses_too(name: str, kind: str) -> None:
    layers, shape = SMOOTH if name == "smooth" else NETWORKS[name]
    net = made(layers, shape)
    found = net.derive(kind)
    assert found.check().holds
    rng = np.random.default_rng(0)
    x = rng.standard_normal((2, *shape))
    target = rng.random(net.forward(x).shape)
    derived, got = found.evaluate(x, target=target), net.gradients(x, target, kind)
    for key, values in got.items():
        np.testing.assert_allclose(values, derived[key].astype(float), rtol=1e-12, atol=1e-12)


def planted(found: Any, change: Any) -> Any:
    """The derivation with one operation's formulas changed."""
    layers = list(found.layers)
    number, layer = next(
        (n, layer) for n, layer in enumerate(layers) if layer.name.startswith(("conv", "dense"))
    )
    layers[number] = change(layer)
    return replace(found, layers=tuple(layers))


def test_wrong_formulas_are_refuted() -> None:
    found = made(*NETWORKS["the chapter's"]).derive("squared")

    def double(layer: Any) -> Any:
        return replace(layer, back=replace(layer.back, right=2 * layer.back.right))

    def no_bias(layer: Any) -> Any:
        bias = layer.parameters["bias"]
        return replace(
            layer, parameters={**layer.parameters, "bias": replace(bias, right=bias.right * 0)}
        )

    for change in (double, no_bias):
        assert planted(found, change).check().refuted
    half = replace(found, top=replace(found.top, right=found.top.right / 2))
    assert half.check().refuted


def test_it_shows_itself() -> None:
    found = made(*NETWORKS["the chapter's"]).derive()
    text = str(found)
    assert text.index("A_1[") < text.index("L = ") < text.index("dA_5[") < text.index("dK_0[")
    assert found.to_latex().startswith("\\begin{align*}")
    assert "## Backward" in found.to_markdown()
    assert len(found.layers[0].derivation.steps) > 5


def test_too_large_is_refused() -> None:
    net = cp.Sequential([cp.Conv(3, 8)]).init(0, (64, 64, 3))
    with pytest.raises(cp.SpecError, match="entries"):
        net.derive().check()
    with pytest.raises(cp.DerivationError, match="terms"):
        net.derive("squared").written_out("0.bias", (1,))
    with pytest.raises(cp.SpecError, match="no parameters yet"):
        cp.Sequential([cp.Conv(3, 8)]).derive()
