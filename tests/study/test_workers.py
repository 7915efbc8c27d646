"""Workers: processes and a cluster give what a plain call gives."""

from __future__ import annotations

import pytest

from convproof.errors import SpecError
from convproof.study.engine import Cell
from convproof.study.separation import evaluate
from convproof.study.workers import workers

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
