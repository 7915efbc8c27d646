"""Measurements of this package against others, each by name: `convproof bench NAME`.

A benchmark is a file here with `measure(options, keep) -> Outcome`; its first line says what it
measures.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.metadata
import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from convproof.contents import defining
from convproof.errors import SpecError

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
BENCHMARKS = defining(__file__, "measure")  # name -> what it measures


class Outcome(Protocol):
    """What a benchmark gives: a text to read and plain data to keep."""

    def text(self) -> str:
        """The table."""
        ...

    def plain(self) -> Mapping[str, Any]:
        """The same as JSON data."""
        ...

    def rows(self) -> list[str]:
        """The lines of the table that are known so far."""
        ...

    def closing(self) -> str:
        """What the text has after its rows."""
        ...

    def failure(self) -> str:
        """Why the measurement ends in failure; nothing if it does not."""
        ...


class Whole:
    """An outcome whose text is made when all is known, and that cannot fail."""

    def rows(self) -> list[str]:
        """None before the end."""
        return []

    def closing(self) -> str:
        """All of the text."""
        return self.text()

    def failure(self) -> str:
        """It measures, and judges nothing."""
        return ""

    def text(self) -> str:
        """The table."""
        raise NotImplementedError


Keep = Callable[[Outcome], None]


@dataclass(frozen=True)
class Options:
    """What the command line asks of a benchmark.

    `against` names the rivals (None: all that are installed), `only` the workloads or entries
    (empty: all), `seeds` how often each right target is checked; with `random` workloads instead
    of the usual ones, `seed` says which.  A `target` is timed in the place of the verified
    functions, and has to be `at_least` so many times as fast as the rivals.
    """

    against: tuple[str, ...] | None = None
    only: tuple[str, ...] = ()
    seeds: int = 1
    random: int = 0
    seed: int = 0
    target: str | None = None
    at_least: float | None = None


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


def made() -> dict[str, str]:
    """The versions of what is measured with; how many cores there are, and threads are told."""
    found = {"python": platform.python_version(), "cores": str(os.cpu_count())}
    found |= {name: os.environ[name] for name in THREADS if name in os.environ}
    for name in ("numpy", "scipy", "torch", "jax", "optax", "onnx", "scikit-learn"):
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            found[name] = importlib.metadata.version(name)
    return found


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
