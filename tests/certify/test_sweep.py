"""What is wrong at one stride, gap or width alone is refused, wherever the helpers are."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import pytest

from convproof.certify.sweep import MANY, SMALL, STRIDES, settings, swept
from convproof.functions import conv, conv_transpose, correlation, pooling
from convproof.lower import runtime

GENERATED = ("conv1d", "max_pool1d", "avg_pool1d")


@pytest.fixture(autouse=True)
def anew():
    """What calls keep of their functions is forgotten before and after."""
    plans = (conv.plan, conv_transpose.plan, pooling.plan)
    for plan in plans:
        plan.clear()
    runtime.few_spans.cache_clear()
    yield
    for plan in plans:
        plan.clear()
    runtime.few_spans.cache_clear()


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_each_axis_has_every_stride(rank: int) -> None:
    every = list(settings(rank))
    assert {one.stride for one in every} == set(STRIDES)
    assert {one.dilation for one in every} == set(SMALL)
    assert {one.taps for one in every} == {*SMALL, MANY}
    assert {one.axis for one in every} == set(range(rank))


@pytest.mark.parametrize("operation", ["conv", "conv_transpose", "max_pool", "avg_pool"])
def test_right_functions_pass(operation: str) -> None:
    verdict, compared = swept(operation, 1)
    assert verdict.holds
    assert compared > 1000


def at(name: str, place: int, number: int, change: Callable[[tuple[Any, ...]], tuple[Any, ...]]):
    """The runtime's function, its arguments changed where one of them is that number."""
    right = getattr(runtime, name)
    right = getattr(right, "__wrapped__", right)

    def wrong(*args: Any) -> Any:
        given = args[place]
        faulty = number in given if isinstance(given, tuple) else given == number
        return right(*(change(args) if faulty else args))

    return wrong


FAULTS = {
    "span at stride 5": ("span", 1, 5, lambda a: (a[0], 4, *a[2:])),
    "span at offset -4": ("span", 0, -4, lambda a: (-3, *a[1:])),
    "few_spans at gap 6": ("few_spans", 1, 6, lambda a: (a[0] - 1, *a[1:])),
    "few_spans of 7 taps": ("few_spans", 0, 7, lambda a: (6, *a[1:])),
    "frame at stride 7": ("frame", 5, 7, lambda a: (*a[:5], (6,), a[6])),
    "frame at gap 5": ("frame", 3, 5, lambda a: (*a[:3], (4,), *a[4:])),
    "spread at stride 8": ("spread", 2, 8, lambda a: (a[0] * 2, *a[1:])),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_helper_that_is_wrong_at_one_number_is_refused(name: str, monkeypatch) -> None:
    helper, *how = FAULTS[name]
    wrong = at(helper, *how)
    monkeypatch.setattr(runtime, helper, wrong)
    for module in GENERATED:
        generated = importlib.import_module(f"convproof.generated.{module}")
        if hasattr(generated, helper):
            monkeypatch.setattr(generated, helper, wrong)
    verdict, _ = swept("conv", 1)
    assert verdict.refuted
    assert "Setting(" in verdict.reason


def test_a_wrapper_that_is_wrong_at_one_number_is_refused(monkeypatch) -> None:
    right = correlation.Correlation.forward

    def wrong(self, *arrays):
        return right(self, *arrays) * (-1 if self.layer.window.dilation[0] == 7 else 1)

    monkeypatch.setattr(correlation.Correlation, "forward", wrong)
    assert swept("conv", 1)[0].refuted


WINNERS = {
    "a number where no pixel is, which sends nothing back": lambda one, form: one.clip(0),
    "channels turned, where they stand first": lambda one, form: (
        one[:, ::-1] if form.first else one
    ),
}


@pytest.mark.parametrize("how", WINNERS)
def test_indices_that_name_another_tap_are_refused(how: str, monkeypatch) -> None:
    right = pooling.Plan.found

    def wrong(self, x):
        y, winner = right(self, x)
        return y, WINNERS[how](winner, self.form)

    monkeypatch.setattr(pooling.Plan, "found", wrong)
    verdict, _ = swept("max_pool", 1)
    assert verdict.refuted
    assert "return_indices=True): indices" in verdict.reason
