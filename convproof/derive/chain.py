"""A chain of steps under construction: each move is recorded, moves that change nothing are not."""

from __future__ import annotations

from sympy.core.basic import Basic

from convproof.derive.step import Goal, Step
from convproof.derive.symbols import Limit


class Chain:
    """Collects the steps from a starting expression to the result of one goal."""

    def __init__(self, name: str, left: Basic, free: tuple[Limit, ...], start: Basic) -> None:
        self.name, self.left, self.free = name, left, free
        self.start = self.now = start
        self.steps: list[Step] = []

    def move(self, rule: str, after: Basic, why: str) -> Chain:
        """Go from where the chain stands to `after`."""
        if after != self.now:
            self.steps.append(Step(self.name, rule, self.now, after, why))
            self.now = after
        return self

    def goal(self) -> Goal:
        """What the chain has arrived at."""
        return Goal(self.name, self.left, self.free, self.start, self.now)
