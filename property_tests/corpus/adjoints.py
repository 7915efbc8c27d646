"""Right gradients by several mechanisms; each takes (job, dy) and gives one or all three."""

from __future__ import annotations

import numpy as np

from property_tests.corpus.engines import loops, taps, views
from property_tests.corpus.job import Array, Gradients, Job, index, sums_in, turned


def unpad(job: Job, padded: Array) -> Array:
    """The part of a padded array that is the image, in x's dtype."""
    return np.ascontiguousarray(padded[job.inside]).astype(job.kind, copy=False)


def blank(job: Job) -> Array:
    """A padded input's worth of zeros to add gradients to."""
    return np.zeros(job.padded().shape, dtype=sums_in(job.x, job.w))


def grad_x(job: Job, dy: Array) -> Array:
    """Tap by tap, dy back through that tap onto the pixels that it read."""
    n, g, total = len(job.x), job.groups, blank(job)
    positions = job.places
    flow = dy.reshape(n, g, job.w.shape[0] // g, positions).astype(total.dtype)
    for tap in np.ndindex(*job.taps):
        weights = job.w[index(..., *tap)].reshape(g, -1, job.w.shape[1]).astype(total.dtype)
        part = weights.transpose(0, 2, 1) @ flow
        total[job.meets(tap)] += part.reshape(n, job.x.shape[1], *job.out)
    return unpad(job, total)


def grad_w(job: Job, dy: Array) -> Array:
    """Tap by tap, the products of dy with the pixels that the tap read, summed."""
    n, g, kind = len(job.x), job.groups, sums_in(job.x, job.w)
    depth = job.w.shape[1]
    padded, total = job.padded().astype(kind), np.zeros(job.w.shape, dtype=kind)
    positions = job.places
    flow = dy.reshape(n, g, job.w.shape[0] // g, positions).astype(kind)
    for tap in np.ndindex(*job.taps):
        part = padded[job.meets(tap)]
        part = part.reshape(n, g, depth, positions)
        total[index(..., *tap)] = (
            np.matmul(flow, part.transpose(0, 1, 3, 2)).sum(0).reshape(-1, depth)
        )
    return total.astype(job.kind, copy=False)


def grad_b(job: Job, dy: Array) -> Array | None:
    """dy summed over everything but the channel."""
    if job.b is None:
        return None
    axes = (0, *range(2, dy.ndim))
    return np.asarray(dy.sum(axis=axes, dtype=sums_in(dy)).astype(job.b.dtype, copy=False))


def by_taps(job: Job, dy: Array) -> Gradients:
    """All three, tap by tap."""
    return grad_x(job, dy), grad_w(job, dy), grad_b(job, dy)


def split(job: Job, dy: Array) -> list[tuple[Job, Array]]:
    """Each group as a job of its own, with its part of dy."""
    return list(zip(job.split(), np.split(dy, job.groups, axis=1), strict=True))


def by_columns(job: Job, dy: Array) -> Gradients:
    """The transposed im2col: rows of patch gradients, folded back with `np.add.at`."""
    kind = sums_in(job.x, job.w)
    parts_x, parts_w = [], []
    for part, flow in split(job, dy):
        rank, n, width = part.rank, len(part.x), part.w.shape[0]
        order = (0, *range(2, 2 + rank), 1, *range(2 + rank, 2 + 2 * rank))
        columns = views(part).transpose(order).reshape(-1, part.terms).astype(kind)
        rows = np.moveaxis(flow, 1, -1).reshape(-1, width).astype(kind)
        parts_w.append((rows.T @ columns).reshape(part.w.shape))
        back = (rows @ part.w.reshape(width, -1).astype(kind)).reshape(
            n, *part.out, part.x.shape[1], *part.taps
        )
        total = blank(part)
        where = np.arange(total.size).reshape(total.shape)
        places = views(part, where).transpose(order)
        np.add.at(total.reshape(-1), places.reshape(-1), back.reshape(-1))
        parts_x.append(unpad(part, total))
    gx, gw = np.concatenate(parts_x, axis=1), np.concatenate(parts_w, axis=0)
    return gx, gw.astype(job.kind, copy=False), grad_b(job, dy)


def by_loops(job: Job, dy: Array) -> Gradients:
    """Output position by output position, as homework does it."""
    kind = sums_in(job.x, job.w)
    parts_x, parts_w = [], []
    for part, flow in split(job, dy):
        padded, total = part.padded().astype(kind), blank(part)
        dw = np.zeros(part.w.shape, dtype=kind)
        for out in np.ndindex(*part.out):
            cut = part.window_at(out)
            here = flow[index(..., *out)].astype(kind)
            total[cut] += np.tensordot(here, part.w.astype(kind), 1)
            dw += np.tensordot(here, padded[cut], (0, 0))
        parts_x.append(unpad(part, total))
        parts_w.append(dw)
    gx, gw = np.concatenate(parts_x, axis=1), np.concatenate(parts_w, axis=0)
    return gx, gw.astype(job.kind, copy=False), grad_b(job, dy)


def stretched(job: Job, dy: Array) -> Array:
    """dy with zeros between its entries, as far apart as the stride, leftover rows included."""
    sizes = [
        s * (o - 1) + 1 + rest
        for s, o, rest in zip(job.stride, job.out, job.left_over, strict=True)
    ]
    wide = np.zeros((*dy.shape[:2], *sizes), dtype=dy.dtype)
    wide[job.meets((0,) * job.rank)] = dy
    return wide


def full(wide: Array, w: Array, dilation: tuple[int, ...]) -> Array:
    """The full convolution of stretched dy with the kernel, over output channels."""
    edge = tuple(d * (k - 1) for d, k in zip(dilation, w.shape[2:], strict=True))
    ones = (1,) * (w.ndim - 2)
    return taps(
        Job(wide, ones, edge, dilation, np.ascontiguousarray(turned(w.swapaxes(0, 1))), None, 1)
    )


def by_transposed(job: Job, dy: Array) -> Gradients:
    """grad_x as a full convolution of stretched dy; grad_w as a correlation of x with dy."""
    parts_x, parts_w = [], []
    for part, flow in split(job, dy):
        parts_x.append(unpad(part, full(stretched(part, flow), part.w, part.dilation)))
        # x as C images of N channels, dy as M kernels of N channels, strides and gaps exchanged
        ones = part.but(
            x=part.padded().swapaxes(0, 1),
            w=flow.swapaxes(0, 1),
            b=None,
            stride=part.dilation,
            padding=(0,) * part.rank,
            dilation=part.stride,
        )
        dw = (loops if min(part.dilation) > 1 else taps)(ones)
        parts_w.append(dw[index(..., *(slice(k) for k in part.taps))].swapaxes(0, 1))
    gx, gw = np.concatenate(parts_x, axis=1), np.concatenate(parts_w, axis=0)
    return gx, gw.astype(job.kind, copy=False), grad_b(job, dy)
