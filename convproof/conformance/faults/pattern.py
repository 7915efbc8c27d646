"""What can be said of a wrong answer that no known mistake explains."""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.conformance.target.places import names, native_shape

Array = np.ndarray[Any, Any]
_LETTERS = {"n": "batch item", "m": "output channel"}


def pattern(
    good: Array,
    got: Array,
    result: str,
    *,
    layout: str = "channels_last",
    kind: str = "conv",
    fresh: bool = False,
) -> list[str]:
    """Facts about where and how `got` differs; `fresh` says that its numbers are not the shown."""
    rank = good.ndim - 2
    if good.shape != got.shape:
        came, due = (native_shape(a.shape, result, rank, layout) for a in (got, good))
        why = _shape(good.shape, got.shape, result)
        return [f"{why or 'no known mistake gives this'}; {result} has shape {came}, not {due}"]
    given = np.asarray(got, dtype=np.float64)
    wrong = ~((good == given) | (np.isnan(good) & np.isnan(given)))
    with_others = " with other numbers in this call" if fresh else ""
    where = _places(good, wrong, result, layout) if good.size > 1 else ""
    count = f"{int(wrong.sum())} of {wrong.size} entries"
    facts = [
        f"{result} is {where}: {count}{with_others}; no known mistake gives this"
        if where
        else f"no known mistake gives this; {count} are wrong{with_others}"
    ]
    if kind == "max_pool" and result == "y":
        facts = [*_constant(good, given, wrong), *facts]
    digits = None if kind == "max_pool" else _digits(good, given, got.dtype)
    if digits is not None:
        facts.insert(0, digits)
    if kind != "max_pool":  # a maximum is taken whole: ratios and digits say nothing of it
        facts += _relation(good, given, wrong)
    difference = given - good
    if kind == "conv" and result == "y" and wrong.all() and np.isfinite(difference).all():
        flat = difference.reshape(-1, good.shape[-1])
        # one position, or one wrong entry, is "off by a number of its own" whatever the cause
        if len(flat) > 1 and np.ptp(flat, axis=0).max() < 1e-9 * max(1.0, np.abs(flat).max()):
            facts.append("each channel is off by a number of its own: look at the bias")
    return facts


def _places(good: Array, wrong: Array, result: str, layout: str) -> str:
    """Along which axes the wrong entries are together."""
    rank = good.ndim - 2
    axes = names(result, rank, layout)
    if len(axes) != good.ndim:
        axes = tuple((axis, f"axis {axis}") for axis in range(good.ndim))
    facts = []
    for axis, letter in axes:
        others = tuple(a for a in range(good.ndim) if a != axis)
        where = np.flatnonzero(wrong.any(axis=others))
        if 0 < len(where) < good.shape[axis]:
            facts.append(f"{_title(letter, result)} {_ranges(where)} of {good.shape[axis]}")
    return f"wrong only at {', '.join(facts)} (counted from 0)" if facts else ""


def _title(letter: str, result: str) -> str:
    if letter == "c":
        return "input channel" if result in ("dkernel", "dx") else "channel"
    return _LETTERS.get(letter, f"{letter} =")


def _ranges(where: Array) -> str:
    """Indices as text, runs of three and more as first..last."""
    runs = np.split(where, np.flatnonzero(np.diff(where) != 1) + 1)
    parts = [
        f"{run[0]}..{run[-1]}" if len(run) > 2 else ", ".join(str(i) for i in run) for run in runs
    ]
    return ", ".join(parts[:6]) + (" ..." if len(parts) > 6 else "")


def _relation(good: Array, given: Array, wrong: Array) -> list[str]:
    """What the wrong numbers are to the right ones."""
    if not wrong.any():
        return []
    right, came = good[wrong], given[wrong]
    if not (np.isfinite(right).all() and np.isfinite(came).all()):
        return []
    facts = []
    told = right != 0
    ratio = came[told] / right[told]
    if right.size > 1 and told.sum() > 1 and told.all() and np.ptp(ratio) < 1e-9 and ratio[0] != 0:
        facts.append(f"every wrong entry is {ratio[0]:.6g} times the right one")
    if good.size > 1 and not came.any() and told.all():
        facts.append(
            "every wrong entry is zero: it was never filled, or what it adds up is left out"
        )
    return facts


def _shape(due: tuple[int, ...], came: tuple[int, ...], result: str) -> str:
    """What a wrong shape looks like."""
    if len(due) != len(came):
        more = len(came) - len(due)
        return f"an axis too {'many' if more > 0 else 'few'}: a squeeze, or a missing axis"
    if 0 in came and 0 not in due and result == "dx":
        return "an empty slice: [p:-p] with p = 0 (look at: the crop of the padding)"
    return ""


def _digits(good: Array, given: Array, kind: np.dtype[Any]) -> str | None:
    """How many bits the numbers have, where the error is small and everywhere of that size."""
    finite = np.isfinite(good) & np.isfinite(given)
    top = float(np.abs(good[finite]).max(initial=0.0))
    worst = float(np.abs(given - good)[finite].max(initial=0.0))
    if not finite.all() or not 0 < worst < 2.0**-7 * top:
        return None
    bits = -int(np.floor(np.log2(worst / top)))
    name = next((text for most, text in _BITS if bits <= most), "")
    on = f": {name} inside, cast back to {kind}" if name and kind.name != name.split()[0] else ""
    return (
        f"computed in about {bits} bits{on}: the error is {worst / top:.2g} of the largest entry "
        "(look at: a cast, or the dtype of a buffer or a running sum)"
    )


# so many bits a right result of a sum in that format has, to a few bits lost in the sum
_BITS = ((9, "bfloat16 (8 bits)"), (13, "float16 or TF32 (11 bits)"), (27, "float32 (24 bits)"))


def _constant(good: Array, given: Array, wrong: Array) -> list[str]:
    """Whether one number stands for all lower maxima."""
    values = np.unique(given[wrong])
    if len(values) != 1 or not (good[wrong] < values[0]).all():
        return []
    lowest = {float(np.finfo(kind).min) for kind in (np.float16, np.float32, np.float64)}
    name = "the lowest finite number, " if float(values[0]) in lowest else ""
    return [
        f"where the maximum is lower, {name}{values[0]:g} is given: the border, or the start of a "
        "running maximum (look at: minus infinity is due)"
    ]
