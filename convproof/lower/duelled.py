"""A maximum's winners, axis by axis, kept from its forward for its gradient.

What finds them and what follows them back are two programs; a third one does both.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr

from convproof.derive.step import Derivation
from convproof.lower.argmax import image_of
from convproof.lower.assemble import assemble, linear, main_term, name, tap_size
from convproof.lower.contraction import Contraction, Relation, contractions
from convproof.lower.program import (
    Call,
    Duels,
    Let,
    New,
    Program,
    Scatter,
    Sizes,
    Spans,
    Statement,
    View,
)  # fmt: skip

TOLD = ("stride", "dilation", "pad_lo", "taps")
TAKES = "takes"


def lower_duels(derivation: Derivation, title: str, doc: str) -> Program:
    """Which tap of each axis has the maximum; the maxima are put into an array that is given."""
    term, relations = _read(derivation)
    image, maxima = image_of(derivation, term), derivation.goals["forward"].left.base
    coarse = tuple(one.coarse_size for one in relations)
    spans = tuple(f"{one.axis}_spans" for one in relations)
    body: list[Statement] = [
        *map(_spans, relations),
        Duels(TAKES, View(name(image)), coarse, spans, name(maxima)),
    ]
    return assemble(title, doc, derivation, [image, maxima], body, TAKES, (), TOLD)


def lower_back(derivation: Derivation, title: str, doc: str) -> Program:
    """Each window's gradient along one axis after another, to the tap that has the maximum."""
    term, relations = _read(derivation)
    (flow,) = term.factors
    result, source = name(term.out.array), View(name(flow.array))
    sizes: list[Expr] = list(derivation.arrays[flow.array])
    body: list[Statement] = [*map(_spans, relations)]
    for number, one in enumerate(relations):
        axis = flow.letters.index(one.axis)
        sizes[axis] = one.fine_size
        target = result if one is relations[-1] else f"along_{one.axis}"
        body += [
            New(target, tuple(sizes), (name(flow.array),), "empty"),
            Scatter(View(target), source, axis, f"{one.axis}_spans", TAKES, number),
        ]
        source = View(target)
    told = ("stride", "dilation", "pad_lo", "space", "taps")
    return assemble(title, doc, derivation, [flow.array], body, result, (TAKES,), told)


def lower_both(
    derivation: Derivation, ahead: Program, back: Program, title: str, doc: str
) -> Program:
    """The gradient from the image itself: both programs, one after the other."""
    term, relations = _read(derivation)
    image, (flow,) = image_of(derivation, term), term.factors
    maxima, result = derivation.goals["forward"].left.base, name(term.out.array)
    output = tuple(derivation.arrays[flow.array])
    body: list[Statement] = [
        New(name(maxima), output, (name(image),), "empty"),
        Let("space", Sizes(tuple(one.fine_size for one in relations))),
        Let(TAKES, Call(ahead, ahead.params)),
        Let(result, Call(back, back.params)),
    ]
    arrays = [flow.array, image]
    return assemble(title, doc, derivation, arrays, body, result, (), TOLD)


def _read(derivation: Derivation) -> tuple[Contraction, Sequence[Relation]]:
    term = main_term(contractions(derivation, derivation.goals["gradient x"]))
    return term, sorted(term.relations, key=lambda one: "qkl".index(one.tap))


def _spans(one: Relation) -> Spans:
    gap, offset = linear(one.offset, one.tap)
    return Spans(
        f"{one.axis}_spans", tap_size(one), gap, offset, one.stride, one.coarse_size, one.fine_size
    )
