"""Laws of whole networks, on networks drawn at random: every one is built, run, and compared."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import convproof as cp
from convproof.networks import exact, fully_connected
from convproof.networks.store import pack, unpack


@st.composite
def networks(draw: st.DrawFn) -> cp.Sequential:
    """A network with parameters, on a small image."""
    rank = draw(st.integers(1, 2))

    def per(low: int, high: int) -> tuple[int, ...]:
        return tuple(draw(st.integers(low, high)) for _ in range(rank))

    layers: list[Any] = []
    channels = width = draw(st.sampled_from([1, 2]))
    for _ in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(["conv", "transposed", "max", "mean", "relu"]))
        if kind == "relu":
            layers.append("relu")
            continue
        if kind in ("max", "mean"):
            pool = cp.MaxPool if kind == "max" else cp.AvgPool
            layers.append(pool(per(1, 2), stride=per(1, 2), ceil_mode=draw(st.booleans())))
            continue
        groups = draw(st.sampled_from([1, 2])) if width % 2 == 0 else 1
        how: dict[str, Any] = {"stride": per(1, 2), "dilation": per(1, 2), "groups": groups}
        how |= {"bias": draw(st.booleans()), "padding": draw(st.integers(0, 1))}
        if kind == "conv":
            how["padding_mode"] = draw(st.sampled_from(["zeros", "circular", "replicate"]))
            how["activation"] = draw(st.sampled_from([None, "relu"]))
            layers.append(cp.Conv(per(1, 3), 2, **how))
        else:
            layers.append(cp.ConvTranspose(per(1, 3), 2, **how))
        width = 2
    if draw(st.booleans()):
        layers += [cp.Flatten(), cp.Dense(draw(st.integers(1, 3)), bias=draw(st.booleans()))]
    try:
        net = cp.Sequential(layers).init(draw(st.integers(0, 9)), (*per(1, 5), channels))
    except cp.SpecError:
        assume(False)
        raise
    assume(sum(np.prod(s.shape) for s in net.parameters.values()) < 300)
    return net


usual = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@given(networks(), st.integers(0, 99))
@usual
def test_the_backward_is_the_adjoint_of_the_derivative(net: cp.Sequential, seed: int) -> None:
    verdict = exact.check_backward(net, seed, batch=1, directions=1)
    assert verdict.holds, verdict.reason


@given(networks())
@usual
def test_a_saved_network_is_the_same_function(net: cp.Sequential) -> None:
    again = unpack(type(net), "net", pack(net))
    x = np.random.default_rng(0).standard_normal((2, *net.expect_parameters()))
    np.testing.assert_array_equal(again.forward(x), net.forward(x))


@given(networks(), st.integers(0, 99))
@usual
def test_a_batch_is_its_images(net: cp.Sequential, seed: int) -> None:
    x = np.random.default_rng(seed).integers(-4, 5, (3, *net.expect_parameters())).astype(float)
    whole = {n: np.rint(4 * p) for n, p in net.parameters.items()}
    exact_net = net.with_parameters(whole)
    y = exact_net.forward(x)
    for image, right in zip(x, y, strict=True):
        np.testing.assert_allclose(exact_net.forward(image), right, rtol=1e-12, atol=1e-12)
    found = exact_net.backward(np.ones_like(y), x)
    one_by_one = [exact_net.backward(np.ones_like(y[0]), image) for image in x]
    for name in exact_net.parameters:
        total = sum(part[name] for part in one_by_one)
        np.testing.assert_allclose(found[name], total, rtol=1e-9, atol=1e-9)


@given(networks())
@usual
def test_the_fully_connected_twin_is_the_network(net: cp.Sequential) -> None:
    twin = fully_connected(net)
    verdict = twin.certificate().verdict
    assert verdict.holds, verdict.reason


@given(networks(), st.integers(-2, 2))
@usual
def test_every_survey_adds_up(net: cp.Sequential, shift: int) -> None:
    found = cp.explain(net, shift=shift)
    assert found.parameters == sum(p.size for p in net.parameters.values())
    rows = found.rows
    wanted = rows[-1].shape
    out = net.output_shape()
    assert wanted == out or wanted[-1] == out[-1]
    if shift == 0:
        assert rows[-1].region.mask.all()
