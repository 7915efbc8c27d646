"""MLX on the CPU: mlx.core's convolutions, mlx.nn's pools, gradients by mlx.core.vjp.

Calls are of float32: its convolutions of float64 are computed in float32 or refused, as the
findings have it, and nothing else could be seen behind that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.target import Target

NEEDS = {"mlx": "mlx"}
EXTRA = "mlx"

Array = np.ndarray[Any, Any]


def _given(array: Array) -> Any:
    """An array of MLX, which takes none of negative strides."""
    import mlx.core as mx

    return mx.array(np.ascontiguousarray(array))


def _in_mlx(function: Callable[..., Any], arrays: list[Array], dy: Array | None) -> list[Array]:
    """The function's value, or with `dy` its vector-Jacobian product."""
    import mlx.core as mx

    with mx.stream(mx.cpu):
        given = [_given(a) for a in arrays]
        found = [function(*given)] if dy is None else mx.vjp(function, given, [_given(dy)])[1]
        mx.eval(found)
        return [np.array(one) for one in found]


def _convolve(x: Any, w: Any, b: Any, stride: Any, padding: Any, dilation: Any, groups: int) -> Any:
    import mlx.core as mx

    pads = padding
    if not isinstance(padding, int) and not all(isinstance(p, int) for p in padding):
        pads = ([lo for lo, _ in padding], [hi for _, hi in padding])
    w = mx.moveaxis(w, -1, 0)  # to (M, *taps, C/groups)
    y = mx.conv_general(x, w, stride, pads, dilation, groups=groups)
    return y if b is None else y + b


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
        return _convolve(x, w, b, stride, padding, dilation, groups)

    return _in_mlx(run, [x, w] if b is None else [x, w, b], None)[0]


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
        return _convolve(x, w, b, stride, padding, dilation, groups)

    grads = _in_mlx(run, [x, w] if b is None else [x, w, b], grad_y)
    return grads[0], grads[1], grads[2] if len(grads) == 3 else None


def _turn(x: Any, w: Any, b: Any, stride: Any, padding: Any, more: Any, dilation: Any) -> Any:
    import mlx.core as mx

    convs = {3: mx.conv_transpose1d, 4: mx.conv_transpose2d, 5: mx.conv_transpose3d}
    w = mx.moveaxis(w, -2, 0)  # to (C_out, *taps, C_in)
    numbers = [n if isinstance(n, int) or x.ndim > 3 else n[0] for n in (stride, padding)]
    gaps, extra = [n if isinstance(n, int) or x.ndim > 3 else n[0] for n in (dilation, more)]
    y = convs[x.ndim](x, w, *numbers, gaps, extra)
    return y if b is None else y + b


def _transpose(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    dilation: Any = 1,
) -> Array:
    def run(x: Any, w: Any, b: Any = None) -> Any:
        return _turn(x, w, b, stride, padding, output_padding, dilation)

    return _in_mlx(run, [x, w] if b is None else [x, w, b], None)[0]


def _transpose_backward(
    x: Array,
    w: Array,
    b: Array | None,
    grad_y: Array,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    dilation: Any = 1,
) -> tuple[Array, Array, Array | None]:
    def run(x: Any, w: Any, b: Any = None) -> Any:
        return _turn(x, w, b, stride, padding, output_padding, dilation)

    grads = _in_mlx(run, [x, w] if b is None else [x, w, b], grad_y)
    return grads[0], grads[1], grads[2] if len(grads) == 3 else None


def _pooled(kind: str, x: Array, grad_y: Array | None, sizes: tuple[Any, Any, Any]) -> Array:
    import mlx.nn as nn

    pool = getattr(nn, f"{kind}Pool{x.ndim - 2}d")(*sizes)
    return _in_mlx(pool, [x], grad_y)[0]


def _max_pool(x: Array, kernel: Any, stride: Any = None, padding: Any = 0) -> Array:
    return _pooled("Max", x, None, (kernel, stride, padding))


def _max_pool_backward(
    x: Array, grad_y: Array, kernel: Any, stride: Any = None, padding: Any = 0
) -> Array:
    return _pooled("Max", x, grad_y, (kernel, stride, padding))


def _avg_pool(x: Array, kernel: Any, stride: Any = None, padding: Any = 0) -> Array:
    return _pooled("Avg", x, None, (kernel, stride, padding))


def _avg_pool_backward(
    x: Array, grad_y: Array, kernel: Any, stride: Any = None, padding: Any = 0
) -> Array:
    return _pooled("Avg", x, grad_y, (kernel, stride, padding))


def target() -> Target:
    """MLX as a target."""
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
        "mlx",
        layout="channels_last",
        spec="mlx",
        own_errors=True,
        conventions={"count_include_pad": True},
        accepts={"conv": ("asymmetric_padding",)},
        dtypes=("float32",),
        **lines_of({op.format(rank): f for op, f in functions.items() for rank in (1, 2, 3)}),
    )
