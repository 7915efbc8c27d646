"""Exit code 0 means that it was said: a process that ends too early is a finding, not a pass."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from convproof import cli
from tests.conformance.planted import RIGHT

# body of a target's conv2d (or of its file) that ends the process without a word
LEAVERS = {
    "C's exit": "import ctypes; ctypes.CDLL(None).exit(0)",
    "posix._exit": "import posix; posix._exit(0)",
    "another program": "import os; os.execv('/bin/true', ['true'])",
    "a thread's os._exit": (
        "import os, threading, time; threading.Thread(target=os._exit, args=(0,)).start(); "
        "time.sleep(30)"
    ),
    "a timer": "import signal; signal.setitimer(signal.ITIMER_REAL, 0.001); signal.pause()",
    "a signal": "import os; os.kill(os.getpid(), 9)",
    "a stop": "import os; os.kill(os.getpid(), 19)",
    "a forged word": (
        "import os, posix\n    for pipe in range(3, 40):\n        try:\n"
        "            os.write(pipe, b'told 0\\n')\n        except OSError:\n            pass\n"
        "    posix._exit(0)"
    ),
}


def check(path, *more):
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "convproof", "check", str(path), "--examples", "20", *more],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr, time.monotonic() - began


@pytest.mark.parametrize("name", LEAVERS)
def test_a_target_that_ends_the_process_is_no_pass(name, tmp_path):
    path = tmp_path / "leaves.py"
    path.write_text(f"def conv2d(x, w):\n    {LEAVERS[name]}\n")
    code, out, err, took = check(path, "--fail-fast")
    assert code == 1
    assert "✗ 1 law broken" in out  # its own process ended, and the judge lived to say it
    assert "✓ every law held" not in out
    assert "Traceback" not in out + err
    assert took < 60


def alone(body):
    """What a small process says whose supervised child does this: ours has too many threads."""
    text = (
        "import os, sys\nfrom convproof.commands.supervise import supervised\n"
        f"def leave():\n    {body}\nsys.exit(supervised(lambda: leave() or 0))\n"
    )
    return subprocess.run(
        [sys.executable, "-c", text], capture_output=True, text=True, timeout=100, check=False
    )


@pytest.mark.parametrize("name", [name for name in LEAVERS if name not in ("a timer", "a stop")])
def test_a_child_that_is_ended_is_no_pass(name):
    done = alone(LEAVERS[name])
    assert done.returncode == 1
    assert "before it came to its end" in done.stderr


def test_a_child_that_was_stopped_goes_on():
    done = alone(LEAVERS["a stop"] + "; return 7")
    assert done.returncode == 7


def test_an_import_that_ends_the_process_is_no_pass(tmp_path):
    path = tmp_path / "leaves.py"
    path.write_text("import posix\nposix._exit(0)\n")
    code, _, err, _ = check(path)
    assert code == 2
    assert "ended by itself with exit code 0" in err


def test_a_signature_that_exits_is_a_mistake_that_is_named(tmp_path):
    path = tmp_path / "odd.py"
    path.write_text(
        "class Odd:\n"
        "    @property\n"
        "    def __signature__(self):\n"
        "        raise SystemExit(0)\n"
        "    def __call__(self, x, w):\n"
        "        return x\n"
        "conv2d = Odd()\n"
    )
    code, out, err, _ = check(path, "--law", "shape")
    assert code in (1, 2)
    assert out + err
    assert "Traceback" not in out + err


def test_a_right_target_is_still_told_to_hold(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(RIGHT)
    code, out, err, _ = check(path, "--law", "shape")
    assert (code, err) == (0, "")
    assert "held" in out


def test_what_it_left_running_is_ended_with_it(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(
        RIGHT + "\nimport subprocess\n"
        "subprocess.Popen(['sleep', '9716'], start_new_session=True, env={})\n"
    )
    code, _, _, _ = check(path, "--law", "shape")
    assert code == 0
    listed = subprocess.run(["ps", "ax", "-o", "args"], capture_output=True, text=True, check=True)
    assert "sleep 9716" not in listed.stdout


def test_a_signal_to_the_parent_ends_the_child(tmp_path):
    path = tmp_path / "slow.py"
    began = tmp_path / "began"
    path.write_text(
        "import time, pathlib\n"
        f"def conv2d(x, w):\n    pathlib.Path({str(began)!r}).touch()\n    time.sleep(9717)\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-m", "convproof", "check", str(path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 60
    while not began.exists() and time.monotonic() < until:
        time.sleep(0.05)
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(running.pid)], capture_output=True, text=True, check=True
    ).stdout.split()
    assert len(children) == 1
    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=20) == 128 + signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.kill(int(children[0]), 0)


def test_an_error_of_ours_has_an_exit_code_of_its_own(monkeypatch, capsys):
    def broken(args):
        raise RuntimeError("a slip\x1b[31m of ours")

    monkeypatch.setattr("convproof.commands.check.run", broken)
    assert cli.main(["check", "scipy"]) == cli.INTERNAL == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "RuntimeError: a slip\\x1b[31m of ours (test_supervise.py:" in err
    assert "please report" in err
