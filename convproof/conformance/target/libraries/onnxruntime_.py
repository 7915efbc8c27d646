"""ONNX Runtime on the CPU: one-node models of Conv, MaxPool and AveragePool; forward only."""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.target import Target

# one to run the model, one to build it
NEEDS = {"onnxruntime": "onnxruntime", "onnx": "onnx"}
EXTRA = "onnx"

Array = np.ndarray[Any, Any]

_SESSIONS: dict[Any, Any] = {}  # a session costs more than a call; keyed by the whole model


def _run(node: str, feeds: dict[str, Array], attributes: dict[str, Any]) -> Array:
    """The result of a model of one node, its shapes left open."""
    import onnxruntime
    from onnx import TensorProto, helper

    kinds = {"float16": TensorProto.FLOAT16, "float32": TensorProto.FLOAT}
    kinds["float64"] = TensorProto.DOUBLE
    key = (node, repr(attributes), tuple((n, a.dtype.name, a.ndim) for n, a in feeds.items()))
    if key not in _SESSIONS:
        kind, rank = kinds[feeds["x"].dtype.name], feeds["x"].ndim
        inputs = [helper.make_tensor_value_info(n, kind, [None] * a.ndim) for n, a in feeds.items()]
        output = helper.make_tensor_value_info("y", kind, [None] * rank)
        operation = helper.make_node(node, list(feeds), ["y"], **attributes)
        graph = helper.make_graph([operation], "one", inputs, [output])
        opset = [helper.make_opsetid("", 19)]
        model = helper.make_model(graph, opset_imports=opset, ir_version=9)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        options.intra_op_num_threads = 1
        if len(_SESSIONS) > 256:
            _SESSIONS.clear()
        _SESSIONS[key] = onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
    given = {name: np.ascontiguousarray(array) for name, array in feeds.items()}
    return np.asarray(_SESSIONS[key].run(["y"], given)[0])


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
    """ONNX Runtime as a target."""
    functions: dict[str, Any] = {"conv": _conv, "max_pool": _max_pool, "avg_pool": _avg_pool}
    return Target(
        "onnxruntime",
        spec="onnxruntime",
        own_errors=True,
        accepts=dict.fromkeys(functions, ("asymmetric_padding",)),
        dtypes=("float32",),  # Conv in float64 is not implemented on its CPU provider
        **lines_of({f"{base}{rank}d": f for base, f in functions.items() for rank in (1, 2, 3)}),
    )
