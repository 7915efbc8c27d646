"""Wrong gradients that are right nearly everywhere, and some that agree with a wrong forward."""

from __future__ import annotations

import numpy as np

from property_tests.corpus.adjoints import (
    by_columns,
    by_loops,
    by_taps,
    by_transposed,
    grad_b,
    grad_w,
    grad_x,
)
from property_tests.corpus.entry import back
from property_tests.corpus.gradients import bat
from property_tests.corpus.job import Array, Gradients, Job, index
from property_tests.corpus.parameters import turned


@back("threshold", "thin-slice", bat((1, 33, 2, 2), (1, 33, 2, 2)))
def grad_x_beyond_32_channels(job: Job, dy: Array) -> Gradients:
    """Channels from 32 on get no input gradient."""
    gx, gw, gb = by_taps(job, dy)
    gx[:, 32:] = 0
    return gx, gw, gb


@back("threshold", "thin-slice", bat((5, 1, 3, 3), (1, 1, 2, 2)))
def grad_w_four_samples_at_a_time(job: Job, dy: Array) -> Gradients:
    """Sums over the batch four at a time and loses the remainder."""
    gx, gw, gb = by_columns(job, dy)
    n = len(dy) // 4 * 4
    return gx, grad_w(job.but(x=job.x[:n]), dy[:n]) if n else gw, gb


@back("threshold", "thin-slice", bat((1, 1, 18, 3), (1, 1, 2, 2)))
def grad_w_first_16_rows(job: Job, dy: Array) -> Gradients:
    """The kernel's gradient sums 16 output rows."""
    gx, _, gb = by_taps(job, dy)
    some = dy.copy()
    some[:, :, 16:] = 0
    return gx, grad_w(job, some), gb


@back("threshold", "thin-slice", bat((1, 1, 3, 3), (17, 1, 2, 2)))
def grad_x_sums_16_outputs(job: Job, dy: Array) -> Gradients:
    """The input gradient sums the first 16 output channels."""
    _, gw, gb = by_loops(job, dy)
    some = dy.copy()
    if job.groups == 1:
        some[:, 16:] = 0
    return grad_x(job, some), gw, gb


@back("threshold", "thin-slice", bat((1, 1, 12, 12), (1, 1, 2, 2), bias=True))
def grad_b_64_positions(job: Job, dy: Array) -> Gradients:
    """The bias gradient sums whole blocks of 64 positions once there are more."""
    gx, gw, gb = by_taps(job, dy)
    line = dy.reshape(*dy.shape[:2], int(np.prod(dy.shape[2:])))
    if gb is not None and line.shape[2] > 64:
        gb = line[:, :, : line.shape[2] // 64 * 64].sum(axis=(0, 2)).astype(gb.dtype)
    return gx, gw, gb


@back("one pixel", "thin-slice", bat((1, 1, 4, 4), (1, 1, 3, 3), padding=1))
def grad_w_corner_tap(job: Job, dy: Array) -> Gradients:
    """The kernel's first tap misses the last output row when there is padding."""
    gx, gw, gb = by_transposed(job, dy)
    if max(job.padding):
        some = dy.copy()
        some[:, :, -1] = 0
        gw = gw.copy()
        gw[:, :, 0, 0] = grad_w(job, some)[:, :, 0, 0]
    return gx, gw, gb


@back("one pixel", "thin-slice", bat((1, 1, 4, 4), (1, 1, 2, 2)))
def grad_x_last_column_zero(job: Job, dy: Array) -> Gradients:
    """An exclusive bound leaves the last column without gradient."""
    gx, gw, gb = by_taps(job, dy)
    if job.space[-1] > 1:
        gx[..., -1] = 0
    return gx, gw, gb


@back("one pixel", "thin-slice", bat((1, 1, 6, 6), (1, 1, 3, 3), stride=2))
def grad_x_leftover_row_copied(job: Job, dy: Array) -> Gradients:
    """Left-over rows, whose gradient is zero, repeat the last row that a window saw."""
    gx, gw, gb = by_columns(job, dy)
    rest = job.left_over[0] - job.padding[0]
    if 0 < rest < job.space[0]:
        gx[:, :, -rest:] = gx[:, :, -rest - 1 : -rest]
    return gx, gw, gb


@back("combination", "thin-slice", bat((1, 2, 5, 5), (2, 1, 2, 2), groups=2, dilation=2))
def grad_w_grouped_dilated_turned(job: Job, dy: Array) -> Gradients:
    """With groups and dilation together the kernel's gradient comes turned."""
    gx, gw, gb = by_taps(job, dy)
    both = job.groups > 1 and max(job.dilation) > 1
    return gx, turned(gw).copy() if both else gw, gb


@back("combination", "thin-slice", bat((1, 2, 5, 5), (2, 1, 3, 3), groups=2, stride=2))
def grad_x_depthwise_strided(job: Job, dy: Array) -> Gradients:
    """Depthwise with a stride uses the first channel's kernel for all."""
    gx, gw, gb = by_taps(job, dy)
    if job.depthwise and max(job.stride) > 1:
        gx = grad_x(job.but(w=np.broadcast_to(job.w[:1], job.w.shape)), dy)
    return gx, gw, gb


@back("combination", "thin-slice", bat((1, 1, 5, 5), (1, 1, 2, 2), padding=2, stride=2))
def grad_x_wide_border(job: Job, dy: Array) -> Gradients:
    """A border as wide as the kernel, with a stride, is cut one pixel short."""
    gx, gw, gb = by_loops(job, dy)
    if all(p >= k for p, k in zip(job.padding, job.taps, strict=True)) and max(job.stride) > 1:
        gx = np.roll(gx, 1, axis=-1)
    return gx, gw, gb


@back("combination", "thin-slice", bat((1, 1, 8, 8), (1, 1, 2, 2), stride=2, dilation=3))
def grad_x_stride_and_dilation(job: Job, dy: Array) -> Gradients:
    """When stride and dilation have no common divisor, the last tap is left out."""
    gx, gw, gb = by_taps(job, dy)
    if (
        min(job.stride) > 1
        and min(job.dilation) > 1
        and np.gcd(job.stride[0], job.dilation[0]) == 1
    ):
        w = job.w.copy()
        w[..., -1, -1] = 0
        gx = grad_x(job.but(w=w), dy)
    return gx, gw, gb


@back("one shape", "thin-slice", bat((1, 1, 6, 6), (1, 1, 4, 4), padding=1))
def grad_x_even_kernels_shifted(job: Job, dy: Array) -> Gradients:
    """Pads dy by K // 2 on both sides: right for odd kernels, one off for even ones."""
    gx, gw, gb = by_transposed(job, dy)
    even = max(job.padding) and job.taps[0] % 2 == 0
    return np.roll(gx, 1, axis=2) if even else gx, gw, gb


@back("one shape", "thin-slice", bat((1, 2, 3, 3), (1, 2, 3, 3)))
def grad_w_single_position(job: Job, dy: Array) -> Gradients:
    """Where there is one output position, a squeeze sums over the channels."""
    gx, gw, gb = by_taps(job, dy)
    if job.out == (1, 1) and gw.shape[1] > 1:
        gw = np.broadcast_to(gw.sum(axis=1, keepdims=True), gw.shape).copy()
    return gx, gw, gb


@back("one shape", "thin-slice", bat((1, 1, 5, 5), (1, 1, 1, 3)))
def grad_w_row_kernels(job: Job, dy: Array) -> Gradients:
    """Kernels of one row get their gradient back to front."""
    gx, gw, gb = by_columns(job, dy)
    return gx, gw[..., ::-1].copy() if job.taps[0] == 1 else gw, gb


@back("values", "thin-slice", bat((1, 1, 4, 4), (1, 1, 2, 2)))
def grad_x_gated(job: Job, dy: Array) -> Gradients:
    """Lets the gradient through only where the input is positive, a ReLU left behind."""
    gx, gw, gb = by_taps(job, dy)
    return np.where(job.x > 0, gx, 0).astype(gx.dtype), gw, gb


@back("values", "thin-slice", bat((1, 1, 4, 4), (1, 1, 2, 2), values="large"))
def gradients_clipped(job: Job, dy: Array) -> Gradients:
    """Clips the kernel's gradient at one million, as training code does."""
    gx, gw, gb = by_loops(job, dy)
    return gx, gw.clip(-1e6, 1e6).astype(gw.dtype), gb


@back("values", "thin-slice", bat((2, 1, 3, 3), (1, 1, 2, 2)))
def grad_x_shared_by_batch(job: Job, dy: Array) -> Gradients:
    """Gives each sample the mean of the batch's input gradients."""
    gx, gw, gb = by_taps(job, dy)
    if len(gx) > 1:
        gx = np.broadcast_to(gx.mean(axis=0, keepdims=True), gx.shape).astype(gx.dtype)
    return gx, gw, gb


@back("dtype", "easy", bat((1, 1, 3, 3), (1, 1, 2, 2)))
def grad_w_in_float32(job: Job, dy: Array) -> Gradients:
    """Gives the kernel's gradient in float32 for float64 arguments."""
    gx, gw, gb = by_taps(job, dy)
    return gx, gw.astype(np.float32), gb


@back(
    "precision",
    "thin-slice",
    bat((8, 1, 33, 33), (1, 1, 2, 2), dtype="float16", values="ones", bias=True),
)
def grad_b_sums_in_half(job: Job, dy: Array) -> Gradients:
    """Sums the bias gradient of float16 one after the other in float16."""
    gx, gw, gb = by_taps(job, dy)
    if gb is not None and gb.dtype == np.float16:
        line = np.moveaxis(dy, 1, 0).reshape(len(gb), dy.size // max(len(gb), 1))
        gb = np.add.accumulate(line, axis=1, dtype=np.float16)[:, -1] if line.size else gb
    return gx, gw, gb


@back("precision", "thin-slice", bat((2, 1, 9, 9), (1, 1, 2, 2), values="normal"))
def grad_w_long_sums_in_single(job: Job, dy: Array) -> Gradients:
    """Float64 kernel gradients over more than 100 positions are summed in float32."""
    gx, gw, gb = by_taps(job, dy)
    if gw.dtype == np.float64 and len(dy) * int(np.prod(job.out)) > 100:
        gw = grad_w(job.but(x=job.x.astype(np.float32), w=job.w.astype(np.float32)), dy)
    return gx, gw.astype(job.kind), gb


@back("shape", "thin-slice", bat((1, 1, 6, 6), (1, 1, 3, 3), stride=2))
def grad_x_without_left_over(job: Job, dy: Array) -> Gradients:
    """Gives an input gradient without the rows that no window saw."""
    gx, gw, gb = by_taps(job, dy)
    cut = tuple(
        slice(n - max(rest - p, 0))
        for n, rest, p in zip(job.space, job.left_over, job.padding, strict=True)
    )
    return gx[index(..., *cut)], gw, gb


@back("shape", "thin-slice", bat((0, 1, 3, 3), (2, 1, 2, 2), bias=True))
def empty_batch_gradient_is_nan(job: Job, dy: Array) -> Gradients:
    """An empty batch gives kernel gradients of NaN, a mean of nothing."""
    gx, gw, gb = by_taps(job, dy)
    return gx, gw if len(dy) else np.full_like(gw, np.nan), gb


@back("axes swapped", "thin-slice", bat((1, 1, 5, 5), (1, 1, 2, 3), padding=(1, 0)))
def grad_w_oblong_reshaped(job: Job, dy: Array) -> Gradients:
    """Reshapes (KH, KW) as (KW, KH) and back, which moves the taps of oblong kernels."""
    gx, gw, gb = by_columns(job, dy)
    return gx, gw.swapaxes(2, 3).reshape(gw.shape) if gw.shape[2] != gw.shape[3] else gw, gb


@back("one dtype", "thin-slice", bat((1, 2, 4, 4), (1, 2, 2, 2), dtype="float32"))
def grad_x_float32_only(job: Job, dy: Array) -> Gradients:
    """The float32 kernel alone exchanges the first two input channels of the gradient."""
    gx, gw, gb = by_taps(job, dy)
    if gx.dtype == np.float32 and gx.shape[1] > 1:
        gx[:, :2] = gx[:, 1::-1].copy()
    return gx, gw, gb


@back("noise", "thin-slice", bat((1, 1, 4, 4), (1, 1, 2, 2)))
def grad_x_zero(job: Job, dy: Array) -> Gradients:
    """Gives a zero input gradient, of the right shape."""
    return np.zeros_like(grad_x(job, dy)), grad_w(job, dy), grad_b(job, dy)
