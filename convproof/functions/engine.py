"""The generated kernels, called: group axes split, border modes as an index map before the window.

Everything here is batched and channels last: x (N, *space, C), kernel (*taps, C/groups, M),
dy (N, *out, M).  No arithmetic is done here; it is all in `convproof.generated`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import prod
from typing import Any

from convproof.functions.arrays import Array, reshaped
from convproof.functions.schedule import block_of, finite, patches_of, taps_pay, turn_pays
from convproof.functions.window import Window
from convproof.generated import (
    avg_pool1d,
    avg_pool2d,
    avg_pool3d,
    conv1d,
    conv2d,
    conv3d,
    max_pool1d,
    max_pool2d,
    max_pool3d,
    pad,
)

CONV: tuple[Any, ...] = (conv1d, conv2d, conv3d)
MAX_POOL: tuple[Any, ...] = (max_pool1d, max_pool2d, max_pool3d)
AVG_POOL: tuple[Any, ...] = (avg_pool1d, avg_pool2d, avg_pool3d)


def split(array: Array, groups: int) -> Array:
    """The last axis split in (groups, rest)."""
    return array.reshape(*array.shape[:-1], groups, array.shape[-1] // groups)


def merge(array: Array) -> Array:
    """The last two axes, (groups, rest), as one."""
    return reshaped(array, (*array.shape[:-2], array.shape[-2] * array.shape[-1]))


def _along(axis: int, array: Array, function: Callable[[Array], Array]) -> Array:
    """`function` of the array seen as (before, axis, after), its result seen as before again."""
    before, after = array.shape[:axis], array.shape[axis + 1 :]
    seen = function(array.reshape(prod(before), array.shape[axis], prod(after)))
    return seen.reshape(*before, seen.shape[1], *after)


def bordered(x: Array, window: Window) -> Array:
    """x with its border, where the mode has one."""
    if window.bordered:
        kernel = getattr(pad, f"pad_{window.mode}")
        for axis, (lo, hi) in enumerate(window.pads, start=1):
            x = _along(axis, x, partial(kernel, P_W=lo, Q_W=hi))
    return x


def unbordered(dx: Array, window: Window) -> Array:
    """The adjoint of `bordered`: each border entry's gradient to the pixel it stands for."""
    if window.bordered:
        kernel = getattr(pad, f"pad_{window.mode}_gradient")
        for axis, (lo, hi) in reversed(list(enumerate(window.pads, start=1))):
            dx = _along(axis, dx, partial(kernel, P_W=lo, Q_W=hi))
    return dx


def conv(x: Array, kernel: Array, bias: Array | None, window: Window, groups: int) -> Array:
    """The pre-activation (N, *out, M); (10.8), and the bias of (10.6)."""
    module, taps = CONV[window.rank - 1], split(kernel, groups)
    image = split(bordered(x, window), groups)
    numbers = (window.stride, window.dilation, window.pad_lo, window.out)
    # A patch holds zeros where it overhangs, and a zero times an infinite weight is no zero.
    if finite(taps) and not taps_pay(taps.shape):
        run = getattr(module, f"forward_{patches_of(taps.shape, window)}")
        block = block_of(prod(taps.shape[:-1]), window.out, taps.itemsize)
        z = run(image, taps, *numbers, block)
    else:
        z = module.forward_taps(image, taps, *numbers)
    z = merge(z)
    return z if bias is None else module.add_bias(z, bias)


def conv_grad_x(dy: Array, kernel: Array, window: Window, groups: int) -> Array:
    """The gradient for x (N, *space, C): the adjoint of `conv` in x."""
    module, taps, flow = CONV[window.rank - 1], split(kernel, groups), split(dy, groups)
    numbers = (window.stride, window.dilation, window.pad_lo, window.inner_space)
    shape = taps.shape
    if taps_pay(shape, back=True):
        dx = module.gradient_x_taps(flow, taps, *numbers)
    elif turn_pays(shape, window, len(dy)) and finite(taps):
        block = block_of(prod((*shape[:-3], *shape[-2:])), window.inner_space, taps.itemsize)
        dx = module.gradient_x_turned(flow, taps, *numbers[1:], block)
    else:
        run = getattr(module, f"gradient_x_{patches_of(shape, window)}")
        block = block_of(prod(shape[:-1]), window.out, taps.itemsize)
        dx = run(flow, taps, *numbers, block)
    return unbordered(merge(dx), window)


def conv_transpose(
    x: Array, kernel: Array, bias: Array | None, window: Window, groups: int
) -> Array:
    """The transposed convolution: `conv_grad_x` as a layer, with a bias."""
    y = conv_grad_x(x, kernel, window, groups)
    if bias is not None:
        y = CONV[window.rank - 1].add_bias(y, bias)
    return y


def conv_grad_kernel(dy: Array, x: Array, window: Window, groups: int) -> Array:
    """The gradient for the kernel (*taps, C/groups, M): summed over all copies of each weight."""
    module, flow = CONV[window.rank - 1], split(dy, groups)
    image = split(bordered(x, window), groups)
    numbers = (window.stride, window.dilation, window.pad_lo, window.taps)
    shape = (*window.taps, image.shape[-1], groups, flow.shape[-1])
    if not taps_pay(shape):
        run = getattr(module, f"gradient_kernel_{patches_of(shape, window)}")
        block = block_of(prod(shape[:-1]), window.out, flow.itemsize)
        found: Array = run(flow, image, *numbers, block)
        if finite(found):  # otherwise a zero of a patch may have met an infinite gradient
            return merge(found)
    return merge(module.gradient_kernel_taps(flow, image, *numbers))


def conv_grad_bias(dy: Array, window: Window, groups: int) -> Array:
    """The gradient for the bias (M,): summed over batch and positions."""
    total: Array = CONV[window.rank - 1].gradient_bias(split(dy, groups))
    return total.reshape(-1)


def max_pool(x: Array, window: Window) -> Array:
    """The maxima (N, *out, C); (10.9)."""
    y: Array = MAX_POOL[window.rank - 1].forward(
        x, window.stride, window.dilation, window.pad_lo, window.out, window.taps
    )
    return y


def max_pool_grad(dy: Array, x: Array, window: Window) -> Array:
    """The gradient for x: each dy goes to the first maximum of its window."""
    module, numbers = MAX_POOL[window.rank - 1], (window.stride, window.dilation, window.pad_lo)
    winners = module.winners(x, *numbers, window.out, window.taps)
    dx: Array = module.gradient_x(dy, winners, *numbers, window.space, window.taps)
    return dx


def avg_pool(x: Array, window: Window, include: bool) -> Array:
    """The means (N, *out, C)."""
    module, (stride, lo, hi) = (
        AVG_POOL[window.rank - 1],
        (window.stride, window.pad_lo, window.pad_hi),
    )
    if include:
        y: Array = module.forward_include(x, stride, lo, hi, window.out, window.taps)
    else:
        y = module.forward_exclude(x, stride, lo, window.out, window.taps)
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
