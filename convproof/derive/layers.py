"""The derivation of all layers of a kind at once, by name, or of one layer, by its spec."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from sympy import Derivative, Expr, IndexedBase, Integer, Max, S, Sum, Symbol, ceiling, true
from sympy.logic.boolalg import Boolean

from convproof.derive import rules
from convproof.derive.activation import activate, activation_chain
from convproof.derive.chain import Chain
from convproof.derive.conv import Space, derive_conv, input_limits
from convproof.derive.loss import letters, limit
from convproof.derive.padding import Mode, derive_pad, source, widest
from convproof.derive.pool import derive_avg_pool, derive_max_pool
from convproof.derive.step import Definition, Derivation, Goal, Step
from convproof.derive.symbols import DXP, DY, XP, B, G, M, V, X, Y, axes, c, g, n, primed, size
from convproof.derive.transposed import derive_conv_transpose
from convproof.errors import SpecError
from convproof.spec import AvgPool, Conv, MaxPool, Spec

KINDS = ("conv", "conv_transpose", "max_pool", "avg_pool")
NAMES = (
    *(f"{kind}{rank}d" for kind in KINDS for rank in (1, 2, 3)),
    *(f"pad_{mode}" for mode in ("circular", "reflect", "replicate")),
)


@lru_cache(maxsize=32)
def by_name(name: str) -> Derivation:
    """The derivation for all layers of a kind; see `convproof.derive.derive`."""
    if name not in NAMES:
        raise SpecError.one_of("what", name, NAMES)
    if name.startswith("pad_"):
        return derive_pad(name.removeprefix("pad_"))  # type: ignore[arg-type]  # checked above
    rank = int(name[-2])
    kinds = {
        "conv": derive_conv,
        "conv_transpose": derive_conv_transpose,
        "max_pool": derive_max_pool,
        "avg_pool": derive_avg_pool,
    }
    return kinds[name[:-2]](rank)


@lru_cache(maxsize=128)
def by_spec(spec: Spec) -> Derivation:
    """The derivation of one layer; see `convproof.derive.derive`."""
    found = general(spec).bound(_numbers(spec, axes(spec.rank)), spec=spec)
    return _activated(found, spec) if isinstance(spec, Conv) and spec.activation else found


@lru_cache(maxsize=32)
def general(spec: Spec) -> Derivation:
    """The derivation for all layers of `spec`'s kind, in its ceil mode and with its divisor."""
    if isinstance(spec, MaxPool):
        return _max_pool(spec.rank, spec.ceil_mode)
    if isinstance(spec, AvgPool):
        return _avg_pool(spec.rank, spec.count_include_pad, spec.ceil_mode)
    conv = by_name(f"conv{spec.rank}d")
    if spec.padding_mode != "zeros":
        conv = _mapped(spec.rank, spec.padding_mode)
    return conv if spec.bias else _without_bias(conv)


_max_pool, _avg_pool = lru_cache(derive_max_pool), lru_cache(derive_avg_pool)


def _numbers(spec: Spec, space: Space) -> dict[Symbol, Expr]:
    taps = spec.kernel_size if isinstance(spec, Conv) else spec.window
    values: dict[Symbol, Expr] = {}
    for number, axis in enumerate(space):
        stride, gap, tap = spec.stride[number], spec.dilation[number], taps[number]
        if spec.padding == "same":
            # ceil(size / stride) outputs; of an odd amount of padding the larger half at the end
            total = Max(
                (ceiling(axis.size / stride) - 1) * stride + gap * (tap - 1) + 1 - axis.size, 0
            )
            lo: Expr = total // 2
            hi: Expr = total - total // 2
        else:
            lo, hi = (Integer(pad) for pad in spec.padding[number])
        values |= {
            axis.kernel: Integer(tap),
            axis.stride: Integer(stride),
            axis.dilation: Integer(gap),
            axis.pad_lo: lo,
            axis.pad_hi: hi,
        }
    if isinstance(spec, Conv):
        values[G] = Integer(spec.groups)
        if spec.out_channels is not None:
            values[M] = Integer(spec.out_channels // spec.groups)
    return values


def _without_bias(conv: Derivation) -> Derivation:
    """The same layer with no bias: its entry and its gradient are left out."""

    def without(expr: Expr) -> Expr:
        return expr.replace(lambda node: getattr(node, "base", None) == B, lambda node: S.Zero)

    return replace(
        conv,
        goals={
            name: replace(goal, start=without(goal.start), result=without(goal.result))
            for name, goal in conv.goals.items()
            if name != "gradient bias"
        },
        steps=tuple(
            replace(step, before=without(step.before), after=without(step.after))
            for step in conv.steps
            if step.goal != "gradient bias"
        ),
        definitions=tuple(
            one if one.right.is_Piecewise else replace(one, right=without(one.right))
            for one in conv.definitions
        ),
        arrays={base: shape for base, shape in conv.arrays.items() if base != B},
    )


@lru_cache
def _mapped(rank: int, mode: Mode) -> Derivation:
    """A convolution whose padding shows pixels: a convolution of the padded input, and its map.

    The zero-padded input becomes the mapped one; the input gradient is that of the padded input
    sent back along the map.
    """
    conv, space = by_name(f"conv{rank}d"), axes(rank)
    limits = input_limits(space)
    batch, *rest = limits
    where = [limit(size(f"r_{axis.name}"), axis.padded_size()) for axis in space]
    padded = (batch, *where, *rest[len(space) :])
    place = letters(padded)
    pixels = [source(axis, r, mode) for axis, (r, _, _) in zip(space, where, strict=True)]
    entry = Definition(XP[place], X[(n, *pixels, g, c)], padded)

    wide: dict[Symbol, Expr] = {axis.size: axis.padded_size() for axis in space}
    none: dict[Symbol, Expr] = {axis.pad_lo: S.Zero for axis in space}
    none |= {axis.pad_hi: S.Zero for axis in space}

    def shifted(node: Expr) -> Expr:
        return node.xreplace(none).xreplace(wide)

    def on_padded(node: Expr) -> Expr:
        return shifted(node).xreplace({X: XP})

    goals: dict[str, Goal] = {k: v for k, v in conv.goals.items() if k.startswith("output size")}
    steps = [step for step in conv.steps if step.goal in goals]
    for name in ("forward", "gradient x", "gradient kernel", "gradient bias"):
        goal = conv.goals[name]
        title = "gradient padded" if name == "gradient x" else name
        free = tuple((i, low, shifted(high)) for i, low, high in goal.free)
        goals[title] = Goal(title, goal.left, free, on_padded(goal.start), on_padded(goal.result))
        steps += [
            Step(title, s.rule, on_padded(s.before), on_padded(s.after), s.why)
            for s in conv.steps
            if s.goal == name
        ]
    back = goals["gradient padded"]
    goals["gradient padded"] = replace(back, left=DXP[letters(back.free)])
    chain = _sent_back(space, place, padded, entry)
    goals["gradient x"] = chain.goal()
    output = conv.definitions[0]
    return replace(
        conv,
        goals=goals,
        steps=(*steps, *chain.steps),
        definitions=(
            replace(output, right=on_padded(output.right)),
            entry,
            Definition(DXP[letters(back.free)], back.result, back.free),
        ),
        given=(*conv.given, *_single_wrap(space, mode)),
    )


def _single_wrap(space: Space, mode: Mode) -> tuple[Boolean, ...]:
    return tuple(fact for axis in space for fact in widest(axis, mode))


def _sent_back(
    space: Space, place: tuple[Expr, ...], padded: tuple[tuple[Expr, ...], ...], entry: Definition
) -> Chain:
    """dX = the sum of the padded input's gradients over the positions that show the pixel."""
    wanted = input_limits(space)
    names = {v: primed(v) for v in (n, g, c)}
    spot = tuple(names.get(v, v) for v in place)
    by = X[letters(wanted)]
    limits = [(v, low, high) for v, (_, low, high) in zip(spot, padded, strict=True)]
    start = Sum(DXP[spot] * Derivative(XP[spot], by, evaluate=False), *reversed(limits))
    chain = Chain("gradient x", IndexedBase("dX")[by.indices], wanted, start)
    deltas = entry.right.xreplace(names).diff(by)
    chain.move(
        "differentiate",
        rules.close_sum(DXP[spot] * deltas, true, list(reversed(limits))),
        "an entry of the padded input is one pixel: a delta on each axis",
    )
    for index in names.values():
        chain.move(
            f"eliminate {index}", rules.eliminate(chain.now, index), f"the delta leaves one {index}"
        )
    return chain.move(
        "drop what the ranges imply",
        rules.drop_implied(chain.now, wanted),
        "the indices run over their ranges only",
    )


def _activated(conv: Derivation, spec: Conv) -> Derivation:
    """(10.6): the activation applied, and its gradient as a goal of its own."""
    assert spec.activation is not None
    forward = conv.goals["forward"]
    chain = activation_chain(forward.free, spec.activation)
    named = replace(forward, name="preactivation")
    steps = [
        replace(step, goal="preactivation") if step.goal == "forward" else step
        for step in conv.steps
    ]
    before = activate(conv.definitions[0].left, spec.activation)
    result = before.xreplace({conv.definitions[0].left: forward.result})
    goals: Mapping[str, Goal] = {
        **{name: goal for name, goal in conv.goals.items() if name != "forward"},
        "preactivation": named,
        "forward": Goal("forward", Y[letters(forward.free)], forward.free, before, result),
        chain.name: chain.goal(),
    }
    shape = tuple(high for _, _, high in forward.free)
    return replace(
        conv,
        goals=goals,
        steps=(
            *steps,
            Step("forward", "unfold", before, result, "the pre-activation"),
            *chain.steps,
        ),
        arrays={**conv.arrays, V: shape, DY: shape},
    )
