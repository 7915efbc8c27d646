"""`convproof bench`: measurements against others, as a table and as JSON."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from convproof import __version__
from convproof.bench import BENCHMARKS, Options, Outcome, made, measure
from convproof.commands.values import count, ratio
from convproof.files import check_writable, write

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

SAVE_EVERY = 10.0  # seconds between two savings of a benchmark that is under way


def add(commands: Commands) -> None:
    """Declare the command."""
    listed = "\n".join(f"  {name:<12}{about}" for name, about in BENCHMARKS.items())
    parser = commands.add_parser(
        "bench",
        help="measure against others, side by side",
        description="Run benchmarks and print a table for each.",
        epilog=f"benchmarks:\n{listed}\n\nexample:\n"
        "  convproof bench speed --against windows,torch --json speed.json\n"
        "  convproof bench speed --target mine.py:conv2d --at-least 0.9",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="which benchmarks (default: speed)"
    )
    parser.add_argument("--against", metavar="A,B", help="only these rivals (default: installed)")
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="only this workload or entry"
    )
    parser.add_argument(
        "--seeds", type=count, default=1, help="runs on each right target (default: 1)"
    )
    parser.add_argument(
        "--random", type=count, default=0, metavar="N", help="speed: N random workloads instead"
    )
    parser.add_argument(
        "--seed", type=int, default=0, metavar="S", help="speed: which random ones (default: 0)"
    )
    parser.add_argument(
        "--target", help="speed: time this instead, e.g. mine.py:conv2d, as `check` takes it"
    )
    parser.add_argument(
        "--at-least",
        type=ratio,
        metavar="RATIO",
        help="speed: exit 1 unless so many times as fast as each rival, everywhere",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures, as they come")
    parser.set_defaults(run=run, strangers=True)


def save(path: Path, outcomes: dict[str, Outcome]) -> None:
    """Write all outcomes at once: a reader never sees half a file."""
    content = {name: outcome.plain() for name, outcome in outcomes.items()}
    text = json.dumps({"convproof": __version__, "made": made(), **content}, indent=1)
    write(path, text + "\n")


def run(args: argparse.Namespace) -> int:
    """Run the command; 0 when every benchmark came to its end, and none found fault."""
    against = None if args.against is None else tuple(filter(None, args.against.split(",")))
    options = Options(
        against, tuple(args.only), args.seeds, args.random, args.seed, args.target, args.at_least
    )
    if args.json is not None:
        check_writable("--json", args.json)
    outcomes: dict[str, Outcome] = {}
    shown: list[str] = []
    faults: list[str] = []
    saved = [time.monotonic()]
    for name in args.names or ["speed"]:

        def keep(outcome: Outcome, name: str = name) -> None:
            outcomes[name] = outcome
            show(outcome, shown)
            if args.json is not None and time.monotonic() - saved[0] > SAVE_EVERY:
                save(args.json, outcomes)
                saved[0] = time.monotonic()

        try:
            outcomes[name] = measure(name, options, keep)
        finally:
            if args.json is not None and outcomes:
                save(args.json, outcomes)
        show(outcomes[name], shown)
        print(outcomes[name].closing())
        shown.clear()
        faults += filter(None, [outcomes[name].failure()])
    for fault in faults:
        print(f"bench: {fault}")
    return 1 if faults else 0


def show(outcome: Outcome, shown: list[str]) -> None:
    """Print the rows that are new."""
    for row in outcome.rows()[len(shown) :]:
        print(row, flush=True)
        shown.append(row)
