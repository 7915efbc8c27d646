"""Running a study: cells in, results kept as they come, until the study asks for no more.

A cell is one experiment, told by its name and numbers alone; its result depends on nothing else.
What is asked for next depends on finished results only, never on when they came: so a study that
was killed and resumed ends with the same table, bit for bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from convproof.study.store import Store

Result: TypeAlias = dict[str, Any]
Results: TypeAlias = Mapping["Cell", Result]


@dataclass(frozen=True, order=True)
class Cell:
    """One experiment: a learner, two sizes and a seed."""

    learner: str
    d: int
    n: int
    seed: int

    @property
    def key(self) -> str:
        """Its name in the store."""
        return f"{self.learner}|d={self.d}|n={self.n}|seed={self.seed}"


@dataclass(frozen=True)
class Options:
    """What the command line asks: the long version; a learner of the user's; is it equivariant."""

    full: bool = False
    quick: bool = False
    learner: str | None = None
    claims: str = "nothing"


@dataclass(frozen=True)
class Report:
    """What a study comes to: a table to read, data to keep, and whether all is as it must be."""

    text: str
    data: dict[str, Any]
    ok: bool


class Study(Protocol):
    """What the engine needs of a study."""

    @property
    def evaluate(self) -> Callable[[Cell], Result]:
        """Runs one cell; a function of a module, so that it can be sent to another process."""
        ...

    @property
    def settings(self) -> dict[str, Any]:
        """What the results depend on beside the cells; kept in the store, compared on resuming."""
        ...

    def wanted(self, results: Results) -> list[Cell]:
        """The cells that are needed next, given the finished ones; none at the end."""
        ...

    def remaining(self, results: Results) -> int:
        """About how many cells are still to come, those not yet asked for included."""
        ...

    def report(self, results: Results) -> Report:
        """The table of the finished study."""
        ...


class Workers(Protocol):
    """Something that evaluates cells, several at a time."""

    def submit(self, cell: Cell) -> None:
        """Start on a cell, or queue it."""
        ...

    def finished(self) -> Iterator[tuple[Cell, Result]]:
        """Wait for at least one, and give those that are finished."""
        ...


Progress: TypeAlias = Callable[[int, int], None]


def run(study: Study, store: Store, workers: Workers, progress: Progress) -> Report:
    """Evaluate all that the study wants, each result stored before the next is waited for.

    `progress` is told how many are finished and about how many remain.
    """
    results: dict[Cell, Result] = {
        Cell(learner, d, n, seed): result for (learner, d, n, seed), result in store.load().items()
    }
    under_way: set[Cell] = set()
    while True:
        wanted = [cell for cell in study.wanted(results) if cell not in results]
        for cell in wanted:
            if cell not in under_way:
                workers.submit(cell)
                under_way.add(cell)
        progress(len(results), study.remaining(results))
        if not wanted and not under_way:
            return study.report(results)
        for cell, result in workers.finished():
            store.keep((cell.learner, cell.d, cell.n, cell.seed), result)
            results[cell] = result
            under_way.discard(cell)
