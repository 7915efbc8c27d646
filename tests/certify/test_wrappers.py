"""What surrounds the sums: activations in every float and form, mixed dtypes, one image alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from convproof.certify import blocks, pools
from convproof.certify.certificate import certify_pool, certify_public, with_
from convproof.certify.wrappers import transposed
from convproof.functions import activation as activations
from convproof.functions import call, conv, conv_transpose, pooling
from convproof.functions.call import Plan
from convproof.functions.provenance import AVG_POOL
from convproof.spec import Conv, MaxPool, axis

LAYER, SHAPE = Conv((2,), 2), (2, 3, 1)
RIGHT = {
    "apply": activations.apply,
    "pull": activations.pull_back,
    "enter": Plan.enter,
    "pads": axis._same_pads,
    "found": pooling.Plan.found,
    "gradients": Plan.gradients,
}


@pytest.fixture(autouse=True)
def anew():
    """What calls keep of their functions is forgotten before and after."""
    for plan in (conv.plan, conv_transpose.plan, pooling.plan):
        plan.clear()
    yield
    for plan in (conv.plan, conv_transpose.plan, pooling.plan):
        plan.clear()


def activated(kind: str) -> bool:
    return certify_public(replace(LAYER, activation=kind), SHAPE)[0].holds


def in_singles(kind, z):
    return RIGHT["apply"](kind, z) * (1 if z.dtype == np.float64 else -1)


def flat(kind, dy, z):
    return RIGHT["pull"](kind, np.where(abs(z) > 7, 0, dy).astype(dy.dtype), z)


def in_halves(kind, dy, z):
    return RIGHT["pull"](kind, dy, z) * (1 if z.dtype == np.float64 else -1)


def forward_of_first(self, *arrays):
    plain = replace(self, activation=None) if self.form.first else self
    return FORWARD(plain, *arrays)


def forward_of_one(self, *arrays):
    plain = self if self.form.batched else replace(self, activation=None)
    return FORWARD(plain, *arrays)


FORWARD = Plan.forward
ACTIVATED = {
    "in float32 of another sign": (activations, "apply", in_singles),
    "no slope where it is flat": (activations, "pull_back", flat),
    "in float32 a slope of another sign": (activations, "pull_back", in_halves),
    "lost, channels first": (Plan, "forward", forward_of_first),
    "lost without a batch": (Plan, "forward", forward_of_one),
}


def test_each_activation_is_certified() -> None:
    assert all(map(activated, ("relu", "sigmoid", "tanh")))


@pytest.mark.parametrize("fault", ACTIVATED)
def test_a_wrong_activation_is_refused_in_every_float_and_form(fault: str, monkeypatch) -> None:
    monkeypatch.setattr(*ACTIVATED[fault])
    assert not activated("sigmoid")


def test_a_result_of_two_dtypes_has_that_of_both(monkeypatch) -> None:
    def first(**dtypes):
        return next(kind for kind in dtypes.values() if kind is not None)

    monkeypatch.setattr(conv, "result_dtype", first)
    assert not activated("relu")


def test_an_odd_pixel_of_padding_at_the_wrong_end_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(axis, "_same_pads", lambda *sizes: RIGHT["pads"](*sizes)[::-1])
    assert not certify_public(with_(LAYER, padding="same"), SHAPE)[0].holds


def test_a_plane_without_its_bias_is_refused(monkeypatch) -> None:
    def without(self, x, kernel, bias):
        return RIGHT["enter"](self, x, kernel, bias if self.form.channelled else None)

    monkeypatch.setattr(call.Plan, "enter", without)
    assert blocks.in_modes(1)[0].refuted


@pytest.mark.parametrize("form", ["first", "batched"])
def test_winners_of_another_form_are_refused(form: str, monkeypatch) -> None:
    def wrong(self, x):
        y, winner = RIGHT["found"](self, x)
        return y, winner + (getattr(self.form, form) is (form == "first"))

    monkeypatch.setattr(pooling.Plan, "found", wrong)
    assert not certify_pool(MaxPool((2,), stride=1), (1, 3, 1))[0].holds


@pytest.mark.parametrize("first", [False, True])
def test_a_transposed_gradient_of_one_image_is_compared(first: bool, monkeypatch) -> None:
    def wrong(self, dy, *arrays):
        found = RIGHT["gradients"](self, dy, *arrays)
        faulty = not self.form.batched and self.form.first is first
        return found._replace(x=-found.x) if faulty else found

    spec = Conv((2,), 2, stride=2)
    assert transposed(spec, (2,)).holds
    conv_transpose.plan.clear()
    monkeypatch.setattr(Plan, "gradients", wrong)
    assert transposed(spec, (2,)).refuted


def test_a_mean_of_halves_summed_in_halves_is_refused(monkeypatch) -> None:
    spec, shape = AVG_POOL[1]
    assert pools.by_dtype(spec, shape)[0] is None
    pooling.plan.clear()
    monkeypatch.setattr(pooling, "working_dtype", lambda dtype: dtype)
    refuted, _ = pools.by_dtype(spec, shape)
    assert refuted is not None
    assert "float16" in refuted.reason
