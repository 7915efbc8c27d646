"""Campaigns: kept as they go, resumed, parallel, on a cluster."""

from __future__ import annotations

import json

import pytest

from convproof.conformance.run import campaign as module
from convproof.conformance.run.campaign import FILE, campaign, finished, shards
from convproof.errors import SpecError

MINE = """
import numpy as np


def conv1d(x, w):
    n, c, h = x.shape
    out = h - w.shape[2] + 1
    if out < 1:
        raise ValueError("the kernel is larger than the image")
    cols = np.stack([x[:, :, k : k + out] for k in range(w.shape[2])])
    y = np.einsum("knch,mck->nmh", cols, w)
    if c > 100000:
        y[:] = 0
    return y
"""


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(MINE)
    return f"{path}:conv1d"


def test_shards_add_up():
    pieces = shards("t", ["a", "b"], 6000, 10)
    assert [p.examples for p in pieces if p.op == "a"] == [2500, 2500, 1000]
    assert len({p.key for p in pieces}) == 6


def test_an_interrupted_campaign_goes_on_where_it_stopped(mine, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "SHARD", 40)
    done = []
    real = module.work

    def twice_then_stop(shard):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(shard)
        return real(shard)

    monkeypatch.setattr(module, "work", twice_then_stop)
    folder = tmp_path / "kept"
    with pytest.raises(KeyboardInterrupt):
        campaign(mine, examples=160, directory=folder)
    assert len(finished(folder)) == 2
    with open(folder / FILE, "a") as file:
        file.write('{"key": "cut of')  # a line that the interruption cut
    resumed = []
    monkeypatch.setattr(module, "work", lambda shard: resumed.append(shard) or real(shard))
    result = campaign(mine, examples=160, directory=folder)
    assert len(resumed) == 2
    assert result.ok
    assert result.calls >= 160
    assert len(finished(folder)) == 4
    resumed.clear()
    assert campaign(mine, examples=160, directory=folder).calls == result.calls
    assert resumed == []
    assert all(
        json.loads(line)
        for line in (folder / FILE).read_text().splitlines()
        if "cut of" not in line
    )


def test_a_target_in_memory_cannot_go_to_other_processes(tmp_path):
    with pytest.raises(SpecError, match="text"):
        campaign(lambda x, w: x, examples=10, directory=tmp_path)


@pytest.mark.slow
def test_processes_and_a_real_cluster_find_what_one_process_finds(mine, tmp_path, monkeypatch):
    distributed = pytest.importorskip("distributed")
    spoiled = mine.replace("mine.py", "spoiled.py")
    (tmp_path / "spoiled.py").write_text(MINE.replace("c > 100000", "c == 3"))
    monkeypatch.setattr(module, "SHARD", 60)
    here = campaign(spoiled, examples=120, directory=tmp_path / "jobs", jobs=2)
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        there = campaign(
            spoiled,
            examples=120,
            directory=tmp_path / "dask",
            dask_address=cluster.scheduler_address,
        )
    for result in (here, there):
        assert [f.law for f in result.failures] == ["definition"]
        assert result.failures[0].case.x.shape[-1] == 3
