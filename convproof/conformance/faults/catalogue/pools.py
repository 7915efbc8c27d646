"""Mistakes of poolings: the padding's value, ties, NaN, overlaps, the divisor."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable

import numpy as np

from convproof.conformance.faults.catalogue import engine
from convproof.conformance.faults.catalogue.catalogue import Array, Rule, gives, mistake
from convproof.conformance.faults.catalogue.engine import as_float
from convproof.laws.case import Case


def top(name: str, look: str, rule: Rule, weight: int = 65) -> None:
    """Declare a mistake of a maximum."""
    mistake(name, look, gives("y", rule), weight, kinds="max_pool", ways="forward")


def grad(name: str, look: str, rule: Rule, weight: int = 65) -> None:
    """Declare a mistake of a maximum's gradient."""
    mistake(name, look, gives("dx", rule), weight, kinds="max_pool", ways="backward")


def mean(name: str, look: str, by: Callable[[Case], Array | float | None], weight: int) -> None:
    """Declare a mistake of an average's divisor, in both directions."""

    def make(c: Case) -> dict[str, Array] | None:
        divisor = by(c)
        if divisor is None:
            return None
        return (
            {"dx": engine.avg_pool_dx(c, by=divisor)}
            if c.backward
            else {"y": engine.avg_pool(c, by=divisor)}
        )

    mistake(name, look, make, weight, kinds="avg_pool")


avg = functools.partial(mistake, kinds="avg_pool")
LOWEST = {np.dtype(name): float(np.finfo(name).min) for name in ("float16", "float32", "float64")}


def windows(fill: float = -np.inf) -> Callable[[Case], Array]:
    """Each window's values on the last axis."""
    return lambda c: engine.patches(c, fill)[0]


def largest(c: Case) -> Array:
    """The value of largest magnitude."""
    values = windows(0.0)(c)
    place = np.abs(values).argmax(axis=-1)[..., None]
    return np.take_along_axis(values, place, -1)[..., 0]


def without_nan(c: Case) -> Array:
    """The maximum of what is a number."""
    values = windows()(c)
    return np.asarray(np.where(np.isnan(values), -np.inf, values).max(axis=-1))


def beside_numbers(c: Case) -> Array:
    """The maximum of what is a number, NaN where nothing is."""
    values = windows()(c)
    return np.where(np.isnan(values).all(axis=-1), np.nan, without_nan(c))


def compared(later: bool) -> Rule:
    """A running maximum by a comparison that a NaN fails: kept if it comes first, or last."""

    def rule(c: Case) -> Array:
        values = windows()(c)
        best = values[..., 0]
        for tap in range(1, values.shape[-1]):
            value = values[..., tap]
            best = (
                np.where(best >= value, best, value)
                if later
                else np.where(value > best, value, best)
            )
        return np.asarray(best)

    return rule


def shorter(axis: int) -> Rule:
    """The maximum without the last tap of an axis."""

    def rule(c: Case) -> Array | None:
        if c.taps[axis] < 2 or (axis and c.rank < 2):
            return None
        numbers = np.arange(math.prod(c.taps)).reshape(c.taps)
        return np.asarray(windows()(c)[..., np.delete(numbers, -1, axis).ravel()].max(axis=-1))

    return rule


def over_channels(c: Case) -> Array:
    """The maximum over the channels too."""
    y = engine.max_pool(c)
    return np.broadcast_to(y.max(axis=-1, keepdims=True), y.shape)


def shares(rule: Callable[[Case, Array, Array], Array], merge: str = "add") -> Rule:
    """dy by the shares that `rule` gives a window's values and which of them are pixels."""
    return lambda c: engine.spread(c, rule(c, *engine.patches(c, -np.inf)) * 1.0, merge=merge)


def tied(c: Case, values: Array, real: Array) -> Array:
    """Which taps hold the maximum."""
    return np.asarray((values == values.max(axis=-1, keepdims=True)) & real)


def first(c: Case, values: Array, real: Array) -> Array:
    """Which tap holds it first."""
    return engine.first_winner(values) & real


def by_columns(c: Case) -> Array | None:
    """The first maximum in column-major order."""
    order = np.arange(math.prod(c.taps)).reshape(c.taps).transpose().ravel()
    back = np.argsort(order)
    rule = shares(lambda c, v, real: engine.first_winner(v[..., order])[..., back] & real)
    return rule(c) if c.rank > 1 else None


def once(c: Case) -> Array:
    """One where a pixel wins any window."""
    ones = c.replace(dy=np.ones_like(as_float(c.dy)))
    return (engine.max_pool_dx(ones) > 0).astype(float)


def zero_wins(c: Case) -> Array:
    """The gradient where a border of zeros competes."""
    values, real = engine.patches(c, 0.0)
    return engine.spread(c, engine.first_winner(values) & real)


def least(c: Case) -> Array:
    """The minimum's gradient."""
    values, real = engine.patches(c, np.inf)
    return engine.spread(c, engine.first_winner(-values) & real)


def wrong_side(c: Case) -> Array | None:
    """The gradient of the padded image, cut from its start."""
    low = -np.inf if c.kind == "max_pool" else 0.0
    pads = [(0, 0), *c.padding, (0, 0)]
    whole = c.replace(
        x=np.pad(as_float(c.x), pads, constant_values=low), padding=((0, 0),) * c.rank
    )
    dx = engine.max_pool_dx(whole) if low else engine.avg_pool_dx(whole, by=engine.divisors(c))
    return dx[(slice(None), *map(slice, c.space))] if any(map(any, c.padding)) else None


Place = Callable[[Case, Array, Array], Array]  # windows (rank, ...), taps (rank, ...) -> pixels


def placed(place: Place) -> Rule:
    """dy of the first maxima, put where `place` says; no mistake where that is outside."""

    def rule(c: Case) -> Array | None:
        values, _ = engine.patches(c, -np.inf)
        taps = np.array(np.unravel_index(engine.first_winner(values).argmax(axis=-1), c.taps))
        count = as_float(c.dy).shape
        at = np.indices(count)
        found = place(c, at[1:-1], taps)
        if any((row < 0).any() or (row >= n).any() for row, n in zip(found, c.space, strict=True)):
            return None
        dx = np.zeros(c.x.shape)
        np.add.at(dx, (at[0], *found, at[-1]), as_float(c.dy))
        return dx

    return rule


def column(numbers: Iterable[int]) -> Array:
    """A number for each axis, to be broadcast over windows."""
    found = np.array(list(numbers))
    return found.reshape(-1, *(1,) * (len(found) + 2))


def starts(c: Case) -> Array:
    """The padding at the start of each axis."""
    return column(lo for lo, _ in c.padding)


def pixels(c: Case, at: Array, taps: Array) -> Array:
    """The pixel of each tap, where it belongs."""
    return np.asarray(column(c.stride) * at + column(c.dilation) * taps - starts(c))


def other_side(c: Case, at: Array, taps: Array) -> Array:
    """The flat place in the window, taken apart by the window's height."""
    *front, rows, columns = c.taps
    flat = taps[-2] * columns + taps[-1]
    return pixels(c, at, np.stack([*taps[: len(front)], flat // rows, flat % rows]))


def other_width(c: Case, at: Array, taps: Array) -> Array:
    """The flat place in the plane, by the result's width."""
    *front, row, col = pixels(c, at, taps)
    flat = row * as_float(c.dy).shape[-2] + col
    return np.stack([*front, flat // c.space[-1], flat % c.space[-1]])


def by_axis(axis: int) -> Callable[[Case], Array | None]:
    """A divisor that leaves the padding of one axis out, and counts that of the others."""

    def rule(c: Case) -> Array | None:
        if c.rank < 2 or axis >= c.rank:
            return None
        total = np.ones((1,) * (c.rank + 2))
        for a, item in enumerate(c.axes):
            starts = item.stride * np.arange(engine.sizes_of(c)[a]) - item.pad_lo
            seen = starts[:, None] + np.arange(c.taps[a])
            count = ((seen >= 0) & (seen < c.space[a])).sum(axis=1) if a == axis else c.taps[a]
            shape = [1] * (c.rank + 2)
            shape[a + 1] = -1
            total = total * np.broadcast_to(count, len(starts)).reshape(shape)
        return np.maximum(total, 1.0)

    return rule


def flat_only(rule: Rule) -> Rule:
    """Of two axes and more."""
    return lambda c: rule(c) if c.rank > 1 else None


# A table, one mistake a paragraph.
# fmt: off
top("max-pool pads with zero", "the value of the padding: minus infinity",
    lambda c: engine.max_pool(c, fill=0.0), 80)
top("max-pool pads with the lowest finite number",
    "the value of the padding: an input of minus infinity is smaller",
    lambda c: engine.max_pool(c, fill=LOWEST.get(c.x.dtype, -np.inf)), 75)
top("running maximum starts at the lowest finite number",
    "the start of the maximum: an input of minus infinity is smaller",
    lambda c: np.maximum(engine.max_pool(c), LOWEST.get(c.x.dtype, -np.inf)), 70)
top("running maximum starts at zero", "the start of the maximum: minus infinity",
    lambda c: np.maximum(engine.max_pool(c), 0.0), 75)
top("minimum instead of maximum", "np.min, or the comparison's direction",
    lambda c: np.asarray(windows(np.inf)(c).min(axis=-1)), 70)
top("average instead of maximum", "np.mean where np.max is due", engine.avg_pool)
top("largest absolute value", "abs() before the comparison", largest)
top("NaN dropped", "np.fmax, nanmax or a comparison: NaN > m is false", without_nan, 75)
top("NaN dropped beside numbers", "np.fmax, nanmax: a NaN is a maximum", beside_numbers, 75)
top("a NaN counts only where it comes first in its window", "v > m is false for a NaN v",
    compared(later=False), 74)
top("a NaN counts until another value follows it", "m >= v is false for a NaN m",
    compared(later=True), 74)
top("last row of the window left out", "the range of the loop over taps", shorter(0))
top("last column of the window left out", "the range of the loop over taps", shorter(-1))
top("maximum taken over the channels too", "the axes of the maximum", over_channels)

grad("ties share the gradient", "the mask x == max divided by its count",
     shares(lambda c, v, real: (t := tied(c, v, real)) / np.maximum(t.sum(-1, keepdims=True), 1)),
     80)
grad("every tie takes the whole gradient", "the mask x == max: one place takes it",
     shares(tied), 80)
grad("the last of equal maxima takes the gradient", ">= where > is due",
     lambda c: engine.max_pool_dx(c, last=True), 80)
grad("ties go in column-major order", "the order in which the window is searched", by_columns, 75)
grad("overlapping windows overwrite each other", "dx[...] = where += is due",
     lambda c: engine.max_pool_dx(c, merge="last"), 80)
grad("the first of overlapping windows wins", "dx[...] is written once",
     shares(first, merge="first"), 70)
grad("gradient spread over the whole window", "an average's gradient",
     lambda c: engine.avg_pool_dx(c.replace(count_include_pad=True)))
grad("whole gradient to every pixel of the window", "the mask of the maximum",
     shares(lambda c, v, real: np.ones_like(v)))
grad("gradient to the window's first pixel", "the index of the maximum",
     shares(lambda c, v, real: np.arange(v.shape[-1]) == 0), 60)
grad("padding of zero can win and swallow the gradient", "the value of the padding", zero_wins, 75)
grad("gradient of the minimum", "the comparison's direction", least, 60)
grad("a maximum's gradient counted once however many windows it wins",
     "overlaps add up: += over windows", once, 60)
grad("row and column of the maximum exchanged within its window",
     "which of the two numbers of the maximum's place is the row",
     flat_only(placed(lambda c, at, taps: pixels(c, at, taps[::-1]))), 78)
grad("the maximum's place in its window taken apart by the window's height",
     "divmod by the window's width: its height is the other side",
     flat_only(placed(other_side)), 77)
grad("the maximum's place in its window taken for a place in the image",
     "the window's start: stride * i is to be added",
     placed(lambda c, at, taps: column(c.dilation) * taps), 76)
grad("the gradient is put where windows of stride 1 would be",
     "the window's start: stride * i, not i",
     placed(lambda c, at, taps: at + column(c.dilation) * taps - starts(c)), 76)
grad("the gradient is put where windows that do not overlap would be",
     "the window's start: stride * i, not size * i",
     placed(lambda c, at, taps: column(c.taps) * at + column(c.dilation) * taps - starts(c)), 76)
grad("flat places counted by the result's width", "row * W + column: W is the image's width",
     flat_only(placed(other_width)), 76)

mistake("pooling's grad_x cropped at the wrong side", "the crop starts after the low padding",
        gives("dx", wrong_side), 75, kinds="max_pool avg_pool", ways="backward")
mean("divisor leaves padding out", "count_include_pad: padding counts",
     lambda c: engine.divisors(c, False) if c.count_include_pad else None, 80)
mean("divisor counts padding", "count_include_pad=False: only pixels count",
     lambda c: None if c.count_include_pad else engine.divisors(c, True), 80)
mean("divisor is always the window's size", "a window that overhangs or meets padding",
     lambda c: float(math.prod(c.taps)), 75)
mean("divisor leaves the padding of rows out and counts that of columns",
     "both sides of the window are cut at the image's border", by_axis(0), 74)
mean("divisor leaves the padding of columns out and counts that of rows",
     "both sides of the window are cut at the image's border", by_axis(1), 74)
mean("window's sum not divided", "the division by the window's size", lambda c: 1.0, 70)
mean("divided by one side of the window", "K where K * K is due",
     lambda c: float(c.taps[0]) if c.rank > 1 else None, 65)
mean("divided twice", "the mean of a mean", lambda c: engine.divisors(c) ** 2, 60)
mean("divided by the stride", "the window's size, not the stride's",
     lambda c: float(math.prod(c.stride)), 65)
avg("maximum instead of average", "np.max where np.mean is due",
    gives("y", engine.max_pool), 65, ways="forward")
avg("overlapping windows overwrite each other's gradient", "dx[...] = where += is due",
    gives("dx", lambda c: engine.avg_pool_dx(c, merge="last")), 80, ways="backward")
avg("a pixel's first window alone gives it gradient", "dx[...] is written once",
    gives("dx", lambda c: engine.avg_pool_dx(c, merge="first")), 70, ways="backward")
