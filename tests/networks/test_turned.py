"""Images turned inside out go through layers as they are: the same numbers, exactly."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import numpy as np
import pytest

import convproof as cp
from convproof.generated import conv2d
from convproof.networks import passes, turned
from convproof.networks.losses import value_and_slope

Array = np.ndarray[Any, Any]
NETS: dict[str, list[Any]] = {
    "plain": [cp.Conv(3, 4, activation="relu"), cp.MaxPool(2), cp.Conv(3, 3), cp.Flatten()],
    "padded": [
        cp.Conv((2, 3), 4, padding=1, stride=(2, 1), bias=False),
        cp.MaxPool(3, stride=2, padding=1), "relu", cp.AvgPool(2, stride=1), cp.Flatten(),
    ],
    "groups": [
        cp.Conv(3, 4, padding=2, dilation=2, groups=2, padding_mode="circular"), "relu",
        cp.MaxPool(2, stride=1, ceil_mode=True), cp.Flatten(), cp.Dense(3),
    ],
}  # fmt: skip


def integers(net: cp.Sequential, shape: tuple[int, ...], count: int) -> tuple[cp.Sequential, Array]:
    """The net with small whole numbers in float64, of which every sum is exact, and such images."""
    rng = np.random.default_rng(0)
    held = {n: rng.integers(-2, 3, a.shape).astype(a.dtype) for n, a in net.parameters.items()}
    return net.with_parameters(held), rng.integers(-2, 3, (count, *shape)).astype(float)


def gradients(net: cp.Sequential, x: Array) -> tuple[dict[str, Array], dict[str, Array], bool]:
    """By the way of training, and by the public functions, whether images were turned."""
    target = np.zeros_like(net.forward(x))
    route = net.route(x)
    run = passes.Pass.through(route, net.held, x)
    np.testing.assert_array_equal(run.output, net.forward(x))
    flow = value_and_slope("squared", run.output, target)[1]
    return run.back(flow, image=True), net.backward(flow, x), route.turned


@pytest.mark.parametrize("name", NETS)
def test_turned_images_give_the_same(name: str) -> None:
    shape = (9, 8, 2)
    net, x = integers(cp.Sequential(NETS[name]).init(0, shape, dtype="float64"), shape, 16)
    quick, plain, turn = gradients(net, x)
    assert turn
    assert quick.keys() == plain.keys()
    for key, array in plain.items():
        np.testing.assert_array_equal(quick[key], array, err_msg=key)
        assert quick[key].flags.c_contiguous


def test_a_network_that_was_trained_is_copied() -> None:
    shape = (9, 8, 2)
    net, x = integers(cp.Sequential(NETS["groups"]).init(0, shape), shape, 16)
    x = x.astype(np.float32)
    target = np.arange(16) % 3
    net.fit(x, target, steps=1, rate=0.1)
    for other in (copy.deepcopy(net), pickle.loads(pickle.dumps(net))):
        one, two = net.gradients(x, target), other.gradients(x, target)
        assert all(one[name].tobytes() == two[name].tobytes() for name in one)


def test_what_is_not_turned() -> None:
    net = cp.Sequential(NETS["plain"]).init(0, (9, 8, 2))
    x = np.zeros((turned.IMAGES, 9, 8, 2), np.float32)
    assert net.route(x).turned
    assert not net.route(x[1:]).turned  # too few images
    assert not net.route(x.astype(int)).turned
    assert not net.route(x.astype(float)).turned  # of another dtype than the parameters
    wide = cp.Sequential([cp.Conv(3, turned.CHANNELS + 1), cp.Flatten()]).init(0, (9, 8, 2))
    assert not wide.route(x).turned
    across = cp.Sequential([cp.Conv(3, 2)]).init(0, (9, 8, 2))
    assert not across.route(x).turned  # nothing there turns them back


def test_a_wrong_program_for_turned_images_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    shape = (9, 8, 2)
    net, x = integers(cp.Sequential(NETS["plain"]).init(0, shape, dtype="float64"), shape, 16)
    right = conv2d.gradient_kernel_images_last

    def one_image_short(dz: Array, *given: Any) -> Array:
        return right(np.where(np.arange(len(dz))[:, None, None, None, None] > 0, dz, 0), *given)

    monkeypatch.setattr(conv2d, "gradient_kernel_images_last", one_image_short)
    quick, plain, _ = gradients(net, x)
    assert (quick["2.kernel"] != plain["2.kernel"]).any()


def test_memory_is_not_read_as_it_lies_alone() -> None:
    # The schedule takes any array; those it is for are read in place.
    rng = np.random.default_rng(1)
    x = rng.integers(-3, 4, (5, 6, 7, 4)).astype(float)
    kernel = rng.integers(-3, 4, (3, 2, 2, 6)).astype(float)
    lying = np.ascontiguousarray(x.swapaxes(0, -1)).swapaxes(0, -1)
    for told in ({}, {"padding": 1}, {"stride": (2, 1), "dilation": (1, 2)}):
        plain = cp.conv2d(x, kernel, groups=2, schedule="exact", **told)  # type: ignore[arg-type]  # words and numbers
        for way in ("images_last", "images_last block=1"):
            for image in (x, lying, x[::-1][::-1]):
                got = cp.conv2d(image, kernel, groups=2, schedule=way, **told)  # type: ignore[arg-type]  # the same
                np.testing.assert_array_equal(got, plain)
