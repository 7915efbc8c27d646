"""Files with an engine of their own: objects that hold arrays, layers that keep gradients."""

from __future__ import annotations

TENSOR = """
import numpy as np

import convproof as cp


class Tensor:
    def __init__(self, data, children=()):
        self.data, self.children = np.asarray(data), children
        self.grad, self.back = np.zeros_like(self.data), lambda: None

    def __add__(self, other):
        out = Tensor(self.data + other.data, (self, other))

        def back():
            self.grad = self.grad + out.grad
            other.grad = other.grad + out.grad

        out.back = back
        return out

    def __mul__(self, other):
        out = Tensor(self.data * other.data, (self, other))

        def back():
            self.grad = self.grad + other.data * out.grad
            other.grad = other.grad + self.data * out.grad

        out.back = back
        return out

    def sum(self):
        out = Tensor(self.data.sum(), (self,))

        def back():
            self.grad = self.grad + np.ones_like(self.data) * out.grad

        out.back = back
        return out

    def conv2d(self, weight, stride=1, padding=0):
        given = {"stride": stride, "padding": padding, "layout": "channels_first"}
        out = Tensor(cp.conv2d(self.data, weight.data, **given), (self, weight))

        def back():
            dx, dw, _ = cp.conv2d_backward(out.grad, self.data, weight.data, **given)
            self.grad = self.grad + dx
            weight.grad = weight.grad + dw

        out.back = back
        return out

    def backward(self):
        order = []

        def visit(one):
            if not any(one is other for other in order):
                for child in one.children:
                    visit(child)
                order.append(one)

        visit(self)
        self.grad = np.ones_like(self.data)
        for one in reversed(order):
            one.back()
"""
FUNCTIONS = (
    TENSOR.replace("    def conv2d(", "    def _conv(")
    + """

def conv(x, w, stride=1):
    return x._conv(w, stride=stride)
"""
)
TENSOR_LAYER = (
    TENSOR.replace("    def conv2d(", "    def _conv(")
    + """

class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1):
        self.weight = Tensor(np.ones((out_channels, in_channels, kernel_size, kernel_size)))
        self.stride = stride

    def __call__(self, x):
        return x._conv(self.weight, stride=self.stride)
"""
)
KEEPS = """
import numpy as np

import convproof as cp


class Conv2D:
    def __init__(self, in_channels, out_channels, kernel_size):
        self.W = np.ones((out_channels, in_channels, *kernel_size))
        self.dW = np.zeros_like(self.W)

    def forward(self, x):
        self.x = x
        return cp.conv2d(x, self.W, layout="channels_first")

    def backward(self, dy):
        dx, dw, _ = cp.conv2d_backward(dy, self.x, self.W, layout="channels_first")
        self.dW = dw
        return dx
"""
# name: text, ops, what is right, what is wrong in its place, what is said of it
ENGINES = {
    "methods": (
        TENSOR,
        {"conv2d", "conv2d_backward"},
        "self.grad = self.grad + dx",
        "self.grad = dx",
        "grad_x of an array used twice is that of one use alone",
    ),
    "functions": (
        FUNCTIONS,
        {"conv2d", "conv2d_backward"},
        "weight.grad + dw",
        "dw",
        "grad_w of an array used twice is that of one use alone",
    ),
    "layers of them": (
        TENSOR_LAYER,
        {"conv2d", "conv2d_backward"},
        "weight.grad = weight.grad + dw",
        "weight.grad = dw",
        "grad_w of an array used twice is that of one use alone",
    ),
    "a layer's passes": (
        KEEPS,
        {"conv2d", "conv2d_backward"},
        "self.dW = dw",
        "self.dW += dw",
        "grad_w is added to that of the pass before",
    ),
    "passes that are to add up": (
        KEEPS.replace("self.dW = dw", "self.dW += dw  # zero_grad sets it to zero"),
        {"conv2d", "conv2d_backward"},
        "self.dW += dw",
        "self.dW += dw[:, :, ::-1]",
        "kernel flipped",
    ),
}
