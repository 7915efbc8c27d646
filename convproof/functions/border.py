"""Border modes: an index map on each axis before the window, and its adjoint after."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import prod

from convproof.functions.arrays import Array
from convproof.generated import pad
from convproof.schedules.layer import Window


def _along(axis: int, array: Array, function: Callable[[Array], Array]) -> Array:
    """`function` of the array seen as (before, axis, after), its result seen as before again."""
    before, after = array.shape[:axis], array.shape[axis + 1 :]
    seen = function(array.reshape(prod(before), array.shape[axis], prod(after)))
    return seen.reshape(*before, seen.shape[1], *after)


def bordered(x: Array, window: Window) -> Array:
    """x with its border, where the mode has one."""
    if window.bordered:
        kernel = getattr(pad, f"pad_{window.mode}")
        for axis, (lo, hi) in enumerate(window.pads, start=1):
            x = _along(axis, x, partial(kernel, P_W=lo, Q_W=hi))
    return x


def unbordered(dx: Array, window: Window) -> Array:
    """The adjoint of `bordered`: each border entry's gradient to the pixel it stands for."""
    if window.bordered:
        kernel = getattr(pad, f"pad_{window.mode}_gradient")
        for axis, (lo, hi) in reversed(list(enumerate(window.pads, start=1))):
            dx = _along(axis, dx, partial(kernel, P_W=lo, Q_W=hi))
    return dx
