"""Right implementations that lack arguments, refuse some, or follow another lawful convention."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from property_tests.corpus import adjoints, engines, pools
from property_tests.corpus.correct import floating
from property_tests.corpus.job import Array, Functions, Gradients, Job, Window, index, sums_in
from property_tests.corpus.mutant import (
    THIN,
    Mutant,
    as_conv,
    as_pool,
    as_pool_backward,
    correct,
    pair,
    register,
)
from property_tests.corpus.witness import at


def without_groups_and_dilation() -> Functions:
    """Functions of stride and padding only."""

    def conv2d(
        x: Array,
        w: Array,
        b: Array | None = None,
        stride: int | Sequence[int] = 1,
        padding: int | Sequence[int] = 0,
    ) -> Array:
        return engines.im2col(Job.of(x, w, b, stride, padding))

    def conv2d_backward(
        x: Array,
        w: Array,
        b: Array | None,
        grad_y: Array,
        stride: int | Sequence[int] = 1,
        padding: int | Sequence[int] = 0,
    ) -> Gradients:
        return adjoints.by_loops(Job.of(x, w, b, stride, padding), grad_y)

    return {"conv2d": conv2d, "conv2d_backward": conv2d_backward}


def valid_only(x: Array, w: Array) -> Array:
    """A function of an image and a kernel."""
    return engines.windows(Job.of(x, w))


def some(c: Any) -> Any:
    """The layer, refused where the batch is empty."""
    if not len(c.x):
        raise ValueError("x has no samples: allowed is a batch of at least one")
    return c


def turn(array: Array) -> Array:
    """Both axes read from the other end."""
    return array[..., ::-1, ::-1]


def to_the_last(c: Window, dy: Array) -> Array:
    """The last of several maxima takes the gradient."""
    # Turned round, the last maximum is the first; left-over rows come first then, so cut them.
    padded = c.padded(pools.lowest(c.x.dtype))
    sizes = zip(padded.shape[2:], c.left_over, strict=True)
    seen = index(..., *(slice(n - rest) for n, rest in sizes))
    gx = np.zeros(padded.shape, dtype=dy.dtype)
    turned = c.but(x=turn(padded[seen]), padding=(0,) * c.rank)
    gx[seen] = turn(pools.max_back(turned, turn(dy)))
    return c.unpad(gx)


def shared(c: Window, dy: Array) -> Array:
    """Equal maxima share the gradient."""
    padded = c.padded(pools.lowest(c.x.dtype))
    inside = c.but(x=np.ones_like(c.x, dtype=bool)).padded(0)
    view, real = pools.views(c, padded), pools.views(c, inside)
    rank = np.where(np.isnan(view), np.inf, view)
    hit = ((rank == rank.max(axis=(-1, -2), keepdims=True)) & real).astype(dy.dtype)
    share = hit / np.maximum(hit.sum(axis=(-1, -2), keepdims=True), 1)
    total = np.zeros(padded.shape, dtype=dy.dtype)
    for tap in np.ndindex(*c.taps):
        total[c.meets(tap)] += share[index(..., *tap)] * dy
    return c.unpad(total)


def pixels(c: Window) -> Array:
    """What turns a mean over the window into one over the image's pixels."""
    return np.asarray(c.size / np.maximum(pools.counts(c), 1))


def channel_by_channel(c: Job) -> Array:
    """Channels from the last to the first, one by one, in the arguments' dtype."""

    def one(part: Job) -> Array:
        y = np.zeros(part.shape, dtype=sums_in(part.x, part.w))
        for k in reversed(range(part.w.shape[1])):
            y += engines.taps(part.but(x=part.x[:, k : k + 1], w=part.w[:, k : k + 1]))
        return y

    return c.biased(engines.by_group(c, one))


def somehow(c: Job) -> Array:
    """An answer to every call, the right one where there is one."""
    # Nothing where no window fits, the first channels of too many, zeros for the outputs that
    # groups leave over: no lawful call is answered wrongly.
    width = c.w.shape[0] // c.groups * c.groups
    depth = c.w.shape[1] * c.groups
    if min(c.room) < 0 or depth > c.x.shape[1] or not width:
        return np.zeros((len(c.x), c.w.shape[0], *(max(n, 0) for n in c.out)), c.kind)
    y = engines.taps(c.but(x=c.x[:, :depth], w=c.w[:width], b=None))
    rest = np.zeros((len(y), c.w.shape[0] - width, *y.shape[2:]), y.dtype)
    return c.biased(np.concatenate([y, rest], axis=1))


# A table, one implementation a paragraph.
# fmt: off
correct("right-without-groups-and-dilation", "fewer parameters",
        "Knows stride and padding only, each one integer or a pair.", without_groups_and_dilation())
correct("right-valid-only", "fewer parameters", "Takes an image and a kernel, and nothing else.",
        {"conv2d": valid_only})
correct("right-refuses-integers", "refusal", "Takes floating arrays only, and says so.",
        pair(lambda c: engines.taps(floating(c)), lambda c, dy: adjoints.by_taps(floating(c), dy)))
correct("right-without-checks", "refusal", "Checks nothing, and answers somehow what has no value.",
        {"conv2d": as_conv(somehow, checked=False)})
correct("right-last-maximum", "ties",
        "The last of several equal maxima takes the gradient, a declared convention.",
        {"max_pool2d": as_pool(pools.max_taps), "max_pool2d_backward":
            as_pool_backward(to_the_last)}, ties="last")
correct("right-ties-share", "ties", "Equal maxima share the gradient, a declared convention.",
        {"max_pool2d": as_pool(pools.max_taps), "max_pool2d_backward": as_pool_backward(shared)},
        ties="split")
correct("right-border-not-counted", "divisor",
        "An average over the pixels of the image only, a declared convention.",
        {"avg_pool2d": as_pool(lambda c: (pools.avg_taps(c) *
            pixels(c)).astype(pools.avg_taps(c).dtype)), "avg_pool2d_backward":
            as_pool_backward(lambda c, dy: pools.avg_back(c, (dy * pixels(c)).astype(dy.dtype)))},
        count_include_pad=False)
correct("right-channels-backwards", "order of sums",
        "Sums channels from the last to the first, one by one, in the arguments' dtype.",
        pair(channel_by_channel, adjoints.by_loops))
# fmt: on

# An empty batch is a value that the interface takes, and has an answer: a wrong one, then.
REFUSING: Functions = pair(
    lambda c: engines.loops(some(c)), lambda c, dy: adjoints.by_columns(some(c), dy)
) | {
    "max_pool2d": as_pool(lambda c: pools.max_windows(some(c))),
    "max_pool2d_backward": as_pool_backward(lambda c, dy: pools.max_back(some(c), dy)),
}
register(
    Mutant(
        "refuses-empty-batches",
        tuple(REFUSING),
        "refusal",
        THIN,
        "Raises ValueError for an empty batch.",
        REFUSING.copy,
        (at((0, 1, 3, 3), (2, 1, 2, 2)),),
    )
)
