"""Mistakes of released libraries, as `convproof findings` has them, in a few lines each."""

from __future__ import annotations

import numpy as np

from property_tests.corpus.engines import taps
from property_tests.corpus.job import Array, Job, Window
from property_tests.corpus.mutant import BOUND, THIN, conv, pool
from property_tests.corpus.pools import avg_taps, lowest, max_taps
from property_tests.corpus.witness import Call, at, av, mx


def unpadded_first(c: Job, y: Array) -> Array:
    """The result without padding at the start of the place of the right one; then leftovers."""
    flat = y.reshape(*y.shape[:2], -1)
    places = np.arange(int(np.prod(c.out))) % flat.shape[-1]
    return np.asarray(flat[..., places].reshape(*y.shape[:2], *c.out))


def of_numbers(c: Window) -> Array:
    """The average of those that are no NaN."""
    lost = np.isnan(c.x)
    kept = 1 - avg_taps(c.but(x=lost.astype(c.x.dtype)))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(avg_taps(c.but(x=np.where(lost, 0, c.x))) / kept).astype(c.x.dtype)


def in_pairs(c: Window) -> Window:
    """Paddings (PH, PW, PH, PW), taken for top, bottom, left and right."""
    high, wide = c.padding
    border = [(0, 0), (0, 0), (high, wide), (high, wide)]
    x = np.pad(c.x, border, constant_values=lowest(c.x.dtype))
    return c.but(x=x, padding=(0, 0))


def copied_after(c: Window) -> Window:
    """Zeros at the start of each axis, copies of the last pixel at its end."""
    start = [(0, 0), (0, 0), *((p, 0) for p in c.padding)]
    end = [(0, 0), (0, 0), *((0, p) for p in c.padding)]
    x = np.pad(np.pad(c.x, end, mode="edge") if c.x.size else np.pad(c.x, end), start)
    return c.but(x=x, padding=(0,) * c.rank)


# A table, one mistake a paragraph.
# fmt: off
conv("pointwise-padding-left-out", "1x1 fast path", BOUND,
     at((1, 2, 3, 3), (2, 2, 1, 1), padding=1),
     "opencv-pointwise-conv-padding: a 1x1 kernel's border is left out, the rest is leftovers.",
     taps, lambda c: c.but(padding=(0,) * c.rank),
     when=lambda c: max(c.taps) == max(c.stride) == 1 < len(c.w) and max(c.padding),
     after=unpadded_first)
pool("avg-skips-nan", "nan", THIN, av((1, 1, 3, 3), (2, 2), values="nan"),
     "onnx-average-pool-skips-nan: a NaN of the image is taken for padding.", of_numbers,
     when=lambda c: c.x.dtype.kind == "f" and np.isnan(c.x).any())
pool("max-paddings-in-pairs", "padding", BOUND, mx((1, 1, 4, 4), (2, 2), stride=1, padding=(1, 0)),
     "onnx-max-pool-pads-order: begins and ends of each axis, taken for top, bottom, left, right.",
     max_taps, in_pairs,
     when=lambda c: c.rank == 2 and c.stride == (1, 1) and c.padding[0] != c.padding[1])
pool("max-pool1d-padding-lost", "padding", BOUND,
     Call("max_pool1d", (1, 1, 4), (2,), stride=1, padding=1),
     "onnx-max-pool-pads-lost: with a stride of 1 there is no border.", max_taps,
     lambda c: c.but(padding=(0,) * c.rank), when=lambda c: max(c.stride) == 1)
pool("avg-copies-the-last-pixel", "padding value", BOUND,
     av((1, 1, 4, 4), (3, 3), stride=1, padding=1),
     "keras-torch-average-pool-same: the border at the end is copies of the last pixel.", avg_taps,
     copied_after)
