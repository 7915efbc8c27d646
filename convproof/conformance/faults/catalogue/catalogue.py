"""What a known mistake is, the registry of them, and the rows that declare one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.conformance.faults.catalogue.engine import right
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]
Results = dict[str, Array]
Make = Callable[[Case], Results | None]
Edit = Callable[[Case], Case | None]
Rule = Callable[[Case], Array | None]


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
EVERY, BOTH = "conv max_pool avg_pool", "forward backward"


def mistake(
    name: str, look: str, make: Make, weight: int = 50, *, kinds: str = EVERY, ways: str = BOTH
) -> None:
    """Declare a mistake by the results it gives."""
    if name in MISTAKES:
        raise ValueError(f"mistake {name!r} is declared twice")
    kind_set, way_set = frozenset(kinds.split()), frozenset(ways.split())
    MISTAKES[name] = Mistake(name, look, kind_set, way_set, make, weight)


def edited(
    name: str, look: str, edit: Edit, weight: int = 50, *, kinds: str = EVERY, ways: str = BOTH
) -> None:
    """Declare a mistake by the call whose right results it gives."""

    def make(case: Case) -> Results | None:
        other = edit(case)
        return None if other is None else right(other)

    mistake(name, look, make, weight, kinds=kinds, ways=ways)


def gives(result: str, rule: Rule) -> Make:
    """The results of a mistake that touches `result` alone."""

    def make(case: Case) -> Results | None:
        array = rule(case)
        return None if array is None else {result: array}

    return make
