"""Max-pooling in 1d.

Generated from max_pool1d (3f0954031f77d50c)
by `python -m convproof.emit`, never edited: a test compares.
x (N, *space, C), y (N, *out, C).
"""

from __future__ import annotations

import numpy as np

from convproof.lower.hits import hit
from convproof.lower.parallel import share
from convproof.lower.reductions import (
    Takes,
    duels,
    gather,
    mark,
    missing,
    pick,
    reached,
    scatter,
    send,
)
from convproof.lower.runtime import Array, lowest, spans, windows


def forward_banded(
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
    block: int,
) -> Array:
    """The maximum of each window.

    Schedule banded: a slice for each tap of an axis, axis by axis, some rows at a time.
    """
    N, W, C = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    K_W, = taps
    y = np.empty((N, O_W, C), dtype=x.dtype)

    def task(images: slice, rows: slice) -> None:
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        j_spans = spans(K_W, D_W, -P_W + S_W*rows_start, S_W, rows_size, W)
        gather(np.maximum, y[images, rows], x[images], 1, j_spans)

    images_most = max(1, (block // O_W))
    rows_most = min(O_W, block)
    if images_most >= N and rows_most >= O_W:
        task(slice(0, N), slice(0, O_W))
    else:
        share(task, (N, images_most), (O_W, rows_most))
    return y


def forward_separable(
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The maximum of each window.

    Schedule separable: all taps of an axis reduced at once, axis by axis.
    """
    N, W, C = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    K_W, = taps
    seen = windows(x.reshape(N, W, 1, C), (K_W,), (D_W,), (-P_W,), (S_W,), (O_W,), lowest(x.dtype))
    y = np.empty((N, O_W, C), dtype=x.dtype)
    np.maximum.reduce(seen, axis=(3,), out=y.reshape(N, O_W, 1, C))
    return y


def forward_planes(
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The maximum of each window.

    Schedule planes: the windows' pixels tap by tap in one array, reduced at once.
    """
    N, _, C = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    K_W, = taps
    seen = windows(
        x[:, :, None], (K_W,), (D_W,), (-P_W,), (S_W,), (O_W,), lowest(x.dtype),
    ).transpose(0, 3, 1, 2, 4)
    planes = seen.reshape(N, K_W, C*O_W)
    y = np.empty((N, O_W, C), dtype=x.dtype)
    np.maximum.reduce(planes, axis=(1,), out=y.reshape(N, C*O_W))
    return y


def forward_tap(
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The maximum of each window; schedule tap: a slice for each tap."""
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


def forward_windowed(
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The maximum of each window; schedule windowed: all taps reduced at once."""
    N, _, C = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    K_W, = taps
    seen = windows(x[:, :, None], (K_W,), (D_W,), (-P_W,), (S_W,), (O_W,), lowest(x.dtype))
    y = np.empty((N, O_W, C), dtype=x.dtype)
    np.maximum.reduce(seen, axis=(2, 3), out=y.reshape(N, O_W, C))
    return y


def gradient_x_argmax(
    dy: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
    block: int,
) -> Array:
    """Each window's gradient, sent to its first maximum.

    Schedule argmax: the winners found again axis by axis, and followed back.
    """
    N, O_W, C = dy.shape
    _, W, _ = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    K_W, = taps
    dx = np.empty((N, W, C), dtype=dy.dtype)

    def task(images: slice) -> None:
        rows_most = min(O_W, block)
        for rows_start in range(0, O_W, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_W))
            rows_size = rows.stop - rows_start
            seen, seen_kept = reached(rows, S_W, D_W*(K_W - 1) + 1, -P_W, O_W, W)
            seen_start = seen.start
            seen_size = seen.stop - seen_start
            j_spans = spans(K_W, D_W, -P_W + S_W*rows_start - seen_start, S_W, rows_size, seen_size)
            takes = duels(x[images, seen], (rows_size,), j_spans)
            scatter(dx[images, seen], dy[images, rows], 1, j_spans, takes[0], seen_kept)

    images_most = max(1, (block // O_W))
    if images_most >= N:
        task(slice(0, N))
    else:
        share(task, (N, images_most))
    return dx


def gradient_x_first(
    dy: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """Each window's gradient, sent to its first maximum.

    Schedule first: a row of pixels for each window, and the place of the first largest.
    """
    _, O_W, _ = dy.shape
    _, W, _ = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    K_W, = taps
    seen = windows(x[:, :, :, None], (K_W,), (D_W,), (-P_W,), (S_W,), (O_W,), lowest(x.dtype))
    dx = send(seen, dy, (W,), (K_W,), (D_W,), (-P_W,), (S_W,), (O_W,))
    return dx


def gradient_x_handed(
    dy: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """Each window's gradient, sent to its first maximum.

    Schedule handed: winners axis by axis, kept for the way back.
    """
    N, O_W, C = dy.shape
    _, W, _ = x.shape
    y = np.empty((N, O_W, C), dtype=x.dtype)
    space = (W,)
    takes = axis_winners(x, y, stride, dilation, pad_lo, taps)
    dx = gradient_x_by_axis_winners(dy, stride, dilation, pad_lo, space, taps, takes)
    return dx


def gradient_x_hits(
    dy: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """Each window's gradient, sent to its first maximum.

    Schedule hits: the pixels that equal their window's maximum, the first of each.
    """
    _, O_W, _ = dy.shape
    _, W, _ = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    K_W, = taps
    seen = windows(x[:, :, :, None], (K_W,), (D_W,), (-P_W,), (S_W,), (O_W,), lowest(x.dtype))
    dx = hit(seen, dy, (W,), (K_W,), (D_W,), (-P_W,), (S_W,), (O_W,))
    return dx


def winner(
    x: Array,
    y: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
    block: int,
) -> Array:
    """The number of each window's first maximum, or -1, beside y.

    Schedule winner: tap by tap, windows numbered row by row.
    """
    N, W, C = x.shape
    _, O_W, _ = y.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    K_W, = taps
    winner = np.full((N, O_W, C), -1, dtype=np.min_scalar_type(-2*K_W))

    def task(images: slice, rows: slice) -> None:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        j_spans = spans(K_W, D_W, -P_W + S_W*rows_start, S_W, rows_size, W)
        gather(np.maximum, y[images, rows], x[images], 1, j_spans)
        tops = y[images, rows]
        nans = missing(tops)
        numbers = np.full((images_size, rows_size, C), -1, dtype=np.min_scalar_type(-2*K_W))
        for l, j_o, j_i in reversed(j_spans):
            mark(numbers[:, j_o], tops[:, j_o], x[images, j_i], l, nans)
        winner[images, rows] = numbers

    images_most = max(1, (block // O_W))
    rows_most = min(O_W, block)
    if images_most >= N and rows_most >= O_W:
        task(slice(0, N), slice(0, O_W))
    else:
        share(task, (N, images_most), (O_W, rows_most))
    return winner


def gradient_x_by_winner(
    dy: Array,
    winner: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    taps: tuple[int, ...],
    block: int,
) -> Array:
    """Each window's gradient, sent to the pixel of its number.

    Schedule winner: tap by tap, windows numbered row by row.
    """
    N, O_W, C = dy.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    W, = space
    K_W, = taps
    apart = S_W >= D_W*(K_W - 1) + 1
    dx = np.zeros((N, W, C), dtype=dy.dtype)

    def task(images: slice) -> None:
        rows_most = min(O_W, block)
        for rows_start in range(0, O_W, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_W))
            rows_size = rows.stop - rows_start
            sent = dy[images, rows]
            numbers = winner[images, rows]
            j_spans = spans(K_W, D_W, -P_W + S_W*rows_start, S_W, rows_size, W)
            for l, j_o, j_i in j_spans:
                pick(dx[images, j_i], numbers[:, j_o] == l, sent[:, j_o], apart)

    images_most = max(1, (block // O_W))
    if images_most >= N:
        task(slice(0, N))
    else:
        share(task, (N, images_most))
    return dx


def axis_winners(
    x: Array,
    y: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
) -> list[Takes]:
    """Which tap of each axis has the first maximum, beside y.

    Schedule handed: winners axis by axis, kept for the way back.
    """
    _, W, _ = x.shape
    _, O_W, _ = y.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    K_W, = taps
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    takes = duels(x, (O_W,), j_spans, maxima=y)
    return takes


def gradient_x_by_axis_winners(
    dy: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    taps: tuple[int, ...],
    takes: list[Takes],
) -> Array:
    """Each window's gradient, followed back axis by axis.

    Schedule handed: winners axis by axis, kept for the way back.
    """
    N, O_W, C = dy.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    W, = space
    K_W, = taps
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    dx = np.empty((N, W, C), dtype=dy.dtype)
    scatter(dx, dy, 1, j_spans, takes[0])
    return dx
