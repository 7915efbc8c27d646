"""Wrong gradients that are right nearly everywhere: one corner, one combination, one dtype."""

from __future__ import annotations

import math

import numpy as np

from property_tests.corpus.adjoints import (
    by_columns,
    by_loops,
    by_transposed,
    grad_w,
    grad_x,
)
from property_tests.corpus.job import Array, Job, index, turned, zeroed
from property_tests.corpus.mutant import EASY, THIN, back
from property_tests.corpus.witness import bat


def corner_tap(c: Job, dy: Array, g: Array) -> Array:
    """The first tap's gradient without the last output row."""
    g = g.copy()
    g[:, :, 0, 0] = grad_w(c, zeroed(dy, slice(None), slice(None), -1))[:, :, 0, 0]
    return g


def row_copied(c: Job, dy: Array, g: Array) -> Array:
    """The left-over rows as the last row that a window saw."""
    g, rest = g.copy(), c.left_over[0] - c.padding[0]
    g[:, :, -rest:] = g[:, :, -rest - 1 : -rest]
    return g


def seen_rows(c: Job, dy: Array, g: Array) -> Array:
    """The gradient without the rows that no window saw."""
    sizes = zip(c.space, c.left_over, c.padding, strict=True)
    cut = index(..., *(slice(n - max(rest - p, 0)) for n, rest, p in sizes))
    return np.asarray(g[cut])


def in_turn(c: Job, dy: Array, g: Array) -> Array:
    """The sum of dy one after the other in float16."""
    line = np.moveaxis(dy, 1, 0).reshape(len(g), dy.size // max(len(g), 1))
    if g.dtype != np.float16 or not line.size:
        return g
    return np.asarray(np.add.accumulate(line, axis=1, dtype=np.float16)[:, -1])


def exchanged(c: Job, dy: Array, g: Array) -> Array:
    """The first two channels exchanged."""
    return np.concatenate([g[:, 1::-1], g[:, 2:]], axis=1)


def single(c: Job) -> Job:
    """The job in float32."""
    return c.but(x=c.x.astype(np.float32), w=c.w.astype(np.float32))


# A table, one mistake a paragraph.
# fmt: off
back("grad-w-corner-tap", "one pixel", THIN, bat((1, 1, 4, 4), (1, 1, 3, 3), padding=1),
     "The kernel's first tap misses the last output row when there is padding.", by_transposed,
     when=lambda c: max(c.padding), w=corner_tap)
back("grad-x-last-column-zero", "one pixel", THIN, bat((1, 1, 4, 4), (1, 1, 2, 2)),
     "An exclusive bound leaves the last column without gradient.", when=lambda c: c.space[-1] > 1,
     x=lambda c, dy, g: zeroed(g, ..., -1))
back("grad-x-leftover-row-copied", "one pixel", THIN, bat((1, 1, 6, 6), (1, 1, 3, 3), stride=2),
     "Left-over rows, whose gradient is zero, repeat the last row that a window saw.", by_columns,
     when=lambda c: 0 < c.left_over[0] - c.padding[0] < c.space[0], x=row_copied)

back("grad-w-grouped-dilated-turned", "combination", THIN,
     bat((1, 2, 5, 5), (2, 1, 2, 2), groups=2, dilation=2),
     "With groups and dilation together the kernel's gradient comes turned.",
     when=lambda c: c.groups > 1 and max(c.dilation) > 1, w=lambda c, dy, g: turned(g).copy())
back("grad-x-depthwise-strided", "combination", THIN,
     bat((1, 2, 5, 5), (2, 1, 3, 3), groups=2, stride=2),
     "Depthwise with a stride uses the first channel's kernel for all.",
     when=lambda c: c.depthwise and max(c.stride) > 1,
     x=lambda c, dy, g: grad_x(c.but(w=np.broadcast_to(c.w[:1], c.w.shape)), dy))
back("grad-x-wide-border", "combination", THIN,
     bat((1, 1, 5, 5), (1, 1, 2, 2), padding=2, stride=2),
     "A border as wide as the kernel, with a stride, is cut one pixel short.", by_loops,
     when=lambda c: (max(c.stride) > 1 and all(p >= k for p, k in zip(c.padding, c.taps,
         strict=True))), x=lambda c, dy, g: np.roll(g, 1, axis=-1))
back("grad-x-stride-and-dilation", "combination", THIN,
     bat((1, 1, 8, 8), (1, 1, 2, 2), stride=2, dilation=3),
     "When stride and dilation have no common divisor, the last tap is left out.",
     when=lambda c: min(*c.stride, *c.dilation) > 1 and math.gcd(c.stride[0], c.dilation[0]) == 1,
     x=lambda c, dy, g: grad_x(c.without(..., -1, -1), dy))

back("grad-x-even-kernels-shifted", "one shape", THIN, bat((1, 1, 6, 6), (1, 1, 4, 4), padding=1),
     "Pads dy by K // 2 on both sides: right for odd kernels, one off for even ones.",
     by_transposed, when=lambda c: max(c.padding) and c.taps[0] % 2 == 0,
     x=lambda c, dy, g: np.roll(g, 1, axis=2))
back("grad-w-single-position", "one shape", THIN, bat((1, 2, 3, 3), (1, 2, 3, 3)),
     "Where there is one output position, a squeeze sums over the channels.",
     when=lambda c: c.places == 1,
     w=lambda c, dy, g: np.broadcast_to(g.sum(axis=1, keepdims=True), g.shape).copy())
back("grad-w-row-kernels", "one shape", THIN, bat((1, 1, 5, 5), (1, 1, 1, 3)),
     "Kernels of one row get their gradient back to front.", by_columns,
     when=lambda c: c.taps[0] == 1, w=lambda c, dy, g: g[..., ::-1].copy())
back("grad-w-oblong-reshaped", "axes swapped", THIN,
     bat((1, 1, 5, 5), (1, 1, 2, 3), padding=(1, 0)),
     "Reshapes (KH, KW) as (KW, KH) and back, which moves the taps of oblong kernels.", by_columns,
     when=lambda c: c.taps[0] != c.taps[1], w=lambda c, dy, g: g.swapaxes(2, 3).reshape(g.shape))

back("grad-x-gated", "values", THIN, bat((1, 1, 4, 4), (1, 1, 2, 2)),
     "Lets the gradient through only where the input is positive, a ReLU left behind.",
     x=lambda c, dy, g: np.where(c.x > 0, g, 0).astype(g.dtype))
back("gradients-clipped", "values", THIN, bat((1, 1, 4, 4), (1, 1, 2, 2), values="large"),
     "Clips the kernel's gradient at one million, as training code does.", by_loops,
     w=lambda c, dy, g: g.clip(-1e6, 1e6).astype(g.dtype))
back("grad-x-shared-by-batch", "values", THIN, bat((2, 1, 3, 3), (1, 1, 2, 2)),
     "Gives each sample the mean of the batch's input gradients.", when=lambda c: len(c.x) > 1,
     x=lambda c, dy, g: np.broadcast_to(g.mean(axis=0, keepdims=True), g.shape).astype(g.dtype))
back("grad-x-zero", "noise", THIN, bat((1, 1, 4, 4), (1, 1, 2, 2)),
     "Gives a zero input gradient, of the right shape.", x=lambda c, dy, g: np.zeros_like(g))

back("grad-w-in-float32", "dtype", EASY, bat((1, 1, 3, 3), (1, 1, 2, 2)),
     "Gives the kernel's gradient in float32 for float64 arguments.",
     w=lambda c, dy, g: g.astype(np.float32))
back("grad-b-sums-in-half", "precision", THIN,
     bat((8, 1, 33, 33), (1, 1, 2, 2), dtype="float16", values="ones", bias=True),
     "Sums the bias gradient of float16 one after the other in float16.", b=in_turn)
back("grad-w-long-sums-in-single", "precision", THIN,
     bat((2, 1, 9, 9), (1, 1, 2, 2), values="normal"),
     "Float64 kernel gradients over more than 100 positions are summed in float32.",
     when=lambda c: c.kind == np.float64 and len(c.x) * c.places > 100,
     w=lambda c, dy, g: grad_w(single(c), dy).astype(c.kind))
back("grad-x-float32-only", "one dtype", THIN, bat((1, 2, 4, 4), (1, 2, 2, 2), dtype="float32"),
     "The float32 kernel alone exchanges the first two input channels of the gradient.",
     when=lambda c: c.kind == np.float32 and c.x.shape[1] > 1, x=exchanged)

back("grad-x-without-left-over", "shape", THIN, bat((1, 1, 6, 6), (1, 1, 3, 3), stride=2),
     "Gives an input gradient without the rows that no window saw.", x=seen_rows)
back("empty-batch-gradient-is-nan", "shape", THIN, bat((0, 1, 3, 3), (2, 1, 2, 2), bias=True),
     "An empty batch gives kernel gradients of NaN, a mean of nothing.",
     when=lambda c: not len(c.x), w=lambda c, dy, g: np.full_like(g, np.nan))
