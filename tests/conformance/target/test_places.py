"""Positions are given in the layout of the target."""

from __future__ import annotations

from convproof.conformance.report.codec import decode, encode
from convproof.conformance.report.result import Failure
from convproof.conformance.run.engine import Run
from convproof.conformance.target.places import native_shape, placed
from tests.conformance.faults.spoiled import spoiled


def test_positions_are_in_the_targets_layout():
    text = "y differs at (0, 6, 9, 1): 0.0 where 1.0 is right"
    assert "at [n=0, c=1, h=6, w=9]:" in placed(text, "y", 2, "channels_first")
    assert "at [n=0, h=6, w=9, c=1]:" in placed(text, "y", 2, "channels_last")
    kernel = placed("dkernel differs at (0, 2, 3, 4): 1", "dkernel", 2, "channels_first")
    assert "[m=4, c=3, kh=0, kw=2]" in kernel
    assert "[m=2]" in placed("dbias differs at (2,): 1", "dbias", 2, "channels_first")
    assert native_shape((1, 5, 3), "y", 1, "channels_first") == (1, 3, 5)


def test_a_failure_gives_its_position_in_the_targets_layout():
    def off(y, *call):
        y = y.copy()
        y[:, -1, 0, :] += 1
        return y

    result = Run(spoiled(lambda *call: True, off), fail_fast=True).execute()
    assert "y differs at [n=0, c=" in result.failures[0].reason
    again = decode(Failure, encode(result.failures[0]))
    assert again.layout == "channels_first"
    assert again.reason == result.failures[0].reason
