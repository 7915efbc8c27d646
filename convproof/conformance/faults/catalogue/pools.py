"""Mistakes of poolings: the padding's value, ties, NaN, overlaps, the divisor."""

from __future__ import annotations

import functools

import numpy as np

from convproof.conformance.faults.catalogue import engine
from convproof.conformance.faults.catalogue.catalogue import Array, Results, mistake
from convproof.conformance.faults.catalogue.engine import as_float
from convproof.laws.case import Case

_max = functools.partial(mistake, kinds="max_pool")
_avg = functools.partial(mistake, kinds="avg_pool")
_LOWEST = {np.dtype(name): float(np.finfo(name).min) for name in ("float16", "float32", "float64")}


@_max(
    "max-pool pads with zero", "the value of the padding: minus infinity", ways="forward", weight=80
)
def _zero(case: Case) -> Results:
    return {"y": engine.max_pool(case, fill=0.0)}


@_max(
    "max-pool pads with the lowest finite number",
    "the value of the padding: an input of minus infinity is smaller",
    ways="forward",
    weight=75,
)
def _lowest(case: Case) -> Results:
    return {"y": engine.max_pool(case, fill=_LOWEST.get(case.x.dtype, -np.inf))}


@_max(
    "running maximum starts at zero",
    "the start of the maximum: minus infinity",
    ways="forward",
    weight=75,
)
def _from_zero(case: Case) -> Results:
    return {"y": np.maximum(engine.max_pool(case), 0.0)}


@_max(
    "minimum instead of maximum", "np.min, or the comparison's direction", ways="forward", weight=70
)
def _minimum(case: Case) -> Results:
    values, _ = engine.patches(case, np.inf)
    return {"y": values.min(axis=-1)}


@_max("average instead of maximum", "np.mean where np.max is due", ways="forward", weight=65)
def _average(case: Case) -> Results:
    return {"y": engine.avg_pool(case)}


@_max("largest absolute value", "abs() before the comparison", ways="forward", weight=65)
def _absolute(case: Case) -> Results:
    values, _ = engine.patches(case, 0.0)
    place = np.abs(values).argmax(axis=-1)
    return {"y": np.take_along_axis(values, place[..., None], -1)[..., 0]}


@_max("NaN dropped", "np.fmax, nanmax or a comparison: NaN > m is false", ways="forward", weight=75)
def _nan(case: Case) -> Results:
    values, _ = engine.patches(case, -np.inf)
    return {"y": np.where(np.isnan(values), -np.inf, values).max(axis=-1)}


@_max(
    "last row of the window left out", "the range of the loop over taps", ways="forward", weight=65
)
def _no_row(case: Case) -> Results | None:
    return _shorter(case, 0)


@_max(
    "last column of the window left out",
    "the range of the loop over taps",
    ways="forward",
    weight=65,
)
def _no_column(case: Case) -> Results | None:
    return _shorter(case, case.rank - 1) if case.rank > 1 else None


def _shorter(case: Case, axis: int) -> Results | None:
    if case.taps[axis] < 2:
        return None
    values, _ = engine.patches(case, -np.inf)
    numbers = np.arange(values.shape[-1]).reshape(case.taps)
    keep = np.delete(numbers, -1, axis).ravel()
    return {"y": values[..., keep].max(axis=-1)}


@_max("maximum taken over the channels too", "the axes of the maximum", ways="forward", weight=65)
def _channels(case: Case) -> Results:
    y = engine.max_pool(case)
    return {"y": np.broadcast_to(y.max(axis=-1, keepdims=True), y.shape)}


def _equal_to_top(case: Case) -> Array:
    """Which taps of each window hold its maximum."""
    values, real = engine.patches(case, -np.inf)
    ties: Array = (values == values.max(axis=-1, keepdims=True)) & real[None, ..., None, :]
    return ties


_back = functools.partial(_max, ways="backward")


@_back("ties share the gradient", "the mask x == max divided by its count", weight=80)
def _share(case: Case) -> Results:
    ties = _equal_to_top(case)
    return {"dx": engine.spread(case, ties / np.maximum(ties.sum(axis=-1, keepdims=True), 1))}


@_back("every tie takes the whole gradient", "the mask x == max: one place takes it", weight=80)
def _all(case: Case) -> Results:
    return {"dx": engine.spread(case, _equal_to_top(case).astype(float))}


@_back("the last of equal maxima takes the gradient", ">= where > is due", weight=80)
def _last(case: Case) -> Results:
    return {"dx": engine.max_pool_dx(case, last=True)}


@_back("ties go in column-major order", "the order in which the window is searched", weight=75)
def _column_major(case: Case) -> Results | None:
    if case.rank < 2:
        return None
    values, real = engine.patches(case, -np.inf)
    order = np.arange(values.shape[-1]).reshape(case.taps).transpose().ravel()
    hot = engine.first_winner(values[..., order])[..., np.argsort(order)]
    return {"dx": engine.spread(case, (hot & real[None, ..., None, :]).astype(float))}


@_back("overlapping windows overwrite each other", "dx[...] = where += is due", weight=80)
def _overwrite(case: Case) -> Results:
    return {"dx": engine.max_pool_dx(case, merge="last")}


@_back("the first of overlapping windows wins", "dx[...] is written once", weight=70)
def _written_once(case: Case) -> Results:
    values, real = engine.patches(case, -np.inf)
    hot = engine.first_winner(values) & real[None, ..., None, :]
    return {"dx": engine.spread(case, hot.astype(float), merge="first")}


@_back("gradient spread over the whole window", "an average's gradient", weight=65)
def _spread(case: Case) -> Results:
    return {"dx": engine.avg_pool_dx(case.replace(count_include_pad=True))}


@_back("whole gradient to every pixel of the window", "the mask of the maximum", weight=65)
def _everyone(case: Case) -> Results:
    number = int(np.prod(case.taps))
    ones = np.ones((len(case.x), *engine.sizes_of(case), case.x.shape[-1], number))
    return {"dx": engine.spread(case, ones)}


@_back("gradient to the window's first pixel", "the index of the maximum", weight=60)
def _corner(case: Case) -> Results:
    number = int(np.prod(case.taps))
    hot = np.zeros((len(case.x), *engine.sizes_of(case), case.x.shape[-1], number))
    hot[..., 0] = 1
    return {"dx": engine.spread(case, hot)}


@_back("padding of zero can win and swallow the gradient", "the value of the padding", weight=75)
def _zero_wins(case: Case) -> Results:
    values, real = engine.patches(case, 0.0)
    hot = engine.first_winner(values) & real[None, ..., None, :]
    return {"dx": engine.spread(case, hot.astype(float))}


@_back("gradient of the minimum", "the comparison's direction", weight=60)
def _least(case: Case) -> Results:
    values, real = engine.patches(case, np.inf)
    hot = engine.first_winner(-values) & real[None, ..., None, :]
    return {"dx": engine.spread(case, hot.astype(float))}


@_back(
    "a maximum's gradient counted once however many windows it wins",
    "overlaps add up: += over windows",
    weight=60,
)
def _once(case: Case) -> Results:
    ones = case.replace(dy=np.ones_like(as_float(case.dy)))
    return {"dx": (engine.max_pool_dx(ones) > 0).astype(float)}


@_avg("divisor leaves padding out", "count_include_pad: padding counts", weight=80)
def _exclude(case: Case) -> Results | None:
    return _divided(case, engine.divisors(case, False)) if case.count_include_pad else None


@_avg("divisor counts padding", "count_include_pad=False: only pixels count", weight=80)
def _include(case: Case) -> Results | None:
    return None if case.count_include_pad else _divided(case, engine.divisors(case, True))


@_avg("divisor is always the window's size", "a window that overhangs or meets padding", weight=75)
def _full(case: Case) -> Results:
    return _divided(case, np.array(float(np.prod(case.taps))))


@_avg("window's sum not divided", "the division by the window's size", weight=70)
def _undivided(case: Case) -> Results:
    return _divided(case, np.array(1.0))


@_avg("divided by one side of the window", "K where K * K is due", weight=65)
def _one_side(case: Case) -> Results | None:
    return _divided(case, np.array(float(case.taps[0]))) if case.rank > 1 else None


@_avg("divided twice", "the mean of a mean", weight=60)
def _divided_twice(case: Case) -> Results:
    return _divided(case, engine.divisors(case) ** 2)


@_avg("divided by the stride", "the window's size, not the stride's", weight=65)
def _by_stride(case: Case) -> Results:
    return _divided(case, np.array(float(np.prod(case.stride))))


def _divided(case: Case, by: Array) -> Results:
    if case.backward:
        return {"dx": engine.avg_pool_dx(case, by=by)}
    return {"y": engine.avg_pool(case, by=by)}


@_avg("maximum instead of average", "np.max where np.mean is due", ways="forward", weight=65)
def _maximum(case: Case) -> Results:
    return {"y": engine.max_pool(case)}


@_avg(
    "overlapping windows overwrite each other's gradient",
    "dx[...] = where += is due",
    ways="backward",
    weight=80,
)
def _overwritten(case: Case) -> Results:
    return {"dx": engine.avg_pool_dx(case, merge="last")}


@_avg(
    "a pixel's first window alone gives it gradient",
    "dx[...] is written once",
    ways="backward",
    weight=70,
)
def _first_only(case: Case) -> Results:
    return {"dx": engine.avg_pool_dx(case, merge="first")}
