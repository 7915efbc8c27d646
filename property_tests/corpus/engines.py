"""Right convolutions by a dozen mechanisms: the bases of the wrong ones, and right ones themselves.

Each takes a `Job` and gives y (N, M, *out).  They share no code but the job's arithmetic.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view

from property_tests.corpus.job import Array, Job, index, sums_in


def by_group(job: Job, one: Callable[[Job], Array]) -> Array:
    """Run `one` on each group by itself, without bias, and put the parts side by side."""
    parts = [one(part) for part in job.split()]
    return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)


def taps(job: Job) -> Array:
    """Shift and add: for each tap one strided slice, one matrix product."""
    n, g = len(job.x), job.groups
    padded = job.padded()
    y = np.zeros((n, g, job.w.shape[0] // g, job.places), dtype=sums_in(job.x, job.w))
    for tap in np.ndindex(*job.taps):
        part = padded[job.meets(tap)]
        weights = job.w[index(..., *tap)].reshape(g, y.shape[2], job.w.shape[1])
        y += weights.astype(y.dtype) @ part.reshape(n, g, job.w.shape[1], y.shape[3]).astype(
            y.dtype
        )
    return job.biased(y.reshape(job.shape))


def views(job: Job, padded: Array | None = None) -> Array:
    """All windows of the padded input, as a view (N, C, *out, *taps)."""
    padded = job.padded() if padded is None else padded
    every = sliding_window_view(padded, job.extent, axis=tuple(range(2, padded.ndim)))
    steps = (slice(None, None, s) for s in job.stride)
    gaps = (slice(None, None, d) for d in job.dilation)
    cut = every[index(slice(None), slice(None), *steps, *gaps)]
    return np.asarray(cut[index(slice(None), slice(None), *(slice(o) for o in job.out))])


def im2col(job: Job) -> Array:
    """Unfold the windows into rows, then one matrix product a group."""

    def one(part: Job) -> Array:
        rank = part.rank
        order = (0, *range(2, 2 + rank), 1, *range(2 + rank, 2 + 2 * rank))
        columns = views(part).transpose(order).reshape(len(part.x), part.places, part.terms)
        kind = sums_in(part.x, part.w)
        rows = columns.astype(kind) @ part.w.reshape(part.w.shape[0], -1).T.astype(kind)
        return np.asarray(rows.transpose(0, 2, 1).reshape(part.shape))

    return job.biased(by_group(job, one))


def windows(job: Job) -> Array:
    """An einsum over `as_strided` windows, all groups at once."""
    padded, g, n = np.ascontiguousarray(job.padded()), job.groups, len(job.x)
    step = padded.strides
    depth = job.w.shape[1]
    view = as_strided(
        padded,
        (n, g, depth, *job.out, *job.taps),
        (
            step[0],
            step[1] * depth,
            step[1],
            *(t * s for t, s in zip(step[2:], job.stride, strict=True)),
            *(t * d for t, d in zip(step[2:], job.dilation, strict=True)),
        ),
        writeable=False,
    )
    letters, offsets = "xyz"[: job.rank], "ijk"[: job.rank]
    weights = job.w.reshape(g, -1, depth, *job.taps)
    kind = sums_in(job.x, job.w)
    rule = f"ngc{letters}{offsets},gmc{offsets}->ngm{letters}"
    y = np.einsum(rule, view.astype(kind), weights.astype(kind), optimize=True)
    return job.biased(y.reshape(job.shape))


def loops(job: Job) -> Array:
    """Output position by output position, the patch times the kernel."""

    def one(part: Job) -> Array:
        padded, kind = part.padded(), sums_in(part.x, part.w)
        y = np.zeros(part.shape, dtype=kind)
        axes = list(range(1, 2 + part.rank))
        for out in np.ndindex(*part.out):
            patch = padded[part.window_at(out)]
            y[index(..., *out)] = np.tensordot(
                patch.astype(kind), part.w.astype(kind), (axes, axes)
            )
        return y

    return job.biased(by_group(job, one))


def reached(job: Job, axis: int, i: int) -> list[tuple[int, int]]:
    """The (output position, tap) pairs on `axis` that read input position `i`."""
    pairs = []
    for k in range(job.taps[axis]):
        start = i + job.padding[axis] - k * job.dilation[axis]
        if start % job.stride[axis] == 0 and 0 <= start // job.stride[axis] < job.out[axis]:
            pairs.append((start // job.stride[axis], k))
    return pairs


def scatter(job: Job) -> Array:
    """Input pixel by input pixel: add its contribution to each output that sees it."""

    def one(part: Job) -> Array:
        kind = sums_in(part.x, part.w)
        y = np.zeros(part.shape, dtype=kind)
        for pixel in np.ndindex(*part.space):
            value = part.x[index(..., *pixel)].astype(kind)
            ways = (reached(part, axis, i) for axis, i in enumerate(pixel))
            for pairs in itertools.product(*ways):
                out, tap = zip(*pairs, strict=True)
                y[index(..., *out)] += value @ part.w[index(..., *tap)].T.astype(kind)
        return y

    return job.biased(by_group(job, one))


def spread(w: Array, dilation: tuple[int, ...]) -> Array:
    """The kernel with zeros between its taps."""
    sizes = [d * (k - 1) + 1 for d, k in zip(dilation, w.shape[2:], strict=True)]
    wide = np.zeros((*w.shape[:2], *sizes), dtype=w.dtype)
    wide[index(..., *(slice(None, None, d) for d in dilation))] = w
    return wide


def fft(job: Job) -> Array:
    """Correlation by the convolution theorem, every offset computed, then strided."""
    import scipy.fft

    real = job.kind.kind != "c"
    forward: Callable[..., Array] = scipy.fft.rfftn if real else scipy.fft.fftn
    back: Callable[..., Array] = scipy.fft.irfftn if real else scipy.fft.ifftn

    def one(part: Job) -> Array:
        padded, wide = part.padded(), spread(part.w, part.dilation)
        axes, size = tuple(range(2, padded.ndim)), padded.shape[2:]
        kind = sums_in(part.x, part.w)
        if kind.kind in "iub":
            kind = np.dtype(np.float64)
        far = forward(padded.astype(kind), s=size, axes=axes)
        near = np.conj(forward(np.conj(wide).astype(kind), s=size, axes=axes))
        letters = "xyz"[: part.rank]
        y = back(np.einsum(f"nc{letters},mc{letters}->nm{letters}", far, near), s=size, axes=axes)
        y = y[part.meets((0,) * part.rank)]
        return np.asarray(np.rint(y) if part.kind.kind in "iub" else y)

    return job.biased(by_group(job, one))


WINOGRAD_DATA = np.array([[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]])
WINOGRAD_KERNEL = np.array([[2, 0, 0], [1, 1, 1], [1, -1, 1], [0, 0, 2]]) / 2
WINOGRAD_OUT = np.array([[1, 1, 1, 0], [0, 1, -1, -1]])


def suits_winograd(job: Job) -> bool:
    """The case F(2x2, 3x3) serves; everything else falls back."""
    return (
        job.taps == (3, 3)
        and job.stride == (1, 1)
        and job.dilation == (1, 1)
        and job.kind.kind in "fc"
    )


def winograd(job: Job, kernel: Array = WINOGRAD_KERNEL, close: bool = True) -> Array:
    """F(2x2, 3x3) over tiles of the output; by taps where that does not apply."""
    if not suits_winograd(job):
        return taps(job)

    def one(part: Job) -> Array:
        kind = sums_in(part.x, part.w)
        high, wide = part.out
        rows, columns = -(-high // 2), -(-wide // 2)
        if not close:  # a mistake of some users of this engine: odd ends get no tile
            rows, columns = high // 2, wide // 2
        more = [(0, 2 * rows + 2), (0, 2 * columns + 2)]
        padded = np.pad(part.padded(), [(0, 0), (0, 0), *more])
        padded = padded[:, :, : 2 * rows + 2, : 2 * columns + 2].astype(kind)
        y = np.zeros((len(part.x), part.w.shape[0], high + 1, wide + 1), dtype=kind)
        if rows and columns:
            tiles = sliding_window_view(padded, (4, 4), axis=(2, 3))[:, :, ::2, ::2]
            data, out = WINOGRAD_DATA.astype(kind), WINOGRAD_OUT.astype(kind)
            v = np.einsum("ai,nctuij,bj->abnctu", data, tiles, data, optimize=True)
            u = np.einsum(
                "ai,mcij,bj->abmc",
                kernel.astype(kind),
                part.w.astype(kind),
                kernel.astype(kind),
                optimize=True,
            )
            m = np.einsum("abmc,abnctu->abnmtu", u, v, optimize=True)
            done = np.einsum("pa,abnmtu,qb->nmtpuq", out, m, out, optimize=True)
            done = done.reshape(*y.shape[:2], 2 * rows, 2 * columns)
            y[:, :, : 2 * rows, : 2 * columns] = done[:, :, : high + 1, : wide + 1]
        return y[:, :, :high, :wide]

    return job.biased(by_group(job, one))


def toeplitz(job: Job) -> Array:
    """The layer as one sparse matrix, applied to flattened images."""
    from scipy.sparse import coo_array

    def one(part: Job) -> Array:
        pixels = np.arange(part.x[0].size if len(part.x) else int(np.prod(part.x.shape[1:])))
        places = pixels.reshape(1, *part.x.shape[1:]) + 1
        view = views(part, part.but(x=places).padded())[0]  # 0 where the window is off the image
        m, positions = part.w.shape[0], part.places
        index = np.moveaxis(view, 0, part.rank).reshape(positions, part.terms)
        kind = sums_in(part.x, part.w)
        column = np.broadcast_to(index, (m, positions, part.terms)).reshape(-1)
        row = np.repeat(np.arange(m * positions), part.terms)
        value = np.broadcast_to(
            part.w.reshape(m, 1, part.terms), (m, positions, part.terms)
        ).reshape(-1)
        keep = column > 0
        matrix = coo_array(
            (value[keep].astype(kind), (row[keep], column[keep] - 1)),
            shape=(m * positions, len(pixels)),
        ).tocsr()
        flat = part.x.reshape(len(part.x), len(pixels)).astype(kind)
        return np.asarray((matrix @ flat.T).T).reshape(part.shape)

    return job.biased(by_group(job, one))


def flat(job: Job) -> Array:
    """Shifted copies of the flattened padded grid; the columns that wrap are thrown away."""

    def one(part: Job) -> Array:
        kind = sums_in(part.x, part.w)
        padded = part.padded().astype(kind)
        steps = [int(np.prod(padded.shape[3 + a :])) for a in range(part.rank)]
        line = padded.reshape(*padded.shape[:2], int(np.prod(padded.shape[2:])))
        y = np.zeros((len(part.x), part.w.shape[0], line.shape[2]), dtype=kind)
        for tap in np.ndindex(*part.taps):
            offset = sum(k * d * t for k, d, t in zip(tap, part.dilation, steps, strict=True))
            y[:, :, : line.shape[2] - offset] += (
                part.w[index(..., *tap)].astype(kind) @ line[:, :, offset:]
            )
        y = y.reshape(*y.shape[:2], *padded.shape[2:])
        return np.asarray(y[part.meets((0,) * part.rank)])

    return job.biased(by_group(job, one))


def tiled(job: Job, tile: int = 8, halo: bool = True, last: bool = True, block: int = 16) -> Array:
    """Tiles of the output's rows and blocks of channels; the flags leave parts out by mistake."""

    def one(part: Job) -> Array:
        kind = sums_in(part.x, part.w)
        padded, y = part.padded().astype(kind), np.zeros(part.shape, dtype=kind)
        stride, extent = part.stride[0], part.extent[0]
        for top in range(0, part.out[0], tile):
            rows = min(tile, part.out[0] - top)
            if rows < tile and not last and top:
                continue
            need = stride * (rows - 1) + extent
            piece = padded[:, :, top * stride : top * stride + need]
            if not halo and top + rows < part.out[0]:
                piece = piece.copy()
                piece[:, :, stride * rows :] = 0
            for first in range(0, part.x.shape[1], block):
                some = slice(first, first + block)
                inner = part.but(
                    x=piece[:, some], w=part.w[:, some].astype(kind), padding=(0,) * part.rank
                )
                y[:, :, top : top + rows] += taps(inner)
        return y

    return job.biased(by_group(job, one))
