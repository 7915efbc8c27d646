"""ONNX's reference evaluator: one-node models run by the specification's own NumPy code."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.libraries.nodes import FUNCTIONS, Array
from convproof.conformance.target.target import Target

NEEDS = {"onnx": "onnx"}
EXTRA = "onnx"


def run(node: str, feeds: dict[str, Array], attributes: dict[str, Any]) -> Array:
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


def target() -> Target:
    """ONNX's reference evaluator as a target."""
    return Target(
        "onnx",
        spec="onnx",
        own_errors=True,
        cost="high",
        accepts=dict.fromkeys(("conv", "max_pool", "avg_pool"), ("asymmetric_padding",)),
        dtypes=("float32", "float64"),
        **lines_of(FUNCTIONS, sys.modules[__name__]),
    )
