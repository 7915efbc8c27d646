"""`convproof study`: its words, its exit codes, and a kill in the middle."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

import psutil
import pytest

from convproof.cli import main

QUICK = ["study", "separation", "--quick", "--learner", "convnet"]


def study(folder, *options, **how):
    command = [sys.executable, "-m", "convproof", *QUICK, *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, **how)


def test_killed_and_resumed_it_ends_with_the_same_table(tmp_path):
    whole = study(tmp_path, "--store", "whole.sqlite", "--jobs", "2", "--json", "whole.json")
    assert (whole.returncode, whole.stderr) == (0, "")
    assert whole.stdout.endswith("no bound was crossed\n")
    child = subprocess.Popen(
        [sys.executable, "-m", "convproof", *QUICK, "--store", "part.sqlite", "--jobs", "2"],
        cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    end, store = time.monotonic() + 60, tmp_path / "part.sqlite"
    helpers = []
    while time.monotonic() < end and child.poll() is None:
        helpers = helpers or psutil.Process(child.pid).children(recursive=True)
        if store.exists() and store.stat().st_size > 16_384:
            break
        time.sleep(0.02)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    _, alive = psutil.wait_procs(helpers, timeout=20)
    assert alive == []  # nobody goes on computing for nobody
    options = ("--store", "part.sqlite", "--resume", "--json", "part.json")
    again = study(tmp_path, *options)
    assert (again.returncode, again.stdout) == (0, whole.stdout)
    assert (tmp_path / "part.json").read_bytes() == (tmp_path / "whole.json").read_bytes()
    rows = []
    for name in ("whole", "part"):
        database = sqlite3.connect(tmp_path / f"{name}.sqlite")
        rows.append(sorted(database.execute("SELECT * FROM cells")))
        database.close()
    assert rows[0] == rows[1]
    assert json.loads((tmp_path / "part.json").read_text())["settings"]["seed"] == 2021


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["study", "nothing"], "NAME='nothing'"),
        (["study", "separation", "--jobs", "0"], "--jobs=0"),
        (["study", "separation", "--learner", "mine"], "--learner='mine'"),
        (["study", "locality", "--learner", "convnet"], "only separation takes one"),
        (["study", "features", "--json", "/no/such/folder/x"], "--json"),
        (["study", "features", "--store", "/no/such/folder/x"], "--store"),
        (["study", "features", "--dask", "tcp://127.0.0.1:9"], "nobody answers there"),
    ],
)
def test_mistakes_are_one_line(options, message, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(options) == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1
    assert not list(tmp_path.iterdir())
