"""A filter for each channel, as sums over what windows see: no matrix has more than one column."""

from __future__ import annotations

from sympy import Integer, Max, Min, Symbol, floor

from convproof.derive.step import Derivation
from convproof.errors import LoweringError
from convproof.lower.assemble import (
    assemble,
    banded,
    linear,
    main_term,
    name,
    sizes_of,
    tap_size,
)
from convproof.lower.contraction import contractions
from convproof.lower.program import (
    Cut,
    Let,
    New,
    Program,
    Statement,
    Tasks,
    Tiled,
    View,
    Weigh,
    Weighed,
    Windows,
)  # fmt: skip

_BLOCK = Symbol("block", integer=True, positive=True)


def lower_channelwise(derivation: Derivation, goal_name: str, title: str, doc: str) -> Program:
    """The forward or the kernel's gradient, where a group has one channel and one output."""
    goal = derivation.goals[goal_name]
    term, high = banded(main_term(contractions(derivation, goal)))
    kinds = {kind: one for one in (term.out, *term.factors) for kind in (d.kind for d in one.dims)}
    fine, coarse, weights = (kinds[kind] for kind in ("fine", "coarse", "tap"))
    relations = sorted(term.relations, key=lambda one: "qkl".index(one.tap))
    taps = tuple(one.tap for one in relations)
    if (
        fine.letters[-2:] != ("g", "c")
        or coarse.letters != (*fine.letters[:-1], "m")
        or weights.letters != (*taps, "c", "g", "m")
        or term.out is fine
    ):
        raise LoweringError(f"{goal_name} is no sum over what windows see")
    lines = [linear(one.offset, one.tap) for one in relations]
    stride = tuple(one.stride for one in relations)
    outs = tuple(one.coarse_size for one in relations)
    seen = Windows(
        View(name(fine.array), (("slice", "images"),)),
        tuple(tap_size(one) for one in relations),
        tuple(gap for gap, _ in lines),
        tuple(offset for _, offset in lines),
        stride,
        outs,
    )
    rows = Min(high, _BLOCK)
    cuts = (Cut("images", sizes_of()["n"], Max(Integer(1), floor(_BLOCK / high))),
            Cut("rows", high, rows))  # fmt: skip
    block = View(name(coarse.array), (("slice", "images"), ("slice", "rows")))
    like = tuple(name(factor.array) for factor in term.factors)
    body: list[Statement]
    if term.out is coarse:
        width = outs[-1] if len(outs) > 1 else rows
        task: tuple[Statement, ...] = (Let("seen", seen), Weigh(block, "seen", "wide", stride[-1]))
        body = [
            Let("wide", Tiled(name(weights.array), width)),
            New(block.array, tuple(size for _, _, size in goal.free), like, "empty"),
            Tasks(cuts, task),
        ]
    else:
        task = (Let("seen", seen), Let("part", Weighed("seen", block, stride[-1])))
        body = [Tasks(cuts, task, "part", name(term.out.array))]
    arrays = sorted((one.array for one in term.factors), key=lambda one: _RANK.index(str(one)))
    last = "out_space" if term.out is coarse else "taps"
    told = ("stride", "dilation", "pad_lo", last)
    return assemble(title, doc, derivation, arrays, body, name(term.out.array), ("block",), told)


_RANK = ("dZ", "X", "K")
