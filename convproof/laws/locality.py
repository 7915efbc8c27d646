"""Locality: a result depends on its own window, and on all of it."""

from __future__ import annotations

import itertools

import numpy as np

from convproof.laws import oracle
from convproof.laws.case import Array, Case
from convproof.laws.law import Broken, NotApplied, law
from convproof.laws.trial import Trial, result_names


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


def _poison(trial: Trial, case: Case) -> float:
    """Large enough to show at any accuracy; a power of two, so that nothing else is rounded."""
    return float(2.0 ** {8: 30, 4: 12}.get(trial.itemsize(case), 4))


def _note_huge(trial: Trial, case: Case, place: tuple[int, ...], before: Array, may: Array) -> None:
    """Note whether a number beside which the others vanish costs results out of its reach digits.

    A transform, or a running sum over the image, cannot but do that: it is no failure.
    """
    if trial.itemsize(case) < 4:
        return
    name = "dy" if case.backward else "x"
    array = case.arrays[name].copy()
    array[place] = 2.0 ** {8: 70, 4: 40}.get(trial.itemsize(case), 40)
    values = trial.outcome(case.replace(**{name: array})).values
    after = values[0] if values else None
    if after is not None and after.shape == may.shape and (before != after)[~may].any():
        trial.notes.limitations.setdefault(
            (case.op, "numbers of very different size in one image"),
            "results that a large number is no part of lose digits to it",
        )


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
    poison = _poison(trial, case)
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
        if not turn:
            _note_huge(trial, case, (n, *pixel, c), first, may)


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
    """One-hot gradients, then one large one among the others: what is out of reach must stay."""
    assert case.dy is not None
    before = trial.answer(case)[0]
    if before is None:
        raise NotApplied("the target gives no gradient for the image")
    rng = trial.rng(22, case.dy.size)
    places: list[tuple[int, ...]] = [(0,) * case.dy.ndim, tuple(n - 1 for n in case.dy.shape)]
    places += [tuple(int(rng.integers(n)) for n in case.dy.shape) for _ in range(2)]
    for place in places:
        dy = np.zeros_like(case.dy)
        dy[place] = 4
        single = case.replace(dy=dy)
        dx = trial.answer(single)[0]
        assert dx is not None
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
        dy = case.dy.copy()
        dy[place] += _poison(trial, case)
        changed = case.replace(dy=dy)
        dx = trial.answer(changed)[0]
        assert dx is not None
        if (dx[~may] != before[~may]).any():
            trial.same(
                changed,
                [dx],
                [np.where(may, dx, before).astype(np.float64)],
                fractions=False,
                note=False,
                what="the gradient out of reach of the one large output",
            )
        if place == places[0]:
            _note_huge(trial, case, place, before, may)


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
            if trial.promises(case.op, "nan"):
                calm = case.replace(kernel=kernel)
                want = np.where(hit, bad, oracle.expected(calm)[0])
                told = f"a {bad} reaches outputs that it is no part of, and the text speaks of NaN"
                raise Broken(told, poisoned, want, y)
            # What multiplies by zeros (a Toeplitz matrix, a transform) cannot but do this.
            trial.notes.limitations.setdefault(
                (case.op, "NaN or infinite input"), "it also reaches outputs that it is no part of"
            )
        kept = hit & np.isfinite(y)
        if kept.any():
            raise Broken(
                f"a {bad} in the window gave a finite output", poisoned, np.where(hit, bad, 0.0), y
            )
    if kernel is not None and kernel.size:
        _under_zero(trial, case.replace(kernel=np.zeros_like(kernel), bias=None))


def _under_zero(trial: Trial, case: Case) -> None:
    """Whether a term is left out where its weight is zero: lawful where it is always done."""
    y = trial.answer(case.replace(x=np.full_like(case.x, np.nan)))[0]
    if y is not None and y.size and np.isfinite(y).all():
        said = "a NaN does not show where its weight is zero: such terms are left out"
        trial.notes.limitations.setdefault((case.op, "NaN times zero"), said)


def _touched(case: Case) -> tuple[Array, ...]:
    """For each gradient, the entries that depend on what is not zero in `dy` (and in `x`)."""
    positive = {n: np.abs(a) for n, a in case.arrays.items() if n != "x" or case.kind == "conv"}
    return tuple(result != 0 for result in oracle.expected(case.replace(**positive)))


@law(
    "nan-reaches-gradients",
    "A NaN, or an infinity, in the incoming gradient or in the image shows in every gradient that "
    "it has a part in.",
    "dY_o = NaN  =>  dX_i = NaN for i in window(o), dK_k = NaN for k on the image, db = NaN",
    ways="backward",
    runs=4,
    source="IEEE 754",
)
def nan_reaches_gradients(trial: Trial, case: Case) -> None:
    """No other number is zero here, so nobody may skip the product."""
    if case.kind != "max_pool":
        full = {n: np.where(a == 0, 1, a).astype(a.dtype) for n, a in case.arrays.items()}
        case = case.replace(**full)
    for turn, bad in enumerate((np.nan, np.inf, -np.inf)):
        for name in ("dy", "x") if case.kind == "conv" else ("dy",):
            array = case.arrays[name].copy()
            rng = trial.rng(23, turn, array.size)
            place = tuple(int(rng.integers(n)) for n in array.shape)
            one = np.zeros_like(array)
            array[place], one[place] = bad, 1
            poisoned = case.replace(**{name: array})
            touched = _touched(case.replace(**{name: one}))
            answer = trial.answer(poisoned)
            for index, result in enumerate(result_names(case)):
                value, part = answer[index], touched[index]
                if value is None or (name == "x" and result != "dkernel"):
                    continue
                if not np.isfinite(value[~part]).all():
                    trial.notes.limitations.setdefault(
                        (case.op, "NaN or infinite input"),
                        "it also reaches gradients that it is no part of",
                    )
                if np.isfinite(value[part]).any():
                    want = np.where(part, bad, value)
                    reason = f"a {bad} in {name} left its part of {result} finite"
                    raise Broken(reason, poisoned, want, value, result=result)
