"""PaddlePaddle on the CPU: paddle.nn.functional, with gradients by its own autograd."""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.target import Target

NEEDS = {"paddle": "paddlepaddle"}
EXTRA = "paddle"

Array = np.ndarray[Any, Any]


def _tensor(array: Array | None, grad: bool = False) -> Any:
    import paddle

    if array is None:
        return None
    return paddle.to_tensor(np.ascontiguousarray(array), place="cpu", stop_gradient=not grad)


def _pads(padding: Any) -> Any:
    """Pairs as Paddle has them: in one list."""
    if isinstance(padding, int) or all(isinstance(p, int) for p in padding):
        return padding
    return [p for pair in padding for p in pair]


def _gradients(y: Any, inputs: list[Any], grad_y: Array) -> list[Array]:
    import paddle

    return [g.numpy() for g in paddle.grad([y], inputs, [_tensor(grad_y)])]


def _conv(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    import paddle.nn.functional as F

    conv = {3: F.conv1d, 4: F.conv2d, 5: F.conv3d}[x.ndim]
    numbers = (stride, _pads(padding), dilation, groups)
    return np.asarray(conv(_tensor(x), _tensor(w), _tensor(b), *numbers).numpy())


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
    import paddle.nn.functional as F

    conv = {3: F.conv1d, 4: F.conv2d, 5: F.conv3d}[x.ndim]
    inputs = [_tensor(a, True) for a in (x, w, b) if a is not None]
    bias = inputs[2] if len(inputs) == 3 else None
    y = conv(inputs[0], inputs[1], bias, stride, _pads(padding), dilation, groups)
    grads = _gradients(y, inputs, grad_y)
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
    import paddle.nn.functional as F

    conv = {3: F.conv1d_transpose, 4: F.conv2d_transpose, 5: F.conv3d_transpose}[x.ndim]
    y = conv(
        _tensor(x),
        _tensor(w),
        _tensor(b),
        stride=stride,
        padding=padding,
        output_padding=output_padding,
        dilation=dilation,
        groups=groups,
    )
    return np.asarray(y.numpy())


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
    import paddle.nn.functional as F

    conv = {3: F.conv1d_transpose, 4: F.conv2d_transpose, 5: F.conv3d_transpose}[x.ndim]
    inputs = [_tensor(a, True) for a in (x, w, b) if a is not None]
    y = conv(
        inputs[0],
        inputs[1],
        inputs[2] if len(inputs) == 3 else None,
        stride=stride,
        padding=padding,
        output_padding=output_padding,
        dilation=dilation,
        groups=groups,
    )
    grads = _gradients(y, inputs, grad_y)
    return grads[0], grads[1], grads[2] if len(grads) == 3 else None


def _max_pool(
    x: Array, kernel: Any, stride: Any = None, padding: Any = 0, ceil_mode: bool = False
) -> Array:
    import paddle.nn.functional as F

    pool = {3: F.max_pool1d, 4: F.max_pool2d, 5: F.max_pool3d}[x.ndim]
    return np.asarray(pool(_tensor(x), kernel, stride, _pads(padding), ceil_mode=ceil_mode).numpy())


def _max_pool_backward(
    x: Array,
    grad_y: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
) -> Array:
    import paddle.nn.functional as F

    pool = {3: F.max_pool1d, 4: F.max_pool2d, 5: F.max_pool3d}[x.ndim]
    tx = _tensor(x, True)
    y = pool(tx, kernel, stride, _pads(padding), ceil_mode=ceil_mode)
    return _gradients(y, [tx], grad_y)[0]


def _avg_pool(
    x: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    import paddle.nn.functional as F

    pool = {3: F.avg_pool1d, 4: F.avg_pool2d, 5: F.avg_pool3d}[x.ndim]
    flags = {"ceil_mode": ceil_mode, "exclusive": not count_include_pad}
    return np.asarray(pool(_tensor(x), kernel, stride, _pads(padding), **flags).numpy())


def _avg_pool_backward(
    x: Array,
    grad_y: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    import paddle.nn.functional as F

    pool = {3: F.avg_pool1d, 4: F.avg_pool2d, 5: F.avg_pool3d}[x.ndim]
    tx = _tensor(x, True)
    flags = {"ceil_mode": ceil_mode, "exclusive": not count_include_pad}
    y = pool(tx, kernel, stride, _pads(padding), **flags)
    return _gradients(y, [tx], grad_y)[0]


def target() -> Target:
    """PaddlePaddle as a target."""
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
    return Target(
        "paddle",
        spec="paddle",
        own_errors=True,
        accepts=dict.fromkeys(("conv", "max_pool", "avg_pool"), ("asymmetric_padding",)),
        **lines_of({op.format(rank): f for op, f in functions.items() for rank in (1, 2, 3)}),
    )
