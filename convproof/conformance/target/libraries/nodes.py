"""Calls as ONNX models of one node, for every library that runs such models.

A library's own file has `run`; it imports the functions here, which call the one beside them there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def run(node: str, feeds: dict[str, Array], attributes: dict[str, Any]) -> Array:
    """The result of a model of one node: each library's file has its own."""
    raise NotImplementedError(node)


def placing(rank: int, stride: Any, padding: Any, dilation: Any = 1) -> dict[str, list[int]]:
    """Strides, pads and dilations as ONNX has them: all the low pads, then all the high."""
    each = (padding,) * rank if isinstance(padding, int) else tuple(padding)
    pairs = [(p, p) if isinstance(p, int) else tuple(p) for p in each]
    return {
        "strides": list((stride,) * rank if isinstance(stride, int) else stride),
        "pads": [lo for lo, _ in pairs] + [hi for _, hi in pairs],
        "dilations": list((dilation,) * rank if isinstance(dilation, int) else dilation),
    }


def conv(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    """A convolution of any rank."""
    feeds = {"x": x, "w": w} if b is None else {"x": x, "w": w, "b": b}
    lists = placing(x.ndim - 2, stride, padding, dilation)
    return run("Conv", feeds, {"kernel_shape": list(w.shape[2:]), "group": groups, **lists})


def conv_transpose(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    """A transposed convolution of any rank."""
    rank = x.ndim - 2
    feeds = {"x": x, "w": w} if b is None else {"x": x, "w": w, "b": b}
    more = [output_padding] * rank if isinstance(output_padding, int) else list(output_padding)
    lists = placing(rank, stride, padding, dilation) | {"output_padding": more}
    return run(
        "ConvTranspose", feeds, {"kernel_shape": list(w.shape[2:]), "group": groups, **lists}
    )


def max_pool(
    x: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Array:
    """Maxima of any rank."""
    rank = x.ndim - 2
    window = [kernel] * rank if isinstance(kernel, int) else list(kernel)
    lists = placing(rank, window if stride is None else stride, padding, dilation)
    return run("MaxPool", {"x": x}, {"kernel_shape": window, "ceil_mode": int(ceil_mode), **lists})


def avg_pool(
    x: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    """Means of any rank."""
    rank = x.ndim - 2
    window = [kernel] * rank if isinstance(kernel, int) else list(kernel)
    flags = {"ceil_mode": int(ceil_mode), "count_include_pad": int(count_include_pad)}
    lists = placing(rank, window if stride is None else stride, padding)
    return run("AveragePool", {"x": x}, {"kernel_shape": window, **flags, **lists})


FUNCTIONS: dict[str, Callable[..., Array]] = {
    f"{function.__name__}{rank}d": function
    for function in (conv, conv_transpose, max_pool, avg_pool)
    for rank in (1, 2, 3)
}
