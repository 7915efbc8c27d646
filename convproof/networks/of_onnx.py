"""The graph of an ONNX model: shapes by its own inference, attributes as the standard has them."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod
from pathlib import Path
from typing import Any

from convproof.errors import MissingExtra, SpecError
from convproof.functions.arrays import Sizes
from convproof.networks.build import Builder, Unknown, per_axis, same_pads
from convproof.networks.graph import Graph
from convproof.spec import Axis

KEEPS_ZERO = {"Relu", "LeakyRelu", "Elu", "Selu", "Celu", "Gelu", "Tanh", "HardSwish", "Identity",
              "Dropout", "PRelu", "Softsign", "Abs", "Neg", "Mish", "Cast", "Sqrt",
              "Clip"}  # fmt: skip
POINTWISE = KEEPS_ZERO | {"Sigmoid", "HardSigmoid", "Softplus", "BatchNormalization", "Exp", "Log",
                          "Pow"}  # fmt: skip
JOINS = {"Add", "Sub", "Mul", "Sum", "Max", "Min", "Div", "Mean"}
VECTORS = {"Flatten", "Gemm", "MatMul", "Reshape", "ReduceMean", "GlobalAveragePool",
           "GlobalMaxPool", "Squeeze", "Softmax", "LogSoftmax"}  # fmt: skip


def graph_of(path: str | Path, input_shape: Sizes) -> Graph:
    """The graph of the model in a file, on inputs of `input_shape`: (C, *space) or with N before.

    Raises:
        MissingExtra: without onnx.
        SpecError: if the file is no model, it has several inputs, or an operation whose reading
            pattern is not known; it names it.
    """
    try:
        import onnx
    except ImportError:
        raise MissingExtra.of("onnx", "onnx", "reading an ONNX file") from None
    if not Path(path).is_file():
        raise SpecError.of("model", str(path), "an ONNX file that exists")
    try:
        model = onnx.load(str(path))
        onnx.checker.check_model(model)
    except Exception as error:  # the parser raises errors of its own for each way to be damaged
        raise SpecError.of("model", str(path), "an ONNX file", str(error)[:200]) from None
    constants = {one.name: one for one in model.graph.initializer}
    inputs = [one for one in model.graph.input if one.name not in constants]
    if len(inputs) != 1:
        raise SpecError.of("model", str(path), f"a model with one input, not {len(inputs)}")
    dims = inputs[0].type.tensor_type.shape.dim
    shape = tuple(input_shape)
    full = shape if len(shape) == len(dims) else (1, *shape)
    declared = [d.dim_value if d.HasField("dim_value") else None for d in dims]
    if len(full) != len(dims) or any(
        d not in (None, 0, n) for d, n in zip(declared[1:], full[1:], strict=True)
    ):
        raise SpecError.of("input_shape", shape, f"{declared[1:]}, the model's input (None: any)")
    for dim, size in zip(dims, full, strict=True):
        dim.dim_value = size
    try:
        whole = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
    except Exception as error:  # likewise
        raise SpecError.of("input_shape", shape, "one the model takes", str(error)[:200]) from None
    shapes = {one.name: dims_of(one) for one in (*whole.graph.value_info, *whole.graph.output)}
    reader = Reader(Builder(len(full) - 2), shapes, constants, onnx)
    reader.number[inputs[0].name] = reader.build.add(
        "input", "input", (), tuple(full[1:]), keeps_zero=True
    )
    for node in whole.graph.node:
        reader.read(node)
    return reader.build.graph()


def dims_of(value: Any) -> Sizes:
    """A tensor's shape, 0 where it is not known."""
    return tuple(int(d.dim_value) for d in value.type.tensor_type.shape.dim)


@dataclass
class Reader:
    """Reads one node after another."""

    build: Builder
    shapes: dict[str, Sizes]
    constants: dict[str, Any]
    onnx: Any
    number: dict[str, int] = field(default_factory=dict)

    def read(self, node: Any) -> None:
        """One node."""
        sources = [self.number[name] for name in node.input if name in self.number]
        if not sources:  # a constant, or made of constants
            if node.op_type == "Constant":
                self.constants[node.output[0]] = node.attribute[0].t
            return
        shape = self.shapes.get(node.output[0], ())
        if not shape or node.op_type in ("Shape", "Size"):
            if node.op_type in ("Shape", "Size", "Gather", "Slice"):
                return  # a size, computed from a size
            raise Unknown(f"{self.name(node)}: no shape could be inferred")
        values = {a.name: self.onnx.helper.get_attribute_value(a) for a in node.attribute}
        body = tuple(shape[1:])
        self.number[node.output[0]] = self.make(node, values, sources, body)

    def name(self, node: Any) -> str:
        """The node's name, or that of its output."""
        return str(node.name or node.output[0])

    def numbers(self, node: Any) -> int:
        """How many numbers a node brings along."""
        return sum(prod(self.constants[n].dims) for n in node.input if n in self.constants)

    def make(self, node: Any, values: dict[str, Any], sources: list[int], shape: Sizes) -> int:
        """The node of one operation."""
        kind, name, build = node.op_type, self.name(node), self.build
        if any(size < 1 for size in shape):
            raise Unknown(f"{name} ({kind}): its shape {shape} is not known")
        if kind in ("Conv", "ConvTranspose"):
            return self.convolution(node, values, sources[0], shape)
        if kind in ("MaxPool", "AveragePool"):
            return self.pool(node, values, sources[0], shape)
        if kind == "Pad":
            return self.pad(node, values, sources[0], shape)
        if kind in ("Resize", "Upsample"):
            if (values.get("mode") or b"nearest").decode() != "nearest":
                raise Unknown(f"{name}: resizing other than nearest")
            return build.repeated(name, sources[0], shape)
        spatial = len(shape) == build.rank + 1
        if kind in ("Softmax", "LogSoftmax") and (spatial and values.get("axis", -1) == 1):
            return build.pointwise(name, kind, sources, shape)
        joins = kind in JOINS or (kind == "Concat" and values.get("axis") == 1 and spatial)
        if joins or kind in POINTWISE:
            keeps = kind in KEEPS_ZERO or (joins and len(sources) == len(node.input))
            count = self.numbers(node) if kind == "BatchNormalization" else 0
            return build.pointwise(
                name, kind.lower(), sources, shape, keeps and kind != "Div", parameters=count
            )
        if kind in VECTORS and (not spatial or all(size == 1 for size in shape[1:])):
            count = self.numbers(node) if kind in ("Gemm", "MatMul") else 0
            products = max((prod(self.constants[n].dims) for n in node.input
                            if n in self.constants), default=0) if count else 0  # fmt: skip
            return build.whole(
                name, kind.lower(), sources, shape, parameters=count, products=products
            )
        raise Unknown(
            f"{name} ({kind}): which positions it reads is not known here; known are convolutions, "
            "pools, activations, batch normalisation, sums, products, concatenations, nearest "
            "resizing, padding and what makes a vector of an image"
        )

    def window(self, values: dict[str, Any], space: Sizes, kernel: Sizes) -> list[Axis]:
        """The window of a convolution or a pool."""
        rank = self.build.rank
        stride = per_axis(values.get("strides", [1] * rank), rank)
        gaps = per_axis(values.get("dilations", [1] * rank), rank)
        auto = (values.get("auto_pad") or b"NOTSET").decode()
        if auto in ("SAME_UPPER", "SAME_LOWER"):
            pairs = [same_pads(n, k, s, d, auto == "SAME_UPPER")
                     for n, k, s, d in zip(space, kernel, stride, gaps, strict=True)]  # fmt: skip
        else:
            pads = [0] * 2 * rank if auto == "VALID" else list(values.get("pads", [0] * 2 * rank))
            pairs = list(zip(pads[:rank], pads[rank:], strict=True))
        ceil = bool(values.get("ceil_mode", 0))
        return [
            Axis(k, s, d, int(a), int(b), ceil)
            for k, s, d, (a, b) in zip(kernel, stride, gaps, pairs, strict=True)
        ]

    def convolution(self, node: Any, values: dict[str, Any], source: int, shape: Sizes) -> int:
        """Conv or ConvTranspose."""
        weight = self.constants.get(node.input[1])
        if weight is None:
            raise Unknown(f"{self.name(node)}: a kernel that is computed")
        dims, space = tuple(weight.dims), self.build.space(source)
        count = self.numbers(node)
        if node.op_type == "ConvTranspose":
            if (
                values.get("auto_pad") or b"NOTSET"
            ).decode() != "NOTSET" or "output_shape" in values:
                raise Unknown(f"{self.name(node)}: auto_pad or output_shape of a ConvTranspose")
            axes = self.window(values, space, dims[2:])
            return self.build.transposed(
                self.name(node), source, shape, axes,
                parameters=count, products=prod(dims) * prod(space),
            )  # fmt: skip
        axes = self.window(values, space, dims[2:])
        return self.build.window(
            self.name(node), f"conv{self.build.rank}d", source, shape, axes, zero=True,
            keeps_zero=len(node.input) < 3, parameters=count, products=prod(dims) * prod(shape[1:]),
        )  # fmt: skip

    def pool(self, node: Any, values: dict[str, Any], source: int, shape: Sizes) -> int:
        """MaxPool or AveragePool."""
        space, top = self.build.space(source), node.op_type == "MaxPool"
        kernel = per_axis(values["kernel_shape"], self.build.rank)
        include = bool(values.get("count_include_pad", 0))
        return self.build.window(
            self.name(node), node.op_type.lower(), source, shape,
            self.window(values, space, kernel), zero=not top and include, symmetric=True,
            mean=None if top else include, keeps_zero=True,
        )  # fmt: skip

    def pad(self, node: Any, values: dict[str, Any], source: int, shape: Sizes) -> int:
        """Pad as a layer of its own."""
        pads = values.get("pads")
        if pads is None:
            given = self.constants.get(node.input[1])
            if given is None:
                raise Unknown(f"{self.name(node)}: padding that is computed")
            pads = self.onnx.numpy_helper.to_array(given).tolist()
        rank = self.build.rank
        half = len(pads) // 2
        if half != rank + 2 or any(pads[:2]) or any(pads[half : half + 2]):
            raise Unknown(f"{self.name(node)}: padding of the batch or the channels")
        if len(node.input) > 2 and node.input[2]:
            fill = self.constants.get(node.input[2])
            if fill is None or self.onnx.numpy_helper.to_array(fill).any():
                raise Unknown(f"{self.name(node)}: padding with another number than 0")
        words: dict[str, Any] = {"constant": "zeros", "reflect": "reflect", "edge": "replicate",
                                 "wrap": "circular"}  # fmt: skip
        mode = words[(values.get("mode") or b"constant").decode()]
        axes = [Axis(1, 1, 1, int(a), int(b))
                for a, b in zip(pads[2:half], pads[half + 2 :], strict=True)]  # fmt: skip
        return self.build.window(
            self.name(node), "pad", source, shape, axes, mode=mode, zero=True, keeps_zero=True
        )
