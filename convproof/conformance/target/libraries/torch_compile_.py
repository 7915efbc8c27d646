"""torch.compile on the CPU: torch.nn.functional's layers, as Inductor's C++ does them.

Needs a C++ compiler.  A layer is compiled once for all sizes of its image, with its other numbers
fixed; gradients are of the compiled function.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.libraries.torch_ import _tensor
from convproof.conformance.target.target import Target

NEEDS = {"torch": "torch"}
EXTRA = "torch"
BACKEND = "torch"

Array = np.ndarray[Any, Any]

COMPILED: dict[Any, Any] = {}


def _call(name: str, arrays: list[Array | None], numbers: tuple[Any, ...], dy: Array | None) -> Any:
    """The compiled function's value, or with `dy` its gradients."""
    import torch
    import torch.nn.functional as F

    torch._dynamo.config.cache_size_limit = 4096  # or it gives up on the tenth size
    key = name, numbers, dy is None
    if key not in COMPILED:
        function = getattr(F, name)
        COMPILED[key] = torch.compile(lambda *given: function(*given, *numbers), dynamic=True)
    given = [_tensor(a, dy is not None) for a in arrays]
    y = COMPILED[key](*given)
    if dy is None:
        return [np.array(y.numpy())]
    inputs = [one for one in given if one is not None]
    return [g.numpy() for g in torch.autograd.grad(y, inputs, _tensor(dy))]


def _conv(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    y: Array = _call(f"conv{x.ndim - 2}d", [x, w, b], (stride, padding, dilation, groups), None)[0]
    return y


def _conv_backward(
    x: Array,
    w: Array,
    b: Array | None,
    grad_y: Array,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> tuple[Array, Array, Array | None]:
    numbers = (stride, padding, dilation, groups)
    grads = _call(f"conv{x.ndim - 2}d", [x, w, b], numbers, grad_y)
    return grads[0], grads[1], grads[2] if len(grads) == 3 else None


def _max_pool(
    x: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Array:
    numbers = (kernel, stride, padding, dilation, ceil_mode)
    y: Array = _call(f"max_pool{x.ndim - 2}d", [x], numbers, None)[0]
    return y


def _max_pool_backward(
    x: Array,
    grad_y: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Array:
    numbers = (kernel, stride, padding, dilation, ceil_mode)
    dx: Array = _call(f"max_pool{x.ndim - 2}d", [x], numbers, grad_y)[0]
    return dx


def _avg_pool(
    x: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    numbers = (kernel, stride, padding, ceil_mode, count_include_pad)
    y: Array = _call(f"avg_pool{x.ndim - 2}d", [x], numbers, None)[0]
    return y


def _avg_pool_backward(
    x: Array,
    grad_y: Array,
    kernel: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    numbers = (kernel, stride, padding, ceil_mode, count_include_pad)
    dx: Array = _call(f"avg_pool{x.ndim - 2}d", [x], numbers, grad_y)[0]
    return dx


def target() -> Target:
    """PyTorch's compiled layers as a target."""
    functions: dict[str, Any] = {
        "conv{}d": _conv,
        "conv{}d_backward": _conv_backward,
        "max_pool{}d": _max_pool,
        "max_pool{}d_backward": _max_pool_backward,
        "avg_pool{}d": _avg_pool,
        "avg_pool{}d_backward": _avg_pool_backward,
    }
    return Target(
        "torch_compile",
        spec="torch_compile",
        own_errors=True,
        cost="high",
        **lines_of({op.format(rank): f for op, f in functions.items() for rank in (1, 2, 3)}),
    )
