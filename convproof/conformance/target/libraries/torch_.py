"""PyTorch: torch.nn.functional, with gradients by its own autograd."""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.target import Target

NEEDS = {"torch": "torch"}
EXTRA = "torch"

Array = np.ndarray[Any, Any]

# avg_pool3d alone compares its window with the image before it is padded.
AVG_POOL3D_REFUSES = "kernels larger than the image without its padding"


def _tensor(array: Array | None, grad: bool = False) -> Any:
    """A tensor on the array's own memory and strides where torch can have them."""
    import torch

    if array is None:
        return None
    if not array.flags.writeable or any(step < 0 for step in array.strides):
        array = np.array(array)
    return torch.from_numpy(array).requires_grad_(grad)


def _conv(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    import torch.nn.functional as F

    conv = {3: F.conv1d, 4: F.conv2d, 5: F.conv3d}[x.ndim]
    y = conv(_tensor(x), _tensor(w), _tensor(b), stride, padding, dilation, groups)
    return np.asarray(y.numpy())


def _conv_backward(
    x: Array,
    w: Array,
    b: Array | None,
    grad_y: Array,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> tuple[Array, Array, Array | None]:
    import torch
    import torch.nn.functional as F

    conv = {3: F.conv1d, 4: F.conv2d, 5: F.conv3d}[x.ndim]
    tx, tw, tb = _tensor(x, True), _tensor(w, True), _tensor(b, b is not None)
    y = conv(tx, tw, tb, stride, padding, dilation, groups)
    inputs = [tx, tw] if tb is None else [tx, tw, tb]
    grads = [g.numpy() for g in torch.autograd.grad(y, inputs, _tensor(grad_y))]
    return grads[0], grads[1], grads[2] if len(grads) == 3 else None


def _transpose(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    import torch.nn.functional as F

    conv = {3: F.conv_transpose1d, 4: F.conv_transpose2d, 5: F.conv_transpose3d}[x.ndim]
    numbers = (stride, padding, output_padding, groups, dilation)
    return np.asarray(conv(_tensor(x), _tensor(w), _tensor(b), *numbers).numpy())


def _transpose_backward(
    x: Array,
    w: Array,
    b: Array | None,
    grad_y: Array,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> tuple[Array, Array, Array | None]:
    import torch
    import torch.nn.functional as F

    conv = {3: F.conv_transpose1d, 4: F.conv_transpose2d, 5: F.conv_transpose3d}[x.ndim]
    tx, tw, tb = _tensor(x, True), _tensor(w, True), _tensor(b, b is not None)
    y = conv(tx, tw, tb, stride, padding, output_padding, groups, dilation)
    inputs = [tx, tw] if tb is None else [tx, tw, tb]
    grads = [g.numpy() for g in torch.autograd.grad(y, inputs, _tensor(grad_y))]
    return grads[0], grads[1], grads[2] if len(grads) == 3 else None


def _max_pool(
    x: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Array:
    import torch.nn.functional as F

    pool = {3: F.max_pool1d, 4: F.max_pool2d, 5: F.max_pool3d}[x.ndim]
    return np.asarray(
        pool(_tensor(x), kernel, stride, padding, dilation, ceil_mode=ceil_mode).numpy()
    )


def _max_pool_backward(
    x: Array,
    grad_y: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Array:
    import torch
    import torch.nn.functional as F

    pool = {3: F.max_pool1d, 4: F.max_pool2d, 5: F.max_pool3d}[x.ndim]
    tx = _tensor(x, True)
    y = pool(tx, kernel, stride, padding, dilation, ceil_mode=ceil_mode)
    return np.asarray(torch.autograd.grad(y, tx, _tensor(grad_y))[0].numpy())


def _avg_pool(
    x: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    import torch.nn.functional as F

    pool = {3: F.avg_pool1d, 4: F.avg_pool2d, 5: F.avg_pool3d}[x.ndim]
    return np.asarray(
        pool(_tensor(x), kernel, stride, padding, ceil_mode, count_include_pad).numpy()
    )


def _avg_pool_backward(
    x: Array,
    grad_y: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    import torch
    import torch.nn.functional as F

    pool = {3: F.avg_pool1d, 4: F.avg_pool2d, 5: F.avg_pool3d}[x.ndim]
    tx = _tensor(x, True)
    y = pool(tx, kernel, stride, padding, ceil_mode, count_include_pad)
    return np.asarray(torch.autograd.grad(y, tx, _tensor(grad_y))[0].numpy())


def target() -> Target:
    """PyTorch as a target."""
    functions: dict[str, Any] = {
        "conv{}d": _conv,
        "conv{}d_backward": _conv_backward,
        "conv_transpose{}d": _transpose,
        "conv_transpose{}d_backward": _transpose_backward,
        "max_pool{}d": _max_pool,
        "max_pool{}d_backward": _max_pool_backward,
        "avg_pool{}d": _avg_pool,
        "avg_pool{}d_backward": _avg_pool_backward,
    }
    ops = {op.format(rank): f for op, f in functions.items() for rank in (1, 2, 3)}
    return Target(
        "torch", spec="torch", own_errors=True, allow=(AVG_POOL3D_REFUSES,), **lines_of(ops)
    )
