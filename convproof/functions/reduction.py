"""The generated kernels of pooling, called: x (N, *space, C), dy (N, *out, C)."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from convproof.functions.arrays import Array
from convproof.functions.schedule import Pool
from convproof.functions.window import Window
from convproof.generated import (
    avg_pool1d,
    avg_pool2d,
    avg_pool3d,
    max_pool1d,
    max_pool2d,
    max_pool3d,
)

CACHED_NUMBERS = 2**18  # pixels of as many images as a gradient is made for at a time

MAX_POOL: tuple[Any, ...] = (max_pool1d, max_pool2d, max_pool3d)
AVG_POOL: tuple[Any, ...] = (avg_pool1d, avg_pool2d, avg_pool3d)


def max_pool(x: Array, window: Window, way: Pool) -> Array:
    """The maxima (N, *out, C); (10.9)."""
    run = getattr(MAX_POOL[window.rank - 1], f"forward_{way}")
    y: Array = run(x, window.stride, window.dilation, window.pad_lo, window.out, window.taps)
    return y


def max_pool_grad(dy: Array, x: Array, window: Window) -> Array:
    """The gradient for x: each dy goes to the first maximum of its window."""
    run = MAX_POOL[window.rank - 1].gradient_x
    numbers = (window.stride, window.dilation, window.pad_lo, window.taps)
    block = max(1, CACHED_NUMBERS // max(1, prod(x.shape[1:])))
    if len(x) <= block:
        whole: Array = run(dy, x, *numbers)
        return whole
    # Its steps write arrays as large as x: for some images at a time they stay in the cache.
    dx = np.empty(x.shape, dy.dtype)
    for start in range(0, len(x), block):
        images = slice(start, start + block)
        dx[images] = run(dy[images], x[images], *numbers)
    return dx


def avg_pool(x: Array, window: Window, include: bool, way: Pool) -> Array:
    """The means (N, *out, C)."""
    kind = "include" if include else "exclude"
    run = getattr(AVG_POOL[window.rank - 1], f"forward_{kind}_{way}")
    ends = (window.pad_hi,) if include else ()
    y: Array = run(x, window.stride, window.pad_lo, *ends, window.out, window.taps)
    return y


def avg_pool_grad(dy: Array, window: Window, include: bool) -> Array:
    """The gradient for x: each dy in equal parts to the pixels of its window."""
    kind = "include" if include else "exclude"
    run = getattr(AVG_POOL[window.rank - 1], f"gradient_x_{kind}")
    ends = (window.pad_hi,) if include else ()
    dx: Array = run(dy, window.stride, window.pad_lo, *ends, window.space, window.taps)
    return dx
