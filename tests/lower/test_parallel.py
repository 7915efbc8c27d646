"""Tasks over threads: the same results, BLAS's setting put back, overlapping stores refused."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from sympy import Integer, Symbol

import convproof as cp
from convproof.errors import LoweringError
from convproof.lower import parallel, runtime
from convproof.lower.assemble import disjoint
from convproof.lower.program import Cut, New, Product, Store, Tasks, View


@pytest.fixture
def two(monkeypatch):
    """Two threads, whatever the environment says."""
    found = parallel.blas()
    if found is None:
        pytest.skip("NumPy runs on another BLAS")
    before = found[0]()
    found[1](2)
    yield found
    assert found[0]() == 2
    found[1](before)


def test_blas_has_one_thread_inside_and_its_own_again_after(two) -> None:
    seen = []
    parallel.share(lambda rows: seen.append((two[0](), rows.start)), (6, 2))
    assert sorted(seen) == [(1, 0), (1, 2), (1, 4)]
    assert two[0]() == 2

    def fails(rows: slice) -> None:
        if rows.start == 2:
            raise ValueError("planted")

    with pytest.raises(ValueError, match="planted"):
        parallel.share(fails, (6, 2))
    assert two[0]() == 2


def test_the_sum_is_in_the_blocks_order_however_many_threads(two) -> None:
    def part(rows: slice) -> np.ndarray:
        return np.array([1.0 / (1 + i) for i in range(rows.start, rows.stop)]).sum(keepdims=True)

    alone = runtime.total(part, (1000, 3))
    for _ in range(5):
        np.testing.assert_array_equal(parallel.total(part, (1000, 3)), alone)


@pytest.mark.filterwarnings("error")
def test_a_sum_of_infinities_is_a_nan_without_a_word(two) -> None:
    def part(rows: slice) -> np.ndarray:
        return np.array([np.inf if rows.start else -np.inf])

    with np.errstate(all="ignore"):
        assert np.isnan(parallel.total(part, (8, 1)))


def test_calls_from_many_threads_are_independent(two) -> None:
    rng = np.random.default_rng(0)
    x, kernel = rng.integers(-3, 4, (4, 12, 12, 8)), rng.integers(-3, 4, (3, 3, 8, 8))
    x, kernel = x.astype(np.float32), kernel.astype(np.float32)
    right = cp.conv2d(x, kernel, schedule="tap")
    with ThreadPoolExecutor(8) as pool:
        ways = ["im2row block=3", "im2col block=2"] * 20
        found = list(pool.map(lambda way: cp.conv2d(x, kernel, schedule=way), ways))
    assert all(np.array_equal(one, right) for one in found)
    assert threading.active_count() < 40


def test_a_task_that_calls_us_stays_in_its_thread(two) -> None:
    x, kernel = np.ones((4, 9, 9, 2)), np.ones((3, 3, 2, 2))
    results = []
    parallel.share(
        lambda rows: results.append(cp.conv2d(x, kernel, schedule="im2row block=2").sum()), (4, 1)
    )
    assert len(set(results)) == 1


def test_no_rows_are_a_sum_of_nothing() -> None:
    found = cp.conv2d_backward(
        np.ones((0, 5, 5, 1)),
        np.ones((0, 7, 7, 1)),
        np.ones((3, 3, 1, 1)),
        schedule="im2row block=2",
    )
    assert not found.kernel.any()


def test_what_runs_alone_has_one_thread_of_ours_and_of_blas(two) -> None:
    seen = []

    def task(rows: slice) -> None:
        seen.append((two[0](), threading.get_ident()))
        if rows.start == 5:
            raise ValueError("planted")

    parallel.alone(parallel.share, task, (5, 1))
    assert set(seen) == {(1, threading.get_ident())}
    assert two[0]() == 2
    with pytest.raises(ValueError, match="planted"):
        parallel.alone(parallel.share, task, (6, 1))
    assert two[0]() == 2
    met = threading.Barrier(2)  # and what comes after does not: each waits for another
    parallel.share(lambda _: met.wait(10) and None, (2, 1))


def test_together_blas_has_one_thread_and_ours_are_several(two) -> None:
    met = threading.Barrier(2)

    def both(count: int) -> int:
        parallel.share(lambda _: met.wait(10) and None, (count, 1))
        return two[0]()

    assert parallel.together(both, 2) == 1
    assert two[0]() == 2


@pytest.mark.parametrize(
    "shapes",
    [((1, 300, 64), (1, 64, 400)), ((1, 400, 64), (1, 64, 300)), ((5, 200, 60), (5, 60, 150))],
)
def test_a_large_product_is_shared_and_the_same(two, monkeypatch, shapes) -> None:
    rng = np.random.default_rng(3)
    left, right = (rng.integers(-4, 5, shape).astype(np.float32) for shape in shapes)
    right_one, shared = runtime.multiply(left, right), []
    whole = parallel.share
    monkeypatch.setattr(parallel, "share", lambda *given: shared.append(1) or whole(*given))
    np.testing.assert_array_equal(parallel.multiply(left, right), right_one)
    out = np.zeros(right_one.transpose(1, 0, 2).shape, np.float32)
    parallel.multiply(left, right, out.transpose(1, 0, 2))
    np.testing.assert_array_equal(out.transpose(1, 0, 2), right_one)
    assert len(shared) == 2
    parallel.multiply(left[:, :1], right)
    assert len(shared) == 2


def test_a_matrix_along_a_large_array_is_shared_and_the_same(two) -> None:
    rng = np.random.default_rng(3)
    matrix, array = rng.integers(-4, 5, (3, 6)), rng.integers(-4, 5, (2, 6, 100_001))
    matrix, array = matrix.astype(np.float32), array.astype(np.float32)
    found = parallel.along(matrix, array, 2, 0)
    np.testing.assert_array_equal(found, runtime.along(matrix, array, 2, 0))


def test_tasks_that_may_store_into_one_place_are_refused() -> None:
    n = Symbol("N", integer=True)
    cuts = (Cut("images", n, Integer(1)), Cut("rows", n, Integer(1)))
    value = Product((View("x"),))
    both = View("z", (("slice", "images"), ("slice", "rows")))
    disjoint(Tasks(cuts, (Store(both, "=", value),)))
    disjoint(Tasks(cuts, (New("z", (n,), ("x",), "zeros"), Store(View("z"), "+=", value))))
    for items in ((("slice", "images"),), (":", ("slice", "rows")), ()):
        with pytest.raises(LoweringError, match="both store into z"):
            disjoint(Tasks(cuts, (Store(View("z", items), "+=", value),)))
