"""Nothing a target does outlives its worker, and the run goes on."""

from __future__ import annotations

import os
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest

from convproof.conformance.sandbox.isolated import COMPILED, MEMORY, IsolatedTarget, opened
from convproof.conformance.sandbox.tree import descendants
from convproof.conformance.target.outcome import (
    TargetCrashed,
    TargetExited,
    TargetMemory,
    TargetNonsense,
    TargetRaised,
    TargetTimeout,
    TargetUnsupported,
)
from convproof.conformance.target.resolve import resolve
from convproof.conformance.target.target import Target
from convproof.errors import TargetError
from tests.conformance.planted import RIGHT, conv2d, file_with
from tests.conformance.sandbox.cases import case

# What each does is chosen by the first pixel, so that the same target can be right afterwards.
HOSTILE = RIGHT + textwrap.dedent("""
    import ctypes, os, subprocess, sys, time
    right, made = conv2d, 0

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0)):
        global made
        made += 1
        what = int(x.flat[0]) if len(x) == 3 else 0
        if what == 1:
            while True:
                pass
        if what == 2:
            os._exit(7)
        if what == 3:
            ctypes.string_at(0)
        if what == 4:
            sys.exit("bye")
        if what == 5:
            np.ones(10**10)
        if what == 6:
            os.write(1, b"raw noise\\n")
            print("noise")
        if what == 7:
            return None
        if what == 8:
            subprocess.Popen(["sleep", "977"], start_new_session=True)
            time.sleep(60)
        if what == 9:
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    time.sleep(978)
                os._exit(0)
            time.sleep(60)
        if what == 10:
            return np.full((1, 1), made)
        if what == 11:
            raise ValueError("I refuse")
        if what == 12:
            os.kill(os.getpid(), 9)
        if what == 13:
            os.close(1)
            os.close(2)
            sys.stdout = None
        if what in (15, 16):
            words = b"\\x02" + bytes(15) + b"{}" if what == 15 else b"half"
            for pipe in range(3, 40):
                try:
                    os.write(pipe, words)
                except OSError:
                    pass
            time.sleep(3)
        if what == 14:
            sys.setrecursionlimit(10**9)
            conv2d(x, w)
        return right(x, w, b, stride, padding)
""")


@pytest.fixture(scope="module", params=["spawned", "forked"])
def target(request, tmp_path_factory):
    path = file_with(tmp_path_factory.mktemp("hostile"), text=HOSTILE, name="hostile.py")
    source = f"{path}:conv2d"
    if request.param == "forked":
        source = resolve(source)
        source.spec = None  # as if made of functions in memory
    with IsolatedTarget(source, timeout=1.0) as made:
        yield made


def goes_on(target):
    outcome = target.call(case())
    assert outcome.error is None
    np.testing.assert_array_equal(
        outcome.value,
        np.moveaxis(
            conv2d(*(np.moveaxis(case().x, -1, 1), np.moveaxis(case().kernel, (-1, -2), (0, 1)))),
            1,
            -1,
        ),
    )


@pytest.mark.parametrize(
    ("what", "kind", "said"),
    [
        (1, TargetTimeout, "within 1 s"),
        (2, TargetCrashed, "exit code 7"),
        (3, TargetCrashed, "SIGSEGV"),
        (4, TargetExited, "SystemExit"),
        (5, TargetMemory, "memory"),
        (7, TargetNonsense, "None"),
        (11, TargetRaised, "I refuse"),
        (12, TargetCrashed, "SIGKILL"),
        (14, TargetRaised, "RecursionError"),
    ],
)
def test_a_hostile_target_is_reported_and_the_run_goes_on(target, what, kind, said):
    began = time.monotonic()
    outcome = target.call(case(what))
    assert type(outcome.error) is kind
    assert said in str(outcome.error)
    assert outcome.values is None
    assert time.monotonic() - began < 8
    goes_on(target)


@pytest.mark.parametrize("target", ["spawned"], indirect=True)
@pytest.mark.parametrize(
    ("what", "kind", "said"),
    [
        (15, TargetCrashed, "its process sent a message that cannot be read"),
        (16, TargetTimeout, "no answer that is whole came in time"),
    ],
)
def test_what_is_no_answer_is_told_at_once(target, what, kind, said):
    began = time.monotonic()
    outcome = target.call(case(what))
    assert type(outcome.error) is kind
    assert said in str(outcome.error)
    assert time.monotonic() - began < 4  # not after the time that a process has to end
    goes_on(target)


def test_a_file_that_is_looked_into_has_none_of_our_open_files(tmp_path):
    path = tmp_path / "odd.py"
    path.write_text(
        "import os\nopen_ = [os.readlink(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd')"
        " if os.path.exists(f'/proc/self/fd/{n}')]\n"
        f"open({str(tmp_path / 'seen')!r}, 'a').write('\\n'.join(open_) + '\\n')\n" + RIGHT
    )
    with open(tmp_path / "ours", "w"), IsolatedTarget(str(path), timeout=1.0):
        pass
    seen = (tmp_path / "seen").read_text()
    assert "/dev/null" in seen
    assert str(tmp_path / "ours") not in seen


def running(seconds):
    """Processes whose command line has this number in it."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if f"sleep\0{seconds}".encode() in line:
                found.append(int(entry.name))
    return found


@pytest.mark.parametrize("what", [8, 9])
def test_children_die_with_it_even_if_they_left_its_session(target, what):
    outcome = target.call(case(what))
    assert type(outcome.error) is TargetTimeout
    assert not running(977)
    goes_on(target)
    alive = descendants(os.getpid())
    assert target._process.pid in alive
    assert len(descendants(target._process.pid)) == 1  # the worker that its keeper keeps


def test_noise_is_caught_at_the_descriptor(target, capfd):
    outcome = target.call(case(6))
    assert "noise" in outcome.printed
    assert "raw noise" in outcome.printed
    assert capfd.readouterr() == ("", "")


def test_closing_the_streams_harms_nobody(target):
    assert target.call(case(13)).error is None
    goes_on(target)


def test_one_worker_serves_many_calls(target):
    goes_on(target)
    starts = target.starts
    first = target.call(case(10)).value[0, 0]
    assert target.call(case(10)).value[0, 0] == first + 1  # its state is kept: one process
    assert target.starts == starts


def test_several_calls_run_in_one_worker(target):
    target.close()
    outcomes = target.calls([case(), case(6)], reuse=True)
    assert [o.error for o in outcomes] == [None, None]
    assert [type(o.error) for o in target.calls([case(), case(1)])] == [TargetTimeout] * 2
    assert target.calls([]) == []


def test_it_says_the_same_of_itself_as_the_target_does(tmp_path):
    path = file_with(tmp_path, text=RIGHT)
    inside = resolve(f"{path}:conv2d")
    with opened(f"{path}:conv2d", timeout=5) as outside:
        assert (outside.ops, outside.layout, outside.name) == (
            inside.ops,
            inside.layout,
            inside.name,
        )
        assert outside.adapter("conv2d") == inside.adapter("conv2d")
        for parameter in ("bias", "stride", "groups", "asymmetric_padding", "unequal_stride"):
            assert outside.accepts("conv2d", parameter) == inside.accepts("conv2d", parameter)
        odd = case().replace(padding=((0, 1), (0, 0)))
        assert type(outside.call(odd).error) is TargetUnsupported
        with pytest.raises(TargetError, match="has no conv3d"):
            outside.accepts("conv3d", "bias")


def test_closures_work_too():
    factor = 3.0
    with IsolatedTarget(
        Target("t", conv2d=lambda x, w: factor * conv2d(x, w)), timeout=5
    ) as target:
        assert target.call(case()).error is None
        assert target.spec is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("import os; os._exit(3)", "exit code 3"),
        ("def conv2d(:", "line 1"),
        ("x = 1", "no function has a name like"),
    ],
)
def test_a_file_that_does_not_import_is_a_target_error(tmp_path, text, said):
    with pytest.raises(TargetError, match=said):
        opened(str(file_with(tmp_path, text=text)), timeout=2)


def test_a_target_that_hangs_when_tried_out_is_still_checked(tmp_path):
    path = file_with(tmp_path, text="def conv2d(x, w, stride=1):\n    while True: pass\n")
    with opened(str(path), timeout=0.3) as target:
        assert target.ops == {"conv2d"}
        assert type(target.call(case()).error) is TargetTimeout


@pytest.mark.parametrize("timeout", [0, -1, "soon", True])
def test_a_timeout_that_is_none_is_refused(timeout):
    with pytest.raises(TargetError, match="positive number of seconds"):
        IsolatedTarget("torch", timeout=timeout)


def test_closing_ends_the_worker(tmp_path):
    target = opened(f"{file_with(tmp_path)}:conv2d", timeout=5)
    goes_on(target)
    pid = target._process.pid
    target.close()
    assert not Path(f"/proc/{pid}").exists() or pid not in descendants(os.getpid())


def test_a_known_library_has_room_for_what_it_compiles(tmp_path):
    with (
        opened("scipy", timeout=20) as library,
        opened(str(file_with(tmp_path)), timeout=20) as own,
    ):
        assert (library.memory, own.memory) == (COMPILED, MEMORY)


def test_a_default_that_is_looked_at_without_end_is_told_soon(tmp_path, monkeypatch):
    monkeypatch.setattr("convproof.conformance.sandbox.process.LOOKING", 0.5)
    path = tmp_path / "odd.py"
    path.write_text(
        "class Odd(str):\n    def __eq__(self, other):\n        while True: pass\n"
        "    __hash__ = str.__hash__\n"
        "def conv2d(x, w, data_format=Odd('NHWC')):\n    return x\n"
    )
    with pytest.raises(TargetError, match="while it was looked at, its names"):
        IsolatedTarget(str(path))


def test_a_process_that_earlier_calls_have_filled_is_begun_anew(tmp_path):
    text = """
        import os
        import numpy as np
        kept = []
        def conv2d(x, w):
            kept.append(x)
            if len(kept) == 3:
                raise MemoryError("of what was kept")
            if len(kept) > 3 or x[0, 0, 0, 0] == 8:
                os.write(2, b"LLVM ERROR: Unable to allocate section memory!\\n")
                os.abort()
            return np.zeros((1, 1, 1, 1)) + len(kept)
    """
    path = file_with(tmp_path, text=textwrap.dedent(text), name="filled.py")
    with IsolatedTarget(f"{path}:conv2d", timeout=2.0) as target:
        seen = [float(target.call(case()).value.item()) for _ in range(5)]
        assert seen == [1, 2, 1, 2, 1]
        assert target.refilled == 2
        starved = target.call(case(8)).error  # in a new process too
    assert type(starved) is TargetMemory
    assert "SIGABRT" in str(starved)


def test_what_jax_compiles_may_fill_more_memory(tmp_path):
    pytest.importorskip("jax")
    text = """
    import jax
    def conv2d(x, w):
        return jax.lax.conv(x, w, (1, 1), "VALID")
    """
    path = file_with(tmp_path, text=textwrap.dedent(text), name="compiled.py")
    with IsolatedTarget(f"{path}:conv2d", timeout=20.0) as target:
        assert target.memory == COMPILED
        assert target.call(case()).error is None
