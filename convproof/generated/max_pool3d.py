"""Max-pooling in 3d.

Generated from max_pool3d (e088dbf249819b7f)
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
    N, T, H, W, C = x.shape
    S_T, S_H, S_W = stride
    D_T, D_H, D_W = dilation
    P_T, P_H, P_W = pad_lo
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    y = np.empty((N, O_T, O_H, O_W, C), dtype=x.dtype)

    def task(images: slice, rows: slice) -> None:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        along_t = np.empty((images_size, rows_size, H, W, C), dtype=x.dtype)
        t_spans = spans(K_T, D_T, -P_T + S_T*rows_start, S_T, rows_size, T)
        gather(np.maximum, along_t, x[images], 1, t_spans)
        along_i = np.empty((images_size, rows_size, O_H, W, C), dtype=x.dtype)
        i_spans = spans(K_H, D_H, -P_H, S_H, O_H, H)
        gather(np.maximum, along_i, along_t, 2, i_spans)
        j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
        gather(np.maximum, y[images, rows], along_i, 3, j_spans)

    images_most = max(1, (block // O_T))
    rows_most = min(O_T, block)
    if images_most >= N and rows_most >= O_T:
        task(slice(0, N), slice(0, O_T))
    else:
        share(task, (N, images_most), (O_T, rows_most))
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
    N, T, H, W, C = x.shape
    S_T, S_H, S_W = stride
    D_T, D_H, D_W = dilation
    P_T, P_H, P_W = pad_lo
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    seen = windows(
        x.reshape(N, T, 1, C*H*W), (K_T,), (D_T,), (-P_T,), (S_T,), (O_T,), lowest(x.dtype),
    )
    along_t = np.empty((N, O_T, H, W, C), dtype=x.dtype)
    np.maximum.reduce(seen, axis=(3,), out=along_t.reshape(N, O_T, 1, C*H*W))
    seen = windows(
        along_t.reshape(N*O_T, H, 1, C*W),
        (K_H,),
        (D_H,),
        (-P_H,),
        (S_H,),
        (O_H,),
        lowest(along_t.dtype),
    )
    along_i = np.empty((N, O_T, O_H, W, C), dtype=along_t.dtype)
    np.maximum.reduce(seen, axis=(3,), out=along_i.reshape(N*O_T, O_H, 1, C*W))
    seen = windows(
        along_i.reshape(N*O_H*O_T, W, 1, C),
        (K_W,),
        (D_W,),
        (-P_W,),
        (S_W,),
        (O_W,),
        lowest(along_i.dtype),
    )
    y = np.empty((N, O_T, O_H, O_W, C), dtype=along_i.dtype)
    np.maximum.reduce(seen, axis=(3,), out=y.reshape(N*O_H*O_T, O_W, 1, C))
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
    N, _, _, _, C = x.shape
    S_T, S_H, S_W = stride
    D_T, D_H, D_W = dilation
    P_T, P_H, P_W = pad_lo
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    seen = windows(
        x[:, :, :, :, None],
        (K_T, K_H, K_W),
        (D_T, D_H, D_W),
        (-P_T, -P_H, -P_W),
        (S_T, S_H, S_W),
        (O_T, O_H, O_W),
        lowest(x.dtype),
    ).transpose(0, 5, 6, 7, 1, 2, 3, 4, 8)
    planes = seen.reshape(N, K_H*K_T*K_W, C*O_H*O_T*O_W)
    y = np.empty((N, O_T, O_H, O_W, C), dtype=x.dtype)
    np.maximum.reduce(planes, axis=(1,), out=y.reshape(N, C*O_H*O_T*O_W))
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


def forward_windowed(
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The maximum of each window; schedule windowed: all taps reduced at once."""
    N, _, _, _, C = x.shape
    S_T, S_H, S_W = stride
    D_T, D_H, D_W = dilation
    P_T, P_H, P_W = pad_lo
    O_T, O_H, O_W = out_space
    K_T, K_H, K_W = taps
    seen = windows(
        x[:, :, :, :, None],
        (K_T, K_H, K_W),
        (D_T, D_H, D_W),
        (-P_T, -P_H, -P_W),
        (S_T, S_H, S_W),
        (O_T, O_H, O_W),
        lowest(x.dtype),
    )
    y = np.empty((N, O_T, O_H, O_W, C), dtype=x.dtype)
    np.maximum.reduce(seen, axis=(4, 5, 6, 7), out=y.reshape(N, O_T, O_H, O_W, C))
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
    N, O_T, O_H, O_W, C = dy.shape
    _, T, H, W, _ = x.shape
    S_T, S_H, S_W = stride
    D_T, D_H, D_W = dilation
    P_T, P_H, P_W = pad_lo
    K_T, K_H, K_W = taps
    dx = np.empty((N, T, H, W, C), dtype=dy.dtype)

    def task(images: slice) -> None:
        images_size = images.stop - images.start
        rows_most = min(O_T, block)
        for rows_start in range(0, O_T, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_T))
            rows_size = rows.stop - rows_start
            seen, seen_kept = reached(rows, S_T, D_T*(K_T - 1) + 1, -P_T, O_T, T)
            seen_start = seen.start
            seen_size = seen.stop - seen_start
            t_spans = spans(K_T, D_T, -P_T + S_T*rows_start - seen_start, S_T, rows_size, seen_size)
            i_spans = spans(K_H, D_H, -P_H, S_H, O_H, H)
            j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
            takes = duels(x[images, seen], (rows_size, O_H, O_W), t_spans, i_spans, j_spans)
            along_t = np.empty((images_size, seen_size, O_H, O_W, C), dtype=dy.dtype)
            scatter(along_t, dy[images, rows], 1, t_spans, takes[0])
            along_i = np.empty((images_size, seen_size, H, O_W, C), dtype=dy.dtype)
            scatter(along_i, along_t, 2, i_spans, takes[1])
            scatter(dx[images, seen], along_i, 3, j_spans, takes[2], seen_kept)

    images_most = max(1, (block // O_T))
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
    _, O_T, O_H, O_W, _ = dy.shape
    _, T, H, W, _ = x.shape
    S_T, S_H, S_W = stride
    D_T, D_H, D_W = dilation
    P_T, P_H, P_W = pad_lo
    K_T, K_H, K_W = taps
    seen = windows(
        x[:, :, :, :, :, None],
        (K_T, K_H, K_W),
        (D_T, D_H, D_W),
        (-P_T, -P_H, -P_W),
        (S_T, S_H, S_W),
        (O_T, O_H, O_W),
        lowest(x.dtype),
    )
    dx = send(
        seen,
        dy,
        (T, H, W),
        (K_T, K_H, K_W),
        (D_T, D_H, D_W),
        (-P_T, -P_H, -P_W),
        (S_T, S_H, S_W),
        (O_T, O_H, O_W),
    )
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
    N, O_T, O_H, O_W, C = dy.shape
    _, T, H, W, _ = x.shape
    y = np.empty((N, O_T, O_H, O_W, C), dtype=x.dtype)
    space = (T, H, W)
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
    _, O_T, O_H, O_W, _ = dy.shape
    _, T, H, W, _ = x.shape
    S_T, S_H, S_W = stride
    D_T, D_H, D_W = dilation
    P_T, P_H, P_W = pad_lo
    K_T, K_H, K_W = taps
    seen = windows(
        x[:, :, :, :, :, None],
        (K_T, K_H, K_W),
        (D_T, D_H, D_W),
        (-P_T, -P_H, -P_W),
        (S_T, S_H, S_W),
        (O_T, O_H, O_W),
        lowest(x.dtype),
    )
    dx = hit(
        seen,
        dy,
        (T, H, W),
        (K_T, K_H, K_W),
        (D_T, D_H, D_W),
        (-P_T, -P_H, -P_W),
        (S_T, S_H, S_W),
        (O_T, O_H, O_W),
    )
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
    N, T, H, W, C = x.shape
    _, O_T, O_H, O_W, _ = y.shape
    S_T, S_H, S_W = stride
    D_T, D_H, D_W = dilation
    P_T, P_H, P_W = pad_lo
    K_T, K_H, K_W = taps
    winner = np.full((N, O_T, O_H, O_W, C), -1, dtype=np.min_scalar_type(-2*K_H*K_T*K_W))

    def task(images: slice, rows: slice) -> None:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        along_t = np.empty((images_size, rows_size, H, W, C), dtype=x.dtype)
        t_spans = spans(K_T, D_T, -P_T + S_T*rows_start, S_T, rows_size, T)
        gather(np.maximum, along_t, x[images], 1, t_spans)
        along_i = np.empty((images_size, rows_size, O_H, W, C), dtype=x.dtype)
        i_spans = spans(K_H, D_H, -P_H, S_H, O_H, H)
        gather(np.maximum, along_i, along_t, 2, i_spans)
        j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
        gather(np.maximum, y[images, rows], along_i, 3, j_spans)
        tops = y[images, rows]
        nans = missing(tops)
        numbers = np.full(
            (images_size, rows_size, O_H, O_W, C), -1, dtype=np.min_scalar_type(-2*K_H*K_T*K_W),
        )
        for q, t_o, t_i in reversed(t_spans):
            for k, i_o, i_i in reversed(i_spans):
                for l, j_o, j_i in reversed(j_spans):
                    mark(
                        numbers[:, t_o, i_o, j_o],
                        tops[:, t_o, i_o, j_o],
                        x[images, t_i, i_i, j_i],
                        K_W*(K_H*q + k) + l,
                        nans,
                    )
        winner[images, rows] = numbers

    images_most = max(1, (block // O_T))
    rows_most = min(O_T, block)
    if images_most >= N and rows_most >= O_T:
        task(slice(0, N), slice(0, O_T))
    else:
        share(task, (N, images_most), (O_T, rows_most))
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
    N, O_T, O_H, O_W, C = dy.shape
    S_T, S_H, S_W = stride
    D_T, D_H, D_W = dilation
    P_T, P_H, P_W = pad_lo
    T, H, W = space
    K_T, K_H, K_W = taps
    apart = S_T >= D_T*(K_T - 1) + 1 and S_H >= D_H*(K_H - 1) + 1 and S_W >= D_W*(K_W - 1) + 1
    dx = np.zeros((N, T, H, W, C), dtype=dy.dtype)

    def task(images: slice) -> None:
        rows_most = min(O_T, block)
        for rows_start in range(0, O_T, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_T))
            rows_size = rows.stop - rows_start
            sent = dy[images, rows]
            numbers = winner[images, rows]
            t_spans = spans(K_T, D_T, -P_T + S_T*rows_start, S_T, rows_size, T)
            i_spans = spans(K_H, D_H, -P_H, S_H, O_H, H)
            j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
            for q, t_o, t_i in t_spans:
                for k, i_o, i_i in i_spans:
                    for l, j_o, j_i in j_spans:
                        pick(
                            dx[images, t_i, i_i, j_i],
                            numbers[:, t_o, i_o, j_o] == K_W*(K_H*q + k) + l,
                            sent[:, t_o, i_o, j_o],
                            apart,
                        )

    images_most = max(1, (block // O_T))
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
    _, T, H, W, _ = x.shape
    _, O_T, O_H, O_W, _ = y.shape
    S_T, S_H, S_W = stride
    D_T, D_H, D_W = dilation
    P_T, P_H, P_W = pad_lo
    K_T, K_H, K_W = taps
    t_spans = spans(K_T, D_T, -P_T, S_T, O_T, T)
    i_spans = spans(K_H, D_H, -P_H, S_H, O_H, H)
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    takes = duels(x, (O_T, O_H, O_W), t_spans, i_spans, j_spans, maxima=y)
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
    N, O_T, O_H, O_W, C = dy.shape
    S_T, S_H, S_W = stride
    D_T, D_H, D_W = dilation
    P_T, P_H, P_W = pad_lo
    T, H, W = space
    K_T, K_H, K_W = taps
    t_spans = spans(K_T, D_T, -P_T, S_T, O_T, T)
    i_spans = spans(K_H, D_H, -P_H, S_H, O_H, H)
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    along_t = np.empty((N, T, O_H, O_W, C), dtype=dy.dtype)
    scatter(along_t, dy, 1, t_spans, takes[0])
    along_i = np.empty((N, T, H, O_W, C), dtype=dy.dtype)
    scatter(along_i, along_t, 2, i_spans, takes[1])
    dx = np.empty((N, T, H, W, C), dtype=dy.dtype)
    scatter(dx, along_i, 3, j_spans, takes[2])
    return dx
