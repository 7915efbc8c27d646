"""einconv: convolutions as one einsum on PyTorch tensors, gradients by autograd through it."""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.libraries.torch_ import _tensor
from convproof.conformance.target.target import Target

NEEDS = {"einconv": "einconv", "torch": "torch"}
EXTRA = "einconv"
BACKEND = "torch"

Array = np.ndarray[Any, Any]


def _conv(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    from einconv.functionals import convNd

    numbers = (stride, padding, dilation, groups)
    return np.array(convNd(_tensor(x), _tensor(w), _tensor(b), *numbers).numpy())


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
    import torch
    from einconv.functionals import convNd

    tx, tw, tb = _tensor(x, True), _tensor(w, True), _tensor(b, b is not None)
    y = convNd(tx, tw, tb, stride, padding, dilation, groups)
    inputs = [tx, tw] if tb is None else [tx, tw, tb]
    grads = [g.numpy() for g in torch.autograd.grad(y, inputs, _tensor(grad_y))]
    return grads[0], grads[1], grads[2] if len(grads) == 3 else None


def target() -> Target:
    """einconv as a target."""
    functions: dict[str, Any] = {"conv{}d": _conv, "conv{}d_backward": _conv_backward}
    return Target(
        "einconv",
        spec="einconv",
        own_errors=True,
        **lines_of({op.format(rank): f for op, f in functions.items() for rank in (1, 2, 3)}),
    )
