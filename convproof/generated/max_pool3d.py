"""Max-pooling in 3d.

Generated from max_pool3d (e088dbf249819b7f) by `python -m convproof.lower`; never edited: a test compares.
x (N, *space, C), y (N, *out, C); winners number a window's taps from 0, row-major.
"""

from __future__ import annotations

import numpy as np

from convproof.generated.slices import Array, lowest, span


def forward(
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
    y = np.full((N, O_T, O_H, O_W, C), lowest(x.dtype), dtype=x.dtype)
    t_spans = [span(D_T*q - P_T, S_T, O_T, T) for q in range(K_T)]
    i_spans = [span(D_H*k - P_H, S_H, O_H, H) for k in range(K_H)]
    j_spans = [span(D_W*l - P_W, S_W, O_W, W) for l in range(K_W)]
    for q in range(K_T):
        t_o, t_i = t_spans[q]
        for k in range(K_H):
            i_o, i_i = i_spans[k]
            for l in range(K_W):
                j_o, j_i = j_spans[l]
                np.maximum(y[:, t_o, i_o, j_o], x[:, t_i, i_i, j_i], out=y[:, t_o, i_o, j_o])
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
    top = np.full((N, O_T, O_H, O_W, C), lowest(x.dtype), dtype=x.dtype)
    winner = np.full((N, O_T, O_H, O_W, C), -1, dtype=np.intp)
    t_spans = [span(D_T*q - P_T, S_T, O_T, T) for q in range(K_T)]
    i_spans = [span(D_H*k - P_H, S_H, O_H, H) for k in range(K_H)]
    j_spans = [span(D_W*l - P_W, S_W, O_W, W) for l in range(K_W)]
    for q in range(K_T):
        t_o, t_i = t_spans[q]
        for k in range(K_H):
            i_o, i_i = i_spans[k]
            for l in range(K_W):
                j_o, j_i = j_spans[l]
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
    t_spans = [span(D_T*q - P_T, S_T, O_T, T) for q in range(K_T)]
    i_spans = [span(D_H*k - P_H, S_H, O_H, H) for k in range(K_H)]
    j_spans = [span(D_W*l - P_W, S_W, O_W, W) for l in range(K_W)]
    for q in range(K_T):
        t_o, t_i = t_spans[q]
        for k in range(K_H):
            i_o, i_i = i_spans[k]
            for l in range(K_W):
                j_o, j_i = j_spans[l]
                dx[:, t_i, i_i, j_i] += np.where(winner[:, t_o, i_o, j_o] == K_W*(K_H*q + k) + l, dy[:, t_o, i_o, j_o], 0)
    return dx
