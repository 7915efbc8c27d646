"""Equinox on the CPU: eqx.nn's layers, an image at a time by jax.vmap, gradients by jax.vjp.

Its means with use_ceil count the "extra padding" that its documentation speaks of: a convention of
its own, which is left out.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.libraries.jax_ import _each, _in_jax, _pairs
from convproof.conformance.target.target import Target

NEEDS = {"equinox": "equinox", "jax": "jax"}
EXTRA = "equinox"
BACKEND = "jax"

Array = np.ndarray[Any, Any]


def _with(layer: Any, w: Any, b: Any) -> Any:
    """The layer with these weights, over a batch."""
    import equinox as eqx
    import jax

    layer = eqx.tree_at(lambda one: one.weight, layer, w)
    if b is not None:
        layer = eqx.tree_at(lambda one: one.bias, layer, b.reshape(-1, *(1,) * (w.ndim - 2)))
    return jax.vmap(layer)


def _convolve(x: Any, w: Any, b: Any, stride: Any, padding: Any, dilation: Any, groups: int) -> Any:
    import equinox as eqx
    import jax

    rank = x.ndim - 2
    layer = eqx.filter_eval_shape(  # no weights are drawn that would be replaced
        eqx.nn.Conv,
        rank,
        w.shape[1] * groups,
        w.shape[0],
        tuple(w.shape[2:]),
        _each(stride, rank),
        _pairs(padding, rank),
        _each(dilation, rank),
        groups,
        use_bias=b is not None,
        dtype=x.dtype,
        key=jax.random.PRNGKey(0),
    )
    return _with(layer, w, b)(x)


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


def _transposed(
    x: Any, w: Any, b: Any, stride: Any, padding: Any, more: Any, dilation: Any, groups: int
) -> Any:
    """Equinox's weight is (C_out, C_in/groups, *taps), its taps in the other order."""
    import equinox as eqx
    import jax
    import jax.numpy as jnp

    rank = x.ndim - 2
    layer = eqx.filter_eval_shape(
        eqx.nn.ConvTranspose,
        rank,
        w.shape[0],
        w.shape[1] * groups,
        tuple(w.shape[2:]),
        _each(stride, rank),
        _pairs(padding, rank),
        _each(more, rank),
        _each(dilation, rank),
        groups,
        use_bias=b is not None,
        dtype=x.dtype,
        key=jax.random.PRNGKey(0),
    )
    parts = w.reshape(groups, w.shape[0] // groups, *w.shape[1:])
    swapped = jnp.swapaxes(parts, 1, 2).reshape(-1, w.shape[0] // groups, *w.shape[2:])
    return _with(layer, jnp.flip(swapped, tuple(range(2, w.ndim))), b)(x)


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
    numbers = (stride, padding, output_padding, dilation, groups)
    y: Array = _in_jax(_transposed, [x, w, b], None, *numbers)[0]
    return y


def _pool(x: Any, kind: str, kernel: Any, stride: Any, padding: Any, ceil: bool) -> Any:
    import equinox as eqx
    import jax

    rank = x.ndim - 2
    layer = {
        ("max", 1): eqx.nn.MaxPool1d,
        ("max", 2): eqx.nn.MaxPool2d,
        ("max", 3): eqx.nn.MaxPool3d,
        ("avg", 1): eqx.nn.AvgPool1d,
        ("avg", 2): eqx.nn.AvgPool2d,
        ("avg", 3): eqx.nn.AvgPool3d,
    }[kind, rank]
    steps = _each(kernel if stride is None else stride, rank)
    pool = layer(_each(kernel, rank), steps, _pairs(padding, rank), ceil)
    return jax.vmap(pool)(x)


def _max_pool(
    x: Array, kernel: Any, stride: Any = None, padding: Any = 0, ceil_mode: bool = False
) -> Array:
    y: Array = _in_jax(_pool, [x], None, "max", kernel, stride, padding, ceil_mode)[0]
    return y


def _max_pool_backward(
    x: Array,
    grad_y: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
) -> Array:
    y: Array = _in_jax(_pool, [x], grad_y, "max", kernel, stride, padding, ceil_mode)[0]
    return y


def _avg_pool(x: Array, kernel: Any, stride: Any = None, padding: Any = 0) -> Array:
    y: Array = _in_jax(_pool, [x], None, "avg", kernel, stride, padding, False)[0]
    return y


def _avg_pool_backward(
    x: Array, grad_y: Array, kernel: Any, stride: Any = None, padding: Any = 0
) -> Array:
    y: Array = _in_jax(_pool, [x], grad_y, "avg", kernel, stride, padding, False)[0]
    return y


def target() -> Target:
    """Equinox as a target."""
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
        "equinox",
        spec="equinox",
        own_errors=True,
        cost="high",
        conventions={"count_include_pad": True},
        accepts=dict.fromkeys(("conv", "max_pool", "avg_pool"), ("asymmetric_padding",)),
        **lines_of({op.format(rank): f for op, f in functions.items() for rank in (1, 2, 3)}),
    )
