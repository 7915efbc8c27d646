"""Checks the training-step derivation by replaying it exactly; it never sees the rules used.

In each of several small worlds every array entry is a fraction, R is an exactly orthogonal
rational matrix, and before = after must hold with == at every value of the free indices.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from sympy import Basic, IndexedBase, Symbol

from convproof.derive.evaluate import World
from convproof.derive.step import Derivation, Goal
from convproof.errors import DerivationError
from convproof.evidence import Verdict
from convproof.theory.groups import rational

# Sizes of the worlds in the order of the symbols' names; unequal, so that no two can be mixed up.
_SIZES = ({"N": 1, "H": 2, "d": 2}, {"N": 3, "H": 1, "d": 2}, {"N": 2, "H": 3, "d": 4})
_ORTHOGONAL = "R"


def replay(derivation: Derivation, seed: int = 0) -> Verdict:
    """Whether every chain is unbroken and every step exact in every world.

    Returns:
        held, with the number of comparisons; or refuted, with the step and the first world,
        indices and pair of values that differ.
    """
    broken = _broken(derivation)
    if broken is not None:
        return broken
    compared = 0
    for number, sizes in enumerate(_SIZES):
        world = _world(derivation, sizes, np.random.default_rng([seed, number]))
        for fact in derivation.given:
            for place in _places(_free(fact, world), world):
                if not _value(world, fact, place):
                    return Verdict.refute("the world breaks a hypothesis", given=str(fact))
        for step in derivation.steps:
            goal = derivation.goals[step.goal]
            for place in _ranges(goal, world):
                try:
                    before, after = (_value(world, e, place) for e in (step.before, step.after))
                except DerivationError as error:
                    return Verdict.refute(
                        str(error), goal=step.goal, rule=step.rule, after=str(step.after)
                    )
                compared += 1
                if before != after:
                    return Verdict.refute(
                        f"{step.rule} does not replay",
                        goal=step.goal,
                        rule=step.rule,
                        sizes=sizes,
                        indices={str(symbol): at for symbol, at in place.items()},
                        before=before,
                        after=after,
                    )
    return Verdict.held(
        f"{len(derivation.steps)} steps replayed exactly on fractions in {len(_SIZES)} worlds: "
        f"{compared} comparisons"
    )


def _broken(derivation: Derivation) -> Verdict | None:
    """A refutation if some chain does not lead from its goal's left side to its result."""
    unknown = {step.goal for step in derivation.steps} - set(derivation.goals)
    if unknown:
        return Verdict.refute("steps that lead to no goal", goals=sorted(unknown))
    for name, goal in derivation.goals.items():
        chain = [step for step in derivation.steps if step.goal == name]
        ends = [goal.left, goal.start, *(step.after for step in chain)]
        starts = [goal.start, *(step.before for step in chain), goal.result]
        for place, (end, start) in enumerate(zip(ends, starts, strict=True)):
            if end != start:
                return Verdict.refute(
                    "the chain is broken", goal=name, step=place, end=str(end), start=str(start)
                )
    return None


def _world(derivation: Derivation, sizes: dict[str, int], rng: np.random.Generator) -> World:
    """Random fractions for the arrays, an exact rotation for R, integers for the scalars."""
    symbols: dict[Symbol, int] = {}
    written = [part for step in derivation.steps for part in (step.before, step.after)]
    written += [one.right for one in derivation.definitions]
    written += [top for shape in derivation.arrays.values() for top in shape]
    for expr in written:
        for symbol in expr.atoms(Symbol):
            if symbol.name in sizes:
                symbols[symbol] = sizes[symbol.name]
            elif not symbol.is_integer and symbol.name not in _array_names(derivation):
                symbols[symbol] = 2 + 3 * len(symbol.name)  # eta, mu, lambda: three values
    arrays: dict[IndexedBase, dict[tuple[int, ...], Any]] = {}
    for base, shape in derivation.arrays.items():
        extent = [symbols[extent] for extent in shape]
        if str(base) == _ORTHOGONAL:
            matrix = rational("orthogonal", extent[0], rng)
        else:
            matrix = np.empty(extent, dtype=object)
            for place in np.ndindex(*extent):
                matrix[place] = Fraction(int(rng.integers(-9, 10)), int(rng.integers(1, 6)))
        arrays[base] = {
            tuple(at + 1 for at in place): matrix[place] for place in np.ndindex(*extent)
        }
    world = World(symbols, arrays)
    for one in derivation.definitions:
        tops = tuple(symbols[top] for _, _, top in one.free)
        world.define(one.left.base, tops, world.function(one.right, one.left.indices))
    return world


def _array_names(derivation: Derivation) -> set[str]:
    bases = [*derivation.arrays, *(one.left.base for one in derivation.definitions)]
    return {str(base) for base in bases}


def _free(fact: Basic, world: World) -> dict[Symbol, int]:
    """The free indices of a hypothesis, each with its greatest value: R is d x d."""
    top = next(number for symbol, number in world.sizes.items() if symbol.name == "d")
    letters = fact.free_symbols - set(world.sizes)
    return {s: top for s in letters if isinstance(s, Symbol) and s.is_integer}


def _ranges(goal: Goal, world: World) -> Iterator[dict[Symbol, int]]:
    return _places({var: world.sizes[top] for var, _, top in goal.free}, world)


def _places(tops: dict[Symbol, int], world: World) -> Iterator[dict[Symbol, int]]:
    for values in itertools.product(*(range(1, top + 1) for top in tops.values())):
        yield dict(zip(tops, values, strict=True))


def _value(world: World, expr: Basic, place: dict[Symbol, int]) -> Any:
    return world.function(expr, place)(*place.values())
