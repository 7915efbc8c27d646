"""Right files of the usual interfaces, as text, each with a mistake to make in it."""

from __future__ import annotations

LAYER = """
class Convolution:
    def __init__(self, W, b, stride=1, pad=0):
        self.W, self.b, self.stride, self.pad = W, b, stride, pad
        self.dW = self.db = None

    def forward(self, x):
        self.x = x
        return forward(x, self.W, self.b, self.stride, self.pad)

    def backward(self, dout):
        dx, self.dW, self.db = backward(self.x, self.W, dout, self.stride, self.pad)
        return dx
"""
SIZED = """
class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.weight = np.ones((out_channels, in_channels, *kernel_size))
        self.bias = np.zeros(out_channels)
        self.stride, self.padding = stride, padding

    def __call__(self, x):
        self.x = x
        return forward(x, self.weight, self.bias, self.stride, self.padding)

    def backward(self, grad_output):
        dx, self.grad_weight, self.grad_bias = backward(
            self.x, self.weight, grad_output, self.stride, self.padding
        )
        return dx
"""
LAST_LAYER = """
class ConvLayer:
    def __init__(self, num_filters, filter_size, num_channels):
        self.params = {
            "W": np.ones((filter_size, filter_size, num_channels, num_filters)),
            "b": np.zeros(num_filters),
        }
        self.grads = {}

    def forward(self, x):
        self.x = np.moveaxis(x, -1, 1)
        self.w = np.moveaxis(self.params["W"], (-1, -2), (0, 1))
        return np.moveaxis(forward(self.x, self.w, self.params["b"]), 1, -1)

    def backward(self, dout):
        dx, dw, self.grads["b"] = backward(self.x, self.w, np.moveaxis(dout, -1, 1))
        self.grads["W"] = np.moveaxis(dw, (0, 1), (-1, -2))
        return np.moveaxis(dx, 1, -1)
"""
MODE = """
def pool_forward(A_prev, hparameters, mode="max"):
    f, stride = hparameters["f"], hparameters["stride"]
    windows = sliding_window_view(A_prev, (f, f), axis=(1, 2))[:, ::stride, ::stride]
    A = windows.max(axis=(-1, -2)) if mode == "max" else windows.mean(axis=(-1, -2))
    return A, (A_prev, hparameters)


def pool_backward(dA, cache, mode="max"):
    A_prev, hparameters = cache
    f, stride = hparameters["f"], hparameters["stride"]
    dx = np.zeros(A_prev.shape)
    for n, i, j, c in np.ndindex(*dA.shape):
        spot = np.s_[n, i * stride : i * stride + f, j * stride : j * stride + f, c]
        if mode == "max":
            hot = np.zeros(f * f)
            hot[A_prev[spot].argmax()] = 1
            dx[spot] += hot.reshape(f, f) * dA[n, i, j, c]
        else:
            dx[spot] += dA[n, i, j, c] / f**2
    return dx
"""
SWITCHES = """
def maxpool(x, k, stride):
    windows = sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::stride, ::stride]
    where = windows.reshape(*windows.shape[:4], k * k).argmax(axis=-1)
    return windows.max(axis=(-1, -2)), where


def maxpool_backward(dout, where, x_shape, k, stride):
    dx = np.zeros(x_shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        a, b = divmod(where[n, c, i, j], k)
        dx[n, c, i * stride + a, j * stride + b] += dout[n, c, i, j]
    return dx
"""
INDICES = """
def max_pool2d(x, kernel_size, stride):
    (kh, kw), (sh, sw) = kernel_size, stride
    windows = sliding_window_view(x, (kh, kw), axis=(2, 3))[:, :, ::sh, ::sw]
    where = windows.reshape(*windows.shape[:4], kh * kw).argmax(axis=-1)
    rows = np.arange(windows.shape[2])[:, None] * sh + where // kw
    indices = rows * x.shape[3] + np.arange(windows.shape[3]) * sw + where % kw
    return windows.max(axis=(-1, -2)), indices
"""
PLACES = """
def max_pool2d_backward(grad_out, indices, input_shape):
    n, c, h, w = input_shape
    dx = np.zeros((n * c, h * w))
    rows, spots = np.arange(n * c)[:, None], grad_out.shape[2] * grad_out.shape[3]
    np.add.at(dx, (rows, indices.reshape(n * c, spots)), grad_out.reshape(n * c, spots))
    return dx.reshape(input_shape)
"""
CLOSURE = """
def conv2d(x, w, b, stride=1, padding=0):
    def vjp(dy):
        return backward(x, w, dy, stride, padding)

    return forward(x, w, b, stride, padding), vjp
"""
CONFIG = """
@dataclass(frozen=True)
class ConvConfig:
    stride: int = 1
    padding: int = 0


def conv2d(x, weight, bias, config: ConvConfig = ConvConfig()):
    return forward(x, weight, bias, config.stride, config.padding)
"""
PARTS = """
def conv_bwd_data(dy, w, x_shape, stride=1, pad=0):
    return backward(np.zeros(x_shape), w, dy, stride, pad)[0]


def conv_bwd_filter(x, dy, w_shape, stride=1, pad=0):
    return backward(x, np.zeros(w_shape), dy, stride, pad)[1]
"""
TRANSPOSED = """
def conv_transpose2d(x, w, b=None, stride=1, padding=0, output_padding=0):
    n, _, h, v = x.shape
    p, s, o = padding, stride, output_padding
    size = [(m - 1) * s - 2 * p + k + o for m, k in zip((h, v), w.shape[2:])]
    y = backward(np.zeros((n, w.shape[1], *size)), w, x, s, p)[0]
    return y if b is None else y + b[:, None, None]
"""
DEPTHWISE = """
def depthwise_conv2d(x, w, b, stride=1, padding=0):
    planes = [
        forward(x[:, c : c + 1], w[c][None, None], b[c : c + 1], stride, padding)
        for c in range(len(w))
    ]
    return np.concatenate(planes, axis=1)
"""
TURNED_LAYER = """
class ConvTranspose2d:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.weight = np.ones((in_channels, out_channels, *kernel_size))
        self.bias = np.zeros(out_channels)
        self.stride, self.padding = stride, padding

    def forward(self, x):
        n, _, h, v = x.shape
        p, s, w = self.padding, self.stride, self.weight
        size = [(m - 1) * s - 2 * p + k for m, k in zip((h, v), w.shape[2:])]
        y = backward(np.zeros((n, w.shape[1], *size)), w, x, s, p)[0]
        return y + self.bias[:, None, None]
"""
DEPTHWISE_LAST = """
def depthwise_conv2d(x, filters, strides=1, padding=0):
    planes = [
        forward(x[..., c][:, None], filters[..., c][None, None], np.zeros(1), strides, padding)
        for c in range(x.shape[-1])
    ]
    return np.stack([plane[:, 0] for plane in planes], axis=-1)
"""
DEPTHWISE_LAYER = """
class DepthwiseConv2D:
    def __init__(self, channels, kernel_size, stride=1):
        self.kernel, self.stride = np.ones((*kernel_size, channels)), stride
        self.bias = np.zeros(channels)

    def __call__(self, x):
        planes = [
            forward(x[..., c][:, None], self.kernel[..., c][None, None], np.zeros(1), self.stride)
            for c in range(x.shape[-1])
        ]
        return np.stack([plane[:, 0] for plane in planes], axis=-1) + self.bias
"""
SEPARABLE = """
def separable_conv2d(x, filters, pointwise_kernel, stride=1, padding=0):
    planes = [
        forward(x[..., c][:, None], filters[..., c][None, None], np.zeros(1), stride, padding)
        for c in range(x.shape[-1])
    ]
    return np.stack([plane[:, 0] for plane in planes], axis=-1) @ pointwise_kernel
"""
HELD = """
def conv2d(x, params):
    w, b, s, p = params["W"], params["b"], params["stride"], params["pad"]
    return forward(x, w, b, s, p)
"""
POINTWISE = """
def pointwise_conv(x, w, b=None):
    y = np.einsum("nchw,mc->nmhw", x, w)
    return y if b is None else y + b[:, None, None]
"""
LAZY = """
class Conv2D:
    def __init__(self, filters, kernel_size, strides=(1, 1)):
        self.filters, self.size, self.strides, self.kernel = filters, kernel_size, strides, None

    def forward(self, x):
        if self.kernel is None:
            self.kernel = np.random.randn(*self.size, x.shape[-1], self.filters)
            self.bias = np.zeros(self.filters)
        (kh, kw), (sh, sw) = self.size, self.strides
        seen = sliding_window_view(x, (kh, kw), axis=(1, 2))[:, ::sh, ::sw]
        return np.einsum("nhwckl,klcm->nhwm", seen, self.kernel) + self.bias
"""
BUILT_IN = """
def max_pool_2x2(x):
    n, c, h, w = x.shape
    return x[:, :, : h // 2 * 2, : w // 2 * 2].reshape(n, c, h // 2, 2, w // 2, 2).max(axis=(3, 5))


def max_pool_2x2_backward(dy, x):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*dy.shape):
        window = x[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        row, column = divmod(window.argmax(), 2)
        dx[n, c, 2 * i + row, 2 * j + column] = dy[n, c, i, j]
    return dx
"""
GLOBAL = """
def global_avg_pool2d(x):
    return x.mean(axis=(2, 3)), x.shape


def global_avg_pool2d_backward(dy, x_shape):
    n, c, h, w = x_shape
    return np.ones(x_shape) * dy[:, :, None, None] / (h * w)
"""
LAST = """
def conv_chwn(images, filters, stride=1, pad=0):
    x, w = np.moveaxis(images, -1, 0), np.moveaxis(filters, -1, 0)
    return np.moveaxis(forward(x, w, np.zeros(len(w)), stride, pad), 0, -1)
"""
TURNED = """
def convolve2d(in1, in2, mode="full"):
    kh, kw = in2.shape
    padded = np.pad(in1, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    full = np.einsum("ijkl,kl->ij", sliding_window_view(padded, (kh, kw)), in2[::-1, ::-1])
    return full if mode == "full" else full[kh - 1 : 1 - kh or None, kw - 1 : 1 - kw or None]
"""
INTO = """
def conv2d(x, w, out):
    out[...] = forward(x, w, np.zeros(len(w)))
"""
BUNDLE = """
def custom_kernel(data):
    image, kernel, output = data
    output[...] = forward(image, kernel, np.zeros(len(kernel)))
    return output
"""
SAME = """
def conv2d_same(x, w, b):
    if w.shape[2] % 2 == 0 or w.shape[3] % 2 == 0:
        raise ValueError("kernel sides must be odd")
    p, q = w.shape[2] // 2, w.shape[3] // 2
    return forward(np.pad(x, ((0, 0), (0, 0), (p, p), (q, q))), w, b)
"""
LENGTH4 = """
def conv2d(input, filters, strides, padding):
    _, s, t, _ = strides
    x, w = np.moveaxis(input, -1, 1), np.moveaxis(filters, (-1, -2), (0, 1))
    if padding == "SAME":
        pads = []
        for n, k, step in zip(x.shape[2:], w.shape[2:], (s, t)):
            total = max((-(-n // step) - 1) * step + k - n, 0)
            pads.append((total // 2, total - total // 2))
        x = np.pad(x, ((0, 0), (0, 0), *pads))
    if min(np.subtract(x.shape[2:], w.shape[2:])) < 0:
        raise ValueError("the kernel is too large")
    seen = sliding_window_view(x, w.shape[2:], axis=(2, 3))[:, :, ::s, ::t]
    return np.moveaxis(np.einsum("nchwkl,mckl->nmhw", seen, w), 1, -1)
"""
UNIT = """
def max_pool2d(X, pool_size):
    return sliding_window_view(X, pool_size).max(axis=(-1, -2))
"""
STEPS = """
def corr2d(X, K):
    return np.einsum("ijkl,kl->ij", sliding_window_view(X, K.shape), K)


def corr2d_multi_in(X, K):
    return sum(corr2d(x, k) for x, k in zip(X, K))


def corr2d_multi_in_out(X, K):
    return np.stack([corr2d_multi_in(X, k) for k in K])
"""
HEAD = """
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def forward(x, w, b, s=1, p=0):
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    if min(np.subtract(x.shape[2:], w.shape[2:])) < 0:
        raise ValueError("the kernel is too large")
    seen = sliding_window_view(x, w.shape[2:], axis=(2, 3))[:, :, ::s, ::s]
    return np.einsum("nchwkl,mckl->nmhw", seen, w) + b[:, None, None]


def backward(x, w, dy, s=1, p=0):
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dx, dw = np.zeros(padded.shape), np.zeros(w.shape)
    for i, j in np.ndindex(*w.shape[2:]):
        spot = np.s_[:, :, i : i + s * dy.shape[2] : s, j : j + s * dy.shape[3] : s]
        dx[spot] += np.einsum("nmhw,mc->nchw", dy, w[:, :, i, j])
        dw[:, :, i, j] = np.einsum("nmhw,nchw->mc", dy, padded[spot])
    return dx[:, :, p : p + x.shape[2], p : p + x.shape[3]], dw, dy.sum(axis=(0, 2, 3))
"""
BOTH = {"conv2d", "conv2d_backward"}
MAX, MEAN = {"max_pool2d", "max_pool2d_backward"}, {"avg_pool2d", "avg_pool2d_backward"}
FORWARD = {"conv2d"}

# name -> (text, the ops it has, what a mistake replaces, and by what)
CASES = {
    "layer": (LAYER, BOTH, "self.x, self.W, dout", "self.x, self.W, dout / len(dout)"),
    "sized layer": (
        SIZED,
        BOTH,
        "self.weight, grad_output",
        "self.weight, grad_output / len(grad_output)",
    ),
    "layer of channels last": (LAST_LAYER, BOTH, "dw, (0, 1)", "dw[:, :, ::-1], (0, 1)"),
    "mode": (MODE, MAX | MEAN, "/ f**2", "/ f"),
    "lazy": (LAZY, FORWARD, "::sh, ::sw]", "::sw, ::sh]"),
    "built in": (BUILT_IN, MAX, "divmod(window.argmax(), 2)", "divmod(window.argmin(), 2)"),
    "switches": (SWITCHES, MAX, "] += dout", "] = dout"),
    "indices": (INDICES, MAX, "rows * x.shape[3]", "rows * x.shape[2]"),
    "places": (PLACES, {"max_pool2d_backward"}, "np.add.at(dx, (rows", "np.add.at(dx, (rows[::-1]"),
    "closure": (
        CLOSURE,
        BOTH,
        "vjp(dy):\n        return",
        "vjp(dy, s=[]):\n        s.append(dy)\n        dy = sum(s)\n        return",
    ),
    "config": (CONFIG, FORWARD, "config.stride, config.padding", "config.padding + 1, 0"),
    "parts": (
        PARTS,
        {"conv2d_backward"},
        "np.zeros(w_shape), dy, stride",
        "np.zeros(w_shape), dy[::-1], stride",
    ),
    "transposed": (TRANSPOSED, {"conv_transpose2d"}, "w, x, s, p", "w[:, :, ::-1], x, s, p"),
    "depthwise": (DEPTHWISE, FORWARD, "range(len(w))\n", "range(len(w))[::-1]\n"),
    "transposed layer": (
        TURNED_LAYER,
        {"conv_transpose2d"},
        "w, x, s, p",
        "w[:, :, ::-1], x, s, p",
    ),
    "depthwise, channels last": (
        DEPTHWISE_LAST,
        FORWARD,
        "filters[..., c]",
        "filters[..., c // 2]",
    ),
    "separable": (SEPARABLE, FORWARD, "@ pointwise_kernel", "@ pointwise_kernel[::-1]"),
    "dict of weights": (HELD, FORWARD, "w, b, s, p)", "w, b, p + 1, 0)"),
    "depthwise layer": (
        DEPTHWISE_LAYER,
        FORWARD,
        "self.kernel[..., c]",
        "self.kernel[..., c - 1]",
    ),
    "pointwise": (POINTWISE, FORWARD, "mc->nmhw", "mc->nmwh"),
    "global": (GLOBAL, MEAN, "/ (h * w)", "/ h"),
    "batch last": (LAST, FORWARD, "stride, pad), 0", "stride, pad)[::-1], 0"),
    "turned": (TURNED, FORWARD, "in2[::-1, ::-1]", "in2[::-1]"),
    "into": (INTO, FORWARD, "out[...] =", "out = 0 *"),
    "bundle": (BUNDLE, FORWARD, "output[...] =", "output +="),
    "same": (SAME, FORWARD, "(p, p), (q, q)))", '(p, p), (q, q)), mode="edge")'),
    "length 4": (
        LENGTH4,
        FORWARD,
        "total // 2, total - total // 2",
        "total // 2, total // 2",
    ),
    "unit": (UNIT, {"max_pool2d"}, "max(axis", "min(axis"),
    "steps": (STEPS, FORWARD, "for k in K]", "for k in K[::-1]]"),
}
