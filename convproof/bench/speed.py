"""The verified functions, or a target, beside what one would use instead: ratios of times."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from convproof import __version__
from convproof.bench import Keep, Options, pick
from convproof.bench.kernels import MAKERS, Kernel, Maker, plainly, target
from convproof.bench.peak import peak
from convproof.bench.timing import SECONDS, Timing, same, time_in_turn
from convproof.bench.workload import Workload, random_workloads, workloads
from convproof.errors import MissingExtra, SpecError

NOISE = 1.05  # what two timings of the same call may differ by
OURS, THEIRS = "convproof", "target"
NOTES = """\
Our time over the other's, medians of runs in turn: below 1 is faster. float32, channels last.
A wrong result voids a row's ratios: "wrong" stands for it.
windows: np.pad, sliding_window_view, tensordot (maxima: max, argmax, np.add.at).
torch: the better of its two memory formats; a pool's gradient with its forward, as ours.
floor: the least time that BLAS's peak and memory's bandwidth, measured in this run, leave the
definition's multiplications and arrays, over the time taken; fewer multiplications can pass 1.
Threads are as the environment sets them, for all alike."""


@dataclass
class Speed:
    """All timings so far, as a table and as data; `who` is timed beside the rivals.

    With `at_least` it has to be so many times as fast as each of them.
    """

    rivals: tuple[str, ...]
    timings: list[Timing] = field(default_factory=list)
    who: str = OURS
    at_least: float | None = None
    wide: int = 8

    def plain(self) -> Mapping[str, Any]:
        """The medians, as JSON data."""
        return {
            "benchmark": "speed",
            "version": __version__,
            "timings": [asdict(timing) for timing in self.timings],
            "slow": self.slow(),
        }

    def head(self) -> str:
        """The first line of the table."""
        wide = max([self.wide, *(len(timing.workload) for timing in self.timings)])
        names = "".join(f"{rival:>12}" for rival in self.rivals)
        return (
            f"{'workload':<{wide}}  {'ours' if self.who == OURS else self.who:>10}{names}   floor"
        )

    def row(self, timing: Timing) -> str:
        """A line of the table."""
        wide = max([self.wide, *(len(timing.workload) for timing in self.timings)])
        cells = "".join(f"{self._cell(timing, rival):>12}" for rival in self.rivals)
        took = f"{1e3 * timing.seconds[self.who]:.3f} ms"
        floor = "" if not timing.bytes else f"{self.floor(timing):8.2f}"
        wrong = "" if timing.right(self.who) else "  wrong"
        return f"{timing.workload:<{wide}}  {took:>10}{cells}{floor}{wrong}"

    def _cell(self, timing: Timing, rival: str) -> str:
        if any(one.split(" ")[0] == rival for one in timing.wrong):
            return "wrong"
        ratio = timing.ratio(rival, self.who)
        return "-" if ratio is None else f"{ratio:.2f}"

    def floor(self, timing: Timing) -> float:
        """What part of the time taken the machine needs at least, by the definition's counts."""
        return peak().fraction(timing.flops, timing.bytes, timing.seconds[self.who])

    def rows(self) -> list[str]:
        """The table so far, line by line."""
        return [self.head(), *map(self.row, self.timings)] if self.timings else []

    def closing(self) -> str:
        """What there is to say when all is timed."""
        return "\n".join([*map(self.summary, self.rivals), NOTES, *self._verdict()])

    def text(self) -> str:
        """The table, one line a workload, and what follows from it."""
        return "\n".join([*(self.rows() or [self.head()]), self.closing()])

    def summary(self, rival: str) -> str:
        """How often, and by how much, we are slower than a rival."""
        ratios = sorted(r for t in self.timings if (r := t.ratio(rival, self.who)) is not None)
        if not ratios:
            return f"{rival}: not timed"
        slower = sum(ratio > NOISE for ratio in ratios)
        return (
            f"{rival}: median {statistics.median(ratios):.2f}, geometric mean "
            f"{statistics.geometric_mean(ratios):.2f}, largest {ratios[-1]:.2f}; "
            f"above {NOISE} on {slower} of {len(ratios)}"
        )

    def wrong(self) -> list[str]:
        """The workloads on which the one that is timed gave a wrong result."""
        return [timing.workload for timing in self.timings if not timing.right(self.who)]

    def slow(self) -> list[str]:
        """Where it is not as many times as fast as it has to be."""
        if self.at_least is None:
            return []
        return [
            f"{timing.workload}: {1 / ratio:.2f} times as fast as {rival}"
            for timing in self.timings
            for rival in self.rivals
            if (ratio := timing.ratio(rival, self.who)) is not None and 1 / ratio < self.at_least
        ]

    def failure(self) -> str:
        """Why the command is to end in failure; nothing if it is not."""
        if found := self.wrong():
            return f"{self.who}: {len(found)} wrong results, {found[0]} the first"
        if found := self.slow():
            return f"{len(found)} below {self.at_least:g}: {found[0]}"
        if self.at_least is not None and all(
            timing.ratio(rival, self.who) is None
            for timing in self.timings
            for rival in self.rivals
        ):
            return "nothing was timed beside a rival"
        return ""

    def _verdict(self) -> list[str]:
        if self.at_least is None or self.failure():
            return []
        names = " and ".join(self.rivals)
        return [f"{self.who} is at least {self.at_least:g} times as fast as {names} on every row"]


def rivals(against: tuple[str, ...] | None, others: tuple[str, ...] = ()) -> dict[str, Maker]:
    """Those asked for, or those whose packages are installed; `others` may be named too."""
    found: dict[str, Maker] = {}
    asked = tuple(MAKERS) if against is None else against
    for name in pick("against", asked, (*MAKERS, *others)):
        if name in others:
            continue
        try:
            found[name] = MAKERS[name]()
        except MissingExtra as missing:
            if against is not None:
                raise
            print(f"bench speed: {missing}", file=sys.stderr)
    return found


def ours(work: Workload) -> Mapping[str, Kernel]:
    """The verified function."""
    return {OURS: Kernel(work.ours(), plainly)}


def timed(work: Workload, makers: Mapping[str, Maker], seconds: float) -> Timing:
    """A workload by everybody who can do it, results compared with the plain one."""
    found = {who: kernel for make in makers.values() for who, kernel in make(work).items()}
    plain = plainly(work.plain()())
    wrong = tuple(
        who for who, kernel in found.items()
        if not same(got := kernel.result(), plain[: len(got)])
    )  # fmt: skip
    calls = {who: kernel.call for who, kernel in found.items()}
    timing = time_in_turn(work.name, calls, seconds)
    return replace(timing, wrong=wrong, flops=work.flops, bytes=work.bytes)


def measure(options: Options, keep: Keep) -> Speed:
    """Time every workload beside every rival.

    Raises:
        SpecError: for a rival or a workload that does not exist, or none that a target can do.
        MissingExtra: for a rival asked for by name whose package is missing.
        TargetError: for a target that does not exist.
    """
    found = random_workloads(options.random, options.seed) if options.random else workloads()
    known = {work.name: work for work in found}
    chosen = pick("only", options.only, tuple(known)) or tuple(known)
    makers: dict[str, Maker] = {OURS: ours}
    if options.target is None:
        who, panel = OURS, rivals(options.against)
    else:
        ops, mine = target(options.target)
        who, makers = THEIRS, {THEIRS: mine, OURS: ours}
        chosen = tuple(name for name in chosen if mine(known[name]))
        if not chosen:
            allowed = "a target with a function for one of the workloads"
            raise SpecError.of(
                "target", options.target, allowed, f"it has {', '.join(sorted(ops))}"
            )
        panel = rivals((OURS,) if options.against is None else options.against, (OURS,))
    makers |= panel
    names = tuple(panel)
    if options.target is not None and (options.against is None or OURS in options.against):
        names = (OURS, *names)
    outcome = Speed(names, [], who, options.at_least, max(map(len, chosen)))
    for name in chosen:
        seconds = SECONDS / (4 if options.random else 1)
        outcome.timings.append(timed(known[name], makers, seconds))
        keep(outcome)
    return outcome
