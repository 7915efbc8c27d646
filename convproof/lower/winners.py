"""Which pixel of each window is its first maximum, and the gradient sent there.

Windows are numbered row by row from 0.  What the forward found is handed to the backward, which
then compares no pixels.
"""

from __future__ import annotations

from sympy import Expr, Max, Min, S, Symbol, floor

from convproof.derive.step import Derivation
from convproof.errors import LoweringError
from convproof.lower.argmax import image_of
from convproof.lower.assemble import (
    assemble,
    banded,
    in_loops,
    main_term,
    name,
    sizes_of,
    tap_size,
    windows_apart,
)
from convproof.lower.contraction import Contraction, Relation, contractions
from convproof.lower.program import (
    Blocks,
    Cut,
    Item,
    Let,
    Mark,
    Missing,
    New,
    Pick,
    Program,
    Statement,
    Store,
    Tasks,
    View,
)  # fmt: skip
from convproof.lower.taps import gathered

_BLOCK = Symbol("block", integer=True, positive=True)


def lower_winner(derivation: Derivation, title: str, doc: str) -> Program:
    """The number of each window's first maximum; the last to be looked at is the first in order.

    The maxima themselves are put into an array that is given, y.
    """
    whole = main_term(contractions(derivation, derivation.goals["gradient x"]))
    image, winner, number = _read(derivation, whole)
    term, high = banded(whole)
    relations = _sorted(term)
    flow = term.factors[0]
    sizes = dict(zip(flow.letters, derivation.arrays[flow.array], strict=True))
    images = Symbol("images_size", integer=True)
    block = tuple(
        {"n": images, relations[0].axis: relations[0].coarse_size}.get(letter, size)
        for letter, size in sizes.items()
    )
    most = _taps(relations)
    maxima = derivation.goals["forward"].left.base
    mine = View(name(maxima), (("slice", "images"), ("slice", "rows")))
    ranged = gathered(term, relations, flow.letters, derivation.arrays[image], name(image), mine)
    coarse = _along(term, "o")
    seen = View(name(image), (("slice", "images"), *_along(term, "i")[1:]))
    mark = Mark(View("numbers", coarse), View("tops", coarse), seen, number, "nans")
    task = (
        *ranged,
        Let("tops", mine),
        Let("nans", Missing("tops")),
        New("numbers", block, (), "none", most),
        *in_loops(relations, [mark], [], backwards=True)[len(relations) :],
        Store(View(name(winner), (("slice", "images"), ("slice", "rows"))), "=", View("numbers")),
    )
    body: list[Statement] = [
        New(name(winner), tuple(sizes.values()), (), "none", most),
        Tasks(_cuts(high), task),
    ]
    arrays, told = [image, maxima], ("stride", "dilation", "pad_lo", "out_space", "taps")
    return assemble(title, doc, derivation, arrays, body, name(winner), ("block",), told)


def lower_sent(derivation: Derivation, title: str, doc: str) -> Program:
    """Each window's gradient to the pixel whose number was found, some rows of windows at a time.

    Rows of one image overlap in what they send back: they come one after another.
    """
    whole = main_term(contractions(derivation, derivation.goals["gradient x"]))
    _, winner, number = _read(derivation, whole)
    term, high = banded(whole)
    (flow,) = term.factors
    relations = _sorted(term)
    coarse = _along(term, "o")
    fine: tuple[Item, ...] = (("slice", "images"), *_along(term, "i")[1:])
    block: tuple[Item, ...] = (("slice", "images"), ("slice", "rows"))
    pick = Pick(View(name(term.out.array), fine), View("numbers", coarse),
                View("sent", coarse), number, "apart")  # fmt: skip
    images, rows = _cuts(high)
    body: tuple[Statement, ...] = (
        Let("sent", View(name(flow.array), block)),
        Let("numbers", View(name(winner), block)),
        *in_loops(relations, [pick], []),
    )
    sizes = tuple(size for _, _, size in derivation.goals["gradient x"].free)
    steps: list[Statement] = [
        Let("apart", windows_apart(relations)),
        New(name(term.out.array), sizes, (name(flow.array),), "zeros"),
        Tasks((images,), (Blocks(rows.name, rows.size, rows.step, body),)),
    ]
    arrays, told = [flow.array, winner], ("stride", "dilation", "pad_lo", "space", "taps")
    return assemble(title, doc, derivation, arrays, steps, name(term.out.array), ("block",), told)


def _read(derivation: Derivation, term: Contraction) -> tuple[Expr, Expr, Expr]:
    """The image, the array of winners, and a tap's number, which the derivation has from 1."""
    image = image_of(derivation, term)
    if term.selected is None:
        raise LoweringError("the gradient goes to every pixel of a window")
    row_by_row: Expr = S.Zero
    for relation in _sorted(term):
        (tap,) = (s for s in relation.offset.free_symbols if s.name == relation.tap)
        row_by_row = row_by_row * tap_size(relation) + tap
    return image, term.selected[0].array, row_by_row


def _sorted(term: Contraction) -> tuple[Relation, ...]:
    return tuple(sorted(term.relations, key=lambda one: "qkl".index(one.tap)))


def _letters(term: Contraction) -> tuple[str, ...]:
    return term.factors[0].letters


def _along(term: Contraction, end: str) -> tuple[Item, ...]:
    """The relation's slices on each axis of an image, all else whole."""
    axes = {relation.axis for relation in term.relations}
    return tuple(
        ("slice", f"{letter}_{end}") if letter in axes else ":" for letter in _letters(term)
    )


def _taps(relations: tuple[Relation, ...]) -> Expr:
    total: Expr = S.One
    for relation in relations:
        total *= tap_size(relation)
    return total


def _cuts(high: Expr) -> tuple[Cut, Cut]:
    return (
        Cut("images", sizes_of()["n"], Max(1, floor(_BLOCK / high))),
        Cut("rows", high, Min(_BLOCK, high)),
    )
