"""OpenCV's dnn module on the CPU: one-node ONNX models, read from memory; forward only."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.libraries.nodes import FUNCTIONS, Array
from convproof.conformance.target.target import Target

# one to run the model, one to build it
NEEDS = {"cv2": "opencv-python-headless", "onnx": "onnx"}
EXTRA = "opencv"


# A network costs more than a call: keyed by the whole model and the thread, which share none.
_NETS: dict[Any, Any] = {}


def run(node: str, feeds: dict[str, Array], attributes: dict[str, Any]) -> Array:
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


def target() -> Target:
    """OpenCV's dnn as a target."""
    return Target(
        "opencv",
        spec="opencv",
        own_errors=True,
        cost="high",
        accepts=dict.fromkeys(("conv", "max_pool", "avg_pool"), ("asymmetric_padding",)),
        dtypes=("float32",),
        **lines_of(FUNCTIONS, sys.modules[__name__]),
    )
