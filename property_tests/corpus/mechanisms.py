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
from property_tests.corpus.entry import conv
from property_tests.corpus.job import Array, Job, index, slices, sums_in
from property_tests.corpus.parameters import at, fit


def spectrum(
    job: Job,
    *,
    padded: Array,
    size: tuple[int, ...],
    conj: bool = True,
    back: tuple[int, ...] | None = None,
) -> Array:
    """Correlation through the real FFT with the sizes given: right only for the right sizes."""

    def one(part: Job, image: Array) -> Array:
        axes = tuple(range(2, image.ndim))
        far = np.fft.rfftn(image, s=size, axes=axes)
        near = np.fft.rfftn(spread(part.w, part.dilation), s=size, axes=axes)
        near = np.conj(near) if conj else near
        y = np.fft.irfftn(np.einsum("ncxy,mcxy->nmxy", far, near), s=back, axes=axes)
        return np.asarray(y)

    depth, width = job.w.shape[1], job.w.shape[0] // job.groups
    parts = []
    for g in range(job.groups):
        part = job.but(w=job.w[g * width : (g + 1) * width])
        parts.append(one(part, padded[:, g * depth : (g + 1) * depth]))
    y = np.concatenate(parts, axis=1)
    every = slices((0,) * job.rank, job.stride, job.dilation, job.out)
    return np.asarray(y[index(..., *every)])


@conv("fft", "parameter-bound", at((1, 1, 5, 5), (1, 1, 3, 3), padding=1))
def fft_wraps_round(job: Job) -> Array:
    """Transforms at the size of the image without its border, so that the border wraps."""
    if job.kind.kind != "f" or max(job.padding) == 0:
        return fft(job)
    return fft(job.but(x=job.padded("wrap"), padding=(0,) * job.rank))


@conv("fft", "thin-slice", at((1, 1, 5, 5), (1, 1, 2, 2)))
def fft_inverse_without_size(job: Job) -> Array:
    """Calls the inverse real FFT without the size: an odd width comes back one short."""
    if job.kind.kind != "f" or job.rank != 2:
        return fft(job)
    padded = job.padded()
    return job.biased(fit(spectrum(job, padded=padded, size=padded.shape[2:]), job))


@conv("fft", "thin-slice", at((1, 1, 8, 8), (1, 1, 5, 5)))
def fft_for_large_kernels_flips(job: Job) -> Array:
    """From 5 taps on an FFT takes over that forgets to conjugate."""
    return fft(job.but(w=job.w[..., ::-1, ::-1])) if min(job.taps) >= 5 else taps(job)


@conv("fft", "thin-slice", at((1, 1, 12, 12), (1, 1, 7, 7), values="normal"))
def fft_in_single_precision(job: Job) -> Array:
    """Large float64 kernels go through a complex64 transform."""
    if min(job.taps) >= 7 and job.kind == np.float64:
        x, w = job.x.astype(np.float32), job.w.astype(np.float32)
        return fft(job.but(x=x, w=w)).astype(np.float64)
    return im2col(job)


@conv("winograd", "thin-slice", at((1, 1, 5, 5), (1, 1, 3, 3)))
def winograd_without_odd_end(job: Job) -> Array:
    """Odd outputs have no tile for their last row and column, which stay zero."""
    return winograd(job, close=False)


WRONG_KERNEL = WINOGRAD_KERNEL.copy()
WRONG_KERNEL[2, 1] = WRONG_KERNEL[1, 1]


@conv("winograd", "parameter-bound", at((1, 1, 4, 4), (1, 1, 3, 3)))
def winograd_sign_wrong(job: Job) -> Array:
    """One entry of the kernel's transform has the wrong sign."""
    return winograd(job, kernel=WRONG_KERNEL)


@conv("winograd", "parameter-bound", at((1, 1, 7, 7), (1, 1, 3, 3), dilation=2))
def winograd_takes_dilated(job: Job) -> Array:
    """The test for the 3x3 fast path forgets to ask for the dilation."""
    if job.taps == (3, 3) and job.stride == (1, 1):
        return fit(winograd(job.but(dilation=(1, 1))), job)
    return taps(job)


@conv("winograd", "thin-slice", at((1, 1, 4, 4), (1, 1, 3, 3), dtype="float32", values="normal"))
def winograd_tables_rounded(job: Job) -> Array:
    """The transform's constants were typed with three digits."""
    near = WINOGRAD_KERNEL * (1 + 5e-4 * np.array([[0], [1], [-1], [0]]))
    return winograd(job, kernel=near)


@conv("strided views", "parameter-bound", at((1, 1, 4, 5), (1, 1, 2, 2), stride=(1, 2)))
def view_ignores_column_stride(job: Job) -> Array:
    """The strided view steps by whole pixels along the rows, whatever the stride."""

    def one(part: Job) -> Array:
        image = np.ascontiguousarray(part.padded())
        at_once = image.strides
        view = as_strided(
            image,
            (*image.shape[:2], *part.out, *part.taps),
            (
                *at_once[:2],
                at_once[2] * part.stride[0],
                at_once[3],
                at_once[2] * part.dilation[0],
                at_once[3] * part.dilation[1],
            ),
            writeable=False,
        )
        return np.asarray(np.einsum("ncxyij,mcij->nmxy", view, part.w))

    return job.biased(by_group(job, one))


@conv("strided views", "parameter-bound", at((1, 2, 4, 4), (1, 2, 2, 2), padding=1))
def line_wraps_at_row_ends(job: Job) -> Array:
    """Shifts along the flattened rows without a border: what leaves one row enters the next."""
    if job.rank != 2 or job.padding[1] == 0:
        return flat(job)
    tall = np.pad(job.x, [(0, 0), (0, 0), (job.padding[0],) * 2, (0, 0)])
    line = np.pad(
        tall.reshape(*tall.shape[:2], tall.shape[2] * tall.shape[3]),
        [(0, 0), (0, 0), (job.padding[1],) * 2],
    )
    starts = np.arange(tall.shape[2])[:, None] * tall.shape[3]
    x = line[:, :, starts + np.arange(tall.shape[3] + 2 * job.padding[1])]
    return taps(job.but(x=x, padding=(0, 0)))


@conv("im2col", "easy", at((1, 2, 4, 4), (1, 2, 2, 2)))
def columns_taps_before_channels(job: Job) -> Array:
    """Lays the columns out tap by tap while the kernel's rows go channel by channel."""

    def one(part: Job) -> Array:
        order = (0, *range(2, 2 + 2 * part.rank), 1)
        positions = int(np.prod(part.out))
        columns = views(part).transpose(order).reshape(len(part.x), positions, part.terms)
        rows = columns @ part.w.reshape(part.w.shape[0], part.terms).T
        return rows.transpose(0, 2, 1).reshape(part.shape)

    return job.biased(by_group(job, one))


@conv("im2col", "easy", at((2, 1, 3, 3), (2, 1, 2, 2)))
def columns_reshaped_without_transpose(job: Job) -> Array:
    """Reshapes (N, positions, M) straight to (N, M, positions)."""
    y = im2col(job)
    return np.ascontiguousarray(np.moveaxis(y, 1, -1)).reshape(y.shape)


@conv("im2col", "thin-slice", at((2, 1, 3, 3), (1, 1, 2, 2)))
def columns_mix_batch_and_positions(job: Job) -> Array:
    """Stacks the columns position first and unstacks them batch first."""
    y = taps(job)
    if len(y) < 2:
        return y
    return (
        np.moveaxis(y, 0, -1)
        .reshape(y.shape[1], -1)
        .reshape(y.shape[1], len(y), *job.out)
        .swapaxes(0, 1)
        .copy()
    )


@conv("im2col", "thin-slice", at((1, 1, 12, 12), (1, 1, 3, 3)))
def columns_in_chunks_of_64(job: Job) -> Array:
    """Works through 64 columns at a time and forgets the last, shorter chunk."""
    y = im2col(job.but(b=None))
    line = y.reshape(*y.shape[:2], int(np.prod(job.out)))
    whole = line.shape[2] // 64 * 64
    if whole:
        line[:, :, whole:] = 0
    return job.biased(line.reshape(y.shape))


@conv("einsum", "easy", at((1, 2, 3, 3), (2, 2, 2, 2)))
def einsum_reads_kernel_in_out(job: Job) -> Array:
    """Square channel numbers hide that the kernel is read as (in, out)."""
    square = job.groups == 1 and job.w.shape[0] == job.w.shape[1]
    return taps(job.but(w=job.w.swapaxes(0, 1)) if square else job)


@conv("einsum", "easy", at((1, 1, 4, 4), (1, 1, 2, 2)))
def einsum_letter_repeated(job: Job) -> Array:
    """Writes one letter twice: only the diagonal taps of the kernel are summed."""
    w = job.w.copy()
    for tap in np.ndindex(*job.taps):
        if len(set(tap)) > 1 and min(job.taps) > 1:
            w[index(..., *tap)] = 0
    return taps(job.but(w=w))


@conv("scatter", "parameter-bound", at((1, 1, 5, 5), (1, 1, 3, 3), stride=2))
def scatter_overwrites_when_strided(job: Job) -> Array:
    """With a stride the contributions are assigned, not added, at the last tap of each row."""
    if max(job.stride) == 1:
        return scatter(job)
    w = job.w.copy()
    w[..., :-1] = 0
    return taps(job.but(w=w))


@conv("sparse matrix", "parameter-bound", at((1, 1, 4, 4), (1, 1, 2, 2), padding=1))
def matrix_without_right_border(job: Job) -> Array:
    """Builds the matrix on rows of W + P pixels: the right border is the next row's left."""
    if job.padding[-1] == 0:
        return taps(job)
    x = job.padded()
    p = job.padding[-1]
    x[..., :-1, -p:] = x[..., 1:, p : 2 * p]
    return taps(job.but(x=x, padding=(0,) * job.rank))


@conv("tiles", "thin-slice", at((1, 1, 36, 3), (1, 1, 3, 3)))
def tiles_without_halo(job: Job) -> Array:
    """Tiles of 32 rows read zeros where they should read the next tile's first rows."""
    return tiled(job, tile=32, halo=False)


@conv("tiles", "thin-slice", at((1, 1, 11, 4), (1, 1, 2, 2)))
def tiles_of_eight_only(job: Job) -> Array:
    """Rows beyond the last whole tile of 8 are never written."""
    return tiled(job, tile=8, last=False)


@conv("tiles", "thin-slice", at((1, 1, 20, 20), (1, 1, 3, 3)))
def corner_tile_missed(job: Job) -> Array:
    """The tile at the bottom right is skipped when both ends are ragged (16 x 16 tiles)."""
    y = taps(job)
    high, wide = (o // 16 * 16 for o in job.out[-2:])
    if high and wide:
        y[..., high:, wide:] = 0
    return y


@conv("tiles", "thin-slice", at((1, 40, 3, 3), (1, 40, 2, 2)))
def channel_blocks_of_32(job: Job) -> Array:
    """Sums channels 32 at a time and loses the remainder."""
    depth = job.w.shape[1]
    keep = depth // 32 * 32 if depth > 32 else depth
    w = job.w.copy()
    w[:, keep:] = 0
    return taps(job.but(w=w))


@conv("tiles", "thin-slice", at((1, 1, 3, 3), (18, 1, 2, 2)))
def output_blocks_of_16_rounded_down(job: Job) -> Array:
    """Output channels beyond the last whole block of 16 stay zero, bias apart."""
    y = taps(job.but(b=None))
    whole = y.shape[1] // 16 * 16
    if whole:
        y[:, whole:] = 0
    return job.biased(y)


@conv("vectorised", "thin-slice", at((1, 1, 3, 8), (1, 1, 2, 2)))
def lanes_of_four(job: Job) -> Array:
    """Computes four columns at a time; the rest repeats the last lane's first value."""
    y = im2col(job)
    whole = job.out[-1] // 4 * 4
    if whole and whole < job.out[-1]:
        y[..., whole:] = y[..., whole : whole + 1]
    return y


@conv("vectorised", "thin-slice", at((1, 1, 1, 260), (1, 1, 1, 2)))
def column_counter_of_one_byte(job: Job) -> Array:
    """Counts columns in a byte, so that column 256 is column 0 again."""
    y = taps(job)
    if job.out[-1] > 256:
        y = y[..., np.arange(job.out[-1]) % 256]
    return y


@conv("low rank", "thin-slice", at((1, 1, 8, 8), (1, 1, 7, 7)))
def large_kernels_taken_for_separable(job: Job) -> Array:
    """From 7 x 7 on the kernel is replaced by its best product of a column and a row."""
    if job.rank != 2 or min(job.taps) < 7 or job.kind.kind != "f":
        return taps(job)
    u, s, v = np.linalg.svd(job.w.astype(sums_in(job.x, job.w)))
    near = u[..., :, :1] * s[..., None, :1] @ v[..., :1, :]
    return taps(job.but(w=near))
