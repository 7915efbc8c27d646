"""Average-pooling in 3d.

Generated from avg_pool3d (fbc751e09b3cdc00)
by `python -m convproof.emit`, never edited: a test compares.
x (N, *space, C), y (N, *out, C).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from convproof.lower.parallel import share
from convproof.lower.reductions import gather, reached, scatter
from convproof.lower.runtime import Array, add, counted, counts, positions, spans, windows


@lru_cache(maxsize=64)
def count_h_include(dtype: Any, H: int, K_H: int, O_H: int, P_H: int, Q_H: int, S_H: int) -> Array:
    """The number of pixels in each window of an axis."""
    i = positions(O_H, H, K_H, O_H, P_H, Q_H, S_H)
    return counts(np.minimum(K_H, H + P_H + Q_H - S_H*i), dtype)


@lru_cache(maxsize=64)
def count_t_include(dtype: Any, K_T: int, O_T: int, P_T: int, Q_T: int, S_T: int, T: int) -> Array:
    """The number of pixels in each window of an axis."""
    t = positions(O_T, K_T, O_T, P_T, Q_T, S_T, T)
    return counts(np.minimum(K_T, P_T + Q_T - S_T*t + T), dtype)


@lru_cache(maxsize=64)
def count_w_include(dtype: Any, K_W: int, O_W: int, P_W: int, Q_W: int, S_W: int, W: int) -> Array:
    """The number of pixels in each window of an axis."""
    j = positions(O_W, K_W, O_W, P_W, Q_W, S_W, W)
    return counts(np.minimum(K_W, P_W + Q_W - S_W*j + W), dtype)


@lru_cache(maxsize=64)
def count_h_exclude(dtype: Any, H: int, K_H: int, O_H: int, P_H: int, S_H: int) -> Array:
    """The number of pixels in each window of an axis."""
    i = positions(O_H, H, K_H, O_H, P_H, S_H)
    return counts(-np.maximum(0, P_H - S_H*i) + np.minimum(K_H, H + P_H - S_H*i), dtype)


@lru_cache(maxsize=64)
def count_t_exclude(dtype: Any, K_T: int, O_T: int, P_T: int, S_T: int, T: int) -> Array:
    """The number of pixels in each window of an axis."""
    t = positions(O_T, K_T, O_T, P_T, S_T, T)
    return counts(-np.maximum(0, P_T - S_T*t) + np.minimum(K_T, P_T - S_T*t + T), dtype)


@lru_cache(maxsize=64)
def count_w_exclude(dtype: Any, K_W: int, O_W: int, P_W: int, S_W: int, W: int) -> Array:
    """The number of pixels in each window of an axis."""
    j = positions(O_W, K_W, O_W, P_W, S_W, W)
    return counts(-np.maximum(0, P_W - S_W*j) + np.minimum(K_W, P_W - S_W*j + W), dtype)


def forward_include_banded(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    pad_hi: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
    block: int,
) -> Array:
    """The mean of each window.

    Schedule banded: a slice for each tap of an axis, axis by axis, some rows at a time.
    """
    N, T, H, W, C = x.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    Q_T, Q_H, Q_W = pad_hi
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    count_h = count_h_include(x.dtype, H, K_H, O_H, P_H, Q_H, S_H)
    count_t = count_t_include(x.dtype, K_T, O_T, P_T, Q_T, S_T, T)
    count_w = count_w_include(x.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    y = np.empty((N, O_T, O_H, O_W, C), dtype=x.dtype)

    def task(images: slice, rows: slice) -> None:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        along_t = np.empty((images_size, rows_size, H, W, C), dtype=x.dtype)
        t_spans = spans(K_T, 1, -P_T + S_T*rows_start, S_T, rows_size, T)
        gather(np.add, along_t, x[images], 1, t_spans)
        along_i = np.empty((images_size, rows_size, O_H, W, C), dtype=x.dtype)
        i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
        gather(np.add, along_i, along_t, 2, i_spans)
        j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
        gather(np.add, y[images, rows], along_i, 3, j_spans)
        count_t_rows = counted(count_t, rows)
        part = y[images, rows]
        part /= count_h[:, None, None] * count_t_rows[:, None, None, None] * count_w[:, None]

    images_most = max(1, (block // O_T))
    rows_most = min(O_T, block)
    if images_most >= N and rows_most >= O_T:
        task(slice(0, N), slice(0, O_T))
    else:
        share(task, (N, images_most), (O_T, rows_most))
    return y


def forward_include_separable(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    pad_hi: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window.

    Schedule separable: all taps of an axis reduced at once, axis by axis.
    """
    N, T, H, W, C = x.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    Q_T, Q_H, Q_W = pad_hi
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    count_h = count_h_include(x.dtype, H, K_H, O_H, P_H, Q_H, S_H)
    count_t = count_t_include(x.dtype, K_T, O_T, P_T, Q_T, S_T, T)
    count_w = count_w_include(x.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    seen = windows(x.reshape(N, T, 1, C*H*W), (K_T,), (1,), (-P_T,), (S_T,), (O_T,))
    along_t = np.empty((N, O_T, H, W, C), dtype=x.dtype)
    np.add.reduce(seen, axis=(3,), out=along_t.reshape(N, O_T, 1, C*H*W))
    seen = windows(along_t.reshape(N*O_T, H, 1, C*W), (K_H,), (1,), (-P_H,), (S_H,), (O_H,))
    along_i = np.empty((N, O_T, O_H, W, C), dtype=along_t.dtype)
    np.add.reduce(seen, axis=(3,), out=along_i.reshape(N*O_T, O_H, 1, C*W))
    seen = windows(along_i.reshape(N*O_H*O_T, W, 1, C), (K_W,), (1,), (-P_W,), (S_W,), (O_W,))
    y = np.empty((N, O_T, O_H, O_W, C), dtype=along_i.dtype)
    np.add.reduce(seen, axis=(3,), out=y.reshape(N*O_H*O_T, O_W, 1, C))
    y /= count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None]
    return y


def forward_include_planes(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    pad_hi: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window.

    Schedule planes: the windows' pixels tap by tap in one array, reduced at once.
    """
    N, T, H, W, C = x.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    Q_T, Q_H, Q_W = pad_hi
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    count_h = count_h_include(x.dtype, H, K_H, O_H, P_H, Q_H, S_H)
    count_t = count_t_include(x.dtype, K_T, O_T, P_T, Q_T, S_T, T)
    count_w = count_w_include(x.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    seen = windows(
        x[:, :, :, :, None],
        (K_T, K_H, K_W),
        (1, 1, 1),
        (-P_T, -P_H, -P_W),
        (S_T, S_H, S_W),
        (O_T, O_H, O_W),
    ).transpose(0, 5, 6, 7, 1, 2, 3, 4, 8)
    planes = seen.reshape(N, K_H*K_T*K_W, C*O_H*O_T*O_W)
    y = np.empty((N, O_T, O_H, O_W, C), dtype=x.dtype)
    np.add.reduce(planes, axis=(1,), out=y.reshape(N, C*O_H*O_T*O_W))
    y /= count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None]
    return y


def forward_include_gemm_ones(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    pad_hi: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window; schedule gemm_ones: each window a row of patches, times ones."""
    N, T, H, W, C = x.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    Q_T, Q_H, Q_W = pad_hi
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    count_h = count_h_include(x.dtype, H, K_H, O_H, P_H, Q_H, S_H)
    count_t = count_t_include(x.dtype, K_T, O_T, P_T, Q_T, S_T, T)
    count_w = count_w_include(x.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    seen = windows(
        x[:, :, :, :, :, None],
        (K_T, K_H, K_W),
        (1, 1, 1),
        (-P_T, -P_H, -P_W),
        (S_T, S_H, S_W),
        (O_T, O_H, O_W),
    )
    y = np.empty((N, O_T, O_H, O_W, C), dtype=x.dtype)
    np.matmul(
        seen.reshape(-1, K_H*K_T*K_W), np.ones(K_H*K_T*K_W, dtype=seen.dtype), out=y.reshape(-1),
    )
    y /= count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None]
    return y


def forward_include_tap(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    pad_hi: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window; schedule tap: a slice for each tap."""
    N, T, H, W, C = x.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    Q_T, Q_H, Q_W = pad_hi
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    count_h = count_h_include(x.dtype, H, K_H, O_H, P_H, Q_H, S_H)
    count_t = count_t_include(x.dtype, K_T, O_T, P_T, Q_T, S_T, T)
    count_w = count_w_include(x.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    along_t = np.zeros((N, O_T, H, W, C), dtype=x.dtype)
    t_spans = spans(K_T, 1, -P_T, S_T, O_T, T)
    for _, t_o, t_i in t_spans:
        add(along_t[:, t_o], x[:, t_i])
    along_i = np.zeros((N, O_T, O_H, W, C), dtype=along_t.dtype)
    i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
    for _, i_o, i_i in i_spans:
        add(along_i[:, :, i_o], along_t[:, :, i_i])
    y = np.zeros((N, O_T, O_H, O_W, C), dtype=along_i.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        add(y[:, :, :, j_o], along_i[:, :, :, j_i])
    y /= count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None]
    return y


def forward_include_windowed(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    pad_hi: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window; schedule windowed: all taps reduced at once."""
    N, T, H, W, C = x.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    Q_T, Q_H, Q_W = pad_hi
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    count_h = count_h_include(x.dtype, H, K_H, O_H, P_H, Q_H, S_H)
    count_t = count_t_include(x.dtype, K_T, O_T, P_T, Q_T, S_T, T)
    count_w = count_w_include(x.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    seen = windows(
        x[:, :, :, :, None],
        (K_T, K_H, K_W),
        (1, 1, 1),
        (-P_T, -P_H, -P_W),
        (S_T, S_H, S_W),
        (O_T, O_H, O_W),
    )
    y = np.empty((N, O_T, O_H, O_W, C), dtype=x.dtype)
    np.add.reduce(seen, axis=(4, 5, 6, 7), out=y.reshape(N, O_T, O_H, O_W, C))
    y /= count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None]
    return y


def gradient_x_include_banded(
    dy: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    pad_hi: tuple[int, ...],
    space: tuple[int, ...],
    taps: tuple[int, ...],
    block: int,
) -> Array:
    """Each window's gradient, shared out to its pixels.

    Schedule banded: a slice for each tap of an axis, axis by axis, some rows at a time.
    """
    N, O_T, O_H, O_W, C = dy.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    Q_T, Q_H, Q_W = pad_hi
    T, H, W = space
    K_T, K_H, K_W = taps
    count_h = count_h_include(dy.dtype, H, K_H, O_H, P_H, Q_H, S_H)
    count_t = count_t_include(dy.dtype, K_T, O_T, P_T, Q_T, S_T, T)
    count_w = count_w_include(dy.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    dx = np.empty((N, T, H, W, C), dtype=dy.dtype)

    def task(images: slice) -> None:
        images_size = images.stop - images.start
        rows_most = min(O_T, block)
        for rows_start in range(0, O_T, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_T))
            rows_size = rows.stop - rows_start
            seen, seen_kept = reached(rows, S_T, K_T, -P_T, O_T, T)
            seen_start = seen.start
            seen_size = seen.stop - seen_start
            t_spans = spans(K_T, 1, -P_T + S_T*rows_start - seen_start, S_T, rows_size, seen_size)
            i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
            j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
            count_t_rows = counted(count_t, rows)
            shared = dy[images, rows] / (
                count_h[:, None, None] * count_t_rows[:, None, None, None] * count_w[:, None]
            )
            along_t = np.empty((images_size, seen_size, O_H, O_W, C), dtype=dy.dtype)
            scatter(along_t, shared, 1, t_spans)
            along_i = np.empty((images_size, seen_size, H, O_W, C), dtype=dy.dtype)
            scatter(along_i, along_t, 2, i_spans)
            scatter(dx[images, seen], along_i, 3, j_spans, None, seen_kept)

    images_most = max(1, (block // O_T))
    if images_most >= N:
        task(slice(0, N))
    else:
        share(task, (N, images_most))
    return dx


def gradient_x_include_tap(
    dy: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    pad_hi: tuple[int, ...],
    space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """Each window's gradient, shared out to its pixels; schedule tap: a slice for each tap."""
    N, O_T, O_H, O_W, C = dy.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    Q_T, Q_H, Q_W = pad_hi
    T, H, W = space
    K_T, K_H, K_W = taps
    count_h = count_h_include(dy.dtype, H, K_H, O_H, P_H, Q_H, S_H)
    count_t = count_t_include(dy.dtype, K_T, O_T, P_T, Q_T, S_T, T)
    count_w = count_w_include(dy.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    shared = dy / (count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None])
    along_t = np.zeros((N, T, O_H, O_W, C), dtype=shared.dtype)
    t_spans = spans(K_T, 1, -P_T, S_T, O_T, T)
    for _, t_o, t_i in t_spans:
        add(along_t[:, t_i], shared[:, t_o])
    along_i = np.zeros((N, T, H, O_W, C), dtype=along_t.dtype)
    i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
    for _, i_o, i_i in i_spans:
        add(along_i[:, :, i_i], along_t[:, :, i_o])
    dx = np.zeros((N, T, H, W, C), dtype=along_i.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        add(dx[:, :, :, j_i], along_i[:, :, :, j_o])
    return dx


def forward_exclude_banded(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
    block: int,
) -> Array:
    """The mean of each window.

    Schedule banded: a slice for each tap of an axis, axis by axis, some rows at a time.
    """
    N, T, H, W, C = x.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    count_h = count_h_exclude(x.dtype, H, K_H, O_H, P_H, S_H)
    count_t = count_t_exclude(x.dtype, K_T, O_T, P_T, S_T, T)
    count_w = count_w_exclude(x.dtype, K_W, O_W, P_W, S_W, W)
    y = np.empty((N, O_T, O_H, O_W, C), dtype=x.dtype)

    def task(images: slice, rows: slice) -> None:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        along_t = np.empty((images_size, rows_size, H, W, C), dtype=x.dtype)
        t_spans = spans(K_T, 1, -P_T + S_T*rows_start, S_T, rows_size, T)
        gather(np.add, along_t, x[images], 1, t_spans)
        along_i = np.empty((images_size, rows_size, O_H, W, C), dtype=x.dtype)
        i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
        gather(np.add, along_i, along_t, 2, i_spans)
        j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
        gather(np.add, y[images, rows], along_i, 3, j_spans)
        count_t_rows = counted(count_t, rows)
        part = y[images, rows]
        part /= count_h[:, None, None] * count_t_rows[:, None, None, None] * count_w[:, None]

    images_most = max(1, (block // O_T))
    rows_most = min(O_T, block)
    if images_most >= N and rows_most >= O_T:
        task(slice(0, N), slice(0, O_T))
    else:
        share(task, (N, images_most), (O_T, rows_most))
    return y


def forward_exclude_separable(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window.

    Schedule separable: all taps of an axis reduced at once, axis by axis.
    """
    N, T, H, W, C = x.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    count_h = count_h_exclude(x.dtype, H, K_H, O_H, P_H, S_H)
    count_t = count_t_exclude(x.dtype, K_T, O_T, P_T, S_T, T)
    count_w = count_w_exclude(x.dtype, K_W, O_W, P_W, S_W, W)
    seen = windows(x.reshape(N, T, 1, C*H*W), (K_T,), (1,), (-P_T,), (S_T,), (O_T,))
    along_t = np.empty((N, O_T, H, W, C), dtype=x.dtype)
    np.add.reduce(seen, axis=(3,), out=along_t.reshape(N, O_T, 1, C*H*W))
    seen = windows(along_t.reshape(N*O_T, H, 1, C*W), (K_H,), (1,), (-P_H,), (S_H,), (O_H,))
    along_i = np.empty((N, O_T, O_H, W, C), dtype=along_t.dtype)
    np.add.reduce(seen, axis=(3,), out=along_i.reshape(N*O_T, O_H, 1, C*W))
    seen = windows(along_i.reshape(N*O_H*O_T, W, 1, C), (K_W,), (1,), (-P_W,), (S_W,), (O_W,))
    y = np.empty((N, O_T, O_H, O_W, C), dtype=along_i.dtype)
    np.add.reduce(seen, axis=(3,), out=y.reshape(N*O_H*O_T, O_W, 1, C))
    y /= count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None]
    return y


def forward_exclude_planes(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window.

    Schedule planes: the windows' pixels tap by tap in one array, reduced at once.
    """
    N, T, H, W, C = x.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    count_h = count_h_exclude(x.dtype, H, K_H, O_H, P_H, S_H)
    count_t = count_t_exclude(x.dtype, K_T, O_T, P_T, S_T, T)
    count_w = count_w_exclude(x.dtype, K_W, O_W, P_W, S_W, W)
    seen = windows(
        x[:, :, :, :, None],
        (K_T, K_H, K_W),
        (1, 1, 1),
        (-P_T, -P_H, -P_W),
        (S_T, S_H, S_W),
        (O_T, O_H, O_W),
    ).transpose(0, 5, 6, 7, 1, 2, 3, 4, 8)
    planes = seen.reshape(N, K_H*K_T*K_W, C*O_H*O_T*O_W)
    y = np.empty((N, O_T, O_H, O_W, C), dtype=x.dtype)
    np.add.reduce(planes, axis=(1,), out=y.reshape(N, C*O_H*O_T*O_W))
    y /= count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None]
    return y


def forward_exclude_gemm_ones(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window; schedule gemm_ones: each window a row of patches, times ones."""
    N, T, H, W, C = x.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    count_h = count_h_exclude(x.dtype, H, K_H, O_H, P_H, S_H)
    count_t = count_t_exclude(x.dtype, K_T, O_T, P_T, S_T, T)
    count_w = count_w_exclude(x.dtype, K_W, O_W, P_W, S_W, W)
    seen = windows(
        x[:, :, :, :, :, None],
        (K_T, K_H, K_W),
        (1, 1, 1),
        (-P_T, -P_H, -P_W),
        (S_T, S_H, S_W),
        (O_T, O_H, O_W),
    )
    y = np.empty((N, O_T, O_H, O_W, C), dtype=x.dtype)
    np.matmul(
        seen.reshape(-1, K_H*K_T*K_W), np.ones(K_H*K_T*K_W, dtype=seen.dtype), out=y.reshape(-1),
    )
    y /= count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None]
    return y


def forward_exclude_tap(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window; schedule tap: a slice for each tap."""
    N, T, H, W, C = x.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    count_h = count_h_exclude(x.dtype, H, K_H, O_H, P_H, S_H)
    count_t = count_t_exclude(x.dtype, K_T, O_T, P_T, S_T, T)
    count_w = count_w_exclude(x.dtype, K_W, O_W, P_W, S_W, W)
    along_t = np.zeros((N, O_T, H, W, C), dtype=x.dtype)
    t_spans = spans(K_T, 1, -P_T, S_T, O_T, T)
    for _, t_o, t_i in t_spans:
        add(along_t[:, t_o], x[:, t_i])
    along_i = np.zeros((N, O_T, O_H, W, C), dtype=along_t.dtype)
    i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
    for _, i_o, i_i in i_spans:
        add(along_i[:, :, i_o], along_t[:, :, i_i])
    y = np.zeros((N, O_T, O_H, O_W, C), dtype=along_i.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        add(y[:, :, :, j_o], along_i[:, :, :, j_i])
    y /= count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None]
    return y


def forward_exclude_windowed(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window; schedule windowed: all taps reduced at once."""
    N, T, H, W, C = x.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    count_h = count_h_exclude(x.dtype, H, K_H, O_H, P_H, S_H)
    count_t = count_t_exclude(x.dtype, K_T, O_T, P_T, S_T, T)
    count_w = count_w_exclude(x.dtype, K_W, O_W, P_W, S_W, W)
    seen = windows(
        x[:, :, :, :, None],
        (K_T, K_H, K_W),
        (1, 1, 1),
        (-P_T, -P_H, -P_W),
        (S_T, S_H, S_W),
        (O_T, O_H, O_W),
    )
    y = np.empty((N, O_T, O_H, O_W, C), dtype=x.dtype)
    np.add.reduce(seen, axis=(4, 5, 6, 7), out=y.reshape(N, O_T, O_H, O_W, C))
    y /= count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None]
    return y


def gradient_x_exclude_banded(
    dy: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    taps: tuple[int, ...],
    block: int,
) -> Array:
    """Each window's gradient, shared out to its pixels.

    Schedule banded: a slice for each tap of an axis, axis by axis, some rows at a time.
    """
    N, O_T, O_H, O_W, C = dy.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    T, H, W = space
    K_T, K_H, K_W = taps
    count_h = count_h_exclude(dy.dtype, H, K_H, O_H, P_H, S_H)
    count_t = count_t_exclude(dy.dtype, K_T, O_T, P_T, S_T, T)
    count_w = count_w_exclude(dy.dtype, K_W, O_W, P_W, S_W, W)
    dx = np.empty((N, T, H, W, C), dtype=dy.dtype)

    def task(images: slice) -> None:
        images_size = images.stop - images.start
        rows_most = min(O_T, block)
        for rows_start in range(0, O_T, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_T))
            rows_size = rows.stop - rows_start
            seen, seen_kept = reached(rows, S_T, K_T, -P_T, O_T, T)
            seen_start = seen.start
            seen_size = seen.stop - seen_start
            t_spans = spans(K_T, 1, -P_T + S_T*rows_start - seen_start, S_T, rows_size, seen_size)
            i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
            j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
            count_t_rows = counted(count_t, rows)
            shared = dy[images, rows] / (
                count_h[:, None, None] * count_t_rows[:, None, None, None] * count_w[:, None]
            )
            along_t = np.empty((images_size, seen_size, O_H, O_W, C), dtype=dy.dtype)
            scatter(along_t, shared, 1, t_spans)
            along_i = np.empty((images_size, seen_size, H, O_W, C), dtype=dy.dtype)
            scatter(along_i, along_t, 2, i_spans)
            scatter(dx[images, seen], along_i, 3, j_spans, None, seen_kept)

    images_most = max(1, (block // O_T))
    if images_most >= N:
        task(slice(0, N))
    else:
        share(task, (N, images_most))
    return dx


def gradient_x_exclude_tap(
    dy: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """Each window's gradient, shared out to its pixels; schedule tap: a slice for each tap."""
    N, O_T, O_H, O_W, C = dy.shape
    S_T, S_H, S_W = stride
    P_T, P_H, P_W = pad_lo
    T, H, W = space
    K_T, K_H, K_W = taps
    count_h = count_h_exclude(dy.dtype, H, K_H, O_H, P_H, S_H)
    count_t = count_t_exclude(dy.dtype, K_T, O_T, P_T, S_T, T)
    count_w = count_w_exclude(dy.dtype, K_W, O_W, P_W, S_W, W)
    shared = dy / (count_h[:, None, None] * count_t[:, None, None, None] * count_w[:, None])
    along_t = np.zeros((N, T, O_H, O_W, C), dtype=shared.dtype)
    t_spans = spans(K_T, 1, -P_T, S_T, O_T, T)
    for _, t_o, t_i in t_spans:
        add(along_t[:, t_i], shared[:, t_o])
    along_i = np.zeros((N, T, H, O_W, C), dtype=along_t.dtype)
    i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
    for _, i_o, i_i in i_spans:
        add(along_i[:, :, i_i], along_t[:, :, i_o])
    dx = np.zeros((N, T, H, W, C), dtype=along_i.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        add(dx[:, :, :, j_i], along_i[:, :, :, j_o])
    return dx
