"""Mistakes by value: numbers cut to integers, gates left behind, NaN cleaned or passed over."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from convproof.conformance.faults.catalogue import engine
from convproof.conformance.faults.catalogue.catalogue import (
    Array,
    Edit,
    Results,
    edited,
    gives,
    mistake,
)
from convproof.conformance.faults.catalogue.engine import as_float
from convproof.laws.case import Case

Change = Callable[[Array], Array]


def changed(name: str, change: Change) -> Edit:
    """The call with one of its arrays changed; None where that changes nothing."""

    def edit(case: Case) -> Case | None:
        array = getattr(case, name)
        if array is None:
            return None
        other = change(as_float(array))
        same = np.array_equal(other, as_float(array), equal_nan=True)
        return None if same else case.replace(**{name: other})

    return edit


def cleaned(array: Array) -> Array:
    """Zero for NaN."""
    return np.where(np.isnan(array), 0.0, array)


def gated(by: Callable[[Case], Array]) -> Callable[[Case], Results | None]:
    """All gradients of a dy that a gate of the output's shape lets through in part."""

    def make(case: Case) -> Results | None:
        gate = by(case.forward)
        dy = as_float(case.dy)
        return engine.right(case.replace(dy=dy * gate)) if gate.shape == dy.shape else None

    return make


def forward_of(case: Case) -> Array:
    """The right output of the forward call."""
    return engine.right(case)["y"]


def passed_over(case: Case, first: bool) -> Array | None:
    """A maximum's gradient where a NaN is equal to nothing: to the first place, or nowhere."""
    values, real = engine.patches(case, -np.inf)
    missed = np.isnan(values).any(axis=-1, keepdims=True)
    if not missed.any():
        return None
    instead = (np.arange(values.shape[-1]) == 0) if first else np.zeros(values.shape[-1], bool)
    return engine.spread(case, np.where(missed, instead, engine.first_winner(values)) & real)


def beside(case: Case) -> Array | None:
    """A maximum's gradient to the largest number, NaN passed over."""
    values, real = engine.patches(case, -np.inf)
    if not np.isnan(values).any():
        return None
    return engine.spread(
        case, engine.first_winner(np.where(np.isnan(values), -np.inf, values)) & real
    )


def misread(case: Case) -> Array | None:
    """A maximum's gradient with the place in the window divided by its height, not its width."""
    if case.rank != 2 or len(set(case.taps)) < 2:
        return None
    values, real = engine.patches(case, -np.inf)
    place = (engine.first_winner(values) & real).argmax(axis=-1)
    row, column = place // case.taps[0], place % case.taps[0]
    far = [(lo, hi + 99) for lo, hi in case.padding]  # a wrong place may be beyond the window
    dx = np.pad(np.zeros(case.x.shape), [(0, 0), *far, (0, 0)])
    n, i, j, c = np.indices(place.shape)
    up, along = (
        step * index + gap * tap
        for step, index, gap, tap in zip(
            case.stride, (i, j), case.dilation, (row, column), strict=True
        )
    )
    np.add.at(dx, (n, up, along, c), as_float(case.dy))
    (top, _), (left, _) = case.padding
    height, width = case.space
    return dx[:, top : top + height, left : left + width]


# A table, one mistake a paragraph.
# fmt: off
for _name, _word in (("kernel", "kernel"), ("x", "input")):
    edited(f"fractions of the {_word} cut off", "a dtype of int, or astype(int)",
           changed(_name, np.trunc), 72, kinds="conv")
    edited(f"the {_word} rounded to integers", "np.round, or a quantisation",
           changed(_name, np.round), 71, kinds="conv")
    edited(f"the {_word} rounded down to integers", "np.floor, or //",
           changed(_name, np.floor), 70, kinds="conv")
    edited(f"the {_word}'s sign lost", "abs()", changed(_name, np.abs), 62, kinds="conv")
    edited(f"negative numbers of the {_word} taken as zero", "a ReLU, or a clip, on the way",
           changed(_name, lambda a: np.maximum(a, 0)), 63, kinds="conv")
edited("NaN taken as zero", "nan_to_num: a NaN has to reach the result", changed("x", cleaned), 76,
       kinds="conv max_pool")

mistake("gradient let through only where the input is positive", "a ReLU's mask left behind",
        gives("dx", lambda c: engine.right(c)["dx"] * (as_float(c.x) > 0)), 72,
        kinds="conv avg_pool", ways="backward")  # a maximum's is the next one
mistake("gradient let through only where the output is positive", "a ReLU's mask on dy",
        gated(lambda c: forward_of(c) > 0), 71, ways="backward")
mistake("windows whose maximum is negative pass no gradient", "a comparison with zero",
        gated(lambda c: forward_of(c) >= 0), 73, kinds="max_pool", ways="backward")
mistake("a window that holds a NaN passes no gradient", "x == max is false where both are NaN",
        gives("dx", lambda c: passed_over(c, first=False)), 82, kinds="max_pool", ways="backward")
mistake("a window that holds a NaN gives its gradient to its first pixel",
        "an argmax of x == max, which is false where both are NaN",
        gives("dx", lambda c: passed_over(c, first=True)), 82, kinds="max_pool", ways="backward")
mistake("a NaN never takes the gradient", "nanargmax, or a comparison that a NaN fails",
        gives("dx", beside), 81, kinds="max_pool", ways="backward")
mistake("the place of a maximum divided by the window's height instead of its width",
        "divmod(place, KW)", gives("dx", misread), 74, kinds="max_pool", ways="backward")
mistake("root of the mean square", "the mean itself",
        gives("y", lambda c: np.sqrt(engine.avg_pool(c.replace(x=as_float(c.x) ** 2)))), 60,
        kinds="avg_pool", ways="forward")
