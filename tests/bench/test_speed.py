"""The speed bench times calls that compute the same thing."""

from __future__ import annotations

import json
from math import prod

import numpy as np
import pytest

from convproof.bench import Options, measure, speed
from convproof.bench.speed import Speed, Timing, time_in_turn
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
    ours, plain = work.ours()(), work.plain()()
    close(
        ours if isinstance(ours, tuple) else (ours,), plain if isinstance(ours, tuple) else (plain,)
    )


@pytest.mark.parametrize("work", [*SMALL, *EXTRA], ids=lambda work: work.name)
def test_torch_computes_what_the_function_does(work):
    pytest.importorskip("torch")
    for contiguous in (False, True):
        compare(work.ours()(), speed.torch_calls(contiguous)(work)())


def compare(ours, theirs):
    if not isinstance(ours, tuple):
        close((ours,), (np.moveaxis(theirs.numpy(), 1, -1),))
        return
    image, weight, bias = (one.numpy() for one in theirs)
    close(ours, (np.moveaxis(image, 1, -1), np.moveaxis(weight, (0, 1), (-1, -2)), bias))


def test_a_slower_call_has_the_larger_median():
    timing = time_in_turn("t", {"convproof": lambda: sum(range(20000)), "quick": int}, 0.05)
    assert timing.runs >= speed.RUNS[0]
    assert timing.ratio("quick") > 2
    assert timing.ratio("nobody") is None


def test_a_rival_counts_in_its_better_layout():
    timing = Timing("w", 9, {"convproof": 0.002, "torch": 0.004, "torch contiguous": 0.001})
    assert timing.ratio("torch") == 2


def test_the_table_shows_ratios_and_what_was_not_timed():
    timing = Timing("w", 9, {"convproof": 0.002, "windows": 0.004})
    table = Speed(("windows", "torch"), [timing]).text()
    assert "2.000 ms     0.50        -" in table
    assert "windows: median 0.50, geometric mean 0.50, largest 0.50; above 1.05 on 0 of 1" in table
    assert "torch: not timed" in table


def test_the_command_keeps_its_figures(tmp_path, capsys):
    file = tmp_path / "speed.json"
    name = SMALL[0].name
    assert main(["bench", "--only", name, "--against", "windows", "--json", str(file)]) == 0
    assert name in capsys.readouterr().out
    (timing,) = json.loads(file.read_text())["speed"]["timings"]
    assert set(timing["seconds"]) == {"convproof", "windows"}


def test_what_does_not_exist_is_refused():
    with pytest.raises(SpecError, match="only='x'"):
        measure("speed", Options(only=("x",)), lambda outcome: None)
    with pytest.raises(SpecError, match="against='x'"):
        measure("speed", Options(against=("x",)), lambda outcome: None)
