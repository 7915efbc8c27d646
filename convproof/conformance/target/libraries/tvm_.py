"""TVM on the CPU: TOPI's operators, built for LLVM as they are; forward only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.target import Target

NEEDS = {"tvm": "apache-tvm"}
EXTRA = "tvm"

Array = np.ndarray[Any, Any]


def _each(value: Any, rank: int) -> list[int]:
    return [value] * rank if isinstance(value, int) else list(value)


def _sides(padding: Any, rank: int) -> list[int]:
    """All the low pads, then all the high."""
    pairs = [(p, p) if isinstance(p, int) else tuple(p) for p in _each(padding, rank)]
    return [lo for lo, _ in pairs] + [hi for _, hi in pairs]


def _built(operator: Callable[..., Any], arrays: list[Array]) -> Array:
    """The operator built for these shapes, and its result for these arrays."""
    import tvm
    from tvm import te

    places = [te.placeholder(a.shape, a.dtype.name, f"p{n}") for n, a in enumerate(arrays)]
    y = operator(*places)
    shape = [int(n) for n in y.shape]
    if any(n < 1 for n in shape[2:]):  # a batch may be empty
        raise ValueError("the window is larger than the padded input")
    run = tvm.build(te.create_prim_func([*places, y]), target="llvm")
    out = tvm.runtime.tensor(np.full(shape, 77, arrays[0].dtype))
    run(*(tvm.runtime.tensor(np.ascontiguousarray(a)) for a in arrays), out)
    return np.array(out.numpy())


def _conv(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    def run(x: Any, w: Any, b: Any = None) -> Any:
        from tvm import topi

        rank = len(x.shape) - 2
        numbers = _each(stride, rank), _sides(padding, rank), _each(dilation, rank)
        names = {1: ("NCW", "OIW"), 2: ("NCHW", "OIHW"), 3: ("NCDHW", "OIDHW")}[rank]
        y = topi.nn.conv(x, w, *numbers, groups, *names)
        return y if b is None else topi.add(y, topi.reshape(b, (b.shape[0], *(1,) * rank)))

    return _built(run, [x, w] if b is None else [x, w, b])


def _pool(kind: str, x: Array, kernel: Any, stride: Any, padding: Any, *more: Any) -> Array:
    """`more`: dilation, ceil_mode, count_include_pad."""

    def run(x: Any) -> Any:
        from tvm import topi

        rank = len(x.shape) - 2
        pool = {1: topi.nn.pool1d, 2: topi.nn.pool2d, 3: topi.nn.pool3d}[rank]
        names = {1: "NCW", 2: "NCHW", 3: "NCDHW"}[rank]
        dilation, ceil, include = more
        steps = _each(kernel if stride is None else stride, rank)
        places = steps, _each(dilation, rank), _sides(padding, rank)
        return pool(x, _each(kernel, rank), *places, kind, ceil, names, include)

    return _built(run, [x])


def _max_pool(
    x: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Array:
    return _pool("max", x, kernel, stride, padding, dilation, ceil_mode, True)


def _avg_pool(
    x: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    return _pool("avg", x, kernel, stride, padding, 1, ceil_mode, count_include_pad)


def target() -> Target:
    """TVM as a target."""
    ops: dict[str, Any] = {
        f"{base}{rank}d": function
        for base, function in (("conv", _conv), ("max_pool", _max_pool), ("avg_pool", _avg_pool))
        for rank in (1, 2, 3)
    }
    return Target(
        "tvm",
        spec="tvm",
        own_errors=True,
        cost="high",
        accepts=dict.fromkeys(("conv", "max_pool", "avg_pool"), ("asymmetric_padding",)),
        dtypes=("float32", "float64"),
        **lines_of(ops),
    )
