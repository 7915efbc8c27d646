"""From a call that breaks a law to the smallest that does, by trying simpler ones."""

from __future__ import annotations

import contextlib
import itertools
import math
from collections.abc import Callable, Iterator

import numpy as np

from convproof.conformance.target.clock import Clock
from convproof.errors import SpecError
from convproof.laws.case import Array, Case


def cost(case: Case) -> tuple[float, ...]:
    """What is small: fewer numbers first, then plainer parameters, then plainer numbers."""
    arrays = list(case.arrays.values())
    knobs = sum(case.stride) + sum(case.dilation) + sum(lo + hi for lo, hi in case.padding)
    knobs += sum(lo != hi for lo, hi in case.padding) + case.groups + case.ceil_mode
    knobs += (
        sum(case.output_padding)
        + bool(case.spelled)
        + (not case.count_include_pad)
        + (case.memory != "plain")
    )
    values = sum([float(np.fmin(np.abs(a, dtype=float), 1e9).sum()) for a in arrays])
    return (sum(a.size for a in arrays) + 4 * math.prod(case.taps), knobs, values)


def shrink(
    case: Case, breaks: Callable[[Case], bool], seconds: float = 1.0, calls: int = 400
) -> Case:
    """The smallest case found that still breaks; `breaks` is asked at most `calls` times."""
    clock = Clock()
    best, least, asked, place, progress = case, cost(case), 0, 0, True
    while progress:
        progress = False
        # What was of no use to the larger call is tried last: it is likely to be of none again.
        for number, smaller in _from(candidates(best), place):
            if asked >= calls or clock.now() > seconds:
                return best
            if not valid(smaller) or (price := cost(smaller)) >= least:
                continue
            asked += 1
            if breaks(smaller):
                best, least, place, progress = smaller, price, number, True
                break
    return best


def _from(found: Iterator[Case], place: int) -> Iterator[tuple[int, Case]]:
    """The cases with their numbers, from one of them on; then those before it."""
    passed = list(enumerate(itertools.islice(found, place)))
    yield from enumerate(found, place)
    yield from passed


def valid(case: Case) -> bool:
    """Whether the call is one the definition gives a value to."""
    try:
        out = case.out_shape
    except SpecError:
        return False
    if (case.dy is not None and case.dy.shape != out) or case.hollow:
        return False
    if case.kind == "conv_transpose":
        more = case.output_padding or (0,) * case.rank
        room = all(n <= max(a.stride, a.dilation) for n, a in zip(more, case.axes, strict=True))
        return min(out[1:]) > 0 and room
    return case.kernel is not None or all(
        2 * max(pair) <= k for pair, k in zip(case.padding, case.taps, strict=True)
    )


def candidates(case: Case) -> Iterator[Case]:
    """Simpler calls, boldest first."""
    if not case.spelled:
        yield from _simpler(case)
        return
    yield case.replace(spelled="")
    for smaller in _simpler(case):
        with contextlib.suppress(SpecError):
            yield _refit(smaller.respelled)


def _simpler(case: Case) -> Iterator[Case]:
    if len(case.x) > 1:
        yield _batch(case, slice(0, 1))
        yield _batch(case, slice(len(case.x) - 1, None))
        yield _batch(case, slice(0, len(case.x) // 2))
        yield _batch(case, slice(0, len(case.x) - 1))
    yield from _channels(case)
    for axis in range(case.rank):
        for size in (1, case.space[axis] // 2, case.space[axis] - 1):
            if 0 < size < case.space[axis]:
                yield _cut_space(case, axis, size)
        for size in (1, case.taps[axis] - 1):
            if 0 < size < case.taps[axis]:
                yield _cut_taps(case, axis, size)
    yield from _parameters(case)
    yield from _numbers(case)


def _refit(case: Case) -> Case:
    """`dy` cut (or repeated) to the new output."""
    if case.dy is None:
        return case
    try:
        shape = case.out_shape
    except SpecError:
        return case
    dy = case.dy
    for axis, size in enumerate(shape):
        if size and dy.shape[axis]:
            dy = np.take(dy, np.arange(size) % dy.shape[axis], axis=axis)
    return case.replace(dy=np.ascontiguousarray(dy))


def _batch(case: Case, rows: slice) -> Case:
    return case.replace(x=case.x[rows], dy=None if case.dy is None else case.dy[rows])


def _cut_space(case: Case, axis: int, size: int) -> Case:
    cut = [slice(None)] * case.x.ndim
    cut[axis + 1] = slice(0, size)
    return _refit(case.replace(x=case.x[tuple(cut)]))


def _cut_taps(case: Case, axis: int, size: int) -> Case:
    if case.kernel is None:
        assert case.window is not None
        window = tuple(size if a == axis else k for a, k in enumerate(case.window))
        return _refit(case.replace(window=window))
    cut = [slice(None)] * case.kernel.ndim
    cut[axis] = slice(0, size)
    return _refit(case.replace(kernel=case.kernel[tuple(cut)]))


def _channels(case: Case) -> Iterator[Case]:
    if case.kernel is None:
        for size in (1, case.x.shape[-1] // 2, case.x.shape[-1] - 1):
            if 0 < size < case.x.shape[-1]:
                yield _refit(case.replace(x=case.x[..., :size]))
        return
    groups, depth, width = case.groups, *_ends(case)
    for g in (1, groups // 2, groups - 1):
        if 0 < g < groups:
            yield _sliced(case, np.arange(g), np.arange(depth), np.arange(width))
    for size in (1, depth // 2, depth - 1):
        if 0 < size < depth:
            yield _sliced(case, np.arange(groups), np.arange(size), np.arange(width))
    for size in (1, width // 2, width - 1):
        if 0 < size < width:
            yield _sliced(case, np.arange(groups), np.arange(depth), np.arange(size))


def _ends(case: Case) -> tuple[int, int]:
    """Input and output channels of each group."""
    return case.x.shape[-1] // case.groups, case.outputs // case.groups


def _sliced(case: Case, groups: Array, depth: Array, width: Array) -> Case:
    """The call on some groups, and some input and output channels of each."""
    assert case.kernel is not None
    all_depth, all_width = _ends(case)
    ins = (groups[:, None] * all_depth + depth).ravel()
    outs = (groups[:, None] * all_width + width).ravel()
    inner, outer = (width, ins) if case.kind == "conv_transpose" else (depth, outs)
    return case.replace(
        x=case.x[..., ins],
        kernel=case.kernel[..., inner, :][..., outer],
        bias=None if case.bias is None else case.bias[outs],
        dy=None if case.dy is None else case.dy[..., outs],
        groups=len(groups),
    )


def _parameters(case: Case) -> Iterator[Case]:
    if case.memory != "plain":
        yield case.replace(memory="plain")
    if case.bias is not None:
        yield case.replace(bias=None)
    if any(case.output_padding):
        yield _refit(case.replace(output_padding=(0,) * case.rank))
    if case.ceil_mode:
        yield _refit(case.replace(ceil_mode=False))
    for axis in range(case.rank):
        for name, least in (("stride", 1), ("dilation", 1)):
            values = list(getattr(case, name))
            for value in (least, values[axis] - 1):
                if least <= value < values[axis]:
                    smaller = tuple(value if a == axis else v for a, v in enumerate(values))
                    yield _refit(case.replace(**{name: smaller}))
        lo, hi = case.padding[axis]
        for pair in ((0, 0), (lo - 1, hi - 1), (lo, lo), (min(lo, hi),) * 2):
            if min(pair) >= 0 and pair != (lo, hi):
                pads = tuple(pair if a == axis else p for a, p in enumerate(case.padding))
                yield _refit(case.replace(padding=pads))


def _numbers(case: Case) -> Iterator[Case]:
    """Plainer numbers: all ones, all zeros but one, signs, small ones."""
    for name, array in case.arrays.items():
        if array.size == 0:
            continue
        if case.kind == "max_pool" and name == "x":
            ranks = np.argsort(np.argsort(array, axis=None, kind="stable"), kind="stable")
            yield case.replace(x=ranks.reshape(array.shape).astype(array.dtype))
            continue
        yield case.replace(**{name: np.ones_like(array)})
        if name == "bias":
            yield case.replace(bias=np.zeros_like(array))
        for place in (0, array.size - 1, array.size // 2):
            hot = np.zeros_like(array)
            hot.flat[place] = 1
            yield case.replace(**{name: hot})
        counted = np.arange(1, array.size + 1).reshape(array.shape)
        if array.size <= 64:
            yield case.replace(**{name: counted.astype(array.dtype)})
        yield case.replace(**{name: np.sign(array)})
