"""An explanation asks the same on every machine; where time cuts it, it says so."""

from __future__ import annotations

import itertools
import time
from types import SimpleNamespace

import numpy as np
import pytest

from convproof.conformance.cases import corners
from convproof.conformance.cases.domain import Domain
from convproof.conformance.cases.fill import build
from convproof.conformance.faults import patience
from convproof.conformance.faults.diagnose import diagnose
from convproof.conformance.faults.patience import Patient, patient
from convproof.conformance.target.target import Target
from property_tests.corpus import find

CUT = "cut short"


def explained(wait=0.0):
    """How many calls the explanation of a lost group took, and what it said."""
    run, made = find("grad-w-in-out-exchanged").build()["conv2d_backward"], itertools.count()

    def conv2d_backward(x, w, b, grad_y, stride=1, padding=0, dilation=1, groups=1):
        next(made)
        time.sleep(wait)
        return run(x, w, b, grad_y, stride, padding, dilation, groups)

    target = Target("t", conv2d_backward=conv2d_backward)
    config = next(iter(corners.basics(Domain.everything("conv", 2))))
    config = config.but(inputs=2, outputs=2, dtype="float64")
    case = build("conv2d_backward", config)
    target.adapter(case.op)
    before = next(made)
    lines = [str(item) for item in diagnose(case, target=target)]
    return next(made) - before, lines


def test_a_slower_target_is_asked_as_often_and_explained_alike():
    assert explained() == explained(wait=0.001)


def test_a_target_too_slow_to_be_asked_is_said_to_be(monkeypatch):
    seconds = itertools.count(0, 5)  # five that every look at the clock takes
    monkeypatch.setattr(patience.Clock, "now", lambda clock: next(seconds))
    calls, lines = explained()
    assert calls <= patience.SECONDS + 1
    assert CUT in lines[-1]


def test_after_its_time_a_target_gives_no_answer():
    known = SimpleNamespace(layout="channels_first", call=lambda case: "an answer")
    in_time, late = Patient(known), Patient(known, seconds=-1.0)
    assert in_time.call(None) == "an answer"
    assert not in_time.cut
    assert late.call(None).values is None
    assert late.cut


@pytest.mark.parametrize("seen", [lambda one: one, lambda one: SimpleNamespace(target=one)])
def test_one_time_is_kept_however_the_target_is_seen(seen):
    known = Patient(SimpleNamespace(layout="channels_first"))
    assert patient(seen(known)) is known
    assert patient(np) is not known
