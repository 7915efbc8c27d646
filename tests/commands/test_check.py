"""convproof check: what it prints, writes and answers by its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from types import SimpleNamespace

import pytest

from convproof.cli import main
from convproof.commands.watch import watched
from convproof.conformance.run.state import HEARD
from tests.conformance.planted import FLIPPED, RIGHT, file_with


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "90")
    file_with(tmp_path)
    file_with(tmp_path, FLIPPED, "wrong.py")
    return tmp_path


FEW = ("--examples", "20", "--law", "definition", "--law", "answers")


def test_a_right_target_holds(capsys):
    assert main(["check", "mine.py:conv2d", *FEW]) == 0
    out = capsys.readouterr().out
    assert "every law held" in out
    assert "definition" in out


def test_a_planted_bug_is_shown_readably(capsys):
    assert main(["check", "wrong.py:conv2d"]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    for part in (
        "conv2d breaks the law 'definition'",
        "kernel flipped",
        "expected y",
        "got y",
        "conv2d(x, w",
        "without convproof",
        "from wrong import conv2d as function",
        "1 law broken",
        "never exercised",
        "asymmetric_padding",
        "seed 0",
    ):
        assert part in out
    assert max(len(line) for line in out.splitlines()) <= 100
    assert "\x1b" not in out  # no colours in a pipe


def test_the_same_seed_makes_the_same_calls(capsys):
    outputs = []
    for _ in range(2):
        main(["check", "wrong.py:conv2d", "--seed", "3"])
        outputs.append(capsys.readouterr().out.split("\n", 1)[1])
    assert outputs[0] == outputs[1]


def test_results_are_written_whole(here, capsys):
    arguments = ["--json", "r.json", "--junit", "r.xml"]
    assert main(["check", "wrong.py:conv2d", *arguments]) == 1
    result = json.loads((here / "r.json").read_text())
    assert result["ok"] is False
    assert "kernel flipped" in result["failures"][0]["diagnosis"][0]
    suite = ET.parse(here / "r.xml").getroot()
    assert int(suite.attrib["failures"]) == 1
    assert not list(here.glob("*.part"))
    capsys.readouterr()
    assert main(["check", "mine.py:conv2d", *FEW, "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True


def test_isolation_finds_the_same_and_survives_a_hang(here, capsys):
    assert main(["check", "wrong.py:conv2d", "--timeout", "5"]) == 1
    assert "kernel flipped" in capsys.readouterr().out
    body = (
        RIGHT
        + "\nfirst = conv2d\ndef conv2d(x, w):\n    while len(x) == 1: pass\n"
        + "    return first(x, w)\n"
    )
    file_with(here, text=body, name="hangs.py")
    assert main(["check", "hangs.py:conv2d", "--timeout", "0.5", "--fail-fast"]) == 1
    assert "no answer within 0.5 s" in capsys.readouterr().out


def test_a_call_that_takes_long_is_spoken_of(capsys, monkeypatch):
    monkeypatch.setattr("convproof.commands.watch.HANGS", 0.3)

    class Stuck:
        name, calls_made = "stuck", 3

    with watched(Stuck()):
        time.sleep(1)
    assert "a call has taken 0.3 s: --timeout SECONDS ends such calls" in capsys.readouterr().err


def test_a_campaign_is_kept_and_goes_on(here, capsys):
    line = ["check", "wrong.py:conv2d", "--examples", "60", "--jobs", "1", "--resume", "kept"]
    assert main(line) == 1
    out = capsys.readouterr().out
    assert "kernel flipped" in out
    kept = [path.read_bytes() for path in (here / "kept").iterdir()]
    assert main(line) == 1
    again = capsys.readouterr().out  # nothing was done again, and that is said
    assert "1 of 1 parts" in again
    assert "were not made now" in again
    assert set(out.splitlines()) < set(again.splitlines())
    assert [path.read_bytes() for path in (here / "kept").iterdir()] == kept


def test_expected_failures_are_no_failure_and_stale_ones_are(here, capsys):
    (here / "known.txt").write_text("# what is known\ndefinition conv2d  # issue 7\n")
    assert main(["check", "wrong.py:conv2d", "--expected-failures", "known.txt"]) == 0
    assert "expected failures, which failed" in capsys.readouterr().out
    assert main(["check", "mine.py:conv2d", *FEW, "--expected-failures", "known.txt"]) == 1
    assert "stale" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.py"], "no such file"),
        (["torhc"], "did you mean 'torch'"),
        (["mine.py:conv3"], "it has conv2d"),
        (["mine.py", "--op", "conv3d"], "has no"),
        (["mine.py:conv2d", "--law", "gravity"], "a family of laws, or one of"),
        (["mine.py:conv2d", "--json", "no/where.json"], "--json"),
        (["mine.py:conv2d", "--junit", "."], "--junit"),
        (["mine.py:conv2d", "--expected-failures", "nowhere"], "a file to read"),
        (["mine.py:conv2d", "--expected-failures", "bad.txt"], "bad.txt, line 2"),
        (["mine.py:conv2d", "--jobs", "2", "--max-seconds", "3"], "--max-seconds"),
        (["scipy", "--layout", "channels_last"], "is channels_first"),
    ],
)
def test_a_mistake_is_one_line_and_code_2(here, arguments, said, capsys):
    (here / "bad.txt").write_text("\ngravity conv2d\n")
    assert main(["check", *arguments]) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert len(err.strip().splitlines()) == 1
    assert out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--examples", "0"],
        ["--examples", "many"],
        ["--seed", "-1"],
        ["--timeout", "0"],
        ["--timeout", "inf"],
        ["--layout", "NHWC"],
    ],
)
def test_an_option_that_cannot_be_is_refused(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(["check", "mine.py:conv2d", *arguments])
    assert caught.value.code == 2
    assert arguments[1] in capsys.readouterr().err


def test_it_runs_as_a_command_in_an_ascii_pipe(here):
    done = subprocess.run(
        [sys.executable, "-m", "convproof", "check", "wrong.py:conv2d", "--fail-fast"],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 1, done.stderr
    assert "X conv2d breaks the law 'definition'" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ((), 0, "every law held"),
        (("--require-all",), 1, "--require-all: not judged: "),
        (("--strict",), 1, "but strict"),
        (("--strict", "--allow", "dilation", "--allow", "groups"), 1, "2 limits"),
        (
            (
                "--strict",
                *(f"--allow={one}" for one in ("dilation", "groups", "uint8 input", "float16")),
            ),
            0,
            "every law held",
        ),
    ],
)
def test_what_may_be_left_out_is_the_caller_s_to_say(options, code, said, tmp_path, capsys):
    path = tmp_path / "plain.py"
    refuse = '    if dilation != (1, 1):\n        raise NotImplementedError("dilation")\n'
    refuse += '    if groups != 1:\n        raise NotImplementedError("groups")\n'
    head, sep, tail = RIGHT.partition("    (sh, sw)")
    path.write_text(head + refuse + sep + tail + "\n\ndef depthwise_conv2d(x, w):\n    return x\n")
    page = tmp_path / "page.html"
    argv = ["check", str(path), "--op", "conv2d", "--examples", "300", "--quiet"]
    assert main([*argv, "--report", str(page), *options]) == code
    shown = capsys.readouterr().out
    assert said in shown
    assert len(shown.strip().splitlines()) <= 2
    assert page.read_text().startswith("<!doctype html>")


def test_expected_failures_of_nothing_judged_are_no_pass(here, capsys):
    (here / "known.txt").write_text("")
    file_with(here, text="def conv2d(x, w):\n    raise ValueError('no')\n", name="no.py")
    line = ["check", "no.py", "--law", "shape", "--examples", "5", "--expected-failures"]
    assert main([*line, "known.txt"]) == 1
    capsys.readouterr()


def test_one_dtype_alone_and_a_device(here, capsys):
    assert main(["check", "mine.py:conv2d", *FEW, "--dtype", "float32", "--json", "r.json"]) == 0
    met = json.loads((here / "r.json").read_text())["coverage"]["conv2d"]["dtype"]
    assert met == ["float32"]
    capsys.readouterr()
    assert main(["check", "mine.py:conv2d", *FEW, "--device", "nowhere:7"]) == 2
    assert "device='nowhere:7'" in capsys.readouterr().err


def test_a_target_that_moves_does_not_take_the_result_along(here, capsys):
    body = RIGHT + "\nimport os\nright = conv2d\ndef conv2d(x, w):\n    os.chdir('/')\n"
    file_with(here, text=body + "    return right(x, w)\n", name="moves.py")
    assert main(["check", "moves.py", *FEW, "--json", "r.json"]) in (0, 1)
    assert (here / "r.json").exists()
    capsys.readouterr()


RACING = """
kept, right = {}, conv2d

def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    kept["x"] = x
    kept["w"] = w
    return right(kept["x"], kept["w"], b, stride, padding)
"""


def test_the_same_seed_gives_the_same_bytes_whatever_hashes_and_threads(here):
    file_with(here, text=RIGHT + RACING, name="racing.py")

    def told(name, hashes, threads):
        line = [sys.executable, "-m", "convproof", "check", "racing.py:conv2d", "--examples", "20"]
        env = {**os.environ, "PYTHONHASHSEED": hashes, "OMP_NUM_THREADS": threads}
        subprocess.run([*line, "--json", name], env=env, capture_output=True, check=False)
        return untimed(json.loads((here / name).read_text()))

    def untimed(data):
        if isinstance(data, dict):
            return {k: untimed(v) for k, v in data.items() if k not in ("seconds", "found_after")}
        return [untimed(item) for item in data] if isinstance(data, list) else data

    first = told("one.json", "1", "1")
    assert [failure["law"] for failure in first["failures"]] == ["threads"]
    assert json.dumps(first) == json.dumps(told("two.json", "2", "2"))


def test_a_judge_whose_own_files_were_changed_is_not_believed(here, capsys, monkeypatch):
    stamps = iter([{"laws/law.py": (1, 2)}, {"laws/law.py": (3, 2)}])
    monkeypatch.setattr("convproof.commands.check.package_stamp", lambda: next(stamps))
    assert main(["check", "mine.py:conv2d", *FEW]) == 3
    out, err = capsys.readouterr()
    assert "convproof/laws/law.py was changed while the target ran" in err
    assert "✓ every law held" not in out


HALVES = """
def conv2d(x, w, b=None):
    kept = x.dtype
    y = np.zeros((len(x), len(w), x.shape[2] - w.shape[2] + 1, x.shape[3] - w.shape[3] + 1), WIDE)
    for k, m in np.ndindex(*w.shape[2:]):
        for c in range(x.shape[1]):
            part = x[:, None, c, k : k + y.shape[2], m : m + y.shape[3]].astype(WIDE)
            y += part * w[None, :, c, k, m, None, None].astype(WIDE)
    return (y if b is None else y + b.reshape(-1, 1, 1)).astype(kept)
"""


def test_halves_are_judged_when_they_are_asked_for(here, capsys):
    laws = ["--law", "definition", "--law", "half-precision-sums", "--law", "float16"]
    for wide, code in (("np.float32", 0), ("x.dtype", 1)):
        text = "import numpy as np\n" + HALVES.replace("WIDE", wide)
        file_with(here, text=text, name="halves.py")
        argv = ["check", "halves.py", "--dtype", "float16", "--examples", "60", *laws]
        assert main(argv) == code, capsys.readouterr().out


def test_a_failure_fits_a_screen_and_the_table_comes_on_demand(capsys):
    argv = ["check", "wrong.py:conv2d", "--seed", "1"]
    assert main(argv) == 1
    short = capsys.readouterr().out
    assert "--long lists them" in short
    assert "✓ held" not in short
    assert main([*argv, "--long"]) == 1
    long = capsys.readouterr().out
    assert "✓ held" in long
    assert len(short.splitlines()) < min(80, len(long.splitlines()))


def test_a_failure_is_told_when_it_is_found(capsys, monkeypatch):
    monkeypatch.setattr("convproof.commands.watch.SOON", 0.05)
    failure = SimpleNamespace(headline="conv2d is wrong", diagnosis=("kernel flipped",), reason="")
    for says in (True, False):
        with watched(SimpleNamespace(name="mine", calls_made=0), says):
            HEARD.get()(failure)
            time.sleep(0.6)
            out = capsys.readouterr().out
            assert ("conv2d is wrong: kernel flipped" in out) is says
