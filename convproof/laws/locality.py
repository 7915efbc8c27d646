"""Locality: a result depends on its own window, and on all of it."""

from __future__ import annotations

import itertools

import numpy as np

from convproof.laws.case import Array, Case
from convproof.laws.law import Broken, NotApplied, law
from convproof.laws.trial import Trial


def reach(case: Case, pixel: tuple[int, ...]) -> Array:
    """Which output positions have `pixel` in their window, by the axis relation."""
    per_axis = []
    for axis, size, out, i in zip(case.axes, case.space, case.out_space, pixel, strict=True):
        assert 0 <= i < size
        touched = np.zeros(out, bool)
        for o, k in itertools.product(range(out), range(axis.kernel)):
            touched[o] |= axis.stride * o + axis.dilation * k - axis.pad_lo == i
        per_axis.append(touched)
    result = np.ones((), bool)
    for touched in per_axis:
        result = result[..., None] & touched
    return result


def _pixels(trial: Trial, case: Case, count: int) -> list[tuple[int, ...]]:
    """The corners, and some pixels at random."""
    corners = [tuple(0 for _ in case.space), tuple(n - 1 for n in case.space)]
    rng = trial.rng(21, case.x.size)
    return corners + [tuple(int(rng.integers(n)) for n in case.space) for _ in range(count)]


@law(
    "locality",
    "Changing one pixel changes only the outputs whose window it is in, of its own image (and, in "
    "pooling and grouped convolution, of its own channels).",
    "Z_{o} depends on X_{i} only if i = S o + D k - P for some tap k",
    ways="forward",
    source="section 10.1: locality",
)
def locality(trial: Trial, case: Case) -> None:
    """Poison one pixel with a large number; the others must not move by a bit."""
    first = trial.answer(case)[0]
    assert first is not None
    # Large enough to show at any accuracy; a power of two, so that nothing else is rounded.
    poison = 2.0 ** {8: 30, 4: 12}.get(trial.itemsize(case), 4)
    for turn, pixel in enumerate(_pixels(trial, case, 2)):
        n, c = turn % len(case.x), turn % case.x.shape[-1]
        x = case.x.copy()
        x[(n, *pixel, c)] += poison
        changed = case.replace(x=x)
        second = trial.answer(changed)[0]
        assert second is not None
        may = np.zeros(first.shape, bool)
        may[n, ..., _same_group(case, c)] = (
            reach(case, pixel)[..., None] if case.kind == "conv" else (reach(case, pixel))
        )
        moved = (first != second) & ~may
        if moved.any():
            want = np.where(may, second, first).astype(np.float64)
            trial.same(
                changed,
                [second],
                [want],
                fractions=False,
                note=False,
                what="an output outside the reach of the changed pixel",
            )


def _same_group(case: Case, channel: int) -> slice | int:
    if case.kernel is None:
        return channel
    width = case.kernel.shape[-1] // case.groups
    group = channel // case.kernel.shape[-2]
    return slice(group * width, (group + 1) * width)


@law(
    "backward-locality",
    "The gradient of one output entry reaches only the pixels in that output's window.",
    "dX_i sums dY_o over the o with i = S o + D k - P",
    ways="backward",
    source="section 10.1.5",
)
def backward_locality(trial: Trial, case: Case) -> None:
    """One-hot gradients; everything out of reach must stay exactly zero (or rounding)."""
    assert case.dy is not None
    rng = trial.rng(22, case.dy.size)
    places: list[tuple[int, ...]] = [(0,) * case.dy.ndim, tuple(n - 1 for n in case.dy.shape)]
    places += [tuple(int(rng.integers(n)) for n in case.dy.shape) for _ in range(2)]
    for place in places:
        dy = np.zeros_like(case.dy)
        dy[place] = 4
        single = case.replace(dy=dy)
        dx = trial.answer(single)[0]
        if dx is None:
            raise NotApplied("the target gives no gradient for the image")
        may = np.zeros(dx.shape, bool)
        windows = []
        for axis, size, o in zip(case.axes, case.space, place[1:-1], strict=True):
            at = axis.stride * o + axis.dilation * np.arange(axis.kernel) - axis.pad_lo
            windows.append(at[(at >= 0) & (at < size)])
        channels = np.arange(case.x.shape[-1])
        if case.kernel is None:
            channels = np.array([place[-1]])
        else:
            depth, width = case.kernel.shape[-2], case.kernel.shape[-1] // case.groups
            channels = place[-1] // width * depth + np.arange(depth)
        may[np.ix_(np.array([place[0]]), *windows, channels)] = True
        if (dx[~may] != 0).any():
            want = np.where(may, dx, 0).astype(np.float64)
            trial.same(
                single,
                [dx],
                [want],
                fractions=False,
                note=False,
                what="the gradient out of reach of the one output",
            )


@law(
    "nan-reaches",
    "A NaN, or an infinity, in a window shows in that window's output: bad numbers are not "
    "swallowed.",
    "X_i = NaN, i in window(o)  =>  Z_o = NaN",
    kinds="conv avg_pool",
    ways="forward",
    runs=4,
    source="IEEE 754",
)
def nan_reaches(trial: Trial, case: Case) -> None:
    """No weight is zero here, so nobody may skip the product."""
    kernel = (
        None
        if case.kernel is None
        else np.where(case.kernel == 0, 1, case.kernel).astype(case.kernel.dtype)
    )
    for turn, bad in enumerate((np.nan, np.inf, -np.inf)):
        pixel = _pixels(trial, case, 1)[turn]
        n, c = turn % len(case.x), turn % case.x.shape[-1]
        x = case.x.copy()
        x[(n, *pixel, c)] = bad
        poisoned = case.replace(x=x, kernel=kernel)
        y = trial.answer(poisoned)[0]
        assert y is not None
        hit = np.zeros(y.shape, bool)
        spots = reach(case, pixel)
        hit[n, ..., _same_group(case, c)] = spots[..., None] if case.kind == "conv" else spots
        if not np.isfinite(y[~hit]).all():
            # What multiplies by zeros (a Toeplitz matrix, a transform) cannot but do this.
            trial.notes.limitations.setdefault(
                (case.op, "NaN or infinite input"), "it also reaches outputs that it is no part of"
            )
        kept = hit & np.isfinite(y)
        if kept.any():
            raise Broken(
                f"a {bad} in the window gave a finite output", poisoned, np.where(hit, bad, 0.0), y
            )
