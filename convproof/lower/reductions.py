"""What generated pools call: sums and maxima along an axis, and where gradients go.

Written by hand, beside `runtime`; stand-alone modules get the text of what they need.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import prod
from typing import Any, TypeAlias

import numpy as np

from convproof.lower.runtime import Array, add, lowest, near, put

Span: TypeAlias = tuple[int, slice, slice]
Takes: TypeAlias = "list[Array | None]"

LEAST = 4096  # numbers: of fewer a copy is not worth its call
APART = 64  # bytes: pixels shorter than that are copied side by side before they are reduced
WORTH = 2048  # bytes: the same where each is read or written several times
LONG = 1024  # bytes: what is longer is chosen into its place, what is shorter put there
BITS: dict[Any, Any] = {np.dtype(np.float32): np.int32, np.dtype(np.float64): np.int64}
EVERYWHERE = slice(None)


def close(view: Array) -> Array:
    """The same numbers side by side, where they lie in pieces too short to loop over each."""
    if view.size < LEAST or view.ndim < 2 or view.strides[-1] != view.itemsize:
        return view
    return near(view) if view.shape[-1] * view.itemsize < APART else view


def pace(spans: Sequence[Span]) -> int:
    """The step that the slices of all taps have."""
    for _, coarse, fine in spans:
        if coarse.stop:
            return int(fine.step)
    return 1


def bytes_at(array: Array, axis: int) -> int:
    """The bytes at each place of an axis."""
    size = array.itemsize
    for length in array.shape[axis + 1 :]:
        size *= length
    return size


def strewn(array: Array, axis: int, step: int, often: bool = False) -> bool:
    """Whether what lies at every `step`-th place of an axis is too short to loop over, so `often`.

    A loop over a pixel of 64 numbers takes three times as long for each as one over a row of them.
    """
    most = WORTH if often else APART
    return step > 1 and array.size >= LEAST and bytes_at(array, axis) < most


def lane(array: Array, axis: int, fine: slice, lanes: dict[int, Array] | None) -> Array:
    """array[fine] of an axis; where there are `lanes`, in that of its first place.

    A lane has every `step`-th entry side by side, and is made when it is asked for.
    """
    ahead = (EVERYWHERE,) * axis
    if lanes is None:
        return array[(*ahead, fine)]
    step, first = fine.step, fine.start % fine.step
    if first not in lanes:
        lanes[first] = np.ascontiguousarray(near(array[(*ahead, slice(first, None, step))]))
    start = fine.start // step
    count = (fine.stop - fine.start + step - 1) // step
    return lanes[first][(*ahead, slice(start, start + count))]


def chosen(where: Array, values: Array, out: Array | None = None) -> Array:
    """The values where `where` holds, and 0 elsewhere, whatever they are: NaN and inf too."""
    bits = BITS.get(values.dtype)
    if bits is not None:
        # All bits or none: ten times as quick as np.where where the choice is hard to foresee.
        into = None if out is None else out.view(bits)
        found: Array = np.multiply(values.view(bits), where, out=into)
        return found.view(values.dtype)
    found = values * where if values.dtype.kind in "iu" else np.where(where, values, 0)
    if out is not None:
        out[...] = found
    return found


def left(where: Array, values: Array, sent: Array, out: Array | None = None) -> Array:
    """What `chosen` did not choose: the values where `where` does not hold, and 0 elsewhere."""
    bits = BITS.get(values.dtype)
    if bits is None:
        return chosen(~where, values, out)
    into = None if out is None else out.view(bits)
    found: Array = np.bitwise_xor(values.view(bits), sent.view(bits), out=into)
    return found.view(values.dtype)


def gather(ufunc: Any, target: Array, source: Array, axis: int, spans: Sequence[Span]) -> None:
    """Sums or maxima over the taps of one axis, of nothing where no tap reaches.

    The first two taps that reach everywhere are put together at once: nothing is filled before.
    """
    ahead, size = (EVERYWHERE,) * axis, target.shape[axis]
    lanes: dict[int, Array] | None = {} if strewn(source, axis, pace(spans)) else None
    whole: list[Array] = []
    rest: list[tuple[slice, slice]] = []
    begun = False
    for _, coarse, fine in spans:
        if coarse.stop - coarse.start < size:
            rest.append((coarse, fine))
            continue
        value = lane(source, axis, fine, lanes)
        if begun:
            ufunc(target, value, out=target)
        elif whole:
            ufunc(whole[0], value, out=target)
            begun = True
        else:
            whole.append(value)
    if not begun:
        if whole:
            put(target, whole[0])
        else:
            target[...] = 0 if ufunc is np.add else lowest(target.dtype)
    for coarse, fine in rest:
        part = target[(*ahead, coarse)]
        ufunc(part, lane(source, axis, fine, lanes), out=part)


def duel(
    source: Array, axis: int, coarse: int, spans: Sequence[Span], nans: bool
) -> tuple[Array, Takes]:
    """The maxima over the taps of one axis, and where each tap has that of it and those after it.

    None stands for everywhere.  The first tap that has it has the first maximum, a NaN if there
    are any.
    """
    ahead = (EVERYWHERE,) * axis
    lanes: dict[int, Array] | None = {} if strewn(source, axis, pace(spans), True) else None
    top: Array | None = None
    takes: Takes = []
    owned = False  # the maxima so far are no view of the source
    for _, places, fine in reversed(spans):
        if places.stop == 0:
            takes.append(None)  # it meets no pixel
            continue
        value = lane(source, axis, fine, lanes)
        everywhere = places.stop - places.start == coarse
        if top is None and everywhere:
            top = value
            takes.append(None)
            continue
        if top is None:
            top, owned = bottom(source, axis, coarse), True
        if everywhere:
            took = value >= top
            top = np.maximum(value, top, out=top if owned else None)
        else:
            top = top if owned else top.copy()
            part = top[(*ahead, places)]
            took = value >= part
            np.maximum(value, part, out=part)
        owned = True
        if nans:
            took |= value != value
        takes.append(took)
    takes.reverse()
    return bottom(source, axis, coarse) if top is None else top, takes


def bottom(source: Array, axis: int, coarse: int) -> Array:
    """As many of the lowest number as there are windows along an axis."""
    shape = (*source.shape[:axis], coarse, *source.shape[axis + 1 :])
    found = np.empty(shape, source.dtype)
    found.fill(lowest(source.dtype))
    return found


def missing(array: Array) -> bool:
    """Whether a NaN is among the numbers."""
    if array.dtype.kind != "f" or not array.size:
        return False
    largest = np.maximum.reduce(array, axis=None)  # which a NaN is
    return bool(largest != largest)


def duels(
    source: Array,
    coarse: tuple[int, ...],
    *spans: Sequence[Span],
    maxima: Array | None = None,
) -> list[Takes]:
    """Where the taps of each axis have the maximum, from the last axis to the first.

    The windows' maxima are put into `maxima`, if that is given.
    """
    found: list[Takes] = []
    top = source
    for nans in (False, True):
        top, found = source, []
        for axis in reversed(range(len(coarse))):
            top, takes = duel(top, axis + 1, coarse[axis], spans[axis], nans)
            found.insert(0, takes)
        if nans or not missing(top):
            break
    if maxima is not None:
        maxima[...] = top
    return found


def scatter(
    target: Array,
    flow: Array,
    axis: int,
    spans: Sequence[Span],
    takes: Takes | None = None,
    kept: int = 0,
) -> None:
    """The target, filled with the flow that is sent along an axis to the pixels of its taps.

    To all of them, or to the first tap that takes it.  The first `kept` rows of the target hold
    sums already, which are added to.
    """
    before = target[:, :kept].copy() if kept else None
    ahead, step, size = (EVERYWHERE,) * axis, pace(spans), target.shape[axis]
    often = takes is not None or len(spans) > step
    lanes: dict[int, Array] | None = {} if strewn(target, axis, step, often) else None
    long = bytes_at(target, axis) >= LONG
    begun: set[int] = set()
    others: tuple[Array, Array, Array] | None = None  # what is left of the flow, to be found
    for number, (_, coarse, fine) in enumerate(spans):
        if coarse.stop == 0:
            continue
        first = fine.start % step
        new = first not in begun
        if new:
            begun.add(first)
            if lanes is not None:
                shape = target[(*ahead, slice(first, None, step))].shape
                lanes[first] = np.empty(shape, target.dtype)
            if fine.start >= step:
                lane(target, axis, slice(first, fine.start, step), lanes)[...] = 0
            if fine.stop - 1 + step < size:
                lane(target, axis, slice(fine.stop - 1 + step, size, step), lanes)[...] = 0
        place = lane(target, axis, fine, lanes)
        took = None if takes is None else takes[number]
        whole = coarse.stop - coarse.start == flow.shape[axis]
        out = place if new else None
        if others is not None:
            last, others = others, None
            if took is None and new and whole:
                left(*last, out=out)
                continue
            flow = left(*last)
        part = flow[(*ahead, coarse)]
        if took is None:
            sent, out = part, None
        else:
            out = out if long else None
            sent = chosen(took, part, out)
            if whole:
                others = took, part, sent
            else:
                rest = left(took, part, sent)
                flow = flow.copy()
                flow[(*ahead, coarse)] = rest
        if out is None:
            (put if new else add)(place, sent)
    for first in range(min(step, size)):
        if first not in begun:
            target[(*ahead, slice(first, None, step))] = 0
        elif lanes is not None:
            put(target[(*ahead, slice(first, None, step))], lanes[first])
    if before is not None:
        target[:, :kept] += before


@lru_cache(maxsize=64)
def pixels_of(
    shape: tuple[int, ...],
    taps: tuple[int, ...],
    gap: tuple[int, ...],
    offset: tuple[int, ...],
    stride: tuple[int, ...],
    coarse: tuple[int, ...],
) -> tuple[Array, Array, bool]:
    """Where each tap of each window (n, *coarse, c) lies in an image (n, *fine, c), row by row.

    A row is a window's.  A tap that meets no pixel has the place of the window's first that does,
    or -1: where it has the maximum, which is then the lowest number, so has that one.  Also where
    each row begins, and whether every window meets a pixel.
    """
    images, *fine, depth = shape
    grid = np.indices((*coarse, *taps)).reshape(2, len(taps), np.prod(coarse), np.prod(taps))
    lines = zip(stride, grid[0], gap, grid[1], offset, fine, strict=True)
    pixel, there = np.zeros(grid.shape[2:], np.intp), np.ones(grid.shape[2:], bool)
    for step, o, between, tap, start, size in lines:
        i = step * o + between * tap + start
        pixel = pixel * size + i
        there &= (i >= 0) & (i < size)
    pixel[~there] = -1
    first = pixel[np.arange(len(pixel)), there.argmax(1)]
    pixel = np.where(there, pixel, first[:, None])
    # (n, *coarse, c, *taps)
    image, channel = np.arange(images)[:, None, None, None], np.arange(depth)[:, None]
    found = (image * np.prod(fine, dtype=int) + pixel[:, None]) * depth + channel
    found[:, first < 0] = -1
    rows = found.reshape(-1, pixel.shape[1])
    return rows.reshape(-1), np.arange(len(rows)) * rows.shape[1], bool((first >= 0).all())


def send(
    seen: Array,
    flow: Array,
    fine: tuple[int, ...],
    taps: tuple[int, ...],
    gap: tuple[int, ...],
    offset: tuple[int, ...],
    stride: tuple[int, ...],
    coarse: tuple[int, ...],
) -> Array:
    """An image (n, *fine, c) of what windows send, each to its first maximum, a NaN if it has one.

    `seen` is what they see (n, *coarse, c, *taps, 1), `flow` (n, *coarse, c) what each sends.
    """
    shape = (len(flow), *fine, flow.shape[-1])
    place, begin, everywhere = pixels_of(shape, taps, gap, offset, stride, coarse)
    rows = seen.reshape(len(begin), prod(taps))
    at, values = place[begin + rows.argmax(1)], flow.reshape(-1)
    if not everywhere:
        values, at = values[at >= 0], at[at >= 0]
    if flow.dtype.kind == "f":
        sums = np.bincount(at, values, prod(shape))
        return sums.astype(flow.dtype, copy=False).reshape(shape)
    target = np.zeros(prod(shape), flow.dtype)
    np.add.at(target, at, values)
    return target.reshape(shape)


def reached(
    rows: slice, stride: int, span: int, offset: int, coarse: int, fine: int
) -> tuple[slice, int]:
    """The pixels of an axis up to the next window that belong to those in `rows`, of all `coarse`.

    The first windows have those before them too, and the last those after.  Also how many of the
    pixels belong to windows before as well.
    """
    lo = 0 if rows.start == 0 else min(max(stride * rows.start + offset, 0), fine)
    hi = fine
    if rows.stop < coarse:
        last = stride * (rows.stop - 1) + offset
        hi = min(max(last + max(span, stride), lo), fine)
    before = stride * (rows.start - 1) + offset + max(span, stride)
    return slice(lo, hi), 0 if rows.start == 0 else max(0, min(before, fine) - lo)


def mark(winner: Array, top: Array, value: Array, number: int, nans: bool) -> None:
    """winner = number where the value is the top, or both are NaN, if there are any."""
    value, top = close(value), close(top)
    hits = value == top
    if nans:
        hits |= (top != top) & (value != value)
    held = near(winner)
    # Sums and products where a masked copy would do: they take a part of its time.
    held += hits * (held.dtype.type(number) - held)
    if held is not winner:
        put(winner, held)


def pick(target: Array, where: Array, value: Array, apart: bool) -> None:
    """Target += value where `where` holds; `apart` if nothing has been added to it before."""
    found = chosen(near(where), near(value))
    if apart:
        put(target, found)
    else:
        add(target, found)
