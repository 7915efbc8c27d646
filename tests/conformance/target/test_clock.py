"""A run's time: what the machine spends on others is not counted, what is waited for is."""

from __future__ import annotations

import itertools

import pytest

from convproof.conformance.target import clock
from convproof.conformance.target.meter import METER


def watched(monkeypatch, crowded, computed, strict=False, targets=0.0):
    """What a clock says after 10 seconds in which we computed for so many."""
    times = itertools.chain([0.0], itertools.repeat(10.0))
    monkeypatch.setattr(clock.time, "monotonic", lambda: next(times))
    works = itertools.chain([0.0], itertools.repeat(computed))
    monkeypatch.setattr(clock.time, "process_time", lambda: next(works))
    monkeypatch.setattr(clock, "crowded", lambda: crowded)
    monkeypatch.setattr(METER, "used", 0.0)
    made = clock.Clock(strict)
    METER.used = targets
    return made.now()


def test_on_an_idle_machine_it_is_the_time_that_passes(monkeypatch):
    assert watched(monkeypatch, False, 3.0) == 10.0


def test_on_a_busy_machine_it_is_the_time_computed(monkeypatch):
    assert watched(monkeypatch, True, 3.0) == 3.0
    assert watched(monkeypatch, True, 3.0, targets=4.0) == 7.0


def test_several_threads_use_no_more_than_the_time_that_passes(monkeypatch):
    assert watched(monkeypatch, True, 25.0) == 10.0


def test_a_busy_machine_makes_a_run_so_many_times_as_long_at_most(monkeypatch):
    assert watched(monkeypatch, True, 0.0) == 10.0 / clock.LONGER


def test_a_users_seconds_are_seconds(monkeypatch):
    assert watched(monkeypatch, True, 3.0, strict=True) == 10.0


@pytest.mark.parametrize(("load", "busy"), [(1.0, False), (3.0, True)])
def test_more_to_run_than_processors_is_a_crowd(monkeypatch, load, busy):
    monkeypatch.setattr(clock.os, "getloadavg", lambda: (load, 0.0, 0.0))
    monkeypatch.setattr(clock.os, "sched_getaffinity", lambda pid: {0, 1})
    assert clock.crowded() is busy


@pytest.mark.parametrize(("queued", "seconds"), [((1.0, 4.0), 7.0), ((1.0, None), 10.0)])
def test_a_call_is_not_charged_with_the_time_that_others_had_the_processor(
    monkeypatch, queued, seconds
):
    """What a machine that is busy would make of a call decided which laws asked for more."""
    queues, times = iter(queued), iter((0.0, 10.0))
    monkeypatch.setattr(clock, "_queued", lambda: next(queues))
    monkeypatch.setattr(clock, "_clock", lambda: next(times))
    assert clock.Stopwatch().seconds() == seconds


def test_a_target_that_opens_nothing_is_timed_all_the_same(monkeypatch):
    def refuses(*args):
        raise RuntimeError

    monkeypatch.setattr(clock, "_open", refuses)
    assert 0 <= clock.Stopwatch().seconds() < 5
