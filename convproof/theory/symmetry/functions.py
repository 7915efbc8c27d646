"""Update functions on NumPy arrays: the optimisers of this package, and a user's own."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.errors import SpecError, SpecTypeError
from convproof.theory.groups import Matrix
from convproof.theory.optimisers import Rule
from convproof.theory.symmetry.subject import checked, coarsest
from convproof.theory.symmetry.trace import Record, recorded

FORMS = "a function (weight, gradient) -> weight or (weight, gradient, state) -> (weight, state)"
_STATES = ("state", "buffer", "memory", "opt_state")
_SILENT = "it returned nothing and left the weight as it was: does it lack its return?"


class _Watched(np.ndarray[Any, Any]):
    """An array that tells which types are computed in: its own descendants' ones."""

    seen: set[str]

    def __array_finalize__(self, origin: Any) -> None:
        seen = getattr(origin, "seen", None)
        self.seen = set() if seen is None else seen
        self.seen.add(str(self.dtype))


def watched(values: Matrix, seen: set[str]) -> Matrix:
    """A copy of `values` whose descendants note their types in `seen`."""
    array = values.copy().view(_Watched)
    array.seen = seen
    return array


@dataclass(frozen=True)
class Known:
    """One of this package's own optimisers."""

    label: str
    rule: Rule
    seeded: bool = False
    costly: bool = False

    def run(self, weight: Matrix, gradients: Matrix, seed: int = 0) -> Matrix:
        """The weights after each step."""
        moved, state, path = weight, None, []
        for gradient in gradients:
            moved, state = self.rule(moved, gradient, state)
            moved = np.asarray(moved, dtype=weight.dtype)
            path.append(moved)
        return np.array(path)

    def record(self, weight: Matrix, gradients: Matrix) -> Record | None:
        """A run with its operations on record."""
        return recorded(self.rule, None, weight, gradients)

    def lowest(self, weight: Matrix, gradients: Matrix) -> str | None:
        """float64: they are written for whatever type they are given."""
        return "float64"


@dataclass(frozen=True)
class UserFunction:
    """A user's function; it is given copies and may write to them."""

    function: Callable[..., Any]
    start: Callable[[], tuple[Any, ...]]
    seeded: bool = False
    costly: bool = False

    @property
    def label(self) -> str:
        """Its name."""
        return _called(self.function)

    def run(self, weight: Matrix, gradients: Matrix, seed: int = 0) -> Matrix:
        """The weights after each step."""
        path, extra = [weight], self.start()
        silent = True
        for gradient in gradients:
            moved, extra, said = self.step(path[-1].copy(), gradient.copy(), extra)
            moved = checked(self.label, np.asarray(moved), weight)
            silent = silent and not said and np.array_equal(moved, path[-1])
            path.append(moved)
        if silent and np.any(gradients):
            raise SpecError.of("rule", self.label, FORMS, _SILENT)
        return np.array(path[1:])

    def step(
        self, weight: Matrix, gradient: Matrix, extra: tuple[Any, ...]
    ) -> tuple[Matrix, tuple[Any, ...], bool]:
        """The new weight, the state, and whether anything was returned."""
        shape = weight.shape
        try:
            result = self.function(weight, gradient, *extra)
        except Exception as error:  # whatever a user's function raises, it is reported
            reason = f"with a weight of shape {shape} it raised {error!r}"
            raise SpecError.of("rule", self.label, FORMS, reason) from error
        if isinstance(result, tuple) and len(result) == 2:
            result, after = result
            extra = (after,) if extra else ()
        # a rule that returns nothing may have written to the weight it was given
        moved = weight if result is None else np.asanyarray(result)
        return moved, extra, result is not None

    def record(self, weight: Matrix, gradients: Matrix) -> Record | None:
        """A run with its operations on record."""

        def step(moved: Any, gradient: Any, extra: Any) -> tuple[Any, Any]:
            after, extra, _ = self.step(moved.copy(), gradient, extra)
            return after, extra

        return recorded(step, self.start(), weight, gradients)

    def lowest(self, weight: Matrix, gradients: Matrix) -> str | None:
        """By arrays that note the types of what is computed from them, if they reach the end."""
        seen: set[str] = set()
        moved, extra = watched(weight, seen), self.start()
        try:
            for gradient in gradients[:3]:
                moved, extra, _ = self.step(moved, watched(gradient, seen), extra)
                if not isinstance(moved, _Watched):
                    return None
        except SpecError:  # it does not like an array of another class
            return None
        return coarsest(seen)


def adapted(function: Callable[..., Any]) -> UserFunction:
    """A user's update function: its form is found by calling it.

    Raises:
        SpecError: if none of the forms suits it.
    """
    if not callable(function):
        raise SpecTypeError.of("rule", function, f"an optimiser, its name, or {FORMS}")
    first: SpecError | None = None
    # Numbers without a pattern: ones are a fixed point of some rules, and so no probe.
    weight = np.array([[1.0, -2.0, 0.5], [0.25, 3.0, -1.5]])
    gradients = np.array(
        [[[0.5, 1.0, -2.0], [1.5, -0.75, 0.3]], [[-1.0, 0.2, 0.7], [2.0, 0.1, 1.0]]]
    )
    for start in _starts(function):
        subject = UserFunction(function, start)
        try:
            subject.run(weight, gradients)
        except SpecError as error:
            first = first or error
            continue
        return subject
    third = _third(function)
    if third is not None:
        mend = f"it fails with {third} = {{}} and with {third} = None, an empty state: if {third} "
        mend += "is something else, give it a default, or bind it"
        raise SpecError.of("rule", _called(function), FORMS, mend) from first
    raise first or SpecError.of("rule", function, FORMS)


def _called(function: Any) -> str:
    """A function's name."""
    return str(getattr(function, "__qualname__", repr(function)))


def _third(function: Callable[..., Any]) -> str | None:
    """The name of a required third argument, if it is not one that a state has."""
    try:
        given = list(inspect.signature(function).parameters.values())[2:3]
    except (TypeError, ValueError):
        return None
    names = [p.name for p in given if p.default is p.empty and p.kind is not p.VAR_POSITIONAL]
    return next((name for name in names if name.lower() not in _STATES), None)


def _starts(function: Callable[..., Any]) -> list[Callable[[], tuple[Any, ...]]]:
    """The ways to make the extra arguments of a rule's first call."""
    try:
        given = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):  # some built-in functions have no signature
        return [lambda: ()]
    places = [p for p in given if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    required = [p for p in places if p.default is p.empty]
    wanted = [p.name for p in given if p.kind is p.KEYWORD_ONLY and p.default is p.empty]
    wanted += [p.name for p in required[3:]]
    loose = any(p.kind is p.VAR_POSITIONAL for p in given)
    if (len(places) < 2 and not loose) or wanted:
        reason = f"it needs {', '.join(wanted)}: give it a default, or bind it" if wanted else ""
        raise SpecError.of("rule", _called(function), FORMS, reason)
    if len(required) == 3:
        return [lambda: ({},), lambda: (None,)]
    if len(places) > 2 and places[2].name.lower() in _STATES:
        default = places[2].default
        return [lambda: (copy.deepcopy(default),), lambda: ({},)]
    return [lambda: ()]
