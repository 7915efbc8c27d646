"""What every gradient shares: the chain rule at its start, differentiation, delta elimination."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Derivative, IndexedBase, S, Sum
from sympy.core.expr import Expr
from sympy.core.symbol import Symbol

from convproof.derive import rules
from convproof.derive.chain import Chain
from convproof.derive.step import Definition
from convproof.derive.symbols import Limit, primed


def limit(symbol: Symbol, high: Expr) -> Limit:
    """The range 1..high."""
    return (symbol, S.One, high)


def letters(limits: Sequence[Limit]) -> tuple[Expr, ...]:
    """The indices of some limits."""
    return tuple(index for index, _, _ in limits)


def gradient(
    name: str,
    by: IndexedBase,
    free: Sequence[Limit],
    definition: Definition,
    flow: IndexedBase,
    order: Sequence[Symbol],
    winner: IndexedBase | None = None,
) -> Chain:
    """dL/dA = sum over all outputs of dL/dZ dZ/dA, worked out at the indices `free`.

    `definition` says what an output entry is, `flow` is dL/dZ, and the summation indices in
    `order` are eliminated one after another.
    """
    taken = set(letters(free))
    place = tuple(primed(v) if v in taken else v for v in letters(definition.free))
    highs = [high for _, _, high in definition.free]
    output = definition.left.base
    start = Sum(
        flow[place] * Derivative(output[place], by[letters(free)], evaluate=False),
        *(limit(index, high) for index, high in reversed(list(zip(place, highs, strict=True)))),
    )
    left = IndexedBase(f"d{by}")[letters(free)]
    chain = Chain(f"gradient {name}", left, tuple(free), start)
    chain.move(
        "differentiate",
        rules.differentiate(start, definition, winner),
        "an entry differentiated by an entry is a product of Kronecker deltas",
    )
    for index in order:
        chain.move(
            f"eliminate {index}",
            rules.eliminate(chain.now, index),
            f"the deltas leave one {index}, if it is an integer and in range",
        )
    return chain.move(
        "drop what the ranges imply",
        rules.drop_implied(chain.now, free),
        "the indices run over their ranges only",
    )
