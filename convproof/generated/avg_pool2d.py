"""Average-pooling in 2d.

Generated from avg_pool2d (7f50ebbd82d80460)
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
    N, H, W, C = x.shape
    S_H, S_W = stride
    P_H, P_W = pad_lo
    Q_H, Q_W = pad_hi
    O_H, O_W = out_space
    K_H, K_W = taps
    count_h = count_h_include(x.dtype, H, K_H, O_H, P_H, Q_H, S_H)
    count_w = count_w_include(x.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    y = np.empty((N, O_H, O_W, C), dtype=x.dtype)

    def task(images: slice, rows: slice) -> None:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        along_i = np.empty((images_size, rows_size, W, C), dtype=x.dtype)
        i_spans = spans(K_H, 1, -P_H + S_H*rows_start, S_H, rows_size, H)
        gather(np.add, along_i, x[images], 1, i_spans)
        j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
        gather(np.add, y[images, rows], along_i, 2, j_spans)
        count_h_rows = counted(count_h, rows)
        part = y[images, rows]
        part /= count_h_rows[:, None, None] * count_w[:, None]

    images_most = max(1, (block // O_H))
    rows_most = min(O_H, block)
    if images_most >= N and rows_most >= O_H:
        task(slice(0, N), slice(0, O_H))
    else:
        share(task, (N, images_most), (O_H, rows_most))
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
    N, H, W, C = x.shape
    S_H, S_W = stride
    P_H, P_W = pad_lo
    Q_H, Q_W = pad_hi
    O_H, O_W = out_space
    K_H, K_W = taps
    count_h = count_h_include(x.dtype, H, K_H, O_H, P_H, Q_H, S_H)
    count_w = count_w_include(x.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    seen = windows(x.reshape(N, H, 1, C*W), (K_H,), (1,), (-P_H,), (S_H,), (O_H,))
    along_i = np.empty((N, O_H, W, C), dtype=x.dtype)
    np.add.reduce(seen, axis=(3,), out=along_i.reshape(N, O_H, 1, C*W))
    seen = windows(along_i.reshape(N*O_H, W, 1, C), (K_W,), (1,), (-P_W,), (S_W,), (O_W,))
    y = np.empty((N, O_H, O_W, C), dtype=along_i.dtype)
    np.add.reduce(seen, axis=(3,), out=y.reshape(N*O_H, O_W, 1, C))
    y /= count_h[:, None, None] * count_w[:, None]
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
    N, H, W, C = x.shape
    S_H, S_W = stride
    P_H, P_W = pad_lo
    Q_H, Q_W = pad_hi
    O_H, O_W = out_space
    K_H, K_W = taps
    count_h = count_h_include(x.dtype, H, K_H, O_H, P_H, Q_H, S_H)
    count_w = count_w_include(x.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    seen = windows(
        x[:, :, :, None], (K_H, K_W), (1, 1), (-P_H, -P_W), (S_H, S_W), (O_H, O_W),
    ).transpose(0, 4, 5, 1, 2, 3, 6)
    planes = seen.reshape(N, K_H*K_W, C*O_H*O_W)
    y = np.empty((N, O_H, O_W, C), dtype=x.dtype)
    np.add.reduce(planes, axis=(1,), out=y.reshape(N, C*O_H*O_W))
    y /= count_h[:, None, None] * count_w[:, None]
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
    N, H, W, C = x.shape
    S_H, S_W = stride
    P_H, P_W = pad_lo
    Q_H, Q_W = pad_hi
    O_H, O_W = out_space
    K_H, K_W = taps
    count_h = count_h_include(x.dtype, H, K_H, O_H, P_H, Q_H, S_H)
    count_w = count_w_include(x.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    seen = windows(x[:, :, :, :, None], (K_H, K_W), (1, 1), (-P_H, -P_W), (S_H, S_W), (O_H, O_W))
    y = np.empty((N, O_H, O_W, C), dtype=x.dtype)
    np.matmul(seen.reshape(-1, K_H*K_W), np.ones(K_H*K_W, dtype=seen.dtype), out=y.reshape(-1))
    y /= count_h[:, None, None] * count_w[:, None]
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
    N, H, W, C = x.shape
    S_H, S_W = stride
    P_H, P_W = pad_lo
    Q_H, Q_W = pad_hi
    O_H, O_W = out_space
    K_H, K_W = taps
    count_h = count_h_include(x.dtype, H, K_H, O_H, P_H, Q_H, S_H)
    count_w = count_w_include(x.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    along_i = np.zeros((N, O_H, W, C), dtype=x.dtype)
    i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
    for _, i_o, i_i in i_spans:
        add(along_i[:, i_o], x[:, i_i])
    y = np.zeros((N, O_H, O_W, C), dtype=along_i.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        add(y[:, :, j_o], along_i[:, :, j_i])
    y /= count_h[:, None, None] * count_w[:, None]
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
    N, H, W, C = x.shape
    S_H, S_W = stride
    P_H, P_W = pad_lo
    Q_H, Q_W = pad_hi
    O_H, O_W = out_space
    K_H, K_W = taps
    count_h = count_h_include(x.dtype, H, K_H, O_H, P_H, Q_H, S_H)
    count_w = count_w_include(x.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    seen = windows(x[:, :, :, None], (K_H, K_W), (1, 1), (-P_H, -P_W), (S_H, S_W), (O_H, O_W))
    y = np.empty((N, O_H, O_W, C), dtype=x.dtype)
    np.add.reduce(seen, axis=(3, 4, 5), out=y.reshape(N, O_H, O_W, C))
    y /= count_h[:, None, None] * count_w[:, None]
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
    N, O_H, O_W, C = dy.shape
    S_H, S_W = stride
    P_H, P_W = pad_lo
    Q_H, Q_W = pad_hi
    H, W = space
    K_H, K_W = taps
    count_h = count_h_include(dy.dtype, H, K_H, O_H, P_H, Q_H, S_H)
    count_w = count_w_include(dy.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    dx = np.empty((N, H, W, C), dtype=dy.dtype)

    def task(images: slice) -> None:
        images_size = images.stop - images.start
        rows_most = min(O_H, block)
        for rows_start in range(0, O_H, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_H))
            rows_size = rows.stop - rows_start
            seen, seen_kept = reached(rows, S_H, K_H, -P_H, O_H, H)
            seen_start = seen.start
            seen_size = seen.stop - seen_start
            i_spans = spans(K_H, 1, -P_H + S_H*rows_start - seen_start, S_H, rows_size, seen_size)
            j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
            count_h_rows = counted(count_h, rows)
            shared = dy[images, rows] / (count_h_rows[:, None, None] * count_w[:, None])
            along_i = np.empty((images_size, seen_size, O_W, C), dtype=dy.dtype)
            scatter(along_i, shared, 1, i_spans)
            scatter(dx[images, seen], along_i, 2, j_spans, None, seen_kept)

    images_most = max(1, (block // O_H))
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
    N, O_H, O_W, C = dy.shape
    S_H, S_W = stride
    P_H, P_W = pad_lo
    Q_H, Q_W = pad_hi
    H, W = space
    K_H, K_W = taps
    count_h = count_h_include(dy.dtype, H, K_H, O_H, P_H, Q_H, S_H)
    count_w = count_w_include(dy.dtype, K_W, O_W, P_W, Q_W, S_W, W)
    shared = dy / (count_h[:, None, None] * count_w[:, None])
    along_i = np.zeros((N, H, O_W, C), dtype=shared.dtype)
    i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
    for _, i_o, i_i in i_spans:
        add(along_i[:, i_i], shared[:, i_o])
    dx = np.zeros((N, H, W, C), dtype=along_i.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        add(dx[:, :, j_i], along_i[:, :, j_o])
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
    N, H, W, C = x.shape
    S_H, S_W = stride
    P_H, P_W = pad_lo
    O_H, O_W = out_space
    K_H, K_W = taps
    count_h = count_h_exclude(x.dtype, H, K_H, O_H, P_H, S_H)
    count_w = count_w_exclude(x.dtype, K_W, O_W, P_W, S_W, W)
    y = np.empty((N, O_H, O_W, C), dtype=x.dtype)

    def task(images: slice, rows: slice) -> None:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        along_i = np.empty((images_size, rows_size, W, C), dtype=x.dtype)
        i_spans = spans(K_H, 1, -P_H + S_H*rows_start, S_H, rows_size, H)
        gather(np.add, along_i, x[images], 1, i_spans)
        j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
        gather(np.add, y[images, rows], along_i, 2, j_spans)
        count_h_rows = counted(count_h, rows)
        part = y[images, rows]
        part /= count_h_rows[:, None, None] * count_w[:, None]

    images_most = max(1, (block // O_H))
    rows_most = min(O_H, block)
    if images_most >= N and rows_most >= O_H:
        task(slice(0, N), slice(0, O_H))
    else:
        share(task, (N, images_most), (O_H, rows_most))
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
    N, H, W, C = x.shape
    S_H, S_W = stride
    P_H, P_W = pad_lo
    O_H, O_W = out_space
    K_H, K_W = taps
    count_h = count_h_exclude(x.dtype, H, K_H, O_H, P_H, S_H)
    count_w = count_w_exclude(x.dtype, K_W, O_W, P_W, S_W, W)
    seen = windows(x.reshape(N, H, 1, C*W), (K_H,), (1,), (-P_H,), (S_H,), (O_H,))
    along_i = np.empty((N, O_H, W, C), dtype=x.dtype)
    np.add.reduce(seen, axis=(3,), out=along_i.reshape(N, O_H, 1, C*W))
    seen = windows(along_i.reshape(N*O_H, W, 1, C), (K_W,), (1,), (-P_W,), (S_W,), (O_W,))
    y = np.empty((N, O_H, O_W, C), dtype=along_i.dtype)
    np.add.reduce(seen, axis=(3,), out=y.reshape(N*O_H, O_W, 1, C))
    y /= count_h[:, None, None] * count_w[:, None]
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
    N, H, W, C = x.shape
    S_H, S_W = stride
    P_H, P_W = pad_lo
    O_H, O_W = out_space
    K_H, K_W = taps
    count_h = count_h_exclude(x.dtype, H, K_H, O_H, P_H, S_H)
    count_w = count_w_exclude(x.dtype, K_W, O_W, P_W, S_W, W)
    seen = windows(
        x[:, :, :, None], (K_H, K_W), (1, 1), (-P_H, -P_W), (S_H, S_W), (O_H, O_W),
    ).transpose(0, 4, 5, 1, 2, 3, 6)
    planes = seen.reshape(N, K_H*K_W, C*O_H*O_W)
    y = np.empty((N, O_H, O_W, C), dtype=x.dtype)
    np.add.reduce(planes, axis=(1,), out=y.reshape(N, C*O_H*O_W))
    y /= count_h[:, None, None] * count_w[:, None]
    return y


def forward_exclude_gemm_ones(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window; schedule gemm_ones: each window a row of patches, times ones."""
    N, H, W, C = x.shape
    S_H, S_W = stride
    P_H, P_W = pad_lo
    O_H, O_W = out_space
    K_H, K_W = taps
    count_h = count_h_exclude(x.dtype, H, K_H, O_H, P_H, S_H)
    count_w = count_w_exclude(x.dtype, K_W, O_W, P_W, S_W, W)
    seen = windows(x[:, :, :, :, None], (K_H, K_W), (1, 1), (-P_H, -P_W), (S_H, S_W), (O_H, O_W))
    y = np.empty((N, O_H, O_W, C), dtype=x.dtype)
    np.matmul(seen.reshape(-1, K_H*K_W), np.ones(K_H*K_W, dtype=seen.dtype), out=y.reshape(-1))
    y /= count_h[:, None, None] * count_w[:, None]
    return y


def forward_exclude_tap(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window; schedule tap: a slice for each tap."""
    N, H, W, C = x.shape
    S_H, S_W = stride
    P_H, P_W = pad_lo
    O_H, O_W = out_space
    K_H, K_W = taps
    count_h = count_h_exclude(x.dtype, H, K_H, O_H, P_H, S_H)
    count_w = count_w_exclude(x.dtype, K_W, O_W, P_W, S_W, W)
    along_i = np.zeros((N, O_H, W, C), dtype=x.dtype)
    i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
    for _, i_o, i_i in i_spans:
        add(along_i[:, i_o], x[:, i_i])
    y = np.zeros((N, O_H, O_W, C), dtype=along_i.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        add(y[:, :, j_o], along_i[:, :, j_i])
    y /= count_h[:, None, None] * count_w[:, None]
    return y


def forward_exclude_windowed(
    x: Array,
    stride: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The mean of each window; schedule windowed: all taps reduced at once."""
    N, H, W, C = x.shape
    S_H, S_W = stride
    P_H, P_W = pad_lo
    O_H, O_W = out_space
    K_H, K_W = taps
    count_h = count_h_exclude(x.dtype, H, K_H, O_H, P_H, S_H)
    count_w = count_w_exclude(x.dtype, K_W, O_W, P_W, S_W, W)
    seen = windows(x[:, :, :, None], (K_H, K_W), (1, 1), (-P_H, -P_W), (S_H, S_W), (O_H, O_W))
    y = np.empty((N, O_H, O_W, C), dtype=x.dtype)
    np.add.reduce(seen, axis=(3, 4, 5), out=y.reshape(N, O_H, O_W, C))
    y /= count_h[:, None, None] * count_w[:, None]
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
    N, O_H, O_W, C = dy.shape
    S_H, S_W = stride
    P_H, P_W = pad_lo
    H, W = space
    K_H, K_W = taps
    count_h = count_h_exclude(dy.dtype, H, K_H, O_H, P_H, S_H)
    count_w = count_w_exclude(dy.dtype, K_W, O_W, P_W, S_W, W)
    dx = np.empty((N, H, W, C), dtype=dy.dtype)

    def task(images: slice) -> None:
        images_size = images.stop - images.start
        rows_most = min(O_H, block)
        for rows_start in range(0, O_H, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_H))
            rows_size = rows.stop - rows_start
            seen, seen_kept = reached(rows, S_H, K_H, -P_H, O_H, H)
            seen_start = seen.start
            seen_size = seen.stop - seen_start
            i_spans = spans(K_H, 1, -P_H + S_H*rows_start - seen_start, S_H, rows_size, seen_size)
            j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
            count_h_rows = counted(count_h, rows)
            shared = dy[images, rows] / (count_h_rows[:, None, None] * count_w[:, None])
            along_i = np.empty((images_size, seen_size, O_W, C), dtype=dy.dtype)
            scatter(along_i, shared, 1, i_spans)
            scatter(dx[images, seen], along_i, 2, j_spans, None, seen_kept)

    images_most = max(1, (block // O_H))
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
    N, O_H, O_W, C = dy.shape
    S_H, S_W = stride
    P_H, P_W = pad_lo
    H, W = space
    K_H, K_W = taps
    count_h = count_h_exclude(dy.dtype, H, K_H, O_H, P_H, S_H)
    count_w = count_w_exclude(dy.dtype, K_W, O_W, P_W, S_W, W)
    shared = dy / (count_h[:, None, None] * count_w[:, None])
    along_i = np.zeros((N, H, O_W, C), dtype=shared.dtype)
    i_spans = spans(K_H, 1, -P_H, S_H, O_H, H)
    for _, i_o, i_i in i_spans:
        add(along_i[:, i_i], shared[:, i_o])
    dx = np.zeros((N, H, W, C), dtype=along_i.dtype)
    j_spans = spans(K_W, 1, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        add(dx[:, :, j_i], along_i[:, :, j_o])
    return dx
