"""Max-pooling in 3d.

Generated from max_pool3d (e088dbf249819b7f) by `python -m convproof.lower`; never edited: a test compares.
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
    N, T, H, W, C = x.shape
    S_T, S_H, S_W = stride
    D_T, D_H, D_W = dilation
    P_T, P_H, P_W = pad_lo
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    along_t = np.empty((N, O_T, H, W, C), dtype=x.dtype)
    along_t.fill(lowest(x.dtype))
    t_spans = spans(K_T, D_T, -P_T, S_T, O_T, T)
    for _, t_o, t_i in t_spans:
        part = along_t[:, t_o]
        np.maximum(part, x[:, t_i], out=part)
    along_i = np.empty((N, O_T, O_H, W, C), dtype=along_t.dtype)
    along_i.fill(lowest(along_t.dtype))
    i_spans = spans(K_H, D_H, -P_H, S_H, O_H, H)
    for _, i_o, i_i in i_spans:
        part = along_i[:, :, i_o]
        np.maximum(part, along_t[:, :, i_i], out=part)
    y = np.empty((N, O_T, O_H, O_W, C), dtype=along_i.dtype)
    y.fill(lowest(along_i.dtype))
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        part = y[:, :, :, j_o]
        np.maximum(part, along_i[:, :, :, j_i], out=part)
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
    N, T, H, W, C = x.shape
    S_T, S_H, S_W = stride
    D_T, D_H, D_W = dilation
    P_T, P_H, P_W = pad_lo
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    top = np.empty((N, O_T, O_H, O_W, C), dtype=x.dtype)
    top.fill(lowest(x.dtype))
    winner = np.full((N, O_T, O_H, O_W, C), -1, dtype=np.intp)
    t_spans = spans(K_T, D_T, -P_T, S_T, O_T, T)
    i_spans = spans(K_H, D_H, -P_H, S_H, O_H, H)
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    for q, t_o, t_i in t_spans:
        for k, i_o, i_i in i_spans:
            for l, j_o, j_i in j_spans:
                best, first, value = top[:, t_o, i_o, j_o], winner[:, t_o, i_o, j_o], x[:, t_i, i_i, j_i]
                beats = (first < 0) | (value > best) | ((value != value) & (best == best))
                np.copyto(best, value, where=beats)
                np.copyto(first, K_W*(K_H*q + k) + l, where=beats)
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
    N, O_T, O_H, O_W, C = dy.shape
    S_T, S_H, S_W = stride
    D_T, D_H, D_W = dilation
    P_T, P_H, P_W = pad_lo
    T, H, W = space
    K_T, K_H, K_W = taps
    dx = np.zeros((N, T, H, W, C), dtype=dy.dtype)
    t_spans = spans(K_T, D_T, -P_T, S_T, O_T, T)
    i_spans = spans(K_H, D_H, -P_H, S_H, O_H, H)
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    for q, t_o, t_i in t_spans:
        for k, i_o, i_i in i_spans:
            for l, j_o, j_i in j_spans:
                dx[:, t_i, i_i, j_i] += np.where(winner[:, t_o, i_o, j_o] == K_W*(K_H*q + k) + l, dy[:, t_o, i_o, j_o], 0)
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
    N, T, H, W, C = x.shape
    S_T, S_H, S_W = stride
    D_T, D_H, D_W = dilation
    P_T, P_H, P_W = pad_lo
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    seen = windows(x.reshape(N, T, 1, C*H*W), (K_T,), (D_T,), (-P_T,), (S_T,), (O_T,), lowest(x.dtype))
    along_t: Array = np.maximum.reduce(seen, axis=3).reshape(N, O_T, H, W, C)
    seen = windows(along_t.reshape(N*O_T, H, 1, C*W), (K_H,), (D_H,), (-P_H,), (S_H,), (O_H,), lowest(along_t.dtype))
    along_i: Array = np.maximum.reduce(seen, axis=3).reshape(N, O_T, O_H, W, C)
    seen = windows(along_i.reshape(N*O_H*O_T, W, 1, C), (K_W,), (D_W,), (-P_W,), (S_W,), (O_W,), lowest(along_i.dtype))
    y: Array = np.maximum.reduce(seen, axis=3).reshape(N, O_T, O_H, O_W, C)
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
    N, _, _, _, C = x.shape
    S_T, S_H, S_W = stride
    D_T, D_H, D_W = dilation
    P_T, P_H, P_W = pad_lo
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    seen = windows(x[:, :, :, :, None], (K_T, K_H, K_W), (D_T, D_H, D_W), (-P_T, -P_H, -P_W), (S_T, S_H, S_W), (O_T, O_H, O_W), lowest(x.dtype))
    y: Array = np.maximum.reduce(seen, axis=(5, 6, 7)).reshape(N, O_T, O_H, O_W, C)
    return y
