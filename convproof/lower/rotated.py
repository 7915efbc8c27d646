"""The input's gradient as a convolution of the output's gradient, the kernel rotated.

The relation i = S*o + D*k + r has S*o = i - (D*k + r); with the tap counted from the other end,
k = K-1-t, that is S*o = i + D*t - (D*(K-1) + r): the relation of a convolution of stride 1 again,
in which the two images and the two channels have changed places.  It reads the places S*o and
those between them, where there is no output: an image of the outputs with zeros between them.
"""

from __future__ import annotations

from sympy import Expr, Integer, Symbol

from convproof.derive.step import Derivation
from convproof.errors import LoweringError
from convproof.lower.assemble import assemble, linear, main_term, name, tap_size
from convproof.lower.contraction import Relation, contractions
from convproof.lower.program import (
    Call,
    Item,
    Let,
    Product,
    Program,
    Sizes,
    Spread,
    Statement,
    View,
)  # fmt: skip


def lower_rotated(derivation: Derivation, forward: Program, title: str, doc: str) -> Program:
    """The gradient as a call of `forward`, the program of the convolution itself."""
    goal = derivation.goals["gradient x"]
    term = main_term(contractions(derivation, goal))
    flow, weights = sorted(term.factors, key=lambda one: ("dZ", "K").index(str(one.array)))
    relations = sorted(term.relations, key=lambda one: "qkl".index(one.tap))
    taps = tuple(relation.tap for relation in relations)
    if weights.letters != (*taps, "c", "g", "m") or forward.params[:2] != ("x", "kernel"):
        raise LoweringError(f"the factors of {goal.name} are no gradient and kernel")
    rank = len(relations)
    outs = tuple(relation.coarse_size for relation in relations)
    strides = tuple(relation.stride for relation in relations)
    back: tuple[Item, ...] = ("-",) * rank
    order = (*range(rank), rank + 2, rank + 1, rank)
    rotated = Product((View(name(weights.array), back, order),))
    body: list[Statement] = [
        Let("rotated", rotated),
        Let("wide", Spread(name(flow.array), outs, strides)),
        Let("rotated_lo", Sizes(tuple(_low(relation) for relation in relations))),
        Let("ones", Sizes((Integer(1),) * rank)),
        Let(name(term.out.array), Call(forward, (
            "wide", "rotated", "ones", "dilation", "rotated_lo", "space", *forward.params[6:],
        ))),
    ]  # fmt: skip
    arrays, result = [flow.array, weights.array], name(term.out.array)
    return assemble(
        title,
        doc,
        derivation,
        arrays,
        body,
        result,
        ("space", *forward.params[6:]),
        ("stride", "dilation"),
    )


def _low(relation: Relation) -> Expr:
    """The rotated relation's zeros ahead, from o + offset(K-1-t) = i put as i + gap*t - low = o."""
    gap, start = linear(relation.offset, relation.tap)
    last = tap_size(relation) - 1
    tap, low = Symbol(relation.tap, integer=True), gap * last + start
    if (-(gap * (last - tap) + start) - (gap * tap - low)).expand() != 0:
        raise LoweringError(f"{relation} does not turn into a convolution's")
    return low
