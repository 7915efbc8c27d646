"""PyTorch as the oracle: the contract's functions in float64, gradients by autograd."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as functional

torch.set_num_threads(1)  # the cases are small: threads cost more than they bring


def tensor(array, grad=False):
    array = np.asarray(array)
    kind = np.complex128 if array.dtype.kind == "c" else np.float64
    made = torch.from_numpy(np.array(array, dtype=kind))
    return made.requires_grad_() if grad else made


def conv(rank):
    run = getattr(functional, f"conv{rank}d")

    def forward(x, w, b=None, stride=1, padding=0, dilation=1, groups=1):
        b = None if b is None else tensor(b)
        return run(tensor(x), tensor(w), b, stride, padding, dilation, groups).numpy()

    def backward(x, w, b, grad_y, stride=1, padding=0, dilation=1, groups=1):
        leaves = [tensor(x, True), tensor(w, True), None if b is None else tensor(b, True)]
        y = run(*leaves, stride, padding, dilation, groups)
        y.backward(tensor(grad_y))
        return tuple(None if leaf is None else leaf.grad.numpy() for leaf in leaves)

    return forward, backward


def pool(kind, rank):
    run = getattr(functional, f"{kind}_pool{rank}d")

    def forward(x, kernel, stride=None, padding=0):
        return run(tensor(x), kernel, kernel if stride is None else stride, padding).numpy()

    def backward(x, grad_y, kernel, stride=None, padding=0):
        leaf = tensor(x, True)
        run(leaf, kernel, kernel if stride is None else stride, padding).backward(tensor(grad_y))
        return leaf.grad.numpy()

    return forward, backward


ORACLE = {}
for rank in (1, 2, 3):
    for name, pair in (
        ("conv", conv(rank)),
        ("max_pool", pool("max", rank)),
        ("avg_pool", pool("avg", rank)),
    ):
        ORACLE[f"{name}{rank}d"], ORACLE[f"{name}{rank}d_backward"] = pair
