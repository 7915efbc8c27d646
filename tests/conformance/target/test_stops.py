"""A call stopped before a line of the target's own: races of one stop are met, at any seed."""

import threading

import numpy as np
import pytest

import convproof as cp
from convproof.conformance.target.caller import LATE
from convproof.conformance.target.stops import places, stopped

STATE = {}
LOCK = threading.Lock()


def taps(x, w):
    KH, KW = w.shape[2:]
    OH, OW = x.shape[2] - KH + 1, x.shape[3] - KW + 1
    y = np.zeros((len(x), len(w), OH, OW))
    for k, m in np.ndindex(KH, KW):
        y += np.einsum("nchw,mc->nmhw", x[:, :, k : k + OH, m : m + OW], w[:, :, k, m])
    return y


def through_a_global(x, w):
    STATE["w"] = w
    taken = STATE["w"] if STATE["w"].shape == w.shape else w
    return taps(x, taken)


def under_a_lock(x, w):
    with LOCK:
        STATE["w"] = w
        taken = STATE["w"]
        return taps(x, taken)


def alone(x, w):
    taken = [w]
    return taps(x, taken[0])


def threads(function, seed):
    target = cp.Target("mine", conv2d=function)
    return cp.check(target, laws=["threads"], seed=seed, examples=1)


@pytest.mark.parametrize("seed", [0, 3])
def test_a_global_is_found_at_any_seed(seed):
    assert [failure.law for failure in threads(through_a_global, seed).failures] == ["threads"]


@pytest.mark.parametrize("function", [under_a_lock, alone])
def test_what_shares_nothing_or_locks_it_is_right(function, monkeypatch):
    stops = []

    def counted(first, second, place):
        stops.append((place, stopped(first, second, place)))
        return stops[-1][1]

    monkeypatch.setattr("convproof.conformance.target.caller.stopped", counted)
    monkeypatch.setattr("convproof.conformance.target.stops.PATIENCE", 0.05)
    monkeypatch.setattr("convproof.conformance.target.turns.PATIENCE", 0.05)
    assert threads(function, 0).ok
    assert len(stops) > 3
    late = [done for _, done in stops].count(False)
    assert late == (LATE if function is under_a_lock else 0)
    assert all(place[0] for place, _ in stops) == (function is alone)


def test_places_after_a_store_come_first():
    x, w = np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2))
    found = places(lambda: through_a_global(x, w))
    assert found[0][1] == through_a_global.__code__.co_firstlineno + 2
    assert len(found) > 5


def test_the_second_is_done_whole_while_the_first_stands():
    order = []

    def first():
        order.append("a")
        order.append("b")

    where = first.__code__.co_filename, first.__code__.co_firstlineno + 2
    assert stopped(first, lambda: order.append("c"), where)
    assert order == ["a", "c", "b"]
    assert stopped(first, lambda: order.append("d"), ("", 0))
    assert order[3:] == ["a", "b", "d"]
