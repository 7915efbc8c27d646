"""scikit-image: filters.correlate_sparse for convolutions, measure.block_reduce for pools.

Blocks do not overlap, and an image is cut where the last block would not fit; forward only.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.libraries.scipy_ import _each, _padded
from convproof.conformance.target.target import Target

NEEDS = {"skimage": "scikit-image"}
EXTRA = "skimage"

Array = np.ndarray[Any, Any]


def _conv(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    from skimage.filters import correlate_sparse

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
        raise ValueError("the kernel is larger than the padded input")
    room = [n - t + 1 for n, t in zip(x.shape[2:], taps, strict=True)]
    y = np.zeros((len(x), len(w), *room), dtype=np.result_type(x, w))
    for n, image in enumerate(x):
        for m, kernels in enumerate(wide):
            first = m // (len(w) // groups) * w.shape[1]
            for plane, kernel in zip(image[first:], kernels, strict=False):
                y[n, m] += correlate_sparse(plane, kernel, mode="valid")
    sampled: Any = (..., *(slice(None, None, s) for s in _each(stride, rank)))
    y = y[sampled]
    return np.ascontiguousarray(y if b is None else y + b.reshape(-1, *(1,) * rank))


def _blocks(x: Array, kernel: Any, function: Any) -> Array:
    from skimage.measure import block_reduce

    window = _each(kernel, x.ndim - 2)
    if any(n < k for n, k in zip(x.shape[2:], window, strict=True)):
        raise ValueError("the window is larger than the input")
    whole: Any = (..., *(slice(n // k * k) for n, k in zip(x.shape[2:], window, strict=True)))
    return np.array(block_reduce(x[whole], (1, 1, *window), function))


def _max_pool(x: Array, kernel: Any) -> Array:
    return _blocks(x, kernel, np.max)


def _avg_pool(x: Array, kernel: Any) -> Array:
    return _blocks(x, kernel, np.mean)


def target() -> Target:
    """scikit-image as a target."""
    ops: dict[str, Any] = {
        f"{base}{rank}d": function
        for base, function in (("conv", _conv), ("max_pool", _max_pool), ("avg_pool", _avg_pool))
        for rank in (1, 2, 3)
    }
    return Target(
        "skimage",
        spec="skimage",
        own_errors=True,
        conventions={"nan": "unspecified"},
        accepts={"conv": ("asymmetric_padding",)},
        **lines_of(ops),
    )
