"""Average-pooling in 3d.

Generated from avg_pool3d (fbc751e09b3cdc00) by `python -m convproof.lower`; never edited: a test compares.
x (N, *space, C), y (N, *out, C); winners number a window's taps from 0, row-major.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from convproof.generated.slices import Array, spans


@lru_cache(maxsize=64)
def forward_include_count_w(K_W: int, O_W: int, P_W: int, Q_W: int, S_W: int, W: int) -> tuple[int, ...]:
    """The number of pixels in each window of an axis."""
    return tuple(min(K_W, P_W + Q_W - S_W*j + W) for j in range(O_W))


@lru_cache(maxsize=64)
def forward_include_count_t(K_T: int, O_T: int, P_T: int, Q_T: int, S_T: int, T: int) -> tuple[int, ...]:
    """The number of pixels in each window of an axis."""
    return tuple(min(K_T, P_T + Q_T - S_T*t + T) for t in range(O_T))


@lru_cache(maxsize=64)
def forward_include_count_h(H: int, K_H: int, O_H: int, P_H: int, Q_H: int, S_H: int) -> tuple[int, ...]:
    """The number of pixels in each window of an axis."""
    return tuple(min(K_H, H + P_H + Q_H - S_H*i) for i in range(O_H))


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
    count_h = np.array(forward_include_count_h(H, K_H, O_H, P_H, Q_H, S_H), x.dtype)
    count_t = np.array(forward_include_count_t(K_T, O_T, P_T, Q_T, S_T, T), x.dtype)
    count_w = np.array(forward_include_count_w(K_W, O_W, P_W, Q_W, S_W, W), x.dtype)
    along_t = np.zeros((N, O_T, H, W, C), dtype=x.dtype)
    t_spans = spans(K_T, 1, -P_T, S_T, O_T, T)
    for _, t_o, t_i in t_spans:
        part = along_t[:, t_o]
        part += x[:, t_i]
    along_i = np.zeros((N, O_T, O_H, W, C), dtype=along_t.dtype)
    i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
    for _, i_o, i_i in i_spans:
        part = along_i[:, :, i_o]
        part += along_t[:, :, i_i]
    y = np.zeros((N, O_T, O_H, O_W, C), dtype=along_i.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        part = y[:, :, :, j_o]
        part += along_i[:, :, :, j_i]
    y[...] /= count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None]
    return y


@lru_cache(maxsize=64)
def gradient_x_include_count_w(K_W: int, O_W: int, P_W: int, Q_W: int, S_W: int, W: int) -> tuple[int, ...]:
    """The number of pixels in each window of an axis."""
    return tuple(min(K_W, P_W + Q_W - S_W*j + W) for j in range(O_W))


@lru_cache(maxsize=64)
def gradient_x_include_count_t(K_T: int, O_T: int, P_T: int, Q_T: int, S_T: int, T: int) -> tuple[int, ...]:
    """The number of pixels in each window of an axis."""
    return tuple(min(K_T, P_T + Q_T - S_T*t + T) for t in range(O_T))


@lru_cache(maxsize=64)
def gradient_x_include_count_h(H: int, K_H: int, O_H: int, P_H: int, Q_H: int, S_H: int) -> tuple[int, ...]:
    """The number of pixels in each window of an axis."""
    return tuple(min(K_H, H + P_H + Q_H - S_H*i) for i in range(O_H))


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
    count_h = np.array(gradient_x_include_count_h(H, K_H, O_H, P_H, Q_H, S_H), dy.dtype)
    count_t = np.array(gradient_x_include_count_t(K_T, O_T, P_T, Q_T, S_T, T), dy.dtype)
    count_w = np.array(gradient_x_include_count_w(K_W, O_W, P_W, Q_W, S_W, W), dy.dtype)
    share = dy / (count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None])
    along_t = np.zeros((N, T, O_H, O_W, C), dtype=share.dtype)
    t_spans = spans(K_T, 1, -P_T, S_T, O_T, T)
    for _, t_o, t_i in t_spans:
        part = along_t[:, t_i]
        part += share[:, t_o]
    along_i = np.zeros((N, T, H, O_W, C), dtype=along_t.dtype)
    i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
    for _, i_o, i_i in i_spans:
        part = along_i[:, :, i_i]
        part += along_t[:, :, i_o]
    dx = np.zeros((N, T, H, W, C), dtype=along_i.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        part = dx[:, :, :, j_i]
        part += along_i[:, :, :, j_o]
    return dx


@lru_cache(maxsize=64)
def forward_exclude_count_w(K_W: int, O_W: int, P_W: int, S_W: int, W: int) -> tuple[int, ...]:
    """The number of pixels in each window of an axis."""
    return tuple(-max(0, P_W - S_W*j) + min(K_W, P_W - S_W*j + W) for j in range(O_W))


@lru_cache(maxsize=64)
def forward_exclude_count_t(K_T: int, O_T: int, P_T: int, S_T: int, T: int) -> tuple[int, ...]:
    """The number of pixels in each window of an axis."""
    return tuple(-max(0, P_T - S_T*t) + min(K_T, P_T - S_T*t + T) for t in range(O_T))


@lru_cache(maxsize=64)
def forward_exclude_count_h(H: int, K_H: int, O_H: int, P_H: int, S_H: int) -> tuple[int, ...]:
    """The number of pixels in each window of an axis."""
    return tuple(-max(0, P_H - S_H*i) + min(K_H, H + P_H - S_H*i) for i in range(O_H))


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
    count_h = np.array(forward_exclude_count_h(H, K_H, O_H, P_H, S_H), x.dtype)
    count_t = np.array(forward_exclude_count_t(K_T, O_T, P_T, S_T, T), x.dtype)
    count_w = np.array(forward_exclude_count_w(K_W, O_W, P_W, S_W, W), x.dtype)
    along_t = np.zeros((N, O_T, H, W, C), dtype=x.dtype)
    t_spans = spans(K_T, 1, -P_T, S_T, O_T, T)
    for _, t_o, t_i in t_spans:
        part = along_t[:, t_o]
        part += x[:, t_i]
    along_i = np.zeros((N, O_T, O_H, W, C), dtype=along_t.dtype)
    i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
    for _, i_o, i_i in i_spans:
        part = along_i[:, :, i_o]
        part += along_t[:, :, i_i]
    y = np.zeros((N, O_T, O_H, O_W, C), dtype=along_i.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        part = y[:, :, :, j_o]
        part += along_i[:, :, :, j_i]
    y[...] /= count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None]
    return y


@lru_cache(maxsize=64)
def gradient_x_exclude_count_w(K_W: int, O_W: int, P_W: int, S_W: int, W: int) -> tuple[int, ...]:
    """The number of pixels in each window of an axis."""
    return tuple(-max(0, P_W - S_W*j) + min(K_W, P_W - S_W*j + W) for j in range(O_W))


@lru_cache(maxsize=64)
def gradient_x_exclude_count_t(K_T: int, O_T: int, P_T: int, S_T: int, T: int) -> tuple[int, ...]:
    """The number of pixels in each window of an axis."""
    return tuple(-max(0, P_T - S_T*t) + min(K_T, P_T - S_T*t + T) for t in range(O_T))


@lru_cache(maxsize=64)
def gradient_x_exclude_count_h(H: int, K_H: int, O_H: int, P_H: int, S_H: int) -> tuple[int, ...]:
    """The number of pixels in each window of an axis."""
    return tuple(-max(0, P_H - S_H*i) + min(K_H, H + P_H - S_H*i) for i in range(O_H))


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
    count_h = np.array(gradient_x_exclude_count_h(H, K_H, O_H, P_H, S_H), dy.dtype)
    count_t = np.array(gradient_x_exclude_count_t(K_T, O_T, P_T, S_T, T), dy.dtype)
    count_w = np.array(gradient_x_exclude_count_w(K_W, O_W, P_W, S_W, W), dy.dtype)
    share = dy / (count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None])
    along_t = np.zeros((N, T, O_H, O_W, C), dtype=share.dtype)
    t_spans = spans(K_T, 1, -P_T, S_T, O_T, T)
    for _, t_o, t_i in t_spans:
        part = along_t[:, t_i]
        part += share[:, t_o]
    along_i = np.zeros((N, T, H, O_W, C), dtype=along_t.dtype)
    i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
    for _, i_o, i_i in i_spans:
        part = along_i[:, :, i_i]
        part += along_t[:, :, i_o]
    dx = np.zeros((N, T, H, W, C), dtype=along_i.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        part = dx[:, :, :, j_i]
        part += along_i[:, :, :, j_o]
    return dx
