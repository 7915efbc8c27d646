"""OpenCV's dnn module on the CPU: one-node ONNX models, read from memory; forward only."""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.target import Target

# one to run the model, one to build it
NEEDS = {"cv2": "opencv-python-headless", "onnx": "onnx"}
EXTRA = "opencv"

Array = np.ndarray[Any, Any]


# A network costs more than a call: keyed by the whole model and the thread, which share none.
_NETS: dict[Any, Any] = {}


def _run(node: str, feeds: dict[str, Array], attributes: dict[str, Any]) -> Array:
    """The result of a model of one node, its weights among the model's initializers."""
    from threading import get_ident

    import cv2
    from onnx import TensorProto, helper, numpy_helper

    weights = {name: np.ascontiguousarray(a) for name, a in feeds.items() if name != "x"}
    shapes = feeds["x"].shape, *((a.shape, a.tobytes()) for a in weights.values())
    key = (get_ident(), node, repr(attributes), *shapes)
    if key not in _NETS:
        x = helper.make_tensor_value_info("x", TensorProto.FLOAT, feeds["x"].shape)
        y = helper.make_tensor_value_info("y", TensorProto.FLOAT, [None] * feeds["x"].ndim)
        operation = helper.make_node(node, list(feeds), ["y"], **attributes)
        given = [numpy_helper.from_array(array, name) for name, array in weights.items()]
        graph = helper.make_graph([operation], "one", [x], [y], given)
        opset = [helper.make_opsetid("", 19)]
        model = helper.make_model(graph, opset_imports=opset, ir_version=9)
        if len(_NETS) > 64:
            _NETS.clear()
        buffer = np.frombuffer(model.SerializeToString(), dtype=np.uint8)
        _NETS[key] = cv2.dnn.readNetFromONNX(buffer)
    _NETS[key].setInput(np.ascontiguousarray(feeds["x"]), "x")
    return np.array(_NETS[key].forward())


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
    """OpenCV's dnn as a target."""
    functions: dict[str, Any] = {
        "conv": _conv,
        "conv_transpose": _transpose,
        "max_pool": _max_pool,
        "avg_pool": _avg_pool,
    }
    return Target(
        "opencv",
        spec="opencv",
        own_errors=True,
        cost="high",
        accepts=dict.fromkeys(("conv", "max_pool", "avg_pool"), ("asymmetric_padding",)),
        dtypes=("float32",),
        **lines_of({f"{base}{rank}d": f for base, f in functions.items() for rank in (1, 2, 3)}),
    )
