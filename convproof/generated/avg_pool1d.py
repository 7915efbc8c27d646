"""Average-pooling in 1d.

Generated from avg_pool1d (5743b11b015b4cad)
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
def count_w_include(dtype: Any, K_W: int, O_W: int, P_W: int, Q_W: int, S_W: int, W: int) -> Array:
    """The number of pixels in each window of an axis."""
    j = positions(O_W, K_W, O_W, P_W, Q_W, S_W, W)
    return counts(np.minimum(K_W, P_W + Q_W - S_W*j + W), dtype)


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
    N, W, C = x.shape
    S_W, = stride
    P_W, = pad_lo
    Q_W, = pad_hi
    O_W, = out_space
    K_W, = taps
    count_w = count_w_include(x.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    y = np.empty((N, O_W, C), dtype=x.dtype)

    def task(images: slice, rows: slice) -> None:
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        j_spans = spans(K_W, 1, -P_W + S_W*rows_start, S_W, rows_size, W)
        gather(np.add, y[images, rows], x[images], 1, j_spans)
        count_w_rows = counted(count_w, rows)
        part = y[images, rows]
        part /= count_w_rows[:, None]

    images_most = max(1, (block // O_W))
    rows_most = min(O_W, block)
    if images_most >= N and rows_most >= O_W:
        task(slice(0, N), slice(0, O_W))
    else:
        share(task, (N, images_most), (O_W, rows_most))
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
    N, W, C = x.shape
    S_W, = stride
    P_W, = pad_lo
    Q_W, = pad_hi
    O_W, = out_space
    K_W, = taps
    count_w = count_w_include(x.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    seen = windows(x.reshape(N, W, 1, C), (K_W,), (1,), (-P_W,), (S_W,), (O_W,))
    y = np.empty((N, O_W, C), dtype=x.dtype)
    np.add.reduce(seen, axis=(3,), out=y.reshape(N, O_W, 1, C))
    y /= count_w[:, None]
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
    N, W, C = x.shape
    S_W, = stride
    P_W, = pad_lo
    Q_W, = pad_hi
    O_W, = out_space
    K_W, = taps
    count_w = count_w_include(x.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    seen = windows(x[:, :, None], (K_W,), (1,), (-P_W,), (S_W,), (O_W,)).transpose(0, 3, 1, 2, 4)
    planes = seen.reshape(N, K_W, C*O_W)
    y = np.empty((N, O_W, C), dtype=x.dtype)
    np.add.reduce(planes, axis=(1,), out=y.reshape(N, C*O_W))
    y /= count_w[:, None]
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
    N, W, C = x.shape
    S_W, = stride
    P_W, = pad_lo
    Q_W, = pad_hi
    O_W, = out_space
    K_W, = taps
    count_w = count_w_include(x.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    seen = windows(x[:, :, :, None], (K_W,), (1,), (-P_W,), (S_W,), (O_W,))
    y = np.empty((N, O_W, C), dtype=x.dtype)
    np.matmul(seen.reshape(-1, K_W), np.ones(K_W, dtype=seen.dtype), out=y.reshape(-1))
    y /= count_w[:, None]
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
    N, W, C = x.shape
    S_W, = stride
    P_W, = pad_lo
    Q_W, = pad_hi
    O_W, = out_space
    K_W, = taps
    count_w = count_w_include(x.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    y = np.zeros((N, O_W, C), dtype=x.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        add(y[:, j_o], x[:, j_i])
    y /= count_w[:, None]
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
    N, W, C = x.shape
    S_W, = stride
    P_W, = pad_lo
    Q_W, = pad_hi
    O_W, = out_space
    K_W, = taps
    count_w = count_w_include(x.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    seen = windows(x[:, :, None], (K_W,), (1,), (-P_W,), (S_W,), (O_W,))
    y = np.empty((N, O_W, C), dtype=x.dtype)
    np.add.reduce(seen, axis=(2, 3), out=y.reshape(N, O_W, C))
    y /= count_w[:, None]
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
    N, O_W, C = dy.shape
    S_W, = stride
    P_W, = pad_lo
    Q_W, = pad_hi
    W, = space
    K_W, = taps
    count_w = count_w_include(dy.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    dx = np.empty((N, W, C), dtype=dy.dtype)

    def task(images: slice) -> None:
        rows_most = min(O_W, block)
        for rows_start in range(0, O_W, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_W))
            rows_size = rows.stop - rows_start
            seen, seen_kept = reached(rows, S_W, K_W, -P_W, O_W, W)
            seen_start = seen.start
            seen_size = seen.stop - seen_start
            j_spans = spans(K_W, 1, -P_W + S_W*rows_start - seen_start, S_W, rows_size, seen_size)
            count_w_rows = counted(count_w, rows)
            shared = dy[images, rows] / (count_w_rows[:, None])
            scatter(dx[images, seen], shared, 1, j_spans, None, seen_kept)

    images_most = max(1, (block // O_W))
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
    N, O_W, C = dy.shape
    S_W, = stride
    P_W, = pad_lo
    Q_W, = pad_hi
    W, = space
    K_W, = taps
    count_w = count_w_include(dy.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    shared = dy / (count_w[:, None])
    dx = np.zeros((N, W, C), dtype=shared.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        add(dx[:, j_i], shared[:, j_o])
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
    N, W, C = x.shape
    S_W, = stride
    P_W, = pad_lo
    O_W, = out_space
    K_W, = taps
    count_w = count_w_exclude(x.dtype, K_W, O_W, P_W, S_W, W)
    y = np.empty((N, O_W, C), dtype=x.dtype)

    def task(images: slice, rows: slice) -> None:
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        j_spans = spans(K_W, 1, -P_W + S_W*rows_start, S_W, rows_size, W)
        gather(np.add, y[images, rows], x[images], 1, j_spans)
        count_w_rows = counted(count_w, rows)
        part = y[images, rows]
        part /= count_w_rows[:, None]

    images_most = max(1, (block // O_W))
    rows_most = min(O_W, block)
    if images_most >= N and rows_most >= O_W:
        task(slice(0, N), slice(0, O_W))
    else:
        share(task, (N, images_most), (O_W, rows_most))
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
    N, W, C = x.shape
    S_W, = stride
    P_W, = pad_lo
    O_W, = out_space
    K_W, = taps
    count_w = count_w_exclude(x.dtype, K_W, O_W, P_W, S_W, W)
    seen = windows(x.reshape(N, W, 1, C), (K_W,), (1,), (-P_W,), (S_W,), (O_W,))
    y = np.empty((N, O_W, C), dtype=x.dtype)
    np.add.reduce(seen, axis=(3,), out=y.reshape(N, O_W, 1, C))
    y /= count_w[:, None]
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
    N, W, C = x.shape
    S_W, = stride
    P_W, = pad_lo
    O_W, = out_space
    K_W, = taps
    count_w = count_w_exclude(x.dtype, K_W, O_W, P_W, S_W, W)
    seen = windows(x[:, :, None], (K_W,), (1,), (-P_W,), (S_W,), (O_W,)).transpose(0, 3, 1, 2, 4)
    planes = seen.reshape(N, K_W, C*O_W)
    y = np.empty((N, O_W, C), dtype=x.dtype)
    np.add.reduce(planes, axis=(1,), out=y.reshape(N, C*O_W))
    y /= count_w[:, None]
    return y


def forward_exclude_gemm_ones(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window; schedule gemm_ones: each window a row of patches, times ones."""
    N, W, C = x.shape
    S_W, = stride
    P_W, = pad_lo
    O_W, = out_space
    K_W, = taps
    count_w = count_w_exclude(x.dtype, K_W, O_W, P_W, S_W, W)
    seen = windows(x[:, :, :, None], (K_W,), (1,), (-P_W,), (S_W,), (O_W,))
    y = np.empty((N, O_W, C), dtype=x.dtype)
    np.matmul(seen.reshape(-1, K_W), np.ones(K_W, dtype=seen.dtype), out=y.reshape(-1))
    y /= count_w[:, None]
    return y


def forward_exclude_tap(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window; schedule tap: a slice for each tap."""
    N, W, C = x.shape
    S_W, = stride
    P_W, = pad_lo
    O_W, = out_space
    K_W, = taps
    count_w = count_w_exclude(x.dtype, K_W, O_W, P_W, S_W, W)
    y = np.zeros((N, O_W, C), dtype=x.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        add(y[:, j_o], x[:, j_i])
    y /= count_w[:, None]
    return y


def forward_exclude_windowed(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window; schedule windowed: all taps reduced at once."""
    N, W, C = x.shape
    S_W, = stride
    P_W, = pad_lo
    O_W, = out_space
    K_W, = taps
    count_w = count_w_exclude(x.dtype, K_W, O_W, P_W, S_W, W)
    seen = windows(x[:, :, None], (K_W,), (1,), (-P_W,), (S_W,), (O_W,))
    y = np.empty((N, O_W, C), dtype=x.dtype)
    np.add.reduce(seen, axis=(2, 3), out=y.reshape(N, O_W, C))
    y /= count_w[:, None]
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
    N, O_W, C = dy.shape
    S_W, = stride
    P_W, = pad_lo
    W, = space
    K_W, = taps
    count_w = count_w_exclude(dy.dtype, K_W, O_W, P_W, S_W, W)
    dx = np.empty((N, W, C), dtype=dy.dtype)

    def task(images: slice) -> None:
        rows_most = min(O_W, block)
        for rows_start in range(0, O_W, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_W))
            rows_size = rows.stop - rows_start
            seen, seen_kept = reached(rows, S_W, K_W, -P_W, O_W, W)
            seen_start = seen.start
            seen_size = seen.stop - seen_start
            j_spans = spans(K_W, 1, -P_W + S_W*rows_start - seen_start, S_W, rows_size, seen_size)
            count_w_rows = counted(count_w, rows)
            shared = dy[images, rows] / (count_w_rows[:, None])
            scatter(dx[images, seen], shared, 1, j_spans, None, seen_kept)

    images_most = max(1, (block // O_W))
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
    N, O_W, C = dy.shape
    S_W, = stride
    P_W, = pad_lo
    W, = space
    K_W, = taps
    count_w = count_w_exclude(dy.dtype, K_W, O_W, P_W, S_W, W)
    shared = dy / (count_w[:, None])
    dx = np.zeros((N, W, C), dtype=shared.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        add(dx[:, j_i], shared[:, j_o])
    return dx
