"""Average-pooling in 1d.

Generated from avg_pool1d (5743b11b015b4cad) by `python -m convproof.lower`; never edited: a test compares.
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


def forward_include(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    pad_hi: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window."""
    N, W, C = x.shape
    S_W, = stride
    P_W, = pad_lo
    Q_W, = pad_hi
    O_W, = out_space
    K_W, = taps
    count_w = np.array(forward_include_count_w(K_W, O_W, P_W, Q_W, S_W, W), x.dtype)
    y = np.zeros((N, O_W, C), dtype=x.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        part = y[:, j_o]
        part += x[:, j_i]
    y[...] /= count_w[:, None]
    return y


@lru_cache(maxsize=64)
def gradient_x_include_count_w(K_W: int, O_W: int, P_W: int, Q_W: int, S_W: int, W: int) -> tuple[int, ...]:
    """The number of pixels in each window of an axis."""
    return tuple(min(K_W, P_W + Q_W - S_W*j + W) for j in range(O_W))


def gradient_x_include(
    dy: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    pad_hi: tuple[int, ...],
    space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """Each window's gradient, shared out to its pixels."""
    N, O_W, C = dy.shape
    S_W, = stride
    P_W, = pad_lo
    Q_W, = pad_hi
    W, = space
    K_W, = taps
    count_w = np.array(gradient_x_include_count_w(K_W, O_W, P_W, Q_W, S_W, W), dy.dtype)
    share = dy / (count_w[:, None])
    dx = np.zeros((N, W, C), dtype=share.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        part = dx[:, j_i]
        part += share[:, j_o]
    return dx


@lru_cache(maxsize=64)
def forward_exclude_count_w(K_W: int, O_W: int, P_W: int, S_W: int, W: int) -> tuple[int, ...]:
    """The number of pixels in each window of an axis."""
    return tuple(-max(0, P_W - S_W*j) + min(K_W, P_W - S_W*j + W) for j in range(O_W))


def forward_exclude(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window."""
    N, W, C = x.shape
    S_W, = stride
    P_W, = pad_lo
    O_W, = out_space
    K_W, = taps
    count_w = np.array(forward_exclude_count_w(K_W, O_W, P_W, S_W, W), x.dtype)
    y = np.zeros((N, O_W, C), dtype=x.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        part = y[:, j_o]
        part += x[:, j_i]
    y[...] /= count_w[:, None]
    return y


@lru_cache(maxsize=64)
def gradient_x_exclude_count_w(K_W: int, O_W: int, P_W: int, S_W: int, W: int) -> tuple[int, ...]:
    """The number of pixels in each window of an axis."""
    return tuple(-max(0, P_W - S_W*j) + min(K_W, P_W - S_W*j + W) for j in range(O_W))


def gradient_x_exclude(
    dy: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """Each window's gradient, shared out to its pixels."""
    N, O_W, C = dy.shape
    S_W, = stride
    P_W, = pad_lo
    W, = space
    K_W, = taps
    count_w = np.array(gradient_x_exclude_count_w(K_W, O_W, P_W, S_W, W), dy.dtype)
    share = dy / (count_w[:, None])
    dx = np.zeros((N, W, C), dtype=share.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        part = dx[:, j_i]
        part += share[:, j_o]
    return dx
