"""Concrete sizes to replay a derivation on: chosen so that every behaviour occurs.

Leftover rows, strides beyond the kernel, dilation, padding as wide as the kernel and on one
side only, one tap, sizes that differ from axis to axis.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator, Mapping

import sympy
from sympy import Basic, Symbol

from convproof.derive.evaluate import World
from convproof.derive.step import Derivation

# size, kernel, stride, dilation, padding before, padding after, output padding
_AXES = (
    (5, 2, 2, 1, 0, 0, 1),
    (4, 3, 1, 1, 1, 2, 0),
    (3, 2, 3, 1, 1, 0, 2),
    (5, 2, 1, 2, 2, 1, 0),
    (4, 3, 2, 2, 2, 1, 1),
    (4, 1, 3, 1, 0, 0, 0),
    (3, 3, 2, 1, 0, 2, 0),
    (2, 4, 1, 1, 2, 3, 0),
)
_CHANNELS = ((2, 1, 2, 1), (1, 2, 1, 2), (1, 1, 2, 2), (2, 2, 1, 1))
MOST_ENTRIES = 200
MOST_TRIED = 2000
_LETTERS = ("", "K", "S", "D", "P", "Q", "A")


def _candidates() -> Iterator[dict[str, int]]:
    pick = random.Random(0)
    for number in itertools.count():
        axes: dict[str, tuple[int, ...]] = {
            name: _AXES[(number + shift) % len(_AXES)]
            for name, shift in (("H", 0), ("W", 3), ("T", 6))
        }
        if number >= len(_AXES):
            axes = {name: tuple(pick.randint(low, high) for low, high in _RANGES) for name in axes}
        channels = _CHANNELS[number % len(_CHANNELS)]
        values = dict(zip("NGCM", channels, strict=True))
        for name, sizes in axes.items():
            for letter, value in zip(_LETTERS, sizes, strict=True):
                values[f"{letter}_{name}" if letter else name] = value
                # The outputs of a window are inputs of its transpose: then O is the free size.
                values[f"O_{name}"] = min(sizes[0], 3)
        yield values


_RANGES = ((1, 7), (1, 4), (1, 4), (1, 3), (0, 3), (0, 3), (0, 2))


def sizes(derivation: Derivation, wanted: int) -> list[dict[Symbol, int]]:
    """Up to `wanted` different assignments of the free sizes that satisfy what is given."""
    found: list[dict[Symbol, int]] = []
    free = _free_sizes(derivation)
    for values in itertools.islice(_candidates(), MOST_TRIED):
        world: dict[Symbol, int] = {}
        for symbol in free:
            world[symbol] = values[symbol.name]
        if not all(fact.xreplace(world) == sympy.true for fact in derivation.given):
            continue
        for symbol, formula in derivation.sizes.items():
            world[symbol] = int(formula.xreplace(world))
        if world not in found and _entries(derivation, world) <= MOST_ENTRIES:
            found.append(world)
        if len(found) == wanted:
            break
    return found


def _entries(derivation: Derivation, world: Mapping[Symbol, int]) -> int:
    """The entries of the largest given array: what a replay's time grows with."""
    return max(
        math.prod(int(size.xreplace(world)) for size in shape)
        for shape in derivation.arrays.values()
    )


def _free_sizes(derivation: Derivation) -> list[Symbol]:
    used: set[Basic] = set()
    for shape in (derivation.output_shape, *derivation.arrays.values()):
        for size in shape:
            used |= size.free_symbols
    for expr in (*derivation.sizes.values(), *derivation.given):
        used |= expr.free_symbols
    for step in derivation.steps:
        used |= step.before.free_symbols
    # Array labels and indices are symbols too: sizes are those that candidates speak of.
    known = next(_candidates())
    used = {s for s in used - set(derivation.sizes) if str(s) in known and isinstance(s, Symbol)}
    return sorted(used, key=str)


def world(derivation: Derivation, chosen: Mapping[Symbol, int], seed: int = 0) -> World:
    """The world of `chosen` sizes: given arrays full of small integers, definitions on demand."""
    pick = random.Random(seed)
    arrays = {}
    for base, shape in derivation.arrays.items():
        highs = [int(size.xreplace(chosen)) for size in shape]
        places = itertools.product(*(range(1, high + 1) for high in highs))
        arrays[base] = {place: pick.randint(-4, 4) for place in places}
    made = World(chosen, arrays)
    for one in derivation.definitions:
        ends = tuple(made.function(high, ())() for _, _, high in one.free)
        made.define(one.left.base, ends, made.function(one.right, one.left.indices))
    return made
