"""Wrong gradients of convolution: plain and parameter-bound mistakes, by several mechanisms."""

from __future__ import annotations

import math
from typing import Any

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
from property_tests.corpus.engines import taps
from property_tests.corpus.job import Array, Gradients, Job, fit, index, turned, zeroed
from property_tests.corpus.mutant import BOUND, EASY, THIN, back
from property_tests.corpus.witness import Call, bat


def scaled(g: Array, by: float) -> Array:
    """`g` times a number, in its own dtype."""
    return np.asarray(g * by).astype(g.dtype)


def only(dy: Array, *where: Any) -> Array:
    """`dy` at one place, zero elsewhere."""
    some = np.zeros_like(dy)
    some[where] = dy[where]
    return some


def transposed_x(job: Job, wide: Array) -> Array:
    """grad_x from a stretched dy of any size, trimmed."""
    parts = []
    for part, flow in split(job, wide):
        spread = full(flow, part.w, part.dilation)
        parts.append(fit(spread[part.inside], part.x.shape))
    return np.concatenate(parts, axis=1)


def stretched_from_the_end(c: Job, dy: Array, g: Array) -> Array:
    """grad_x with the left-over rows before the stretched dy."""
    cut = (slice(None, -r or None) for r in c.left_over)
    rest = [(0, 0), (0, 0), *((r, 0) for r in c.left_over)]
    return transposed_x(c, np.pad(stretched(c, dy)[index(..., *cut)], rest))


def moved_by_padding(c: Job, dy: Array, g: Array) -> Array:
    """The gradient moved by the padding."""
    moved, (high, wide) = np.zeros_like(g), c.padding
    moved[..., high:, wide:] = g[..., : g.shape[2] - high, : g.shape[3] - wide]
    return moved


def near(c: Job) -> Job:
    """The job without dilation on the part of the image that it reaches."""
    sizes = zip(c.stride, c.out, c.taps, c.padding, strict=True)
    space = tuple(s * (o - 1) + k - 2 * p for s, o, k, p in sizes)
    if min(space) < 1 or max(c.dilation) == 1:
        return c
    return c.but(x=c.x[index(..., *(slice(n) for n in space))], dilation=(1,) * c.rank)


def shared(c: Job, dy: Array, g: Array) -> Array:
    """Each group's gradient as the sum of all."""
    parts = g.reshape(c.groups, -1, *g.shape[1:])
    return np.broadcast_to(parts.sum(axis=0, keepdims=True), parts.shape).reshape(g.shape).copy()


def overwritten(c: Job, dy: Array, g: Array) -> Array:
    """grad_x with overlapping patches assigned."""
    parts = []
    for part, flow in split(c, dy):
        total = blank(part)
        for out in np.ndindex(*part.out):
            total[part.window_at(out)] = np.tensordot(flow[index(..., *out)], part.w, 1)
        parts.append(unpad(part, total))
    return np.concatenate(parts, axis=1)


def last_row_wins(c: Job, dy: Array, g: Array) -> Array:
    """grad_x whose kernel rows replace each other where they are not zero."""
    total = np.zeros_like(g)
    for row in range(c.taps[0]):
        w = np.zeros_like(c.w)
        w[:, :, row] = c.w[:, :, row]
        part = grad_x(c.but(w=w), dy)
        total[part != 0] = part[part != 0]
    return total


def correlated_at_stride(c: Job, dy: Array, g: Array) -> Array:
    """grad_w as a correlation at the forward's stride."""
    parts = []
    for part, flow in split(c, dy):
        line = part.bordered()
        line = line.but(x=line.x.swapaxes(0, 1), w=flow.swapaxes(0, 1))
        dw = taps(line) if min(line.room) >= 0 else np.zeros((1, 1, 1, 1))
        parts.append(fit(dw.swapaxes(0, 1), part.w.shape))
    return np.concatenate(parts)


def neighbours(c: Job, dy: Array, g: Array) -> Array:
    """Unseen pixels with their left neighbour's gradient."""
    columns = np.arange(c.space[-1])
    seen = columns % c.stride[-1] < c.taps[-1]
    return g[..., np.where(seen, columns, columns - 1)]


def swapped_stride(c: Job, dy: Array) -> Gradients:
    """All gradients with the strides of rows and columns exchanged."""
    other = c.but(stride=c.stride[::-1])
    flow = fit(dy, other.shape)
    return grad_x(other, flow), grad_w(other, flow), grad_b(c, dy)


# A table, one mistake a paragraph.
# fmt: off
back("grad-x-without-flip", "grad_x", EASY, bat((1, 1, 4, 4), (1, 1, 2, 2)),
     "Correlates dy with the kernel instead of turning it first.",
     x=lambda c, dy, g: grad_x(c.turned(), dy))
back("grad-x-leftover-at-start", "grad_x", BOUND, bat((1, 1, 6, 6), (1, 1, 3, 3), stride=2),
     "Aligns the stretched dy with the end when (H+2P-K) % S is not zero.",
     x=stretched_from_the_end)
back("grad-x-without-stretching", "grad_x", BOUND,
     bat((1, 1, 5, 5), (1, 1, 2, 2), stride=2, padding=1),
     "Forgets the zeros between the entries of dy when there is a stride.", by_transposed,
     x=lambda c, dy, g: transposed_x(c, dy))
back("grad-x-cuts-wrong-side", "grad_x", BOUND, bat((1, 1, 4, 4), (1, 1, 3, 3), padding=1),
     "Removes the border from the end only, so the gradient is shifted by the padding.",
     x=moved_by_padding)
back("grad-x-without-dilation", "dilation ignored", BOUND,
     bat((1, 1, 5, 5), (1, 1, 2, 2), dilation=2), "The input gradient alone forgets the dilation.",
     by_columns, x=lambda c, dy, g: fit(grad_x(near(c), dy), c.x.shape))
back("grad-w-without-dilation", "dilation ignored", BOUND,
     bat((1, 1, 5, 5), (1, 1, 2, 2), dilation=2), "The kernel gradient alone forgets the dilation.",
     by_loops, w=lambda c, dy, g: grad_w(near(c), dy))
back("grad-x-of-first-group-only", "groups", BOUND, bat((1, 4, 3, 3), (2, 2, 2, 2), groups=2),
     "Fills the input gradient of the first group and leaves the others at zero.", by_loops,
     x=lambda c, dy, g: zeroed(g, slice(None), slice(c.w.shape[1], None)))
back("grad-w-groups-shared", "groups", BOUND, bat((1, 2, 3, 3), (4, 1, 2, 2), groups=2),
     "Adds the gradients of all groups together and gives each the sum.", w=shared)
back("grad-x-groups-rotated", "groups", BOUND, bat((1, 4, 3, 3), (4, 2, 2, 2), groups=2),
     "Writes each group's input gradient to the next group's channels.", by_columns,
     when=lambda c: c.groups > 1, x=lambda c, dy, g: np.roll(g, c.w.shape[1], axis=1))

back("grad-w-last-copy", "tied copies", EASY, bat((1, 1, 3, 3), (1, 1, 2, 2)),
     "Assigns the kernel's gradient at each output position: the last copy is left.",
     w=lambda c, dy, g: grad_w(c, only(dy, ..., -1, -1)))
back("grad-w-first-copy", "tied copies", EASY, bat((1, 1, 3, 3), (1, 1, 2, 2)),
     "Uses the copy of the kernel at the first output position only.", by_columns,
     w=lambda c, dy, g: grad_w(c, only(dy, ..., 0, 0)))
back("grad-w-averaged", "tied copies", EASY, bat((1, 1, 3, 3), (1, 1, 2, 2)),
     "Averages over the copies of the kernel instead of summing.",
     w=lambda c, dy, g: scaled(g, 1 / c.places))
back("grad-w-mean-over-batch", "tied copies", BOUND, bat((2, 1, 3, 3), (1, 1, 2, 2)),
     "Averages the kernel's gradient over the batch.", by_transposed,
     w=lambda c, dy, g: scaled(g, 1 / max(len(dy), 1)))
back("grad-w-last-sample", "tied copies", BOUND, bat((2, 1, 3, 3), (1, 1, 2, 2)),
     "Assigns the kernel's gradient in the loop over the batch.", by_loops,
     w=lambda c, dy, g: grad_w(c.but(x=c.x[-1:]), dy[-1:]))
back("conv1d-grad-of-last-sample", "tied copies", BOUND,
     Call("conv1d_backward", (2, 1, 5), (1, 1, 2)),
     "Assigns the kernel's gradient in the loop over the batch.",
     w=lambda c, dy, g: grad_w(c.but(x=c.x[-1:]), dy[-1:]))
back("grad-x-overwritten", "tied copies", EASY, bat((1, 1, 4, 4), (1, 1, 2, 2)),
     "Assigns to overlapping patches of the input gradient instead of adding.", x=overwritten)
back("grad-x-indexed-add", "tied copies", EASY, bat((1, 1, 4, 4), (1, 1, 2, 2)),
     "Adds with `a[i] += v`, which keeps one of several contributions to the same pixel.",
     x=last_row_wins)

back("grad-w-stride-not-exchanged", "grad_w", BOUND, bat((1, 1, 7, 7), (1, 1, 2, 2), stride=2),
     "Correlates x with dy at the forward's stride, where it should be the dilation.",
     w=correlated_at_stride)
back("grad-w-from-bare-image", "grad_w", BOUND, bat((1, 1, 4, 4), (1, 1, 3, 3), padding=1),
     "Uses the image without its border, moved to the corner.", by_columns,
     w=lambda c, dy, g: grad_w(c.bordered(*((0, 2 * p) for p in c.padding)), dy))
back("grad-w-leftover-at-end", "grad_w", BOUND, bat((1, 1, 6, 6), (1, 1, 3, 3), stride=2),
     "With rows left over the correlation gives a row too many; the wrong one is cut off.",
     by_transposed, w=lambda c, dy, g: grad_w(c.cut_at_the_start(), dy))
back("grad-w-turned", "grad_w", EASY, bat((1, 1, 4, 4), (1, 1, 2, 2)),
     "Gives the kernel's gradient turned by 180 degrees.", by_loops,
     w=lambda c, dy, g: turned(g).copy())
back("conv3d-grad-depth-turned", "grad_w", BOUND,
     Call("conv3d_backward", (1, 1, 4, 4, 4), (1, 1, 2, 1, 2), dilation=(2, 1, 1)),
     "With a dilated depth the kernel's gradient comes back to front.", by_loops,
     when=lambda c: c.dilation[0] > 1, w=lambda c, dy, g: g[:, :, ::-1].copy())
back("grad-w-in-out-exchanged", "grad_w", EASY, bat((1, 2, 3, 3), (2, 2, 2, 2)),
     "Gives the kernel's gradient as (in, out) where both are the same number.",
     when=lambda c: c.w.shape[0] == c.w.shape[1], w=lambda c, dy, g: g.swapaxes(0, 1).copy())

back("grad-b-mean-over-batch", "bias", BOUND, bat((2, 1, 3, 3), (2, 1, 2, 2), bias=True),
     "Averages the bias gradient over the batch.", b=lambda c, dy, g: g / max(len(dy), 1))
back("grad-b-mean-over-space", "bias", EASY, bat((1, 1, 3, 3), (2, 1, 2, 2), bias=True),
     "Averages the bias gradient over the output positions.", by_columns,
     b=lambda c, dy, g: g / c.places)
back("grad-b-by-sample", "bias", THIN, bat((2, 1, 3, 3), (2, 1, 2, 2), bias=True),
     "Sums over channels instead of samples where there are as many of both.",
     b=lambda c, dy, g: dy.sum(axis=(1, *range(2, dy.ndim))) if len(dy) == len(g) else g)
back("grad-b-first-sample", "bias", BOUND, bat((2, 1, 3, 3), (2, 1, 2, 2), bias=True),
     "Reads the first sample's gradient only.", by_loops,
     b=lambda c, dy, g: dy[:1].sum(axis=(0, *range(2, dy.ndim))))
back("grad-b-forgotten", "bias", EASY, bat((1, 1, 3, 3), (2, 1, 2, 2), bias=True),
     "Gives None for the gradient of a bias that is there.",
     make=lambda c, dy: (grad_x(c, dy), grad_w(c, dy), None))

back("grad-x-fills-the-gaps", "stride > kernel", BOUND, bat((1, 1, 7, 7), (1, 1, 2, 2), stride=3),
     "Pixels that no window sees get their left neighbour's gradient.", x=neighbours,
     when=lambda c: c.stride[-1] > c.taps[-1] and (c.padding[-1], c.dilation[-1]) == (0, 1))
back("pointwise-grad-x-packed", "1x1 fast path", BOUND, bat((1, 2, 4, 4), (2, 2, 1, 1), stride=2),
     "The 1x1 gradient is written to the first pixels instead of each S-th.", by_transposed,
     when=lambda c: max(c.taps) == 1 and max(c.padding) == 0,
     x=lambda c, dy, g: fit(g[c.meets((0, 0))], c.x.shape))
back("grad-stride-pair-swapped", "axes swapped", BOUND,
     bat((1, 1, 5, 5), (1, 1, 2, 2), stride=(1, 2)),
     "The backward takes the stride of the rows for that of the columns.", by_taps,
     when=lambda c: len(set(c.stride)) > 1, make=swapped_stride)
back("grad-w-scaled-by-a-thousandth", "scale", THIN,
     bat((1, 1, 4, 4), (1, 1, 2, 2), values="normal"),
     "The kernel's gradient is 9e-4 too large, below the usual tolerance.",
     w=lambda c, dy, g: scaled(g, 1 + 9e-4))

back("grad-x-beyond-32-channels", "threshold", THIN, bat((1, 33, 2, 2), (1, 33, 2, 2)),
     "Channels from 32 on get no input gradient.",
     x=lambda c, dy, g: zeroed(g, slice(None), slice(32, None)))
back("grad-w-four-samples-at-a-time", "threshold", THIN, bat((5, 1, 3, 3), (1, 1, 2, 2)),
     "Sums over the batch four at a time and loses the remainder.", by_columns,
     when=lambda c: len(c.x) >= 4,
     w=lambda c, dy, g: grad_w(c.but(x=c.x[: len(dy) // 4 * 4]), dy[: len(dy) // 4 * 4]))
back("grad-w-first-16-rows", "threshold", THIN, bat((1, 1, 18, 3), (1, 1, 2, 2)),
     "The kernel's gradient sums 16 output rows.",
     w=lambda c, dy, g: grad_w(c, only(dy, slice(None), slice(None), slice(16))))
back("grad-x-sums-16-outputs", "threshold", THIN, bat((1, 1, 3, 3), (17, 1, 2, 2)),
     "The input gradient sums the first 16 output channels.", by_loops,
     when=lambda c: c.groups == 1, x=lambda c, dy, g: grad_x(c, only(dy, slice(None), slice(16))))
back("grad-b-64-positions", "threshold", THIN, bat((1, 1, 12, 12), (1, 1, 2, 2), bias=True),
     "The bias gradient sums whole blocks of 64 positions once there are more.",
     when=lambda c: c.places > 64,
     b=lambda c, dy, g: (dy.reshape(*dy.shape[:2], math.prod(dy.shape[2:]))[:, :, : c.places // 64
         * 64] .sum(axis=(0, 2)) .astype(g.dtype)))
