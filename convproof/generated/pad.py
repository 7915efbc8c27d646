"""Padding of one axis by what the image shows.

Generated from the derivations of its functions (b886f62b a293ad21 f3d0f5b9)
by `python -m convproof.emit`, never edited: a test compares.
x (N, W, C): all before the axis, the axis, all after it.
"""

from __future__ import annotations

import numpy as np

from convproof.lower.runtime import Array


def pad_circular(x: Array, P_W: int, Q_W: int) -> Array:
    """x (N, W, C) with P_W entries before and Q_W after the axis, circular."""
    N, W, C = x.shape
    padded = np.empty((N, P_W + W + Q_W, C), dtype=x.dtype)
    padded[:, 0:P_W] = x[:, -P_W + W:W]
    padded[:, P_W:P_W + W] = x[:, 0:W]
    padded[:, P_W + W:P_W + Q_W + W] = x[:, 0:Q_W]
    return padded


def pad_circular_gradient(dpadded: Array, P_W: int, Q_W: int) -> Array:
    """The adjoint of `pad_circular`: each entry's gradient to the pixel it shows."""
    N, W, C = dpadded.shape
    W = W - P_W - Q_W
    dx = np.zeros((N, W, C), dtype=dpadded.dtype)
    dx[:, 0:W] += dpadded[:, P_W:P_W + W]
    dx[:, 0:min(Q_W, W)] += dpadded[:, P_W + W:P_W + W + min(Q_W, W)]
    dx[:, max(1, -P_W + W + 1) - 1:W] += dpadded[:, P_W - W + max(1, -P_W + W + 1) - 1:P_W]
    return dx


def pad_reflect(x: Array, P_W: int, Q_W: int) -> Array:
    """x (N, W, C) with P_W entries before and Q_W after the axis, reflect."""
    N, W, C = x.shape
    padded = np.empty((N, P_W + W + Q_W, C), dtype=x.dtype)
    padded[:, 0:P_W] = x[:, 1:P_W + 1][:, ::-1]
    padded[:, P_W:P_W + W] = x[:, 0:W]
    padded[:, P_W + W:P_W + Q_W + W] = x[:, -Q_W + W - 1:W - 1][:, ::-1]
    return padded


def pad_reflect_gradient(dpadded: Array, P_W: int, Q_W: int) -> Array:
    """The adjoint of `pad_reflect`: each entry's gradient to the pixel it shows."""
    N, W, C = dpadded.shape
    W = W - P_W - Q_W
    dx = np.zeros((N, W, C), dtype=dpadded.dtype)
    dx[:, 0:W] += dpadded[:, P_W:P_W + W]
    dx[:, 1:min(W, P_W + 1)] += dpadded[:, P_W - min(W, P_W + 1) + 1:P_W][:, ::-1]
    dx[:, max(1, -Q_W + W) - 1:W - 1] += dpadded[:, P_W + W:P_W + 2*W - max(1, -Q_W + W)][:, ::-1]
    return dx


def pad_replicate(x: Array, P_W: int, Q_W: int) -> Array:
    """x (N, W, C) with P_W entries before and Q_W after the axis, replicate."""
    N, W, C = x.shape
    padded = np.empty((N, P_W + W + Q_W, C), dtype=x.dtype)
    padded[:, 0:P_W] = x[:, 0, None]
    padded[:, P_W:P_W + W] = x[:, 0:W]
    padded[:, P_W + W:P_W + Q_W + W] = x[:, W - 1, None]
    return padded


def pad_replicate_gradient(dpadded: Array, P_W: int, Q_W: int) -> Array:
    """The adjoint of `pad_replicate`: each entry's gradient to the pixel it shows."""
    N, W, C = dpadded.shape
    W = W - P_W - Q_W
    dx = np.zeros((N, W, C), dtype=dpadded.dtype)
    dx[:, 0:W] += dpadded[:, P_W:P_W + W]
    dx[:, 0] += dpadded[:, 0:P_W].sum(axis=1)
    dx[:, W - 1] += dpadded[:, P_W + W:P_W + Q_W + W].sum(axis=1)
    return dx
