"""tinygrad: Tensor's convolutions and pools, gradients by its own backward.

Run on its PYTHON device, which needs no compiler and is slow: the others differ from it in the code
they make, not in what a convolution is made of.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.target import Target

NEEDS = {"tinygrad": "tinygrad"}
EXTRA = "tinygrad"
ENVIRONMENT = {"DEV": "PYTHON"}

Array = np.ndarray[Any, Any]


def _each(value: Any, rank: int) -> tuple[int, ...]:
    return (value,) * rank if isinstance(value, int) else tuple(value)


def _sides(padding: Any, rank: int) -> list[int]:
    """The last axis first, the two sides of each beside one another."""
    each = [(p, p) if isinstance(p, int) else tuple(p) for p in _each(padding, rank)]
    return [side for pair in reversed(each) for side in pair]


def _run(function: Callable[..., Any], arrays: list[Array], dy: Array | None) -> list[Array]:
    """The function's value, or with `dy` its gradients."""
    import os

    os.environ["DEV"] = "PYTHON"
    from tinygrad import Tensor

    given = [Tensor(np.ascontiguousarray(a)) for a in arrays]
    y = function(*given)
    if dy is None:
        return [np.array(y.numpy())]
    grads = y.gradient(*given, gradient=Tensor(np.ascontiguousarray(dy)))
    return [np.array(g.numpy()) for g in grads]


def _conv(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    def run(x: Any, w: Any, b: Any = None) -> Any:
        rank = len(x.shape) - 2
        gaps, sides = _each(dilation, rank), _sides(padding, rank)
        return x.conv2d(w, b, groups, _each(stride, rank), gaps, sides)

    return _run(run, [x, w] if b is None else [x, w, b], None)[0]


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
    def run(x: Any, w: Any, b: Any = None) -> Any:
        rank = len(x.shape) - 2
        gaps, sides = _each(dilation, rank), _sides(padding, rank)
        return x.conv2d(w, b, groups, _each(stride, rank), gaps, sides)

    grads = _run(run, [x, w] if b is None else [x, w, b], grad_y)
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
    def run(x: Any, w: Any, b: Any = None) -> Any:
        rank = len(x.shape) - 2
        numbers = (_each(one, rank) for one in (stride, dilation, padding, output_padding))
        return x.conv_transpose2d(w, b, groups, *numbers)

    return _run(run, [x, w] if b is None else [x, w, b], None)[0]


def _pool(x: Any, kind: str, kernel: Any, stride: Any, padding: Any, *more: Any) -> Any:
    """`more`: dilation, ceil_mode and, of means, count_include_pad."""
    rank = len(x.shape) - 2
    window, steps = _each(kernel, rank), _each(kernel if stride is None else stride, rank)
    gaps, ceil, *include = more
    pool = x.max_pool2d if kind == "max" else x.avg_pool2d
    return pool(window, steps, _each(gaps, rank), tuple(_sides(padding, rank)), ceil, *include)


def _max_pool(
    x: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Array:
    more = dilation, ceil_mode
    return _run(lambda x: _pool(x, "max", kernel, stride, padding, *more), [x], None)[0]


def _max_pool_backward(
    x: Array,
    grad_y: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Array:
    more = dilation, ceil_mode
    return _run(lambda x: _pool(x, "max", kernel, stride, padding, *more), [x], grad_y)[0]


def _avg_pool(
    x: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    more = 1, ceil_mode, count_include_pad
    return _run(lambda x: _pool(x, "avg", kernel, stride, padding, *more), [x], None)[0]


def _avg_pool_backward(
    x: Array,
    grad_y: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    more = 1, ceil_mode, count_include_pad
    return _run(lambda x: _pool(x, "avg", kernel, stride, padding, *more), [x], grad_y)[0]


def target() -> Target:
    """tinygrad as a target."""
    functions: dict[str, Any] = {
        "conv{}d": _conv,
        "conv{}d_backward": _conv_backward,
        "conv_transpose{}d": _transpose,
        "max_pool{}d": _max_pool,
        "max_pool{}d_backward": _max_pool_backward,
        "avg_pool{}d": _avg_pool,
        "avg_pool{}d_backward": _avg_pool_backward,
    }
    return Target(
        "tinygrad",
        spec="tinygrad",
        own_errors=True,
        cost="high",
        accepts=dict.fromkeys(("conv", "max_pool", "avg_pool"), ("asymmetric_padding",)),
        dtypes=("float32",),
        **lines_of({op.format(rank): f for op, f in functions.items() for rank in (1, 2, 3)}),
    )
