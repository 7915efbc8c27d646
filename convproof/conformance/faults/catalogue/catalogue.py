"""What a known mistake is, and the registry of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.conformance.faults.catalogue import engine
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]
Results = dict[str, Array]
Make = Callable[[Case], Results | None]


@dataclass(frozen=True)
class Mistake:
    """A known mistake.

    Attributes:
        name: what a person calls it.
        look: where in one's code to look.
        kinds, ways: what it can happen to: "conv", ...; "forward", "backward".
        make: the wrong results of a call by name ("y", "dx", "dkernel", "dbias"), those only that
            the mistake touches; None where the call leaves no room for it.
        weight: larger is more specific; named first when several explain an output.
    """

    name: str
    look: str
    kinds: frozenset[str]
    ways: frozenset[str]
    make: Make
    weight: int = 50

    def applies(self, case: Case) -> bool:
        """Whether it can happen to this op at all."""
        return case.kind in self.kinds and ("backward" if case.backward else "forward") in self.ways

    def results(self, case: Case) -> Results:
        """The wrong results, or none where the mistake changes nothing or cannot happen."""
        if not self.applies(case):
            return {}
        try:
            return self.make(case) or {}
        except (IndexError, ValueError, ZeroDivisionError):
            return {}  # the wrong arguments leave no window, or sizes that do not fit


MISTAKES: dict[str, Mistake] = {}


def mistake(
    name: str,
    look: str,
    *,
    kinds: str = "conv max_pool avg_pool",
    ways: str = "forward backward",
    weight: int = 50,
) -> Callable[[Make], Make]:
    """Declare the decorated function as the mistake of that name."""

    def declare(make: Make) -> Make:
        if name in MISTAKES:
            raise ValueError(f"mistake {name!r} is declared twice")
        MISTAKES[name] = Mistake(
            name, look, frozenset(kinds.split()), frozenset(ways.split()), make, weight
        )
        return make

    return declare


def right(case: Case) -> Results:
    """The right results by name, by the engine the mistakes are variations of."""
    if case.kind == "conv":
        return engine.conv_gradients(case) if case.backward else {"y": engine.conv(case)}
    if case.kind == "max_pool":
        return {"dx": engine.max_pool_dx(case)} if case.backward else {"y": engine.max_pool(case)}
    return {"dx": engine.avg_pool_dx(case)} if case.backward else {"y": engine.avg_pool(case)}
