"""Failures of one cause are one."""

from __future__ import annotations

from convproof.conformance.report.causes import group
from tests.conformance.report.failures import failure


def test_what_follows_is_no_failure_of_its_own():
    broken = {("conv2d", name): failure(law=name) for name in ("definition", "linear-in-x")}
    failures, causes = group(broken, frozenset())
    assert [f.law for f in failures] == ["definition"]
    assert causes == {("conv2d", "linear-in-x"): ("conv2d", "definition")}


def test_the_same_named_mistake_in_two_ranks_is_one():
    broken = {
        (op, "definition"): failure(op, diagnosis=("kernel flipped",))
        for op in ("conv2d", "conv1d")
    }
    failures, _ = group(broken, frozenset())
    assert len(failures) == 1
