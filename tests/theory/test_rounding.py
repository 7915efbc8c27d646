"""What rounding accounts for."""

from __future__ import annotations

from convproof.evidence import Status
from convproof.theory.rounding import Gaps


def test_two_precisions_decide():
    assert Gaps(0.0, 0.0).verdict.holds
    assert Gaps(2e-2, 8e-11).verdict.holds  # chaotic, but rounding
    assert Gaps(1e-6, 1e-6).verdict.status is Status.UNDECIDED  # a rule computed in float32
    assert Gaps(1e-3, 1e-3).verdict.status is Status.REFUTED
    assert Gaps(float("nan"), 0.0).verdict.status is Status.UNDECIDED
    assert not Gaps(0.0, 1e-9).verdict.holds
