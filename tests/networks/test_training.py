"""Training: reproducible, stopped by what is not finite, and what it refuses."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

import convproof as cp
from convproof.networks import passes
from convproof.networks.losses import value_and_slope
from convproof.networks.training import batches

LAYERS = [cp.Conv(3, 3, activation="relu"), cp.MaxPool(2), cp.Flatten(), cp.Dense(4)]


def problem(count: int = 10) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    rng = np.random.default_rng(0)
    return rng.standard_normal((count, 8, 8, 1)).astype("f4"), rng.integers(0, 4, count)


def trained(seed: int = 0, **how: Any) -> tuple[cp.Sequential, cp.History]:
    net = cp.Sequential(LAYERS).init(1, (8, 8, 1))
    settings: dict[str, Any] = {"steps": 30, "rate": 0.1, "momentum": 0.9, "batch": 4}
    return net, net.fit(*problem(), **{**settings, "seed": seed, **how})


def test_training_is_reproducible_to_the_bit() -> None:
    (one, first), (two, second), (other, third) = trained(), trained(), trained(seed=5)
    assert first == second != third
    for name, array in one.parameters.items():
        assert array.tobytes() == two.parameters[name].tobytes()
    assert any((a != other.parameters[n]).any() for n, a in one.parameters.items())


def test_it_learns() -> None:
    net, history = trained(steps=200, batch=None)
    assert len(history) == 200
    assert history.losses[-1] < 0.05 < history.losses[0]
    assert (net.forward(problem()[0]).argmax(-1) == problem()[1]).all()
    assert "200 steps" in str(history)


def test_no_step_changes_nothing() -> None:
    net, history = trained(steps=0)
    assert history.losses == ()
    start = cp.Sequential(LAYERS).init(1, (8, 8, 1))
    assert all((a == start.parameters[n]).all() for n, a in net.parameters.items())


@pytest.mark.parametrize("size", [1, 3, 4, 7])
def test_an_epoch_shows_each_image_once(size: int) -> None:
    order = batches(7, size, 0)
    seen = np.concatenate([np.arange(7)[next(order)] for _ in range(7)])
    for epoch in range(size):
        assert sorted(seen[7 * epoch : 7 * epoch + 7]) == list(range(7))


def test_a_large_batch_is_all_images() -> None:
    assert next(batches(7, 8, 0)) == slice(None)


def test_what_is_not_finite_stops_it() -> None:
    net = cp.Sequential(LAYERS).init(1, (8, 8, 1))
    before = net.parameters
    x, target = problem()
    x[7, 2, 2, 0] = np.nan
    with pytest.raises(cp.TrainingError, match="stopped at step 1: the loss is nan") as caught:
        net.fit(x, target, steps=5, rate=0.1)
    assert caught.value.step == 1
    assert all((a == before[n]).all() for n, a in net.parameters.items())


def test_the_step_at_fault_is_named_and_undone() -> None:
    x, target = problem()
    net = cp.Sequential(LAYERS).init(1, (8, 8, 1))
    with pytest.raises(cp.TrainingError, match="smaller rate") as caught:
        net.fit(x, target, steps=500, rate=1e30, kind="squared")
    step = caught.value.step
    assert step > 1
    again = cp.Sequential(LAYERS).init(1, (8, 8, 1))
    history = again.fit(x, target, steps=step - 1, rate=1e30, kind="squared")
    assert history.losses == caught.value.losses[: step - 1]
    for name, array in net.parameters.items():
        assert np.isfinite(array).all()
        np.testing.assert_array_equal(array, again.parameters[name])


def test_a_last_step_that_overflows_is_seen() -> None:
    net = cp.Sequential([cp.Dense(1)]).init(0, (1,))
    with pytest.raises(cp.TrainingError, match="a parameter is not finite") as caught:
        net.fit([[1e30]], [[0.0]], steps=1, rate=1e30, kind="squared")
    assert caught.value.step == 1


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"steps": -1}, "steps=-1"),
        ({"steps": 1.5}, "steps=1.5"),
        ({"rate": 0}, "rate=0"),
        ({"rate": float("nan")}, "rate=nan"),
        ({"rate": "fast"}, "rate='fast'"),
        ({"momentum": 1}, "momentum=1"),
        ({"momentum": -0.1}, "momentum=-0.1"),
        ({"decay": -1}, "decay=-1"),
        ({"decay": float("inf")}, "decay=inf"),
        ({"batch": 0}, "batch=0"),
        ({"batch": True}, "batch=True"),
        ({"kind": "hinge"}, "kind='hinge'"),
        ({"seed": -3}, "seed=-3"),
    ],
)
def test_refusals(how: dict[str, Any], message: str) -> None:
    with pytest.raises(cp.SpecError, match=message):
        trained(**how)


def test_refusals_of_data() -> None:
    net = cp.Sequential(LAYERS).init(1, (8, 8, 1))
    x, target = problem()
    with pytest.raises(cp.SpecError, match=r"target.shape=\(9,\)"):
        net.fit(x, target[:-1], steps=1, rate=1)
    with pytest.raises(cp.SpecError, match=r"x.shape=\(8, 8, 1\).*at least one image"):
        net.fit(x[0], target[:1], steps=1, rate=1)
    with pytest.raises(cp.SpecError, match=r"x.shape=\(0, 8, 8, 1\)"):
        net.fit(x[:0], target[:0], steps=1, rate=1)


NETS = [
    [cp.Conv(3, 3, activation="relu"), cp.MaxPool(2), cp.Flatten(), cp.Dense(4)],
    [cp.Conv(3, 3, padding=1), "relu", cp.MaxPool(3, stride=2, padding=1), cp.Flatten(),
     cp.Dense(4)],
    [cp.Conv(3, 3, activation="relu"), cp.AvgPool(2), cp.Flatten(), cp.Dense(4)],
    [cp.Conv(3, 3, activation="tanh"), cp.MaxPool(2), "relu", cp.Flatten(), cp.Dense(4)],
    [cp.MaxPool(2), cp.Conv(2, 3, activation="relu"), cp.MaxPool(2, stride=1), "relu",
     cp.Flatten(), cp.Dense(4)],
]  # fmt: skip


@pytest.mark.parametrize("layers", NETS, ids=str)
def test_a_step_takes_the_gradients_of_the_loss(layers: list[Any]) -> None:
    """Its order and its winners are other ones; its numbers are the same.

    They are so to the bit where no two windows share a pixel: else they may be added otherwise.
    """
    x, target = problem()
    x = np.round(x)  # pixels that are equal: ties, and zeros before a ReLU
    for dtype in ("float32", "float64"):
        net = cp.Sequential(layers).init(3, (8, 8, 1), dtype=dtype)
        if layers is NETS[0]:
            kernel = net.parameters["0.kernel"]
            net = net.with_parameters({"0.kernel": np.round(2 * kernel)})
        start = net.parameters
        # By the public functions, as they are, in the layers' order.
        slope = value_and_slope("cross_entropy", net.forward(x.astype(dtype)), target)[1]
        gradients = net.backward(slope, x.astype(dtype))
        net.fit(x.astype(dtype), target, steps=1, rate=0.5)
        for name, value in net.parameters.items():
            wanted = start[name] - np.dtype(dtype).type(0.5) * gradients[name]
            shared = layers in (NETS[1], NETS[4])
            error = 16 * np.finfo(dtype).eps * np.abs(wanted).max() if shared else 0
            np.testing.assert_allclose(value, wanted, rtol=0, atol=error, err_msg=name)


def test_only_a_maximum_goes_ahead_of_a_relu() -> None:
    for layers in NETS:
        names = [str(part.operation) for part in passes.quick(cp.Sequential(layers).parts)]
        for first, second in pairwise(names):
            assert not ("Activate(name='relu')" in first and "MaxPool" in second)
    for layers, first in ((NETS[2], "Activate"), (NETS[3], "Activate"), (NETS[0], "Pool")):
        order = passes.quick(cp.Sequential(layers).parts)
        assert type(order[1].operation).__name__ == first
