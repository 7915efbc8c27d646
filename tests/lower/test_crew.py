"""Helpers: each task once, in order of their numbers in the result, failures raised at the end."""

from __future__ import annotations

import os
import threading
import time

import pytest

from convproof.lower.crew import Batch, helpers


def with_helpers(batch: Batch, count: int) -> list:
    """The results, by this thread and so many helpers."""
    for _ in range(count):
        helpers(os.getpid(), 3).put(batch)
    batch.help()
    return batch.results()


def test_each_is_done_once_and_found_in_its_place() -> None:
    done = []

    def run(number: int) -> int:
        done.append(number)
        return number * number

    for _ in range(50):
        done.clear()
        assert with_helpers(Batch(run, range(20)), 3) == [n * n for n in range(20)]
        assert sorted(done) == list(range(20))


def test_helpers_do_some_at_the_same_time() -> None:
    met = threading.Barrier(4)
    assert with_helpers(Batch(lambda _: met.wait(10) >= 0, range(4)), 3) == [True] * 4


def test_who_never_came_is_not_waited_for() -> None:
    batch = Batch(str, [1, 2])
    batch.help()
    assert batch.results() == ["1", "2"]
    batch.help()  # a helper that comes late finds nothing to do
    assert batch.results() == ["1", "2"]


def test_a_failure_is_raised_when_all_that_began_have_ended() -> None:
    ended, met = [], threading.Barrier(2)

    def run(number: int) -> None:
        met.wait(10)
        if number == 0:
            raise ValueError("planted")
        time.sleep(0.05)
        ended.append(number)

    with pytest.raises(ValueError, match="planted"):
        with_helpers(Batch(run, range(2)), 1)
    assert ended == [1]
    with pytest.raises(KeyError):  # and what comes after it is not begun
        with_helpers(Batch(lambda one: {}[one], range(9)), 0)
