"""Which schedule runs: of those that suit a call's sizes the one whose counts cost least time.

The counts are formulas written beside the programs (`convproof.generated.costs`); what each costs
is a machine's (`convproof/schedules/machine.toml`, written by `convproof bench fit`).
"""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import inf
from pathlib import Path
from typing import Any

import convproof.schedules
from convproof.errors import SpecError
from convproof.functions.arrays import Array
from convproof.lower.parallel import alone, together
from convproof.schedules import REGISTRY
from convproof.schedules.layer import Layer
from convproof.schedules.registry import Extra, Goal, Schedule, of

MACHINE = Path(convproof.schedules.__path__[0], "machine.toml")
# What takes less seconds is too small for BLAS to share, what takes more is worth sharing.
ALONE = 2e-5, 2.5e-4
EXACT = "exact"  # the word for those whose sums are the definition's


@dataclass(frozen=True)
class Run:
    """A generated function, its last arguments, and what is to be looked out for."""

    schedule: Schedule
    call: Callable[..., Array]
    extra: Extra
    absent_zeros: bool  # zeros that stand for no pixel will meet the numbers
    seconds: float  # what it is expected to take

    def __call__(self, *arguments: Any) -> Array:
        """The function's result; `arguments` are all but the schedule's own."""
        if self.seconds <= ALONE[0]:
            return self.call(*arguments, *self.extra)
        way = alone if self.seconds < ALONE[1] else together
        return way(self.call, *arguments, *self.extra)


@cache
def machine() -> tuple[float, ...]:
    """Seconds for one of each thing that is counted."""
    from convproof.generated.costs import FEATURES

    times = tomllib.loads(MACHINE.read_text(encoding="utf-8"))["nanoseconds"]
    return tuple(1e-9 * times.get(name, 0.0) for name in FEATURES)


def module_name(layer: Layer) -> str:
    """The generated module of a layer."""
    return f"{layer.op.removesuffix('_include').removesuffix('_exclude')}{layer.window.rank}d"


@cache
def module(name: str) -> Any:
    """The generated module of that name."""
    return importlib.import_module(f"convproof.generated.{name}")


def run_of(schedule: Schedule, layer: Layer, goal: Goal, extra: Extra | None = None) -> Run:
    """A schedule on a layer; `extra` if not what it would choose itself."""
    if extra is None:
        extra = schedule.arguments(goal, layer)
    call = getattr(module(module_name(layer)), schedule.function(layer.op, goal))
    took = seconds(schedule, layer, goal, extra)
    return Run(schedule, call, extra, schedule.reads_absent_zeros(goal, layer), took)


def counts(schedule: Schedule, layer: Layer, goal: Goal, extra: Extra) -> tuple[float, ...]:
    """How often a run does each of the things that are counted."""
    from convproof.generated.costs import COUNTS

    # No images cost what one does: formulas divide by the number of blocks.
    sizes = (
        layer.letters | {"N": max(1, layer.images)} | dict(zip(schedule.extra, extra, strict=True))
    )
    return COUNTS[module_name(layer), schedule.function(layer.op, goal)](sizes)


def seconds(schedule: Schedule, layer: Layer, goal: Goal, extra: Extra) -> float:
    """The time that a run is expected to take."""
    try:
        pairs = zip(counts(schedule, layer, goal, extra), machine(), strict=True)
        return sum(count * each for count, each in pairs)
    except OverflowError:  # sizes that no float holds, a stride's for one
        return inf


def candidates(
    layer: Layer, goal: Goal, safe: bool = False, exact: bool = False, unmixed: bool = False
) -> list[Schedule]:
    """Those that suit; `safe`: those that multiply by nothing but the definition's own numbers.

    `unmixed`: those that may multiply by zeros beside them, but keep each number to its own part.
    """
    return [
        one
        for one in of(layer.op, goal)
        if not one.own_layout
        and one.suits(goal, layer)
        and not (safe and (one.mixes or one.reads_absent_zeros(goal, layer)))
        and not (unmixed and one.mixes)
        and not (exact and one.exact != "integer")
    ]


def select(
    layer: Layer,
    goal: Goal,
    asked: str | None = None,
    safe: bool = False,
    exact: bool = False,
    unmixed: bool = False,
) -> Run:
    """The run for a goal: of the schedule asked for where it has that goal, else the quickest.

    Args:
        layer: its sizes.
        goal: what is to be computed.
        asked: None, "exact", or a schedule's name, to which values of its own arguments can be
            added: "im2row block=2".
        safe: only what multiplies by nothing that is not there.
        exact: only what sums as the definition does.
        unmixed: only what keeps each number to its own part.
    """
    if asked is not None and asked != EXACT and not safe and not unmixed:
        schedule, extra = named(asked)
        if schedule.takes(layer.op, goal):
            return run_of(schedule, layer, goal, extra)
    found = candidates(layer, goal, safe, exact or asked == EXACT, unmixed)
    if len(found) == 1:
        return run_of(found[0], layer, goal)
    runs = (run_of(one, layer, goal) for one in found)
    return min(runs, key=lambda run: run.seconds * run.schedule.margin)


def named(asked: str) -> tuple[Schedule, Extra | None]:
    """The schedule of that name, and the values of its own arguments if they are told."""
    name, *values = asked.split(" ")
    schedule = REGISTRY[name]
    given = tuple(int(value.split("=")[1]) for value in values)
    return schedule, given or None


def check_schedule(asked: object, layer: Layer, goals: tuple[Goal, ...], exact: bool) -> None:
    """Refuse a schedule that there is not, or that does not suit these sizes.

    `exact` if the numbers are integers, which only sums in the definition's own terms keep.
    """
    if asked is None or asked == EXACT:
        return
    known = {
        one.name: one
        for goal in goals
        for one in of(layer.op, goal)
        if one.suits(goal, layer) and not (exact and one.exact != "integer")
    }
    allowed = f"None, 'exact' or, for these sizes, one of {', '.join(map(repr, sorted(known)))}"
    if type(asked) is not str:
        raise SpecError.of("schedule", asked, allowed)
    name, *values = asked.split(" ")
    if name not in known:
        raise SpecError.of("schedule", asked, allowed)
    if not values:
        return
    names = [value.partition("=")[0] for value in values]
    numbers = [value.partition("=")[2] for value in values]
    if tuple(names) != known[name].extra or not all(
        n.isdecimal() and 0 < int(n) < 2**31 for n in numbers
    ):
        form = " ".join(f"{one}=N" for one in known[name].extra) or "no argument"
        raise SpecError.of("schedule", asked, f"{name!r} with {form}, a whole number above 0")
