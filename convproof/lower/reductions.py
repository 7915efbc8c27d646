"""What generated pools call: sums and maxima along an axis, and where gradients go.

Written by hand, beside `runtime`; stand-alone modules get the text of what they need.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np

from convproof.lower.runtime import Array, add, lowest, near, put

Span: TypeAlias = tuple[int, slice, slice]
Takes: TypeAlias = "list[Array | None]"

APART = 64  # bytes: pixels shorter than that are copied side by side before they are reduced


def close(view: Array) -> Array:
    """The same numbers side by side, where they lie in pieces too short to loop over each."""
    if view.size < 4096 or view.ndim < 2 or view.strides[-1] != view.itemsize:
        return view
    return near(view) if view.shape[-1] * view.itemsize < APART else view


def chosen(where: Array, values: Array) -> Array:
    """The values where `where` holds, and 0 elsewhere, whatever they are: NaN and inf too."""
    found: Array
    bits = {4: np.int32, 8: np.int64}.get(values.itemsize)
    if values.dtype.kind in "iu":
        found = values * where
    elif values.dtype.kind == "f" and bits is not None:
        # All bits or none: ten times as quick as np.where where the choice is hard to foresee.
        found = (values.view(bits) * where).view(values.dtype)
    else:
        found = np.where(where, values, 0)
    return found


def left(where: Array, values: Array, sent: Array, out: Array | None = None) -> Array:
    """What `chosen` did not choose: the values where `where` does not hold, and 0 elsewhere."""
    bits = {4: np.int32, 8: np.int64}.get(values.itemsize)
    if values.dtype.kind == "f" and bits is not None:
        into = None if out is None else out.view(bits)
        found: Array = np.bitwise_xor(values.view(bits), sent.view(bits), out=into)
        return found.view(values.dtype)
    found = chosen(~where, values)
    if out is not None:
        out[...] = found
    return found


def gather(ufunc: Any, target: Array, source: Array, axis: int, spans: Sequence[Span]) -> None:
    """Sums or maxima over the taps of one axis, of nothing where no tap reaches.

    The first two taps that reach everywhere are put together at once: nothing is filled before.
    """
    ahead = (slice(None),) * axis
    everywhere = slice(0, target.shape[axis])
    whole = [fine for _, coarse, fine in spans if coarse == everywhere]
    rest = [(coarse, fine) for _, coarse, fine in spans if coarse != everywhere]
    if len(whole) > 1:
        first, second = (close(source[(*ahead, fine)]) for fine in whole[:2])
        ufunc(first, second, out=target)
    elif whole:
        put(target, source[(*ahead, whole[0])])
    else:
        target[...] = 0 if ufunc is np.add else lowest(target.dtype)
    for coarse, fine in [*((everywhere, fine) for fine in whole[2:]), *rest]:
        part = target[(*ahead, coarse)]
        ufunc(part, close(source[(*ahead, fine)]), out=part)


def duel(
    source: Array, axis: int, coarse: int, spans: Sequence[Span], nans: bool
) -> tuple[Array, Takes]:
    """The maxima over the taps of one axis, and where each tap has that of it and those after it.

    None stands for everywhere.  The first tap that has it has the first maximum, a NaN if there
    are any.
    """
    ahead, everywhere = (slice(None),) * axis, slice(0, coarse)
    shape = (*source.shape[:axis], coarse, *source.shape[axis + 1 :])
    top: Array | None = None
    takes: Takes = []
    owned = False  # the maxima so far are no view of the source
    for _, places, fine in reversed(spans):
        if places.stop == 0:
            takes.append(None)  # it meets no pixel
            continue
        value = close(source[(*ahead, fine)])
        if top is None and places == everywhere:
            top = value
            takes.append(None)
            continue
        if top is None:
            top, owned = np.empty(shape, source.dtype), True
            top.fill(lowest(source.dtype))
        if places == everywhere:
            took = value >= top
            part = top = np.maximum(value, top, out=top if owned else None)
        else:
            top = top if owned else top.copy()
            part = top[(*ahead, places)]
            took = value >= part
            np.maximum(value, part, out=part)
        owned = True
        if nans:
            took |= value != value
        takes.append(took)
    if top is None:
        top = np.empty(shape, source.dtype)
        top.fill(lowest(source.dtype))
    return top, takes[::-1]


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
    ahead = (slice(None),) * axis
    begun: set[int] = set()
    step = 1
    others: tuple[Array, Array, Array] | None = None  # what is left of the flow, to be found
    for number, (_, coarse, fine) in enumerate(spans):
        if coarse.stop == 0:
            continue
        step = fine.step or 1
        first, place = fine.start % step, target[(*ahead, fine)]
        if first not in begun and fine.start >= step:
            target[(*ahead, slice(first, fine.start, step))] = 0
        if first not in begun and fine.stop - 1 + step < target.shape[axis]:
            target[(*ahead, slice(fine.stop - 1 + step, None, step))] = 0
        took = None if takes is None else takes[number]
        if others is not None:
            if took is None and first not in begun:
                begun.add(first)
                left(*others, out=place)
                continue
            flow = left(*others)
            others = None
        part = flow[(*ahead, coarse)]
        if took is not None:
            sent = chosen(took, part)
            if part.shape == flow.shape:
                others = took, part, sent
            else:
                rest = left(took, part, sent)
                flow = flow.copy()
                flow[(*ahead, coarse)] = rest
            part = sent
        if first in begun:
            add(place, part)
        else:
            begun.add(first)
            put(place, part)
    for first in range(min(step, target.shape[axis])):
        if first not in begun:
            target[(*ahead, slice(first, None, step))] = 0
    if before is not None:
        target[:, :kept] += before


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
