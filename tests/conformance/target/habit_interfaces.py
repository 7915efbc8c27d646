"""Functions with habits of their own, as strangers write them: right ones, each with a mistake."""

from __future__ import annotations

HEAD = (
    "import numpy as np\n\nfrom numpy.lib.stride_tricks import sliding_window_view as windows\n\n"
)
ONNX = """
def max_pool(x, kernel_shape, strides=None):
    sh, sw = strides or (1, 1)
    return windows(x, kernel_shape, axis=(2, 3))[:, :, ::sh, ::sw].max(axis=(4, 5))
"""
NAMED = """
def conv3x3(x, w, pad=1):
    x = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    rows, columns = x.shape[2] - 2, x.shape[3] - 2
    taps = [(i, j, x[:, :, i : i + rows, j : j + columns]) for i in range(3) for j in range(3)]
    return sum(np.einsum("nchw,mc->nmhw", seen, w[:, :, i % w.shape[2], j]) for i, j, seen in taps)
"""
CAUSAL = '''
def causal_conv1d(x, w, dilation=1):
    """Causal, (N, C, T): output t sees x[t], x[t - d], ..."""
    k, t = w.shape[2], x.shape[2]
    x = np.pad(x, ((0, 0), (0, 0), ((k - 1) * dilation, 0)))
    seen = [x[:, :, i * dilation : i * dilation + t] for i in range(k)]
    return sum(np.einsum("nct,mc->nmt", part, w[:, :, i]) for i, part in enumerate(seen))
'''
LISTS = """
def conv(x, wts, bias=None):
    rows, columns = len(x[0]) - len(wts[0][0]) + 1, len(x[0][0]) - len(wts[0][0][0]) + 1
    return [
        [
            [
                (bias[m] if bias else 0.0)
                + sum(
                    x[c][i + a][j + b] * w
                    for c, plane in enumerate(wts[m])
                    for a, line in enumerate(plane)
                    for b, w in enumerate(line)
                )
                for j in range(columns)
            ]
            for i in range(rows)
        ]
        for m in range(len(wts))
    ]
"""
FIRST = """
def apply(params, x):
    seen = windows(x, params["kernel"].shape[2], axis=2)
    return np.einsum("nctk,mck->nmt", seen, params["kernel"]) + params["bias"][:, None]
"""
PARTS = """
def conv2d_input(input_size, weight, grad_output):
    dx = np.zeros(input_size, weight.dtype)
    rows, columns = grad_output.shape[2:]
    for i, j in np.ndindex(*weight.shape[2:]):
        part = np.einsum("nmhw,mc->nchw", grad_output, weight[:, :, i, j])
        dx[:, :, i : i + rows, j : j + columns] += part
    return dx


def conv2d_weight(input, weight_size, grad_output):
    seen = windows(input, grad_output.shape[2:], axis=(2, 3))
    return np.einsum("ncijhw,nmhw->mcij", seen, grad_output)
"""
ROOM = """
class MatrixConv:
    def __init__(self, weight, in_hw):
        self.weight, self.size = weight, in_hw

    def forward(self, x):
        assert x.shape[2:] == tuple(self.size)
        seen = windows(x, self.weight.shape[2:], axis=(2, 3))
        return np.einsum("nchwij,mcij->nmhw", seen, self.weight)
"""
BORDERED = """
def correlate(img, kernel, mode="nearest"):
    sides = [(k // 2, k // 2) for k in kernel.shape]
    img = np.pad(img, sides, mode={"nearest": "edge", "constant": "constant"}[mode])
    return np.einsum("hwij,ij->hw", windows(img, kernel.shape), kernel)


def convolve(img, kernel, mode="nearest"):
    return correlate(img, kernel[::-1, ::-1], mode)
"""
# name: text, ops, what is right, what is wrong in its place
HABITS = {
    "None is one": (ONNX, {"max_pool2d"}, "::sh, ::sw", "::sw, ::sh"),
    "a kernel in the name": (NAMED, {"conv2d"}, "w[:, :, i %", "w[:, :, -i %"),
    "causal": (CAUSAL, {"conv1d"}, "i * dilation : i * dilation + t", "i : i + t"),
    "lists": (LISTS, {"conv2d"}, "[i + a][j + b]", "[i + a][j + b - 1]"),
    "weights first": (FIRST, {"conv1d"}, 'params["kernel"])', 'params["kernel"][..., ::-1])'),
    "torch's names": (PARTS, {"conv2d_backward"}, "dx[:, :, i : i + rows", "dx[:, :, : rows"),
    "the image's size": (ROOM, {"conv2d"}, "self.weight)", "self.weight[::-1])"),
    "a border": (BORDERED, {"conv2d"}, '"constant": "constant"', '"constant": "wrap"'),
}  # fmt: skip
KEPT = """
import numpy as np

import convproof as cp


class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size, padding=0):
        self.weight = np.ones((out_channels, in_channels, *kernel_size))
        self.padding, self.room = padding, np.zeros(0)

    def __call__(self, x):
        n, c, h, w = x.shape
        p = self.padding
        shape = (n, c, h + 2 * p, w + 2 * p)
        if self.room.size < np.prod(shape) or self.room.dtype != x.dtype:
            self.room = np.zeros(np.prod(shape), x.dtype)
        room = self.room[: np.prod(shape)].reshape(shape)
        room[...] = 0
        room[:, :, p : p + h, p : p + w] = x
        return cp.conv2d(room, self.weight, layout="channels_first")
"""
