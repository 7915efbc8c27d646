"""Wrong poolings, forward and backward."""

from __future__ import annotations

import numpy as np

from property_tests.corpus.entry import pool, pool_back
from property_tests.corpus.job import Array, Sizes, Window, index, slices
from property_tests.corpus.pools import (
    avg_back,
    avg_taps,
    avg_windows,
    counts,
    lowest,
    max_back,
    max_back_loops,
    max_loops,
    max_taps,
    max_windows,
    ones,
    views,
)
from property_tests.corpus.witness import Call


def mx(x: Sizes, k: Sizes, **more: object) -> Call:
    """A call of max_pool2d."""
    return Call("max_pool2d", x, k, **more)  # type: ignore[arg-type]  # fields by name, checked there


def mxb(x: Sizes, k: Sizes, **more: object) -> Call:
    """A call of max_pool2d_backward."""
    return Call("max_pool2d_backward", x, k, **more)  # type: ignore[arg-type]  # as above


def av(x: Sizes, k: Sizes, **more: object) -> Call:
    """A call of avg_pool2d."""
    return Call("avg_pool2d", x, k, **more)  # type: ignore[arg-type]  # as above


def avb(x: Sizes, k: Sizes, **more: object) -> Call:
    """A call of avg_pool2d_backward."""
    return Call("avg_pool2d_backward", x, k, **more)  # type: ignore[arg-type]  # as above


def fit(y: Array, shape: Sizes) -> Array:
    """`y` cut, or filled up with zeros, to `shape`."""
    z = np.zeros(shape, dtype=y.dtype)
    common = tuple(slice(min(a, b)) for a, b in zip(y.shape, z.shape, strict=True))
    z[common] = y[common]
    return z


def bordered(job: Window, value: float) -> Array:
    """The maximum with a border of `value`."""
    return max_windows(job.but(x=job.padded(value), padding=(0,) * job.rank))


@pool("padding value", "parameter-bound", mx((1, 1, 3, 3), (2, 2), padding=1, values="negative"))
def max_pads_with_zero(job: Window) -> Array:
    """Lets the border compete as zeros."""
    return bordered(job, 0)


@pool("padding value", "thin-slice", mx((1, 1, 3, 3), (2, 2), padding=1, values="low"))
def max_pads_with_lowest_finite(job: Window) -> Array:
    """Pads with the lowest finite number, which beats minus infinity."""
    if job.x.dtype.kind != "f" or not max(job.padding):
        return max_taps(job)
    return bordered(job, float(np.finfo(job.x.dtype).min))


@pool("padding value", "thin-slice", mx((1, 1, 3, 3), (2, 2), values="negative"))
def max_starts_at_minus_thousand(job: Window) -> Array:
    """Starts every maximum at -1000."""
    y = max_taps(job)
    return np.maximum(y, np.asarray(-1000, dtype=y.dtype)) if y.dtype.kind == "f" else y


@pool("nan", "thin-slice", mx((1, 1, 3, 3), (2, 2), values="nan"))
def max_drops_nan(job: Window) -> Array:
    """Skips NaN, as `fmax` does."""
    padded = job.padded(lowest(job.x.dtype))
    y = np.full(job.shape, lowest(job.x.dtype), dtype=job.x.dtype)
    for tap in np.ndindex(*job.taps):
        y = np.fmax(y, padded[index(..., *slices(tap, job.stride, ones(job), job.out))])
    return y


@pool("nan", "thin-slice", mx((1, 1, 3, 3), (2, 2), values="nan", seed=1))
def max_nan_by_order(job: Window) -> Array:
    """Compares with `>`: a NaN counts only when it comes first in its window."""
    padded = job.padded(lowest(job.x.dtype))
    y = padded[index(..., *slices((0,) * job.rank, job.stride, ones(job), job.out))].copy()
    for tap in np.ndindex(*job.taps):
        part = padded[index(..., *slices(tap, job.stride, ones(job), job.out))]
        y = np.where(part > y, part, y)
    return np.asarray(y)


@pool("reduction", "easy", mx((1, 1, 4, 4), (2, 2)))
def max_is_min(job: Window) -> Array:
    """Takes the minimum."""
    return -max_taps(job.but(x=-job.x)) if job.x.dtype.kind == "f" else max_taps(job)


@pool("reduction", "easy", mx((1, 1, 4, 4), (2, 2)))
def max_of_magnitudes(job: Window) -> Array:
    """Takes the maximum of absolute values."""
    return max_loops(job.but(x=np.abs(job.x)))


@pool("stride ignored", "parameter-bound", mx((1, 1, 6, 6), (2, 2), stride=(1, 2)))
def max_stride_pair_swapped(job: Window) -> Array:
    """Takes the stride of the rows for that of the columns."""
    return fit(max_windows(job.but(stride=job.stride[::-1])), job.shape)


@pool("stride ignored", "parameter-bound", mx((1, 1, 9, 9), (2, 2), stride=3, values="normal"))
def max_stride_is_window(job: Window) -> Array:
    """Steps by the window's size, whatever the stride."""
    return fit(max_taps(job.but(stride=job.taps)), job.shape)


@pool("axes swapped", "parameter-bound", mx((1, 1, 6, 6), (1, 3)))
def max_window_pair_swapped(job: Window) -> Array:
    """Takes the window's height for its width."""
    other = job.but(taps=job.taps[::-1])
    ok = min(other.room) >= 0
    return fit(max_windows(other), job.shape) if ok else max_taps(job)


@pool("axes swapped", "parameter-bound", mx((1, 1, 5, 5), (3, 3), stride=1, padding=(0, 1)))
def max_padding_pair_swapped(job: Window) -> Array:
    """Takes the padding of the rows for that of the columns."""
    return fit(max_taps(job.but(padding=job.padding[::-1])), job.shape)


@pool("leftover", "thin-slice", mx((1, 1, 5, 5), (2, 2), stride=2))
def max_two_by_two_reshaped(job: Window) -> Array:
    """Pools 2 x 2 by a reshape that drops the first row of an odd image, not the last."""
    if job.taps == (2, 2) and job.stride == (2, 2) and not max(job.padding):
        high, wide = (n // 2 * 2 for n in job.space)
        x = job.x[..., job.space[0] - high :, :wide]
        return np.asarray(x.reshape(*x.shape[:2], high // 2, 2, wide // 2, 2).max(axis=(3, 5)))
    return max_loops(job)


@pool("leftover", "parameter-bound", mx((1, 1, 6, 6), (3, 3), stride=2))
def max_rounds_size_up(job: Window) -> Array:
    """Rounds the output size up when rows are left over."""
    more = [(0, -r % s if r else 0) for r, s in zip(job.left_over, job.stride, strict=True)]
    x = np.pad(job.padded(lowest(job.x.dtype)), [(0, 0), (0, 0), *more], mode="edge")
    return max_taps(job.but(x=x, padding=(0,) * job.rank))


@pool("separable", "thin-slice", mx((1, 1, 9, 9), (2, 2), stride=3, values="normal"))
def max_rows_then_columns(job: Window) -> Array:
    """Pools rows, then columns, and strides the second pass by the window if that is less."""
    rows = max_taps(
        job.but(taps=(job.taps[0], 1), stride=(job.stride[0], 1), padding=(job.padding[0], 0))
    )
    step = min(job.stride[1], job.taps[1])
    y = max_taps(
        job.but(x=rows, taps=(1, job.taps[1]), stride=(1, step), padding=(0, job.padding[1]))
    )
    return fit(y, job.shape)


@pool("threshold", "thin-slice", mx((1, 3, 12, 12), (12, 12), values="normal", seed=2))
def max_place_in_one_byte(job: Window) -> Array:
    """Keeps the place of the maximum in a signed byte: windows over 127 pixels go wrong."""
    view = views(job, job.padded(lowest(job.x.dtype))).reshape(*job.shape, -1)
    if np.isnan(view).any() or view.shape[-1] <= 128:
        return max_taps(job)
    ranks = np.arange(view.shape[-1])
    return np.asarray(np.where(ranks < 128, view, lowest(job.x.dtype)).max(axis=-1))


@pool("dtype", "thin-slice", mx((1, 1, 4, 4), (2, 2), values="odd"))
def max_through_float32(job: Window) -> Array:
    """Compares in float32, which rounds larger numbers."""
    return max_windows(job.but(x=job.x.astype(np.float32))).astype(job.x.dtype)


@pool("threshold", "thin-slice", mx((1, 9, 4, 4), (2, 2)))
def max_channels_beyond_eight(job: Window) -> Array:
    """Pools 8 channels at a time; the remainder gives its windows' first pixel."""
    y = max_taps(job)
    whole = y.shape[1] // 8 * 8
    if whole:
        corner = slices((0,) * job.rank, job.stride, ones(job), job.out)
        first = job.padded(lowest(job.x.dtype))[index(..., *corner)]
        y[:, whole:] = first[:, whole:]
    return y


@pool_back("ties", "parameter-bound", mxb((1, 1, 4, 4), (2, 2), values="ties"))
def max_grad_to_all_ties(job: Window, dy: Array) -> Array:
    """Gives every tied maximum the whole gradient."""
    y = max_taps(job)
    total = np.zeros(job.padded(0).shape, dtype=dy.dtype)
    padded = job.padded(lowest(job.x.dtype))
    for tap in np.ndindex(*job.taps):
        cut = index(..., *slices(tap, job.stride, ones(job), job.out))
        total[cut] += np.where(padded[cut] == y, dy, 0)
    return job.unpad(total)


@pool_back("overlaps", "parameter-bound", mxb((1, 1, 5, 5), (3, 3), stride=1))
def max_grad_overwritten(job: Window, dy: Array) -> Array:
    """Assigns where overlapping windows share their maximum."""
    last = np.zeros(job.x.shape, dtype=dy.dtype)
    for out in np.ndindex(*job.out):
        one = np.zeros_like(dy)
        one[index(..., *out)] = 1
        hit = max_back(job, one) > 0
        last = np.where(hit, dy[index(..., *out)][index(..., *(None,) * job.rank)], last)
    return last.astype(dy.dtype)


@pool_back("overlaps", "parameter-bound", mxb((1, 1, 5, 5), (3, 3), stride=1))
def max_grad_averaged_over_windows(job: Window, dy: Array) -> Array:
    """Divides by the number of windows that chose the pixel."""
    count = max_back(job, np.ones_like(dy))
    return (max_back(job, dy) / np.maximum(count, 1)).astype(dy.dtype)


@pool_back("scale", "easy", mxb((1, 1, 4, 4), (2, 2)))
def max_grad_shared_by_window(job: Window, dy: Array) -> Array:
    """Spreads the gradient over the window, as average pooling does."""
    return avg_back(job, dy)


@pool_back("padding", "parameter-bound", mxb((1, 1, 4, 4), (2, 2), padding=1))
def max_grad_shifted_by_padding(job: Window, dy: Array) -> Array:
    """Keeps the places of maxima in the padded image and uses them in the bare one."""
    gx = max_back_loops(job, dy)
    return np.roll(gx, job.padding, axis=tuple(range(2, gx.ndim))) if max(job.padding) else gx


@pool_back(
    "stride > kernel", "parameter-bound", mxb((1, 1, 8, 8), (2, 2), stride=3, values="normal")
)
def max_grad_by_upsampling(job: Window, dy: Array) -> Array:
    """Repeats dy over blocks of the window's size and masks, as if the stride were the window."""
    if job.overlaps or max(job.padding):
        return max_back(job, dy)
    wide = np.repeat(np.repeat(dy, job.taps[0], 2), job.taps[1], 3)
    hit = max_back(job, np.ones_like(dy)) > 0
    return np.where(hit, fit(wide, job.x.shape), 0).astype(dy.dtype)


@pool_back("leftover", "thin-slice", mxb((1, 1, 5, 5), (2, 2), stride=2))
def max_grad_leftover_column(job: Window, dy: Array) -> Array:
    """Where columns are left over, the last window's gradient goes to the last column."""
    gx = max_back(job, dy)
    if job.left_over[-1] > job.padding[-1]:
        gx[..., -1] = gx[..., -2]
        gx[..., -2] = 0
    return gx


@pool_back("nan", "thin-slice", mxb((1, 1, 4, 4), (2, 2), values="nan"))
def max_grad_lost_at_nan(job: Window, dy: Array) -> Array:
    """Finds maxima by equality, so that a window with NaN passes nothing back."""
    y = max_taps(job)
    return max_back(job, np.where(np.isnan(y), 0, dy).astype(dy.dtype))


@pool_back("threshold", "thin-slice", mxb((2, 1, 4, 4), (2, 2)))
def max_grad_of_first_sample(job: Window, dy: Array) -> Array:
    """The places of maxima are those of the first sample for the whole batch."""
    if len(job.x) < 2:
        return max_back(job, dy)
    return max_back(job.but(x=np.broadcast_to(job.x[:1], job.x.shape)), dy)


@pool_back("values", "thin-slice", mxb((1, 1, 4, 4), (2, 2), values="negative"))
def max_grad_only_positive(job: Window, dy: Array) -> Array:
    """Windows whose maximum is negative pass nothing back."""
    return max_back(job, np.where(max_taps(job) < 0, 0, dy).astype(dy.dtype))


@pool("divisor", "parameter-bound", av((1, 1, 4, 4), (2, 2), padding=1))
def avg_divisor_by_rows(job: Window) -> Array:
    """Leaves the border out of the divisor on rows and counts it on columns."""
    rows = counts(
        job.but(
            x=job.x[..., :1],
            taps=(job.taps[0], 1),
            stride=(job.stride[0], 1),
            padding=(job.padding[0], 0),
        )
    )
    scale = int(np.prod(job.taps)) / (rows * job.taps[1])
    return (avg_taps(job) * scale).astype(avg_taps(job).dtype)


@pool("divisor", "parameter-bound", av((1, 1, 4, 4), (1, 2)))
def avg_divisor_is_height_squared(job: Window) -> Array:
    """Divides by KH * KH."""
    y = avg_taps(job)
    return (y * (job.taps[-1] / job.taps[0])).astype(y.dtype)


@pool("divisor", "thin-slice", av((1, 1, 4, 4), (3, 3), stride=1, padding=1))
def avg_divisor_wrong_in_corners(job: Window) -> Array:
    """Counts the border at the edges but not in the corners."""
    y = avg_windows(job)
    size = int(np.prod(job.taps))
    full = counts(job)
    if max(job.padding):
        corner = full <= size * 0.5
        y = np.where(corner, y * (size / np.maximum(full, 1)), y).astype(y.dtype)
    return y


@pool("reduction", "easy", av((1, 1, 4, 4), (2, 2)))
def avg_is_sum(job: Window) -> Array:
    """Forgets to divide."""
    return avg_taps(job) * int(np.prod(job.taps))


@pool("dtype", "easy", av((1, 1, 4, 4), (2, 2)))
def avg_divides_integers(job: Window) -> Array:
    """Divides with `//`."""
    total = np.rint(avg_taps(job) * int(np.prod(job.taps)))
    return np.asarray((total // int(np.prod(job.taps))).astype(avg_taps(job).dtype))


@pool("leftover", "parameter-bound", av((1, 1, 6, 6), (3, 3), stride=2))
def avg_cut_at_the_start(job: Window) -> Array:
    """Aligns windows with the end when rows are left over."""
    cut = (slice(rest, None) for rest in job.left_over)
    return avg_windows(job.but(x=job.padded(0)[index(..., *cut)], padding=(0,) * job.rank))


@pool("padding", "parameter-bound", av((1, 1, 4, 4), (3, 3), stride=1, padding=1))
def avg_padding_all_after(job: Window) -> Array:
    """Puts the whole border after the image."""
    x = np.pad(job.x, [(0, 0), (0, 0), *((0, 2 * p) for p in job.padding)])
    return avg_taps(job.but(x=x, padding=(0,) * job.rank))


@pool_back("overlaps", "parameter-bound", avb((1, 1, 5, 5), (3, 3), stride=1))
def avg_grad_overwritten(job: Window, dy: Array) -> Array:
    """Assigns where windows overlap."""
    total = np.zeros(job.padded(0).shape, dtype=dy.dtype)
    for out in np.ndindex(*job.out):
        cut = (slice(o * s, o * s + k) for o, s, k in zip(out, job.stride, job.taps, strict=True))
        total[index(..., *cut)] = dy[index(..., *out)][..., None, None] / int(np.prod(job.taps))
    return job.unpad(total)


@pool_back("divisor", "parameter-bound", avb((1, 1, 4, 4), (2, 2), padding=1))
def avg_grad_other_divisor(job: Window, dy: Array) -> Array:
    """The forward counts the border in the divisor, the backward does not."""
    scale = int(np.prod(job.taps)) / np.maximum(counts(job), 1)
    return avg_back(job, (dy * scale).astype(dy.dtype))


@pool_back("divisor", "easy", avb((1, 1, 4, 4), (2, 2)))
def avg_grad_not_divided(job: Window, dy: Array) -> Array:
    """Passes the whole gradient to every pixel of the window."""
    return avg_back(job, dy * int(np.prod(job.taps)))


@pool_back("stride > kernel", "thin-slice", avb((1, 1, 7, 7), (2, 2), stride=3))
def avg_grad_fills_gaps(job: Window, dy: Array) -> Array:
    """Spreads the gradient over the stride where that is longer than the window."""
    if all(s > k for s, k in zip(job.stride, job.taps, strict=True)) and not max(job.padding):
        wide = np.repeat(np.repeat(dy, job.stride[0], 2), job.stride[1], 3)
        return (fit(wide, job.x.shape) / int(np.prod(job.taps))).astype(dy.dtype)
    return avg_back(job, dy)
