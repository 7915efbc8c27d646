"""JAX: lax.conv_general_dilated and lax.reduce_window, gradients by jax.vjp, 64 bits enabled.

A call is jitted whole, as users do: every new shape is compiled, which takes tenths of a second on
a CPU, and several times that operation by operation. The target's cost is high.

The kernel gradient of a strided layer one pixel high, which a first look had called wrong, was not
seen wrong again in calls with small integers, by JAX 0.10.2 or 0.4.30.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.target import Target

NEEDS = {"jax": "jax", "jaxlib": "jaxlib"}
EXTRA = "jax"

Array = np.ndarray[Any, Any]


def _pairs(padding: Any, rank: int) -> list[tuple[int, int]]:
    each = (padding,) * rank if isinstance(padding, int) else tuple(padding)
    return [(p, p) if isinstance(p, int) else tuple(p) for p in each]


def _each(value: Any, rank: int) -> tuple[int, ...]:
    return (value,) * rank if isinstance(value, int) else tuple(value)


def _value(function: Callable[..., Any], numbers: tuple[Any, ...], arrays: list[Any]) -> Any:
    return function(*arrays, *numbers)


def _pulled(
    function: Callable[..., Any], numbers: tuple[Any, ...], arrays: list[Any], dy: Any
) -> Any:
    import jax

    return jax.vjp(lambda *given: function(*given, *numbers), *arrays)[1](dy)


def _in_jax(
    function: Callable[..., Any], arrays: list[Any], dy: Array | None, *numbers: Any
) -> list[Any]:
    """The function's value, or with `dy` its vector-Jacobian product, in the arrays' own dtype.

    `numbers` are its other arguments, fixed as it is compiled.
    """
    import jax
    import jax.numpy as jnp

    with jax.enable_x64(True):
        given = [None if a is None else jnp.array(a) for a in arrays]
        if dy is None:
            run = jax.jit(_value, static_argnums=(0, 1))
            return [np.array(run(function, numbers, given))]
        if any(a is not None and a.dtype.kind in "iub" for a in arrays):
            raise TypeError(
                "JAX has no derivative by integers"
            )  # `jax.grad` says so; `vjp` does not
        run = jax.jit(_pulled, static_argnums=(0, 1))
        grads = run(function, numbers, given, jnp.array(dy))
        return [None if g is None else np.array(g) for g in grads]


def _convolve(x: Any, w: Any, b: Any, stride: Any, padding: Any, dilation: Any, groups: int) -> Any:
    from jax import lax

    rank = x.ndim - 2
    y = lax.conv_general_dilated(
        x,
        w,
        _each(stride, rank),
        _pairs(padding, rank),
        rhs_dilation=_each(dilation, rank),
        feature_group_count=groups,
        precision=lax.Precision.HIGHEST,
    )
    return y if b is None else y + b.reshape(-1, *(1,) * rank)


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


def _reduce(x: Any, kind: str, kernel: Any, stride: Any, padding: Any, dilation: Any) -> Any:
    import jax.numpy as jnp
    from jax import lax

    rank = x.ndim - 2
    window = (1, 1, *_each(kernel, rank))
    steps = (1, 1, *_each(kernel if stride is None else stride, rank))
    pads = [(0, 0), (0, 0), *_pairs(padding, rank)]
    gaps = (1, 1, *_each(dilation, rank))
    if kind == "max":
        start = -jnp.inf if jnp.issubdtype(x.dtype, jnp.floating) else jnp.iinfo(x.dtype).min
        out = lax.reduce_window(x, start, lax.max, window, steps, pads, window_dilation=gaps)
    else:
        total = lax.reduce_window(x, 0.0, lax.add, window, steps, pads, window_dilation=gaps)
        out = total / np.prod(window)
    if 0 in out.shape[2:]:
        raise ValueError("the window is larger than the padded input")
    return out


def _max_pool(
    x: Array, kernel: Any, stride: Any = None, padding: Any = 0, dilation: Any = 1
) -> Array:
    y: Array = _in_jax(_reduce, [x], None, "max", kernel, stride, padding, dilation)[0]
    return y


def _max_pool_backward(
    x: Array, grad_y: Array, kernel: Any, stride: Any = None, padding: Any = 0
) -> Array:
    y: Array = _in_jax(_reduce, [x], grad_y, "max", kernel, stride, padding, 1)[0]
    return y


def _avg_pool(x: Array, kernel: Any, stride: Any = None, padding: Any = 0) -> Array:
    y: Array = _in_jax(_reduce, [x], None, "sum", kernel, stride, padding, 1)[0]
    return y


def _avg_pool_backward(
    x: Array, grad_y: Array, kernel: Any, stride: Any = None, padding: Any = 0
) -> Array:
    y: Array = _in_jax(_reduce, [x], grad_y, "sum", kernel, stride, padding, 1)[0]
    return y


OF_ANY_RANK: dict[str, Callable[..., Any]] = {
    "conv{}d": _conv,
    "conv{}d_backward": _conv_backward,
    "max_pool{}d": _max_pool,
    "max_pool{}d_backward": _max_pool_backward,
    "avg_pool{}d": _avg_pool,
    "avg_pool{}d_backward": _avg_pool_backward,
}
FUNCTIONS = {name.format(rank): f for name, f in OF_ANY_RANK.items() for rank in (1, 2, 3)}


def target() -> Target:
    """JAX as a target."""
    return Target(
        "jax",
        spec="jax",
        own_errors=True,
        cost="high",
        conventions={"count_include_pad": True},
        accepts=dict.fromkeys(("conv", "max_pool", "avg_pool"), ("asymmetric_padding",)),
        **lines_of(FUNCTIONS),
    )
