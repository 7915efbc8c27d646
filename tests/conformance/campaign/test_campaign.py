"""Campaigns: kept as they go, resumed, parallel, shared, on a cluster; never another's result."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from convproof.conformance.campaign import campaign as module
from convproof.conformance.campaign import shard as pieces_of
from convproof.conformance.campaign.campaign import campaign
from convproof.conformance.campaign.records import ASIDE, SUFFIX, Records
from convproof.conformance.campaign.shard import judged_by, shards
from convproof.conformance.campaign.workers import Local
from convproof.errors import SpecError, TargetError

MINE = """
import numpy as np
from taps_of_mine import sums


def conv1d(x, w):
    out = x.shape[2] - w.shape[2] + 1
    if out < 1:
        raise ValueError("the kernel is larger than the image")
    return sums(x, w, out)
"""
TAPS = """
import numpy as np


def sums(x, w, out):
    cols = np.stack([x[:, :, k : k + out] for k in range(w.shape[2])])
    return np.einsum("knch,mck->nmh", cols, w)
"""
ONE_LAW = ("definition",)


@pytest.fixture
def mine(tmp_path, monkeypatch):
    monkeypatch.setattr(pieces_of, "SHARD", 40)
    (tmp_path / "mine.py").write_text(MINE)
    (tmp_path / "taps_of_mine.py").write_text(TAPS)
    return f"{tmp_path / 'mine.py'}:conv1d"


@pytest.fixture
def started(monkeypatch):
    """The shards that were not taken from a folder, in order."""
    begun = []
    real = Local.start
    monkeypatch.setattr(Local, "start", lambda self, one: begun.append(one) or real(self, one))
    return begun


def kept(folder):
    return sorted(folder.glob(f"*{SUFFIX}"))


def test_shards_add_up():
    common = {"target": "t", "laws": None, "layout": None, "timeout": 1.0}
    pieces = shards(["a", "b"], 6000, 10, **common, content={}, made=judged_by())
    assert [p.examples for p in pieces if p.op == "a"] == [2500, 2500, 1000]
    assert len({p.key for p in pieces}) == 6


def test_an_interrupted_campaign_goes_on_where_it_stopped(mine, tmp_path, started, monkeypatch):
    folder = tmp_path / "kept"
    real = module._Done.take

    def first_then_stop(self, shard, answer):
        real(self, shard, answer)
        raise KeyboardInterrupt

    monkeypatch.setattr(module._Done, "take", first_then_stop)
    with pytest.raises(KeyboardInterrupt):
        campaign(mine, examples=80, directory=folder, laws=ONE_LAW)
    assert len(kept(folder)) == 1
    monkeypatch.setattr(module._Done, "take", real)
    started.clear()
    result = campaign(mine, examples=80, directory=folder, laws=ONE_LAW)
    assert len(started) == 1
    assert result.ok
    assert result.calls >= 80
    assert result.notes[0].startswith("1 of 2 parts (")
    assert str(folder) in result.notes[0]
    started.clear()
    again = campaign(mine, examples=80, directory=folder, laws=ONE_LAW)
    assert (started, again.calls, again.ok) == ([], result.calls, True)
    assert again.notes[0].startswith(f"2 of 2 parts ({result.calls} calls) were not made now")


def test_a_changed_target_is_another_target(mine, tmp_path, started):
    """The file itself, what it imports from its folder, early or late, and what it reads."""
    (tmp_path / "mine.py").write_text(
        MINE.replace("return sums", "import late_one\n    np.load(late_one.DATA)\n    return sums")
    )
    (tmp_path / "late_one.py").write_text(f"DATA = {str(tmp_path / 'weights.npy')!r}\n")
    import numpy as np

    np.save(tmp_path / "weights.npy", [1.0])
    folder = tmp_path / "kept"

    def begun():
        started.clear()
        result = campaign(mine, examples=10, directory=folder, laws=ONE_LAW)
        return len(started), result.ok

    assert begun() == (1, True)
    with open(tmp_path / "late_one.py", "a") as file:
        file.write("# another line\n")
    assert begun() == (1, True)
    assert begun() == (0, True)
    np.save(tmp_path / "weights.npy", [2.0])
    assert begun() == (1, True)
    (tmp_path / "taps_of_mine.py").write_text(TAPS.replace("w)\n", "2 * w)\n"))
    assert begun() == (1, False)


def test_another_judge_does_it_anew(mine, tmp_path, started, monkeypatch):
    """Another Python, NumPy or convproof: here only as far as the key is concerned."""
    campaign(mine, examples=10, directory=tmp_path / "kept", laws=ONE_LAW)
    (piece,) = started
    others = [
        type(piece).of({**piece.plain(), "made": {**judged_by(), name: "another"}})
        for name in judged_by()
    ]
    assert len({piece.key, *(other.key for other in others)}) == 1 + len(judged_by())
    pool = Local(1)
    try:
        pool.start(others[0])
        while not (done := pool.wait(10.0)):
            pass
    finally:
        pool.close()
    assert done[0][1]["kind"] == "target"
    assert "is not the same where the campaign began (another)" in done[0][1]["error"]
    changed = type(piece).of(
        {**piece.plain(), "content": {"files": {"mine.py": "0"}, "packages": {}}}
    )
    assert changed.key != piece.key


def damaged(data: bytes, draw: random.Random) -> bytes:
    """A record's file as a disk, a kill, an editor or somebody else may leave it."""
    how = draw.randrange(8)
    place = draw.randrange(len(data))
    if how == 0:
        return data[:place]
    if how == 1:
        return data[:place] + bytes([data[place] ^ (1 << draw.randrange(8))]) + data[place + 1 :]
    if how == 2:
        return b""
    if how == 3:
        return draw.randbytes(200)
    if how == 4:
        return draw.choice([b"{}", b"[]", b"null", b"[" * 100_000, b'"x"', b"1e999", b"\xff\xfe"])
    whole = json.loads(data)
    if how == 5:
        whole["format"] = draw.choice([3, 1, "2", None])
    elif how == 6:
        whole["body"]["result"]["calls"] = draw.choice([10**9, "many", None, -1])
    else:
        del whole["body"][draw.choice(sorted(whole["body"]))]
    return json.dumps(whole).encode()


def test_a_damaged_record_is_set_aside_told_and_made_anew(mine, tmp_path, started):
    folder, draw = tmp_path / "kept", random.Random(18)
    right = campaign(mine, examples=10, directory=folder, laws=ONE_LAW)
    (piece,) = started
    (path,) = kept(folder)
    good = path.read_bytes()
    base = str(tmp_path)
    tried = 0
    for _ in range(300):
        bad = damaged(good, draw)
        if bad == good:
            continue
        path.write_bytes(bad)
        records = Records(folder)
        found = records.find(piece, base)
        # blanks may be cut off the end, and change nothing
        if json_equal(bad, good):
            assert found is not None
        else:
            assert found is None
            assert path.name in records.told[0]
            assert not path.exists()
        tried += 1
        shutil.rmtree(folder / ASIDE, ignore_errors=True)
    assert tried > 250
    path.write_bytes(good[: len(good) // 2])
    again = campaign(mine, examples=10, directory=folder, laws=ONE_LAW)
    assert (again.calls, again.ok) == (right.calls, True)
    assert any("was moved to set-aside: it is damaged" in note for note in again.notes)
    assert json.loads(path.read_bytes())["body"]["result"]["calls"] == right.calls


def json_equal(one: bytes, two: bytes) -> bool:
    try:
        return json.loads(one) == json.loads(two)
    except (ValueError, RecursionError):
        return False


def test_what_is_no_file_or_another_parts_record_is_no_record(mine, tmp_path, started):
    folder = tmp_path / "kept"
    campaign(mine, examples=80, directory=folder, laws=ONE_LAW)
    one, two = kept(folder)
    swapped = one.read_bytes()
    one.write_bytes(two.read_bytes())
    records = Records(folder)
    assert "it is the record of another part" in records.told[0]
    assert len(kept(folder)) == 1
    one.write_bytes(swapped)
    two.unlink()
    os.mkfifo(two)
    assert "no file" in Records(folder).told[0]
    two.mkdir()
    assert "cannot be read" in Records(folder).told[0]
    (folder / "shards.jsonl").write_text("{}\n")
    assert any("older convproof" in told for told in Records(folder).told)


def test_two_campaigns_in_a_folder_share_the_work(tmp_path):
    path, folder = tmp_path / "three.py", tmp_path / "kept"
    path.write_text(
        "def conv1d(x, w):\n    return x * 1.0\n\n\n"
        "def conv2d(x, w):\n    return x * 1.0\n\n\n"
        "def conv3d(x, w):\n    return x * 1.0\n"
    )
    line = [sys.executable, "-m", "convproof", "check", str(path), "--law", "shape"]
    line += ["--examples", "10", "--jobs", "1", "--resume", str(folder)]
    both = [subprocess.Popen(line, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [one.communicate(timeout=120)[0] for one in both]
    assert [one.returncode for one in both] == [0, 0]  # of that law alone
    assert len(kept(folder)) == 3
    taken = [int(text.split(" of 3 parts")[0].split()[-1]) for text in said if " of 3" in text]
    assert sum(taken) == 3, said  # six results, three of them made
    assert [p.name for p in folder.iterdir() if not p.name.endswith(SUFFIX)] == []


def test_what_stands_in_the_way_is_one_line_and_what_was_finished_is_there(mine, tmp_path, started):
    file = tmp_path / "a_file"
    file.write_text("x")
    for folder in (file, file / "below", "/proc/nowhere"):
        with pytest.raises(SpecError, match="allowed is a directory that takes new files"):
            campaign(mine, examples=10, directory=folder, laws=ONE_LAW)
    assert started == []


def test_a_full_disk_is_one_line_and_what_was_finished_is_there(mine, tmp_path):
    folder = tmp_path / "kept"
    line = f"{sys.executable} -m convproof check {mine} --law definition --examples 10"
    line += f" --resume {folder} --seed"
    done = subprocess.run(
        ["bash", "-c", f"{line} 1 && ulimit -f 1 && {line} 2"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "File too large; 1 finished parts are kept there" in done.stderr
    assert len(kept(folder)) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_killed_campaign_leaves_nothing_running(tmp_path, number):
    path = tmp_path / "slow.py"
    path.write_text(
        "import time, subprocess, numpy as np\n"
        "subprocess.Popen(['sleep', '9718'], start_new_session=True, env={})\n"
        "def conv1d(x, w):\n    time.sleep(0.01)\n    return x\n"
    )
    line = [sys.executable, "-m", "convproof", "check", str(path), "--jobs", "2"]
    running = subprocess.Popen(
        [*line, "--resume", str(tmp_path / "kept")],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    wait_for(lambda: theirs("campaign.part") and theirs("9718"))
    os.kill(running.pid, number)
    running.wait(timeout=30)
    running.communicate()  # comes to its end: nobody holds the pipe
    wait_for(lambda: not any(map(theirs, (str(path), "campaign.part", "9718"))))


def theirs(word):
    """Processes whose command line has a word in it."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/cmdline", "rb") as file:
                text = file.read().decode(errors="replace")
        except OSError:
            continue
        if word in text and "pytest" not in text:
            found.append(text.replace("\0", " "))
    return found


def wait_for(condition, seconds=30.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.05)


def test_a_target_that_aborts_is_found_out_in_parts_too(tmp_path):
    path = tmp_path / "aborts.py"
    path.write_text("import os\ndef conv1d(x, w):\n    os.abort()\n")
    result = campaign(f"{path}:conv1d", examples=10, directory=tmp_path / "kept", jobs=2)
    assert [failure.law for failure in result.failures] == ["returns-an-answer"]
    assert "SIGABRT" in str(result.failures[0])


def test_a_judge_that_dies_is_our_failure_and_what_was_finished_is_told(
    mine, tmp_path, monkeypatch
):
    real, killed = Local.start, []

    def second_dies(self, shard):
        real(self, shard)
        if shard.seed == 1:
            killed.append(shard)
            part = next(part for part in self._parts.values() if part.shard == shard)
            part._process.kill()

    monkeypatch.setattr(Local, "start", second_dies)
    file = tmp_path / "mine.py"  # no part is done before it can be killed
    file.write_text(f"import time\ntime.sleep(1)\n{MINE}")
    result = campaign(mine, examples=80, directory=tmp_path / "kept", laws=ONE_LAW)
    assert len(killed) == module.TRIES
    assert not result.ok
    assert "conv1d, seed 1: the process that judged it ended by signal 9" in result.unfinished[0]
    assert "no verdict" in str(result)
    assert result.calls >= 40
    assert len(kept(tmp_path / "kept")) == 1


def test_a_target_in_memory_cannot_go_to_other_processes(tmp_path):
    with pytest.raises(SpecError, match="text"):
        campaign(lambda x, w: x, examples=10, directory=tmp_path)


@pytest.mark.slow
def test_processes_and_a_real_cluster_find_what_one_process_finds(mine, tmp_path, monkeypatch):
    distributed = pytest.importorskip("distributed")
    (tmp_path / "taps_of_mine.py").write_text(
        TAPS.replace("w)\n", "w) * (1 if x.shape[1] != 3 else 2)\n")
    )
    here = campaign(mine, examples=80, directory=tmp_path / "jobs", jobs=2)
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        there = campaign(
            mine,
            examples=80,
            directory=tmp_path / "dask",
            dask_address=cluster.scheduler_address,
        )
    for result in (here, there):
        assert [f.law for f in result.failures] == ["definition"]
        assert result.failures[0].case.x.shape[-1] == 3
    assert here.calls == there.calls


@pytest.mark.slow
def test_a_worker_elsewhere_with_another_file_of_that_name_is_no_help(mine, tmp_path, monkeypatch):
    distributed = pytest.importorskip("distributed")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine.py").write_text(MINE + "# mine\n")
    (elsewhere / "taps_of_mine.py").write_text(TAPS)
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        client.run(os.chdir, elsewhere)
        monkeypatch.chdir(tmp_path)
        with pytest.raises(TargetError, match=r"mine\.py is not the same where the campaign began"):
            campaign(
                "mine.py:conv1d",
                examples=10,
                directory=tmp_path / "dask",
                dask_address=cluster.scheduler_address,
            )
    assert kept(tmp_path / "dask") == []
