"""ONNX Runtime on the CPU: one-node models, forward only."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.libraries.nodes import FUNCTIONS, Array
from convproof.conformance.target.target import Target

# one to run the model, one to build it
NEEDS = {"onnxruntime": "onnxruntime", "onnx": "onnx"}
EXTRA = "onnx"

_SESSIONS: dict[Any, Any] = {}  # a session costs more than a call; keyed by the whole model


def run(node: str, feeds: dict[str, Array], attributes: dict[str, Any]) -> Array:
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


def target() -> Target:
    """ONNX Runtime as a target."""
    return Target(
        "onnxruntime",
        spec="onnxruntime",
        own_errors=True,
        accepts=dict.fromkeys(("conv", "max_pool", "avg_pool"), ("asymmetric_padding",)),
        dtypes=("float32",),  # Conv in float64 is not implemented on its CPU provider
        **lines_of(FUNCTIONS, sys.modules[__name__]),
    )
