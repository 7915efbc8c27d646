"""Every schedule that suits a layer, on the same arrays: what each took, and how far it is off."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod, sqrt
from typing import Any

import numpy as np

from convproof.errors import ConvproofError
from convproof.functions.arrays import Array
from convproof.functions.bound import UNITS, error_bound, gamma
from convproof.functions.correlation import Correlation
from convproof.functions.reduction import Pool
from convproof.functions.selection import candidates
from convproof.schedules import REGISTRY, Schedule
from convproof.schedules.layer import Layer
from convproof.schedules.registry import Goal
from convproof.spec import AvgPool, Conv, MaxPool, Spec

RUNS = 3  # of each; the least time counts
Arrays = tuple[Array, Array, Array]


@dataclass(frozen=True)
class Trial:
    """A schedule's run of a goal.

    `seconds` is the least of some runs.  `error` is the largest difference from the plainest
    schedule in double precision ("tap", of a maximum's gradient "argmax"), in parts of what
    rounding may make of it at that place; None for gradients by algorithms for which no bound of
    them is derived.
    """

    goal: Goal
    schedule: str
    seconds: float
    error: float | None

    @property
    def judged(self) -> str:
        """The error in words."""
        return "not judged" if self.error is None else f"{self.error:.2g} of its bound"


def trials(
    spec: Spec, shape: Sequence[int], layer: Layer, dtype: np.dtype[Any], goals: Sequence[Goal]
) -> tuple[Trial, ...]:
    """Every schedule that suits, for every goal, on random arrays of the dtype computed in.

    Raises:
        ConvproofError: if a result is farther from the plainest one than rounding can make it.
    """
    arrays = _drawn(layer, dtype)
    wide = np.dtype(np.complex128 if dtype.kind == "c" else np.float64)
    doubles = tuple(array.astype(wide) for array in arrays)
    sizes = tuple(np.abs(array) for array in doubles)
    if layer.op == "max_pool":
        sizes = (doubles[0], *sizes[1:])  # another image has other winners
    found = []
    for goal in goals:
        plain = "tap" if REGISTRY["tap"].takes(layer.op, goal) else "argmax"
        right, size = (_made(layer, plain, goal, each) for each in (doubles, sizes))
        for one in candidates(layer, goal):
            made, took = _timed(layer, one.name, goal, arrays)
            allowed = _allowed(spec, shape, layer, one, goal, dtype, size, arrays)
            error = None
            if allowed is not None:
                off = np.abs(made.astype(wide) - right)
                # Where nothing may be off, what is off is so without measure.
                parts = np.divide(
                    off, allowed, out=np.where(off > 0, np.inf, 0.0), where=allowed > 0
                )
                error = float(parts.max(initial=0.0))
                if not error <= 1:
                    raise ConvproofError(
                        f"schedule={one.name!r}: {goal} of {spec} on {tuple(shape)}, {dtype}, is "
                        f"{error:.3g} times as far from {plain!r} as rounding can make it"
                    )
            found.append(Trial(goal, one.name, took, error))
    return tuple(found)


def _drawn(layer: Layer, dtype: np.dtype[Any]) -> Arrays:
    """x, kernel and dy as the kernels' callers hold them: batched, channels last."""
    window, rng = layer.window, np.random.default_rng(0)
    channels, outputs = layer.groups * layer.depth, layer.groups * layer.outputs
    if layer.op != "conv":
        outputs = channels
    shapes = (
        (layer.images, *window.space, channels),
        (*window.taps, layer.depth, outputs),
        (layer.images, *window.out, outputs),
    )

    def draw(shape: tuple[int, ...]) -> Array:
        numbers: Array = rng.standard_normal(shape)
        if dtype.kind == "c":
            numbers = numbers + 1j * rng.standard_normal(shape)
        return numbers.astype(dtype)

    x, kernel, dy = map(draw, shapes)
    return (np.rint(x) if layer.op == "max_pool" else x), kernel, dy  # maxima are to have ties


def _made(layer: Layer, schedule: str, goal: Goal, arrays: Sequence[Array]) -> Array:
    """A goal, as the public functions' own callers of kernels compute it."""
    x, kernel, dy = arrays
    if layer.op == "conv":
        linear = Correlation(layer, schedule)
        if goal == "forward":
            return linear.forward(x, kernel, None)
        return (
            linear.gradient_x(dy, kernel) if goal == "gradient x" else linear.gradient_kernel(dy, x)
        )
    pool = Pool(layer, schedule)
    return pool.forward(x) if goal == "forward" else pool.gradient(dy, x if pool.top else None)


def _timed(layer: Layer, schedule: str, goal: Goal, arrays: Arrays) -> tuple[Array, float]:
    """The result, and the least time of some runs."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.perf_counter()
        made = _made(layer, schedule, goal, arrays)
        best = min(best, time.perf_counter() - start)
    return made, best


def _allowed(
    spec: Spec,
    shape: Sequence[int],
    layer: Layer,
    schedule: Schedule,
    goal: Goal,
    dtype: np.dtype[Any],
    size: Array,
    arrays: Arrays,
) -> Array | None:
    """How far each number may be off: a sum of so many products in any order, or what is derived.

    The double precision of what it is compared with is allowed for as well.
    """
    assert isinstance(spec, (Conv, MaxPool, AvgPool))
    scale = 2 * sqrt(2) if dtype.kind == "c" else 1.0
    if layer.op == "conv":
        linear = Correlation(layer)
        terms = {"forward": linear.terms, "gradient x": linear.spread}.get(goal, linear.copies)
    else:
        terms = prod(layer.window.taps) + 1  # a quotient
    units = (UNITS[str(dtype)], UNITS["float64"])
    own, reference = (gamma(terms, scale * unit) for unit in units)
    if isinstance(spec, MaxPool) and goal == "forward":
        return np.zeros_like(size)
    if schedule.exact == "integer":
        return (own + reference) * size
    if goal != "forward":
        return None
    bound = error_bound(spec, shape, schedule=schedule.name, dtype=str(dtype))
    return np.broadcast_to(bound(*arrays[:2]), size.shape) + reference * size
