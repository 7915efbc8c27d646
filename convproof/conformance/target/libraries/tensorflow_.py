"""TensorFlow on the CPU: tf.nn's convolutions and pools, gradients by tf.GradientTape.

By TensorFlow's own operators: on processors that oneDNN's are made for it uses those by default,
and what is judged would depend on the machine.  They are a target apart, `tensorflow_onednn`.

tf.nn.convolution pads by "VALID" and "SAME" alone, and so do the pools of one and three
dimensions: what is padded is padded by tf.pad, as its users do.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.target import Target

NEEDS = {"tensorflow": "tensorflow-cpu"}
EXTRA = "tensorflow"
ENVIRONMENT = {"TF_ENABLE_ONEDNN_OPTS": "0"}

# tf.nn.convolution's page: "strides > 1 is not supported in conjunction with dilation_rate > 1";
# tf.nn.pool says the second when it is called, and no page does.
REFUSES = ("stride above 1 with dilation", "strides larger than the kernel")

Array = np.ndarray[Any, Any]


def _each(value: Any, rank: int) -> list[int]:
    return [value] * rank if isinstance(value, int) else list(value)


def _pairs(padding: Any, rank: int) -> list[tuple[int, int]]:
    each = _each(padding, rank)
    return [(0, 0), *((p, p) if isinstance(p, int) else tuple(p) for p in each), (0, 0)]


def _onednn() -> str:
    """Whether oneDNN's operators are used: each file has its own."""
    return "0"


def _in_tf(function: Callable[..., Any], arrays: list[Array], dy: Array | None) -> list[Array]:
    """The function's value, or with `dy` its gradients."""
    import os

    os.environ["TF_ENABLE_ONEDNN_OPTS"] = _onednn()  # read while it is imported
    import tensorflow as tf

    with tf.device("CPU:0"):
        given = [tf.constant(a) for a in arrays]
        if dy is None:
            return [np.array(function(*given))]
        with tf.GradientTape() as tape:
            for one in given:
                tape.watch(one)
            y = function(*given)
        return [np.array(g) for g in tape.gradient(y, given, tf.constant(dy))]


def _convolve(x: Any, w: Any, b: Any, stride: Any, padding: Any, dilation: Any) -> Any:
    import tensorflow as tf

    rank = len(x.shape) - 2
    x = tf.pad(x, _pairs(padding, rank))
    steps, gaps = _each(stride, rank), _each(dilation, rank)
    name = {1: "NWC", 2: "NHWC", 3: "NDHWC"}[rank]  # its default has no gradient of volumes
    y = tf.nn.convolution(x, w, steps, "VALID", data_format=name, dilations=gaps)
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
        return _convolve(x, w, b, stride, padding, dilation)

    if x.shape[-1] != w.shape[-2] * groups:  # TensorFlow takes the groups from the two shapes
        raise ValueError("the channels do not suit the kernel and the groups")
    return _in_tf(run, [x, w] if b is None else [x, w, b], None)[0]


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
        return _convolve(x, w, b, stride, padding, dilation)

    if x.shape[-1] != w.shape[-2] * groups:
        raise ValueError("the channels do not suit the kernel and the groups")
    grads = _in_tf(run, [x, w] if b is None else [x, w, b], grad_y)
    return grads[0], grads[1], grads[2] if len(grads) == 3 else None


def _pool(x: Any, kind: str, kernel: Any, stride: Any, padding: Any, dilation: Any) -> Any:
    import tensorflow as tf

    rank = len(x.shape) - 2
    low = 0.0 if kind == "AVG" else -np.inf
    x = tf.pad(x, _pairs(padding, rank), constant_values=low)
    steps = _each(kernel if stride is None else stride, rank)
    gaps = _each(dilation, rank)
    return tf.nn.pool(x, _each(kernel, rank), kind, steps, "VALID", dilations=gaps)


def _max_pool(
    x: Array, kernel: Any, stride: Any = None, padding: Any = 0, dilation: Any = 1
) -> Array:
    return _in_tf(lambda x: _pool(x, "MAX", kernel, stride, padding, dilation), [x], None)[0]


def _max_pool_backward(
    x: Array, grad_y: Array, kernel: Any, stride: Any = None, padding: Any = 0, dilation: Any = 1
) -> Array:
    return _in_tf(lambda x: _pool(x, "MAX", kernel, stride, padding, dilation), [x], grad_y)[0]


def _avg_pool(x: Array, kernel: Any, stride: Any = None, padding: Any = 0) -> Array:
    return _in_tf(lambda x: _pool(x, "AVG", kernel, stride, padding, 1), [x], None)[0]


def _avg_pool_backward(
    x: Array, grad_y: Array, kernel: Any, stride: Any = None, padding: Any = 0
) -> Array:
    return _in_tf(lambda x: _pool(x, "AVG", kernel, stride, padding, 1), [x], grad_y)[0]


FUNCTIONS: dict[str, Callable[..., Any]] = {
    f"{kind}{rank}d{way}": function
    for kind, way, function in (
        ("conv", "", _conv),
        ("conv", "_backward", _conv_backward),
        ("max_pool", "", _max_pool),
        ("max_pool", "_backward", _max_pool_backward),
        ("avg_pool", "", _avg_pool),
        ("avg_pool", "_backward", _avg_pool_backward),
    )
    for rank in (1, 2, 3)
}


def made(name: str, here: ModuleType) -> Target:
    """TensorFlow as the target of a name, with what the module `here` has of its own."""
    return Target(
        name,
        layout="channels_last",
        spec=name,
        own_errors=True,
        cost="high",
        conventions={"count_include_pad": True},
        allow=REFUSES,
        accepts=dict.fromkeys(("conv", "max_pool", "avg_pool"), ("asymmetric_padding",)),
        **lines_of(FUNCTIONS, here),
    )


def target() -> Target:
    """TensorFlow as a target."""
    return made("tensorflow", sys.modules[__name__])
