"""How long this machine takes for each thing that a cost counts: selection reads it.

Every schedule of the published layers and of many others is timed; the coefficients are those that
explain the times best, by ratio.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from convproof import __version__
from convproof.bench import Keep, Options, Whole
from convproof.bench.workload import Workload, random_workloads, workloads
from convproof.functions import selection
from convproof.generated.costs import FEATURES
from convproof.schedules.layer import Layer, Window
from convproof.schedules.registry import Goal, of
from convproof.spec import Axis

WORKLOADS = 300
SECONDS = 0.02  # for one schedule of one layer, once it is warm
SLOWEST = 0.3  # beyond it a schedule is not timed: nobody would choose it
# What machines take, about, in ns: where the search begins.
START = {
    "steps": 1e3, "products": 300.0, "flops": 0.03, "streamed": 0.1, "numbers": 0.3, "runs": 10.0,
    "folds": 25.0, "apart": 0.3, "fresh": 0.1, "far": 0.1,
}  # fmt: skip
GOALS: tuple[Goal, ...] = ("forward", "gradient x", "gradient kernel")
HEAD = """\
# Nanoseconds for one of each thing that `convproof.lower.cost` counts; `convproof bench fit` writes
# it for the machine that it runs on.

[nanoseconds]
"""


@dataclass
class Fit(Whole):
    """The timings so far: what was counted, and the seconds it took."""

    names: list[str] = field(default_factory=list)
    counts: list[tuple[float, ...]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def coefficients(self) -> dict[str, float]:
        """Nanoseconds for each feature."""
        from scipy.optimize import least_squares

        counts, seconds = np.array(self.counts, float), np.array(self.seconds)

        def off(logs: Any) -> Any:
            return np.log(counts @ np.exp(logs)) - np.log(seconds)

        first = np.log([1e-9 * START[name] for name in FEATURES])
        # A logarithm's error is a ratio's; `soft_l1` so that a few odd ones do not decide.
        found = least_squares(off, first, loss="soft_l1", bounds=(-40, -5))
        return dict(zip(FEATURES, (1e9 * np.exp(found.x)).tolist(), strict=True))

    def plain(self) -> Mapping[str, Any]:
        """The coefficients, and what they were made of, as JSON data."""
        return {
            "benchmark": "fit",
            "version": __version__,
            "nanoseconds": self.coefficients() if self.counts else {},
            "timings": dict(zip(self.names, self.seconds, strict=True)),
        }

    def toml(self) -> str:
        """The file that selection reads."""
        return HEAD + "".join(f"{k} = {v:.4g}\n" for k, v in self.coefficients().items())

    def text(self) -> str:
        """The coefficients, and how well they explain the times."""
        found = self.coefficients()
        times = np.array(list(found.values())) * 1e-9
        ratio = np.array(self.counts, float) @ times / np.array(self.seconds)
        spread = np.percentile(ratio, [5, 50, 95])
        lines = [f"{name:<10}{value:>12.4g} ns" for name, value in found.items()]
        lines.append(
            f"{len(self.seconds)} timings; foretold over measured: "
            f"{spread[1]:.2f}, 90% from {spread[0]:.2f} to {spread[2]:.2f}"
        )
        return "\n".join(lines)


def layer_of(work: Workload) -> Layer:
    """The workload's sizes."""
    axis = Axis(work.taps, work.stride, work.dilation, work.padding, work.padding)
    window = Window.of((axis,) * work.rank, work.x[1:-1])
    op = work.op[:-2] + ("_include" if work.op.startswith("avg") else "")
    return Layer(op, window, work.x[0], work.x[-1], 1, work.outputs or work.x[-1])


def calls(work: Workload) -> Iterator[tuple[str, tuple[float, ...], Any]]:
    """Each schedule of a workload: its name, its counts, and a call of it."""
    layer = layer_of(work)
    arrays = work.arrays()
    x, kernel, dy = arrays
    grouped = x[..., None, :], kernel[..., None, :], dy[..., None, :]
    for goal in GOALS:
        for one in of(layer.op, goal):
            if one.own_layout or not one.suits(goal, layer):
                continue
            run = selection.run_of(one, layer, goal)
            counted = selection.counts(one, layer, goal, run.extra)
            given = _given(layer, goal, grouped if layer.op == "conv" else arrays)
            name = f"{work.name} {goal} {one.name}"
            yield name, counted, lambda run=run, given=given: run.call(*given, *run.extra)


def _given(layer: Layer, goal: Goal, arrays: tuple[Any, Any, Any]) -> tuple[Any, ...]:
    """The arguments of a generated function."""
    window, (x, kernel, dy) = layer.window, arrays
    if layer.op == "conv":
        steps = window.stride, window.dilation, window.pad_lo
        return {
            "forward": (x, kernel, *steps, window.out),
            "gradient x": (dy, kernel, *steps, window.inner_space),
            "gradient kernel": (dy, x, *steps, window.taps),
        }[goal]
    if layer.op == "max_pool":
        steps = window.stride, window.dilation, window.pad_lo
        if goal == "forward":
            return x, *steps, window.out, window.taps
        return dy, x, *steps, window.taps
    ends = window.stride, window.pad_lo, window.pad_hi
    if goal == "forward":
        return x, *ends, window.out, window.taps
    return dy, *ends, window.space, window.taps


def timed(call: Any) -> float | None:
    """The least time of a few runs; None for what takes too long to be of interest.

    The thread's own time: what others run on the machine does not count.  So BLAS must have one
    thread (OPENBLAS_NUM_THREADS=1).
    """
    start = time.thread_time()
    call()
    first = time.thread_time() - start
    if first > SLOWEST:
        return None
    best, end = first, time.perf_counter() + SECONDS
    runs = 0
    while runs < 3 or (time.perf_counter() < end and runs < 100):
        start = time.thread_time()
        call()
        best = min(best, time.thread_time() - start)
        runs += 1
    return best


def measure(options: Options, keep: Keep) -> Fit:
    """Time schedules, and write the coefficients to where selection reads them."""
    outcome = Fit()
    shows = sys.stderr.isatty()
    count = options.random or WORKLOADS
    works = [*workloads(), *random_workloads(count, options.seed)]
    for number, work in enumerate(works, 1):
        for name, counted, call in calls(work):
            took = timed(call)
            if took and any(counted):  # a clock that did not move says nothing
                outcome.names.append(name)
                outcome.counts.append(counted)
                outcome.seconds.append(took)
        if shows:
            print(f"\r{number}/{len(works)}", end="", file=sys.stderr, flush=True)
        if outcome.counts:
            keep(outcome)
    selection.MACHINE.write_text(outcome.toml(), encoding="utf-8")
    return outcome
