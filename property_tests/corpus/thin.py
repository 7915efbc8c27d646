"""Wrong forwards that are right nearly everywhere: one threshold, one corner, one dtype."""

from __future__ import annotations

from typing import Any

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
from property_tests.corpus.forward import ones
from property_tests.corpus.job import Array, Job, zeroed
from property_tests.corpus.mutant import THIN, conv
from property_tests.corpus.witness import at


def kernel(c: Job, to: int, source: int) -> Job:
    """The job with one output's kernel in another's place."""
    w = c.w.copy()
    w[to] = w[source]
    return c.but(w=w)


def repeated(y: Array, *where: Any) -> Array:
    """The last column of `where` as the one before it."""
    y = y.copy()
    y[(*where, -1)] = y[(*where, -2)]
    return y


def rolled(c: Job, axis: int) -> Job:
    """The padded image moved by one pixel."""
    return c.but(x=np.roll(c.padded(), 1, axis), padding=(0,) * c.rank)


def stem_row(c: Job, y: Array) -> Array:
    """The last output row by the kernel's first row alone."""
    y = y.copy()
    y[:, :, -1] = taps(c.without(slice(None), slice(None), slice(1, None)))[:, :, -1]
    return y


def third_column(c: Job, y: Array) -> Array:
    """The output of column 6 one pixel early."""
    y = y.copy()
    y[..., 2] = taps(c.but(stride=(*c.stride[:-1], 1)))[..., 5]
    return y


def later_rows(c: Job, y: Array) -> Array:
    """Every row after the first from one row up."""
    return np.concatenate([y[:, :, :1], taps(rolled(c, 2))[:, :, 1:]], axis=2)


def quantised(c: Job) -> Job:
    """The image in steps of the batch's largest value over 2047."""
    step = np.abs(c.x).max() / 2047 or 1.0
    return c.but(x=(np.rint(c.x / step) * step).astype(c.x.dtype))


def leaking(c: Job, y: Array) -> Array:
    """A trace of the image's mean added."""
    mean = c.x.mean(axis=(-1, -2), keepdims=True).sum(axis=1, keepdims=True)
    return np.asarray(y + 1e-7 * mean).astype(y.dtype)


def half_sums(c: Job) -> Array:
    """The running sum of float16 products in float16."""
    if c.kind != np.float16 or c.groups > 1:
        return taps(c)
    padded, y = c.padded(), np.zeros(c.shape, dtype=np.float16)
    for tap in np.ndindex(*c.taps):
        for channel in range(c.w.shape[1]):
            weight = c.w[(slice(None), channel, *tap)].reshape(1, -1, *(1,) * c.rank)
            y += padded[c.meets(tap)][:, channel : channel + 1] * weight
    return c.biased(y)


def floating(c: Job) -> bool:
    """It is a call of real floating arrays."""
    return c.kind.kind == "f"


# A table, one mistake a paragraph.
# fmt: off
conv("sixty-four-channels-lose-one", "threshold", THIN, at((1, 64, 2, 2), (1, 64, 1, 1)),
     "From 64 channels a group on, the last channel is not read.", taps,
     lambda c: c.without(slice(None), -1), when=lambda c: c.w.shape[1] >= 64)
conv("three-channels-are-bgr", "threshold", THIN, at((1, 3, 3, 3), (1, 3, 2, 2)),
     "Takes three channels for a colour image and turns RGB into BGR.", windows,
     lambda c: c.but(x=c.x[:, ::-1]), when=lambda c: c.x.shape[1] == 3 and c.groups == 1)
conv("odd-sample-repeats", "threshold", THIN, at((3, 1, 3, 3), (1, 1, 2, 2)),
     "Samples go two at a time; of an odd batch the last is computed from its neighbour.", taps,
     lambda c: c.but(x=np.concatenate([c.x[:-1], c.x[-2:-1]])),
     when=lambda c: len(c.x) > 1 and len(c.x) % 2)
conv("batches-beyond-eight", "threshold", THIN, at((9, 1, 3, 3), (1, 1, 2, 2)),
     "Samples after the eighth are left at zero.", im2col,
     after=lambda c, y: zeroed(y, slice(8, None)))
conv("last-column-beyond-32", "threshold", THIN, at((1, 1, 4, 34), (1, 1, 2, 2)),
     "Outputs wider than 32 repeat their last column but one.", taps, when=lambda c: c.out[-1] > 32,
     after=lambda c, y: repeated(y, ...))
conv("eight-outputs-share-a-kernel", "threshold", THIN, at((1, 1, 2, 3), (8, 1, 2, 2)),
     "With a multiple of 8 outputs, channel 7 gets the kernel of channel 6.", taps,
     lambda c: kernel(c, 7, 6), when=lambda c: c.groups == 1 and len(c.w) % 8 == 0)
conv("two-outputs-swapped", "threshold", THIN, at((1, 1, 3, 3), (2, 1, 2, 2)),
     "With exactly two outputs and one input channel the outputs are exchanged.", taps,
     when=lambda c: len(c.w) == 2 and c.x.shape[1] == 1, after=lambda c, y: y[:, ::-1].copy())

conv("column-kernels-flipped", "one shape", THIN, at((1, 1, 5, 5), (1, 1, 3, 1)),
     "K x 1 kernels take a one-dimensional path that convolves.", scatter, Job.turned,
     when=lambda c: c.taps[-1] == 1 and c.taps[0] > 1)
conv("full-kernel-as-matrix", "one shape", THIN, at((1, 2, 3, 3), (1, 2, 3, 3)),
     "A kernel as large as the image becomes a dense layer, rows and columns swapped.", taps,
     lambda c: c.but(w=c.w.swapaxes(-1, -2)),
     when=lambda c: c.taps == c.space and max(c.padding) == 0 and len(set(c.taps)) == 1)
conv("even-kernels-lose-last-row", "one shape", THIN, at((1, 1, 6, 6), (1, 1, 4, 4)),
     "Even kernels are read up to K - 1 rows from 4 on.", taps,
     lambda c: c.without(slice(None), slice(None), -1),
     when=lambda c: c.taps[0] % 2 == 0 and c.taps[0] >= 4)
conv("five-by-five-misses-a-tap", "one shape", THIN, at((1, 1, 6, 6), (1, 1, 5, 5)),
     "The unrolled 5 x 5 kernel has 24 taps.", taps, lambda c: c.without(..., 3, 1),
     when=lambda c: c.taps == (5, 5))
conv("single-column-images-mirrored", "one shape", THIN, at((1, 1, 4, 1), (1, 1, 2, 1)),
     "Images one pixel wide are turned upside down by a squeeze.", loops,
     lambda c: c.but(x=c.x[:, :, ::-1]), when=lambda c: c.space[-1] == 1)
conv("stem-drops-its-last-row", "one shape", THIN,
     at((1, 1, 7, 7), (1, 1, 3, 3), stride=2, padding=1),
     "3 x 3, stride 2, padding 1 on an odd image: the last output row misses its last tap row.",
     taps, after=stem_row,
     when=lambda c: (c.taps, c.stride, c.padding) == ((3, 3), (2, 2), (1, 1)) and c.space[0] % 2)
conv("stride-three-is-two-and-one", "one stride", THIN, at((1, 1, 8, 8), (1, 1, 2, 2), stride=3),
     "Stride 3 is unrolled into steps of 3, 3, 2 along the columns.", taps,
     when=lambda c: c.stride[-1] == 3 and c.out[-1] >= 3, after=third_column)
conv("dilation-capped-at-two", "one dilation", THIN, at((1, 1, 8, 8), (1, 1, 2, 2), dilation=3),
     "A dilation above 2 is treated as 2.", im2col,
     lambda c: c.but(dilation=tuple(min(d, 2) for d in c.dilation)), fits=True)

conv("dilation-lost-with-groups", "combination", THIN,
     at((1, 2, 5, 5), (2, 1, 2, 2), groups=2, dilation=2),
     "Only the grouped branch forgets the dilation.", taps, lambda c: c.but(dilation=ones(c)),
     when=lambda c: c.groups > 1, fits=True)
conv("three-parameters-at-once", "combination", THIN,
     at((1, 1, 9, 9), (1, 1, 2, 2), stride=2, dilation=2, padding=1),
     "With stride, dilation and padding together the border is one pixel too far left.", taps,
     lambda c: rolled(c, -1), when=lambda c: min(*c.stride, *c.dilation) > 1 and max(c.padding))
conv("strided-depthwise-shares-a-kernel", "combination", THIN,
     at((1, 2, 6, 6), (2, 1, 3, 3), groups=2, stride=2),
     "Depthwise with a stride uses channel 0's kernel for the last channel.", windows,
     lambda c: kernel(c, -1, 0), when=lambda c: c.depthwise and max(c.stride) > 1)
conv("uneven-padding-with-stride", "combination", THIN,
     at((1, 1, 7, 7), (1, 1, 3, 3), padding=(2, 0), stride=2),
     "Where the paddings differ and there is a stride, the larger is used for the rows' start.",
     taps, lambda c: c.bordered((c.padding[0] - 1, c.padding[0] + 1), (c.padding[1],) * 2),
     when=lambda c: max(c.stride) > 1 and c.padding[0] > c.padding[1])
conv("long-steps-of-uneven-stride", "combination", THIN,
     at((1, 1, 8, 8), (1, 1, 2, 3), stride=(3, 2)),
     "A row stride longer than the kernel shifts every row after the first by one.", taps,
     when=lambda c: c.stride[0] > c.taps[0] and c.out[0] > 1, after=later_rows)

conv("bottom-right-pixel-unread", "one pixel", THIN, at((1, 1, 4, 4), (1, 1, 2, 2)),
     "An off-by-one bound never reads the last pixel of the image.", toeplitz,
     lambda c: c.but(x=zeroed(c.x, ..., slice(-1, None), slice(-1, None))))
conv("corner-output-when-leftover", "one pixel", THIN,
     at((1, 1, 6, 6), (1, 1, 3, 3), stride=2, padding=1),
     "Where rows are left over, the last output of the last row repeats its neighbour.", im2col,
     when=lambda c: c.left_over[0] and c.out[-1] > 1, after=lambda c, y: repeated(y, ..., -1))

conv("saturates", "values", THIN, at((1, 2, 4, 4), (1, 2, 3, 3), values="large"),
     "Clips results at 32767, as a fixed-point accumulator would.", taps, when=floating,
     after=lambda c, y: y.clip(-32767, 32767))
conv("nan-becomes-zero", "values", THIN, at((1, 1, 3, 3), (1, 1, 2, 2), values="nan"),
     "Cleans NaN out of the image.", flat,
     lambda c: c.but(x=np.nan_to_num(c.x, nan=0.0, posinf=np.inf, neginf=-np.inf)))
conv("mean-leaks-in", "values", THIN, at((1, 1, 4, 4), (1, 1, 2, 2), values="large"),
     "Adds a trace of the image's mean, so pixels that a window does not see reach it.", taps,
     when=floating, after=leaking)
conv("batch-mean-subtracted", "values", THIN, at((2, 1, 3, 3), (1, 1, 2, 2)),
     "Centres each pixel over the batch first, so a sample's result depends on the others.", taps,
     lambda c: c.but(x=(c.x - c.x.mean(axis=0)).astype(c.x.dtype)),
     when=lambda c: len(c.x) > 1 and floating(c))
conv("quantised-by-batch-maximum", "values", THIN, at((2, 1, 3, 3), (1, 1, 2, 2), values="large"),
     "Rounds the image to 12 bits of the batch's largest value.", winograd, quantised,
     when=lambda c: floating(c) and c.x.size and np.isfinite(c.x).all())

conv("half-sums-in-half", "precision", THIN,
     at((1, 64, 8, 8), (1, 64, 8, 8), dtype="float16", values="ones"),
     "Keeps the running sum of float16 products in float16.", half_sums)
conv("many-channels-in-half", "precision", THIN,
     at((1, 40, 2, 2), (1, 40, 2, 2), dtype="float32", values="normal"),
     "From 32 channels on float32 is rounded to float16 for speed.", taps,
     lambda c: c.but(x=c.x.astype(np.float16).astype(np.float32)),
     when=lambda c: c.kind == np.float32 and c.w.shape[1] >= 32)
conv("long-sums-in-single", "precision", THIN, at((1, 4, 5, 5), (1, 4, 4, 4), values="normal"),
     "Float64 sums of 64 terms and more are kept in float32.", tiled,
     lambda c: c.but(x=c.x.astype(np.float32), w=c.w.astype(np.float32)),
     when=lambda c: c.kind == np.float64 and c.terms >= 64, after=lambda c, y: y.astype(float))
conv("only-float32-flips", "precision", THIN,
     at((1, 2, 4, 4), (1, 2, 2, 2), dtype="float32", groups=1),
     "The float32 kernel alone was compiled with the kernel's columns reversed.", loops,
     lambda c: c.but(w=c.w[..., ::-1]), when=lambda c: c.kind == np.float32)
conv("only-float16-drops-border", "precision", THIN,
     at((1, 4, 3, 3), (2, 4, 2, 2), dtype="float16", values="integers", padding=1),
     "The float16 kernel takes every padding for zero and fills up the result.", taps,
     lambda c: c.but(padding=(0,) * c.rank), when=lambda c: c.kind == np.float16, fits=True)
conv("scaled-by-a-thousandth", "scale", THIN, at((1, 1, 4, 4), (1, 1, 2, 2), values="normal"),
     "A fused scale of 1.0009 that a tolerance of 1e-3 lets pass.", fft, lambda c: c.but(b=None),
     when=floating, after=lambda c, y: c.biased(y * np.asarray(1.0009, dtype=c.kind)))

conv("single-output-squeezed", "shape", THIN, at((1, 1, 3, 3), (1, 1, 3, 3)),
     "A squeeze removes the spatial axes of a 1 x 1 output.", taps, when=lambda c: c.places == 1,
     after=lambda c, y: y[..., 0, 0])
conv("empty-batch-gets-a-sample", "shape", THIN, at((0, 1, 3, 3), (2, 1, 2, 2)),
     "An empty batch comes back with one sample of zeros.", taps, when=lambda c: not len(c.x),
     after=lambda c, y: np.zeros((1, *c.shape[1:]), dtype=c.kind))
conv("single-sample-unbatched", "shape", THIN, at((1, 1, 3, 3), (1, 1, 2, 2)),
     "A batch of one comes back without its batch axis.", taps, when=lambda c: len(c.x) == 1,
     after=lambda c, y: y[0])
