"""Wrong forward convolutions: left-over rows, fast paths, refusals and dtypes."""

from __future__ import annotations

import numpy as np

from property_tests.corpus.engines import (
    flat,
    im2col,
    loops,
    taps,
)
from property_tests.corpus.entry import conv
from property_tests.corpus.job import Array, Job, index
from property_tests.corpus.parameters import at


@conv("leftover", "parameter-bound", at((1, 1, 6, 6), (1, 1, 3, 3), stride=2))
def leftover_cut_at_the_start(job: Job) -> Array:
    """Aligns the last window with the end when (H+2P-K) % S is not zero."""
    cut = (slice(rest, None) for rest in job.left_over)
    return loops(job.but(x=job.padded()[index(..., *cut)], padding=(0,) * job.rank))


@conv("leftover", "parameter-bound", at((1, 1, 6, 6), (1, 1, 3, 3), stride=2))
def output_size_rounded_up(job: Job) -> Array:
    """Rounds the output size up and pads the last window with zeros."""
    more = [(0, -r % s) if r else (0, 0) for r, s in zip(job.left_over, job.stride, strict=True)]
    x = np.pad(job.padded(), [(0, 0), (0, 0), *more])
    return taps(job.but(x=x, padding=(0,) * job.rank))


@conv("leftover", "parameter-bound", at((1, 1, 6, 5), (1, 1, 3, 3), stride=2))
def leftover_size_by_width(job: Job) -> Array:
    """Drops the last row of outputs when rows, and not columns, are left over."""
    y = im2col(job)
    if job.left_over[0] and not job.left_over[-1] and y.shape[2] > 1:
        y[:, :, -1] = 0
    return y


@conv("1x1 fast path", "parameter-bound", at((1, 2, 4, 4), (2, 2, 1, 1), stride=2))
def pointwise_ignores_stride(job: Job) -> Array:
    """The 1x1 product reads the first pixels instead of each S-th."""
    if max(job.taps) == 1 and max(job.padding) == 0:
        return taps(
            job.but(x=job.x[index(..., *(slice(o) for o in job.out))], stride=(1,) * job.rank)
        )
    return taps(job)


@conv("1x1 fast path", "parameter-bound", at((1, 2, 4, 4), (2, 2, 1, 1), padding=1, bias=True))
def pointwise_border_without_bias(job: Job) -> Array:
    """The 1x1 product pads its result, so the border misses the bias."""
    if max(job.taps) == 1 and max(job.stride) == 1:
        inner = taps(job.but(padding=(0,) * job.rank))
        return np.pad(inner, [(0, 0), (0, 0), *((p, p) for p in job.padding)])
    return taps(job)


@conv("1x1 fast path", "parameter-bound", at((1, 2, 4, 4), (2, 1, 1, 1), groups=2))
def pointwise_ignores_groups(job: Job) -> Array:
    """The 1x1 product with groups repeats the narrow kernel over all channels."""
    if max(job.taps) == 1 and job.groups > 1:
        wide = np.concatenate([job.w] * job.groups, axis=1)
        return taps(job.but(w=wide / job.groups, groups=1))
    return taps(job)


@conv("refusal", "thin-slice", at((1, 1, 2, 2), (1, 1, 3, 3), refuse=True), checked=False)
def kernel_larger_than_image_accepted(job: Job) -> Array:
    """Pads the image up to the kernel's size instead of refusing."""
    more = [(0, max(0, -room)) for room in job.room]
    x = np.pad(job.padded(), [(0, 0), (0, 0), *more])
    return taps(job.but(x=x, padding=(0,) * job.rank))


@conv("dtype", "easy", at((1, 1, 3, 3), (1, 1, 2, 2), values="normal"))
def weights_cast_to_integers(job: Job) -> Array:
    """Quantises the kernel to whole numbers."""
    return flat(job.but(w=np.trunc(job.w.real).astype(job.w.dtype)))
