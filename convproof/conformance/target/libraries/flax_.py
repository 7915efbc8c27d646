"""Flax on the CPU: linen.Conv and linen's pools, gradients by jax.vjp."""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.libraries.jax_ import _each, _in_jax, _pairs
from convproof.conformance.target.target import Target

NEEDS = {"flax": "flax", "jax": "jax"}
EXTRA = "flax"
BACKEND = "jax"

Array = np.ndarray[Any, Any]


def _convolve(x: Any, w: Any, b: Any, stride: Any, padding: Any, dilation: Any, groups: int) -> Any:
    from flax import linen
    from jax import lax

    rank = x.ndim - 2
    layer = linen.Conv(
        w.shape[-1],
        tuple(w.shape[:-2]),
        _each(stride, rank),
        _pairs(padding, rank),
        kernel_dilation=_each(dilation, rank),
        feature_group_count=groups,
        use_bias=b is not None,
        precision=lax.Precision.HIGHEST,
    )
    weights = {"kernel": w} if b is None else {"kernel": w, "bias": b}
    return layer.apply({"params": weights}, x)


def _conv(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    y: Array = _in_jax(_convolve, [x, w, b], None, stride, padding, dilation, groups)[0]
    return y


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
    grads = _in_jax(_convolve, [x, w, b], grad_y, stride, padding, dilation, groups)
    return grads[0], grads[1], grads[2]


def _pool(x: Any, kind: str, kernel: Any, stride: Any, padding: Any, include: bool) -> Any:
    from flax import linen

    rank = x.ndim - 2
    window = _each(kernel, rank)
    steps = _each(kernel if stride is None else stride, rank)
    pads = _pairs(padding, rank)
    if kind == "max":
        return linen.max_pool(x, window, steps, pads)
    return linen.avg_pool(x, window, steps, pads, count_include_pad=include)


def _max_pool(x: Array, kernel: Any, stride: Any = None, padding: Any = 0) -> Array:
    y: Array = _in_jax(_pool, [x], None, "max", kernel, stride, padding, True)[0]
    return y


def _max_pool_backward(
    x: Array, grad_y: Array, kernel: Any, stride: Any = None, padding: Any = 0
) -> Array:
    y: Array = _in_jax(_pool, [x], grad_y, "max", kernel, stride, padding, True)[0]
    return y


def _avg_pool(
    x: Array, kernel: Any, stride: Any = None, padding: Any = 0, count_include_pad: bool = True
) -> Array:
    y: Array = _in_jax(_pool, [x], None, "avg", kernel, stride, padding, count_include_pad)[0]
    return y


def _avg_pool_backward(
    x: Array,
    grad_y: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    count_include_pad: bool = True,
) -> Array:
    y: Array = _in_jax(_pool, [x], grad_y, "avg", kernel, stride, padding, count_include_pad)[0]
    return y


def target() -> Target:
    """Flax as a target."""
    functions: dict[str, Any] = {
        "conv{}d": _conv,
        "conv{}d_backward": _conv_backward,
        "max_pool{}d": _max_pool,
        "max_pool{}d_backward": _max_pool_backward,
        "avg_pool{}d": _avg_pool,
        "avg_pool{}d_backward": _avg_pool_backward,
    }
    return Target(
        "flax",
        layout="channels_last",
        spec="flax",
        own_errors=True,
        cost="high",
        accepts=dict.fromkeys(("conv", "max_pool", "avg_pool"), ("asymmetric_padding",)),
        **lines_of({op.format(rank): f for op, f in functions.items() for rank in (1, 2, 3)}),
    )
