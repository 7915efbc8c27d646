"""SciPy: signal.correlate for convolutions, ndimage's filters for pools; forward only.

SciPy has no strides, dilations, groups or batches: strides are a subsampling of its dense result,
a dilated kernel is one with zeros between its taps, and the rest is a loop.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.target import Target

NEEDS = {"scipy": "scipy"}
EXTRA = ""  # convproof itself needs it

Array = np.ndarray[Any, Any]


def _each(value: Any, rank: int) -> tuple[Any, ...]:
    return (value,) * rank if isinstance(value, int) else tuple(value)


def _padded(x: Array, padding: Any, value: float) -> Array:
    """x (N, C, *space) with a border of `value`."""
    rank = x.ndim - 2
    pairs = [(p, p) if isinstance(p, int) else tuple(p) for p in _each(padding, rank)]
    return np.pad(x, [(0, 0), (0, 0), *pairs], constant_values=value)


def _conv(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    from scipy.signal import correlate

    rank = x.ndim - 2
    gaps = _each(dilation, rank)
    taps = [d * (k - 1) + 1 for d, k in zip(gaps, w.shape[2:], strict=True)]
    wide = np.zeros((*w.shape[:2], *taps), dtype=w.dtype)
    every: Any = (..., *(slice(None, None, d) for d in gaps))
    wide[every] = w
    x = _padded(x, padding, 0)
    if any(n < t for n, t in zip(x.shape[2:], taps, strict=True)):
        raise ValueError("the kernel is larger than the padded input")  # correlate would swap them
    if x.shape[1] != w.shape[1] * groups or len(w) % groups:
        raise ValueError("the channels do not suit the kernel and the groups")
    room = [n - t + 1 for n, t in zip(x.shape[2:], taps, strict=True)]
    y = np.empty((len(x), len(w), *room), dtype=np.result_type(x, w))
    depth, width = w.shape[1], len(w) // groups
    for n in range(len(x)):
        for m in range(len(w)):
            part = x[n, m // width * depth : (m // width + 1) * depth]
            y[n, m] = correlate(part, wide[m], mode="valid", method="direct")[0]
    sampled: Any = (..., *(slice(None, None, s) for s in _each(stride, rank)))
    y = y[sampled]
    return np.ascontiguousarray(y if b is None else y + b.reshape(-1, *(1,) * rank))


def _max_pool(x: Array, kernel: Any, stride: Any = None, padding: Any = 0) -> Array:
    from scipy.ndimage import maximum_filter

    rank = x.ndim - 2
    window = _each(kernel, rank)
    low = -np.inf if x.dtype.kind == "f" else np.iinfo(x.dtype).min
    x = _padded(x, padding, low)
    if any(n < k for n, k in zip(x.shape[2:], window, strict=True)):
        raise ValueError("the window is larger than the padded input")
    dense = maximum_filter(x, size=(1, 1, *window), mode="constant", cval=low)
    return np.ascontiguousarray(dense[_centres(x, window, stride)])


def _avg_pool(x: Array, kernel: Any, stride: Any = None, padding: Any = 0) -> Array:
    from scipy.ndimage import correlate

    window = _each(kernel, x.ndim - 2)
    x = _padded(x, padding, 0)
    if any(n < k for n, k in zip(x.shape[2:], window, strict=True)):
        raise ValueError("the window is larger than the padded input")
    ones = np.ones((1, 1, *window), dtype=x.dtype)
    sums = correlate(x, ones, mode="constant", cval=0.0)
    return np.ascontiguousarray(sums[_centres(x, window, stride)] / x.dtype.type(ones.size))


def _centres(x: Array, window: tuple[int, ...], stride: Any) -> tuple[slice, ...]:
    """Where ndimage leaves the value of each window: at its middle, k // 2 from its start."""
    steps = _each(window if stride is None else stride, len(window))
    return (
        slice(None),
        slice(None),
        *(
            slice(k // 2, n - (k - 1) + k // 2, s)
            for n, k, s in zip(x.shape[2:], window, steps, strict=True)
        ),
    )


def target() -> Target:
    """SciPy as a target."""
    ops: dict[str, Any] = {
        f"{base}{rank}d": function
        for base, function in (("conv", _conv), ("max_pool", _max_pool), ("avg_pool", _avg_pool))
        for rank in (1, 2, 3)
    }
    return Target(
        "scipy",
        spec="scipy",
        own_errors=True,
        conventions={"count_include_pad": True, "nan": "unspecified"},
        accepts=dict.fromkeys(("conv", "max_pool", "avg_pool"), ("asymmetric_padding",)),
        **lines_of(ops),
    )
