"""Whole networks against PyTorch, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import convproof as cp

torch = pytest.importorskip("torch")


F = torch.nn.functional


CONVS: dict[int, Callable[..., Any]] = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}


TRANSPOSED: dict[int, Callable[..., Any]] = {
    1: F.conv_transpose1d, 2: F.conv_transpose2d, 3: F.conv_transpose3d
}  # fmt: skip


MODES = {
    "zeros": "constant",
    "circular": "circular",
    "reflect": "reflect",
    "replicate": "replicate",
}


def torch_forward(net: cp.Sequential, given: dict[str, Any], x: Any) -> Any:
    """The same network in PyTorch: x channels last, parameters by our names."""
    for number, layer in enumerate(net.layers):
        kernel, bias = given.get(f"{number}.kernel"), given.get(f"{number}.bias")
        rank = x.ndim - 2
        if isinstance(layer, (cp.Conv, cp.ConvTranspose)):
            x = x.movedim(-1, 1)
            weight = kernel.permute(rank + 1, rank, *range(rank))
            if isinstance(layer, cp.ConvTranspose):
                pads = [lo for lo, _ in layer.padding]
                x = TRANSPOSED[rank](
                    x, weight, bias, layer.stride, pads, layer.output_padding, layer.groups,
                    layer.dilation,
                )  # fmt: skip
            else:
                pads = [p for pair in reversed(layer.padding) for p in pair]
                x = F.pad(x, pads, mode=MODES[layer.padding_mode]) if any(pads) else x
                x = CONVS[rank](x, weight, bias, layer.stride, 0, layer.dilation, layer.groups)
            x = x.movedim(1, -1)
        elif isinstance(layer, (cp.MaxPool, cp.AvgPool)):
            x = x.movedim(-1, 1)
            how = {"stride": layer.stride, "padding": [lo for lo, _ in layer.padding]}
            how["ceil_mode"] = layer.ceil_mode
            if isinstance(layer, cp.MaxPool):
                pool = (F.max_pool1d, F.max_pool2d, F.max_pool3d)[rank - 1]
                x = pool(x, layer.window, dilation=layer.dilation, **how)
            else:
                pool = (F.avg_pool1d, F.avg_pool2d, F.avg_pool3d)[rank - 1]
                x = pool(x, layer.window, count_include_pad=layer.count_include_pad, **how)
            x = x.movedim(1, -1)
        elif isinstance(layer, cp.Flatten):
            x = x.reshape(len(x), -1)
        elif isinstance(layer, cp.Dense):
            x = x @ kernel
            x = x if bias is None else x + bias
        name = getattr(layer, "activation", None) or getattr(layer, "name", None)
        x = getattr(torch, name)(x) if name else x
    return x


NETWORKS: dict[str, tuple[list[Any], tuple[int, ...]]] = {
    "the chapter's": (
        [cp.Conv(3, 4, activation="relu"), cp.MaxPool(2), cp.Conv(3, 5, padding=1), "relu",
         cp.MaxPool(2), cp.Flatten(), cp.Dense(7)], (11, 12, 2)),
    "groups, strides, gaps": (
        [cp.Conv((3, 2), 4, stride=(2, 1), padding=((1, 0), (2, 1)), groups=2, bias=False),
         cp.Conv(2, 6, dilation=(1, 2), groups=2, activation="tanh"),
         cp.AvgPool((2, 3), stride=(1, 2), padding=(1, 1), count_include_pad=False),
         cp.Flatten(), cp.Dense(4, activation="sigmoid"), cp.Dense(3, bias=False)], (9, 8, 2)),
    "one axis": (
        [cp.Conv((4,), 3, stride=2, padding=2, padding_mode="reflect"), "sigmoid",
         cp.ConvTranspose((3,), 4, stride=2, output_padding=1, activation="relu"),
         cp.MaxPool((3,), stride=2, padding=1, ceil_mode=True), cp.Flatten(), cp.Dense(5)],
        (13, 2)),
    "three axes": (
        [cp.Conv((2, 2, 2), 4, padding=1, padding_mode="circular"), "tanh",
         cp.AvgPool((2, 1, 2), ceil_mode=True), cp.ConvTranspose((2, 1, 2), 2, groups=2, stride=2),
         cp.Flatten(), cp.Dense(3)], (4, 3, 5, 2)),
    "replicate, transposed with gaps": (
        [cp.Conv(3, 4, padding=2, padding_mode="replicate", activation="relu"),
         cp.ConvTranspose(3, 6, stride=(1, 2), dilation=2, padding=1, groups=2, bias=False),
         cp.MaxPool(3, stride=2, dilation=2, padding=1), cp.Flatten(), cp.Dense(4)], (6, 5, 1)),
    "dense alone": ([cp.Dense(6, activation="relu"), cp.Dense(3)], (5,)),
    "no parameters": ([cp.MaxPool(2), cp.Flatten()], (4, 4, 2)),
    "nothing": ([], (3,)),
}  # fmt: skip


def made(name: str, dtype: str, seed: int = 0) -> cp.Sequential:
    layers, shape = NETWORKS[name]
    net = cp.Sequential(layers).init(seed, shape, dtype=dtype)
    rng = np.random.default_rng(seed + 1)  # biases too, which start at zero
    return net.with_parameters(
        {n: rng.standard_normal(p.shape).astype(dtype) for n, p in net.parameters.items()}
    )


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("kind", ["cross_entropy", "squared"])
@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("soft", [False, True])
def test_against_torch(name: str, kind: str, dtype: str, soft: bool) -> None:
    net = made(name, dtype)
    rng = np.random.default_rng(5)
    x = rng.standard_normal((4, *NETWORKS[name][1])).astype(dtype)
    y = net.forward(x)
    assert y.dtype == dtype
    target = rng.random(y.shape).astype(dtype) if soft else rng.integers(0, y.shape[-1], 4)

    leaves = {n: torch.tensor(p).double().requires_grad_() for n, p in net.parameters.items()}
    leaves["x"] = torch.tensor(x).double().requires_grad_()
    other = torch_forward(net, leaves, leaves["x"])
    wanted = torch.tensor(target)
    if kind == "squared":
        aim = wanted.double() if soft else F.one_hot(wanted, y.shape[-1]).double()
        loss = ((other - aim) ** 2).sum() / len(x)
    else:
        loss = F.cross_entropy(other, wanted.double() if soft else wanted)
    loss.backward()

    close = {"float64": 1e-11, "float32": 2e-4}[dtype]
    np.testing.assert_allclose(y, other.detach().numpy(), rtol=close, atol=close)
    assert net.loss(x, target, kind) == pytest.approx(loss.item(), rel=close)
    found = net.gradients(x, target, kind=kind)
    assert list(found) == [*net.parameters, "x"]
    for key, gradient in found.items():
        right = leaves[key].grad.numpy()
        scale = 1 + np.abs(right).max()
        assert gradient.dtype == dtype
        np.testing.assert_allclose(gradient, right, rtol=close, atol=close * scale, err_msg=key)


@pytest.mark.parametrize("name", NETWORKS)
def test_one_image_and_none(name: str) -> None:
    net = made(name, "float64")
    shape = NETWORKS[name][1]
    x = np.random.default_rng(0).standard_normal((3, *shape))
    y = net.forward(x)
    np.testing.assert_array_equal(net.forward(x[0]), net.forward(x[:1])[0])
    none = net.forward(x[:0])
    assert none.shape == (0, *y.shape[1:])
    found = net.backward(none, x[:0])
    assert found["x"].shape == (0, *shape)
    assert not any(found[n].any() for n in net.parameters)
    one = net.gradients(x[0], np.int64(0))
    many = net.gradients(x[:1], [0])
    assert one["x"].shape == shape
    for key, gradient in one.items():
        np.testing.assert_array_equal(gradient, many[key].reshape(gradient.shape))
    assert net.loss(x[0], 0) == net.loss(x[:1], [0])
    for call in (net.loss, net.gradients):
        with pytest.raises(cp.SpecError, match="at least one image"):
            call(x[:0], np.zeros(0, int))


def test_integers_stay_exact() -> None:
    net = cp.Sequential([cp.Conv(2, 2), "relu", cp.MaxPool(2), cp.Flatten(), cp.Dense(2)])
    net = net.init(0, (5, 5, 1))
    rng = np.random.default_rng(0)
    net = net.with_parameters({n: rng.integers(-3, 4, p.shape) for n, p in net.parameters.items()})
    x = rng.integers(-5, 6, (2, 5, 5, 1))
    y = net.forward(x)
    assert y.dtype == np.int64
    found = net.backward(np.ones_like(y), x)
    assert {g.dtype for g in found.values()} == {np.dtype(np.int64)}


def test_training_is_that_of_torch() -> None:
    net = made("the chapter's", "float64")
    rng = np.random.default_rng(3)
    x, target = rng.standard_normal((6, 11, 12, 2)), rng.integers(0, 7, 6)
    leaves = {n: torch.tensor(p, requires_grad=True) for n, p in net.parameters.items()}
    rule = torch.optim.SGD(leaves.values(), lr=0.01, momentum=0.9, weight_decay=0.1)
    losses = []
    for _ in range(10):
        rule.zero_grad()
        loss = F.cross_entropy(torch_forward(net, leaves, torch.tensor(x)), torch.tensor(target))
        loss.backward()
        rule.step()
        losses.append(loss.item())
    history = net.fit(x, target, steps=10, rate=0.01, momentum=0.9, decay=0.1)
    np.testing.assert_allclose(history.losses, losses, rtol=1e-10)
    for name, array in net.parameters.items():
        np.testing.assert_allclose(array, leaves[name].detach().numpy(), rtol=1e-9, atol=1e-11)


BAD: dict[str, tuple[list[Any], str]] = {
    "dense on an image": (
        [cp.Conv(3, 4), cp.Dense(3)],
        r"layers\[1\] Dense.*\(H, W, 4\), which layers\[0\] Conv.*\(features,\).*Flatten",
    ),
    "an image from features": ([cp.Flatten(), cp.Conv(3, 4)], r"layers\[1\] Conv.*\(features,\)"),
    "another rank": (
        [cp.Conv((3,), 4), cp.MaxPool((2, 2))],
        r"layers\[1\] MaxPool.*\(W, 4\).*\(H, W, C\)",
    ),
    "groups": ([cp.Conv(3, 4), cp.Conv(3, 6, groups=3)], r"layers\[1\] Conv.groups=3.*4 channels"),
    "no outputs": ([cp.Conv(3)], r"layers\[0\].out_channels=None"),
    "no layer": ([cp.Conv(3, 4), 7], r"layers\[1\]=7.*Dense"),
    "no activation": (["gelu"], r"layers\[0\]='gelu'.*relu"),
}


@pytest.mark.parametrize("name", BAD)
def test_refused_when_built(name: str) -> None:
    layers, message = BAD[name]
    with pytest.raises(cp.SpecError, match=message):
        cp.Sequential(layers)


@pytest.mark.parametrize(
    ("layers", "shape", "message"),
    [
        ([cp.Conv(3, 4), cp.MaxPool(9)], (6, 6, 1), r"layers\[1\] MaxPool cannot take \(4, 4, 4\)"),
        ([cp.Conv(3, 4)], (6, 6), r"layers\[0\] Conv.*\(6, 6\).*\(H, W, C\).*channels"),
        ([cp.Dense(3)], (6, 6, 1), r"layers\[0\] Dense.*\(6, 6, 1\).*Flatten"),
        ([cp.Conv(3, 4, groups=2)], (6, 6, 3), r"layers\[0\] Conv cannot take.*groups=2.*3 chan"),
        ([cp.Conv(3, 4)], "6x6", "input_shape='6x6'"),
        ([cp.Conv(3, 4)], (), "input_shape"),
        ([cp.Conv(3, 4)], (6, -6, 1), r"input_shape\[1\]=-6"),
        ([cp.Conv(3, 4)], (6, 6.5, 1), r"input_shape\[1\]=6.5"),
    ],
)
def test_refused_when_the_sizes_are_known(layers: list[Any], shape: Any, message: str) -> None:
    with pytest.raises(cp.SpecError, match=message):
        cp.Sequential(layers).init(0, shape)


def test_refusals_of_a_call() -> None:
    net = made("dense alone", "float64")
    x = np.zeros((2, 5))
    for call, message in [
        (lambda: net.forward(np.zeros((2, 6))), r"x.shape=\(2, 6\).*\(N, 5\), or one image \(5,\)"),
        (lambda: net.forward("text"), "x.dtype"),
        (lambda: net.forward(np.zeros((2, 5), complex)), "x.dtype"),
        (lambda: net.loss(x, [0, 3]), r"target=3.*0 to 2"),
        (lambda: net.loss(x, [-1, 0]), r"target=-1"),
        (lambda: net.loss(x, [0, 1, 2]), r"target.shape=\(3,\)"),
        (lambda: net.loss(x, [0.0, 1.0]), r"target.dtype"),
        (lambda: net.loss(x, [0, 1], "hinge"), "kind='hinge'.*cross_entropy"),
        (lambda: net.with_parameters({"9.kernel": x}), r"name='9.kernel'.*0.kernel"),
        (lambda: net.with_parameters({"0.kernel": x}), r"0.kernel.shape=\(2, 5\).*\(5, 6\)"),
        (lambda: net.with_parameters([x]), "values="),
        (lambda: net.init(-1, (5,)), "seed=-1"),
        (lambda: net.init(0, (5,), dtype="int8"), "dtype='int8'"),
        (lambda: cp.Sequential([cp.Dense(3)]).forward(x), "no parameters yet.*init"),
        (lambda: cp.Sequential([cp.Dense(3)]).save("x"), "no parameters yet.*init"),
        (lambda: cp.Sequential(3), "layers=3"),
        (lambda: net.backward(np.zeros((2, 4)), x), r"dy.shape=\(2, 4\)"),
    ]:
        with pytest.raises(cp.SpecError, match=message):
            call()


def test_parameters_are_copies() -> None:
    net = made("dense alone", "float64")
    before = net.forward(np.ones((1, 5)))
    net.parameters["0.kernel"][:] = 7
    mine = {"0.kernel": np.zeros((5, 6))}
    other = net.with_parameters(mine)
    mine["0.kernel"][:] = 7
    np.testing.assert_array_equal(net.forward(np.ones((1, 5))), before)
    assert not other.parameters["0.kernel"].any()


def test_the_same_seed_gives_the_same_bits() -> None:
    layers, shape = NETWORKS["the chapter's"]
    one, two, other = (cp.Sequential(layers).init(seed, shape) for seed in (3, 3, 4))
    assert all((p == two.parameters[n]).all() for n, p in one.parameters.items())
    assert any((p != other.parameters[n]).any() for n, p in one.parameters.items())


@pytest.mark.parametrize("layers", [[], [cp.Flatten()]])
def test_results_never_alias_arguments(layers: list[Any]) -> None:
    net = cp.Sequential(layers).init(0, (2, 2, 1))
    x = np.ones((3, 2, 2, 1))
    y = net.forward(x)
    assert not np.shares_memory(y, x)
    assert not np.shares_memory(net.backward(y, x)["x"], y)
    assert not np.shares_memory(net.forward(x[0]), x)
