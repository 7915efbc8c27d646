"""Average-pooling in 3d.

Generated from avg_pool3d (fbc751e09b3cdc00) by `python -m convproof.lower`; never edited: a test compares.
x (N, *space, C), y (N, *out, C); winners number a window's taps from 0, row-major.
"""

from __future__ import annotations

import numpy as np

from convproof.generated.slices import Array, spans


def forward_include(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    pad_hi: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window."""
    N, T, H, W, C = x.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    Q_T, Q_H, Q_W = pad_hi
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    count_h = np.array([min(K_H, H + P_H + Q_H - S_H*i) for i in range(O_H)], x.dtype)
    count_t = np.array([min(K_T, P_T + Q_T - S_T*t + T) for t in range(O_T)], x.dtype)
    count_w = np.array([min(K_W, P_W + Q_W - S_W*j + W) for j in range(O_W)], x.dtype)
    y = np.zeros((N, O_T, O_H, O_W, C), dtype=x.dtype)
    t_spans = spans(K_T, 1, -P_T, S_T, O_T, T)
    i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, t_o, t_i in t_spans:
        for _, i_o, i_i in i_spans:
            for _, j_o, j_i in j_spans:
                y[:, t_o, i_o, j_o] += x[:, t_i, i_i, j_i]
    y[...] /= count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None]
    return y


def gradient_x_include(
    dy: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    pad_hi: tuple[int, ...],
    space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """Each window's gradient, shared out to its pixels."""
    N, O_T, O_H, O_W, C = dy.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    Q_T, Q_H, Q_W = pad_hi
    T, H, W = space
    K_T, K_H, K_W = taps
    count_h = np.array([min(K_H, H + P_H + Q_H - S_H*i) for i in range(O_H)], dy.dtype)
    count_t = np.array([min(K_T, P_T + Q_T - S_T*t + T) for t in range(O_T)], dy.dtype)
    count_w = np.array([min(K_W, P_W + Q_W - S_W*j + W) for j in range(O_W)], dy.dtype)
    share = dy / (count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None])
    dx = np.zeros((N, T, H, W, C), dtype=share.dtype)
    t_spans = spans(K_T, 1, -P_T, S_T, O_T, T)
    i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, t_o, t_i in t_spans:
        for _, i_o, i_i in i_spans:
            for _, j_o, j_i in j_spans:
                dx[:, t_i, i_i, j_i] += share[:, t_o, i_o, j_o]
    return dx


def forward_exclude(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window."""
    N, T, H, W, C = x.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    count_h = np.array([-max(0, P_H - S_H*i) + min(K_H, H + P_H - S_H*i) for i in range(O_H)], x.dtype)
    count_t = np.array([-max(0, P_T - S_T*t) + min(K_T, P_T - S_T*t + T) for t in range(O_T)], x.dtype)
    count_w = np.array([-max(0, P_W - S_W*j) + min(K_W, P_W - S_W*j + W) for j in range(O_W)], x.dtype)
    y = np.zeros((N, O_T, O_H, O_W, C), dtype=x.dtype)
    t_spans = spans(K_T, 1, -P_T, S_T, O_T, T)
    i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, t_o, t_i in t_spans:
        for _, i_o, i_i in i_spans:
            for _, j_o, j_i in j_spans:
                y[:, t_o, i_o, j_o] += x[:, t_i, i_i, j_i]
    y[...] /= count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None]
    return y


def gradient_x_exclude(
    dy: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """Each window's gradient, shared out to its pixels."""
    N, O_T, O_H, O_W, C = dy.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    T, H, W = space
    K_T, K_H, K_W = taps
    count_h = np.array([-max(0, P_H - S_H*i) + min(K_H, H + P_H - S_H*i) for i in range(O_H)], dy.dtype)
    count_t = np.array([-max(0, P_T - S_T*t) + min(K_T, P_T - S_T*t + T) for t in range(O_T)], dy.dtype)
    count_w = np.array([-max(0, P_W - S_W*j) + min(K_W, P_W - S_W*j + W) for j in range(O_W)], dy.dtype)
    share = dy / (count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None])
    dx = np.zeros((N, T, H, W, C), dtype=share.dtype)
    t_spans = spans(K_T, 1, -P_T, S_T, O_T, T)
    i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, t_o, t_i in t_spans:
        for _, i_o, i_i in i_spans:
            for _, j_o, j_i in j_spans:
                dx[:, t_i, i_i, j_i] += share[:, t_o, i_o, j_o]
    return dx
