"""PyTensor: the convolutions of lines and planes of pytensor.tensor.signal; forward only.

They are of one line or plane: channels and batches are a loop, a stride is a subsampling, a
dilated kernel is one with zeros between its taps.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.libraries.scipy_ import _each, _padded
from convproof.conformance.target.target import Target

NEEDS = {"pytensor": "pytensor"}
EXTRA = "pytensor"

Array = np.ndarray[Any, Any]

COMPILED: dict[Any, Any] = {}


def _correlated(x: Array, w: Array) -> Array:
    """Where the whole kernel lies in the line or plane; compiled for each dtype and thread.

    A compiled function keeps its arguments in places of its own: it is called by one thread.
    """
    from threading import get_ident

    import pytensor
    import pytensor.tensor as pt
    from pytensor.tensor.signal import convolve1d, convolve2d

    key = get_ident(), x.ndim, x.dtype.name, w.dtype.name
    if key not in COMPILED:
        a = pt.tensor("a", dtype=x.dtype.name, shape=(None,) * x.ndim)
        k = pt.tensor("k", dtype=w.dtype.name, shape=(None,) * x.ndim)
        convolve = convolve1d if x.ndim == 1 else convolve2d
        COMPILED[key] = pytensor.function([a, k], convolve(a, k, mode="valid"))
    mirrored = np.ascontiguousarray(np.flip(w))
    return np.array(COMPILED[key](np.ascontiguousarray(x), mirrored))


def _conv(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    rank = x.ndim - 2
    gaps = _each(dilation, rank)
    taps = [d * (k - 1) + 1 for d, k in zip(gaps, w.shape[2:], strict=True)]
    wide = np.zeros((*w.shape[:2], *taps), dtype=w.dtype)
    every: Any = (..., *(slice(None, None, d) for d in gaps))
    wide[every] = w
    x = _padded(x, padding, 0)
    if x.shape[1] != w.shape[1] * groups or len(w) % groups:
        raise ValueError("the channels do not suit the kernel and the groups")
    if any(n < t for n, t in zip(x.shape[2:], taps, strict=True)):
        raise ValueError("the kernel is larger than the padded input")  # it would swap them
    room = [n - t + 1 for n, t in zip(x.shape[2:], taps, strict=True)]
    y = np.zeros((len(x), len(w), *room), dtype=np.result_type(x, w))
    for n, image in enumerate(x):
        for m, kernels in enumerate(wide):
            first = m // (len(w) // groups) * w.shape[1]
            for part, kernel in zip(image[first:], kernels, strict=False):
                y[n, m] += _correlated(part, kernel)
    sampled: Any = (..., *(slice(None, None, s) for s in _each(stride, rank)))
    y = y[sampled]
    return np.ascontiguousarray(y if b is None else y + b.reshape(-1, *(1,) * rank))


def target() -> Target:
    """PyTensor as a target."""
    return Target(
        "pytensor",
        spec="pytensor",
        own_errors=True,
        cost="high",
        accepts={"conv": ("asymmetric_padding",)},
        **lines_of({"conv1d": _conv, "conv2d": _conv}),
    )
