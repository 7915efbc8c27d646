"""ncnn on the CPU: networks of one layer, an image at a time; forward only, in float32."""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.target import Target

NEEDS = {"ncnn": "ncnn"}
EXTRA = "ncnn"

Array = np.ndarray[Any, Any]

# What ncnn calls a layer of each rank; its parameters' numbers are the same in all of them.
LAYERS = {
    "conv": {1: "Convolution1D", 2: "Convolution", 3: "Convolution3D"},
    "grouped": {
        1: "ConvolutionDepthWise1D",
        2: "ConvolutionDepthWise",
        3: "ConvolutionDepthWise3D",
    },
    "pool": {1: "Pooling1D", 2: "Pooling", 3: "Pooling3D"},
}


def _each(value: Any, rank: int) -> list[int]:
    return [value] * rank if isinstance(value, int) else list(value)


def _axes(numbers: list[int], first: int) -> dict[int, int]:
    """A parameter of each axis: width's number is n, height's n + 10, depth's n + 20."""
    return {first + 10 * place: number for place, number in enumerate(reversed(numbers))}


def _high(numbers: list[int], first: int) -> dict[int, int]:
    """The pads behind: width's, height's and depth's numbers follow no rule."""
    return dict(zip((first, first + 1, first + 2), reversed(numbers), strict=False))


def _run(layer: str, numbers: dict[int, Any], weights: list[Array], x: Array) -> Array:
    """The results for each image of a network of one layer."""
    import os
    import tempfile

    import ncnn

    given = " ".join(f"{key}={value}" for key, value in sorted(numbers.items()))
    text = f"7767517\n2 2\nInput in 0 1 x\n{layer} one 1 1 x y {given}\n"
    net = ncnn.Net()
    net.opt.num_threads = 1
    net.opt.use_fp16_storage = net.opt.use_fp16_arithmetic = net.opt.use_fp16_packed = False
    net.opt.use_bf16_storage = False
    if net.load_param_mem(text):
        raise ValueError(f"ncnn does not load {text!r}")
    with tempfile.NamedTemporaryFile(delete=False) as file:  # the first weights after a tag
        for place, one in enumerate(weights):
            file.write(b"" if place else bytes(4))
            file.write(np.ascontiguousarray(one, "f4").tobytes())
    failed = net.load_model(file.name)
    os.unlink(file.name)
    if failed:
        raise ValueError("ncnn does not load the weights")
    results = []
    # a batch is ours: of none there is the size of a result
    for image in x if len(x) else np.zeros((1, *x.shape[1:]), x.dtype):
        extractor = net.create_extractor()
        held = np.ascontiguousarray(image)  # a Mat is a view of its memory, which it does not hold
        extractor.input("x", ncnn.Mat(held).clone())
        status, y = extractor.extract("y")
        if status or not np.array(y).size:
            raise ValueError(f"ncnn gives no result: {status}")
        results.append(np.array(y))
    return np.stack(results)[: len(x)]


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
    wrong = x.shape[1] != w.shape[1] * groups or len(w) % groups
    if wrong or (b is not None and len(b) != len(w)):  # it reads the sizes from no array
        raise ValueError("the channels do not suit the kernel, the groups and the bias")
    pairs = [(p, p) if isinstance(p, int) else tuple(p) for p in _each(padding, rank)]
    numbers = {0: len(w), 5: int(b is not None), 6: w.size}
    numbers |= _axes(list(w.shape[2:]), 1) | _axes(_each(dilation, rank), 2)
    numbers |= _axes(_each(stride, rank), 3) | _axes([lo for lo, _ in pairs], 4)
    numbers |= _high([hi for _, hi in pairs], 15)
    if groups > 1:
        numbers[7] = groups
    kind = LAYERS["grouped" if groups > 1 else "conv"][rank]
    return _run(kind, numbers, [w] if b is None else [w, b], x)


def _pool(x: Array, kind: int, kernel: Any, stride: Any, padding: Any, include: bool) -> Array:
    rank = x.ndim - 2
    pairs = [(p, p) if isinstance(p, int) else tuple(p) for p in _each(padding, rank)]
    numbers = {0: kind, 5: 1, 6: int(include)}  # 5=1: windows that fit, none beyond
    numbers |= _axes(_each(kernel, rank), 1)
    numbers |= _axes(_each(kernel if stride is None else stride, rank), 2)
    numbers |= _axes([lo for lo, _ in pairs], 3) | _high([hi for _, hi in pairs], 14)
    return _run(LAYERS["pool"][rank], numbers, [], x)


def _max_pool(x: Array, kernel: Any, stride: Any = None, padding: Any = 0) -> Array:
    return _pool(x, 0, kernel, stride, padding, True)


def _avg_pool(
    x: Array, kernel: Any, stride: Any = None, padding: Any = 0, count_include_pad: bool = True
) -> Array:
    return _pool(x, 1, kernel, stride, padding, count_include_pad)


def target() -> Target:
    """ncnn as a target."""
    ops: dict[str, Any] = {
        f"{base}{rank}d": function
        for base, function in (("conv", _conv), ("max_pool", _max_pool), ("avg_pool", _avg_pool))
        for rank in (1, 2, 3)
    }
    return Target(
        "ncnn",
        spec="ncnn",
        own_errors=True,
        cost="high",
        accepts=dict.fromkeys(("conv", "max_pool", "avg_pool"), ("asymmetric_padding",)),
        dtypes=("float32",),
        **lines_of(ops),
    )
