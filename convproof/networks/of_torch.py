"""The graph of a PyTorch module, traced by `torch.fx`: branches and skips as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from convproof.errors import MissingExtra, SpecError
from convproof.functions.arrays import Sizes
from convproof.networks.build import Builder, Unknown, even_bins, per_axis, same_pads
from convproof.networks.graph import Graph
from convproof.spec import Axis

KEEPS_ZERO = {
    "relu", "relu6", "leaky_relu", "leakyrelu", "elu", "selu", "celu", "gelu", "silu", "mish",
    "tanh", "hardtanh", "hardswish", "identity", "dropout", "dropout1d", "dropout2d", "dropout3d",
    "contiguous", "clone", "detach", "prelu", "tanhshrink", "softsign", "abs", "neg", "float",
    "double", "half", "alphadropout", "featurealphadropout", "sqrt",
}  # fmt: skip
POINTWISE = KEEPS_ZERO | {
    "sigmoid", "hardsigmoid", "softplus", "logsigmoid", "batchnorm1d", "batchnorm2d",
    "batchnorm3d", "batch_norm", "exp", "clamp", "pow", "log", "threshold", "rsub", "square",
    "frozenbatchnorm2d",
}  # fmt: skip
JOINS = {"add", "sub", "mul", "cat", "concat", "stack_channels", "maximum", "minimum", "iadd",
         "imul", "truediv", "div"}  # fmt: skip
ADDS = {"add", "sub", "cat", "concat", "maximum", "minimum", "iadd", "mul", "imul"}


def graph_of(module: Any, input_shape: Sizes) -> Graph:
    """The graph of a module on inputs of `input_shape`, (C, *space) or (N, C, *space).

    Raises:
        MissingExtra: without PyTorch.
        SpecError: if the module cannot be traced or run on the shape, or has an operation whose
            reading pattern is not known; it names it.
    """
    try:
        import torch
        from torch import fx
    except ImportError:
        raise MissingExtra.of("torch", "torch", "reading a PyTorch module") from None
    shape = tuple(input_shape)
    try:
        traced = fx.symbolic_trace(module)
    except Exception as error:  # a module's own code may raise anything at all
        why = f"torch.fx cannot trace it: {error}"
        raise SpecError.of("module", type(module).__name__, "one that can be traced", why) from None
    shapes = shapes_of(traced, shape, torch)
    names = dict(traced.named_modules())
    found = Reader(Builder(len(shape) - 2 if batched(shapes, shape) else len(shape) - 1), shapes)
    for node in traced.graph.nodes:
        found.read(node, names.get(str(node.target)) if node.op == "call_module" else None)
    return found.build.graph()


def batched(shapes: dict[str, Any], shape: Sizes) -> bool:
    """Whether `shape` came with its batch: what was run had as many axes."""
    return len(shapes["input"]) == len(shape)


def shapes_of(traced: Any, shape: Sizes, torch: Any) -> dict[str, Any]:
    """Every tensor's shape, by the node's name, from one run without gradients."""
    found: dict[str, Any] = {}

    class Watch(torch.fx.Interpreter):  # type: ignore[misc]  # torch is untyped here
        def run_node(self, node: Any) -> Any:
            value = super().run_node(node)
            if isinstance(value, torch.Tensor):
                found[node.name] = tuple(value.shape)
            return value

    was = traced.training
    traced.eval()
    kind = next((p.dtype for p in traced.parameters()), torch.get_default_dtype())
    last: Exception | None = None
    try:
        # without the batch, as one writes a shape, if the module runs on it so; else with it
        for given in ((1, *shape), shape):
            found.clear()
            found["input"] = given
            try:
                with torch.no_grad():
                    Watch(traced).run(torch.zeros(given, dtype=kind))
            except Exception as error:  # a module's own code may raise anything at all
                last = error
                continue
            return found
    finally:
        traced.train(was)
    said = next(iter(str(last).splitlines()), "")[:300]
    mend = f"{said}; channels come first, without the batch: (1, 28, 28)"
    raise SpecError.of("input_shape", shape, "one that the module runs on", mend)


@dataclass
class Reader:
    """Reads one node after another."""

    build: Builder
    shapes: dict[str, Any]

    def __post_init__(self) -> None:
        self.number: dict[str, int] = {}

    def read(self, node: Any, module: Any) -> None:
        """One node of the traced graph."""
        if node.op == "output":
            return
        shape = self.shapes.get(node.name)
        if shape is None:  # a size, a number: no tensor
            return
        body = tuple(shape[1:])
        if node.op == "placeholder":
            if self.build.nodes:
                raise Unknown(f"{node.name}: a second input; one image is looked at here")
            self.number[node.name] = self.build.add("input", "input", (), body, keeps_zero=True)
            return
        if node.op == "get_attr":
            return
        kind = type(module).__name__.lower() if module is not None else name_of(node.target)
        sources = [self.number[a.name] for a in flat(node.args) + flat(node.kwargs.values())
                   if a.name in self.number]  # fmt: skip
        if not sources:
            return
        given = Given(node, module, kind, body, sources)
        self.number[node.name] = self.make(given)

    def make(self, given: Given) -> int:
        """The node of one operation."""
        kind, build, name = given.kind, self.build, given.name
        count = parameters(given.module)
        for start, make in MAKERS:
            if kind.startswith(start):
                return make(self, given, count)
        spatial = len(given.shape) == build.rank + 1
        if kind in JOINS and (spatial or kind not in ("cat", "concat")):
            keeps = kind in ADDS and len(given.sources) > 1
            return build.pointwise(name, kind, given.sources, given.shape, keeps, parameters=count)
        if kind in POINTWISE:
            keeps = kind in KEEPS_ZERO
            return build.pointwise(name, kind, given.sources, given.shape, keeps, parameters=count)
        if kind in ("softmax", "log_softmax", "logsoftmax") and given.number("dim", 1) == 1:
            return build.pointwise(name, kind, given.sources, given.shape)
        if not spatial or len(given.shape) != build.rank + 1:
            products = linear_products(given.module)
            return build.whole(
                name, kind, given.sources, given.shape, parameters=count, products=products
            )
        raise Unknown(
            f"{name} ({kind}): which positions it reads is not known here; known are convolutions, "
            "pools, activations, batch normalisation, sums, products, concatenations, upsampling, "
            "padding and what makes a vector of an image"
        )


@dataclass
class Given:
    """One operation as it was called."""

    node: Any
    module: Any
    kind: str
    shape: Sizes
    sources: list[int]

    @property
    def name(self) -> str:
        """The module's path, or the call's name."""
        return str(self.node.target) if self.module is not None else str(self.node.name)

    def value(self, name: str, place: int, default: Any) -> Any:
        """A parameter: the module's, a keyword, or by its place."""
        if self.module is not None:
            return getattr(self.module, name, default)
        if name in self.node.kwargs:
            return self.node.kwargs[name]
        return self.node.args[place] if len(self.node.args) > place else default

    def number(self, name: str, place: int) -> Any:
        """The same without a default."""
        return self.value(name, place, None)


def name_of(target: Any) -> str:
    """The name of a function or a method."""
    return str(getattr(target, "__name__", target)).strip("_").lower()


def flat(values: Any) -> list[Any]:
    """All nodes in nested arguments."""
    found: list[Any] = []
    for value in values:
        if isinstance(value, (tuple, list)):
            found += flat(value)
        elif hasattr(value, "op") and hasattr(value, "target"):
            found.append(value)
    return found


def parameters(module: Any) -> int:
    """How many numbers a module learns."""
    return 0 if module is None else sum(p.numel() for p in module.parameters())


def linear_products(module: Any) -> int:
    """Multiplications of a dense layer."""
    weight = getattr(module, "weight", None)
    return int(weight.numel()) if weight is not None and weight.ndim == 2 else 0


def make_conv(reader: Reader, given: Given, count: int) -> int:
    """A convolution, or a transposed one."""
    if given.module is None:
        raise Unknown(f"{given.name}: a convolution called as a function; use its module")
    module, rank = given.module, reader.build.rank
    kernel, stride, gaps = (
        per_axis(getattr(module, n), rank) for n in ("kernel_size", "stride", "dilation")
    )
    space = reader.build.space(given.sources[0])
    weight = prod(module.weight.shape)
    if given.kind.startswith("convtranspose"):
        pads = per_axis(module.padding, rank)
        axes = [Axis(k, s, d, p, p) for k, s, d, p in zip(kernel, stride, gaps, pads, strict=True)]
        return reader.build.transposed(
            given.name, given.sources[0], given.shape, axes,
            parameters=count, products=weight * prod(space),
        )  # fmt: skip
    if module.padding == "same":
        pairs = [same_pads(n, k, s, d, True)
                 for n, k, s, d in zip(space, kernel, stride, gaps, strict=True)]  # fmt: skip
    else:
        pads = (0,) * rank if module.padding == "valid" else per_axis(module.padding, rank)
        pairs = [(p, p) for p in pads]
    axes = [Axis(k, s, d, a, b)
            for k, s, d, (a, b) in zip(kernel, stride, gaps, pairs, strict=True)]  # fmt: skip
    return reader.build.window(
        given.name, f"conv{rank}d", given.sources[0], given.shape, axes,
        mode=module.padding_mode, zero=True, keeps_zero=module.bias is None,
        parameters=count, products=weight * prod(given.shape[1:]),
    )  # fmt: skip


def make_pool(reader: Reader, given: Given, count: int) -> int:
    """A max- or average-pool, as a module or a function."""
    rank, top = reader.build.rank, given.kind.startswith("max")
    kernel = per_axis(given.value("kernel_size", 1, None), rank)
    step = given.value("stride", 2, None)
    stride = kernel if step is None or step == [] else per_axis(step, rank)
    pads = per_axis(given.value("padding", 3, 0), rank)
    gaps = per_axis(given.value("dilation", 4, 1), rank) if top else (1,) * rank
    ceil = bool(given.value("ceil_mode", 5 if top else 4, False))
    include = bool(given.value("count_include_pad", 5, True))
    if not top and given.value("divisor_override", 6, None) is not None:
        raise Unknown(f"{given.name}: a mean with a divisor of its own")
    axes = [Axis(k, s, d, p, p, ceil)
            for k, s, d, p in zip(kernel, stride, gaps, pads, strict=True)]  # fmt: skip
    return reader.build.window(
        given.name, given.kind, given.sources[0], given.shape, axes, zero=not top and include,
        symmetric=True, mean=None if top else include, keeps_zero=True,
    )  # fmt: skip


def make_adaptive(reader: Reader, given: Given, count: int) -> int:
    """An adaptive pool whose bins are all of one size."""
    space = reader.build.space(given.sources[0])
    axes = even_bins(given.name, space, given.shape[1:])
    return reader.build.window(
        given.name, given.kind, given.sources[0], given.shape, axes, symmetric=True, keeps_zero=True
    )


def make_upsample(reader: Reader, given: Given, count: int) -> int:
    """Nearest upsampling."""
    if given.value("mode", 3, "nearest") != "nearest":
        raise Unknown(f"{given.name}: upsampling other than nearest")
    return reader.build.repeated(given.name, given.sources[0], given.shape)


def make_pad(reader: Reader, given: Given, count: int) -> int:
    """Padding as a layer of its own."""
    numbers = given.module.padding if given.module is not None else given.node.args[1]
    numbers = (
        tuple(numbers) if isinstance(numbers, (tuple, list)) else (numbers,) * 2 * reader.build.rank
    )
    pairs = [(int(a), int(b)) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
    pairs = [*reversed(pairs)]
    pairs = [(0, 0)] * (reader.build.rank - len(pairs)) + pairs
    words = {
        "zero": "zeros",
        "circular": "circular",
        "reflection": "reflect",
        "replication": "replicate",
    }
    word = next((mode for start, mode in words.items() if given.kind.startswith(start)), None)
    if word is None and (given.kind != "pad" or given.value("mode", 2, "constant") != "constant"):
        raise Unknown(f"{given.name} ({given.kind}): this way of padding")
    if given.kind == "pad" and given.value("value", 3, 0) not in (0, None):
        raise Unknown(f"{given.name}: padding with another number than 0")
    axes = [Axis(1, 1, 1, a, b) for a, b in pairs]
    mode: Any = word or "zeros"
    return reader.build.window(
        given.name,
        "pad",
        given.sources[0],
        given.shape,
        axes,
        mode=mode,
        zero=True,
        keeps_zero=True,
    )


def make_vector(reader: Reader, given: Given, count: int) -> int:
    """What makes features of an image."""
    if len(given.shape) == reader.build.rank + 1 and reader.build.rank > 0:
        same = reader.build.space(given.sources[0]) == tuple(given.shape[1:])
        if given.kind in ("mean", "sum") and all(n == 1 for n in given.shape[1:]):
            return reader.build.whole(given.name, given.kind, given.sources, given.shape)
        if not same:
            raise Unknown(f"{given.name} ({given.kind}): a change of shape")
        return reader.build.pointwise(given.name, given.kind, given.sources, given.shape)
    return reader.build.whole(given.name, given.kind, given.sources, given.shape)


MAKERS: Sequence[tuple[str, Callable[[Reader, Given, int], int]]] = (
    ("conv", make_conv), ("adaptive", make_adaptive),
    ("maxpool", make_pool), ("avgpool", make_pool), ("max_pool", make_pool),
    ("avg_pool", make_pool),
    ("upsample", make_upsample), ("interpolate", make_upsample),
    ("zeropad", make_pad), ("circularpad", make_pad), ("reflectionpad", make_pad),
    ("replicationpad", make_pad), ("pad", make_pad),
    ("flatten", make_vector), ("view", make_vector), ("reshape", make_vector),
    ("mean", make_vector), ("squeeze", make_vector),
)  # fmt: skip
