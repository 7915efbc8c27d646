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
