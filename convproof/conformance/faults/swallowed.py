"""Where in its window a NaN is lost, and what stands in its place."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from convproof.conformance.faults.ask import Asked, answers
from convproof.conformance.faults.explanation import Diagnosis
from convproof.conformance.faults.further import Maker
from convproof.laws import oracle
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]
_LOOK = "nan_to_num, nansum, nanmean, or a comparison that a NaN fails (x != x, x > 0)"


def swallowed(case: Case, target: Asked) -> list[Diagnosis]:
    """What becomes of a NaN, and of an infinity, at each tap of the first window inside the image.

    `case` is a forward call in which one does not reach the result.
    """
    base = _inside(case)
    if base is None:
        return []
    taps = list(np.ndindex(*base.taps))
    first = tuple(-(-lo // s) for s, (lo, _) in zip(base.stride, base.padding, strict=True))
    found: list[Diagnosis] = []
    for bad, name in ((np.nan, "a NaN"), (np.inf, "an infinity")):
        came = [_value(base, target, first, tap, bad) for tap in taps]
        if any(value is None for value in came):
            return found
        lost = [tap for tap, value in zip(taps, came, strict=True) if np.isfinite(value or 0.0)]
        if not lost:
            continue
        if len(lost) == len(taps):
            text = f"{name} is lost wherever it lies in its window: {_instead(base, first, came)}"
        elif len(lost) == len(taps) - 1:
            (kept,) = set(taps) - set(lost)
            which = {taps[0]: "first", taps[-1]: "last"}.get(kept, f"number {taps.index(kept)}")
            text = f"{name} is kept where it is the {which} pixel of its window, and lost elsewhere"
        else:
            shown = ", ".join(map(str, lost[:4])) + (" ..." if len(lost) > 4 else "")
            text = (
                f"{name} is lost at some places of its window and kept at others: lost at {shown}"
            )
        found.append(Diagnosis(text, _LOOK))
    return found[:1]


def _inside(case: Case) -> Case | None:
    """A call of one image with windows of several taps, all on the image by one stride's room."""
    taps = tuple(max(k, 2 + axis % 2) for axis, k in enumerate(case.taps))
    space = tuple(
        2 * s + d * (k - 1) + lo + 2
        for s, d, k, (lo, _) in zip(case.stride, case.dilation, taps, case.padding, strict=True)
    )
    finite = {n: np.ones_like(a) for n, a in case.arrays.items()}
    made = Maker(case.replace(**finite)).sized(case, batch=1, taps=taps, space=space)
    if made is None:
        return None
    x = np.arange(1, made.x.size + 1).reshape(made.x.shape).astype(made.x.dtype)
    kernel = None if made.kernel is None else np.ones_like(made.kernel)
    return made.replace(x=x, kernel=kernel)


def _pixel(base: Case, first: tuple[int, ...], tap: tuple[int, ...]) -> tuple[int, ...]:
    ends = zip(base.stride, base.dilation, base.padding, first, tap, strict=True)
    return (0, *(s * o + d * k - lo for s, d, (lo, _), o, k in ends), 0)


def _value(
    base: Case, target: Asked, first: tuple[int, ...], tap: tuple[int, ...], bad: float
) -> float | None:
    """The result of the first window with `bad` at a tap."""
    x = base.x.copy()
    x[_pixel(base, first, tap)] = bad
    values = answers(target, base.replace(x=x))
    got = None if not values else values[0]
    return None if got is None or got.shape != base.out_shape else float(got[(0, *first, 0)])


def _instead(base: Case, first: tuple[int, ...], came: list[float | None]) -> str:
    """What is computed instead, seen at the first tap."""
    x = base.x.copy()
    place = _pixel(base, first, (0,) * base.rank)
    x[place] = 0
    zero = float(oracle.expected(base.replace(x=x))[0][(0, *first, 0)])
    value, count = came[0] or 0.0, math.prod(base.taps)
    if abs(value - zero) < 1e-5 * abs(zero):
        return "it is taken for 0"
    rest = zero * count / max(count - 1, 1)
    if base.kind == "avg_pool" and abs(value - rest) < 1e-5 * abs(zero):
        return "it is left out of the mean, like padding"
    return "another number stands for it"
