"""What surrounds the sums on large images, and in calls made again: all of it, by a line a tap.

Some ways are taken by large arrays only, and some by a call like one before.  Entries are small
integers; NumPy's own slices give the layer, shifted, weighted and added up.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from convproof import functions
from convproof.evidence import Verdict
from convproof.functions.activation import FEW
from convproof.functions.planning import GOALS, layer_of
from convproof.schedules.registry import of
from convproof.spec import Conv

Array = np.ndarray[Any, Any]
KINDS = ("int64", "float32", "float64")


def shifts(rank: int, side: int) -> Iterator[tuple[tuple[int, ...], tuple[slice, ...]]]:
    """Each of two taps an axis, and the pixels that the outputs see through it."""
    for tap in itertools.product((0, 1), repeat=rank):
        yield tap, tuple(slice(at, side - 1 + at) for at in tap)


def linear(x: Array, kernel: Array, dy: Array) -> tuple[Array, Array, Array]:
    """The outputs, and the gradients for x and the kernel, of windows of two taps an axis."""
    rank, side = x.ndim - 2, x.shape[1]
    y, dx, dkernel = np.zeros(dy.shape), np.zeros(x.shape), np.zeros(kernel.shape)
    for tap, seen in shifts(rank, side):
        pixels = x[:, *seen]
        y += pixels @ kernel[tap]
        dx[:, *seen] += dy @ kernel[tap].T
        dkernel[tap] = np.tensordot(pixels, dy, (range(rank + 1),) * 2)
    return y, dx, dkernel


def large(rank: int) -> Verdict:
    """The public convolution, and the transposed one, beyond the sizes that change their way.

    Every entry is an integer that float32 holds, and no schedule that suits these layers may round
    on the way to it.
    """
    side = int(np.ceil((FEW + 1) ** (1 / rank))) + 2
    rng, name = np.random.default_rng(rank), f"conv{rank}d"
    compared = 0
    for kind, _ in itertools.product(KINDS, range(2)):  # twice: a call like one before
        x = rng.integers(-3, 4, (1, *(side,) * rank, 3)).astype(float)
        dy = rng.integers(-1, 2, (1, *(side - 1,) * rank, 2)).astype(float)
        kernel = rng.integers(-3, 4, (*(2,) * rank, 3, 2)).astype(float)
        given = [array.astype(kind) for array in (x, kernel, dy)]
        y, dx, dkernel = linear(x, kernel, dy)
        runs = _runs(name, given, np.array([5, -7], kind))
        bias = dy.sum(axis=tuple(range(rank + 1)))
        every_other = y[:, *(slice(None, None, 2),) * rank]
        offset = np.array([5.0, -7.0])
        rights = (y, np.maximum(y + offset, 0), every_other, dx, dkernel, bias, dx, y)
        for told, got, right in zip(_NAMES, runs, rights, strict=True):
            if got.dtype != kind or not np.array_equal(got, right):
                return Verdict.refute(f"{told.format(name)} of {right.size} numbers in {kind}")
            compared += right.size
    for depth in (3, 4):  # pixels that are copied number by number, and at once
        refuted, count = _by_schedules(rank, side, depth)
        if refuted is not None:
            return refuted
        compared += count
    return Verdict.held(f"images of {side} pixels an axis: {compared} numbers")


def _by_schedules(rank: int, side: int, depth: int) -> tuple[Verdict | None, int]:
    """The same by every schedule that does not round."""
    rng, name = np.random.default_rng([rank, depth]), f"conv{rank}d"
    x, dy, kernel = (
        rng.integers(-2, 3, shape).astype(float)
        for shape in ((1, *(side,) * rank, depth), (1, *(side - 1,) * rank, 2),
                      (*(2,) * rank, depth, 2))
    )  # fmt: skip
    y, *backs = linear(x, kernel, dy)
    forward, backward = getattr(functions, name), getattr(functions, f"{name}_backward")
    layer, compared = layer_of(Conv((2,) * rank, 2), x.shape), 0
    for goal in GOALS["conv"]:
        for one in of("conv", goal):
            if one.exact != "integer" or not one.suits(goal, layer):
                continue
            if goal == "forward":
                pairs = [(forward(x, kernel, schedule=one.name), y)]
            else:
                pairs = list(zip(backward(dy, x, kernel, schedule=one.name), backs, strict=False))
            if not all(np.array_equal(got, right) for got, right in pairs):
                return Verdict.refute(f"{name}(schedule={one.name!r}): {goal} of {x.size}"), 0
            compared += sum(right.size for _, right in pairs)
    return None, compared


_NAMES = (
    "{}()", "{}(bias, activation='relu')", "{}(stride=2)", "{}_backward(): gradient x",
    "{}_backward(): gradient kernel",
    "{}_backward(): gradient bias", "the transposed {}()",
    "the transposed {}_backward(): gradient x",
)  # fmt: skip


def _runs(name: str, given: Sequence[Array], bias: Array) -> tuple[Array, ...]:
    """What the public functions make of the arrays."""
    x, kernel, dy = given
    transposed = name.replace("conv", "conv_transpose")
    backs = getattr(functions, f"{name}_backward")(dy, x, kernel)
    return (
        getattr(functions, name)(x, kernel, stride=1),
        getattr(functions, name)(x, kernel, bias, activation="relu"),
        getattr(functions, name)(x, kernel, stride=2),
        *backs,
        getattr(functions, transposed)(dy, kernel),
        getattr(functions, f"{transposed}_backward")(x, dy, kernel).x,
    )
