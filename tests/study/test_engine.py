"""The engine and its workers: the same table from any order, any number of processes, a cluster."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from convproof.errors import SpecError
from convproof.study.engine import Cell, run
from convproof.study.search import Search
from convproof.study.separation import Separation, evaluate
from convproof.study.store import Store
from convproof.study.workers import workers


def coin(cell: Cell) -> dict[str, float]:
    """A learner whose success grows with n; a function of the cell alone."""
    luck = random.Random(cell.key).random()
    return {"error": 0.0 if luck < cell.n / (cell.n + 37) else 1.0}


def won(result: Mapping[str, float]) -> bool:
    return result["error"] <= 0.1


class Shuffled:
    """Workers that finish in a random order, some at a time."""

    def __init__(self, seed: int) -> None:
        self.random, self.cells = random.Random(seed), []

    def submit(self, cell):
        self.cells.append(cell)

    def finished(self):
        self.random.shuffle(self.cells)
        for _ in range(self.random.randint(1, len(self.cells))):
            cell = self.cells.pop()
            yield cell, coin(cell)


def study():
    searches = tuple(Search("coin", d, 1, 6, 10_000, won) for d in (2, 4))
    return Separation((), searches, {"study": "test"})


def outcome(path, finisher, resume=False):
    results = {}
    told = []
    with Store(path, {"study": "test"}, resume=resume) as store:
        run(study(), store, finisher, lambda done, left: told.append((done, left)))
        results = store.load()
    assert told[-1][1] == 0
    return results, [s.outcome({Cell(*p): r for p, r in results.items()})
                     for s in study().searches]  # fmt: skip


def test_the_order_of_finishing_does_not_matter(tmp_path):
    first, table = outcome(tmp_path / "0", Shuffled(0))
    for seed in (1, 2):
        again, same = outcome(tmp_path / str(seed), Shuffled(seed))
        assert again == first
        assert str(same) == str(table)


def test_a_broken_off_study_goes_on_to_the_same_table(tmp_path):
    class Tired(Shuffled):
        left = 20

        def finished(self):
            for cell, result in super().finished():
                self.left -= 1
                if self.left < 0:
                    raise KeyboardInterrupt
                yield cell, result

    whole, table = outcome(tmp_path / "whole", Shuffled(0))
    for resume in (False, True, True):
        with pytest.raises(KeyboardInterrupt):
            outcome(tmp_path / "part", Tired(resume), resume=resume)
    found, same = outcome(tmp_path / "part", Shuffled(5), resume=True)
    assert found == whole
    assert str(same) == str(table)


def test_the_grid_brackets_one_half(tmp_path):
    _, table = outcome(tmp_path / "0", Shuffled(0))
    for sizes, successes in table:
        share = successes.mean(axis=1)
        assert share[0] < 0.5 <= share[-1]
        assert sizes == sorted(set(sizes))


CELLS = [Cell("convnet", 8, n, seed) for n in (2, 5) for seed in (0, 1)]


def collect(jobs=1, dask=None):
    found = {}
    with workers(jobs, dask, evaluate) as pool:
        for cell in CELLS:
            pool.submit(cell)
        while len(found) < len(CELLS):
            found |= dict(pool.finished())
    return found


def test_processes_give_what_a_plain_call_gives():
    assert collect(jobs=2) == {cell: evaluate(cell) for cell in CELLS}


def test_a_dask_cluster_gives_the_same():
    distributed = pytest.importorskip("distributed")
    options = {"processes": False, "dashboard_address": None}
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, **options) as cluster:
        assert collect(dask=cluster.scheduler_address) == {c: evaluate(c) for c in CELLS}


def test_an_address_where_nobody_is():
    pytest.importorskip("distributed")
    with pytest.raises(SpecError, match="nobody answers there"), workers(1, "nonsense", evaluate):
        pass
