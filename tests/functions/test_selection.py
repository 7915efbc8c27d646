"""The schedule that costs least is chosen."""

from __future__ import annotations

import numpy as np
import pytest

import convproof as cp
from convproof.functions import selection
from convproof.functions.planning import layer_of
from convproof.generated.costs import FEATURES
from convproof.schedules.layer import Layer, Window
from convproof.spec import MaxPool


@pytest.mark.parametrize("feature", range(len(FEATURES)))
def test_what_costs_least_is_chosen(feature, monkeypatch):
    """On a machine where one thing alone takes time, whatever does it least often runs."""
    times = tuple(float(number == feature) for number in range(len(FEATURES)))
    monkeypatch.setattr(selection, "machine", lambda: times)
    for op, shape in (("max_pool", (8, 56, 56, 64)), ("avg_pool_include", (2, 33, 3))):
        space = shape[1:-1]
        window = Window.of(MaxPool((3,) * len(space), stride=2).axes(space), space)
        layer = Layer(op, window, shape[0], shape[-1], 1, shape[-1])
        found = selection.candidates(layer, "forward")
        counted = [selection.run_of(one, layer, "forward").seconds for one in found]
        assert selection.select(layer, "forward").seconds == min(counted)


@pytest.mark.parametrize(("seconds", "way"), [(1e-6, ""), (1e-4, "alone"), (1e-2, "together")])
def test_small_work_keeps_to_one_thread_and_large_to_ours(seconds, way, monkeypatch):
    """Neither what is over before a thread wakes, nor what several are worth, is alone."""

    def named(name):
        return lambda call, *arguments: (name, call(*arguments))

    for name in ("alone", "together"):
        monkeypatch.setattr(selection, name, named(name))
    run = selection.Run(selection.REGISTRY["tap"], lambda *given: given, (7,), False, seconds)
    assert run(1, 2) == ((way, (1, 2, 7)) if way else (1, 2, 7))


def test_numbers_that_are_not_finite_take_no_tap_where_what_zeros_meet_is():
    """A border's zeros do no harm to a finite kernel: only what mixes numbers is left out."""
    rng = np.random.default_rng(0)
    x, kernel = rng.standard_normal((1, 12, 12, 16)), rng.standard_normal((3, 3, 16, 16))
    x, kernel = x.astype(np.float32), kernel.astype(np.float32)
    layer = layer_of(cp.Conv(3, 16, padding=1), x.shape)
    ways = {goal: selection.select(layer, goal, unmixed=True) for goal in ("forward", "gradient x")}
    assert all(not run.schedule.mixes and run.schedule.name != "tap" for run in ways.values())
    dy = cp.conv2d(x, kernel, padding=1)
    for where in ("x", "kernel", "dy"):
        given = {"x": x.copy(), "kernel": kernel.copy(), "dy": dy.copy()}
        given[where].flat[0] = np.inf
        y, right = (
            cp.conv2d(given["x"], given["kernel"], padding=1, schedule=way) for way in (None, "tap")
        )
        np.testing.assert_allclose(y, right, atol=1e-3)
        backs = [
            cp.conv2d_backward(given["dy"], given["x"], given["kernel"], padding=1, schedule=way)
            for way in (None, "tap")
        ]
        for one, other in zip(*backs, strict=True):
            np.testing.assert_allclose(one, other, atol=1e-3)
