"""Max-pooling in 1d.

Generated from max_pool1d (3f0954031f77d50c) by `python -m convproof.lower`; never edited: a test compares.
x (N, *space, C), y (N, *out, C); winners number a window's taps from 0, row-major.
"""

from __future__ import annotations

import numpy as np

from convproof.generated.slices import Array, lowest, spans, windows


def forward_taps(
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The maximum of each window."""
    N, W, C = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    K_W, = taps
    y = np.empty((N, O_W, C), dtype=x.dtype)
    y.fill(lowest(x.dtype))
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        part = y[:, j_o]
        np.maximum(part, x[:, j_i], out=part)
    return y


def winners(
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """Each window's first maximum; -1 for no pixel at all."""
    N, W, C = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    K_W, = taps
    top = np.empty((N, O_W, C), dtype=x.dtype)
    top.fill(lowest(x.dtype))
    winner = np.full((N, O_W, C), -1, dtype=np.intp)
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    for l, j_o, j_i in j_spans:
        best, first, value = top[:, j_o], winner[:, j_o], x[:, j_i]
        beats = (first < 0) | (value > best) | ((value != value) & (best == best))
        np.copyto(best, value, where=beats)
        np.copyto(first, l, where=beats)
    return winner


def gradient_x(
    dy: Array,
    winner: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """Each window's gradient to its winner."""
    N, O_W, C = dy.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    W, = space
    K_W, = taps
    dx = np.zeros((N, W, C), dtype=dy.dtype)
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    for l, j_o, j_i in j_spans:
        dx[:, j_i] += np.where(winner[:, j_o] == l, dy[:, j_o], 0)
    return dx


def forward_folds(
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The maximum of each window, all taps of an axis at once."""
    N, W, C = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    K_W, = taps
    seen = windows(x.reshape(N, W, 1, C), (K_W,), (D_W,), (-P_W,), (S_W,), (O_W,), lowest(x.dtype))
    y: Array = np.maximum.reduce(seen, axis=3).reshape(N, O_W, C)
    return y


def forward_once(
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The maximum of each window, all taps at once."""
    N, _, C = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    K_W, = taps
    seen = windows(x[:, :, None], (K_W,), (D_W,), (-P_W,), (S_W,), (O_W,), lowest(x.dtype))
    y: Array = np.maximum.reduce(seen, axis=3).reshape(N, O_W, C)
    return y
