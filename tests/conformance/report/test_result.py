"""Results print, and come back from JSON."""

from __future__ import annotations

import json

import numpy as np

from convproof.conformance.cases.corners import basics
from convproof.conformance.cases.domain import Domain
from convproof.conformance.cases.fill import build
from convproof.conformance.report.causes import group
from convproof.conformance.report.codec import decode, encode
from convproof.conformance.report.result import CheckResult, Exercise, Failure
from convproof.conformance.run.refusals import Refusals


def _failure(op="conv2d", law="definition", diagnosis=()):
    case = build(op, next(basics(Domain.everything("conv", int(op[4])))))
    return Failure(
        law,
        op,
        "a statement",
        "a reason",
        case,
        np.ones(2),
        np.array([np.nan, 1.0]),
        diagnosis=diagnosis,
    )


def test_a_failure_survives_json_with_its_nan():
    failure = _failure()
    again = decode(Failure, json.loads(json.dumps(encode(failure))))
    assert np.isnan(again.got[0])
    assert again.case.describe() == failure.case.describe()
    assert str(again) == str(failure)


def test_ok_needs_something_held_and_nothing_broken():
    held = Exercise("definition", "conv2d", "held", 3)
    assert CheckResult("t", (), (held,), 3, 0.1, 0).ok
    assert not CheckResult("t", (), (), 0, 0.1, 0).ok
    assert not CheckResult("t", (_failure(),), (held,), 3, 0.1, 0).ok


def test_what_follows_is_no_failure_of_its_own():
    broken = {("conv2d", name): _failure(law=name) for name in ("definition", "linear-in-x")}
    failures, causes = group(broken, frozenset())
    assert [f.law for f in failures] == ["definition"]
    assert causes == {("conv2d", "linear-in-x"): ("conv2d", "definition")}


def test_the_same_named_mistake_in_two_ranks_is_one():
    broken = {
        (op, "definition"): _failure(op, diagnosis=("kernel flipped",))
        for op in ("conv2d", "conv1d")
    }
    failures, _ = group(broken, frozenset())
    assert len(failures) == 1


def test_refusals_are_explained_by_features_that_were_never_answered():
    rows = list(basics(Domain.everything("conv", 2)))
    refusals = Refusals()
    for row in rows:
        case = build("conv2d", row)
        if max(case.dilation) > 1:
            refusals.refuse(case, "no")
        else:
            refusals.answer(case)
    reasons, left = refusals.explain()
    assert not left
    assert [reason.what for reason in reasons] == ["dilation"]
    refusals.refuse(build("conv2d", rows[0]), "not today")
    assert len(refusals.explain()[1]) == 1
