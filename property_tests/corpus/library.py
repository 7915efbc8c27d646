"""PyTorch as a right implementation, gradients by its autograd."""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.errors import MissingExtra
from property_tests.corpus.job import Array, Function, Gradients, Job

try:
    import torch
except ImportError:
    raise MissingExtra.of("torch", "torch", "the torch-backed right implementation") from None
functional = torch.nn.functional


def leaf(array: Array | None) -> Any:
    """A tensor that gathers a gradient."""
    return None if array is None else torch.from_numpy(np.array(array)).requires_grad_()


def run(c: Job, *leaves: Any) -> Any:
    """The layer on tensors."""
    return functional.conv2d(*leaves, c.stride, c.padding, c.dilation, c.groups)


def forward(c: Job) -> Array:
    """The result."""
    return np.asarray(run(c, leaf(c.x), leaf(c.w), leaf(c.b)).detach().numpy())


def backward(c: Job, dy: Array) -> Gradients:
    """The gradients."""
    x, w, b = leaf(c.x), leaf(c.w), leaf(c.b)
    with torch.enable_grad():
        y = run(c, x, w, b)
    y.backward(torch.from_numpy(np.array(dy)))
    return x.grad.numpy(), w.grad.numpy(), None if b is None else b.grad.numpy()


def pooled(kind: str) -> tuple[Function, Function]:
    """A pooling and its gradient."""
    layer = getattr(functional, f"{kind}_pool2d")

    def pool(x: Array, kernel: Any, stride: Any = None, padding: Any = 0) -> Array:
        if kind == "avg" and x.dtype.kind != "f":  # PyTorch's own mean of integers truncates
            raise TypeError(f"dtype={x.dtype}: allowed is a floating dtype")
        return np.asarray(layer(torch.from_numpy(np.array(x)), kernel, stride, padding).numpy())

    def pool_backward(
        x: Array, grad_y: Array, kernel: Any, stride: Any = None, padding: Any = 0
    ) -> Array:
        image = leaf(x)
        with torch.enable_grad():
            y = layer(image, kernel, stride, padding)
        y.backward(torch.from_numpy(np.array(grad_y)))
        return np.asarray(image.grad.numpy())

    return pool, pool_backward
