"""The step checker: replays every step on concrete sizes, exactly, trusting nobody.

It never imports the rules.  Each step's two sides are evaluated at every free index of small
worlds with integer arrays (derivatives by dual numbers), the chain is checked for gaps, and
what it arrives at is compared with plain loops over the definition.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import Any

from sympy import Basic, Symbol
from sympy.concrete.expr_with_limits import ExprWithLimits

from convproof.derive import oracle
from convproof.derive.evaluate import World
from convproof.derive.step import Derivation, Goal
from convproof.derive.symbols import Limit
from convproof.derive.worlds import sizes, world
from convproof.errors import DerivationError
from convproof.evidence import Verdict

WORLDS = {1: 16, 2: 10, 3: 4}
# With more terms than this a goal's steps are replayed on an even sample of the index values.
MOST_TERMS, FEWEST_PLACES = 20_000, 8


def check(derivation: Derivation) -> Verdict:
    """Held if every step replays and every result is the definition's; else a witness.

    Raises nothing for a wrong derivation: that is a refuted verdict, which says which step,
    at which sizes and indices, and what the two sides are.
    """
    gap = _gap(derivation)
    if gap is not None:
        return gap
    chosen = sizes(derivation, WORLDS[_rank(derivation)])
    if not chosen:
        return Verdict.undecided(f"no small sizes satisfy {derivation.given}")
    places = 0
    for seed, values in enumerate(chosen):
        made = world(derivation, values, seed)
        for goal in derivation.goals.values():
            try:
                wrong, count = _replay(derivation, goal, made)
            except DerivationError as error:
                return Verdict.refute(f"{goal.name}: {error}", sizes=_names(values))
            places += count
            if wrong is not None:
                return wrong
        wrong = oracle.compare(derivation, made)
        if wrong is not None:
            return wrong
    return Verdict.held(
        f"{len(derivation.steps)} steps replayed exactly on {len(chosen)} choices of sizes, "
        f"{places} values in all; the results equal plain loops over the definition"
    )


def definition(derivation: Derivation, worlds: int = 4) -> Verdict:
    """Whether the results are the definition's, by plain loops; the steps are not replayed.

    Where the steps are proved, this is what is left to ask: that they start from the definition.
    """
    chosen = sizes(derivation, worlds)
    if not chosen or not oracle.applies(derivation):
        return Verdict.undecided(f"nothing to compare {derivation.name} with")
    for seed, values in enumerate(chosen):
        try:
            wrong = oracle.compare(derivation, world(derivation, values, seed))
        except DerivationError as error:
            return Verdict.refute(str(error), sizes=_names(values))
        if wrong is not None:
            return wrong
    return Verdict.held(
        f"{derivation.name}: plain loops over the definition on {len(chosen)} choices of sizes"
    )


def _rank(derivation: Derivation) -> int:
    name = derivation.name
    return int(name[-2]) if name.endswith("d") and name[-2].isdigit() else 1


def _gap(derivation: Derivation) -> Verdict | None:
    """A chain that does not start, jumps, or does not arrive at its goal."""
    for goal in derivation.goals.values():
        chain = [step for step in derivation.steps if step.goal == goal.name]
        if not chain:
            return Verdict.refute(f"{goal.name}: no step leads to it")
        if chain[0].before != goal.start:
            return Verdict.refute(f"{goal.name}: the chain does not start at the definition")
        for one, other in itertools.pairwise(chain):
            if one.after != other.before:
                return Verdict.refute(f"{goal.name}: a gap before {other.rule!r}")
        if chain[-1].after != goal.result:
            return Verdict.refute(f"{goal.name}: the last step is not the result")
    stray = {step.goal for step in derivation.steps} - set(derivation.goals)
    return Verdict.refute(f"steps for no goal: {sorted(stray)}") if stray else None


def places(free: Sequence[Limit], made: World) -> Iterator[tuple[int, ...]]:
    """Every value of the free indices in `made`."""
    ranges = [
        range(made.function(low, ())(), made.function(high, ())() + 1) for _, low, high in free
    ]
    return itertools.product(*ranges)


def _replay(derivation: Derivation, goal: Goal, made: World) -> tuple[Verdict | None, int]:
    indices = [index for index, _, _ in goal.free]
    where = list(places(goal.free, made))
    most = max(MOST_TERMS // _terms(derivation, goal, made), FEWEST_PLACES)
    where = where[:: max(1, -(-len(where) // most))]
    known: dict[Basic, list[Any]] = {}

    def values(expr: Basic) -> list[Any]:
        if expr not in known:
            function = made.function(expr, indices)
            known[expr] = [function(*place) for place in where]
        return known[expr]

    for step in derivation.steps:
        if step.goal != goal.name:
            continue
        for place, before, after in zip(
            where, values(step.before), values(step.after), strict=True
        ):
            if before != after:
                return Verdict.refute(
                    f"{goal.name}: the step {step.rule!r} changes the value",
                    rule=step.rule,
                    at={str(i): v for i, v in zip(indices, place, strict=True)},
                    before=str(before),
                    after=str(after),
                    sizes=_names(made.sizes),
                ), 0
    return None, len(where) * len(known)


def _terms(derivation: Derivation, goal: Goal, made: World) -> int:
    """The terms of the longest sum in the chain (loops whose ends are indices count once)."""
    longest = 1
    for step in derivation.steps:
        if step.goal == goal.name:
            limits = [limit for part in step.before.atoms(ExprWithLimits) for limit in part.limits]
            ends = [high for _, _, high in limits if high.free_symbols <= made.sizes.keys()]
            longest = max(longest, math.prod(max(1, made.function(high, ())()) for high in ends))
    return longest


def _names(values: dict[Symbol, int]) -> dict[str, int]:
    return {str(symbol): value for symbol, value in values.items()}
