"""Results print, and come back from JSON."""

from __future__ import annotations

import numpy as np

import convproof as cp
from convproof.conformance.report.result import CheckResult, Exercise
from tests.conformance.report.failures import failure


def test_ok_needs_something_held_and_nothing_broken():
    held = Exercise("definition", "conv2d", "held", 3)
    assert CheckResult("t", (), (held,), 3, 0.1, 0).ok
    assert not CheckResult("t", (), (), 0, 0.1, 0).ok
    assert not CheckResult("t", (failure(),), (held,), 3, 0.1, 0).ok


def test_a_hostile_name_puts_nothing_into_a_terminal_or_a_page():
    name = "<script>alert(1)</script>\x1b[31m\u202e"

    def conv2d(x, w, b=None):
        return np.zeros((len(x), len(w), x.shape[2] - w.shape[2] + 1, x.shape[3] - w.shape[3] + 1))

    result = cp.check(cp.Target(name, conv2d=conv2d), examples=2, fail_fast=True)
    assert not result.ok
    for shown in (str(result), str(result.failures[0]), repr(result), result.to_junit()):
        assert "\x1b" not in shown
        assert "\u202e" not in shown
    for page in (result.to_html(), result._repr_html_(), result.to_junit()):
        assert "<script>alert" not in page
        assert "\x1b" not in page
