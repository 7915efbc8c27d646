"""OpenVINO on the CPU: one-operation models of opset 14, in float32; forward only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.target import Target

NEEDS = {"openvino": "openvino"}
EXTRA = "openvino"

Array = np.ndarray[Any, Any]

_MODELS: dict[Any, Any] = {}  # compiling costs more than a call, but each model has its threads


def _run(key: Any, x: Array, build: Callable[[Any, Any], Any]) -> Array:
    """The result for x of the model that `build(opset, parameter)` makes."""
    import openvino
    import openvino.opset14 as opset

    key = (x.shape, *key)
    compiled = _MODELS.get(key)  # another thread may clear them
    if compiled is None:
        given = opset.parameter(list(x.shape), openvino.Type.f32)
        if len(_MODELS) > 4:
            _MODELS.clear()
        options = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": 1}
        model = openvino.Model([build(opset, given)], [given], "one")
        compiled = _MODELS[key] = openvino.compile_model(model, "CPU", options)
    found = compiled.create_infer_request().infer([np.ascontiguousarray(x)])
    return np.array(found[0])


def _each(value: Any, rank: int) -> list[int]:
    return [value] * rank if isinstance(value, int) else list(value)


def _pads(padding: Any, rank: int) -> tuple[list[int], list[int]]:
    pairs = [(p, p) if isinstance(p, int) else tuple(p) for p in _each(padding, rank)]
    return [lo for lo, _ in pairs], [hi for _, hi in pairs]


def _conv(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    rank = x.ndim - 2
    sizes = _each(stride, rank), *_pads(padding, rank), _each(dilation, rank)

    def build(opset: Any, given: Any) -> Any:
        if groups == 1:
            y = opset.convolution(given, opset.constant(w), *sizes)
        else:
            if len(w) % groups:
                raise ValueError("the groups do not divide the kernel's channels")
            split = w.reshape(groups, len(w) // groups, *w.shape[1:])
            y = opset.group_convolution(given, opset.constant(split), *sizes)
        return y if b is None else opset.add(y, opset.constant(b.reshape(1, -1, *(1,) * rank)))

    arrays = [(a.shape, a.tobytes()) for a in (w, b) if a is not None]
    return _run(("conv", repr(sizes), groups, *arrays), x, build)


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
    low, high = _pads(padding, rank)
    named = {
        "strides": _each(stride, rank),
        "pads_begin": low,
        "pads_end": high,
        "dilations": _each(dilation, rank),
        "auto_pad": "EXPLICIT",
        "output_padding": _each(output_padding, rank),
    }

    def build(opset: Any, given: Any) -> Any:
        if groups == 1:
            y = opset.convolution_backprop_data(given, opset.constant(w), **named)
        else:
            split = opset.constant(w.reshape(groups, len(w) // groups, *w.shape[1:]))
            y = opset.group_convolution_backprop_data(given, split, **named)
        return y if b is None else opset.add(y, opset.constant(b.reshape(1, -1, *(1,) * rank)))

    arrays = [(a.shape, a.tobytes()) for a in (w, b) if a is not None]
    return _run(("transpose", repr(named), groups, *arrays), x, build)


def _max_pool(
    x: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Array:
    rank = x.ndim - 2
    window = _each(kernel, rank)
    steps = window if stride is None else _each(stride, rank)
    sizes = steps, _each(dilation, rank), *_pads(padding, rank), window
    rounding = "ceil_torch" if ceil_mode else "floor"

    def build(opset: Any, given: Any) -> Any:
        return opset.max_pool(given, *sizes, rounding).output(0)

    return _run(("max", repr(sizes), rounding), x, build)


def _avg_pool(
    x: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    rank = x.ndim - 2
    window = _each(kernel, rank)
    steps = window if stride is None else _each(stride, rank)
    sizes = steps, *_pads(padding, rank), window
    flags = not count_include_pad, "ceil_torch" if ceil_mode else "floor"

    def build(opset: Any, given: Any) -> Any:
        return opset.avg_pool(given, *sizes, *flags)

    return _run(("average", repr(sizes), flags), x, build)


def target() -> Target:
    """OpenVINO as a target."""
    functions: dict[str, Any] = {
        "conv": _conv,
        "conv_transpose": _transpose,
        "max_pool": _max_pool,
        "avg_pool": _avg_pool,
    }
    return Target(
        "openvino",
        spec="openvino",
        own_errors=True,
        cost="high",
        accepts=dict.fromkeys(("conv", "max_pool", "avg_pool"), ("asymmetric_padding",)),
        dtypes=("float32",),
        **lines_of({f"{base}{rank}d": f for base, f in functions.items() for rank in (1, 2, 3)}),
    )
