"""What every lowering needs: names, views, the sizes a program must be told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from sympy import Expr, IndexedBase, S, Symbol, expand

from convproof.derive.step import Derivation
from convproof.derive.symbols import AXIS_NAMES, SymbolicAxis
from convproof.errors import LoweringError
from convproof.lower.contraction import Access, Contraction, Relation
from convproof.lower.program import (
    Apart,
    Band,
    Item,
    Let,
    Loop,
    Matrix,
    New,
    Program,
    Spans,
    Statement,
    Taps,
    Tasks,
    Unpack,
    View,
)  # fmt: skip

NAMES = {
    "X": "x", "K": "kernel", "b": "bias", "Z": "z", "Y": "y", "dZ": "dz", "dY": "dy", "A": "winner",
    "dX": "dx", "dK": "dkernel", "db": "dbias", "Xp": "padded", "dXp": "dpadded",
}  # fmt: skip
TUPLES = {
    "stride": "S_", "dilation": "D_", "pad_lo": "P_", "pad_hi": "Q_",
    "space": "", "out_space": "O_", "taps": "K_",
}  # fmt: skip
_ORDER = {"q": 0, "k": 1, "l": 2}


def name(array: IndexedBase) -> str:
    """The Python name of an array."""
    text = str(array)
    return NAMES.get(text, f"count_{text[-1].lower()}")


def view(access: Access, looped: Iterable[str], target: Sequence[str] | None = None) -> View:
    """`access` inside the loops, its other dimensions laid out for broadcasting along `target`."""
    items: list[Item] = []
    rest: list[str] = []
    for dim in access.dims:
        if dim.kind == "tap" or dim.letter in looped:
            items.append(("at", dim.letter))
            continue
        if dim.relation is None:
            items.append(":")
        else:
            items.append(("slice", f"{dim.letter}_{'o' if dim.kind == 'coarse' else 'i'}"))
        rest.append(dim.letter)
    if target is None:
        return View(name(access.array), tuple(items))
    wanted = list(target[min((target.index(letter) for letter in rest), default=0) :])
    if rest == [letter for letter in wanted if letter in rest]:
        return View(name(access.array), tuple(_spread(items, rest, wanted)))
    missing = [letter for letter in wanted if letter not in rest]
    have = rest + missing
    order = tuple(have.index(letter) for letter in wanted)
    return View(name(access.array), (*items, *("+" for _ in missing)), order)


def _spread(items: Sequence[Item], rest: Sequence[str], wanted: Sequence[str]) -> list[Item]:
    """`items` with a new dimension wherever `wanted` has a letter that `rest` lacks."""
    spread: list[Item] = []
    ahead = list(wanted)
    letters = iter(rest)
    for item in items:
        if isinstance(item, tuple) and item[0] == "at":
            spread.append(item)
            continue
        letter = next(letters)
        while ahead[0] != letter:
            spread.append("+")
            ahead.pop(0)
        spread.append(item)
        ahead.pop(0)
    return [*spread, *("+" for _ in ahead)]


def in_loops(
    relations: Sequence[Relation],
    body: Sequence[Statement],
    sizes: Sequence[tuple[str, Expr]],
    backwards: bool = False,
) -> tuple[Statement, ...]:
    """`body` inside a loop over each tap (with its slices), then over each of `sizes`."""
    inner = tuple(body)
    for letter, size in reversed(sizes):
        inner = (Loop(letter, size, inner),)
    spans: list[Statement] = []
    for relation in sorted(relations, key=lambda one: -_ORDER[one.tap]):
        axis, tap = relation.axis, relation.tap
        name = f"{axis}_spans"
        inner = (Taps(name, tap, f"{axis}_o", f"{axis}_i", inner, backwards),)
        gap, offset = linear(relation.offset, tap)
        sizes_of_span = (relation.stride, relation.coarse_size, relation.fine_size)
        spans.insert(0, Spans(name, tap_size(relation), gap, offset, *sizes_of_span))
    return (*spans, *inner)


def windows_apart(relations: Sequence[Relation]) -> Apart:
    """Whether no pixel is in two windows."""
    gaps = [linear(relation.offset, relation.tap)[0] for relation in relations]
    spans = (gap * (tap_size(r) - 1) + 1 for gap, r in zip(gaps, relations, strict=True))
    return Apart(tuple(relation.stride for relation in relations), tuple(spans))


def linear(offset: Expr, tap: str) -> tuple[Expr, Expr]:
    """(gap, start) with offset = gap*tap + start."""
    (symbol,) = (one for one in offset.free_symbols if one.name == tap)
    start = offset.xreplace({symbol: S.Zero})
    gap = expand(offset - start) / symbol
    if gap.has(symbol):
        raise LoweringError(f"the tap {tap} is not linear in {offset}")
    return gap, start


def tap_size(relation: Relation) -> Expr:
    """How many taps the relation's axis has; bound by `assemble` if it is a number."""
    return SymbolicAxis({"q": "T", "k": "H", "l": "W"}[relation.tap]).kernel


def assemble(
    title: str,
    doc: str,
    derivation: Derivation,
    arrays: Sequence[IndexedBase],
    body: Sequence[Statement],
    result: str,
    extra: Sequence[str] = (),
    told: Sequence[str] = (),
) -> Program:
    """A program whose sizes come from its arrays' shapes and, what is left, from tuples.

    The tuples in `told` are parameters even if it needs none of their numbers.
    """
    for step in body:
        if isinstance(step, Tasks):
            disjoint(step)
    body = bind(body, derivation)
    needed = {symbol.name for symbol in symbols(body)}
    heads: list[Statement] = []
    have: set[str] = set()
    shapes = shapes_of(derivation)
    for array in arrays:
        names = tuple(
            str(size) if size.is_Symbol and str(size) in needed - have else "_"
            for size in shapes[array]
        )
        if set(names) != {"_"}:
            heads.append(Unpack(names, name(array), True))
            have |= set(names)
    tuples = []
    rank_names = _axis_names(derivation)
    for param, prefix in TUPLES.items():
        names = tuple(
            f"{prefix}{axis}" if f"{prefix}{axis}" in needed - have else "_" for axis in rank_names
        )
        if set(names) != {"_"}:
            tuples.append(param)
            heads.append(Unpack(names, param, False))
            have |= set(names)
        elif param in told:
            tuples.append(param)
    params = (*(name(array) for array in arrays), *tuples, *extra)
    return Program(title, doc, params, (*heads, *body), result)


def shapes_of(derivation: Derivation) -> dict[IndexedBase, tuple[Expr, ...]]:
    """The shape of every array that a derivation names: its own, what it defines, the output."""
    made = {one.left.base: tuple(high for _, _, high in one.free) for one in derivation.definitions}
    output = derivation.goals["forward"]
    made[output.left.base] = tuple(high for _, _, high in output.free)
    return made | dict(derivation.arrays)


def disjoint(step: Tasks) -> None:
    """Refuse tasks of which two might store into the same place.

    What is stored into must be the task's own array, or a view that takes the block's own slice of
    each cut: blocks are disjoint, so their views are.
    """
    own: set[str] = set()
    slices = {cut.name: {cut.name} for cut in step.cuts}

    def look(body: Sequence[Statement]) -> None:
        for one in body:
            if isinstance(one, (Let, New)):
                own.add(one.name)
                if isinstance(one, Let) and isinstance(one.value, Band):
                    slices.setdefault(one.value.name, set()).add(one.name)
            inner = getattr(one, "body", None)
            if inner is not None:
                look(inner)
            target = getattr(one, "target", None)
            view = target.view if isinstance(target, Matrix) else target
            array = view.array if isinstance(view, View) else view
            if array is None or array in own:
                continue
            taken = {i[1] for i in getattr(view, "items", ()) if isinstance(i, tuple)}
            if not all(slices[cut.name] & taken for cut in step.cuts):
                raise LoweringError(f"two tasks may both store into {array}")

    look(step.body)


def banded(term: Contraction) -> tuple[Contraction, Expr]:
    """The term on the rows of a band of outputs, and how many rows there are in all."""
    rows = min(term.relations, key=lambda r: "qkl".index(r.tap))
    start, size = (Symbol(f"rows_{part}", integer=True) for part in ("start", "size"))
    band = replace(rows, offset=rows.offset + rows.stride * start, coarse_size=size)
    bands = tuple(band if one is rows else one for one in term.relations)
    return replace(term, relations=bands), rows.coarse_size


def _axis_names(derivation: Derivation) -> tuple[str, ...]:
    found = derivation.name
    return AXIS_NAMES[int(found[-2]) if found[-1] == "d" and found[-2].isdigit() else 1]


def bind(node: Any, derivation: Derivation) -> Any:
    """The statements with the sizes that the derivation binds put in."""
    if isinstance(node, Program):
        return node
    if isinstance(node, Expr):
        return node.xreplace(dict(derivation.bindings))
    if isinstance(node, (tuple, list)):
        return tuple(bind(part, derivation) for part in node)
    if is_dataclass(node) and not isinstance(node, type):
        return type(node)(*(bind(getattr(node, f.name), derivation) for f in fields(node)))
    return node


def symbols(node: Any) -> set[Any]:
    """The sizes that occur in statements (loop variables are no sizes: they have no capital)."""
    if isinstance(node, Program):
        return set()  # it names its own
    if isinstance(node, Expr):
        return {symbol for symbol in node.free_symbols if symbol.name[0].isupper()}
    if isinstance(node, (tuple, list)):
        return set().union(*(symbols(part) for part in node))
    if is_dataclass(node):
        return set().union(*(symbols(getattr(node, f.name)) for f in fields(node)))
    return set()


def main_term(terms: Sequence[Contraction]) -> Contraction:
    """The term with the relation; the others (a bias) are added by a program of their own."""
    return next((term for term in terms if term.relations), terms[0])


def sizes_of() -> dict[str, Expr]:
    """The size of each letter that no relation traverses."""
    return {letter: Symbol(letter.upper(), integer=True, positive=True) for letter in "ngcm"}


def operation(derivation: Derivation) -> str:
    """What a derivation is of: "conv", "max_pool", "avg_pool_include" or "avg_pool_exclude"."""
    kind = re.sub(r"\d?d?$", "", derivation.name)
    if kind != "avg_pool":
        return kind
    return f"{kind}_{'include' if 'count_include_pad' in derivation.options else 'exclude'}"
