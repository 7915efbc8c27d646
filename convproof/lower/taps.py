"""Tap by tap: for each tap, one slice of the output against one slice of the input.

Universal, exact in any dtype, and the quickest where there are few channels to sum over.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, Max, Min, Mul, Symbol, floor

from convproof.derive.step import Definition, Derivation, Goal
from convproof.errors import LoweringError
from convproof.lower.assemble import (
    assemble,
    banded,
    in_loops,
    linear,
    main_term,
    name,
    tap_size,
    view,
)
from convproof.lower.contraction import (
    Access,
    Contraction,
    Dim,
    Relation,
    contractions,
    from_zero,
)
from convproof.lower.program import (
    Columns,
    Count,
    Counted,
    Cut,
    Gather,
    Item,
    Let,
    New,
    Product,
    Program,
    Spans,
    Statement,
    Store,
    Tasks,
    Total,
    View,
)  # fmt: skip

CHANNELS = ("c", "m")


def lower_taps(derivation: Derivation, goal_name: str, title: str, doc: str) -> Program:
    """The goal as loops over its taps, and over the channel it sums."""
    goal = derivation.goals[goal_name]
    term = main_term(contractions(derivation, goal))
    if term.selected is not None:
        raise LoweringError(f"{goal_name} goes to one pixel of a window, not to all")
    counts, divisors = divisors_of(derivation, term)
    spread = tuple(factor for factor in term.factors if factor.power == 1)
    result = name(term.out.array)
    body: list[Statement] = list(counts)
    # A divisor that belongs to the output's own positions divides once, at the end.
    after = bool(divisors) and divisors[0].dims[0].kind == _kind(term.out, divisors[0])
    if divisors and not after:
        (flow,) = spread
        body.append(Let("shared", Product((View(name(flow.array)),), laid_out(divisors, flow))))
    loops = _channel_loops(derivation, term)
    looped = [letter for letter, _ in loops]
    vector = [dim.letter for dim in term.out.dims if dim.kind != "tap" and dim.letter not in looped]
    summed = [letter for letter in _letters(spread) if letter not in (*vector, *looped)]
    order = (*summed, *vector)
    factors = tuple(view(factor, looped, order) for factor in spread)
    if divisors and not after:
        factors = (View("shared", factors[0].items, factors[0].order),)
    like = tuple(name(factor.array) for factor in spread)
    like = ("shared",) if divisors and not after else like
    if not loops and not summed and len(factors) == 1:
        body += _axis_by_axis(derivation, goal, term, factors[0].array)
    else:
        body.append(New(result, _sizes(goal), like, "zeros"))
        value = Product(factors)
        stored = Total(value, tuple(range(len(summed)))) if summed else value
        body += in_loops(term.relations, [Store(view(term.out, looped), "+=", stored)], loops)
    if after:
        body += divide(divisors, term.out)
    arrays = [factor.array for factor in sorted(spread, key=lambda one: _rank(one))]
    return assemble(title, doc, derivation, arrays, body, result)


def _axis_by_axis(
    derivation: Derivation, goal: Goal, term: Contraction, source: str
) -> list[Statement]:
    """A reduction of one array over its taps, one axis after another.

    A window is a product of intervals, so what is gathered from it may first be gathered along
    one axis: 3 + 3 steps for 3 x 3 taps.
    """
    (factor,) = (one for one in term.factors if one.power == 1)
    fill, op = ("lowest", "max=") if term.op == "max" else ("zeros", "+=")
    sizes = list(derivation.arrays[factor.array])
    body: list[Statement] = []
    relations = sorted(term.relations, key=lambda one: "qkl".index(one.tap))
    for relation in relations:
        axis = term.out.letters.index(relation.axis)
        sizes[axis] = _sizes(goal)[axis]
        last = relation is relations[-1]
        result = name(term.out.array) if last else f"along_{relation.axis}"
        target, part = (
            View(array, tuple(_slice(dim, relation) for dim in access.dims))
            for array, access in ((result, term.out), (source, factor))
        )
        body.append(New(result, tuple(sizes), (source,), fill))
        body += in_loops([relation], [Store(target, op, Product((part,)))], [])
        source = result
    return body


def lower_bands(derivation: Derivation, goal_name: str, title: str, doc: str) -> Program:
    """A reduction of one array over its taps, axis by axis, for some images and rows at a time."""
    goal = derivation.goals[goal_name]
    whole = main_term(contractions(derivation, goal))
    counts, divisors = divisors_of(derivation, whole)
    term, high = banded(whole)
    (factor,) = (one for one in term.factors if one.power == 1)
    like, body = name(factor.array), list(counts)
    out = name(term.out.array)
    relations = tuple(sorted(term.relations, key=lambda one: "qkl".index(one.tap)))
    place: tuple[Item, ...] = (("slice", "images"), ("slice", "rows"))
    shape = derivation.arrays[factor.array]
    task = gathered(term, relations, term.out.letters, shape, like, View(out, place))
    block = Symbol("block", integer=True, positive=True)
    images = Cut("images", _sizes(goal)[0], Max(1, floor(block / high)))
    rows = Cut("rows", high, Min(block, high))
    task += divided(divisors, term.out, relations[0].axis, place)
    body += [New(out, _sizes(goal), (like,), "empty"), Tasks((images, rows), tuple(task))]
    return assemble(title, doc, derivation, [factor.array], body, out, ("block",))


def gathered(
    term: Contraction,
    relations: Sequence[Relation],
    letters: Sequence[str],
    shape: Sequence[Expr],
    image: str,
    result: View | str,
) -> list[Statement]:
    """An image's sums or maxima, axis by axis, into a view, or into a new array of that name."""
    source: View = View(image, (("slice", "images"),))
    sizes = [Symbol("images_size", integer=True), *shape[1:]]
    steps: list[Statement] = []
    op = "max" if term.selected is not None else term.op
    for relation in relations:
        axis = letters.index(relation.axis)
        gap, offset = linear(relation.offset, relation.tap)
        spans = f"{relation.axis}_spans"
        sizes[axis] = relation.coarse_size
        last = relation is relations[-1]
        target = result if last and isinstance(result, View) else None
        if target is None:
            target = View(str(result) if last else f"along_{relation.axis}")
            steps.append(New(target.array, tuple(sizes), (image,), "empty"))
        steps += [
            Spans(
                spans, tap_size(relation), gap, offset, relation.stride, relation.coarse_size,
                relation.fine_size,
            ),
            Gather(target, op, source, axis, spans),
        ]  # fmt: skip
        source = target
    return steps


def _slice(dim: Dim, relation: Relation) -> Item:
    """One tap's slice of the relation's own dimension; another dimension whole."""
    if dim.letter != relation.axis:
        return ":"
    return ("slice", f"{dim.letter}_{'o' if dim.kind == 'coarse' else 'i'}")


def _rank(access: Access) -> int:
    return ("dZ", "dY", "X", "K", "b").index(str(access.array))


def _kind(out: Access, divisor: Access) -> str:
    return next(dim.kind for dim in out.dims if dim.letter == divisor.dims[0].letter)


def _letters(factors: tuple[Access, ...]) -> list[str]:
    """The letters that are traversed as slices or whole, in the order of the longest array."""
    longest = max(factors, key=lambda factor: len(factor.dims))
    letters = [dim.letter for dim in longest.dims if dim.kind != "tap"]
    for factor in factors:
        letters += [d.letter for d in factor.dims if d.kind != "tap" and d.letter not in letters]
    return letters


def _sizes(goal: Goal) -> tuple[Expr, ...]:
    return tuple(high for _, _, high in goal.free)


def _channel_loops(derivation: Derivation, term: Contraction) -> list[tuple[str, Expr]]:
    """The summed channel is a loop; for the kernel's gradient its input channel is."""
    inner = [letter for letter in term.summed if letter in CHANNELS]
    if not inner and any(dim.kind == "tap" for dim in term.out.dims):
        inner = ["c"]
    return [(letter, Symbol(letter.upper(), integer=True, positive=True)) for letter in inner]


def divisors_of(
    derivation: Derivation, term: Contraction
) -> tuple[list[Statement], tuple[Access, ...]]:
    """The numbers that a term divides by, as statements, and where they are read."""
    kind = "include" if "count_include_pad" in derivation.options else "exclude"
    found = tuple(factor for factor in term.factors if factor.power == -1)
    known: dict[str, Definition] = {str(d.left.base): d for d in derivation.definitions}
    counts: list[Statement] = []
    like = next(name(factor.array) for factor in term.factors if factor.power == 1)
    for factor in found:
        meaning = known[str(factor.array)]
        (index, _, size) = meaning.free[0]
        zero_based = meaning.right.xreplace({index: from_zero(index) + 1})
        count = name(factor.array)
        counts.append(Count(count, f"{count}_{kind}", str(index), size, zero_based, like))
    return counts, found


def of_block(divisors: tuple[Access, ...], axis: str) -> tuple[list[Statement], dict[str, str]]:
    """The divisors of a block of rows, and what those of that axis are called there."""
    mine = {name(d.array): f"{name(d.array)}_rows" for d in divisors if axis in d.letters}
    return [Let(new, Counted(old, "rows")) for old, new in mine.items()], mine


def divided(
    divisors: tuple[Access, ...], out: Access, axis: str, place: tuple[Item, ...]
) -> list[Statement]:
    """A finished block, divided in place."""
    if not divisors:
        return []
    steps, names = of_block(divisors, axis)
    views = tuple(
        View(names.get(one.array, one.array), one.items) for one in laid_out(divisors, out)
    )
    return [*steps, Store(View(name(out.array), place), "/=", Product(views))]


def divide(divisors: tuple[Access, ...], out: Access) -> list[Statement]:
    """The finished output, divided in place."""
    return (
        [Store(View(name(out.array)), "/=", Product(laid_out(divisors, out)))] if divisors else []
    )


def laid_out(divisors: tuple[Access, ...], along: Access) -> tuple[View, ...]:
    """The divisors laid out along an array's dimensions, whole."""
    letters = along.letters
    views = []
    for divisor in divisors:
        after = len(letters) - 1 - letters.index(divisor.dims[0].letter)
        views.append(View(name(divisor.array), (":", *("+" for _ in range(after)))))
    return tuple(views)


def lower_columns(derivation: Derivation, goal_name: str, title: str, doc: str) -> Program:
    """A goal that sums one array over all its leading dimensions, and nothing else."""
    goal = derivation.goals[goal_name]
    (term,) = contractions(derivation, goal)
    (factor,) = term.factors
    kept = term.out.letters
    leading, last = factor.letters[: -len(kept)], factor.letters[-len(kept) :]
    if term.relations or last != kept or set(leading) != set(term.summed):
        raise LoweringError(f"{goal_name} is no sum of columns")
    sizes = dict(zip(factor.letters, derivation.arrays[factor.array], strict=True))
    rows = Mul(*(sizes[letter] for letter in leading))
    result = name(term.out.array)
    columns = Columns(name(factor.array), rows, tuple(sizes[letter] for letter in kept))
    body = [Let(result, columns)]
    return assemble(title, doc, derivation, [factor.array], body, result)


def lower_bias(derivation: Derivation, title: str, doc: str) -> Program:
    """The bias of the forward formula, added in place."""
    goal = derivation.goals["forward"]
    (term,) = (t for t in contractions(derivation, goal) if not t.relations)
    (bias,) = term.factors
    body = [Store(View(name(goal.left.base)), "+=", View(name(bias.array)))]
    result = name(term.out.array)
    return Program(
        title,
        doc,
        (result, name(bias.array)),
        tuple(body),
        result,
    )
