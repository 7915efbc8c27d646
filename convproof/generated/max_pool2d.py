"""Max-pooling in 2d.

Generated from max_pool2d (9d764392ba556338) by `python -m convproof.lower`; never edited: a test compares.
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
    N, H, W, C = x.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    O_H, O_W = out_space
    K_H, K_W = taps
    along_i = np.empty((N, O_H, W, C), dtype=x.dtype)
    along_i.fill(lowest(x.dtype))
    i_spans = spans(K_H, D_H, -P_H, S_H, O_H, H)
    for _, i_o, i_i in i_spans:
        part = along_i[:, i_o]
        np.maximum(part, x[:, i_i], out=part)
    y = np.empty((N, O_H, O_W, C), dtype=along_i.dtype)
    y.fill(lowest(along_i.dtype))
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        part = y[:, :, j_o]
        np.maximum(part, along_i[:, :, j_i], out=part)
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
    N, H, W, C = x.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    O_H, O_W = out_space
    K_H, K_W = taps
    top = np.empty((N, O_H, O_W, C), dtype=x.dtype)
    top.fill(lowest(x.dtype))
    winner = np.full((N, O_H, O_W, C), -1, dtype=np.intp)
    i_spans = spans(K_H, D_H, -P_H, S_H, O_H, H)
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    for k, i_o, i_i in i_spans:
        for l, j_o, j_i in j_spans:
            best, first, value = top[:, i_o, j_o], winner[:, i_o, j_o], x[:, i_i, j_i]
            beats = (first < 0) | (value > best) | ((value != value) & (best == best))
            np.copyto(best, value, where=beats)
            np.copyto(first, K_W*k + l, where=beats)
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
    N, O_H, O_W, C = dy.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    H, W = space
    K_H, K_W = taps
    dx = np.zeros((N, H, W, C), dtype=dy.dtype)
    i_spans = spans(K_H, D_H, -P_H, S_H, O_H, H)
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    for k, i_o, i_i in i_spans:
        for l, j_o, j_i in j_spans:
            dx[:, i_i, j_i] += np.where(winner[:, i_o, j_o] == K_W*k + l, dy[:, i_o, j_o], 0)
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
    N, H, W, C = x.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    O_H, O_W = out_space
    K_H, K_W = taps
    seen = windows(x.reshape(N, H, 1, C*W), (K_H,), (D_H,), (-P_H,), (S_H,), (O_H,), lowest(x.dtype))
    along_i: Array = np.maximum.reduce(seen, axis=3).reshape(N, O_H, W, C)
    seen = windows(along_i.reshape(N*O_H, W, 1, C), (K_W,), (D_W,), (-P_W,), (S_W,), (O_W,), lowest(along_i.dtype))
    y: Array = np.maximum.reduce(seen, axis=3).reshape(N, O_H, O_W, C)
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
    N, _, _, C = x.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    O_H, O_W = out_space
    K_H, K_W = taps
    seen = windows(x[:, :, :, None], (K_H, K_W), (D_H, D_W), (-P_H, -P_W), (S_H, S_W), (O_H, O_W), lowest(x.dtype))
    y: Array = np.maximum.reduce(seen, axis=(4, 5)).reshape(N, O_H, O_W, C)
    return y
