"""A limit on threads holds within, in its thread alone, and leaves nothing behind."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

import convproof as cp
from convproof.lower import parallel


@pytest.fixture
def two():
    """Two threads, whatever the environment says."""
    found = parallel.blas()
    if found is None:
        pytest.skip("NumPy runs on another BLAS")
    before = found[0]()
    found[1](2)
    yield found[0]
    assert found[0]() == 2
    found[1](before)


def test_a_limit_holds_within_and_is_gone_after(two) -> None:
    with cp.threads(1):
        assert (parallel.threads(), two()) == (1, 1)
        with cp.threads(4):
            assert parallel.threads() == 1
    assert (parallel.threads(), two()) == (2, 2)
    with cp.threads(2):
        assert (parallel.threads(), two()) == (2, 2)
    with pytest.raises(ValueError, match="planted"), cp.threads(1):
        raise ValueError("planted")
    assert (parallel.threads(), two()) == (2, 2)


def test_tasks_stay_in_a_thread_that_has_one(two, monkeypatch) -> None:
    done: list[int] = []

    def refused(process: int, count: int) -> None:
        raise AssertionError("a task was shared")

    monkeypatch.setattr(parallel, "helpers", refused)
    with pytest.raises(AssertionError, match="shared"):  # they do not, without a limit
        parallel.share(lambda rows: done.append(rows.start), (3, 1))
    with cp.threads(1):
        parallel.share(lambda rows: done.append(rows.start), (3, 1))
    assert done == [0, 1, 2]


def test_other_threads_have_no_limit(two) -> None:
    with ThreadPoolExecutor(1) as pool, cp.threads(1):
        assert pool.submit(parallel.threads).result() == 2


@pytest.mark.parametrize("count", [0, -1, True, 1.0, "2", None])
def test_what_is_no_count_is_refused(count: object) -> None:
    with pytest.raises(cp.SpecError, match=r"^count=.*: allowed is a whole number"):
        cp.threads(count)
