"""Max-pooling in 2d.

Generated from max_pool2d (9d764392ba556338)
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
    N, H, W, C = x.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    O_H, O_W = out_space
    K_H, K_W = taps
    y = np.empty((N, O_H, O_W, C), dtype=x.dtype)

    def task(images: slice, rows: slice) -> None:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        along_i = np.empty((images_size, rows_size, W, C), dtype=x.dtype)
        i_spans = spans(K_H, D_H, -P_H + S_H*rows_start, S_H, rows_size, H)
        gather(np.maximum, along_i, x[images], 1, i_spans)
        j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
        gather(np.maximum, y[images, rows], along_i, 2, j_spans)

    images_most = max(1, (block // O_H))
    rows_most = min(O_H, block)
    if images_most >= N and rows_most >= O_H:
        task(slice(0, N), slice(0, O_H))
    else:
        share(task, (N, images_most), (O_H, rows_most))
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
    N, H, W, C = x.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    O_H, O_W = out_space
    K_H, K_W = taps
    seen = windows(
        x.reshape(N, H, 1, C*W), (K_H,), (D_H,), (-P_H,), (S_H,), (O_H,), lowest(x.dtype),
    )
    along_i = np.empty((N, O_H, W, C), dtype=x.dtype)
    np.maximum.reduce(seen, axis=(3,), out=along_i.reshape(N, O_H, 1, C*W))
    seen = windows(
        along_i.reshape(N*O_H, W, 1, C),
        (K_W,),
        (D_W,),
        (-P_W,),
        (S_W,),
        (O_W,),
        lowest(along_i.dtype),
    )
    y = np.empty((N, O_H, O_W, C), dtype=along_i.dtype)
    np.maximum.reduce(seen, axis=(3,), out=y.reshape(N*O_H, O_W, 1, C))
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
    N, _, _, C = x.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    O_H, O_W = out_space
    K_H, K_W = taps
    seen = windows(
        x[:, :, :, None],
        (K_H, K_W),
        (D_H, D_W),
        (-P_H, -P_W),
        (S_H, S_W),
        (O_H, O_W),
        lowest(x.dtype),
    ).transpose(0, 4, 5, 1, 2, 3, 6)
    planes = seen.reshape(N, K_H*K_W, C*O_H*O_W)
    y = np.empty((N, O_H, O_W, C), dtype=x.dtype)
    np.maximum.reduce(planes, axis=(1,), out=y.reshape(N, C*O_H*O_W))
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
    N, H, W, C = x.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    O_H, O_W = out_space
    K_H, K_W = taps
    along_i = np.empty((N, O_H, W, C), dtype=x.dtype)
    along_i.fill(lowest(x.dtype))
    i_spans = spans(K_H, D_H, -P_H, S_H, O_H, H)
    for _, i_o, i_i in i_spans:
        part = along_i[:, i_o]
        np.maximum(part, x[:, i_i], out=part)
    y = np.empty((N, O_H, O_W, C), dtype=along_i.dtype)
    y.fill(lowest(along_i.dtype))
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    for _, j_o, j_i in j_spans:
        part = y[:, :, j_o]
        np.maximum(part, along_i[:, :, j_i], out=part)
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
    N, _, _, C = x.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    O_H, O_W = out_space
    K_H, K_W = taps
    seen = windows(
        x[:, :, :, None],
        (K_H, K_W),
        (D_H, D_W),
        (-P_H, -P_W),
        (S_H, S_W),
        (O_H, O_W),
        lowest(x.dtype),
    )
    y = np.empty((N, O_H, O_W, C), dtype=x.dtype)
    np.maximum.reduce(seen, axis=(3, 4, 5), out=y.reshape(N, O_H, O_W, C))
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
    N, O_H, O_W, C = dy.shape
    _, H, W, _ = x.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    K_H, K_W = taps
    dx = np.empty((N, H, W, C), dtype=dy.dtype)

    def task(images: slice) -> None:
        images_size = images.stop - images.start
        rows_most = min(O_H, block)
        for rows_start in range(0, O_H, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_H))
            rows_size = rows.stop - rows_start
            seen, seen_kept = reached(rows, S_H, D_H*(K_H - 1) + 1, -P_H, O_H, H)
            seen_start = seen.start
            seen_size = seen.stop - seen_start
            i_spans = spans(K_H, D_H, -P_H + S_H*rows_start - seen_start, S_H, rows_size, seen_size)
            j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
            takes = duels(x[images, seen], (rows_size, O_W), i_spans, j_spans)
            along_i = np.empty((images_size, seen_size, O_W, C), dtype=dy.dtype)
            scatter(along_i, dy[images, rows], 1, i_spans, takes[0])
            scatter(dx[images, seen], along_i, 2, j_spans, takes[1], seen_kept)

    images_most = max(1, (block // O_H))
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
    _, O_H, O_W, _ = dy.shape
    _, H, W, _ = x.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    K_H, K_W = taps
    seen = windows(
        x[:, :, :, :, None],
        (K_H, K_W),
        (D_H, D_W),
        (-P_H, -P_W),
        (S_H, S_W),
        (O_H, O_W),
        lowest(x.dtype),
    )
    dx = send(seen, dy, (H, W), (K_H, K_W), (D_H, D_W), (-P_H, -P_W), (S_H, S_W), (O_H, O_W))
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
    N, O_H, O_W, C = dy.shape
    _, H, W, _ = x.shape
    y = np.empty((N, O_H, O_W, C), dtype=x.dtype)
    space = (H, W)
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
    _, O_H, O_W, _ = dy.shape
    _, H, W, _ = x.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    K_H, K_W = taps
    seen = windows(
        x[:, :, :, :, None],
        (K_H, K_W),
        (D_H, D_W),
        (-P_H, -P_W),
        (S_H, S_W),
        (O_H, O_W),
        lowest(x.dtype),
    )
    dx = hit(seen, dy, (H, W), (K_H, K_W), (D_H, D_W), (-P_H, -P_W), (S_H, S_W), (O_H, O_W))
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
    N, H, W, C = x.shape
    _, O_H, O_W, _ = y.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    K_H, K_W = taps
    winner = np.full((N, O_H, O_W, C), -1, dtype=np.min_scalar_type(-2*K_H*K_W))

    def task(images: slice, rows: slice) -> None:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        along_i = np.empty((images_size, rows_size, W, C), dtype=x.dtype)
        i_spans = spans(K_H, D_H, -P_H + S_H*rows_start, S_H, rows_size, H)
        gather(np.maximum, along_i, x[images], 1, i_spans)
        j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
        gather(np.maximum, y[images, rows], along_i, 2, j_spans)
        tops = y[images, rows]
        nans = missing(tops)
        numbers = np.full(
            (images_size, rows_size, O_W, C), -1, dtype=np.min_scalar_type(-2*K_H*K_W),
        )
        for k, i_o, i_i in reversed(i_spans):
            for l, j_o, j_i in reversed(j_spans):
                mark(numbers[:, i_o, j_o], tops[:, i_o, j_o], x[images, i_i, j_i], K_W*k + l, nans)
        winner[images, rows] = numbers

    images_most = max(1, (block // O_H))
    rows_most = min(O_H, block)
    if images_most >= N and rows_most >= O_H:
        task(slice(0, N), slice(0, O_H))
    else:
        share(task, (N, images_most), (O_H, rows_most))
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
    N, O_H, O_W, C = dy.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    H, W = space
    K_H, K_W = taps
    apart = S_H >= D_H*(K_H - 1) + 1 and S_W >= D_W*(K_W - 1) + 1
    dx = np.zeros((N, H, W, C), dtype=dy.dtype)

    def task(images: slice) -> None:
        rows_most = min(O_H, block)
        for rows_start in range(0, O_H, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_H))
            rows_size = rows.stop - rows_start
            sent = dy[images, rows]
            numbers = winner[images, rows]
            i_spans = spans(K_H, D_H, -P_H + S_H*rows_start, S_H, rows_size, H)
            j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
            for k, i_o, i_i in i_spans:
                for l, j_o, j_i in j_spans:
                    pick(
                        dx[images, i_i, j_i],
                        numbers[:, i_o, j_o] == K_W*k + l,
                        sent[:, i_o, j_o],
                        apart,
                    )

    images_most = max(1, (block // O_H))
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
    _, H, W, _ = x.shape
    _, O_H, O_W, _ = y.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    K_H, K_W = taps
    i_spans = spans(K_H, D_H, -P_H, S_H, O_H, H)
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    takes = duels(x, (O_H, O_W), i_spans, j_spans, maxima=y)
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
    N, O_H, O_W, C = dy.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    H, W = space
    K_H, K_W = taps
    i_spans = spans(K_H, D_H, -P_H, S_H, O_H, H)
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    along_i = np.empty((N, H, O_W, C), dtype=dy.dtype)
    scatter(along_i, dy, 1, i_spans, takes[0])
    dx = np.empty((N, H, W, C), dtype=dy.dtype)
    scatter(dx, along_i, 2, j_spans, takes[1])
    return dx
