"""From a case's channels-last arrays to a target's layout and back."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

Array = np.ndarray[Any, Any]
Layout = Literal["channels_first", "channels_last"]
LAYOUTS: tuple[Layout, ...] = ("channels_first", "channels_last")


def to_native(name: str, array: Array, layout: str) -> Array:
    """A case's array in the target's layout, as a view.

    >>> to_native("kernel", np.zeros((3, 2, 4, 5)), "channels_first").shape
    (5, 4, 3, 2)
    """
    if layout == "channels_last" or name == "bias":
        return array
    axes = range(array.ndim)
    if name == "kernel":  # (*taps, C/g, M) -> (M, C/g, *taps)
        return array.transpose(axes[-1], axes[-2], *axes[:-2])
    return array.transpose(0, axes[-1], *axes[1:-1])


def from_native(name: str, array: Array, layout: str, rank: int) -> Array:
    """A target's array with channels last; of a wrong number of axes, as it is."""
    if layout == "channels_last" or name == "bias" or array.ndim != rank + 2:
        return array
    if name == "kernel":
        return array.transpose(*range(2, array.ndim), 1, 0)
    return array.transpose(0, *range(2, array.ndim), 1)
