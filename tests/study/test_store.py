"""The store: what is kept is there after any end, and what is damaged is told."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys

import pytest

from convproof.errors import SpecError
from convproof.study.store import Store

SETTINGS = {"study": "test", "seed": 1}


def test_kept_results_are_found_again(tmp_path):
    path = tmp_path / "s.sqlite"
    with Store(path, SETTINGS, resume=False) as store:
        store.keep(("a", 2, 3, 0), {"error": 0.1})
        store.keep(("a", 2, 3, 0), {"error": 0.2})
    with Store(path, SETTINGS, resume=True) as store:
        assert store.load() == {("a", 2, 3, 0): {"error": 0.2}}
        assert store.damaged == 0


@pytest.mark.parametrize(
    "change",
    ["UPDATE cells SET result = '{\"error\": 0.0}'", "UPDATE cells SET checksum = 'x'",
     "UPDATE cells SET n = 4"],
)  # fmt: skip
def test_a_damaged_result_is_not_believed(tmp_path, change):
    path = tmp_path / "s.sqlite"
    with Store(path, SETTINGS, resume=False) as store:
        store.keep(("a", 2, 3, 0), {"error": 0.1})
    database = sqlite3.connect(path)
    with database:
        database.execute(change)
    database.close()
    with Store(path, SETTINGS, resume=True) as store:
        assert store.load() == {}
        assert store.damaged == 1


def test_another_file_other_settings_and_a_file_in_use_are_refused(tmp_path):
    path = tmp_path / "s.sqlite"
    with Store(path, SETTINGS, resume=False), pytest.raises(SpecError, match="another study"):
        Store(path, SETTINGS, resume=True)
    with pytest.raises(SpecError, match="--resume goes on"):
        Store(path, SETTINGS, resume=False)
    with pytest.raises(SpecError, match="made with seed = 1, now it is 2"):
        Store(path, SETTINGS | {"seed": 2}, resume=True)
    with pytest.raises(SpecError, match="directory that exists"):
        Store(tmp_path / "no" / "s.sqlite", SETTINGS, resume=False)
    other = tmp_path / "text"
    other.write_text("not a database, and long enough not to be taken for an empty one" * 20)
    foreign = tmp_path / "foreign.sqlite"
    with sqlite3.connect(foreign) as database:
        database.execute("CREATE TABLE theirs (number INTEGER)")
    database.close()
    before = foreign.read_bytes()
    with pytest.raises(SpecError, match="another program's"):
        Store(foreign, {}, resume=True)
    assert foreign.read_bytes() == before
    with pytest.raises(SpecError, match="SQLite file"):
        Store(other, SETTINGS, resume=True)


WRITER = """
import sys
from pathlib import Path
from convproof.study.store import Store
with Store(Path(sys.argv[1]), {"study": "test"}, resume=False) as store:
    for n in range(10**6):
        store.keep(("a", 1, n, 0), {"error": 0.5})
        print(n, flush=True)
"""


def test_what_was_kept_survives_a_kill(tmp_path):
    path = tmp_path / "s.sqlite"
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
    )
    told = [child.stdout.readline() for _ in range(20)]
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    with Store(path, {"study": "test"}, resume=True) as store:
        assert {n for _, _, n, _ in store.load()} >= {int(line) for line in told}


def test_a_damaged_file_is_refused_or_told_and_never_another_number(tmp_path):
    path, settings, draw = tmp_path / "s.sqlite", {"seed": 1}, random.Random(18)
    with Store(path, settings, resume=False) as store:
        for number in range(30):
            store.keep(("l", number, 1, 0), {"error": number / 7, "n": [number] * 20})
    with Store(path, settings, resume=True) as store:
        right = store.load()
    good = path.read_bytes()
    for _ in range(60):
        data, place = bytearray(good), draw.randrange(len(good))
        match draw.randrange(4):
            case 0:
                data = data[:place]
            case 1:
                data[place] ^= 1 << draw.randrange(8)
            case 2:
                data = bytearray(draw.randbytes(5000))
            case _:
                data[place : place + 300] = bytes(300)
        path.write_bytes(data)
        try:
            with Store(path, settings, resume=True) as store:
                found = store.load()
                store.keep(("new", 1, 1, 1), {"error": 0.0})
                told = store.damaged
        except SpecError:
            continue
        assert all(right[place] == result for place, result in found.items())
        assert told or found == right or len(found) == 0
