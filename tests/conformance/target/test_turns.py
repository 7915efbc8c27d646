"""Threads that take turns: the same seed stops them after the same lines, and locks do not hang."""

from __future__ import annotations

import functools
import threading
import time

from convproof.conformance.target.turns import Turns


def recorded(seed):
    lines = []

    def work(name):
        lines.append(name)
        lines.append(name)
        lines.append(name)
        lines.append(name)

    took_turns = Turns(seed).run([functools.partial(work, name) for name in "abcd"])
    return "".join(lines), took_turns


def test_a_seed_decides_the_order_and_another_one_another():
    orders = [recorded(seed) for seed in range(6)]
    assert orders == [recorded(seed) for seed in range(6)]
    assert len(set(orders)) > 3
    assert any(order != "".join(sorted(order)) for order, _ in orders)  # stopped in the midst
    assert all(took_turns for _, took_turns in orders)


def test_a_lost_update_is_met_by_some_seed():
    def lost(seed):
        count = [0]

        def add():
            for _ in range(5):
                before = count[0]
                count[0] = before + 1

        Turns(seed).run([add, add])
        return count[0] < 10

    assert sum(map(lost, range(10))) >= 5


def test_what_waits_for_another_s_lock_comes_to_an_end():
    lock, done = threading.Lock(), []

    def work():
        for _ in range(3):
            with lock:
                done.append(1)
                done.append(1)

    began = time.monotonic()
    Turns(0).run([work, work, work])
    assert len(done) == 18
    assert time.monotonic() - began < 10
