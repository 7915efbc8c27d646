"""Kinds of mistakes that findings are of and the corpus has no calls for, each planted here.

The corpus's calls have no ceil mode, no padding that differs between two sides, no transposed
convolution, and its mistakes do not end the process.  A plant is made of right functions.
"""

from __future__ import annotations

import itertools
import math
import sys
import threading

import numpy as np

import convproof as cp

FIRST = {"layout": "channels_first"}


def _means(x, kernel, stride, padding, ceil_mode, divisor):
    """Sums of windows over what `divisor` makes of (start, size, low, high, taps) of each axis."""
    sides = [(p, p) if isinstance(p, int) else p for p in padding]
    axes, counts = list(zip(x.shape[2:], kernel, stride, sides, strict=True)), []
    for n, k, s, (lo, hi) in axes:
        out = (n + lo + hi - k) // s + 1
        if out < 1:
            raise ValueError("the window is larger than the padded input")
        more = ceil_mode and (n + lo + hi - k) % s and out * s < n + lo
        counts.append(out + bool(more))
    y = np.empty((*x.shape[:2], *counts), x.dtype)
    for place in itertools.product(*map(range, counts)):
        starts = [o * s - lo for o, (_, _, s, (lo, _)) in zip(place, axes, strict=True)]
        cut = tuple(slice(max(a, 0), a + k) for a, k in zip(starts, kernel, strict=True))
        given = [(a, n, *side, k) for a, (n, k, _, side) in zip(starts, axes, strict=True)]
        sizes = math.prod(divisor(*one) for one in given)
        y[(..., *place)] = x[(..., *cut)].sum(axis=(-2, -1)) / sizes
    return y


def overhang_counted():
    """opencv-average-pool-overhang: what lies beyond the padding is counted by the divisor."""

    def avg_pool2d(x, kernel, stride=None, padding=(0, 0), ceil_mode=False):
        return _means(x, kernel, stride or kernel, padding, ceil_mode, lambda a, n, lo, hi, k: k)

    return {"avg_pool2d": avg_pool2d}, {}


def end_counted_as_start():
    """paddle-average-pool-end-padding: at the end as much padding is counted as at the start."""

    def avg_pool2d(x, kernel, stride=None, padding=(0, 0)):
        def divisor(start, size, low, high, taps):
            return min(start + taps, size + low) - start

        return _means(x, kernel, stride or kernel, padding, False, divisor)

    return {"avg_pool2d": avg_pool2d}, {"accepts": {"avg_pool": ("asymmetric_padding",)}}


def ceil_refused_by_size():
    """equinox-max-pool-ceil-refused: some sizes are refused with ceil mode."""

    def max_pool2d(x, kernel, stride=None, padding=(0, 0), ceil_mode=False):
        stride = stride or kernel
        rest = (x.shape[3] + 2 * padding[1] - kernel[1]) % stride[1]
        if ceil_mode and rest and padding[1]:
            raise RuntimeError("padding is at most the window")
        more = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
        return cp.max_pool2d(x, kernel, **more, **FIRST)

    return {"max_pool2d": max_pool2d}, {}


def multipliers_refused():
    """onnx-conv-transpose-group-channels: groups of several output channels are refused."""

    def conv2d(x, w, b=None, stride=1, padding=0, dilation=1, groups=1):
        if groups > 1 and len(w) > groups:
            raise ValueError("cannot reshape array of size 4 into shape (1,1,2)")
        more = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
        return cp.conv2d(x, w, b, **more, **FIRST)

    return {"conv2d": conv2d}, {}


def groups_without_gradient():
    """tensorflow-grouped-convolution-gradient: groups are answered, their gradients refused."""

    def conv2d(x, w, b=None, stride=1, padding=0, groups=1):
        return cp.conv2d(x, w, b, stride=stride, padding=padding, groups=groups, **FIRST)

    def conv2d_backward(x, w, b, grad_y, stride=1, padding=0, groups=1):
        if groups > 1:
            raise RuntimeError("gradients for grouped convolutions are not supported")
        return cp.conv2d_backward(grad_y, x, w, b, stride=stride, padding=padding, **FIRST)

    return {"conv2d": conv2d, "conv2d_backward": conv2d_backward}, {}


def threads_run_out():
    """mlx-thread-left-behind: the fourth thread that calls is one too many."""
    here, count = threading.local(), itertools.count()

    def max_pool2d(x, kernel, stride=None, padding=(0, 0)):
        if not hasattr(here, "number"):
            here.number = next(count)
        if here.number > 3:
            raise RuntimeError("Resource temporarily unavailable")
        return cp.max_pool2d(x, kernel, stride=stride, padding=padding, **FIRST)

    return {"max_pool2d": max_pool2d}, {}


def half_sums():
    """flax-average-pool-float16: a sum is rounded to float16 before it is divided."""

    def avg_pool2d(x, kernel, stride=None, padding=(0, 0)):
        size = math.prod(kernel)
        y = cp.avg_pool2d(x.astype(float), kernel, stride=stride, padding=padding, **FIRST)
        with np.errstate(over="ignore"):
            return (y * size).astype(x.dtype) / x.dtype.type(size)

    return {"avg_pool2d": avg_pool2d}, {}


def divisor_in_single():
    """paddle-average-pool-float64-gradient: one over the divisor is a float32 number."""

    def avg_pool2d(x, kernel, stride=None, padding=(0, 0)):
        return cp.avg_pool2d(x, kernel, stride=stride, padding=padding, **FIRST)

    def avg_pool2d_backward(x, grad_y, kernel, stride=None, padding=(0, 0)):
        size = math.prod(kernel)
        dx = cp.avg_pool2d_backward(grad_y, x, kernel, stride=stride, padding=padding, **FIRST)
        return (dx * size * np.float32(1 / size)).astype(x.dtype)

    return {"avg_pool2d": avg_pool2d, "avg_pool2d_backward": avg_pool2d_backward}, {}


def gradient_cut():
    """mlx-conv-transpose-output-padding-gradient: the last column of the gradient is missing."""

    def conv_transpose2d(x, w, b=None, stride=1, padding=0, output_padding=0):
        more = {"stride": stride, "padding": padding, "output_padding": output_padding}
        return cp.conv_transpose2d(x, w, b, **more, **FIRST)

    def conv_transpose2d_backward(x, w, b, grad_y, stride=1, padding=0, output_padding=0):
        more = {"stride": stride, "padding": padding, "output_padding": output_padding}
        dx, dw, db = cp.conv_transpose2d_backward(grad_y, x, w, b, **more, **FIRST)
        return dx[..., :-1] if np.max(output_padding) else dx, dw, db

    both = {"conv_transpose2d": conv_transpose2d}
    return {**both, "conv_transpose2d_backward": conv_transpose2d_backward}, {}


def window_of_padding():
    """torch-max-pool-window-of-padding: a window without a pixel has a gradient all the same."""

    def max_pool2d(x, kernel, stride=None, padding=(0, 0), dilation=(1, 1)):
        more = {"stride": stride, "padding": padding, "dilation": dilation}
        return cp.max_pool2d(x, kernel, **more, **FIRST)

    def max_pool2d_backward(x, grad_y, kernel, stride=None, padding=(0, 0), dilation=(1, 1)):
        more = {"stride": stride, "padding": padding, "dilation": dilation}
        dx = cp.max_pool2d_backward(grad_y, x, kernel, **more, **FIRST)
        empty = np.isneginf(cp.max_pool2d(np.zeros_like(x), kernel, **more, **FIRST))
        dx[:, 1:, 0, 0] += np.where(empty, grad_y, 0).sum((2, 3))[:, :-1]
        return dx

    return {"max_pool2d": max_pool2d, "max_pool2d_backward": max_pool2d_backward}, {}


def windows_of_nothing():
    """paddle-pool-ceil-windows-of-nothing: a window that begins behind the image is kept."""

    def avg_pool2d(x, kernel, stride=None, padding=(0, 0), ceil_mode=False):
        stride = stride or kernel
        axes = list(zip(x.shape[2:], kernel, stride, padding, strict=True))
        if any(n + 2 * p < k for n, k, _, p in axes):
            raise ValueError("the window is larger than the padded input")
        more = [(n + 2 * p - k) % s if ceil_mode else 0 for n, k, s, p in axes]
        wide = [
            (p, p + (s - rest if rest else 0)) for (*_, s, p), rest in zip(axes, more, strict=True)
        ]
        with np.errstate(invalid="ignore"):
            real = cp.avg_pool2d(np.ones_like(x), kernel, stride=stride, padding=wide, **FIRST)
            return cp.avg_pool2d(x, kernel, stride=stride, padding=wide, **FIRST) / np.where(
                real, 1, 0
            )

    return {"avg_pool2d": avg_pool2d}, {}


def gradient_shape_unread():
    """paddle-gradient-of-another-shape: a gradient that is too short is read on behind its end."""

    def max_pool2d(x, kernel, stride=None, padding=(0, 0)):
        return cp.max_pool2d(x, kernel, stride=stride, padding=padding, **FIRST)

    def max_pool2d_backward(x, grad_y, kernel, stride=None, padding=(0, 0)):
        more = {"stride": stride, "padding": padding}
        given = np.resize(grad_y, cp.max_pool2d(x, kernel, **more, **FIRST).shape)
        return cp.max_pool2d_backward(given, x, kernel, **more, **FIRST)

    return {"max_pool2d": max_pool2d, "max_pool2d_backward": max_pool2d_backward}, {}


def index_before_the_image():
    """paddle-max-pool-mask-of-nan: where nothing is above minus infinity the index is -1."""

    def max_pool2d(x, kernel, stride=None, padding=(0, 0)):
        return cp.max_pool2d(x, kernel, stride=stride, padding=padding, **FIRST)

    def max_pool2d_backward(x, grad_y, kernel, stride=None, padding=(0, 0)):
        more = {"stride": stride, "padding": padding}
        lost = ~(np.nan_to_num(cp.max_pool2d(x, kernel, **more, **FIRST), nan=-np.inf) > -np.inf)
        dx = cp.max_pool2d_backward(np.where(lost, 0, grad_y), x, kernel, **more, **FIRST)
        dx[:, :-1, -1:, -1:] += np.where(lost, grad_y, 0).sum((2, 3), keepdims=True)[:, 1:]
        return dx.astype(x.dtype)

    return {"max_pool2d": max_pool2d, "max_pool2d_backward": max_pool2d_backward}, {}


def volumes_without_gradient():
    """tensorflow-convolution-of-volumes-gradient: only volumes of even depth have a gradient."""

    def conv3d(x, w, b=None, stride=1, padding=0):
        return cp.conv3d(x, w, b, stride=stride, padding=padding, **FIRST)

    def conv3d_backward(x, w, b, grad_y, stride=1, padding=0):
        if x.shape[2] % 2:
            raise AttributeError("'NoneType' object has no attribute 'decode'")
        return cp.conv3d_backward(grad_y, x, w, b, stride=stride, padding=padding, **FIRST)

    return {"conv3d": conv3d, "conv3d_backward": conv3d_backward}, {}


def one_window_refused():
    """iree-pool-one-window: one window in steps, and pixels beyond it, are refused."""

    def max_pool1d(x, kernel, stride=None, padding=(0,)):
        (k,), (s,), (p,) = kernel, stride or kernel, padding
        if 0 < x.shape[2] + 2 * p - k < s:
            raise RuntimeError("operand #1 has shape's dimension #0 to be 3, but found 2")
        return cp.max_pool1d(x, kernel, stride=stride, padding=padding, **FIRST)

    return {"max_pool1d": max_pool1d}, {}


def recursion_limit_raised():
    """torch-compile-recursion-limit: the limit is higher after a call."""

    def conv2d(x, w, b=None, stride=1, padding=0):
        sys.setrecursionlimit(sys.getrecursionlimit() + 1000)
        return cp.conv2d(x, w, b, stride=stride, padding=padding, **FIRST)

    return {"conv2d": conv2d}, {}
