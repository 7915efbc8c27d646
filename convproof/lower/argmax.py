"""The gradient of a maximum, axis by axis: where the first maximum is, then back to it.

A window is a product of intervals, numbered row by row.  So its first maximum lies in the first of
its rows that has the largest maximum, at the first place of that row that does: a pool along the
last axis, then one along the axis before it, and so on, each with winners of its own.  The gradient
goes back through them in turn.
"""

from __future__ import annotations

from sympy import Expr, IndexedBase, S, expand

from convproof.derive.step import Derivation, Goal
from convproof.errors import LoweringError
from convproof.lower.assemble import assemble, in_loops, main_term, name, tap_size, windows_apart
from convproof.lower.contraction import Access, Contraction, Relation, contractions, from_zero
from convproof.lower.program import Item, Keep, Let, New, Pick, Program, Statement, View


def lower_argmax(derivation: Derivation, goal_name: str, title: str, doc: str) -> Program:
    """A gradient that goes to the first maximum of each window only."""
    goal = derivation.goals[goal_name]
    term = main_term(contractions(derivation, goal))
    read = image_of(derivation, term)
    (flow,) = term.factors
    relations = sorted(term.relations, key=lambda one: "qkl".index(one.tap))
    image, sizes = name(read), list(derivation.arrays[read])
    source, gone = image, name(flow.array)
    ahead: list[Statement] = []
    back: list[Statement] = []
    for relation in reversed(relations):
        axis = flow.letters.index(relation.axis)
        wide = tuple(sizes)
        sizes[axis] = relation.coarse_size
        top, winner = f"top_{relation.axis}", f"first_{relation.axis}"
        coarse, fine = (_along(term.out, relation.axis, kind) for kind in "oi")
        number = from_zero(_tap(relation))
        keep = Keep(View(top, coarse), View(winner, coarse), View(source, fine), number)
        ahead += [
            New(top, tuple(sizes), (image,), "lowest"),
            New(winner, tuple(sizes), (), "none", tap_size(relation)),
            *in_loops([relation], [keep], [], backwards=True),
        ]
        last = relation is relations[-1]
        result = name(term.out.array) if last else f"along_{relation.axis}"
        before = gone if relation is relations[0] else f"along_{_ahead(relations, relation).axis}"
        apart = f"apart_{relation.axis}"
        pick = Pick(View(result, fine), View(winner, coarse), View(before, coarse), number, apart)
        back = [
            Let(apart, windows_apart([relation])),
            New(result, wide, (gone,), "zeros"),
            *in_loops([relation], [pick], []),
            *back,
        ]
        source = top
    body = [*ahead, *back]
    return assemble(title, doc, derivation, [flow.array, read], body, name(term.out.array))


def _ahead(relations: list[Relation], relation: Relation) -> Relation:
    return relations[relations.index(relation) - 1]


def _tap(relation: Relation) -> Expr:
    (symbol,) = (one for one in relation.offset.free_symbols if one.name == relation.tap)
    return symbol


def _along(access: Access, axis: str, end: str) -> tuple[Item, ...]:
    """One tap's slice of an axis, all else whole."""
    return tuple(("slice", f"{axis}_{end}") if letter == axis else ":" for letter in access.letters)


def image_of(derivation: Derivation, term: Contraction) -> IndexedBase:
    """The array whose maxima take the gradient; winners must be what this schedule relies on.

    They are: the first greatest of the same taps of the same windows, numbered row by row.
    """
    if term.selected is None:
        raise LoweringError("the gradient goes to every pixel of a window")
    winner, number = term.selected
    meaning = next(one for one in derivation.definitions if one.left.base == winner.array)
    goal = Goal("winner", meaning.left, meaning.free, meaning.right, meaning.right)
    (found,) = contractions(derivation, goal)
    row_by_row: Expr = S.Zero
    for tap, low, high in reversed(meaning.right.limits):
        row_by_row = row_by_row * (high - low + 1) + (tap - low)
    same = set(found.relations) == set(term.relations) and len(found.factors) == 1
    if found.op != "max" or not same or expand(row_by_row + 1 - number) != 0:
        raise LoweringError(f"{winner.array} is not the first maximum, row by row")
    return found.factors[0].array
