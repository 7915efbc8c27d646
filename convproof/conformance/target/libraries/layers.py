"""Keras 3 on any of its backends: keras.ops' convolutions and pools, gradients by the backend.

keras.ops pads by "valid" and "same" alone: padding that "same" stands for is left to it, and any
other is made by keras.ops.pad, as its users do.  A library's own file has `chosen`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from convproof.conformance.target.libraries.jax_ import _pulled, _value

Array = np.ndarray[Any, Any]


def chosen() -> str:
    """The name of the backend: each file has its own."""
    raise NotImplementedError


def loaded() -> Any:
    """Keras, on the backend that is asked for: a process can have one."""
    import os

    os.environ["KERAS_BACKEND"] = chosen()
    os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"  # TensorFlow's own operators, on any processor
    import keras

    if keras.backend.backend() != chosen():
        raise RuntimeError(f"Keras is loaded on {keras.backend.backend()}, not on {chosen()}")
    return keras


def each(value: Any, rank: int) -> tuple[int, ...]:
    """One number an axis."""
    return (value,) * rank if isinstance(value, int) else tuple(value)


def bordered(x: Any, taps: Any, stride: Any, padding: Any, dilation: Any, low: float) -> Any:
    """The image and the name of its padding: "same" where it is just that."""
    rank = len(taps)
    each_side = (padding,) * rank if isinstance(padding, int) else tuple(padding)
    pairs = [(p, p) if isinstance(p, int) else tuple(p) for p in each_side]
    same = []
    for n, k, s, d in zip(x.shape[1:-1], taps, stride, dilation, strict=True):
        more = max((-(-n // s) - 1) * s + d * (k - 1) + 1 - n, 0)
        same.append((more // 2, more - more // 2))
    if any(map(any, pairs)) and pairs == same:
        return x, "same"
    sizes = zip(x.shape[1:-1], pairs, taps, dilation, strict=True)
    if any(n + lo + hi < d * (k - 1) + 1 for n, (lo, hi), k, d in sizes):
        raise ValueError("the window is larger than the padded input")
    if not any(map(any, pairs)):
        return x, "valid"
    return loaded().ops.pad(x, [(0, 0), *pairs, (0, 0)], constant_values=low), "valid"


def in_keras(
    function: Callable[..., Any], arrays: list[Array | None], dy: Array | None, *numbers: Any
) -> list[Any]:
    """The function's value, or with `dy` its gradients, in the arrays' own dtype.

    `numbers` are its other arguments.
    """
    keras = loaded()
    if dy is None and chosen() != "jax":
        given = [None if a is None else keras.ops.convert_to_tensor(a) for a in arrays]
        return [np.array(keras.ops.convert_to_numpy(function(*given, *numbers)))]
    if chosen() == "jax":
        import jax
        import jax.numpy as jnp

        given = [None if a is None else jnp.array(a) for a in arrays]
        if dy is None:
            return [np.array(jax.jit(_value, static_argnums=(0, 1))(function, numbers, given))]
        run = jax.jit(_pulled, static_argnums=(0, 1))
        grads = run(function, numbers, given, jnp.array(dy))
    elif chosen() == "torch":
        import torch

        # copies: torch takes no strides that run backwards
        given = [
            None if a is None else torch.tensor(np.array(a), requires_grad=True) for a in arrays
        ]
        asked = [one for one in given if one is not None]
        y = function(*given, *numbers)
        grads = torch.autograd.grad(y, asked, torch.tensor(np.array(dy)))
    else:
        import tensorflow as tf

        given = [None if a is None else tf.constant(a) for a in arrays]
        asked = [one for one in given if one is not None]
        with tf.GradientTape() as tape:
            for one in asked:
                tape.watch(one)
            y = function(*given, *numbers)
        grads = tape.gradient(y, asked, tf.constant(dy))
    left = [np.array(g) for g in grads if g is not None]
    if len(left) < sum(a is not None for a in arrays):  # else the next one's would stand for it
        raise ValueError(f"{chosen()} gives no gradient of one of the arrays")
    return [None if a is None else left.pop(0) for a in arrays]


def convolve(x: Any, w: Any, b: Any, stride: Any, padding: Any, dilation: Any) -> Any:
    """keras.ops.conv, and the bias that it leaves to layers."""
    rank = len(x.shape) - 2
    steps, gaps = each(stride, rank), each(dilation, rank)
    x, name = bordered(x, tuple(w.shape[:-2]), steps, padding, gaps, 0.0)
    y = loaded().ops.conv(x, w, steps, name, "channels_last", gaps)
    return y if b is None else y + b


def convolution(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    """A convolution of any rank."""
    if x.shape[-1] != w.shape[-2] * groups:  # Keras takes the groups from the two shapes
        raise ValueError("the channels do not suit the kernel and the groups")
    y: Array = in_keras(convolve, [x, w, b], None, stride, padding, dilation)[0]
    return y


def convolution_backward(
    x: Array,
    w: Array,
    b: Array | None,
    grad_y: Array,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> tuple[Array, Array, Array | None]:
    """Its gradients."""
    if x.shape[-1] != w.shape[-2] * groups:
        raise ValueError("the channels do not suit the kernel and the groups")
    grads = in_keras(convolve, [x, w, b], grad_y, stride, padding, dilation)
    return grads[0], grads[1], grads[2]


def pooled(x: Any, kind: str, kernel: Any, stride: Any, padding: Any) -> Any:
    """keras.ops.max_pool or average_pool; an average never counts what "same" adds."""
    ops = loaded().ops
    rank = len(x.shape) - 2
    window = each(kernel, rank)
    steps = each(kernel if stride is None else stride, rank)
    low = -np.inf if kind == "max" else 0.0
    x, name = bordered(x, window, steps, padding, (1,) * rank, low)
    pool = ops.max_pool if kind == "max" else ops.average_pool
    return pool(x, window, steps, name, "channels_last")


def maxima(x: Array, kernel: Any, stride: Any = None, padding: Any = 0) -> Array:
    """Maxima of any rank."""
    y: Array = in_keras(pooled, [x], None, "max", kernel, stride, padding)[0]
    return y


def maxima_backward(
    x: Array, grad_y: Array, kernel: Any, stride: Any = None, padding: Any = 0
) -> Array:
    """Their gradient."""
    y: Array = in_keras(pooled, [x], grad_y, "max", kernel, stride, padding)[0]
    return y


def means(x: Array, kernel: Any, stride: Any = None) -> Array:
    """Means of any rank, without padding: what "same" adds is not counted, other padding is."""
    y: Array = in_keras(pooled, [x], None, "average", kernel, stride, 0)[0]
    return y


def means_backward(x: Array, grad_y: Array, kernel: Any, stride: Any = None) -> Array:
    """Their gradient."""
    y: Array = in_keras(pooled, [x], grad_y, "average", kernel, stride, 0)[0]
    return y


OF_ANY_RANK: dict[str, Callable[..., Any]] = {
    "conv{}d": convolution,
    "conv{}d_backward": convolution_backward,
    "max_pool{}d": maxima,
    "max_pool{}d_backward": maxima_backward,
    "avg_pool{}d": means,
    "avg_pool{}d_backward": means_backward,
}
FUNCTIONS = {name.format(rank): f for name, f in OF_ANY_RANK.items() for rank in (1, 2, 3)}
