"""Workloads."""

from __future__ import annotations

from math import prod

from convproof.bench.workload import random_workloads, workloads

SMALL = [work for work in workloads() if prod(work.x) * max(1, work.outputs) < 300_000]


def test_random_workloads_are_the_same_for_the_same_seed():
    first = list(random_workloads(40, 3))
    assert first == list(random_workloads(40, 3)) != list(random_workloads(40, 4))
    assert {work.rank for work in first} == {1, 2, 3}
    assert len({work.name for work in first}) == 40
