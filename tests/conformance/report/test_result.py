"""Results print, and come back from JSON."""

from __future__ import annotations

from convproof.conformance.report.result import CheckResult, Exercise
from tests.conformance.report.failures import failure


def test_ok_needs_something_held_and_nothing_broken():
    held = Exercise("definition", "conv2d", "held", 3)
    assert CheckResult("t", (), (held,), 3, 0.1, 0).ok
    assert not CheckResult("t", (), (), 0, 0.1, 0).ok
    assert not CheckResult("t", (failure(),), (held,), 3, 0.1, 0).ok
