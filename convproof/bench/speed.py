"""The verified functions beside what one would write, or call, instead: ratios of times."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from convproof import __version__
from convproof.bench import Keep, Options, pick
from convproof.bench.workload import Call, Workload, random_workloads, workloads
from convproof.errors import MissingExtra

SECONDS = 1.0  # for one workload
NOISE = 1.05  # what two timings of the same call may differ by
RUNS = (5, 400)  # at least, at most


@dataclass(frozen=True)
class Timing:
    """Medians of interleaved runs, in seconds, by who ran."""

    workload: str
    runs: int
    seconds: dict[str, float]

    def ratio(self, rival: str) -> float | None:
        """Our time over the rival's, in the best of its layouts: below 1 is faster."""
        others = [t for who, t in self.seconds.items() if who.split(" ")[0] == rival]
        return self.seconds["convproof"] / min(others) if others else None


@dataclass
class Speed:
    """All timings so far, as a table and as data."""

    rivals: tuple[str, ...]
    timings: list[Timing] = field(default_factory=list)

    def plain(self) -> Mapping[str, Any]:
        """The medians, as JSON data."""
        return {
            "benchmark": "speed",
            "version": __version__,
            "timings": [asdict(timing) for timing in self.timings],
        }

    def text(self) -> str:
        """The table, one line a workload."""
        wide = max([len(timing.workload) for timing in self.timings] + [8])
        lines = [f"{'workload':<{wide}}  {'ours':>10}" + "".join(f"{r:>9}" for r in self.rivals)]
        for timing in self.timings:
            ratios = (timing.ratio(rival) for rival in self.rivals)
            cells = "".join(f"{'-' if r is None else f'{r:.2f}':>9}" for r in ratios)
            took = f"{1e3 * timing.seconds['convproof']:.3f} ms"
            lines.append(f"{timing.workload:<{wide}}  {took:>10}{cells}")
        return "\n".join([*lines, *map(self.summary, self.rivals), NOTES])

    def summary(self, rival: str) -> str:
        """How often, and by how much, we are slower than a rival."""
        ratios = sorted(r for t in self.timings if (r := t.ratio(rival)) is not None)
        if not ratios:
            return f"{rival}: not timed"
        slower = sum(ratio > NOISE for ratio in ratios)
        return (
            f"{rival}: median {statistics.median(ratios):.2f}, geometric mean "
            f"{statistics.geometric_mean(ratios):.2f}, largest {ratios[-1]:.2f}; "
            f"above {NOISE} on {slower} of {len(ratios)}"
        )


NOTES = """\
Our time over the other's, medians of runs in turn: below 1 is faster. float32, channels last.
windows: np.pad, sliding_window_view, tensordot (maxima: max, argmax, np.add.at).
torch: the better of its two memory formats; a pool's gradient with its forward, as ours.
Threads are as the environment sets them, for all alike."""


def plain_windows() -> Callable[[Workload], Call]:
    """The rival that needs nothing but NumPy."""
    return Workload.plain


def torch_calls(contiguous: bool = False) -> Callable[[Workload], Call]:
    """PyTorch, channels last in memory as our arrays are, or (N, C, *space) as it is used to."""
    try:
        import torch
    except ImportError:
        raise MissingExtra.of("torch", "torch", "bench speed --against torch") from None
    functional = torch.nn.functional

    def call(work: Workload) -> Call:
        x, kernel, dy = (torch.from_numpy(a) for a in work.arrays())
        rank = work.rank
        image, flow = (a.movedim(-1, 1) for a in (x, dy))
        if contiguous:
            image, flow = image.contiguous(), flow.contiguous()
        weight = kernel.permute(rank + 1, rank, *range(rank))
        formats = {2: torch.channels_last, 3: torch.channels_last_3d}
        usual = torch.contiguous_format
        # PyTorch fails on the gradient of a single output channel in the other format.
        last = work.outputs > 1 and not contiguous
        layout = formats.get(rank, usual) if last else usual
        weight = weight.contiguous(memory_format=layout)
        more: dict[str, Any] = {"stride": work.stride, "padding": work.padding}
        if not work.outputs:
            pool = getattr(functional, work.op)
            if work.way == "forward":
                return lambda: pool(image, work.taps, **more)
            leaf = image.detach().requires_grad_()
            return lambda: torch.autograd.grad(pool(leaf, work.taps, **more), leaf, flow)[0]
        if work.way == "forward":
            conv = getattr(functional, work.op)
            return lambda: conv(image, weight, dilation=work.dilation, **more)
        backward = torch.ops.aten.convolution_backward
        numbers = ([n] * rank for n in (work.stride, work.padding, work.dilation))
        rest = [*numbers, False, [0] * rank, 1, [True] * 3]
        return lambda: backward(flow, image, weight, [work.outputs], *rest)

    return call


RIVALS: dict[str, Callable[[], Callable[[Workload], Call]]] = {
    "windows": plain_windows,
    "torch": torch_calls,
}


def rivals(against: Sequence[str] | None) -> dict[str, Callable[[Workload], Call]]:
    """Those asked for, or those whose packages are installed."""
    found = {}
    for name in pick("against", tuple(RIVALS) if against is None else against, tuple(RIVALS)):
        try:
            found[name] = RIVALS[name]()
        except MissingExtra as missing:
            if against is not None:
                raise
            print(f"bench speed: {missing}", file=sys.stderr)
    return found


def time_in_turn(name: str, calls: Mapping[str, Call], seconds: float = SECONDS) -> Timing:
    """Run all calls in turn, again and again, and keep the median of each."""
    took: dict[str, list[float]] = {who: [] for who in calls}
    for call in calls.values():
        call()  # the first run of anything is another matter
    end = time.perf_counter() + seconds
    runs = 0
    while runs < RUNS[0] or (runs < RUNS[1] and time.perf_counter() < end):
        for who, call in calls.items():
            start = time.perf_counter()
            call()
            took[who].append(time.perf_counter() - start)
        runs += 1
    return Timing(name, runs, {who: statistics.median(times) for who, times in took.items()})


def measure(options: Options, keep: Keep) -> Speed:
    """Time every workload beside every rival.

    Raises:
        SpecError: for a rival or a workload that does not exist.
        MissingExtra: for a rival asked for by name whose package is missing.
    """
    found = random_workloads(options.random, options.seed) if options.random else workloads()
    known = {work.name: work for work in found}
    chosen = pick("only", options.only, tuple(known)) or tuple(known)
    panel = rivals(options.against)
    outcome = Speed(tuple(panel))
    shows = sys.stderr.isatty()
    for number, name in enumerate(chosen, 1):
        calls = {"convproof": known[name].ours()}
        calls |= {rival: make(known[name]) for rival, make in panel.items()}
        if "torch" in panel:
            calls["torch contiguous"] = torch_calls(contiguous=True)(known[name])
        outcome.timings.append(time_in_turn(name, calls, SECONDS / (4 if options.random else 1)))
        if shows:
            print(f"\r{number}/{len(chosen)} {name:<44}", end="", file=sys.stderr, flush=True)
        keep(outcome)
    if shows:
        print(file=sys.stderr)
    return outcome
