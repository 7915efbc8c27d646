"""Whole networks: derived formulas against what is executed, and the loss differentiated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sympy import IndexedBase, Symbol, expand, lambdify

import convproof as cp
from convproof.networks import exact
from convproof.networks.operations import Correlate, Pool

NETWORKS: dict[str, tuple[list[Any], tuple[int, ...]]] = {
    "the chapter's": (
        [cp.Conv(2, 2, activation="relu"), cp.MaxPool(2), cp.Flatten(), cp.Dense(3)], (4, 5, 1)),
    "groups, means": (
        [cp.Conv((3, 2), 4, stride=(2, 1), padding=((1, 0), (2, 1)), groups=2, bias=False),
         cp.AvgPool((2, 3), stride=(1, 2), padding=(1, 1), count_include_pad=False), cp.Flatten(),
         cp.Dense(2, bias=False)], (5, 3, 2)),
    "one axis": (
        [cp.Conv((2,), 3, stride=2, padding=2, padding_mode="reflect"), "relu",
         cp.ConvTranspose((3,), 4, stride=2, output_padding=1),
         cp.MaxPool((3,), stride=2, padding=1, ceil_mode=True)], (7, 2)),
    "circular, grouped transposed": (
        [cp.Conv(2, 2, padding=1, padding_mode="circular"),
         cp.ConvTranspose(2, 4, groups=2, stride=2, bias=False)], (2, 3, 2)),
    "three axes": (
        [cp.Conv((2, 1, 2), 2, padding=((1, 0), (0, 0), (0, 1)), padding_mode="replicate"),
         cp.MaxPool((1, 2, 1), dilation=(1, 1, 2)), "relu", cp.Flatten(), cp.Dense(2)],
        (2, 2, 3, 1)),
    "same": ([cp.Conv(3, 1, padding="same", stride=2), cp.AvgPool(2, padding="same", stride=1)],
             (5, 4, 1)),
    "dense alone": ([cp.Dense(3, activation="relu"), cp.Dense(2)], (1,)),
    "nothing": ([], (3,)),
}  # fmt: skip
SMOOTH: tuple[list[Any], tuple[int, ...]] = (
    [cp.Conv((2,), 2, activation="tanh"), cp.Flatten(), cp.Dense(2, activation="sigmoid")],
    (3, 1),
)


def made(layers: list[Any], shape: tuple[int, ...]) -> cp.Sequential:
    net = cp.Sequential(layers).init(0, shape, dtype="float64")
    rng = np.random.default_rng(1)
    return net.with_parameters({n: rng.standard_normal(p.shape) for n, p in net.parameters.items()})


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


def test_what_is_written_out_is_the_loss_differentiated() -> None:
    """A second chain rule, SymPy's own, on the loss written out in inputs and parameters."""
    net = made([cp.Conv((2,), 2, padding=((1, 0),)), cp.Flatten(), cp.Dense(2)], (2, 1))
    found = net.derive("squared")
    loss = found.written_out("loss", (), batch=2)
    letters = {"0.kernel": "K_0", "0.bias": "b_0", "2.kernel": "K_2", "2.bias": "b_2", "x": "A_0"}
    for key, letter in letters.items():
        shape = (2, 2, 1) if key == "x" else net.parameters[key].shape
        for place in np.ndindex(*shape):
            index = tuple(i + 1 for i in place)
            derived = found.written_out(key, index, batch=2)
            assert expand(derived - loss.diff(IndexedBase(letter)[index])) == 0


def test_kinks_written_out() -> None:
    """ReLU and max-pool: every entry, evaluated on random numbers, is the gradient."""
    shape = (4, 1)
    net = made([cp.Conv((2,), 1, activation="relu"), cp.MaxPool((2,), stride=1), cp.Flatten(),
                cp.Dense(2)], shape)  # fmt: skip
    found = net.derive("squared")
    rng = np.random.default_rng(0)
    x, target = rng.standard_normal((1, *shape)), rng.standard_normal((1, 2))
    got = net.gradients(x, target, "squared")
    arrays = {"A_0": x, "T": target, "K_0": net.parameters["0.kernel"]}
    arrays |= {"b_0": net.parameters["0.bias"], "K_3": net.parameters["3.kernel"]}
    arrays["b_3"] = net.parameters["3.bias"]
    for key in got:
        for place in np.ndindex(*got[key].shape):
            expr = found.written_out(key, tuple(i + 1 for i in place))
            entries = sorted(expr.free_symbols, key=str)
            entries = [e for e in entries if getattr(e, "indices", ())]
            names = [Symbol(f"v{n}") for n in range(len(entries))]
            numbers = [arrays[str(e.base)][tuple(int(i) - 1 for i in e.indices)] for e in entries]
            plain = expr.xreplace(dict(zip(entries, names, strict=True)))
            value = lambdify(names, plain, "math")(*numbers)
            assert value == pytest.approx(got[key][place], rel=1e-12, abs=1e-12)


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
