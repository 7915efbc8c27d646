"""Which n to try next: doubling until half of a few seeds succeed, then a fine grid around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from convproof.study.engine import Cell, Results
from convproof.theory.groups import Matrix


@dataclass(frozen=True)
class Search:
    """The search for one learner at one d; `won` tells a success by a cell's result.

    What it asks for depends on finished results alone.  `steps` is the grid's points a doubling.
    """

    learner: str
    d: int
    first: int
    seeds: int
    most: int
    won: Callable[[Mapping[str, float]], bool]
    scouts: int = 4
    steps: int = 4

    def cell(self, n: int, seed: int) -> Cell:
        """One of its cells."""
        return Cell(self.learner, self.d, n, seed)

    def wanted(self, results: Results) -> list[Cell]:
        """The next cells, or none at the end."""
        n = self.first
        while True:
            cells = [self.cell(n, seed) for seed in range(self.scouts)]
            if any(cell not in results for cell in cells):
                return cells
            if self._wins(results, n, self.scouts) * 2 >= self.scouts or n >= self.most:
                break
            n *= 2
        grid = self.grid(results, n)
        return [
            cell
            for cell in (self.cell(m, seed) for m in grid for seed in range(self.seeds))
            if cell not in results
        ]

    def grid(self, results: Results, top: int) -> list[int]:
        """Points around `top`, extended downwards and upwards until they bracket one half."""
        low, high = -self.steps, 1
        while True:
            points = [round(top * 2 ** (j / self.steps)) for j in range(low, high + 1)]
            grid = sorted({point for point in points if point >= 1})
            ends = [self._known(results, n) for n in (grid[0], grid[-1])]
            if ends[0] is not None and ends[0] * 2 >= self.seeds and grid[0] > 1:
                low -= 2
            elif ends[1] is not None and ends[1] * 2 < self.seeds and grid[-1] < 4 * self.most:
                high += 2
            else:
                return grid

    def _known(self, results: Results, n: int) -> int | None:
        cells = [self.cell(n, seed) for seed in range(self.seeds)]
        return None if any(c not in results for c in cells) else self._wins(results, n, self.seeds)

    def _wins(self, results: Results, n: int, seeds: int) -> int:
        return sum(self.won(results[self.cell(n, seed)]) for seed in range(seeds))

    def top(self, results: Results) -> int:
        """Where the doubling ended."""
        n = self.first
        while self._wins(results, n, self.scouts) * 2 < self.scouts and n < self.most:
            n *= 2
        return n

    def outcome(self, results: Results) -> tuple[list[int], Matrix]:
        """The grid's sizes and the successes on it, (sizes, seeds)."""
        grid = self.grid(results, self.top(results))
        won = [[self.won(results[self.cell(n, s)]) for s in range(self.seeds)] for n in grid]
        return grid, np.array(won, dtype=float)

    def remaining(self, results: Results) -> int:
        """About how many cells are to come."""
        mine = sum(cell.learner == self.learner and cell.d == self.d for cell in results)
        likely = 6 * self.scouts + (self.steps + 2) * self.seeds
        wanted = sum(cell not in results for cell in self.wanted(results))
        return max(wanted, likely - mine) if wanted else 0
