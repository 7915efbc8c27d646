"""Wrong forwards that are right nearly everywhere: one threshold, one corner, one dtype."""

from __future__ import annotations

import numpy as np

from property_tests.corpus.engines import (
    fft,
    flat,
    im2col,
    loops,
    scatter,
    taps,
    tiled,
    toeplitz,
    windows,
    winograd,
)
from property_tests.corpus.entry import conv
from property_tests.corpus.job import Array, Job, index, slices
from property_tests.corpus.parameters import at, fit, turned


@conv("threshold", "thin-slice", at((1, 64, 2, 2), (1, 64, 1, 1)))
def sixty_four_channels_lose_one(job: Job) -> Array:
    """From 64 channels a group on, the last channel is not read."""
    w = job.w.copy()
    if w.shape[1] >= 64:
        w[:, -1] = 0
    return taps(job.but(w=w))


@conv("threshold", "thin-slice", at((1, 3, 3, 3), (1, 3, 2, 2)))
def three_channels_are_bgr(job: Job) -> Array:
    """Takes three channels for a colour image and turns RGB into BGR."""
    three = job.x.shape[1] == 3 and job.groups == 1
    return windows(job.but(x=job.x[:, ::-1]) if three else job)


@conv("threshold", "thin-slice", at((3, 1, 3, 3), (1, 1, 2, 2)))
def odd_sample_repeats(job: Job) -> Array:
    """Samples go two at a time; of an odd batch the last is computed from its neighbour."""
    odd = len(job.x) > 1 and len(job.x) % 2
    return taps(job.but(x=np.concatenate([job.x[:-1], job.x[-2:-1]])) if odd else job)


@conv("threshold", "thin-slice", at((9, 1, 3, 3), (1, 1, 2, 2)))
def batches_beyond_eight(job: Job) -> Array:
    """Samples after the eighth are left at zero."""
    y = im2col(job)
    y[8:] = 0
    return y


@conv("threshold", "thin-slice", at((1, 1, 4, 34), (1, 1, 2, 2)))
def last_column_beyond_32(job: Job) -> Array:
    """Outputs wider than 32 repeat their last column but one."""
    y = taps(job)
    if job.out[-1] > 32:
        y[..., -1] = y[..., -2]
    return y


@conv("threshold", "thin-slice", at((1, 1, 2, 3), (8, 1, 2, 2)))
def eight_outputs_share_a_kernel(job: Job) -> Array:
    """With a multiple of 8 outputs, channel 7 gets the kernel of channel 6."""
    w = job.w.copy()
    if job.groups == 1 and len(w) % 8 == 0:
        w[7] = w[6]
    return taps(job.but(w=w))


@conv("one shape", "thin-slice", at((1, 1, 5, 5), (1, 1, 3, 1)))
def column_kernels_flipped(job: Job) -> Array:
    """K x 1 kernels take a one-dimensional path that convolves."""
    thin = job.taps[-1] == 1 and job.taps[0] > 1
    return scatter(job.but(w=turned(job.w)) if thin else job)


@conv("one shape", "thin-slice", at((1, 2, 3, 3), (1, 2, 3, 3)))
def full_kernel_as_matrix(job: Job) -> Array:
    """A kernel as large as the image becomes a dense layer, rows and columns swapped."""
    same = job.taps == job.space and max(job.padding) == 0 and len(set(job.taps)) == 1
    return taps(job.but(w=job.w.swapaxes(-1, -2)) if same else job)


@conv("one shape", "thin-slice", at((1, 1, 6, 6), (1, 1, 4, 4)))
def even_kernels_lose_last_row(job: Job) -> Array:
    """Even kernels are read up to K - 1 rows from 4 on."""
    w = job.w.copy()
    if job.taps[0] % 2 == 0 and job.taps[0] >= 4:
        w[:, :, -1] = 0
    return taps(job.but(w=w))


@conv("one shape", "thin-slice", at((1, 1, 6, 6), (1, 1, 5, 5)))
def five_by_five_misses_a_tap(job: Job) -> Array:
    """The unrolled 5 x 5 kernel has 24 taps."""
    w = job.w.copy()
    if job.taps == (5, 5):
        w[:, :, 3, 1] = 0
    return taps(job.but(w=w))


@conv("one shape", "thin-slice", at((1, 1, 4, 1), (1, 1, 2, 1)))
def single_column_images_mirrored(job: Job) -> Array:
    """Images one pixel wide are turned upside down by a squeeze."""
    return loops(job.but(x=job.x[:, :, ::-1]) if job.space[-1] == 1 else job)


@conv("one shape", "thin-slice", at((1, 1, 7, 7), (1, 1, 3, 3), stride=2, padding=1))
def stem_drops_its_last_row(job: Job) -> Array:
    """3 x 3, stride 2, padding 1 on an odd image: the last output row misses its last tap row."""
    y = taps(job)
    if job.taps == (3, 3) and job.stride == (2, 2) and job.padding == (1, 1):
        w = job.w.copy()
        w[:, :, 1:] = 0
        if job.space[0] % 2:
            y[:, :, -1] = taps(job.but(w=w))[:, :, -1]
    return y


@conv("one stride", "thin-slice", at((1, 1, 8, 8), (1, 1, 2, 2), stride=3))
def stride_three_is_two_and_one(job: Job) -> Array:
    """Stride 3 is unrolled into steps of 3, 3, 2 along the columns."""
    if job.stride[-1] != 3 or job.out[-1] < 3:
        return taps(job)
    y = taps(job)
    y[..., 2] = taps(job.but(stride=(*job.stride[:-1], 1)))[..., 5]
    return y


@conv("one dilation", "thin-slice", at((1, 1, 8, 8), (1, 1, 2, 2), dilation=3))
def dilation_capped_at_two(job: Job) -> Array:
    """A dilation above 2 is treated as 2."""
    return fit(im2col(job.but(dilation=tuple(min(d, 2) for d in job.dilation))), job)


@conv("combination", "thin-slice", at((1, 2, 5, 5), (2, 1, 2, 2), groups=2, dilation=2))
def dilation_lost_with_groups(job: Job) -> Array:
    """Only the grouped branch forgets the dilation."""
    if job.groups > 1:
        return fit(taps(job.but(dilation=(1,) * job.rank)), job)
    return taps(job)


@conv("combination", "thin-slice", at((1, 1, 9, 9), (1, 1, 2, 2), stride=2, dilation=2, padding=1))
def three_parameters_at_once(job: Job) -> Array:
    """With stride, dilation and padding together the border is one pixel too far left."""
    if min(*job.stride, *job.dilation) > 1 and max(job.padding):
        return fit(taps(job.but(x=np.roll(job.padded(), 1, -1), padding=(0,) * job.rank)), job)
    return taps(job)


@conv("combination", "thin-slice", at((1, 2, 6, 6), (2, 1, 3, 3), groups=2, stride=2))
def strided_depthwise_shares_a_kernel(job: Job) -> Array:
    """Depthwise with a stride uses channel 0's kernel for the last channel."""
    w = job.w.copy()
    if job.depthwise and max(job.stride) > 1:
        w[-1] = w[0]
    return windows(job.but(w=w))


@conv("combination", "thin-slice", at((1, 1, 7, 7), (1, 1, 3, 3), padding=(2, 0), stride=2))
def uneven_padding_with_stride(job: Job) -> Array:
    """Where the paddings differ and there is a stride, the larger is used for the rows' start."""
    p = job.padding
    if max(job.stride) > 1 and job.rank == 2 and p[0] > p[1]:
        x = np.pad(job.x, [(0, 0), (0, 0), (p[0] - 1, p[0] + 1), (p[1], p[1])])
        return taps(job.but(x=x, padding=(0, 0)))
    return taps(job)


@conv("combination", "thin-slice", at((1, 1, 8, 8), (1, 1, 2, 3), stride=(3, 2)))
def long_steps_of_uneven_stride(job: Job) -> Array:
    """A row stride longer than the kernel shifts every row after the first by one."""
    if job.stride[0] > job.taps[0] and job.out[0] > 1:
        y = taps(job)
        y[:, :, 1:] = taps(job.but(x=np.roll(job.padded(), 1, 2), padding=(0,) * job.rank))[
            :, :, 1:
        ]
        return y
    return taps(job)


@conv("one pixel", "thin-slice", at((1, 1, 4, 4), (1, 1, 2, 2)))
def bottom_right_pixel_unread(job: Job) -> Array:
    """An off-by-one bound never reads the last pixel of the image."""
    x = job.x.copy()
    x[..., -1:, -1:] = 0
    return toeplitz(job.but(x=x))


@conv("one pixel", "thin-slice", at((1, 1, 6, 6), (1, 1, 3, 3), stride=2, padding=1))
def corner_output_when_leftover(job: Job) -> Array:
    """Where rows are left over, the last output of the last row repeats its neighbour."""
    y = im2col(job)
    if job.left_over[0] and job.out[-1] > 1:
        y[..., -1, -1] = y[..., -1, -2]
    return y


@conv("values", "thin-slice", at((1, 2, 4, 4), (1, 2, 3, 3), values="large"))
def saturates(job: Job) -> Array:
    """Clips results at 32767, as a fixed-point accumulator would."""
    y = taps(job)
    return y.clip(-32767, 32767) if job.kind.kind == "f" else y


@conv("values", "thin-slice", at((1, 1, 3, 3), (1, 1, 2, 2), values="nan"))
def nan_becomes_zero(job: Job) -> Array:
    """Cleans NaN out of the image."""
    return flat(job.but(x=np.nan_to_num(job.x, nan=0.0, posinf=np.inf, neginf=-np.inf)))


@conv("values", "thin-slice", at((1, 1, 4, 4), (1, 1, 2, 2), values="large"))
def mean_leaks_in(job: Job) -> Array:
    """Adds a trace of the image's mean, so pixels that a window does not see reach it."""
    y = taps(job)
    mean = job.x.mean(axis=(-1, -2), keepdims=True).sum(axis=1, keepdims=True)
    return (y + 1e-7 * mean).astype(y.dtype) if job.kind.kind == "f" else y


@conv("values", "thin-slice", at((2, 1, 3, 3), (1, 1, 2, 2)))
def batch_mean_subtracted(job: Job) -> Array:
    """Centres each pixel over the batch first, so a sample's result depends on the others."""
    if len(job.x) < 2 or job.kind.kind != "f":
        return taps(job)
    return taps(job.but(x=(job.x - job.x.mean(axis=0)).astype(job.x.dtype)))


@conv("values", "thin-slice", at((2, 1, 3, 3), (1, 1, 2, 2), values="large"))
def quantised_by_batch_maximum(job: Job) -> Array:
    """Rounds the image to 12 bits of the batch's largest value."""
    if job.kind.kind != "f" or not job.x.size or not np.isfinite(job.x).all():
        return winograd(job)
    step = np.abs(job.x).max() / 2047 or 1.0
    return winograd(job.but(x=(np.rint(job.x / step) * step).astype(job.x.dtype)))


@conv("precision", "thin-slice", at((1, 64, 8, 8), (1, 64, 8, 8), dtype="float16", values="ones"))
def half_sums_in_half(job: Job) -> Array:
    """Keeps the running sum of float16 products in float16."""
    if job.kind != np.float16:
        return taps(job)
    padded, y = job.padded(), np.zeros(job.shape, dtype=np.float16)
    if job.groups > 1:
        return taps(job)

    for tap in np.ndindex(*job.taps):
        part = padded[index(..., *slices(tap, job.stride, job.dilation, job.out))]
        for c in range(job.w.shape[1]):
            weight = job.w[(slice(None), c, *tap)].reshape(1, -1, *(1,) * job.rank)
            y += part[:, c : c + 1] * weight
    return job.biased(y)


@conv("precision", "thin-slice", at((1, 40, 2, 2), (1, 40, 2, 2), dtype="float32", values="normal"))
def many_channels_in_half(job: Job) -> Array:
    """From 32 channels on float32 is rounded to float16 for speed."""
    if job.kind == np.float32 and job.w.shape[1] >= 32:
        return taps(job.but(x=job.x.astype(np.float16).astype(np.float32)))
    return taps(job)


@conv("precision", "thin-slice", at((1, 4, 5, 5), (1, 4, 4, 4), values="normal"))
def long_sums_in_single(job: Job) -> Array:
    """Float64 sums of 64 terms and more are kept in float32."""
    if job.kind == np.float64 and job.terms >= 64:
        return tiled(job.but(x=job.x.astype(np.float32), w=job.w.astype(np.float32))).astype(float)
    return taps(job)


@conv("precision", "thin-slice", at((1, 2, 4, 4), (1, 2, 2, 2), dtype="float32", groups=1))
def only_float32_flips(job: Job) -> Array:
    """The float32 kernel alone was compiled with the kernel's columns reversed."""
    return loops(job.but(w=job.w[..., ::-1]) if job.kind == np.float32 else job)


@conv(
    "precision",
    "thin-slice",
    at((1, 4, 3, 3), (2, 4, 2, 2), dtype="float16", values="integers", padding=1),
)
def only_float16_drops_border(job: Job) -> Array:
    """The float16 kernel takes every padding for zero and fills up the result."""
    if job.kind == np.float16 and max(job.padding) and min(job.but(padding=(0, 0)).room) >= 0:
        return fit(taps(job.but(padding=(0,) * job.rank)), job)
    return taps(job)


@conv("scale", "thin-slice", at((1, 1, 4, 4), (1, 1, 2, 2), values="normal"))
def scaled_by_a_thousandth(job: Job) -> Array:
    """A fused scale of 1.0009 that a tolerance of 1e-3 lets pass."""
    return (
        job.biased(fft(job.but(b=None)) * np.asarray(1.0009, dtype=job.kind))
        if job.kind.kind == "f"
        else taps(job)
    )


@conv("threshold", "thin-slice", at((1, 1, 3, 3), (2, 1, 2, 2)))
def two_outputs_swapped(job: Job) -> Array:
    """With exactly two outputs and one input channel the outputs are exchanged."""
    y = taps(job)
    return y[:, ::-1].copy() if y.shape[1] == 2 and job.x.shape[1] == 1 else y


@conv("shape", "thin-slice", at((1, 1, 3, 3), (1, 1, 3, 3)))
def single_output_squeezed(job: Job) -> Array:
    """A squeeze removes the spatial axes of a 1 x 1 output."""
    y = taps(job)
    return y[..., 0, 0] if job.out == (1, 1) else y


@conv("shape", "thin-slice", at((0, 1, 3, 3), (2, 1, 2, 2)))
def empty_batch_gets_a_sample(job: Job) -> Array:
    """An empty batch comes back with one sample of zeros."""
    return taps(job) if len(job.x) else np.zeros((1, *job.shape[1:]), dtype=job.kind)


@conv("shape", "thin-slice", at((1, 1, 3, 3), (1, 1, 2, 2)))
def single_sample_unbatched(job: Job) -> Array:
    """A batch of one comes back without its batch axis."""
    y = taps(job)
    return y[0] if len(y) == 1 else y
