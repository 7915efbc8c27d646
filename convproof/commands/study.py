"""`convproof study`: long experiments by name, kept as they go and resumed where they were."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from convproof.commands.values import address
from convproof.errors import SpecError
from convproof.files import check_writable, write
from convproof.study import STUDIES, study
from convproof.study.engine import Options, Progress
from convproof.study.engine import run as run_study
from convproof.study.store import Store
from convproof.study.workers import workers

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

EPILOG = """\
examples:
  convproof study separation                           5 minutes on 2 cores
  convproof study separation --learner mine.py:fit --claims orthogonal
  convproof study separation --full --jobs 8           overnight; after a stop: --resume
  convproof study locality --dask tcp://10.0.0.1:8786  on a Dask cluster

A learner of yours is fit(x, y, rng) -> predict: x (n, d), y (n,) of -1 and 1, predict(x) -> numbers
whose signs are the labels.

exit code: 0 all is as it must be, 1 it is not (a bound was crossed, say), 2 a mistake
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    listed = "\n".join(f"  {name:<12}{about}" for name, about in STUDIES.items())
    parser = commands.add_parser(
        "study",
        help="run a long experiment, resumable and parallel",
        description="Run a long experiment. Every finished part is kept at once in an SQLite file.",
        epilog=f"studies:\n{listed}\n\n{EPILOG}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", metavar="NAME", help="the study")
    parser.add_argument("--jobs", type=int, metavar="N", help="processes (default: one a core)")
    parser.add_argument(
        "--dask", type=address, metavar="ADDRESS", help="run on the Dask cluster there instead"
    )
    parser.add_argument("--resume", action="store_true", help="go on with what is in the store")
    parser.add_argument("--full", action="store_true", help="more sizes, more seeds: overnight")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="half a minute, to try it out; with --full all parts of that",
    )
    parser.add_argument("--learner", metavar="L", help="one learner's name, or mine.py:fit")
    parser.add_argument(
        "--claims",
        choices=("orthogonal", "permutation", "nothing"),
        default="nothing",
        help="what your learner is equivariant under: it is held to that bound",
    )
    parser.add_argument("--store", type=Path, metavar="FILE", help="default: study-NAME.sqlite")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here")
    parser.add_argument("--figure", type=Path, metavar="FILE", help="draw them here (.svg, .png)")
    parser.set_defaults(run=run, strangers=True)


def run(args: argparse.Namespace) -> int:
    """Run, print the table, and say by the exit code whether all is as it must be."""
    if args.jobs is not None and (args.jobs < 1 or args.dask):
        allowed = "a whole number of at least 1, without --dask"
        raise SpecError.of("--jobs", args.jobs, allowed)
    chosen = study(args.name, Options(args.full, args.quick, args.learner, args.claims))
    for option in ("json", "figure"):
        if getattr(args, option) is not None:
            check_writable(f"--{option}", getattr(args, option))
    if args.figure is not None:
        from convproof.study.plots import DRAWN

        if args.name not in DRAWN:
            raise SpecError.of("--figure", str(args.figure), f"a figure of {', '.join(DRAWN)}")
    path = args.store or Path(f"study-{args.name}.sqlite")
    jobs = args.jobs or len(os.sched_getaffinity(0))
    with (
        workers(jobs, args.dask, chosen.evaluate) as pool,
        Store(path, chosen.settings, resume=args.resume) as store,
        _progress(args.name) as progress,
    ):
        report = run_study(chosen, store, pool, progress)
        damaged = store.damaged
    if damaged:
        print(f"study: {damaged} damaged results in {path} were made anew", file=sys.stderr)
    print(report.text)
    if args.json is not None:
        write(args.json, json.dumps({**_head(), **report.data}, indent=1) + "\n")
    if args.figure is not None:
        from convproof.study.plots import figure

        drawn = io.BytesIO()
        figure(report.data).savefig(drawn, format=args.figure.suffix.lstrip(".") or "svg")
        write(args.figure, drawn.getvalue())
    return 0 if report.ok else 1


def _head() -> dict[str, Any]:
    """The versions that every JSON file of ours begins with."""
    from convproof import __version__
    from convproof.bench import made

    return {"convproof": __version__, "made": made()}


@contextmanager
def _progress(name: str) -> Iterator[Progress]:
    """A bar with an estimate of the time left on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda finished, remaining: None
        return
    try:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )
        from rich.progress import Progress as Bar
    except ImportError:
        yield _line(name)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bar(
        *columns, TimeElapsedColumn(), TextColumn("left:"), TimeRemainingColumn(),
        console=Console(stderr=True), transient=True,
    ) as bar:  # fmt: skip
        task = bar.add_task(name, total=None)
        begun: list[int] = []

        def show(finished: int, remaining: int) -> None:
            # cells that were in the store took no time: they do not count towards the estimate
            begun.append(finished) if not begun else None
            bar.update(task, completed=finished - begun[0], total=finished - begun[0] + remaining)

        yield show


def _line(name: str) -> Progress:
    """The same as a plain line, where rich is not installed."""
    start = time.monotonic()
    begun: list[int] = []

    def show(finished: int, remaining: int) -> None:
        begun.append(finished) if not begun else None
        mine = finished - begun[0]
        left = (time.monotonic() - start) / mine * remaining if mine else 0
        print(f"\r\x1b[K{name}: {finished} done, about {remaining} to come, {left:.0f} s left",
              end="" if remaining else "\n", file=sys.stderr, flush=True)  # fmt: skip

    return show
