"""ONNX's reference evaluator: one-node models run by the specification's own NumPy code."""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.target import Target

NEEDS = {"onnx": "onnx"}
EXTRA = "onnx"

Array = np.ndarray[Any, Any]


def _run(node: str, feeds: dict[str, Array], attributes: dict[str, Any]) -> Array:
    """The result of a model of one node, its shapes left open."""
    from onnx import TensorProto, helper
    from onnx.reference import ReferenceEvaluator

    kinds = {"float16": TensorProto.FLOAT16, "float32": TensorProto.FLOAT}
    kinds["float64"] = TensorProto.DOUBLE
    kind = kinds[feeds["x"].dtype.name]
    inputs = [helper.make_tensor_value_info(n, kind, [None] * a.ndim) for n, a in feeds.items()]
    output = helper.make_tensor_value_info("y", kind, [None] * feeds["x"].ndim)
    operation = helper.make_node(node, list(feeds), ["y"], **attributes)
    graph = helper.make_graph([operation], "one", inputs, [output])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)])
    return np.asarray(ReferenceEvaluator(model).run(["y"], feeds)[0])


def _lists(rank: int, stride: Any, padding: Any, dilation: Any = 1) -> dict[str, list[int]]:
    """Strides, pads and dilations as ONNX has them: all the low pads, then all the high."""
    each = (padding,) * rank if isinstance(padding, int) else tuple(padding)
    pairs = [(p, p) if isinstance(p, int) else tuple(p) for p in each]
    return {
        "strides": list((stride,) * rank if isinstance(stride, int) else stride),
        "pads": [lo for lo, _ in pairs] + [hi for _, hi in pairs],
        "dilations": list((dilation,) * rank if isinstance(dilation, int) else dilation),
    }


def _conv(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    feeds = {"x": x, "w": w} if b is None else {"x": x, "w": w, "b": b}
    lists = _lists(x.ndim - 2, stride, padding, dilation)
    return _run("Conv", feeds, {"kernel_shape": list(w.shape[2:]), "group": groups, **lists})


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
    rank = x.ndim - 2
    feeds = {"x": x, "w": w} if b is None else {"x": x, "w": w, "b": b}
    more = [output_padding] * rank if isinstance(output_padding, int) else list(output_padding)
    lists = _lists(rank, stride, padding, dilation) | {"output_padding": more}
    return _run(
        "ConvTranspose", feeds, {"kernel_shape": list(w.shape[2:]), "group": groups, **lists}
    )


def _max_pool(
    x: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Array:
    rank = x.ndim - 2
    window = [kernel] * rank if isinstance(kernel, int) else list(kernel)
    lists = _lists(rank, window if stride is None else stride, padding, dilation)
    return _run("MaxPool", {"x": x}, {"kernel_shape": window, "ceil_mode": int(ceil_mode), **lists})


def _avg_pool(
    x: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    rank = x.ndim - 2
    window = [kernel] * rank if isinstance(kernel, int) else list(kernel)
    flags = {"ceil_mode": int(ceil_mode), "count_include_pad": int(count_include_pad)}
    lists = _lists(rank, window if stride is None else stride, padding)
    return _run("AveragePool", {"x": x}, {"kernel_shape": window, **flags, **lists})


def target() -> Target:
    """ONNX's reference evaluator as a target."""
    functions: dict[str, Any] = {
        "conv": _conv,
        "conv_transpose": _transpose,
        "max_pool": _max_pool,
        "avg_pool": _avg_pool,
    }
    return Target(
        "onnx",
        spec="onnx",
        own_errors=True,
        cost="high",
        accepts=dict.fromkeys(("conv", "max_pool", "avg_pool"), ("asymmetric_padding",)),
        dtypes=("float32", "float64"),
        **lines_of({f"{base}{rank}d": f for base, f in functions.items() for rank in (1, 2, 3)}),
    )
