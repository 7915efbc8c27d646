"""The generated kernels of pooling, called: x (N, *space, C), dy (N, *out, C)."""

from __future__ import annotations

from typing import Any

from convproof.functions.arrays import Array
from convproof.functions.window import Window
from convproof.generated import (
    avg_pool1d,
    avg_pool2d,
    avg_pool3d,
    max_pool1d,
    max_pool2d,
    max_pool3d,
)

MAX_POOL: tuple[Any, ...] = (max_pool1d, max_pool2d, max_pool3d)
AVG_POOL: tuple[Any, ...] = (avg_pool1d, avg_pool2d, avg_pool3d)


def max_pool(x: Array, window: Window, folds: bool) -> Array:
    """The maxima (N, *out, C); (10.9)."""
    module = MAX_POOL[window.rank - 1]
    run = module.forward_folds if folds else module.forward
    y: Array = run(x, window.stride, window.dilation, window.pad_lo, window.out, window.taps)
    return y


def max_pool_grad(dy: Array, x: Array, window: Window) -> Array:
    """The gradient for x: each dy goes to the first maximum of its window."""
    module, numbers = MAX_POOL[window.rank - 1], (window.stride, window.dilation, window.pad_lo)
    winners = module.winners(x, *numbers, window.out, window.taps)
    dx: Array = module.gradient_x(dy, winners, *numbers, window.space, window.taps)
    return dx


def avg_pool(x: Array, window: Window, include: bool, folds: bool) -> Array:
    """The means (N, *out, C)."""
    module, (stride, lo, hi) = (
        AVG_POOL[window.rank - 1],
        (window.stride, window.pad_lo, window.pad_hi),
    )
    if include:
        run = module.forward_include_folds if folds else module.forward_include
        y: Array = run(x, stride, lo, hi, window.out, window.taps)
    else:
        run = module.forward_exclude_folds if folds else module.forward_exclude
        y = run(x, stride, lo, window.out, window.taps)
    return y


def avg_pool_grad(dy: Array, window: Window, include: bool) -> Array:
    """The gradient for x: each dy in equal parts to the pixels of its window."""
    module, (stride, lo, hi) = (
        AVG_POOL[window.rank - 1],
        (window.stride, window.pad_lo, window.pad_hi),
    )
    if include:
        dx: Array = module.gradient_x_include(dy, stride, lo, hi, window.space, window.taps)
    else:
        dx = module.gradient_x_exclude(dy, stride, lo, window.space, window.taps)
    return dx
