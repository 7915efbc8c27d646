"""From the simplest case to the general one: a layer's formula, and what each step up adds.

Every case is the one derivation with sizes put in; nothing is derived twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sympy import Basic, Expr, Indexed, S, Symbol

from convproof.derive.account import Account, Formula
from convproof.derive.layers import by_name
from convproof.derive.step import Derivation
from convproof.derive.symbols import XP, B, C, G, M, N, X, axes, c, g, m, n, primed

_ONE: dict[Symbol, Expr] = {N: S.One, G: S.One}
_LINE = "One channel, stride 1, no padding, along one line: "


@dataclass(frozen=True)
class Stage:
    """One case: what it adds, in a sentence, and its formulas with the chapter's numbers."""

    sentence: str
    formulas: tuple[tuple[str, Formula], ...]


def ladder(name: str) -> tuple[Stage, ...]:
    """The cases of the operation `name`; empty for what has no simpler case.

    >>> [stage.formulas[0][0] for stage in ladder("conv2d")]
    ['', '10.1', '10.5', '10.8', '', '']
    """
    kinds = {"conv": _conv, "max_pool": _pool, "avg_pool": _pool}
    kind = name[:-2]
    return tuple(kinds[kind](kind, int(name[-2]))) if kind in kinds else ()


def _plain_axes(rank: int) -> dict[Symbol, Expr]:
    """Stride 1, dilation 1, no padding."""
    values: dict[Symbol, Expr] = {}
    for axis in axes(rank):
        values |= {axis.stride: S.One, axis.pad_lo: S.Zero, axis.pad_hi: S.Zero}
        values |= {axis.dilation: S.One}
    return values


def _close(rank: int) -> dict[Symbol, Expr]:
    return {axis.dilation: S.One for axis in axes(rank)}


def _conv(kind: str, rank: int) -> Iterator[Stage]:
    single = {C: S.One, M: S.One}
    gradients = ("forward", "gradient x", "gradient kernel")
    lone = _case(kind, 1, _plain_axes(1) | single, gradients, "", bias=False)
    yield Stage(_LINE + "each output is a sum over the taps, and each gradient one too.", lone)
    if rank > 1:
        number = "10.1" if rank == 2 else ""
        yield Stage(
            "Over the whole image each axis has its own sum.",
            _case(kind, rank, _plain_axes(rank) | single, ("forward",), number, bias=False),
        )
    yield Stage(
        "With channels an output sums over those of the input, and each output channel has a "
        "kernel of its own.",
        _case(kind, rank, _plain_axes(rank), ("forward",), "10.5", bias=False),
    )
    yield Stage(
        "With stride S, windows are S pixels apart; with padding the image is X', wider by P "
        "before and Q after. The bias b is added to each entry of its map.",
        _case(kind, rank, _close(rank), ("forward",), "10.8"),
    )
    yield Stage(
        "With dilation D, taps are D pixels apart.", _case(kind, rank, {}, ("forward",), "")
    )
    whole = Account(_small(f"{kind}{rank}d", ("forward",)), frozenset())
    yield Stage(
        "For many images, and with G groups of channels that do not see each other (channel c of "
        "group g is number (g - 1) C + c):",
        (("", _told(whole, "forward")),),
    )


def _pool(kind: str, rank: int) -> Iterator[Stage]:
    word = "maximum" if kind == "max_pool" else "mean"
    none = {axis.stride: axis.kernel for axis in axes(1)}
    none |= {axis.pad_lo: S.Zero for axis in axes(1)} | {axis.pad_hi: S.Zero for axis in axes(1)}
    none |= _close(1)
    yield Stage(
        f"Windows of K side by side along one line, no padding: each output is the {word} of its "
        "window.",
        _case(kind, 1, none | {C: S.One}, ("forward", "gradient x"), ""),
    )
    number = "10.9" if kind == "max_pool" else ""
    yield Stage(
        "With windows S apart and padding, over the whole image, each channel by itself:",
        _case(kind, rank, _close(rank), ("forward",), number),
    )


def _small(name: str, goals: tuple[str, ...]) -> Derivation:
    """The derivation with these goals alone, and no steps."""
    found = by_name(name)
    return replace(found, steps=(), goals={one: found.goals[one] for one in goals})


def _case(
    kind: str,
    rank: int,
    values: Mapping[Symbol, Expr],
    goals: tuple[str, ...],
    equation: str,
    bias: bool = True,
) -> tuple[tuple[str, Formula], ...]:
    """The formulas of `goals` with `values` put in; `equation` is the number of the first."""
    found = _small(f"{kind}{rank}d", goals).bound({**_ONE, **values})
    unpadded = all(values.get(axis.pad_lo) == 0 for axis in axes(rank))

    def shown(node: Basic) -> Basic:
        if unpadded:  # then X' is X
            node = node.replace(_of(XP), lambda entry: X[entry.indices])
        return node if bias else node.replace(_of(B), lambda entry: S.Zero)

    stripped = {
        name: replace(goal, start=shown(goal.start), result=shown(goal.result))
        for name, goal in found.goals.items()
    }
    letters = {n, primed(n), g, primed(g)}
    for symbol, letter in ((C, c), (M, m)):
        if values.get(symbol) == 1:
            letters |= {letter, primed(letter)}
    account = Account(replace(found, goals=stripped), frozenset(letters))
    numbers = [equation, *[""] * (len(goals) - 1)]
    return tuple(
        (number, _told(account, name)) for number, name in zip(numbers, goals, strict=True)
    )


def _of(base: Basic) -> object:
    return lambda node: isinstance(node, Indexed) and node.base == base


def _told(account: Account, name: str) -> Formula:
    """The goal's equation: the forward by its definition, where padding is X'."""
    goal = account.derivation.goals[name]
    return account.equation(goal.left, goal.start if name == "forward" else goal.result, goal)
