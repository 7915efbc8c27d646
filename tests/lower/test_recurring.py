"""What is kept of an array's numbers: never for other numbers, wherever they are."""

from __future__ import annotations

import threading

import numpy as np
import pytest

import convproof as cp
from convproof.lower import recurring


@pytest.fixture(autouse=True)
def nothing_kept():
    recurring._local.__dict__.clear()


def results(kernel: np.ndarray, writes: list[tuple[int, ...]]) -> list[bool]:
    """Whether a convolution is right after each write to its kernel, and before."""
    x = np.random.default_rng(1).standard_normal((2, 9, 9, 8)).astype(kernel.dtype)
    found = []
    for at in (None, None, None, *writes):
        if at is not None:
            kernel[at] += 50
        right = cp.conv2d(x, kernel, schedule="exact")
        got = cp.conv2d(x, kernel, schedule="winograd_2x3")
        found.append(bool(np.allclose(got, right, atol=1e-2)))
    return found


@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_a_kernel_that_is_written_to_is_another_one(kind: str) -> None:
    kernel = np.random.default_rng(0).standard_normal((3, 3, 8, 16)).astype(kind)
    assert all(results(kernel, [(0, 0, 0, 0), (2, 2, 7, 15), (1, 1, 3, 4)]))


def test_a_stale_one_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: were the sample alone compared, a write beside it would go unseen."""
    monkeypatch.setattr(recurring, "same", lambda one, two: True)
    kernel = np.random.default_rng(0).standard_normal((3, 3, 8, 16)).astype("float32")
    assert not all(results(kernel, [(2, 2, 7, 15), (1, 1, 3, 4), (0, 1, 2, 3)]))


def test_it_is_made_once_for_numbers_that_come_again_in_each_thread() -> None:
    made = []

    def make(array: np.ndarray) -> np.ndarray:
        made.append(threading.get_ident())
        return 2 * array

    matrix, array = np.ones((2, 2)), np.arange(1000.0)
    got = [recurring.kept(make, np.array(array), matrix) for _ in range(5)]
    assert len(made) == 2  # seen twice before it is worth its memory
    assert all(np.array_equal(one, 2 * array) for one in got)
    with pytest.raises(ValueError, match="read-only"):
        got[-1][0] = 1
    other = threading.Thread(target=recurring.kept, args=(make, array, matrix))
    other.start()
    other.join()
    assert len(set(made)) == 2
    recurring.kept(make, -array, matrix)
    recurring.kept(make, array, 2 * matrix)
    assert len(made) == 5
    signs = np.zeros(1000)
    for one in (signs, signs, -signs, -signs):
        assert np.array_equal(np.signbit(recurring.kept(make, one, matrix)), np.signbit(one))


def test_no_more_is_kept_than_a_thread_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recurring, "MOST", 40_000)
    matrix = np.ones((2, 2))
    for size in (500, 700, 900, 1000, 1200):
        for _ in range(3):
            recurring.kept(lambda array: 2 * array, np.arange(float(size)), matrix)
    every = recurring._local.made.values()
    assert 0 < sum(one.bytes for one in every) <= 40_000
    whole = np.arange(3000.0)
    assert all(recurring.kept(np.copy, whole, matrix) is not whole for _ in range(3))
    assert sum(one.bytes for one in every) <= 40_000


def test_a_mirrored_view_is_kept_as_it_lies_and_apart_from_the_array() -> None:
    array, matrix = np.arange(24.0).reshape(2, 3, 4), np.ones((2, 2))
    turned = array[::-1, ::-1].transpose(2, 0, 1)
    assert recurring.lying(turned).flags.c_contiguous
    assert np.array_equal(recurring.lying(turned), array)
    for _ in range(3):
        for seen in (array, turned, array[::-1], array.transpose(2, 0, 1)):
            assert np.array_equal(recurring.kept(lambda one: 2 * one, seen, matrix), 2 * seen)
    array[1, 2, 3] = 7
    assert np.array_equal(recurring.kept(lambda one: 2 * one, turned, matrix), 2 * turned)
