"""Convolution in 2d.

Generated from conv2d (5cd93ffc3643d4e5)
by `python -m convproof.emit`, never edited: a test compares.
x (N, *space, G, C), kernel (*taps, C, G, M), z (N, *out, G, M).
"""

from __future__ import annotations

import numpy as np

from convproof.lower.runtime import Array, multiply, spans, spread, windows


def forward_im2row(
    x: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    block: int,
) -> Array:
    """The output before bias and activation.

    Schedule im2row: the taps of each position gathered as a row, then a matrix product.
    """
    N, _, _, G, C = x.shape
    K_H, K_W, _, _, M = kernel.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    O_H, O_W = out_space
    flat = kernel.reshape(C*K_H*K_W, G, M)
    z = np.empty((N, O_H, O_W, G, M), dtype=np.result_type(kernel, x))
    images_most = max(1, (block // O_H))
    for images_start in range(0, N, images_most):
        images = slice(images_start, min(images_start + images_most, N))
        images_size = images.stop - images_start
        rows_most = min(O_H, block)
        for rows_start in range(0, O_H, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_H))
            rows_size = rows.stop - rows_start
            patches = windows(
                x[images],
                (K_H, K_W),
                (D_H, D_W),
                (-P_H + S_H*rows_start, -P_W),
                (S_H, S_W),
                (rows_size, O_W),
            )
            left = patches.reshape(O_W*images_size*rows_size, G, C*K_H*K_W).transpose(1, 0, 2)
            right = flat.transpose(1, 0, 2)
            multiply(
                left,
                right,
                out=z[images, rows].reshape(O_W*images_size*rows_size, G, M).transpose(1, 0, 2),
            )
    return z


def forward_im2col(
    x: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    block: int,
) -> Array:
    """The output before bias and activation.

    Schedule im2col: the taps of each position gathered as a column, then a matrix product.
    """
    N, _, _, G, C = x.shape
    K_H, K_W, _, _, M = kernel.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    O_H, O_W = out_space
    flat = kernel.reshape(C*K_H*K_W, G, M)
    z = np.empty((N, O_H, O_W, G, M), dtype=np.result_type(kernel, x))
    images_most = max(1, (block // O_H))
    for images_start in range(0, N, images_most):
        images = slice(images_start, min(images_start + images_most, N))
        images_size = images.stop - images_start
        rows_most = min(O_H, block)
        for rows_start in range(0, O_H, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_H))
            rows_size = rows.stop - rows_start
            patches = windows(
                x[images],
                (K_H, K_W),
                (D_H, D_W),
                (-P_H + S_H*rows_start, -P_W),
                (S_H, S_W),
                (rows_size, O_W),
            ).transpose(4, 5, 6, 3, 0, 1, 2)
            left = patches.reshape(C*K_H*K_W, G, O_W*images_size*rows_size).transpose(1, 2, 0)
            right = flat.transpose(1, 0, 2)
            multiply(
                left,
                right,
                out=z[images, rows].reshape(O_W*images_size*rows_size, G, M).transpose(1, 0, 2),
            )
    return z


def forward_tap(
    x: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
) -> Array:
    """The output before bias and activation; schedule tap: a slice for each tap."""
    N, H, W, G, C = x.shape
    K_H, K_W, _, _, M = kernel.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    O_H, O_W = out_space
    z = np.zeros((N, O_H, O_W, G, M), dtype=np.result_type(kernel, x))
    i_spans = spans(K_H, D_H, -P_H, S_H, O_H, H)
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    for k, i_o, i_i in i_spans:
        for l, j_o, j_i in j_spans:
            for c in range(C):
                part = z[:, i_o, j_o]
                part += kernel[k, l, c] * x[:, i_i, j_i, :, c, None]
    return z


def gradient_x_im2row(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    block: int,
) -> Array:
    """The input's gradient.

    Schedule im2row: the taps of each position gathered as a row, then a matrix product.
    """
    N, O_H, O_W, G, M = dz.shape
    K_H, K_W, C, _, _ = kernel.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    H, W = space
    flat = kernel.reshape(C*K_H*K_W, G, M)
    dx = np.zeros((N, H, W, G, C), dtype=np.result_type(kernel, dz))
    images_most = max(1, (block // O_H))
    for images_start in range(0, N, images_most):
        images = slice(images_start, min(images_start + images_most, N))
        images_size = images.stop - images_start
        rows_most = min(O_H, block)
        for rows_start in range(0, O_H, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_H))
            rows_size = rows.stop - rows_start
            patches = np.empty(
                (images_size, rows_size, O_W, G, K_H, K_W, C), dtype=np.result_type(kernel, dz),
            )
            left = dz[images, rows].reshape(O_W*images_size*rows_size, G, M).transpose(1, 0, 2)
            right = flat.transpose(1, 2, 0)
            multiply(
                left,
                right,
                out=patches.reshape(O_W*images_size*rows_size, G, C*K_H*K_W).transpose(1, 0, 2),
            )
            i_spans = spans(K_H, D_H, -P_H + S_H*rows_start, S_H, rows_size, H)
            j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
            for k, i_o, i_i in i_spans:
                for l, j_o, j_i in j_spans:
                    part = dx[images, i_i, j_i]
                    part += patches[:, i_o, j_o, :, k, l]
    return dx


def gradient_x_dgrad_im2row(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    block: int,
) -> Array:
    """The input's gradient.

    Schedule dgrad_im2row: a convolution of stride 1 with the rotated kernel, by im2row.
    """
    _, O_H, O_W, _, _ = dz.shape
    K_H, K_W, _, _, _ = kernel.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    rotated = kernel[::-1, ::-1].transpose(0, 1, 4, 3, 2)
    wide = spread(dz, (O_H, O_W), (S_H, S_W))
    rotated_lo = (D_H*(K_H - 1) - P_H, D_W*(K_W - 1) - P_W)
    ones = (1, 1)
    dx = forward_im2row(wide, rotated, ones, dilation, rotated_lo, space, block)
    return dx


def gradient_x_dgrad_im2col(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    block: int,
) -> Array:
    """The input's gradient.

    Schedule dgrad_im2col: a convolution of stride 1 with the rotated kernel, by im2col.
    """
    _, O_H, O_W, _, _ = dz.shape
    K_H, K_W, _, _, _ = kernel.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    rotated = kernel[::-1, ::-1].transpose(0, 1, 4, 3, 2)
    wide = spread(dz, (O_H, O_W), (S_H, S_W))
    rotated_lo = (D_H*(K_H - 1) - P_H, D_W*(K_W - 1) - P_W)
    ones = (1, 1)
    dx = forward_im2col(wide, rotated, ones, dilation, rotated_lo, space, block)
    return dx


def gradient_x_im2col(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    block: int,
) -> Array:
    """The input's gradient.

    Schedule im2col: the taps of each position gathered as a column, then a matrix product.
    """
    N, O_H, O_W, G, M = dz.shape
    K_H, K_W, C, _, _ = kernel.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    H, W = space
    flat = kernel.reshape(C*K_H*K_W, G, M)
    dx = np.zeros((N, H, W, G, C), dtype=np.result_type(kernel, dz))
    images_most = max(1, (block // O_H))
    for images_start in range(0, N, images_most):
        images = slice(images_start, min(images_start + images_most, N))
        images_size = images.stop - images_start
        rows_most = min(O_H, block)
        for rows_start in range(0, O_H, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_H))
            rows_size = rows.stop - rows_start
            patches = np.empty(
                (K_H, K_W, C, G, images_size, rows_size, O_W), dtype=np.result_type(kernel, dz),
            )
            left = flat.transpose(1, 0, 2)
            right = dz[images, rows].reshape(O_W*images_size*rows_size, G, M).transpose(1, 2, 0)
            multiply(
                left,
                right,
                out=patches.reshape(C*K_H*K_W, G, O_W*images_size*rows_size).transpose(1, 0, 2),
            )
            i_spans = spans(K_H, D_H, -P_H + S_H*rows_start, S_H, rows_size, H)
            j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
            for k, i_o, i_i in i_spans:
                for l, j_o, j_i in j_spans:
                    part = dx[images, i_i, j_i]
                    part += patches[k, l, :, :, :, i_o, j_o].transpose(2, 3, 4, 1, 0)
    return dx


def gradient_x_tap(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
) -> Array:
    """The input's gradient; schedule tap: a slice for each tap."""
    N, O_H, O_W, G, M = dz.shape
    K_H, K_W, C, _, _ = kernel.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    H, W = space
    dx = np.zeros((N, H, W, G, C), dtype=np.result_type(kernel, dz))
    i_spans = spans(K_H, D_H, -P_H, S_H, O_H, H)
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    for k, i_o, i_i in i_spans:
        for l, j_o, j_i in j_spans:
            for m in range(M):
                part = dx[:, i_i, j_i]
                part += kernel[k, l, :, :, m].transpose(1, 0) * dz[:, i_o, j_o, :, m, None]
    return dx


def gradient_kernel_im2row(
    dz: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
    block: int,
) -> Array:
    """The kernel's gradient, all copies summed.

    Schedule im2row: the taps of each position gathered as a row, then a matrix product.
    """
    N, O_H, O_W, G, M = dz.shape
    _, _, _, _, C = x.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    K_H, K_W = taps
    dkernel = np.zeros((K_H, K_W, C, G, M), dtype=np.result_type(x, dz))
    images_most = max(1, (block // O_H))
    for images_start in range(0, N, images_most):
        images = slice(images_start, min(images_start + images_most, N))
        images_size = images.stop - images_start
        rows_most = min(O_H, block)
        for rows_start in range(0, O_H, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_H))
            rows_size = rows.stop - rows_start
            patches = windows(
                x[images],
                (K_H, K_W),
                (D_H, D_W),
                (-P_H + S_H*rows_start, -P_W),
                (S_H, S_W),
                (rows_size, O_W),
            )
            left = patches.reshape(O_W*images_size*rows_size, G, C*K_H*K_W).transpose(1, 2, 0)
            right = dz[images, rows].reshape(O_W*images_size*rows_size, G, M).transpose(1, 0, 2)
            dkernel.reshape(C*K_H*K_W, G, M).transpose(1, 0, 2)[...] += multiply(left, right)
    return dkernel


def gradient_kernel_im2col(
    dz: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
    block: int,
) -> Array:
    """The kernel's gradient, all copies summed.

    Schedule im2col: the taps of each position gathered as a column, then a matrix product.
    """
    N, O_H, O_W, G, M = dz.shape
    _, _, _, _, C = x.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    K_H, K_W = taps
    dkernel = np.zeros((K_H, K_W, C, G, M), dtype=np.result_type(x, dz))
    images_most = max(1, (block // O_H))
    for images_start in range(0, N, images_most):
        images = slice(images_start, min(images_start + images_most, N))
        images_size = images.stop - images_start
        rows_most = min(O_H, block)
        for rows_start in range(0, O_H, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_H))
            rows_size = rows.stop - rows_start
            patches = windows(
                x[images],
                (K_H, K_W),
                (D_H, D_W),
                (-P_H + S_H*rows_start, -P_W),
                (S_H, S_W),
                (rows_size, O_W),
            ).transpose(4, 5, 6, 3, 0, 1, 2)
            left = patches.reshape(C*K_H*K_W, G, O_W*images_size*rows_size).transpose(1, 0, 2)
            right = dz[images, rows].reshape(O_W*images_size*rows_size, G, M).transpose(1, 0, 2)
            dkernel.reshape(C*K_H*K_W, G, M).transpose(1, 0, 2)[...] += multiply(left, right)
    return dkernel


def gradient_kernel_tap(
    dz: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The kernel's gradient, all copies summed; schedule tap: a slice for each tap."""
    _, O_H, O_W, G, M = dz.shape
    _, H, W, _, C = x.shape
    S_H, S_W = stride
    D_H, D_W = dilation
    P_H, P_W = pad_lo
    K_H, K_W = taps
    dkernel = np.zeros((K_H, K_W, C, G, M), dtype=np.result_type(x, dz))
    i_spans = spans(K_H, D_H, -P_H, S_H, O_H, H)
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    for k, i_o, i_i in i_spans:
        for l, j_o, j_i in j_spans:
            for c in range(C):
                part = dkernel[k, l, c]
                part += (x[:, i_i, j_i, :, c, None] * dz[:, i_o, j_o]).sum(axis=(0, 1, 2))
    return dkernel


def gradient_bias(dz: Array) -> Array:
    """The bias's gradient, summed over images and positions.

    Schedule columns: one array operation.
    """
    N, O_H, O_W, G, M = dz.shape
    dbias = (np.ones(N*O_H*O_W, dtype=dz.dtype) @ dz.reshape(N*O_H*O_W, G*M)).reshape(G, M)
    return dbias


def add_bias(z: Array, bias: Array) -> Array:
    """One number per output channel added, in place; schedule columns: one array operation."""
    z[...] += bias
    return z
