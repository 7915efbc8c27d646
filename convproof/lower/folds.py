"""Folds: a pool as reductions over views of its windows, no statement per tap.

Axis by axis for few windows with many taps each; as a product with ones for means of few channels.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Mul, S

from convproof.derive.step import Derivation
from convproof.errors import LoweringError
from convproof.lower.assemble import assemble, linear, main_term, name, tap_size
from convproof.lower.contraction import Access, Contraction, Relation, contractions
from convproof.lower.program import (
    Fold,
    Item,
    Let,
    New,
    Program,
    Rows,
    Shaped,
    Statement,
    View,
    Windows,
)
from convproof.lower.taps import divide, divisors_of

FILLS = {"add": "zeros", "max": "lowest"}  # what a pixel that is not there adds nothing with


def lower_separable(derivation: Derivation, goal_name: str, title: str, doc: str) -> Program:
    """A reduction of one array over its taps, one axis after another.

    Each axis is a layer in one dimension: what is before it counts as images, what is after it as
    channels.
    """
    term, factor, relations = _gathered(derivation, goal_name)
    counts, divisors = divisors_of(derivation, term)
    source = name(factor.array)
    sizes = list(derivation.arrays[factor.array])
    body: list[Statement] = list(counts)
    for relation in relations:
        axis = factor.letters.index(relation.axis)
        gap, offset = linear(relation.offset, relation.tap)
        ahead, behind = Mul(*sizes[:axis]), Mul(*sizes[axis + 1 :])
        seen = Windows(
            Shaped(View(source), (ahead, sizes[axis], S.One, behind)),
            (tap_size(relation),),
            (gap,),
            (offset,),
            (relation.stride,),
            (relation.coarse_size,),
            fill=FILLS[term.op],
        )
        sizes[axis] = relation.coarse_size
        last = relation is relations[-1]
        result = name(term.out.array) if last else f"along_{relation.axis}"
        body += [
            Let("seen", seen),
            New(result, tuple(sizes), (source,), "empty"),
            Fold(result, term.op, "seen", (3,), (ahead, relation.coarse_size, S.One, behind)),
        ]
        source = result
    body += divide(divisors, term.out)
    return assemble(title, doc, derivation, [factor.array], body, source)


def lower_windowed(derivation: Derivation, goal_name: str, title: str, doc: str) -> Program:
    """A reduction of one array over all its taps at once."""
    term, factor, relations = _gathered(derivation, goal_name)
    counts, divisors = divisors_of(derivation, term)
    rank = len(relations)
    seen, new = _all_taps(derivation, term, factor, relations, ("+", ":"))
    # (images, *out, one group, *taps, channels)
    axes = (rank + 1, *range(rank + 2, 2 * rank + 2))
    body = [*counts, seen, new, Fold(new.name, term.op, "seen", axes, new.shape)]
    body += divide(divisors, term.out)
    return assemble(title, doc, derivation, [factor.array], body, new.name)


def lower_planes(derivation: Derivation, goal_name: str, title: str, doc: str) -> Program:
    """A reduction of one array over its taps, of each all windows' pixels side by side."""
    term, factor, relations = _gathered(derivation, goal_name)
    counts, divisors = divisors_of(derivation, term)
    rank = len(relations)
    seen, new = _all_taps(derivation, term, factor, relations, ("+", ":"))
    assert isinstance(seen.value, Windows)
    places, taps = range(1, rank + 2), range(rank + 2, 2 * rank + 2)
    ordered = replace(seen.value, order=(0, *taps, *places, 2 * rank + 2))
    images, *rest = new.shape
    sizes = (images, Mul(*seen.value.taps), Mul(*rest))
    body = [
        *counts,
        Let("seen", ordered),
        Let("planes", Shaped(View("seen"), sizes)),
        new,
        Fold(new.name, term.op, "planes", (1,), (images, sizes[2])),
    ]
    body += divide(divisors, term.out)
    return assemble(title, doc, derivation, [factor.array], body, new.name)


def lower_ones(derivation: Derivation, goal_name: str, title: str, doc: str) -> Program:
    """A sum of one array over its taps as patches, one row for each window, times ones."""
    term, factor, relations = _gathered(derivation, goal_name)
    counts, divisors = divisors_of(derivation, term)
    if term.op != "add":
        raise LoweringError(f"{goal_name} is no sum")
    # Each channel is a group of one: (images, *out, channels, *taps).
    seen, new = _all_taps(derivation, term, factor, relations, (":", "+"))
    taps = Mul(*(tap_size(relation) for relation in relations))
    body = [*counts, seen, new, Rows(new.name, "seen", taps)]
    body += divide(divisors, term.out)
    return assemble(title, doc, derivation, [factor.array], body, new.name)


def _all_taps(
    derivation: Derivation,
    term: Contraction,
    factor: Access,
    relations: list[Relation],
    channels: tuple[Item, ...],
) -> tuple[Let, New]:
    """The windows of an array (images, *space, channels), and the array that they become."""
    sizes, rank = derivation.arrays[factor.array], len(relations)
    lines = [linear(relation.offset, relation.tap) for relation in relations]
    seen = Windows(
        View(name(factor.array), (*(":" for _ in range(rank + 1)), *channels)),
        tuple(tap_size(relation) for relation in relations),
        tuple(gap for gap, _ in lines),
        tuple(offset for _, offset in lines),
        tuple(relation.stride for relation in relations),
        tuple(relation.coarse_size for relation in relations),
        fill=FILLS[term.op],
    )
    shape = (sizes[0], *seen.coarse, *sizes[rank + 1 :])
    return Let("seen", seen), New(name(term.out.array), shape, (name(factor.array),), "empty")


def _gathered(derivation: Derivation, goal_name: str) -> tuple[Contraction, Access, list[Relation]]:
    """The term, the one array that it gathers, and its relations in the order of its axes."""
    term = main_term(contractions(derivation, derivation.goals[goal_name]))
    factors = [factor for factor in term.factors if factor.power == 1]
    relations = sorted(term.relations, key=lambda one: "qkl".index(one.tap))
    kinds = ["whole", *("fine" for _ in relations), "whole"]
    if len(factors) != 1 or term.selected or [dim.kind for dim in factors[0].dims] != kinds:
        raise LoweringError(f"{goal_name} does not gather one array of images and channels")
    return term, factors[0], relations
