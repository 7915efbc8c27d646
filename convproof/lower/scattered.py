"""The gradient of a pool, axis by axis, for some rows of windows at a time.

A window is a product of intervals, numbered row by row.  So its first maximum lies in the first of
its rows that has the largest maximum, at the first place of that row that does: a pool along the
last axis, then one along the axis before it, and so on, each with winners of its own.  The gradient
goes back through them in turn.  A mean's goes the same way, to all pixels.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Expr, Max, Min, Symbol, floor

from convproof.derive.step import Derivation
from convproof.lower.argmax import image_of
from convproof.lower.assemble import assemble, banded, linear, main_term, name, tap_size
from convproof.lower.contraction import Relation, contractions
from convproof.lower.program import (
    Blocks,
    Cut,
    Duels,
    Item,
    Let,
    New,
    Product,
    Program,
    Reached,
    Scatter,
    Spans,
    Statement,
    Tasks,
    View,
)  # fmt: skip
from convproof.lower.taps import divisors_of, laid_out, of_block

BLOCK: tuple[Item, ...] = (("slice", "images"), ("slice", "rows"))
SEEN: tuple[Item, ...] = (("slice", "images"), ("slice", "seen"))


def lower_scattered(derivation: Derivation, goal_name: str, title: str, doc: str) -> Program:
    """Each window's gradient to its first maximum, or its share of it to all its pixels."""
    goal = derivation.goals[goal_name]
    term = main_term(contractions(derivation, goal))
    counts, divisors = divisors_of(derivation, term)
    flow = next(factor for factor in term.factors if factor.power == 1)
    top = term.selected is not None
    image = image_of(derivation, term) if top else flow.array
    term, high = banded(term)
    relations = sorted(term.relations, key=lambda one: "qkl".index(one.tap))
    first, letters = relations[0], flow.letters
    seen_size, start = Symbol("seen_size", integer=True), Symbol("rows_start", integer=True)
    gap, offset = linear(first.offset, first.tap)
    pixels = Reached(
        "rows", first.stride, gap * (tap_size(first) - 1) + 1,
        (offset - first.stride * start).expand(), high, first.fine_size,
    )  # fmt: skip
    local = replace(
        first, offset=first.offset - Symbol("seen_start", integer=True), fine_size=seen_size
    )
    inside = [local, *relations[1:]]
    body: list[Statement] = [Let("seen", pixels), *(_spans(one) for one in inside)]
    if top:
        coarse = tuple(one.coarse_size for one in inside)
        spans = tuple(f"{one.axis}_spans" for one in inside)
        body.append(Duels("takes", View(name(image), SEEN), coarse, spans))
    source = View(name(flow.array), BLOCK)
    if divisors:
        steps, names = of_block(divisors, first.axis)
        views = tuple(
            View(names.get(one.array, one.array), one.items) for one in laid_out(divisors, flow)
        )
        body += [*steps, Let("shared", Product((source,), views))]
        source = View("shared")
    sizes: list[Expr] = [Symbol("images_size", integer=True), first.coarse_size]
    sizes += derivation.arrays[flow.array][2:]
    for number, one in enumerate(inside):
        axis = letters.index(one.axis)
        sizes[axis] = one.fine_size
        last, result = one is inside[-1], f"along_{one.axis}"
        target = View(name(term.out.array), SEEN) if last else View(result)
        if not last:
            body.append(New(result, tuple(sizes), (name(flow.array),), "empty"))
        body.append(Scatter(
            target, source, axis, f"{one.axis}_spans", "takes" if top else "", number,
            "seen_kept" if last else "",
        ))  # fmt: skip
        source = target
    block = Symbol("block", integer=True, positive=True)
    whole = tuple(size for _, _, size in goal.free)
    images = Cut("images", whole[0], Max(1, floor(block / high)))
    steps = [
        *counts,
        New(name(term.out.array), whole, (name(flow.array),), "empty"),
        Tasks((images,), (Blocks("rows", high, Min(block, high), tuple(body)),)),
    ]
    arrays = [flow.array, image] if top else [flow.array]
    return assemble(title, doc, derivation, arrays, steps, name(term.out.array), ("block",))


def _spans(one: Relation) -> Spans:
    gap, offset = linear(one.offset, one.tap)
    return Spans(
        f"{one.axis}_spans", tap_size(one), gap, offset, one.stride, one.coarse_size, one.fine_size
    )
