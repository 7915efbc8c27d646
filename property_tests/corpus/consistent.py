"""Wrong forwards whose backward is their true adjoint: no gradient check can see them.

Each is the right layer between two linear rearrangements, so the chain rule gives its gradients.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from property_tests.corpus.adjoints import by_columns, by_loops, by_taps, by_transposed
from property_tests.corpus.engines import im2col, loops, taps, windows, winograd
from property_tests.corpus.forward import dealt_inputs
from property_tests.corpus.job import Array, Gradients, Job, fit, index, turned, zeroed
from property_tests.corpus.mutant import (
    BOUND,
    EASY,
    THIN,
    Backward,
    Forward,
    Kind,
    Mutant,
    pair,
    register,
)
from property_tests.corpus.witness import Call, at


def consistent(
    name: str,
    family: str,
    kind: Kind,
    call: Call,
    about: str,
    base: Forward,
    adjoint: Backward,
    edit: Callable[[Job], Job],
    *,
    when: Callable[[Job], object] = lambda c: True,
    x: Callable[[Job, Array], Array] = lambda c, g: g,
    w: Callable[[Job, Array], Array] = lambda c, g: g,
) -> None:
    """The edited call's result, and its gradients with the edit's own adjoint `x` or `w`."""

    def forward(job: Job) -> Array:
        return base(edit(job) if when(job) else job)

    def backward(job: Job, dy: Array) -> Gradients:
        if not when(job):
            return adjoint(job, dy)
        gx, gw, gb = adjoint(edit(job), dy)
        return x(job, gx), w(job, gw), gb

    ops = ("conv2d", "conv2d_backward")
    register(Mutant(name, ops, family, kind, about, lambda: pair(forward, backward), (call,)))


def near(c: Job) -> Job:
    """The padded image that the job would reach without its dilation."""
    space = (s * (o - 1) + k for s, o, k in zip(c.stride, c.out, c.taps, strict=True))
    x = c.padded()[index(..., *(slice(n) for n in space))]
    return c.but(x=x, padding=(0,) * c.rank, dilation=(1,) * c.rank)


def undealt(c: Job, g: Array) -> Array:
    """The adjoint of dealing the channels out."""
    return g[:, np.argsort(dealt_inputs(c))]


def late(c: Job) -> list[int]:
    """Where strided windows start, if there is room and no border."""
    sizes = zip(c.stride, c.left_over, c.padding, strict=True)
    return [1 if s > 1 and rest and not p else 0 for s, rest, p in sizes]


def started_late(c: Job) -> Job:
    """The image from there on; without room for that, read from the other end."""
    return c.but(x=c.x[index(..., *(slice(n, None) for n in late(c)))] if any(late(c))
                 else c.x[..., ::-1])  # fmt: skip


def back_from_late(c: Job, g: Array) -> Array:
    """The adjoint of starting late."""
    return np.pad(g, [(0, 0), (0, 0), *((n, 0) for n in late(c))]) if any(late(c)) else g[..., ::-1]


def folded(c: Job, g: Array) -> Array:
    """The adjoint of a border from the other side."""
    sizes = zip(c.space, c.padding, strict=True)
    rows, columns = ((np.arange(n + 2 * p) - p) % n for n, p in sizes)
    total = np.zeros(c.x.shape, dtype=g.dtype)
    np.add.at(total, index(slice(None), slice(None), rows[:, None], columns), g)
    return total


def thousandth(g: Array) -> Array:
    """A little too large."""
    return np.asarray(g * 1.0005).astype(g.dtype)


# A table, one mistake a paragraph.
# fmt: off
consistent("consistent-flip", "kernel flipped", EASY, at((1, 1, 4, 4), (1, 1, 2, 2)),
           "Turns the kernel, and its gradient back.", taps, by_taps, Job.turned,
           w=lambda c, g: turned(g).copy())
consistent("consistent-transpose", "axes swapped", BOUND, at((1, 1, 7, 7), (1, 1, 3, 3)),
           "Reads square kernels transposed, and transposes their gradient.", im2col, by_columns,
           lambda c: c.but(w=c.w.swapaxes(2, 3)), when=lambda c: c.taps[0] == c.taps[1],
           w=lambda c, g: g.swapaxes(2, 3).copy())
consistent("consistent-padding-before", "padding", BOUND, at((1, 1, 4, 4), (1, 1, 3, 3), padding=1),
           "Puts the whole border before the image, in both passes.", taps, by_taps,
           lambda c: c.bordered(*((2 * p, 0) for p in c.padding)),
           x=lambda c, g: g[index(..., *(slice(2 * p, None) for p in c.padding))].copy())
consistent("consistent-leftover-at-start", "leftover", BOUND,
           at((1, 1, 6, 6), (1, 1, 3, 3), stride=2),
           "Aligns windows with the end of the image, in both passes.", loops, by_loops,
           Job.cut_at_the_start,
           x=lambda c, g: np.pad(g, [(0, 0), (0, 0), *((rest, 0) for rest in
               c.left_over)])[c.inside].copy())
consistent("consistent-without-dilation", "dilation ignored", BOUND,
           at((1, 1, 5, 5), (1, 1, 2, 2), dilation=2), "Ignores the dilation in both passes.",
           windows, by_taps, near, x=lambda c, g: fit(g, c.padded().shape)[c.inside].copy())
consistent("consistent-groups-interleaved", "groups", BOUND,
           at((1, 4, 3, 3), (2, 2, 2, 2), groups=2),
           "Deals channels to the groups in turn, and deals their gradients back.", taps,
           by_columns, lambda c: c.but(x=c.x[:, dealt_inputs(c)]), x=undealt)
consistent("consistent-even-kernel-cut", "tap lost", THIN, at((1, 1, 6, 6), (1, 1, 4, 4)),
           "Even kernels of 4 and more lose their last row, and its gradient is zero.", taps,
           by_transposed, lambda c: c.without(slice(None), slice(None), -1),
           when=lambda c: c.taps[0] % 2 == 0 and c.taps[0] >= 4,
           w=lambda c, g: zeroed(g, slice(None), slice(None), -1))
consistent("consistent-channel-32", "threshold", THIN, at((1, 32, 2, 2), (1, 32, 1, 1)),
           "With 32 channels or more the last one is neither read nor given a gradient.", taps,
           by_taps, lambda c: c.without(slice(None), -1), when=lambda c: c.w.shape[1] >= 32,
           w=lambda c, g: zeroed(g, slice(None), -1))
consistent("consistent-pointwise-stride", "1x1 fast path", BOUND,
           at((1, 2, 4, 4), (2, 2, 1, 1), stride=2),
           "The 1x1 product reads the first pixels, and writes their gradients there.", taps,
           by_taps,
           lambda c: c.but(x=c.x[index(..., *(slice(o) for o in c.out))], stride=(1,) * c.rank),
           when=lambda c: max(c.taps) == 1 and max(c.padding) == 0,
           x=lambda c, g: fit(g, c.x.shape))
consistent("consistent-scale-by-kernel", "scale", THIN,
           at((1, 2, 4, 4), (1, 2, 3, 3), values="normal"),
           "3x3 results are 1.0005 times too large, and so are their gradients.", winograd, by_taps,
           lambda c: c.but(w=thousandth(c.w)), when=lambda c: c.taps == (3, 3),
           w=lambda c, g: thousandth(g))
consistent("consistent-stride-off-by-one", "stride ignored", BOUND,
           at((1, 1, 6, 6), (1, 1, 2, 2), stride=2),
           "Strided windows start at the second pixel where there is room, in both passes.", taps,
           by_taps, started_late, when=lambda c: max(c.stride) > 1, x=back_from_late)
consistent("consistent-circular", "padding", BOUND, at((1, 1, 4, 4), (1, 1, 3, 3), padding=1),
           "Pads from the other side and folds the gradient of the border back there.", taps,
           by_taps, lambda c: c.bordered(mode="wrap"), x=folded)
