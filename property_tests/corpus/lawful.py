"""Right implementations that lack arguments, refuse some, or follow another lawful convention."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np

from property_tests.corpus import adjoints, engines, pools
from property_tests.corpus.correct import AVG, CONV, MAX, pair
from property_tests.corpus.entry import (
    as_conv,
    as_conv_backward,
    as_pool,
    as_pool_backward,
    whole,
)
from property_tests.corpus.job import (
    Array,
    Functions,
    Gradients,
    Job,
    Window,
    index,
    slices,
    sums_in,
)


@whole(CONV, "fewer parameters", "right")
def right_without_groups_and_dilation() -> Functions:
    """Knows stride and padding only, each one integer or a pair."""

    def conv2d(
        x: Array,
        w: Array,
        b: Array | None = None,
        stride: int | Sequence[int] = 1,
        padding: int | Sequence[int] = 0,
    ) -> Array:
        return engines.im2col(Job.of(x, w, b, stride, padding))

    def conv2d_backward(
        x: Array,
        w: Array,
        b: Array | None,
        grad_y: Array,
        stride: int | Sequence[int] = 1,
        padding: int | Sequence[int] = 0,
    ) -> Gradients:
        return adjoints.by_loops(Job.of(x, w, b, stride, padding), grad_y)

    return {"conv2d": conv2d, "conv2d_backward": conv2d_backward}


@whole(("conv2d",), "fewer parameters", "right")
def right_valid_only() -> Functions:
    """Takes an image and a kernel, and nothing else."""

    def conv2d(x: Array, w: Array) -> Array:
        return engines.windows(Job.of(x, w))

    return {"conv2d": conv2d}


@whole(CONV, "refusal", "right")
def right_refuses_integers() -> Functions:
    """Takes floating arrays only, and says so."""

    def floating(job: Job) -> Job:
        if job.x.dtype.kind != "f" or job.w.dtype.kind != "f":
            raise TypeError(f"dtype={job.kind}: allowed is float16, float32 or float64")
        return job

    return pair(
        lambda job: engines.taps(floating(job)),
        lambda job, dy: adjoints.by_taps(floating(job), dy),
    )


@whole(CONV + MAX, "refusal", "right")
def right_refuses_empty_batches() -> Functions:
    """Raises ValueError for an empty batch."""

    def some(x: Array) -> None:
        if not len(x):
            raise ValueError("x has no samples: allowed is a batch of at least one")

    def forward(job: Job) -> Array:
        some(job.x)
        return engines.loops(job)

    def backward(job: Job, dy: Array) -> Gradients:
        some(job.x)
        return adjoints.by_columns(job, dy)

    def pool(job: Window) -> Array:
        some(job.x)
        return pools.max_windows(job)

    def pool_backward(job: Window, dy: Array) -> Array:
        some(job.x)
        return pools.max_back(job, dy)

    return pair(forward, backward) | {
        "max_pool2d": as_pool(pool),
        "max_pool2d_backward": as_pool_backward(pool_backward),
    }


@whole(MAX, "ties", "right", conventions={"ties": "last"})
def right_last_maximum() -> Functions:
    """The last of several equal maxima takes the gradient, a declared convention."""

    def turn(array: Array) -> Array:
        return array[..., ::-1, ::-1]

    def backward(job: Window, dy: Array) -> Array:
        # Turned round, the last maximum is the first; left-over rows come first then, so cut them.
        padded = job.padded(pools.lowest(job.x.dtype))
        seen = tuple(
            slice(n - rest) for n, rest in zip(padded.shape[2:], job.left_over, strict=True)
        )
        turned = job.but(x=turn(padded[index(..., *seen)]), padding=(0,) * job.rank)
        gx = np.zeros(padded.shape, dtype=dy.dtype)
        gx[index(..., *seen)] = turn(pools.max_back(turned, turn(dy)))
        return job.unpad(gx)

    return {
        "max_pool2d": as_pool(pools.max_taps),
        "max_pool2d_backward": as_pool_backward(backward),
    }


@whole(MAX, "ties", "right", conventions={"ties": "split"})
def right_ties_share() -> Functions:
    """Equal maxima share the gradient, a declared convention."""

    def backward(job: Window, dy: Array) -> Array:
        padded = job.padded(pools.lowest(job.x.dtype))
        inside = job.but(x=np.ones_like(job.x, dtype=bool)).padded(0)
        view, real = pools.views(job, padded), pools.views(job, inside)
        top = np.where(np.isnan(view), np.inf, view).max(axis=(-1, -2), keepdims=True)
        hit = ((np.where(np.isnan(view), np.inf, view) == top) & real).astype(dy.dtype)
        share = hit / np.maximum(hit.sum(axis=(-1, -2), keepdims=True), 1)
        total = np.zeros(padded.shape, dtype=dy.dtype)
        for tap in np.ndindex(*job.taps):
            cut = index(..., *slices(tap, job.stride, (1, 1), job.out))
            total[cut] += share[index(..., *tap)] * dy
        return job.unpad(total)

    return {
        "max_pool2d": as_pool(pools.max_taps),
        "max_pool2d_backward": as_pool_backward(backward),
    }


@whole(AVG, "divisor", "right", conventions={"count_include_pad": False})
def right_border_not_counted() -> Functions:
    """An average over the pixels of the image only, a declared convention."""

    def scale(job: Window) -> Array:
        return int(np.prod(job.taps)) / np.maximum(pools.counts(job), 1)

    def forward(job: Window) -> Array:
        y = pools.avg_taps(job)
        return (y * scale(job)).astype(y.dtype)

    def backward(job: Window, dy: Array) -> Array:
        return pools.avg_back(job, (dy * scale(job)).astype(dy.dtype))

    return {"avg_pool2d": as_pool(forward), "avg_pool2d_backward": as_pool_backward(backward)}


@whole(CONV, "cache", "right")
def right_cache_by_content() -> Functions:
    """Caches packed kernels by their bytes, which no change of values escapes."""
    packed: dict[tuple[object, ...], Array] = {}
    lock = threading.Lock()

    def forward(job: Job) -> Array:
        key = (job.w.shape, job.w.dtype.str, job.w.tobytes())
        with lock:
            if len(packed) > 16:
                packed.clear()
            w = packed.setdefault(key, job.w.copy())
        return engines.taps(job.but(w=w))

    return pair(forward, adjoints.by_taps)


@whole(CONV, "workspace", "right")
def right_workspace_by_thread() -> Functions:
    """Pads into a buffer that it keeps, one for each thread, cleared each time."""
    local = threading.local()

    def forward(job: Job) -> Array:
        kept: dict[Any, Array] = local.__dict__
        fresh = job.padded()
        padded = kept.setdefault(f"{fresh.shape}{fresh.dtype}", np.empty_like(fresh))
        padded[...] = fresh
        return engines.taps(job.but(x=padded, padding=(0,) * job.rank)).copy()

    return pair(forward, adjoints.by_columns)


@whole(CONV, "order of sums", "right")
def right_channels_backwards() -> Functions:
    """Sums channels from the last to the first, one by one, in the arguments' dtype."""

    def forward(job: Job) -> Array:
        def one(part: Job) -> Array:
            y = np.zeros(part.shape, dtype=sums_in(part.x, part.w))
            for c in reversed(range(part.w.shape[1])):
                y += engines.taps(part.but(x=part.x[:, c : c + 1], w=part.w[:, c : c + 1]))
            return y

        return job.biased(engines.by_group(job, one))

    return pair(forward, adjoints.by_loops)


@whole(
    (
        "conv1d",
        "conv1d_backward",
        "conv3d",
        "conv3d_backward",
        "max_pool1d",
        "max_pool1d_backward",
        "avg_pool3d",
        "avg_pool3d_backward",
    ),
    "ranks",
    "right",
)
def right_other_ranks() -> Functions:
    """One- and three-dimensional layers by shift and add."""
    return {
        "conv1d": as_conv(engines.taps),
        "conv1d_backward": as_conv_backward(adjoints.by_taps),
        "conv3d": as_conv(engines.windows),
        "conv3d_backward": as_conv_backward(adjoints.by_taps),
        "max_pool1d": as_pool(pools.max_taps),
        "max_pool1d_backward": as_pool_backward(pools.max_back),
        "avg_pool3d": as_pool(pools.avg_taps),
        "avg_pool3d_backward": as_pool_backward(pools.avg_back),
    }


@whole(("conv2d",), "refusal", "right")
def right_without_checks() -> Functions:
    """Checks nothing, and answers somehow what has no value."""

    # Nothing where no window fits, the first channels of too many, zeros for the outputs that
    # groups leave over: no lawful call is answered wrongly.
    def forward(job: Job) -> Array:
        width = job.w.shape[0] // job.groups * job.groups
        depth = job.w.shape[1] * job.groups
        if min(job.room) < 0 or depth > job.x.shape[1] or not width:
            shape = (len(job.x), job.w.shape[0], *(max(n, 0) for n in job.out))
            return np.zeros(shape, job.kind)
        y = engines.taps(job.but(x=job.x[:, :depth], w=job.w[:width], b=None))
        rest = np.zeros((len(y), job.w.shape[0] - width, *y.shape[2:]), y.dtype)
        return job.biased(np.concatenate([y, rest], axis=1))

    return {"conv2d": as_conv(forward, checked=False)}


@whole(("avg_pool2d",), "precision", "right")
def right_half_sums_over_taps() -> Functions:
    """Adds the taps of a float16 window up in float16, as its arrays are."""

    def forward(job: Window) -> Array:
        padded, y = job.padded(0), np.zeros(job.shape, dtype=pools.avg_taps(job).dtype)
        for tap in np.ndindex(*job.taps):
            y += padded[index(..., *slices(tap, job.stride, (1, 1), job.out))]
        return (y / y.dtype.type(np.prod(job.taps))).astype(y.dtype)

    return {"avg_pool2d": as_pool(forward)}
