"""The ways of speaking to a function, the usual ones first, until one gives the right shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from convproof.conformance.target.arrays import kinds_of
from convproof.conformance.target.invoke import Manner, invoke
from convproof.conformance.target.lift import LIFTS, liftable
from convproof.conformance.target.padding import BUILT_IN
from convproof.conformance.target.probe import EXAMPLES, example, find_manner
from convproof.conformance.target.signatures import Binding
from convproof.laws import oracle
from convproof.laws.op import Op


def best_manner(
    binding: Binding,
    start: Manner,
    layouts: Sequence[str],
    *,
    plain_only: bool = False,
    last: bool = True,
) -> tuple[Manner | None, bool]:
    """The first manner in which the function gives the right shape, else one in which it answers.

    None if it answers in no manner at all; and whether the shape was right. Without `last`, a
    kernel of one number is not tried.
    """
    first: Manner | None = None
    for number, begin in enumerate(_ways(binding, start)):
        manner, fits = find_manner(binding, begin, layouts, plain_only=plain_only)
        if fits and manner is not None:
            return (_place(binding, manner) if manner.padding in BUILT_IN else manner), True
        first = manner if number == 0 else first
    if not last:
        return first, False
    # A kernel of one number comes last: whatever pads by itself answers it like everybody else.
    manner, fits = find_manner(binding, start, layouts, plain_only=plain_only, ones=True)
    return (manner, True) if fits else (first or manner, False)


def _ways(binding: Binding, start: Manner) -> Iterator[Manner]:
    conv, roles = Op.of(binding.op).kind == "conv", binding.roles
    others = kinds_of(binding.function) if start.array == "numpy" else ()
    for array in (start.array, *others):
        begin = replace(start, array=array)
        for lift in ("", *LIFTS) if liftable(binding) else ("",):
            yield replace(begin, lift=lift)
        if conv and "bias" in roles:
            yield replace(begin, wide_bias=True)
        if roles & {"stride", "window"} and not binding.separate & {"stride", "window"}:
            yield replace(begin, all_axes=True)
        if not conv and not roles & {"stride", "param"}:
            for lift in ("", *LIFTS) if liftable(binding) else ("",):
                yield replace(begin, unit_stride=True, lift=lift)
        if conv and not roles & {"padding", "stride", "param"}:
            for lift in ("", *LIFTS) if liftable(binding) else ("",):
                yield replace(begin, padding="same built in", lift=lift)
            yield replace(begin, padding="full built in")


def _place(binding: Binding, manner: Manner) -> Manner:
    """Which padding is built in, where several give as many outputs: the one whose numbers come."""
    single = manner.lift == "plain"
    for form in (manner.padding, "padding after built in"):
        case = example(
            binding.op, binding, plain=True, sizes=EXAMPLES[1], single=single, padding=form
        )
        values = invoke(binding, case, replace(manner, padding=form)).outcome.values
        if values is not None and values[0] is not None:
            right = oracle.expected(case)[0]
            if values[0].shape == right.shape and np.array_equal(values[0], right):
                return replace(manner, padding=form)
    return manner
