"""Wrong implementations whose mistake is memory: caches, workspaces, threads, errors.

Each builds fresh state; a witness is a sequence of calls.
"""

from __future__ import annotations

import time

import numpy as np

from property_tests.corpus.engines import im2col, loops, taps
from property_tests.corpus.entry import as_conv, whole
from property_tests.corpus.job import Array, Functions, Job, Sizes, index
from property_tests.corpus.parameters import at

CONV, BACK = ("conv2d",), ("conv2d_backward",)
Key = tuple[object, ...]


@whole(
    CONV,
    "stale state",
    "stateful",
    at((1, 1, 3, 3), (1, 1, 2, 2)),
    at((1, 1, 3, 3), (1, 1, 2, 2), seed=1),
)
def weights_cached_by_shape() -> Functions:
    """Packs the kernel once for each shape and never looks at it again."""
    packed: dict[Key, Array] = {}

    def conv2d(job: Job) -> Array:
        return taps(job.but(w=packed.setdefault((job.w.shape, job.w.dtype), job.w.copy())))

    return {"conv2d": as_conv(conv2d)}


@whole(
    CONV,
    "stale state",
    "stateful",
    at((1, 1, 3, 3), (1, 1, 2, 2)),
    at((1, 1, 3, 3), (1, 1, 2, 2), seed=1, again=True),
)
def weights_cached_by_identity() -> Functions:
    """Packs the kernel once for each array object, even when its values have changed."""
    packed: dict[Key, tuple[Array, Array]] = {}

    def conv2d(job: Job) -> Array:
        # keeping the array alive makes sure that its identity is not given to another
        _, w = packed.setdefault((id(job.w), job.w.shape), (job.w, job.w.copy()))
        return im2col(job.but(w=w))

    return {"conv2d": as_conv(conv2d)}


@whole(
    CONV,
    "stale state",
    "stateful",
    at((1, 1, 3, 3), (1, 1, 2, 2)),
    at((1, 1, 3, 3), (1, 1, 2, 2), seed=1, again=True),
)
def image_cached_by_address() -> Functions:
    """Keeps the columns of the last image, found by its memory address and shape."""
    last: list[tuple[Key, Array, Array]] = []

    def conv2d(job: Job) -> Array:
        key = (job.x.__array_interface__["data"], job.x.shape, job.x.strides)
        if not last or last[0][0] != key:
            last[:] = [(key, job.x, job.x.copy())]
        return taps(job.but(x=last[0][2]))

    return {"conv2d": as_conv(conv2d)}


@whole(
    CONV,
    "stale state",
    "stateful",
    at((1, 1, 5, 5), (1, 1, 2, 2)),
    at((1, 1, 5, 5), (1, 1, 2, 2), dilation=2),
)
def geometry_cached_without_dilation() -> Functions:
    """Caches the output's size and taps by image, kernel and stride, and forgets the dilation."""
    plans: dict[Key, Sizes] = {}

    def conv2d(job: Job) -> Array:
        key = (job.space, job.taps, job.stride, job.padding)
        dilation = plans.setdefault(key, job.dilation)
        return taps(job.but(dilation=dilation))

    return {"conv2d": as_conv(conv2d)}


@whole(
    CONV,
    "stale state",
    "stateful",
    at((1, 2, 3, 3), (2, 2, 2, 2), bias=True),
    at((1, 2, 3, 3), (2, 2, 2, 2), seed=3),
)
def bias_remembered() -> Functions:
    """A call without bias adds the last one that fitted."""
    last: list[Array] = []

    def conv2d(job: Job) -> Array:
        if job.b is not None:
            last[:] = [job.b.copy()]
        elif last and last[0].shape == job.w.shape[:1]:
            job = job.but(b=last[0])
        return taps(job)

    return {"conv2d": as_conv(conv2d)}


@whole(
    CONV,
    "workspace",
    "stateful",
    at((1, 1, 3, 3), (1, 1, 2, 2)),
    at((1, 1, 3, 3), (1, 1, 2, 2), seed=1),
)
def output_accumulates() -> Functions:
    """Adds into a workspace that only its first use found empty."""
    kept: dict[Key, Array] = {}

    def conv2d(job: Job) -> Array:
        total = kept.setdefault((job.shape, job.kind), np.zeros(job.shape, dtype=job.kind))
        total += taps(job)
        return total.copy()

    return {"conv2d": as_conv(conv2d)}


@whole(
    CONV,
    "workspace",
    "stateful",
    at((1, 1, 3, 3), (1, 1, 2, 2)),
    at((1, 1, 3, 3), (1, 1, 2, 2), seed=1),
)
def result_is_the_workspace() -> Functions:
    """Hands out its own buffer, so that the next call changes the last result."""
    kept: dict[Key, Array] = {}

    def conv2d(job: Job) -> Array:
        y = kept.setdefault((job.shape, job.kind), np.empty(job.shape, dtype=job.kind))
        y[...] = loops(job)
        return y

    return {"conv2d": as_conv(conv2d)}


@whole(
    CONV,
    "workspace",
    "stateful",
    at((1, 1, 6, 6), (1, 1, 2, 2), padding=1),
    at((1, 1, 3, 3), (1, 1, 2, 2), padding=1),
)
def border_not_cleared() -> Functions:
    """Pads into a buffer that the last, larger image has left its pixels in."""
    buffer = np.zeros(0)

    def conv2d(job: Job) -> Array:
        nonlocal buffer
        sizes = [n + 2 * p for n, p in zip(job.space, job.padding, strict=True)]
        need = int(np.prod([*job.x.shape[:2], *sizes]))
        if buffer.size < need or buffer.dtype != job.x.dtype:
            buffer = np.zeros(need, dtype=job.x.dtype)
        padded = buffer[:need].reshape(*job.x.shape[:2], *sizes)
        inside = (slice(p, p + n) for p, n in zip(job.padding, job.space, strict=True))
        padded[index(slice(None), slice(None), *inside)] = job.x
        return taps(job.but(x=padded, padding=(0,) * job.rank))

    return {"conv2d": as_conv(conv2d)}


@whole(CONV, "thread", "stateful", at((2, 3, 20, 20), (4, 3, 3, 3), threads=6))
def workspace_shared_by_threads() -> Functions:
    """All threads pad into one global buffer of the shape."""
    kept: dict[Key, Array] = {}

    def conv2d(job: Job) -> Array:
        fresh = job.padded()
        key = (fresh.shape, fresh.dtype)
        padded = kept.setdefault(key, np.empty_like(fresh))
        padded[...] = fresh
        time.sleep(1e-4)  # where a real one would do its work and let other threads run
        return taps(job.but(x=padded, padding=(0,) * job.rank))

    return {"conv2d": as_conv(conv2d)}


@whole(CONV, "thread", "stateful", at((1, 2, 4, 4), (2, 2, 3, 3), padding=1, threads=6))
def parameters_in_globals() -> Functions:
    """Passes the kernel to its inner function through a global."""
    state: dict[str, Array] = {}

    def conv2d(job: Job) -> Array:
        state["w"] = job.w
        padded = job.padded()
        time.sleep(1e-4)  # as above
        return taps(
            job.but(
                x=padded,
                padding=(0,) * job.rank,
                w=state["w"] if state["w"].shape == job.w.shape else job.w,
            )
        )

    return {"conv2d": as_conv(conv2d)}


@whole(CONV, "second call", "stateful", *(at((1, 1, 3, 3), (1, 1, 2, 2), seed=s) for s in range(2)))
def second_call_transposed() -> Functions:
    """A flag set by the first call makes the others read square kernels transposed."""
    seen: list[bool] = []

    def conv2d(job: Job) -> Array:
        if seen and job.taps[0] == job.taps[1]:
            job = job.but(w=job.w.swapaxes(2, 3))
        seen.append(True)
        return taps(job)

    return {"conv2d": as_conv(conv2d)}


@whole(CONV, "second call", "stateful", *(at((1, 1, 3, 3), (1, 1, 2, 2), seed=s) for s in range(8)))
def every_seventh_call() -> Functions:
    """Every seventh call takes an unfinished path that leaves out the last row."""
    count = 0

    def conv2d(job: Job) -> Array:
        nonlocal count
        count += 1
        y = taps(job)
        if count % 7 == 0:
            y[:, :, -1] = 0
        return y

    return {"conv2d": as_conv(conv2d)}


@whole(
    CONV,
    "after an error",
    "stateful",
    at((1, 1, 2, 2), (1, 1, 3, 3), refuse=True),
    at((1, 1, 3, 3), (1, 1, 2, 2), padding=1),
)
def error_leaves_padding_off() -> Functions:
    """Switches padding off while it checks, and does not switch it on again after an error."""
    state = {"pad": True}

    def conv2d(job: Job) -> Array:
        padding = state["pad"]
        state["pad"] = False
        job.refuse()
        state["pad"] = True
        y = taps(job)
        if not padding:
            border = tuple(
                slice(p, max(o - p, p)) for p, o in zip(job.padding, job.out, strict=True)
            )
            z = np.zeros_like(y)
            z[index(..., *border)] = y[index(..., *border)]
            return z
        return y

    return {"conv2d": as_conv(conv2d, checked=False)}
