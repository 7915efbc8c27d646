"""What sums count that are no products: over windows channel by channel, and in planes."""

from __future__ import annotations

from sympy import Eq, Expr, Mul, Piecewise, Rational

from convproof.lower.counts import Counts
from convproof.lower.program import Store, Tiled, Weigh, Weighed
from convproof.lower.shapes import ONE, Shape

# A product that is added at once, beside a loop over a number; and beginning it, beside a run.
FUSED, BEGUN = Rational(1, 2), 8


def tiled(value: Tiled, counter: Counts) -> Shape:
    """The kernel beside pixels."""
    *taps, _, groups, _ = counter.env[value.array]
    width = counter.size(value.width)
    counter.add(steps=1, numbers=Mul(*taps) * width * groups)
    return (*taps, width, groups)


def weighed(value: Weighed, counter: Counts) -> Shape:
    """The kernel's gradient, first beside the pixels of a row."""
    shape = counter.entry(value.flow)[0]
    taps = counter.env[value.seen][len(shape) - 1 : -1]
    _sums(value.seen, shape, value.stride, counter)
    counter.add(steps=1, numbers=Mul(*taps, shape[-3], shape[-2]))
    return (*taps, ONE, shape[-2], ONE)


def weigh(step: Weigh, counter: Counts) -> None:
    """A block's sums."""
    _sums(step.seen, counter.entry(step.target)[0], step.stride, counter)


def _sums(seen: str, shape: Shape, stride: Expr, counter: Counts) -> None:
    """A product and a sum in one loop over a row's numbers, or over a pixel's."""
    total, rank = Mul(*counter.env[seen]), len(shape) - 3
    inner = Piecewise((shape[rank] * shape[-2], Eq(stride, 1)), (shape[-2], True))
    counter.add(steps=3, numbers=FUSED * total, runs=BEGUN * total / inner)


def added(step: Store, last: int, counter: Counts) -> None:
    """Sums over a row of the axis that lies last in memory, whose pixels may be apart."""
    shape = counter.entry(step.target)[0]
    total = Mul(*shape)
    counter.add(steps=3, numbers=total, apart=total, runs=BEGUN * total / shape[last])
