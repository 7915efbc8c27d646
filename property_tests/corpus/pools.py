"""Right poolings by several mechanisms; each takes a `Window` (and dy) and gives an array."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from property_tests.corpus.job import Array, Window, index


def lowest(kind: np.dtype[Any]) -> float | int:
    """What no value is below: minus infinity, or the least integer."""
    return -np.inf if kind.kind == "f" else int(np.iinfo(kind).min)


def views(job: Window, padded: Array) -> Array:
    """All windows, as a view (N, C, *out, *taps)."""
    every = sliding_window_view(padded, job.taps, axis=tuple(range(2, padded.ndim)))
    cut = every[index(slice(None), slice(None), *(slice(None, None, s) for s in job.stride))]
    return np.asarray(cut[index(slice(None), slice(None), *(slice(o) for o in job.out))])


def max_taps(job: Window) -> Array:
    """The maximum of one strided slice a tap."""
    padded = job.padded(lowest(job.x.dtype))
    y = np.full(job.shape, lowest(job.x.dtype), dtype=job.x.dtype)
    for tap in np.ndindex(*job.taps):
        np.maximum(y, padded[job.meets(tap)], out=y)
    return y


def max_windows(job: Window) -> Array:
    """The maximum over the last axes of a window view."""
    view = views(job, job.padded(lowest(job.x.dtype)))
    return np.asarray(view.max(axis=tuple(range(-job.rank, 0))))


def max_loops(job: Window) -> Array:
    """Output position by output position, the maximum of the part of the window on the image."""
    y = np.empty(job.shape, dtype=job.x.dtype)
    for out in np.ndindex(*job.out):
        cut = tuple(
            slice(max(o * s - p, 0), o * s - p + k)
            for o, s, p, k in zip(out, job.stride, job.padding, job.taps, strict=True)
        )
        y[index(..., *out)] = job.x[index(..., *cut)].max(axis=tuple(range(2, 2 + job.rank)))
    return y


def winners(job: Window) -> Array:
    """For each output the flat place in the padded image of the first maximum of its window."""
    padded = job.padded(lowest(job.x.dtype))
    view = views(job, padded).reshape(*job.shape, -1)
    inside = views(job, job.but(x=np.ones_like(job.x, dtype=bool)).padded(0)).reshape(view.shape)
    # A window may hold minus infinities only: let the first pixel of the image win, not a border.
    best = np.where(inside, view, lowest(job.x.dtype)).argmax(-1)
    fallback = inside.argmax(-1)
    chosen = np.take_along_axis(inside, best[..., None], -1)[..., 0]
    best = np.where(chosen, best, fallback)
    plane = np.arange(padded[0, 0].size if padded.size else 0).reshape(1, 1, *padded.shape[2:])
    places = views(job.but(x=plane), plane).reshape(1, 1, *job.out, -1)
    return np.take_along_axis(np.broadcast_to(places, view.shape), best[..., None], -1)[..., 0]


def max_back(job: Window, dy: Array) -> Array:
    """Each output's gradient to the first maximum of its window, overlaps added."""
    padded = job.padded(0)
    total = np.zeros((*job.x.shape[:2], int(np.prod(padded.shape[2:]))), dtype=dy.dtype)
    if dy.size:
        n, c = np.ogrid[: job.x.shape[0], : job.x.shape[1]]
        place = winners(job).reshape(*job.x.shape[:2], -1)
        np.add.at(total, (n[..., None], c[..., None], place), dy.reshape(place.shape))
    return job.unpad(total.reshape(padded.shape))


def max_back_loops(job: Window, dy: Array) -> Array:
    """The same by loops over everything: find the first maximum, add."""
    dx = np.zeros(job.x.shape, dtype=dy.dtype)
    for n, c, *out in np.ndindex(*dy.shape):
        low = [max(o * s - p, 0) for o, s, p in zip(out, job.stride, job.padding, strict=True)]
        high = [
            o * s - p + k for o, s, p, k in zip(out, job.stride, job.padding, job.taps, strict=True)
        ]
        patch = job.x[(n, c, *(slice(a, b) for a, b in zip(low, high, strict=True)))]
        where = np.unravel_index(int(patch.argmax()), patch.shape)
        dx[(n, c, *(int(a) + int(i) for a, i in zip(low, where, strict=True)))] += dy[(n, c, *out)]
    return dx


def real(x: Array) -> np.dtype[Any]:
    """The dtype of a mean."""
    return x.dtype if x.dtype.kind in "fc" else np.dtype(np.float64)


def wide(x: Array) -> np.dtype[Any]:
    """The dtype that a mean's sum is kept in."""
    return np.dtype(np.float32) if x.dtype == np.float16 else real(x)


def avg_taps(job: Window) -> Array:
    """The sum of one strided slice a tap, divided by the window's size, padding counted."""
    padded, y = job.padded(0), np.zeros(job.shape, dtype=wide(job.x))
    for tap in np.ndindex(*job.taps):
        y += padded[job.meets(tap)]
    return (y / job.size).astype(real(job.x))


def avg_windows(job: Window) -> Array:
    """The mean over the last axes of a window view."""
    view = views(job, job.padded(0))
    mean = view.mean(axis=tuple(range(-job.rank, 0)), dtype=wide(job.x))
    return np.asarray(mean).astype(real(job.x))


def counts(job: Window) -> Array:
    """How many pixels of the image each window holds, (1, 1, *out)."""
    line = job.but(x=np.ones((1, 1, *job.space)))
    return avg_taps(line) * job.size


def avg_back(job: Window, dy: Array) -> Array:
    """Each output's gradient, divided by the window's size, to every pixel of its window."""
    total = np.zeros(job.padded(0).shape, dtype=wide(dy))
    share = dy.astype(wide(dy)) / job.size
    for tap in np.ndindex(*job.taps):
        total[job.meets(tap)] += share
    return job.unpad(total).astype(real(dy))
