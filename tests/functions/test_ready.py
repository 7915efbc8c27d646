"""A call like one before is one like it: types, contents, threads, and calls within calls."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import convproof as cp
from convproof.functions import ready, verified


@pytest.fixture
def arrays() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    return rng.integers(0, 9, (1, 6, 6, 2)).astype(float), rng.integers(0, 9, (2, 2, 2, 3)) * 1.0


def alike(x: np.ndarray) -> list[str]:
    """What should have been refused after a call that was lawful, and was not."""
    cp.max_pool2d(x, 1, stride=None)
    cp.max_pool2d(x, (1, 1), stride=(1, 1))
    passed = []
    for window, stride in ((True, None), (1.0, None), ((True, 1), (1, 1)), ((1.0, 1), (1, 1))):
        try:
            cp.max_pool2d(x, window, stride=stride)
            passed.append(f"window={window!r}")
        except cp.SpecError:
            pass
    try:
        cp.max_pool2d(x.astype(bool), 1, stride=None)
        passed.append("bools")
    except cp.SpecError:
        pass
    return passed


def blind(args: tuple, kwargs: dict) -> tuple:
    """Arguments by their values alone."""
    seen, found = [], []
    for value in (*args, *kwargs.values()):
        if isinstance(value, np.ndarray):
            found.append(value)
        seen.append(value.shape if isinstance(value, np.ndarray) else value)
    return tuple(seen), found


def test_what_equals_a_lawful_argument_is_not_one(arrays, monkeypatch) -> None:
    assert alike(arrays[0]) == []
    monkeypatch.setattr(verified, "look", blind)
    assert len(alike(arrays[0])) == 5


def test_a_look_tells_calls_apart(arrays) -> None:
    x, kernel = arrays
    calls = [
        ((x, 2), {}), ((x,), {"window": 2}), ((x, "2"), {}), ((x, (2, 2)), {}), ((x, None), {}),
        ((x, kernel), {}), ((kernel, x), {}), ((x.astype("f"), kernel), {}), ((x, True), {}),
        ((x, kernel), {"bias": kernel}), ((x, kernel, kernel), {}), ((x, kernel, "bias"), {}),
    ]  # fmt: skip
    assert len({ready.look(args, kwargs)[0] for args, kwargs in calls}) == len(calls)
    view = x.view(np.matrix if x.ndim == 2 else np.recarray)
    for odd in (2.0, [2], np.int64(2), (True,), ((1, (2,)),), view, object()):
        assert ready.look((x, odd), {})[0] is None


def test_contents_and_views_are_looked_at_each_time(arrays) -> None:
    x, kernel = arrays
    for _ in range(3):
        x += 1.0
        right = sum(x[:, i : i + 5, j : j + 5] @ kernel[i, j] for i in range(2) for j in range(2))
        assert np.array_equal(cp.conv2d(x, kernel), right)
        turned = x.transpose(0, 2, 1, 3)
        assert np.array_equal(cp.conv2d(turned, kernel), cp.conv2d(turned.copy(), kernel))
    x.shape = (1, 3, 12, 2)
    assert cp.max_pool2d(x, 2).shape == (1, 1, 6, 2)


def test_results_are_the_callers_own(arrays) -> None:
    x, kernel = arrays
    first = cp.conv2d(x, kernel), cp.max_pool2d(x, 2), cp.avg_pool2d(x, 2)
    kept = [y.copy() for y in first]
    second = cp.conv2d(x, kernel), cp.max_pool2d(x, 2), cp.avg_pool2d(x, 2)
    for y, before, z in zip(first, kept, second, strict=True):
        z[...] = -1
        assert np.array_equal(y, before)
        assert y.flags.owndata


def test_what_depends_on_numbers_is_refused_later_too() -> None:
    small, large = np.ones((4, 1), np.int8), np.full((4, 1), 100, np.int8)
    kernel = np.ones((2, 1, 1), np.int8)
    assert cp.conv1d(small, kernel).max() == 2
    for _ in range(2):
        with pytest.raises(cp.SpecError, match="overflow"):
            cp.conv1d(large, kernel)
    y, found = cp.max_pool1d(small, 2, return_indices=True)
    cp.max_pool1d_backward(y, small, 2, indices=found)
    with pytest.raises(cp.SpecError, match="indices"):
        cp.max_pool1d_backward(y, small, 2, indices=found + np.int8(5))


def test_no_memory_is_said_of_a_call_like_one_before(arrays, monkeypatch) -> None:
    x, _ = arrays
    cp.max_pool2d(x, 3, stride=2)

    def full(go, arrays):
        raise MemoryError("full")

    monkeypatch.setattr(verified, "silently", full)
    assert cp.max_pool2d(x, 3, stride=2).shape == (1, 2, 2, 2)


def test_objects_are_never_kept() -> None:
    table = ready.Table[np.ndarray]()
    growth = cp.functions.room.Growth("x.shape", (1,))
    for kind, kept in ((float, 1), (object, 0)):
        x = np.ones(1, kind)
        key, found = ready.look((x,), {})
        table.keep(key, found, ready.Ready(np.copy, (x,), growth))
        assert len(table.kept) == kept
        table.keep(key, found, ready.Ready(np.copy, (x.copy(),), growth))  # another's arrays
        assert len(table.kept) == kept
        table.kept.clear()


def test_as_many_calls_are_kept_as_there_is_room_for(monkeypatch) -> None:
    monkeypatch.setattr(ready, "KEPT", 3)
    table = ready.Table[np.ndarray]()
    growth = cp.functions.room.Growth("x.shape", (1,))
    for size in range(20):
        x = np.ones(size)
        key, found = ready.look((x,), {})
        table.keep(key, found, ready.Ready(np.copy, (x,), growth))
        assert 1 <= len(table.kept) <= 3


@pytest.mark.filterwarnings("error")
def test_nothing_is_warned_of_and_settings_stay() -> None:
    before = np.geterr()
    x = np.full((1, 4, 4, 1), np.inf)
    x[0, ::2] *= -1
    for _ in range(3):
        assert np.isnan(cp.avg_pool2d(x, 2)).all()
        assert np.isnan(cp.conv2d(x, np.ones((2, 2, 1, 1)))).any()
    assert np.geterr() == before


def test_a_call_within_a_call_and_one_that_fails() -> None:
    x = np.full(3, np.inf)

    def fail() -> None:
        raise ZeroDivisionError

    def within(array: np.ndarray) -> np.ndarray:
        return ready.silently(lambda one: one - one, (array,))

    for _ in range(2):
        assert np.isnan(ready.silently(within, (x,))).all()
        with pytest.raises(ZeroDivisionError):
            ready.silently(fail, ())


def test_threads_keep_apart(arrays) -> None:
    x, kernel = arrays
    right = {n: cp.conv2d(x * n, kernel) for n in range(8)}
    gate = threading.Barrier(4)

    def many(seed: int) -> bool:
        gate.wait()
        numbers = np.random.default_rng(seed).integers(0, 8, 200)
        return all(np.array_equal(cp.conv2d(x * n, kernel), right[n]) for n in numbers)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(many, range(4)))


def test_an_array_given_twice_shows_no_order() -> None:
    one, other, flow = np.random.default_rng(1).integers(-3, 4, (3, 1, 5, 5, 2)).astype(float)
    kernel = np.arange(36.0).reshape(3, 3, 2, 2)
    cp.conv2d_backward(x=one, dy=one, kernel=kernel, padding=1)  # as lawful in the other order
    turned = cp.conv2d_backward(x=other, dy=flow, kernel=kernel, padding=1)
    named = cp.conv2d_backward(flow, other, kernel, padding=1)
    for got, due in zip(turned[:2], named[:2], strict=True):
        np.testing.assert_array_equal(got, due)
