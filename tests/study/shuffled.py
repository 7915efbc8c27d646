"""Cells whose results come in any order."""

from __future__ import annotations

import random
from collections.abc import Mapping

from convproof.study.engine import Cell, run
from convproof.study.search import Search
from convproof.study.separation import Separation
from convproof.study.store import Store


def coin(cell: Cell) -> dict[str, float]:
    """A learner whose success grows with n; a function of the cell alone."""
    luck = random.Random(cell.key).random()
    return {"error": 0.0 if luck < cell.n / (cell.n + 37) else 1.0}


def won(result: Mapping[str, float]) -> bool:
    return result["error"] <= 0.1


class Shuffled:
    """Workers that finish in a random order, some at a time."""

    def __init__(self, seed: int) -> None:
        self.random, self.cells = random.Random(seed), []

    def submit(self, cell):
        self.cells.append(cell)

    def finished(self):
        self.random.shuffle(self.cells)
        for _ in range(self.random.randint(1, len(self.cells))):
            cell = self.cells.pop()
            yield cell, coin(cell)


def study():
    searches = tuple(Search("coin", d, 1, 6, 10_000, won) for d in (2, 4))
    return Separation((), searches, {"study": "test"})


def outcome(path, finisher, resume=False):
    results = {}
    told = []
    with Store(path, {"study": "test"}, resume=resume) as store:
        run(study(), store, finisher, lambda done, left: told.append((done, left)))
        results = store.load()
    assert told[-1][1] == 0
    return results, [s.outcome({Cell(*p): r for p, r in results.items()})
                     for s in study().searches]  # fmt: skip


CELLS = [Cell("convnet", 8, n, seed) for n in (2, 5) for seed in (0, 1)]
