"""Measurements of this package against others, each by name: `convproof bench NAME`.

A benchmark is a file here with `measure(options, keep) -> Outcome`; its first line says what it
measures.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from convproof.contents import defining
from convproof.errors import SpecError

BENCHMARKS = defining(__file__, "measure")  # name -> what it measures


class Outcome(Protocol):
    """What a benchmark gives: a text to read and plain data to keep."""

    def text(self) -> str:
        """The table."""
        ...

    def plain(self) -> Mapping[str, Any]:
        """The same as JSON data."""
        ...


Keep = Callable[[Outcome], None]


@dataclass(frozen=True)
class Options:
    """What the command line asks of a benchmark.

    `against` names the rivals (None: all that are installed), `only` the workloads or entries
    (empty: all), `seeds` how often each right target is checked; with `random` workloads instead
    of the usual ones, `seed` says which.
    """

    against: tuple[str, ...] | None = None
    only: tuple[str, ...] = ()
    seeds: int = 1
    random: int = 0
    seed: int = 0


def measure(name: str, options: Options, keep: Keep) -> Outcome:
    """Run the benchmark `name`; `keep` receives what is finished, again and again.

    Raises:
        SpecError: if there is no such benchmark, rival or workload.
    """
    if name not in BENCHMARKS:
        raise SpecError.one_of("NAME", name, BENCHMARKS)
    module = importlib.import_module(f"{__name__}.{name}")
    outcome: Outcome = module.measure(options, keep)
    return outcome


def pick(argument: str, asked: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """`asked`, each of them known.

    >>> pick("against", ["scipi"], ["scipy"])
    Traceback (most recent call last):
    ...
    convproof.errors.SpecError: against='scipi': allowed is one of scipy; \
did you mean 'scipy'?
    """
    for name in asked:
        if name not in known:
            raise SpecError.one_of(argument, name, known)
    return tuple(asked)
