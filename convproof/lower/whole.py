"""Patches of all positions at once, and one product of two matrices: no blocks, no groups.

Patches (images and positions, taps and channels), outputs (images and positions, channels), kernel
(taps and channels, outputs): the first of a forward are multiplied by the kernel, and turned, by
the outputs' gradients, they give the kernel's gradient.
"""

from __future__ import annotations

from sympy import Expr, Mul

from convproof.derive.step import Derivation
from convproof.errors import LoweringError
from convproof.lower.assemble import assemble, linear, main_term, name, sizes_of, tap_size
from convproof.lower.contraction import Access, Contraction, contractions
from convproof.lower.program import Dot, Let, Program, Shaped, Statement, View, Windows


def lower_whole(derivation: Derivation, goal_name: str, title: str, doc: str) -> Program:
    """The goal, where there is one group."""
    term = main_term(contractions(derivation, derivation.goals[goal_name]))
    fine, coarse, weights = (_with(term, kind) for kind in ("fine", "coarse", "tap"))
    relations = sorted(term.relations, key=lambda one: "qkl".index(one.tap))
    taps, size = tuple(one.tap for one in relations), sizes_of()
    if (
        fine.letters[-2:] != ("g", "c")
        or coarse.letters != (*fine.letters[:-1], "m")
        or weights.letters != (*taps, "c", "g", "m")
        or term.out is fine
    ):
        raise LoweringError(f"{goal_name} is no product of patches")
    outs = tuple(one.coarse_size for one in relations)
    counts = tuple(tap_size(one) for one in relations)
    spots, depth = size["n"] * Mul(*outs), size["c"] * Mul(*counts)
    lines = [linear(one.offset, one.tap) for one in relations]
    seen = Windows(
        View(name(fine.array)),
        counts,
        tuple(gap for gap, _ in lines),
        tuple(offset for _, offset in lines),
        tuple(one.stride for one in relations),
        outs,
    )
    patches = Shaped(View("patches"), (spots, depth))
    columns = size["m"]
    shape: tuple[Expr, ...]
    if term.out is coarse:
        shape = (size["n"], *outs, size["g"], columns)
        made = Dot(patches, Shaped(View(name(weights.array)), (depth, columns)), shape)
    else:
        shape = (*counts, size["c"], size["g"], columns)
        flow = Shaped(View(name(coarse.array)), (spots, columns))
        made = Dot(patches, flow, shape, flip=True)
    result = name(term.out.array)
    body: list[Statement] = [Let("patches", seen), Let(result, made)]
    arrays = sorted((one.array for one in term.factors), key=lambda one: _RANK.index(str(one)))
    return assemble(title, doc, derivation, arrays, body, result)


_RANK = ("dZ", "X", "K")


def _with(term: Contraction, kind: str) -> Access:
    accesses = (term.out, *term.factors)
    (found,) = (one for one in accesses if any(dim.kind == kind for dim in one.dims))
    return found
