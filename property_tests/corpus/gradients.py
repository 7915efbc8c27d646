"""Wrong gradients of convolution: plain and parameter-bound mistakes, by several mechanisms."""

from __future__ import annotations

import numpy as np

from property_tests.corpus.adjoints import (
    blank,
    by_columns,
    by_loops,
    by_taps,
    by_transposed,
    full,
    grad_b,
    grad_w,
    grad_x,
    split,
    stretched,
    unpad,
)
from property_tests.corpus.entry import back
from property_tests.corpus.job import Array, Gradients, Job, Sizes, index, slices
from property_tests.corpus.parameters import fit, turned
from property_tests.corpus.witness import Call


def bat(x: Sizes, w: Sizes, **more: object) -> Call:
    """A call of conv2d_backward."""
    return Call("conv2d_backward", x, w, **more)  # type: ignore[arg-type]  # fields by name, checked there


def trim(gradient: Array, like: Array) -> Array:
    """`gradient` cut, or filled up with zeros, to the shape of `like`."""
    z = np.zeros(like.shape, dtype=gradient.dtype)
    common = tuple(slice(min(a, b)) for a, b in zip(gradient.shape, z.shape, strict=True))
    z[common] = gradient[common]
    return z


def transposed_x(job: Job, wide: Array) -> Array:
    """grad_x from a stretched dy of any size, trimmed."""
    depth, width = job.w.shape[1], job.w.shape[0] // job.groups
    parts = []
    for g in range(job.groups):
        some = slice(g * width, (g + 1) * width)
        spread = full(wide[:, some], job.w[some], job.dilation)
        inside = (slice(p, p + n) for p, n in zip(job.padding, job.space, strict=True))
        like = job.x[:, g * depth : (g + 1) * depth]
        parts.append(trim(spread[index(slice(None), slice(None), *inside)], like))
    return np.concatenate(parts, axis=1)


@back("grad_x", "easy", bat((1, 1, 4, 4), (1, 1, 2, 2)))
def grad_x_without_flip(job: Job, dy: Array) -> Gradients:
    """Correlates dy with the kernel instead of turning it first."""
    return grad_x(job.but(w=turned(job.w)), dy), grad_w(job, dy), grad_b(job, dy)


@back("grad_x", "parameter-bound", bat((1, 1, 6, 6), (1, 1, 3, 3), stride=2))
def grad_x_leftover_at_start(job: Job, dy: Array) -> Gradients:
    """Aligns the stretched dy with the end when (H+2P-K) % S is not zero."""
    rest = [(0, 0), (0, 0), *((r, 0) for r in job.left_over)]
    cut = (slice(None, -r or None) for r in job.left_over)
    wide = np.pad(stretched(job, dy)[index(..., *cut)], rest)
    return transposed_x(job, wide), grad_w(job, dy), grad_b(job, dy)


@back("grad_x", "parameter-bound", bat((1, 1, 5, 5), (1, 1, 2, 2), stride=2, padding=1))
def grad_x_without_stretching(job: Job, dy: Array) -> Gradients:
    """Forgets the zeros between the entries of dy when there is a stride."""
    _, gw, gb = by_transposed(job, dy)
    return transposed_x(job, dy), gw, gb


@back("grad_x", "parameter-bound", bat((1, 1, 4, 4), (1, 1, 3, 3), padding=1))
def grad_x_cuts_wrong_side(job: Job, dy: Array) -> Gradients:
    """Removes the border from the end only, so the gradient is shifted by the padding."""
    gx = grad_x(job, dy)
    moved = np.zeros_like(gx)
    p = job.padding
    moved[..., p[0] :, p[1] :] = gx[..., : gx.shape[2] - p[0], : gx.shape[3] - p[1]]
    return moved, grad_w(job, dy), grad_b(job, dy)


@back("dilation ignored", "parameter-bound", bat((1, 1, 5, 5), (1, 1, 2, 2), dilation=2))
def grad_x_without_dilation(job: Job, dy: Array) -> Gradients:
    """The input gradient alone forgets the dilation."""
    _, gw, gb = by_columns(job, dy)
    return trim(grad_x(near(job, dy), dy), job.x), gw, gb


def near(job: Job, dy: Array) -> Job:
    """The job without dilation on the part of the image that it reaches."""
    space = tuple(
        s * (o - 1) + k - 2 * p
        for s, o, k, p in zip(job.stride, job.out, job.taps, job.padding, strict=True)
    )
    if min(space) < 1:
        return job
    x = job.x[index(..., *(slice(n) for n in space))]
    return job.but(x=x, dilation=(1,) * job.rank)


@back("dilation ignored", "parameter-bound", bat((1, 1, 5, 5), (1, 1, 2, 2), dilation=2))
def grad_w_without_dilation(job: Job, dy: Array) -> Gradients:
    """The kernel gradient alone forgets the dilation."""
    gx, _, gb = by_loops(job, dy)
    return gx, grad_w(near(job, dy), dy), gb


@back("groups", "parameter-bound", bat((1, 4, 3, 3), (2, 2, 2, 2), groups=2))
def grad_x_of_first_group_only(job: Job, dy: Array) -> Gradients:
    """Fills the input gradient of the first group and leaves the others at zero."""
    gx, gw, gb = by_loops(job, dy)
    gx[:, job.w.shape[1] :] = 0
    return gx, gw, gb


@back("groups", "parameter-bound", bat((1, 2, 3, 3), (4, 1, 2, 2), groups=2))
def grad_w_groups_shared(job: Job, dy: Array) -> Gradients:
    """Adds the gradients of all groups together and gives each the sum."""
    gx, gw, gb = by_taps(job, dy)
    parts = gw.reshape(job.groups, -1, *gw.shape[1:])
    summed = np.broadcast_to(parts.sum(axis=0, keepdims=True), parts.shape)
    return gx, summed.reshape(gw.shape).copy(), gb


@back("groups", "parameter-bound", bat((1, 4, 3, 3), (4, 2, 2, 2), groups=2))
def grad_x_groups_rotated(job: Job, dy: Array) -> Gradients:
    """Writes each group's input gradient to the next group's channels."""
    gx, gw, gb = by_columns(job, dy)
    return np.roll(gx, job.w.shape[1], axis=1) if job.groups > 1 else gx, gw, gb


@back("tied copies", "easy", bat((1, 1, 3, 3), (1, 1, 2, 2)))
def grad_w_last_copy(job: Job, dy: Array) -> Gradients:
    """Assigns the kernel's gradient at each output position: the last copy is left."""
    gx, _, gb = by_taps(job, dy)
    last = np.zeros_like(dy)
    last[..., -1, -1] = dy[..., -1, -1]
    return gx, grad_w(job, last), gb


@back("tied copies", "easy", bat((1, 1, 3, 3), (1, 1, 2, 2)))
def grad_w_first_copy(job: Job, dy: Array) -> Gradients:
    """Uses the copy of the kernel at the first output position only."""
    gx, _, gb = by_columns(job, dy)
    first = np.zeros_like(dy)
    first[..., 0, 0] = dy[..., 0, 0]
    return gx, grad_w(job, first), gb


@back("tied copies", "easy", bat((1, 1, 3, 3), (1, 1, 2, 2)))
def grad_w_averaged(job: Job, dy: Array) -> Gradients:
    """Averages over the copies of the kernel instead of summing."""
    gx, gw, gb = by_taps(job, dy)
    return gx, (gw / int(np.prod(job.out))).astype(gw.dtype), gb


@back("tied copies", "parameter-bound", bat((2, 1, 3, 3), (1, 1, 2, 2)))
def grad_w_mean_over_batch(job: Job, dy: Array) -> Gradients:
    """Averages the kernel's gradient over the batch."""
    gx, gw, gb = by_transposed(job, dy)
    return gx, (gw / max(len(dy), 1)).astype(gw.dtype), gb


@back("tied copies", "parameter-bound", bat((2, 1, 3, 3), (1, 1, 2, 2)))
def grad_w_last_sample(job: Job, dy: Array) -> Gradients:
    """Assigns the kernel's gradient in the loop over the batch."""
    gx, _, gb = by_loops(job, dy)
    return gx, grad_w(job.but(x=job.x[-1:]), dy[-1:]), gb


@back("tied copies", "easy", bat((1, 1, 4, 4), (1, 1, 2, 2)))
def grad_x_overwritten(job: Job, dy: Array) -> Gradients:
    """Assigns to overlapping patches of the input gradient instead of adding."""
    parts = []
    for part, flow in split(job, dy):
        total = blank(part)
        for out in np.ndindex(*part.out):
            cut = tuple(
                slice(o * s, o * s + d * (k - 1) + 1, d)
                for o, s, d, k in zip(out, part.stride, part.dilation, part.taps, strict=True)
            )
            total[index(..., *cut)] = np.tensordot(flow[index(..., *out)], part.w, 1)
        parts.append(unpad(part, total))
    return np.concatenate(parts, axis=1), grad_w(job, dy), grad_b(job, dy)


@back("tied copies", "easy", bat((1, 1, 4, 4), (1, 1, 2, 2)))
def grad_x_indexed_add(job: Job, dy: Array) -> Gradients:
    """Adds with `a[i] += v`, which keeps one of several contributions to the same pixel."""
    gx = np.zeros_like(blank(job))
    for row in range(job.taps[0]):
        rest = np.zeros_like(job.w)
        rest[:, :, row] = job.w[:, :, row]
        part = grad_x(job.but(w=rest), dy)
        inside = (slice(p, p + n) for p, n in zip(job.padding, job.space, strict=True))
        view = gx[index(slice(None), slice(None), *inside)]
        view[part != 0] = part[part != 0]
    return unpad(job, gx), grad_w(job, dy), grad_b(job, dy)


@back("grad_w", "parameter-bound", bat((1, 1, 7, 7), (1, 1, 2, 2), stride=2))
def grad_w_stride_not_exchanged(job: Job, dy: Array) -> Gradients:
    """Correlates x with dy at the forward's stride, where it should be the dilation."""
    gx, _, gb = by_taps(job, dy)
    parts = []
    for part, flow in split(job, dy):
        line = part.but(
            x=part.padded().swapaxes(0, 1), w=flow.swapaxes(0, 1), b=None, padding=(0,) * part.rank
        )
        from property_tests.corpus.engines import taps

        dw = taps(line) if min(line.room) >= 0 else np.zeros((1, 1, 1, 1))
        parts.append(trim(dw.swapaxes(0, 1), part.w))
    return gx, np.concatenate(parts), gb


@back("grad_w", "parameter-bound", bat((1, 1, 4, 4), (1, 1, 3, 3), padding=1))
def grad_w_from_bare_image(job: Job, dy: Array) -> Gradients:
    """Uses the image without its border, moved to the corner."""
    gx, _, gb = by_columns(job, dy)
    x = trim(job.x, job.padded())
    return gx, grad_w(job.but(x=x, padding=(0,) * job.rank), dy), gb


@back("grad_w", "parameter-bound", bat((1, 1, 6, 6), (1, 1, 3, 3), stride=2))
def grad_w_leftover_at_end(job: Job, dy: Array) -> Gradients:
    """With rows left over the correlation gives a row too many; the wrong one is cut off."""
    gx, gw, gb = by_transposed(job, dy)
    if max(job.left_over):
        cut = tuple(slice(rest, None) for rest in job.left_over)
        x = job.padded()[index(..., *cut)]
        gw = grad_w(job.but(x=x, padding=(0,) * job.rank), dy)
    return gx, gw, gb


@back("grad_w", "easy", bat((1, 1, 4, 4), (1, 1, 2, 2)))
def grad_w_turned(job: Job, dy: Array) -> Gradients:
    """Gives the kernel's gradient turned by 180 degrees."""
    gx, gw, gb = by_loops(job, dy)
    return gx, turned(gw).copy(), gb


@back("grad_w", "easy", bat((1, 2, 3, 3), (2, 2, 2, 2)))
def grad_w_in_out_exchanged(job: Job, dy: Array) -> Gradients:
    """Gives the kernel's gradient as (in, out) where both are the same number."""
    gx, gw, gb = by_taps(job, dy)
    return gx, gw.swapaxes(0, 1).copy() if gw.shape[0] == gw.shape[1] else gw, gb


@back("bias", "parameter-bound", bat((2, 1, 3, 3), (2, 1, 2, 2), bias=True))
def grad_b_mean_over_batch(job: Job, dy: Array) -> Gradients:
    """Averages the bias gradient over the batch."""
    gx, gw, gb = by_taps(job, dy)
    return gx, gw, None if gb is None else gb / max(len(dy), 1)


@back("bias", "easy", bat((1, 1, 3, 3), (2, 1, 2, 2), bias=True))
def grad_b_mean_over_space(job: Job, dy: Array) -> Gradients:
    """Averages the bias gradient over the output positions."""
    gx, gw, gb = by_columns(job, dy)
    return gx, gw, None if gb is None else gb / int(np.prod(job.out))


@back("bias", "thin-slice", bat((2, 1, 3, 3), (2, 1, 2, 2), bias=True))
def grad_b_by_sample(job: Job, dy: Array) -> Gradients:
    """Sums over channels instead of samples where there are as many of both."""
    gx, gw, gb = by_taps(job, dy)
    if gb is not None and len(dy) == len(gb):
        gb = dy.sum(axis=(1, *range(2, dy.ndim)))
    return gx, gw, gb


@back("bias", "parameter-bound", bat((2, 1, 3, 3), (2, 1, 2, 2), bias=True))
def grad_b_first_sample(job: Job, dy: Array) -> Gradients:
    """Reads the first sample's gradient only."""
    gx, gw, _ = by_loops(job, dy)
    return gx, gw, grad_b(job, dy[:1])


@back("bias", "easy", bat((1, 1, 3, 3), (2, 1, 2, 2), bias=True))
def grad_b_forgotten(job: Job, dy: Array) -> Gradients:
    """Gives None for the gradient of a bias that is there."""
    return grad_x(job, dy), grad_w(job, dy), None


@back("stride > kernel", "parameter-bound", bat((1, 1, 7, 7), (1, 1, 2, 2), stride=3))
def grad_x_fills_the_gaps(job: Job, dy: Array) -> Gradients:
    """Pixels that no window sees get their left neighbour's gradient."""
    gx, gw, gb = by_taps(job, dy)
    if job.stride[-1] > job.taps[-1] and job.padding[-1] == 0 and job.dilation[-1] == 1:
        seen = np.arange(job.space[-1]) % job.stride[-1] < job.taps[-1]
        source = np.where(seen, np.arange(job.space[-1]), np.arange(job.space[-1]) - 1)
        gx = gx[..., source]
    return gx, gw, gb


@back("1x1 fast path", "parameter-bound", bat((1, 2, 4, 4), (2, 2, 1, 1), stride=2))
def pointwise_grad_x_packed(job: Job, dy: Array) -> Gradients:
    """The 1x1 gradient is written to the first pixels instead of each S-th."""
    gx, gw, gb = by_transposed(job, dy)
    if max(job.taps) == 1 and max(job.padding) == 0:
        gx = trim(gx[index(..., *slices((0, 0), job.stride, job.dilation, job.out))], job.x)
    return gx, gw, gb


@back("axes swapped", "parameter-bound", bat((1, 1, 5, 5), (1, 1, 2, 2), stride=(1, 2)))
def grad_stride_pair_swapped(job: Job, dy: Array) -> Gradients:
    """The backward takes the stride of the rows for that of the columns."""
    other = job.but(stride=job.stride[::-1])
    if job.stride[0] == job.stride[1]:
        return by_taps(job, dy)
    return grad_x(other, fit(dy, other)), grad_w(other, fit(dy, other)), grad_b(job, dy)


@back("scale", "thin-slice", bat((1, 1, 4, 4), (1, 1, 2, 2), values="normal"))
def grad_w_scaled_by_a_thousandth(job: Job, dy: Array) -> Gradients:
    """The kernel's gradient is 9e-4 too large, below the usual tolerance."""
    gx, gw, gb = by_taps(job, dy)
    return gx, (gw * (1 + 9e-4)).astype(gw.dtype), gb
