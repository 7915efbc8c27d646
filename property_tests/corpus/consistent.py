"""Wrong forwards whose backward is their true adjoint: no gradient check can see them.

Each is the right layer between two linear rearrangements, so the chain rule gives its gradients.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from property_tests.corpus.adjoints import by_columns, by_loops, by_taps, by_transposed
from property_tests.corpus.engines import im2col, loops, taps, windows, winograd
from property_tests.corpus.entry import Forward, Kind, as_conv, as_conv_backward, whole
from property_tests.corpus.gradients import trim
from property_tests.corpus.job import Array, Functions, Gradients, Job, index
from property_tests.corpus.parameters import at, turned
from property_tests.corpus.witness import Call

OPS = ("conv2d", "conv2d_backward")
Adjoint = Callable[[Job, Array], Gradients]


def pair(forward: Forward, backward: Adjoint) -> Functions:
    """Both functions under the contract's names."""
    return {"conv2d": as_conv(forward), "conv2d_backward": as_conv_backward(backward)}


def consistent(family: str, kind: Kind, *witness: Call) -> Callable[..., Callable[[], Functions]]:
    """Register a consistent pair."""
    return whole(OPS, family, kind, *witness)


@consistent("kernel flipped", "easy", at((1, 1, 4, 4), (1, 1, 2, 2)))
def consistent_flip() -> Functions:
    """Turns the kernel, and its gradient back."""

    def backward(job: Job, dy: Array) -> Gradients:
        gx, gw, gb = by_taps(job.but(w=turned(job.w)), dy)
        return gx, turned(gw).copy(), gb

    return pair(lambda job: taps(job.but(w=turned(job.w))), backward)


@consistent("axes swapped", "parameter-bound", at((1, 1, 7, 7), (1, 1, 3, 3)))
def consistent_transpose() -> Functions:
    """Reads square kernels transposed, and transposes their gradient."""

    def forward(job: Job) -> Array:
        square = job.taps[0] == job.taps[1]
        return im2col(job.but(w=job.w.swapaxes(2, 3)) if square else job)

    def backward(job: Job, dy: Array) -> Gradients:
        if job.taps[0] != job.taps[1]:
            return by_columns(job, dy)
        gx, gw, gb = by_columns(job.but(w=job.w.swapaxes(2, 3)), dy)
        return gx, gw.swapaxes(2, 3).copy(), gb

    return pair(forward, backward)


def shifted(job: Job) -> Job:
    """The image inside a border that lies on its low side only."""
    pairs = [(0, 0), (0, 0), *((2 * p, 0) for p in job.padding)]
    return job.but(x=np.pad(job.x, pairs), padding=(0,) * job.rank)


@consistent("padding", "parameter-bound", at((1, 1, 4, 4), (1, 1, 3, 3), padding=1))
def consistent_padding_before() -> Functions:
    """Puts the whole border before the image, in both passes."""

    def backward(job: Job, dy: Array) -> Gradients:
        gx, gw, gb = by_taps(shifted(job), dy)
        return gx[index(..., *(slice(2 * p, None) for p in job.padding))].copy(), gw, gb

    return pair(lambda job: taps(shifted(job)), backward)


def ended(job: Job) -> Job:
    """The padded image without the rows that are left over, taken from its start."""
    cut = (slice(rest, None) for rest in job.left_over)
    return job.but(x=job.padded()[index(..., *cut)], padding=(0,) * job.rank)


@consistent("leftover", "parameter-bound", at((1, 1, 6, 6), (1, 1, 3, 3), stride=2))
def consistent_leftover_at_start() -> Functions:
    """Aligns windows with the end of the image, in both passes."""

    def backward(job: Job, dy: Array) -> Gradients:
        gx, gw, gb = by_loops(ended(job), dy)
        wide = np.pad(gx, [(0, 0), (0, 0), *((rest, 0) for rest in job.left_over)])
        inside = (slice(p, p + n) for p, n in zip(job.padding, job.space, strict=True))
        return wide[index(slice(None), slice(None), *inside)].copy(), gw, gb

    return pair(lambda job: loops(ended(job)), backward)


@consistent("dilation ignored", "parameter-bound", at((1, 1, 5, 5), (1, 1, 2, 2), dilation=2))
def consistent_without_dilation() -> Functions:
    """Ignores the dilation in both passes."""

    def near(job: Job) -> Job:
        space = (s * (o - 1) + k for s, o, k in zip(job.stride, job.out, job.taps, strict=True))
        x = job.padded()[index(..., *(slice(n) for n in space))]
        return job.but(x=x, padding=(0,) * job.rank, dilation=(1,) * job.rank)

    def backward(job: Job, dy: Array) -> Gradients:
        gx, gw, gb = by_taps(near(job), dy)
        wide = trim(gx, job.padded())
        inside = (slice(p, p + n) for p, n in zip(job.padding, job.space, strict=True))
        return wide[index(slice(None), slice(None), *inside)].copy(), gw, gb

    return pair(lambda job: windows(near(job)), backward)


@consistent("groups", "parameter-bound", at((1, 4, 3, 3), (2, 2, 2, 2), groups=2))
def consistent_groups_interleaved() -> Functions:
    """Deals channels to the groups in turn, and deals their gradients back."""

    def order(job: Job) -> Array:
        return np.arange(job.x.shape[1]).reshape(-1, job.groups).T.reshape(-1)

    def backward(job: Job, dy: Array) -> Gradients:
        gx, gw, gb = by_columns(job.but(x=job.x[:, order(job)]), dy)
        back = np.zeros_like(gx)
        back[:, order(job)] = gx
        return back, gw, gb

    return pair(lambda job: taps(job.but(x=job.x[:, order(job)])), backward)


@consistent("tap lost", "thin-slice", at((1, 1, 6, 6), (1, 1, 4, 4)))
def consistent_even_kernel_cut() -> Functions:
    """Even kernels of 4 and more lose their last row, and its gradient is zero."""

    def cut(job: Job) -> Job:
        w = job.w.copy()
        if job.taps[0] % 2 == 0 and job.taps[0] >= 4:
            w[:, :, -1] = 0
        return job.but(w=w)

    def backward(job: Job, dy: Array) -> Gradients:
        gx, gw, gb = by_transposed(cut(job), dy)
        gw = gw.copy()
        if job.taps[0] % 2 == 0 and job.taps[0] >= 4:
            gw[:, :, -1] = 0
        return gx, gw, gb

    return pair(lambda job: taps(cut(job)), backward)


@consistent("threshold", "thin-slice", at((1, 32, 2, 2), (1, 32, 1, 1)))
def consistent_channel_32() -> Functions:
    """With 32 channels or more the last one is neither read nor given a gradient."""

    def cut(job: Job) -> Job:
        w = job.w.copy()
        if w.shape[1] >= 32:
            w[:, -1] = 0
        return job.but(w=w)

    def backward(job: Job, dy: Array) -> Gradients:
        gx, gw, gb = by_taps(cut(job), dy)
        if gw.shape[1] >= 32:
            gw[:, -1] = 0
        return gx, gw, gb

    return pair(lambda job: taps(cut(job)), backward)


@consistent("1x1 fast path", "parameter-bound", at((1, 2, 4, 4), (2, 2, 1, 1), stride=2))
def consistent_pointwise_stride() -> Functions:
    """The 1x1 product reads the first pixels, and writes their gradients there."""

    def suits(job: Job) -> bool:
        return max(job.taps) == 1 and max(job.padding) == 0

    def first(job: Job) -> Job:
        return job.but(x=job.x[index(..., *(slice(o) for o in job.out))], stride=(1,) * job.rank)

    def backward(job: Job, dy: Array) -> Gradients:
        if not suits(job):
            return by_taps(job, dy)
        gx, gw, gb = by_taps(first(job), dy)
        return trim(gx, job.x), gw, gb

    return pair(lambda job: taps(first(job) if suits(job) else job), backward)


@consistent("scale", "thin-slice", at((1, 2, 4, 4), (1, 2, 3, 3), values="normal"))
def consistent_scale_by_kernel() -> Functions:
    """3x3 results are 1.0005 times too large, and so are their gradients."""

    def scale(job: Job) -> Job:
        kind = job.w.dtype
        return job.but(w=(job.w * 1.0005).astype(kind)) if job.taps == (3, 3) else job

    def backward(job: Job, dy: Array) -> Gradients:
        gx, gw, gb = by_taps(scale(job), dy)
        return gx, (gw * 1.0005).astype(gw.dtype) if job.taps == (3, 3) else gw, gb

    return pair(lambda job: winograd(scale(job)), backward)


@consistent("stride ignored", "parameter-bound", at((1, 1, 6, 6), (1, 1, 2, 2), stride=2))
def consistent_stride_off_by_one() -> Functions:
    """Strided windows start at the second pixel where there is room, in both passes."""

    def start(job: Job) -> list[int]:
        return [
            1 if s > 1 and rest and not p else 0
            for s, rest, p in zip(job.stride, job.left_over, job.padding, strict=True)
        ]

    def late(job: Job) -> Job:
        if not any(start(job)):
            # without room for a late start the strided columns are read from the other end
            return job.but(x=job.x[..., ::-1]) if max(job.stride) > 1 else job
        return job.but(x=job.x[index(..., *(slice(first, None) for first in start(job)))])

    def backward(job: Job, dy: Array) -> Gradients:
        gx, gw, gb = by_taps(late(job), dy)
        if not any(start(job)):
            return (gx[..., ::-1].copy() if max(job.stride) > 1 else gx), gw, gb
        return np.pad(gx, [(0, 0), (0, 0), *((first, 0) for first in start(job))]), gw, gb

    return pair(lambda job: taps(late(job)), backward)


@consistent("padding", "parameter-bound", at((1, 1, 4, 4), (1, 1, 3, 3), padding=1))
def consistent_circular() -> Functions:
    """Pads from the other side and folds the gradient of the border back there."""

    def wrapped(job: Job) -> Job:
        return job.but(x=job.padded("wrap"), padding=(0,) * job.rank)

    def backward(job: Job, dy: Array) -> Gradients:
        gx, gw, gb = by_taps(wrapped(job), dy)
        rows, columns = (
            (np.arange(n + 2 * p) - p) % n for n, p in zip(job.space, job.padding, strict=True)
        )
        folded = np.zeros(job.x.shape, dtype=gx.dtype)
        np.add.at(folded, index(slice(None), slice(None), rows[:, None], columns), gx)
        return folded, gw, gb

    return pair(lambda job: taps(wrapped(job)), backward)
