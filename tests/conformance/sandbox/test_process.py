"""Loading is calling: time and memory are limited before the first judged call, and after it."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from convproof.conformance.sandbox import isolated, process
from convproof.conformance.sandbox.isolated import opened
from convproof.conformance.target.outcome import TargetCrashed, TargetTimeout
from convproof.errors import TargetError
from tests.conformance.planted import RIGHT, file_with
from tests.conformance.sandbox.test_isolated import case, running


def test_an_import_that_loops_has_an_end(tmp_path, monkeypatch):
    monkeypatch.setattr(isolated, "_LOAD", 1.0)
    path = file_with(tmp_path, text="while True: pass\n")
    began = time.monotonic()
    with pytest.raises(TargetError, match="while it was imported, no answer within 1 s"):
        opened(str(path), timeout=0.5)
    assert time.monotonic() - began < 15


def test_an_import_that_takes_all_memory_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(process, "_LIBRARIES", 150 << 20)
    text = "import numpy as np, time\nkept = np.ones(50 << 20)\ntime.sleep(20)\n"
    with pytest.raises(TargetError, match=r"it holds \d+ MiB of memory, and may 64"):
        opened(str(file_with(tmp_path, text=text)), timeout=5, memory=64 << 20)


HANGING_LAYER = """
class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size):
        while True: pass

    def forward(self, x):
        return x


def conv2d(x, w, stride=1):
    while True: pass
"""


def test_what_hangs_when_it_is_tried_out_is_judged_all_the_same(tmp_path):
    path = file_with(tmp_path, text=HANGING_LAYER)
    began = time.monotonic()
    with opened(str(path), timeout=0.5) as target:
        assert target.starts == 1  # the alarm rang inside; nothing had to be killed
        assert time.monotonic() - began < 20
        assert type(target.call(case()).error) is TargetTimeout


def test_an_alarm_is_not_caught_by_what_it_interrupts(tmp_path):
    text = "def conv2d(x, w):\n    while True:\n        try:\n            while True: pass\n"
    text += "        except Exception: pass\n"
    with opened(str(file_with(tmp_path, text=text)), timeout=0.5) as target:
        assert target.starts == 1
        assert target.ops == {"conv2d"}


def test_daemons_without_a_name_end_with_a_worker_that_crashed(tmp_path):
    text = RIGHT + (
        "\nimport os, subprocess\nright = conv2d\n\n"
        "def conv2d(x, w):\n"
        "    if len(x) == 3:\n"
        "        if not os.fork():\n"
        "            os.setsid()\n"
        "            subprocess.Popen(['sleep', '979'], env={}, start_new_session=True)\n"
        "            os._exit(0)\n"
        "        os.wait()\n"
        "        os._exit(5)\n"
        "    return right(x, w)\n"
    )
    with opened(str(file_with(tmp_path, text=text)), timeout=5) as target:
        outcome = target.call(case())
        assert type(outcome.error) is TargetCrashed
        assert "exit code 5" in str(outcome.error)
        assert not running(979)


@pytest.mark.parametrize(
    "body", ["if os.fork(): os._exit(0)", "os.fork()"], ids=["the parent leaves", "both go on"]
)
def test_a_target_that_forks_is_judged_by_one_process(body, tmp_path):
    text = RIGHT + f"\nimport os\nright = conv2d\n\ndef conv2d(x, w):\n    {body}\n"
    path = file_with(tmp_path, text=text + "    return right(x, w)\n")
    done = subprocess.run(
        [sys.executable, "-m", "convproof", "check", str(path), "--examples", "10", "--fail-fast"],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.stdout.count("seed 0") <= 1
    assert (done.returncode, "Traceback" in done.stderr) == (
        (0, False) if body == "os.fork()" else (1, False)
    )
