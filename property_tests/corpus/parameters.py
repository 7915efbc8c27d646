"""Wrong forward convolutions: a parameter, an index or a border read the wrong way."""

from __future__ import annotations

import numpy as np

from property_tests.corpus.engines import (
    fft,
    im2col,
    loops,
    scatter,
    taps,
    toeplitz,
    windows,
)
from property_tests.corpus.entry import conv
from property_tests.corpus.job import Array, Job, Sizes, index
from property_tests.corpus.witness import Call


def at(x: Sizes, w: Sizes, **more: object) -> Call:
    """A call of conv2d."""
    return Call("conv2d", x, w, **more)  # type: ignore[arg-type]  # fields by name, checked there


def fit(y: Array, job: Job) -> Array:
    """`y` cut, or filled up with zeros, to the right output's shape."""
    z = np.zeros(job.shape, dtype=y.dtype)
    common = tuple(slice(min(a, b)) for a, b in zip(y.shape, z.shape, strict=True))
    z[common] = y[common]
    return z


def turned(w: Array) -> Array:
    """The kernel turned by 180 degrees."""
    return np.asarray(w[index(..., *(slice(None, None, -1),) * (w.ndim - 2))])


@conv("kernel flipped", "easy", at((1, 1, 4, 4), (1, 1, 2, 2)))
def kernel_flipped(job: Job) -> Array:
    """Turns the kernel by 180 degrees, as the convolution of mathematics does."""
    return taps(job.but(w=turned(job.w)))


@conv("kernel flipped", "easy", at((1, 1, 4, 4), (1, 1, 2, 2)))
def kernel_mirrored_left_right(job: Job) -> Array:
    """Flips the kernel on its last axis only."""
    return im2col(job.but(w=job.w[..., ::-1]))


@conv("axes swapped", "easy", at((1, 1, 5, 5), (1, 1, 3, 3)))
def kernel_transposed(job: Job) -> Array:
    """Reads a square kernel column by column."""
    square = job.taps[0] == job.taps[1]
    return windows(job.but(w=job.w.swapaxes(2, 3)) if square else job)


@conv("axes swapped", "easy", at((1, 1, 5, 5), (1, 1, 3, 3)))
def output_transposed(job: Job) -> Array:
    """Writes a square output column by column."""
    y = loops(job)
    return y.swapaxes(2, 3).copy() if y.shape[2] == y.shape[3] else y


@conv("axes swapped", "parameter-bound", at((1, 1, 6, 6), (1, 1, 2, 2), stride=(1, 2)))
def stride_pair_swapped(job: Job) -> Array:
    """Takes the stride of the rows for that of the columns."""
    return fit(windows(job.but(stride=job.stride[::-1])), job)


@conv("axes swapped", "parameter-bound", at((1, 1, 6, 6), (1, 1, 2, 2), dilation=(1, 2)))
def dilation_pair_swapped(job: Job) -> Array:
    """Takes the dilation of the rows for that of the columns."""
    turned_job = job.but(dilation=job.dilation[::-1])
    return fit(scatter(turned_job), job) if min(turned_job.room) >= 0 else taps(job)


@conv("axes swapped", "parameter-bound", at((1, 1, 5, 5), (1, 1, 3, 3), padding=(0, 1)))
def padding_pair_swapped(job: Job) -> Array:
    """Pads the columns by what was meant for the rows, then trims to the right size."""
    turned_job = job.but(padding=job.padding[::-1])
    return fit(taps(turned_job), job) if min(turned_job.room) >= 0 else taps(job)


@conv("axes swapped", "parameter-bound", at((1, 1, 6, 6), (1, 1, 2, 3), padding=(1, 2)))
def padding_pair_swapped_for_oblong_kernels(job: Job) -> Array:
    """Swaps the two paddings, but only where the kernel is not square."""
    turned_job = job.but(padding=job.padding[::-1])
    if job.taps[0] == job.taps[1] or min(turned_job.room) < 0:
        return im2col(job)
    return fit(im2col(turned_job), job)


@conv("parameters mixed", "parameter-bound", at((1, 1, 9, 9), (1, 1, 2, 2), stride=2))
def stride_and_dilation_swapped(job: Job) -> Array:
    """Uses the stride as the dilation and the dilation as the stride."""
    other = job.but(stride=job.dilation, dilation=job.stride)
    return fit(taps(other), job) if min(other.room) >= 0 else taps(job)


@conv("dilation ignored", "parameter-bound", at((1, 1, 6, 6), (1, 1, 2, 2), dilation=2))
def dilation_ignored(job: Job) -> Array:
    """Computes with dilation 1 and trims to the size that the dilation asks for."""
    return fit(im2col(job.but(dilation=(1,) * job.rank)), job)


@conv("dilation ignored", "parameter-bound", at((1, 1, 6, 6), (1, 1, 1, 2), dilation=2))
def dilation_on_rows_only(job: Job) -> Array:
    """Applies the dilation to the rows and forgets the columns."""
    return fit(windows(job.but(dilation=(job.dilation[0], 1))), job)


@conv("dilation ignored", "parameter-bound", at((1, 1, 7, 7), (1, 1, 2, 2), dilation=2, stride=2))
def dilation_lost_when_strided(job: Job) -> Array:
    """The strided kernel has no dilation; it is called all the same."""
    if max(job.stride) > 1:
        return fit(taps(job.but(dilation=(1,) * job.rank)), job)
    return taps(job)


@conv("stride ignored", "parameter-bound", at((1, 1, 5, 5), (1, 1, 2, 2), stride=2))
def stride_cropped(job: Job) -> Array:
    """Computes every output and keeps the first ones instead of each S-th."""
    return fit(fft(job.but(stride=(1,) * job.rank)), job)


@conv("stride ignored", "parameter-bound", at((1, 1, 5, 9), (1, 1, 2, 2), stride=(2, 3)))
def stride_of_rows_for_both(job: Job) -> Array:
    """Uses stride[0] on both axes."""
    return fit(im2col(job.but(stride=(job.stride[0],) * job.rank)), job)


@conv("stride > kernel", "parameter-bound", at((1, 1, 7, 7), (1, 1, 2, 2), stride=3))
def stride_clamped_to_kernel(job: Job) -> Array:
    """Never steps further than the kernel is wide."""
    stride = tuple(min(s, k) for s, k in zip(job.stride, job.taps, strict=True))
    return fit(windows(job.but(stride=stride)), job)


@conv("padding", "parameter-bound", at((1, 1, 4, 4), (1, 1, 3, 3), padding=1))
def padding_all_before(job: Job) -> Array:
    """Puts the whole border before the image and none after it."""
    pairs = [(0, 0), (0, 0), *((2 * p, 0) for p in job.padding)]
    return taps(job.but(x=np.pad(job.x, pairs), padding=(0,) * job.rank))


@conv("padding", "parameter-bound", at((1, 1, 4, 4), (1, 1, 3, 3), padding=1))
def padding_all_after(job: Job) -> Array:
    """Puts the whole border after the image."""
    pairs = [(0, 0), (0, 0), *((0, 2 * p) for p in job.padding)]
    return windows(job.but(x=np.pad(job.x, pairs), padding=(0,) * job.rank))


@conv("padding", "parameter-bound", at((1, 1, 4, 4), (1, 1, 2, 2), padding=1))
def padding_shifted_for_even_kernels(job: Job) -> Array:
    """Centres an even kernel on the wrong pixel when there is padding."""
    if any(k % 2 == 0 and p for k, p in zip(job.taps, job.padding, strict=True)):
        even = [
            (p - 1, p + 1) if p and k % 2 == 0 else (p, p)
            for p, k in zip(job.padding, job.taps, strict=True)
        ]
        padded = np.pad(job.x, [(0, 0), (0, 0), *even])
        return taps(job.but(x=padded, padding=(0,) * job.rank))
    return taps(job)


@conv("padding", "parameter-bound", at((1, 1, 4, 4), (1, 1, 3, 3), padding=1))
def padding_replicates(job: Job) -> Array:
    """Fills the border with the nearest pixel."""
    return taps(job.but(x=job.padded("edge"), padding=(0,) * job.rank))


@conv("padding", "parameter-bound", at((1, 1, 4, 4), (1, 1, 3, 3), padding=1))
def padding_circular(job: Job) -> Array:
    """Fills the border from the other side, as a transform without zero padding does."""
    return loops(job.but(x=job.padded("wrap"), padding=(0,) * job.rank))


@conv("padding", "thin-slice", at((1, 1, 4, 4), (1, 1, 2, 2), padding=3))
def padding_reflects_when_wide(job: Job) -> Array:
    """A border wider than the kernel is filled by reflection."""
    if all(p > k for p, k in zip(job.padding, job.taps, strict=True)):
        return taps(job.but(x=job.padded("reflect"), padding=(0,) * job.rank))
    return taps(job)


@conv("padding", "thin-slice", at((1, 2, 3, 3), (1, 2, 2, 2), padding=2, bias=True))
def padding_only_windows_skipped(job: Job) -> Array:
    """Windows that hold nothing but border are left at zero, without their bias."""
    y = toeplitz(job)
    ones = job.but(x=np.ones_like(job.x), w=np.ones_like(job.w), b=None)
    return np.where(taps(ones) == 0, 0, y).astype(y.dtype)


@conv("padding", "parameter-bound", at((1, 1, 4, 4), (1, 1, 3, 3), padding=(2, 1)))
def padding_of_rows_for_both(job: Job) -> Array:
    """Uses padding[0] on both axes and trims."""
    other = job.but(padding=(job.padding[0],) * job.rank)
    return fit(taps(other), job) if min(other.room) >= 0 else taps(job)


@conv("groups", "parameter-bound", at((1, 4, 3, 3), (2, 2, 2, 2), groups=2))
def groups_take_every_other_channel(job: Job) -> Array:
    """Deals the input channels out to the groups in turn instead of in blocks."""
    order = np.arange(job.x.shape[1]).reshape(-1, job.groups).T.reshape(-1)
    return taps(job.but(x=job.x[:, order]))


@conv("groups", "parameter-bound", at((1, 2, 3, 3), (4, 1, 2, 2), groups=2))
def groups_interleave_outputs(job: Job) -> Array:
    """Writes output m of group g to channel m * groups + g."""
    y = im2col(job)
    order = np.arange(y.shape[1]).reshape(job.groups, -1).T.reshape(-1)
    return y[:, order]


@conv("groups", "parameter-bound", at((1, 2, 3, 3), (2, 1, 2, 2), groups=2))
def groups_share_first_kernels(job: Job) -> Array:
    """Uses the first group's kernels for every group."""
    width = job.w.shape[0] // job.groups
    return windows(job.but(w=np.concatenate([job.w[:width]] * job.groups)))


@conv("groups", "parameter-bound", at((1, 4, 3, 3), (2, 2, 2, 2), groups=2))
def groups_all_read_first_block(job: Job) -> Array:
    """Every group reads the first group's channels."""
    block = job.x[:, : job.w.shape[1]]
    return taps(job.but(x=np.concatenate([block] * job.groups, axis=1)))


@conv("groups", "thin-slice", at((1, 2, 3, 3), (4, 1, 2, 2), groups=2))
def depthwise_multiplier_out_of_order(job: Job) -> Array:
    """Depthwise with a multiplier lays its outputs out multiplier first."""
    y = taps(job)
    if job.depthwise and job.w.shape[0] > job.groups:
        y = y[:, np.arange(y.shape[1]).reshape(job.groups, -1).T.reshape(-1)]
    return y


@conv("bias", "easy", at((1, 1, 3, 3), (2, 1, 2, 2), bias=True))
def bias_twice(job: Job) -> Array:
    """Adds the bias before the reshape and again after it."""
    return job.biased(loops(job))


@conv("bias", "easy", at((1, 1, 3, 3), (2, 1, 2, 2), bias=True))
def bias_at_every_tap(job: Job) -> Array:
    """Adds the bias inside the loop over taps."""
    return taps(job if job.b is None else job.but(b=job.b * int(np.prod(job.taps))))


@conv("bias", "thin-slice", at((2, 1, 4, 4), (3, 1, 2, 2), bias=True))
def bias_by_column(job: Job) -> Array:
    """Lets the bias broadcast against the columns where their number happens to agree."""
    if job.b is not None and job.out[-1] == len(job.b):
        return (windows(job.but(b=None)) + job.b).astype(job.kind)
    return windows(job)


@conv("bias", "thin-slice", at((2, 1, 3, 3), (2, 1, 2, 2), bias=True))
def bias_by_sample(job: Job) -> Array:
    """Gives each sample, not each channel, its bias where there are as many of both."""
    if job.b is not None and len(job.x) == len(job.b):
        return (taps(job.but(b=None)) + job.b.reshape(-1, 1, 1, 1)).astype(job.kind)
    return taps(job)


@conv("bias", "parameter-bound", at((1, 2, 3, 3), (2, 1, 2, 2), groups=2, bias=True))
def bias_lost_with_groups(job: Job) -> Array:
    """The grouped branch returns before the bias is added."""
    return taps(job.but(b=None) if job.groups > 1 else job)


@conv("bias", "easy", at((1, 1, 3, 3), (2, 1, 2, 2), bias=True))
def bias_is_their_mean(job: Job) -> Array:
    """Adds the mean of the biases to every channel."""
    return taps(job if job.b is None else job.but(b=np.full_like(job.b, job.b.mean())))


@conv("reduction", "easy", at((1, 2, 3, 3), (1, 2, 2, 2)))
def channels_averaged(job: Job) -> Array:
    """Takes the mean over the input channels instead of their sum."""
    return job.biased(taps(job.but(b=None)) / job.w.shape[1])


@conv("reduction", "easy", at((1, 2, 3, 3), (1, 2, 2, 2)))
def first_channel_only(job: Job) -> Array:
    """Treats every image as grey: reads channel 0 of each group."""
    w = job.w.copy()
    w[:, 1:] = 0
    return fft(job.but(w=w))


@conv("reduction", "parameter-bound", at((1, 1, 4, 4), (1, 1, 2, 3)))
def kernel_height_for_both(job: Job) -> Array:
    """Loops over KH taps on both axes."""
    w = job.w.copy()
    w[..., job.taps[0] :] = 0
    return taps(job.but(w=w))


@conv("reduction", "easy", at((1, 1, 4, 4), (1, 1, 2, 2)))
def last_tap_missed(job: Job) -> Array:
    """Stops the loop over taps one short."""
    w = job.w.copy()
    w[..., -1, -1] = 0
    return scatter(job.but(w=w))


@conv("activation", "easy", at((1, 1, 4, 4), (1, 1, 2, 2)))
def rectified(job: Job) -> Array:
    """Fuses a ReLU that nobody asked for."""
    return np.maximum(taps(job), 0) if job.kind.kind != "c" else taps(job)
