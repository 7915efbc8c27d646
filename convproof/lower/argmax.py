"""Which array's maxima take a gradient, and whether its winners are numbered row by row."""

from __future__ import annotations

from sympy import Expr, IndexedBase, S, expand

from convproof.derive.step import Derivation, Goal
from convproof.errors import LoweringError
from convproof.lower.contraction import Contraction, contractions


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
