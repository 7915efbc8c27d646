"""Wrong forward convolutions whose mistake is that of one mechanism: FFT, Winograd, tiles."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import as_strided

from property_tests.corpus.engines import (
    WINOGRAD_KERNEL,
    by_group,
    fft,
    flat,
    im2col,
    scatter,
    spread,
    taps,
    tiled,
    views,
    winograd,
)
from property_tests.corpus.job import Array, Job, fit, index, sums_in, zeroed
from property_tests.corpus.mutant import BOUND, EASY, THIN, conv
from property_tests.corpus.witness import at


def without_size(c: Job) -> Array:
    """Correlation by the real FFT, the inverse called without the width to come back to."""

    def one(part: Job) -> Array:
        image = part.padded()
        size, axes = image.shape[2:], tuple(range(2, image.ndim))
        far = np.fft.rfftn(image, s=size, axes=axes)
        near = np.conj(np.fft.rfftn(spread(part.w, part.dilation), s=size, axes=axes))
        return np.asarray(np.fft.irfftn(np.einsum("ncxy,mcxy->nmxy", far, near), axes=axes))

    if c.kind.kind != "f":
        return fft(c)
    y = by_group(c, one)
    return c.biased(fit(y[c.meets((0,) * c.rank)], c.shape))


def view_ignores_column_stride(c: Job) -> Array:
    """Windows as a strided view whose step along the rows is one pixel."""

    def one(part: Job) -> Array:
        image = np.ascontiguousarray(part.padded())
        n, m, high, wide = image.strides
        steps = (high * part.stride[0], wide, high * part.dilation[0], wide * part.dilation[1])
        shape = (*image.shape[:2], *part.out, *part.taps)
        view = as_strided(image, shape, (n, m, *steps), writeable=False)
        return np.asarray(np.einsum("ncxyij,mcij->nmxy", view, part.w))

    return c.biased(by_group(c, one))


def line_wraps_at_row_ends(c: Job) -> Array:
    """Shifts along the flattened rows without a border between them."""
    if c.padding[1] == 0:
        return flat(c)
    high, wide = c.padding
    tall = np.pad(c.x, [(0, 0), (0, 0), (high, high), (0, 0)])
    rows, columns = tall.shape[2:]
    line = np.pad(tall.reshape(*tall.shape[:2], rows * columns), [(0, 0), (0, 0), (wide, wide)])
    starts = np.arange(rows)[:, None] * columns
    return taps(c.but(x=line[:, :, starts + np.arange(columns + 2 * wide)], padding=(0, 0)))


def columns_taps_before_channels(c: Job) -> Array:
    """Columns tap by tap for a kernel whose rows go channel by channel."""

    def one(part: Job) -> Array:
        order = (0, *range(2, 2 + 2 * part.rank), 1)
        columns = views(part).transpose(order).reshape(len(part.x), part.places, part.terms)
        rows = columns @ part.w.reshape(part.w.shape[0], part.terms).T
        return rows.transpose(0, 2, 1).reshape(part.shape)

    return c.biased(by_group(c, one))


def stacked_by_position(c: Job, y: Array) -> Array:
    """Columns stacked position first and unstacked batch first."""
    lines = np.moveaxis(y, 0, -1).reshape(y.shape[1], -1)
    return lines.reshape(y.shape[1], len(y), *c.out).swapaxes(0, 1).copy()


def whole_chunks(c: Job, y: Array) -> Array:
    """The output in whole chunks of 64 columns, the rest lost."""
    line = y.reshape(*y.shape[:2], c.places).copy()
    whole = c.places // 64 * 64
    if whole:
        line[:, :, whole:] = 0
    return c.biased(line.reshape(y.shape))


def diagonal(c: Job) -> Job:
    """The kernel's diagonal taps alone."""
    w = c.w.copy()
    for tap in np.ndindex(*c.taps):
        if len(set(tap)) > 1:
            w[index(..., *tap)] = 0
    return c.but(w=w)


def next_row_as_border(c: Job) -> Job:
    """The right border is the next row's start."""
    x, p = c.padded(), c.padding[-1]
    x[..., :-1, -p:] = x[..., 1:, p : 2 * p]
    return c.but(x=x, padding=(0,) * c.rank)


def last_lane(c: Job, y: Array) -> Array:
    """The rest of a row that is no whole number of fours repeats its first value."""
    whole = c.out[-1] // 4 * 4
    if whole and whole < c.out[-1]:
        y[..., whole:] = y[..., whole : whole + 1].copy()
    return y


def separable(c: Job) -> Job:
    """The kernel as its best product of a column and a row."""
    u, s, v = np.linalg.svd(c.w.astype(sums_in(c.x, c.w)))
    return c.but(w=u[..., :, :1] * s[..., None, :1] @ v[..., :1, :])


WRONG_KERNEL = WINOGRAD_KERNEL.copy()
WRONG_KERNEL[2, 1] = WRONG_KERNEL[1, 1]
NEAR_KERNEL = WINOGRAD_KERNEL * (1 + 5e-4 * np.array([[0], [1], [-1], [0]]))

# A table, one mistake a paragraph.
# fmt: off
conv("fft-wraps-round", "fft", BOUND, at((1, 1, 5, 5), (1, 1, 3, 3), padding=1),
     "Transforms at the size of the image without its border, so that the border wraps.", fft,
     lambda c: c.bordered(mode="wrap"), when=lambda c: c.kind.kind == "f" and max(c.padding))
conv("fft-inverse-without-size", "fft", THIN, at((1, 1, 5, 5), (1, 1, 2, 2)),
     "Calls the inverse real FFT without the size: an odd width comes back one short.",
     without_size)
conv("fft-for-large-kernels-flips", "fft", THIN, at((1, 1, 8, 8), (1, 1, 5, 5)),
     "From 5 taps on an FFT takes over that forgets to conjugate.",
     lambda c: fft(c.turned()) if min(c.taps) >= 5 else taps(c))
conv("fft-in-single-precision", "fft", THIN, at((1, 1, 12, 12), (1, 1, 7, 7), values="normal"),
     "Large float64 kernels go through a complex64 transform.",
     lambda c: (fft if c.kind == np.float32 and min(c.taps) >= 7 else im2col)(c),
     lambda c: c.but(x=c.x.astype(np.float32), w=c.w.astype(np.float32)),
     when=lambda c: min(c.taps) >= 7 and c.kind == np.float64, after=lambda c, y: y.astype(float))
conv("winograd-without-odd-end", "winograd", THIN, at((1, 1, 5, 5), (1, 1, 3, 3)),
     "Odd outputs have no tile for their last row and column, which stay zero.",
     lambda c: winograd(c, close=False))
conv("winograd-sign-wrong", "winograd", BOUND, at((1, 1, 4, 4), (1, 1, 3, 3)),
     "One entry of the kernel's transform has the wrong sign.",
     lambda c: winograd(c, kernel=WRONG_KERNEL))
conv("winograd-takes-dilated", "winograd", BOUND, at((1, 1, 7, 7), (1, 1, 3, 3), dilation=2),
     "The test for the 3x3 fast path forgets to ask for the dilation.", winograd,
     lambda c: c.but(dilation=(1, 1)), fits=True,
     when=lambda c: c.taps == (3, 3) and c.stride == (1, 1))
conv("winograd-tables-rounded", "winograd", THIN,
     at((1, 1, 4, 4), (1, 1, 3, 3), dtype="float32", values="normal"),
     "The transform's constants were typed with three digits.",
     lambda c: winograd(c, kernel=NEAR_KERNEL))
conv("view-ignores-column-stride", "strided views", BOUND,
     at((1, 1, 4, 5), (1, 1, 2, 2), stride=(1, 2)),
     "The strided view steps by whole pixels along the rows, whatever the stride.",
     view_ignores_column_stride)
conv("line-wraps-at-row-ends", "strided views", BOUND, at((1, 2, 4, 4), (1, 2, 2, 2), padding=1),
     "Shifts along the flattened rows without a border: what leaves one row enters the next.",
     line_wraps_at_row_ends)
conv("columns-taps-before-channels", "im2col", EASY, at((1, 2, 4, 4), (1, 2, 2, 2)),
     "Lays the columns out tap by tap while the kernel's rows go channel by channel.",
     columns_taps_before_channels)
conv("columns-reshaped-without-transpose", "im2col", EASY, at((2, 1, 3, 3), (2, 1, 2, 2)),
     "Reshapes (N, positions, M) straight to (N, M, positions).", im2col,
     after=lambda c, y: np.ascontiguousarray(np.moveaxis(y, 1, -1)).reshape(y.shape))
conv("columns-mix-batch-and-positions", "im2col", THIN, at((2, 1, 3, 3), (1, 1, 2, 2)),
     "Stacks the columns position first and unstacks them batch first.", taps,
     when=lambda c: len(c.x) > 1, after=stacked_by_position)
conv("columns-in-chunks-of-64", "im2col", THIN, at((1, 1, 12, 12), (1, 1, 3, 3)),
     "Works through 64 columns at a time and forgets the last, shorter chunk.", im2col,
     lambda c: c.but(b=None), after=whole_chunks)
conv("einsum-reads-kernel-in-out", "einsum", EASY, at((1, 2, 3, 3), (2, 2, 2, 2)),
     "Square channel numbers hide that the kernel is read as (in, out).", taps,
     lambda c: c.but(w=c.w.swapaxes(0, 1)),
     when=lambda c: c.groups == 1 and c.w.shape[0] == c.w.shape[1])
conv("einsum-letter-repeated", "einsum", EASY, at((1, 1, 4, 4), (1, 1, 2, 2)),
     "Writes one letter twice: only the diagonal taps of the kernel are summed.", taps, diagonal,
     when=lambda c: min(c.taps) > 1)
conv("scatter-overwrites-when-strided", "scatter", BOUND, at((1, 1, 5, 5), (1, 1, 3, 3), stride=2),
     "With a stride the contributions are assigned, not added, at the last tap of each row.",
     scatter, lambda c: c.without(..., slice(None, -1)), when=lambda c: max(c.stride) > 1)
conv("matrix-without-right-border", "sparse matrix", BOUND,
     at((1, 1, 4, 4), (1, 1, 2, 2), padding=1),
     "Builds the matrix on rows of W + P pixels: the right border is the next row's left.", taps,
     next_row_as_border, when=lambda c: c.padding[-1])
conv("tiles-without-halo", "tiles", THIN, at((1, 1, 36, 3), (1, 1, 3, 3)),
     "Tiles of 32 rows read zeros where they should read the next tile's first rows.",
     lambda c: tiled(c, tile=32, halo=False))
conv("tiles-of-eight-only", "tiles", THIN, at((1, 1, 11, 4), (1, 1, 2, 2)),
     "Rows beyond the last whole tile of 8 are never written.",
     lambda c: tiled(c, tile=8, last=False))
conv("corner-tile-missed", "tiles", THIN, at((1, 1, 20, 20), (1, 1, 3, 3)),
     "The tile at the bottom right is skipped when both ends are ragged (16 x 16 tiles).", taps,
     when=lambda c: min(c.out) >= 16,
     after=lambda c, y: zeroed(y, ..., *(slice(o // 16 * 16, None) for o in c.out[-2:])))
conv("channel-blocks-of-32", "tiles", THIN, at((1, 40, 3, 3), (1, 40, 2, 2)),
     "Sums channels 32 at a time and loses the remainder.", taps,
     lambda c: c.without(slice(None), slice(c.w.shape[1] // 32 * 32, None)),
     when=lambda c: c.w.shape[1] > 32)
conv("output-blocks-of-16-rounded-down", "tiles", THIN, at((1, 1, 3, 3), (18, 1, 2, 2)),
     "Output channels beyond the last whole block of 16 stay zero, bias apart.", taps,
     lambda c: c.without(slice(len(c.w) // 16 * 16, None)), when=lambda c: len(c.w) >= 16)
conv("lanes-of-four", "vectorised", THIN, at((1, 1, 3, 8), (1, 1, 2, 2)),
     "Computes four columns at a time; the rest repeats the last lane's first value.", im2col,
     after=last_lane)
conv("column-counter-of-one-byte", "vectorised", THIN, at((1, 1, 1, 260), (1, 1, 1, 2)),
     "Counts columns in a byte, so that column 256 is column 0 again.", taps,
     when=lambda c: c.out[-1] > 256, after=lambda c, y: y[..., np.arange(c.out[-1]) % 256])
conv("large-kernels-taken-for-separable", "low rank", THIN, at((1, 1, 8, 8), (1, 1, 7, 7)),
     "From 7 x 7 on the kernel is replaced by its best product of a column and a row.", taps,
     separable, when=lambda c: min(c.taps) >= 7 and c.kind.kind == "f")
