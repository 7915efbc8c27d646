"""Numba: sums over windows by its own kinds of loops, np.correlate in one dimension and a stencil.

Channels, groups, padding, stride and dilation are done around it, as for PyTensor; a stencil is
compiled for each size of the kernel.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.libraries.pytensor_ import _conv
from convproof.conformance.target.target import Target

NEEDS = {"numba": "numba"}
EXTRA = "numba"

Array = np.ndarray[Any, Any]

COMPILED: dict[Any, Any] = {}


def _line(x: Any, w: Any) -> Any:
    return np.correlate(x, w, mode="valid")


def _plane(x: Any, w: Any) -> Any:
    """What the window at a pixel comes to; a stencil's x[i, j] lies i, j from it."""
    total = w.dtype.type(0)
    for i in range(w.shape[0]):
        for j in range(w.shape[1]):
            total += x[i, j] * w[i, j]
    return total


def _correlated(x: Array, w: Array) -> Array:
    """The sums over all windows of one image of one channel."""
    import numba

    key = w.shape if w.ndim == 2 else 1
    if key not in COMPILED:
        if w.ndim == 1:
            COMPILED[key] = numba.njit(_line)
        else:
            reach = tuple((0, taps - 1) for taps in w.shape)
            slide = numba.stencil(neighborhood=reach, standard_indexing=("w",))(_plane)
            COMPILED[key] = numba.njit(lambda x, w: slide(x, w))
    found = COMPILED[key](np.ascontiguousarray(x), np.ascontiguousarray(w))
    return np.array(found[tuple(slice(n - t + 1) for n, t in zip(x.shape, w.shape, strict=True))])


def target() -> Target:
    """Numba's loops as a target."""
    return Target(
        "numba",
        spec="numba",
        own_errors=True,
        cost="high",
        accepts={"conv": ("asymmetric_padding",)},
        **lines_of({"conv1d": _conv, "conv2d": _conv}, sys.modules[__name__]),
    )
