"""Refusals are explained by what was never answered."""

from __future__ import annotations

from convproof.conformance.cases.corners import basics
from convproof.conformance.cases.domain import Domain
from convproof.conformance.cases.fill import build
from convproof.conformance.run.refusals import Refusals


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


def test_a_declared_limit_needs_no_second_refusal_and_one_answer_refutes_it():
    domain = Domain.everything("conv", 2)
    cases = [build("conv2d", row) for row in basics(domain)]
    plain = next(c for c in cases if max(c.stride) == max(c.dilation) == 1)
    both = plain.replace(stride=(1, 2), dilation=(1, 2))
    refusals = Refusals()
    refusals.answer(plain)
    refusals.answer(plain.replace(stride=(1, 2)))
    refusals.answer(plain.replace(dilation=(1, 2)))
    refusals.refuse(both, "not both")
    (one,) = refusals.refused
    assert refusals.explain()[1] == [one]  # one call explains nothing by two features
    limit = "stride above 1 with dilation"
    assert refusals.declared(one, {limit}) == limit
    assert not refusals.declared(one, {"dilation"})  # dilations were answered
    assert not refusals.declared(one, {"groups", "dilation with groups", "no such words"})
    assert refusals.declared(one, {"strides larger than the kernel"}) == (
        "strides larger than the kernel" if max(plain.taps) == 1 else ""
    )
    refusals.answer(both)
    assert not refusals.declared(one, {limit})
