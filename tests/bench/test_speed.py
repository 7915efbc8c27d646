"""The speed bench times calls that compute the same thing."""

from __future__ import annotations

import json
import re
from math import prod

import numpy as np
import pytest

from convproof.bench import Options, kernels, measure, timing
from convproof.bench.speed import Speed, timed
from convproof.bench.timing import Timing, same, time_in_turn
from convproof.bench.workload import Workload, random_workloads, workloads
from convproof.cli import main
from convproof.errors import SpecError

SMALL = [work for work in workloads() if prod(work.x) * max(1, work.outputs) < 300_000]


EXTRA = [
    Workload("conv2d", way, (2, 9, 7, 3), 3, 5, 2, 1, gap)  # leftover pixels
    for way in ("forward", "backward")
    for gap in (1, 2)
]


EXTRA += [w for w in random_workloads(60, 1) if prod(w.x) * max(1, w.outputs) < 30_000]


def close(ours, other):
    assert len(ours) == len(other)
    for one, two in zip(ours, other, strict=True):
        np.testing.assert_allclose(one, two, rtol=1e-3, atol=1e-4 * np.abs(two).max() + 1e-4)


@pytest.mark.parametrize("work", [*SMALL, *EXTRA], ids=lambda work: work.name)
def test_plain_windows_compute_what_the_function_does(work):
    close(kernels.plainly(work.ours()()), kernels.plainly(work.plain()()))


@pytest.mark.parametrize("rival", ["torch", "onnxruntime", "jax", "scipy"])
def test_rivals_compute_what_the_function_does(rival):
    pytest.importorskip(rival)
    make = kernels.MAKERS[rival]()
    few = [*SMALL, *EXTRA] if rival != "jax" else [*SMALL[:8], *EXTRA[:4], *SMALL[-4:]]
    found = [(work, one) for work in few for one in make(work).values()]
    assert len(found) >= 4
    for work, one in found:
        close(kernels.plainly(work.ours()()), one.result())


def test_a_slower_call_has_the_larger_median():
    found = time_in_turn("t", {"convproof": lambda: sum(range(20000)), "quick": int}, 0.05)
    assert found.runs >= timing.RUNS[0]
    assert found.ratio("quick") > 2
    assert found.ratio("nobody") is None
    low, high = found.spread["convproof"]
    assert low <= found.seconds["convproof"] <= high


def test_a_rival_counts_in_its_better_layout():
    found = Timing("w", 9, {"convproof": 0.002, "torch": 0.004, "torch contiguous": 0.001})
    assert found.ratio("torch") == 2


def test_the_table_shows_ratios_and_what_was_not_timed():
    found = Timing("w", 9, {"convproof": 0.002, "windows": 0.004})
    table = Speed(("windows", "torch"), [found]).text()
    assert "2.000 ms        0.50           -" in table
    assert "windows: median 0.50, geometric mean 0.50, largest 0.50; above 1.05 on 0 of 1" in table
    assert "torch: not timed" in table


def test_the_command_keeps_its_figures(tmp_path, capsys):
    file = tmp_path / "speed.json"
    name = SMALL[0].name
    assert main(["bench", "--only", name, "--against", "windows", "--json", str(file)]) == 0
    assert name in capsys.readouterr().out
    kept = json.loads(file.read_text())
    assert {"python", "numpy", "cores"} <= set(kept["made"])
    said = kept["speed"]
    assert set(said["timings"][0]["seconds"]) == {"convproof", "windows"}
    assert said["timings"][0]["wrong"] == []


def test_a_wrong_result_voids_a_row():
    work = SMALL[0]

    def makers(who, off):
        right = work.plain()
        return lambda _: {who: kernels.Kernel(right, lambda y: (np.asarray(y) * off,))}

    slip = 1 + 2 * timing.LOOSE
    found = timed(work, {"convproof": makers("convproof", 1), "torch": makers("torch", slip)}, 0.01)
    assert found.wrong == ("torch",)
    assert found.ratio("torch") is None
    assert "wrong" in Speed(("torch",), [found]).row(found)
    ours = timed(work, {"convproof": makers("convproof", slip)}, 0.01)
    assert Speed((), [ours]).failure() == f"convproof: 1 wrong results, {work.name} the first"
    assert same((np.ones(3),), (np.ones(3),))
    assert not same((np.ones(3),), (np.ones(2),))


MINE = """
import time
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

def conv2d(x, w, b=None, stride=(1, 1)):
    time.sleep({sleep})
    seen = sliding_window_view(x, w.shape[2:], (2, 3))[:, :, :: stride[0], :: stride[1]]
    return np.einsum("ncijkl,mckl->nmij", seen, w) * {factor}
"""


@pytest.mark.parametrize(
    ("sleep", "factor", "code", "says"),
    [
        (0, 1, 0, "target is at least 0.0001 times as fast as windows on every row"),
        (0.05, 1, 1, "below 0.0001|times as fast as windows"),
        (0, 2, 1, "target: 1 wrong results"),
    ],
)
def test_somebodys_function_is_held_to_a_ratio(tmp_path, capsys, sleep, factor, code, says):
    file = tmp_path / "mine.py"
    file.write_text(MINE.format(sleep=sleep, factor=factor))
    ratio = "0.0001" if not sleep else "0.5"
    name = "conv2d-1x8x8x4-k3-m4-s1-p0"
    line = ["bench", "speed", "--target", f"{file}:conv2d", "--at-least", ratio, "--only", name]
    assert main([*line, "--against", "windows"]) == code
    assert re.search(says, capsys.readouterr().out)


def test_a_target_without_a_timed_function_is_refused(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text("def conv1d(x, w, b=None):\n    return x\n")
    with pytest.raises(SpecError, match="a target with a function for one of the workloads"):
        measure("speed", Options(target=f"{file}:conv1d"), lambda outcome: None)


def test_what_does_not_exist_is_refused():
    with pytest.raises(SpecError, match="only='x'"):
        measure("speed", Options(only=("x",)), lambda outcome: None)
    with pytest.raises(SpecError, match="against='x'"):
        measure("speed", Options(against=("x",)), lambda outcome: None)
