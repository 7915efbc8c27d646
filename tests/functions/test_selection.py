"""The schedule that costs least is chosen."""

from __future__ import annotations

import pytest

from convproof.functions import selection
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
