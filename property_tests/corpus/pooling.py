"""Wrong poolings, forward and backward."""

from __future__ import annotations

import numpy as np

from property_tests.corpus.job import Array, Window, fit, index
from property_tests.corpus.mutant import BOUND, EASY, THIN, pool, pool_back
from property_tests.corpus.pools import (
    avg_back,
    avg_taps,
    avg_windows,
    counts,
    lowest,
    max_back,
    max_back_loops,
    max_loops,
    max_taps,
    max_windows,
    views,
)
from property_tests.corpus.witness import Call, av, avb, mx, mxb


def finite(x: Array) -> float:
    """The lowest finite number of a floating array."""
    return float(np.finfo(x.dtype).min)


def running(c: Window, start: Array, better: str) -> Array:
    """A running maximum from `start` on, by fmax or by `>`."""
    padded, y = c.padded(lowest(c.x.dtype)), start
    for tap in np.ndindex(*c.taps):
        part = padded[c.meets(tap)]
        y = np.fmax(y, part) if better == "fmax" else np.where(part > y, part, y)
    return y


def first_pixels(c: Window) -> Array:
    """Each window's first pixel."""
    return np.array(c.padded(lowest(c.x.dtype))[c.meets((0,) * c.rank)])


def from_the_end(c: Window) -> Array:
    """2 x 2 windows by a reshape, of an image without its first row where that is odd."""
    if (c.taps, c.stride) != ((2, 2), (2, 2)) or max(c.padding):
        return max_loops(c)
    high, wide = (n // 2 * 2 for n in c.space)
    x = c.x[..., c.space[0] - high :, :wide]
    return np.asarray(x.reshape(*x.shape[:2], high // 2, 2, wide // 2, 2).max(axis=(3, 5)))


def rounded_up(c: Window) -> Array:
    """A window more where rows are left over, over repeated rows."""
    more = [(0, -r % s if r else 0) for r, s in zip(c.left_over, c.stride, strict=True)]
    x = np.pad(c.padded(lowest(c.x.dtype)), [(0, 0), (0, 0), *more], mode="edge")
    return max_taps(c.but(x=x, padding=(0,) * c.rank))


def rows_then_columns(c: Window) -> Array:
    """Rows first; the columns at the stride or the window, whichever is less."""
    high, wide = c.taps
    rows = max_taps(c.but(window=(high, 1), stride=(c.stride[0], 1), padding=(c.padding[0], 0)))
    step = (1, min(c.stride[1], wide))
    y = max_taps(c.but(x=rows, window=(1, wide), stride=step, padding=(0, c.padding[1])))
    return fit(y, c.shape)


def first_128(c: Window) -> Array:
    """The maximum over the first 128 places of each window."""
    view = views(c, c.padded(lowest(c.x.dtype))).reshape(*c.shape, -1)
    if np.isnan(view).any():
        return max_taps(c)
    near = np.where(np.arange(view.shape[-1]) < 128, view, lowest(c.x.dtype))
    return np.asarray(near.max(axis=-1))


def first_of_the_rest(c: Window, y: Array) -> Array:
    """Channels beyond the last whole eight give their windows' first pixel."""
    whole = y.shape[1] // 8 * 8
    return np.concatenate([y[:, :whole], first_pixels(c)[:, whole:]], axis=1) if whole else y


def first_planes(c: Window) -> Array:
    """The first planes of a depth that is not pooled."""
    flat = c.but(x=c.padded(lowest(c.x.dtype)), padding=(0, 0, 0))
    flat = flat.but(window=(1, *c.taps[1:]), stride=(1, *c.stride[1:]))
    return max_taps(flat)[:, :, : c.out[0]].copy()


def to_all(c: Window, dy: Array, g: Array) -> Array:
    """Every tied maximum gets the whole gradient."""
    y, padded = max_taps(c), c.padded(lowest(c.x.dtype))
    total = np.zeros(padded.shape, dtype=dy.dtype)
    for tap in np.ndindex(*c.taps):
        total[c.meets(tap)] += np.where(padded[c.meets(tap)] == y, dy, 0)
    return c.unpad(total)


def last_winner(c: Window, dy: Array, g: Array) -> Array:
    """A pixel gets the gradient of the last window that it wins."""
    last = np.zeros(c.x.shape, dtype=dy.dtype)
    for out in np.ndindex(*c.out):
        one = np.zeros_like(dy)
        one[index(..., *out)] = 1
        here = dy[index(..., *out)][index(..., *(None,) * c.rank)]
        last = np.where(max_back(c, one) > 0, here, last)
    return last.astype(dy.dtype)


def upsampled(c: Window, dy: Array, g: Array) -> Array:
    """dy over blocks of the window's size, where a maximum is."""
    wide = np.repeat(np.repeat(dy, c.taps[0], 2), c.taps[1], 3)
    hit = max_back(c, np.ones_like(dy)) > 0
    return np.where(hit, fit(wide, c.x.shape), 0).astype(dy.dtype)


def last_column(c: Window, dy: Array, g: Array) -> Array:
    """What is the last column's but one, in the last."""
    g = g.copy()
    g[..., -1], g[..., -2] = g[..., -2].copy(), 0
    return g


def by_rows(c: Window, y: Array) -> Array:
    """A divisor that counts the border on columns only."""
    high = (c.taps[0], 1), (c.stride[0], 1), (c.padding[0], 0)
    rows = counts(c.but(x=c.x[..., :1], window=high[0], stride=high[1], padding=high[2]))
    return (y * (c.size / (rows * c.taps[1]))).astype(y.dtype)


def corners(c: Window, y: Array) -> Array:
    """A divisor without the border where half a window lies on it."""
    full = counts(c)
    mean = np.where(full <= c.size * 0.5, y * (c.size / np.maximum(full, 1)), y)
    return mean.astype(y.dtype)


def assigned(c: Window, dy: Array, g: Array) -> Array:
    """The mean's gradient assigned window by window."""
    total = np.zeros(c.padded(0).shape, dtype=dy.dtype)
    for out in np.ndindex(*c.out):
        total[c.window_at(out)] = dy[index(..., *out)][..., None, None] / c.size
    return c.unpad(total)


def over_strides(c: Window, dy: Array, g: Array) -> Array:
    """The mean's gradient over blocks of the stride's size."""
    wide = np.repeat(np.repeat(dy, c.stride[0], 2), c.stride[1], 3)
    return (fit(wide, c.x.shape) / c.size).astype(dy.dtype)


def floating(c: Window) -> bool:
    """It is a call of floating arrays."""
    return bool(c.x.dtype.kind == "f")


# A table, one mistake a paragraph.
# fmt: off
pool("max-pads-with-zero", "padding value", BOUND,
     mx((1, 1, 3, 3), (2, 2), padding=1, values="negative"), "Lets the border compete as zeros.",
     max_windows, lambda c: c.bordered())
pool("max-pool1d-pads-with-zero", "padding value", BOUND,
     Call("max_pool1d", (1, 1, 4), (2,), padding=1, values="negative"),
     "Lets the border compete as zeros.", max_windows, lambda c: c.bordered())
pool("max-pads-with-lowest-finite", "padding value", THIN,
     mx((1, 1, 3, 3), (2, 2), padding=1, values="low"),
     "Pads with the lowest finite number, which beats minus infinity.", max_windows,
     lambda c: c.but(x=c.padded(finite(c.x)), padding=(0,) * c.rank),
     when=lambda c: floating(c) and max(c.padding))
pool("max-starts-at-minus-thousand", "padding value", THIN,
     mx((1, 1, 3, 3), (2, 2), values="negative"), "Starts every maximum at -1000.", max_taps,
     when=floating, after=lambda c, y: np.maximum(y, np.asarray(-1000, dtype=y.dtype)))
pool("max-drops-nan", "nan", THIN, mx((1, 1, 3, 3), (2, 2), values="nan"),
     "Skips NaN, as `fmax` does.",
     lambda c: running(c, np.full(c.shape, lowest(c.x.dtype), dtype=c.x.dtype), "fmax"))
pool("max-nan-by-order", "nan", THIN, mx((1, 1, 3, 3), (2, 2), values="nan", seed=1),
     "Compares with `>`: a NaN counts only when it comes first in its window.",
     lambda c: running(c, first_pixels(c), ">"))
pool("max-is-min", "reduction", EASY, mx((1, 1, 4, 4), (2, 2)), "Takes the minimum.", max_taps,
     lambda c: c.but(x=-c.x), when=floating, after=lambda c, y: -y)
pool("max-of-magnitudes", "reduction", EASY, mx((1, 1, 4, 4), (2, 2)),
     "Takes the maximum of absolute values.", max_loops, lambda c: c.but(x=np.abs(c.x)))
pool("max-stride-pair-swapped", "stride ignored", BOUND, mx((1, 1, 6, 6), (2, 2), stride=(1, 2)),
     "Takes the stride of the rows for that of the columns.", max_windows,
     lambda c: c.but(stride=c.stride[::-1]), after=lambda c, y: fit(y, c.shape))
pool("max-stride-is-window", "stride ignored", BOUND,
     mx((1, 1, 9, 9), (2, 2), stride=3, values="normal"),
     "Steps by the window's size, whatever the stride.", max_taps, lambda c: c.but(stride=c.taps),
     after=lambda c, y: fit(y, c.shape))
pool("max-pool3d-depth-kept", "stride ignored", BOUND,
     Call("max_pool3d", (1, 1, 6, 6, 6), (2, 2, 2), stride=2),
     "Takes the first planes of the depth instead of pooling it.", first_planes)
pool("max-window-pair-swapped", "axes swapped", BOUND, mx((1, 1, 6, 6), (1, 3)),
     "Takes the window's height for its width.", max_windows, lambda c: c.but(window=c.taps[::-1]),
     after=lambda c, y: fit(y, c.shape))
pool("max-padding-pair-swapped", "axes swapped", BOUND,
     mx((1, 1, 5, 5), (3, 3), stride=1, padding=(0, 1)),
     "Takes the padding of the rows for that of the columns.", max_taps,
     lambda c: c.but(padding=c.padding[::-1]), after=lambda c, y: fit(y, c.shape))
pool("max-two-by-two-reshaped", "leftover", THIN, mx((1, 1, 5, 5), (2, 2), stride=2),
     "Pools 2 x 2 by a reshape that drops the first row of an odd image, not the last.",
     from_the_end)
pool("max-rounds-size-up", "leftover", BOUND, mx((1, 1, 6, 6), (3, 3), stride=2),
     "Rounds the output size up when rows are left over.", rounded_up)
pool("max-rows-then-columns", "separable", THIN,
     mx((1, 1, 9, 9), (2, 2), stride=3, values="normal"),
     "Pools rows, then columns, and strides the second pass by the window if that is less.",
     rows_then_columns)
pool("max-place-in-one-byte", "threshold", THIN,
     mx((1, 3, 12, 12), (12, 12), values="normal", seed=2),
     "Keeps the place of the maximum in a signed byte: windows over 127 pixels go wrong.",
     lambda c: first_128(c) if c.size > 128 else max_taps(c))
pool("max-through-float32", "dtype", THIN, mx((1, 1, 4, 4), (2, 2), values="odd"),
     "Compares in float32, which rounds larger numbers.", max_windows,
     lambda c: c.but(x=c.x.astype(np.float32)), after=lambda c, y: y.astype(c.x.dtype))
pool("max-channels-beyond-eight", "threshold", THIN, mx((1, 9, 4, 4), (2, 2)),
     "Pools 8 channels at a time; the remainder gives its windows' first pixel.", max_taps,
     after=first_of_the_rest)

pool_back("max-grad-to-all-ties", "ties", BOUND, mxb((1, 1, 4, 4), (2, 2), values="ties"),
          "Gives every tied maximum the whole gradient.", after=to_all)
pool_back("max-grad-overwritten", "overlaps", BOUND, mxb((1, 1, 5, 5), (3, 3), stride=1),
          "Assigns where overlapping windows share their maximum.", after=last_winner)
pool_back("max-grad-averaged-over-windows", "overlaps", BOUND, mxb((1, 1, 5, 5), (3, 3), stride=1),
          "Divides by the number of windows that chose the pixel.",
          after=lambda c, dy, g: (g / np.maximum(max_back(c, np.ones_like(dy)),
              1)).astype(dy.dtype))
pool_back("max-grad-shared-by-window", "scale", EASY, mxb((1, 1, 4, 4), (2, 2)),
          "Spreads the gradient over the window, as average pooling does.", avg_back)
pool_back("max-grad-shifted-by-padding", "padding", BOUND, mxb((1, 1, 4, 4), (2, 2), padding=1),
          "Keeps the places of maxima in the padded image and uses them in the bare one.",
          max_back_loops, when=lambda c: max(c.padding),
          after=lambda c, dy, g: np.roll(g, c.padding, axis=tuple(range(2, g.ndim))))
pool_back("max-grad-by-upsampling", "stride > kernel", BOUND,
          mxb((1, 1, 8, 8), (2, 2), stride=3, values="normal"),
          "Repeats dy over blocks of the window's size and masks, as if it were the stride.",
          when=lambda c: not c.overlaps and not max(c.padding), after=upsampled)
pool_back("max-grad-leftover-column", "leftover", THIN, mxb((1, 1, 5, 5), (2, 2), stride=2),
          "Where columns are left over, the last window's gradient goes to the last column.",
          when=lambda c: c.left_over[-1] > c.padding[-1], after=last_column)
pool_back("max-grad-lost-at-nan", "nan", THIN, mxb((1, 1, 4, 4), (2, 2), values="nan"),
          "Finds maxima by equality, so that a window with NaN passes nothing back.",
          dy=lambda c, dy: np.where(np.isnan(max_taps(c)), 0, dy))
pool_back("max-grad-of-first-sample", "threshold", THIN, mxb((2, 1, 4, 4), (2, 2)),
          "The places of maxima are those of the first sample for the whole batch.",
          lambda c, dy: max_back(c.but(x=np.broadcast_to(c.x[:1], c.x.shape)), dy))
pool_back("max-grad-only-positive", "values", THIN, mxb((1, 1, 4, 4), (2, 2), values="negative"),
          "Windows whose maximum is negative pass nothing back.",
          dy=lambda c, dy: np.where(max_taps(c) < 0, 0, dy))
pool_back("max-pool1d-grad-first-16", "threshold", THIN,
          Call("max_pool1d_backward", (1, 1, 40), (2,), stride=2),
          "Passes back the gradients of the first 16 windows.",
          dy=lambda c, dy: np.where(np.arange(c.out[-1]) < 16, dy, 0))

pool("avg-divisor-by-rows", "divisor", BOUND, av((1, 1, 4, 4), (2, 2), padding=1),
     "Leaves the border out of the divisor on rows and counts it on columns.", avg_taps,
     after=by_rows)
pool("avg-divisor-is-height-squared", "divisor", BOUND, av((1, 1, 4, 4), (1, 2)),
     "Divides by KH * KH.", avg_taps,
     after=lambda c, y: (y * (c.taps[-1] / c.taps[0])).astype(y.dtype))
pool("avg-divisor-wrong-in-corners", "divisor", THIN, av((1, 1, 4, 4), (3, 3), stride=1, padding=1),
     "Counts the border at the edges but not in the corners.", avg_windows,
     when=lambda c: max(c.padding), after=corners)
pool("avg-is-sum", "reduction", EASY, av((1, 1, 4, 4), (2, 2)), "Forgets to divide.", avg_taps,
     after=lambda c, y: y * c.size)
pool("avg-pool3d-divides-by-plane", "reduction", BOUND,
     Call("avg_pool3d", (1, 1, 4, 4, 4), (2, 2, 2)), "Divides by KH * KW and forgets the depth.",
     avg_taps, after=lambda c, y: y * c.taps[0])
pool("avg-divides-integers", "dtype", EASY, av((1, 1, 4, 4), (2, 2)), "Divides with `//`.",
     avg_taps, after=lambda c, y: (np.rint(y * c.size) // c.size).astype(y.dtype))
pool("avg-cut-at-the-start", "leftover", BOUND, av((1, 1, 6, 6), (3, 3), stride=2),
     "Aligns windows with the end when rows are left over.", avg_windows,
     lambda c: c.cut_at_the_start())
pool("avg-padding-all-after", "padding", BOUND, av((1, 1, 4, 4), (3, 3), stride=1, padding=1),
     "Puts the whole border after the image.", avg_taps,
     lambda c: c.bordered(*((0, 2 * p) for p in c.padding)))
pool_back("avg-grad-overwritten", "overlaps", BOUND, avb((1, 1, 5, 5), (3, 3), stride=1),
          "Assigns where windows overlap.", avg_back, after=assigned)
pool_back("avg-grad-other-divisor", "divisor", BOUND, avb((1, 1, 4, 4), (2, 2), padding=1),
          "The forward counts the border in the divisor, the backward does not.", avg_back,
          dy=lambda c, dy: dy * (c.size / np.maximum(counts(c), 1)))
pool_back("avg-grad-not-divided", "divisor", EASY, avb((1, 1, 4, 4), (2, 2)),
          "Passes the whole gradient to every pixel of the window.", avg_back,
          dy=lambda c, dy: dy * c.size)
pool_back("avg-grad-fills-gaps", "stride > kernel", THIN, avb((1, 1, 7, 7), (2, 2), stride=3),
          "Spreads the gradient over the stride where that is longer than the window.", avg_back,
          after=over_strides,
          when=lambda c: not max(c.padding) and all(s > k for s, k in zip(c.stride, c.taps,
              strict=True)))
