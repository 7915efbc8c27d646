"""Convolution in 1d.

Generated from conv1d (4ce3e93245467ce0)
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
    N, _, G, C = x.shape
    K_W, _, _, M = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    flat = kernel.reshape(C*K_W, G, M)
    z = np.empty((N, O_W, G, M), dtype=np.result_type(kernel, x))
    images_most = max(1, (block // O_W))
    for images_start in range(0, N, images_most):
        images = slice(images_start, min(images_start + images_most, N))
        images_size = images.stop - images_start
        rows_most = min(O_W, block)
        for rows_start in range(0, O_W, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_W))
            rows_size = rows.stop - rows_start
            patches = windows(
                x[images], (K_W,), (D_W,), (-P_W + S_W*rows_start,), (S_W,), (rows_size,),
            )
            left = patches.reshape(images_size*rows_size, G, C*K_W).transpose(1, 0, 2)
            right = flat.transpose(1, 0, 2)
            multiply(
                left, right, out=z[images, rows].reshape(
                    images_size*rows_size, G, M,
                ).transpose(1, 0, 2),
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
    N, _, G, C = x.shape
    K_W, _, _, M = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    flat = kernel.reshape(C*K_W, G, M)
    z = np.empty((N, O_W, G, M), dtype=np.result_type(kernel, x))
    images_most = max(1, (block // O_W))
    for images_start in range(0, N, images_most):
        images = slice(images_start, min(images_start + images_most, N))
        images_size = images.stop - images_start
        rows_most = min(O_W, block)
        for rows_start in range(0, O_W, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_W))
            rows_size = rows.stop - rows_start
            patches = windows(
                x[images], (K_W,), (D_W,), (-P_W + S_W*rows_start,), (S_W,), (rows_size,),
            ).transpose(3, 4, 2, 0, 1)
            left = patches.reshape(C*K_W, G, images_size*rows_size).transpose(1, 2, 0)
            right = flat.transpose(1, 0, 2)
            multiply(
                left, right, out=z[images, rows].reshape(
                    images_size*rows_size, G, M,
                ).transpose(1, 0, 2),
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
    N, W, G, C = x.shape
    K_W, _, _, M = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    z = np.zeros((N, O_W, G, M), dtype=np.result_type(kernel, x))
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    for l, j_o, j_i in j_spans:
        for c in range(C):
            part = z[:, j_o]
            part += kernel[l, c] * x[:, j_i, :, c, None]
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
    N, O_W, G, M = dz.shape
    K_W, C, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    W, = space
    flat = kernel.reshape(C*K_W, G, M)
    dx = np.zeros((N, W, G, C), dtype=np.result_type(kernel, dz))
    images_most = max(1, (block // O_W))
    for images_start in range(0, N, images_most):
        images = slice(images_start, min(images_start + images_most, N))
        images_size = images.stop - images_start
        rows_most = min(O_W, block)
        for rows_start in range(0, O_W, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_W))
            rows_size = rows.stop - rows_start
            patches = np.empty(
                (images_size, rows_size, G, K_W, C), dtype=np.result_type(kernel, dz),
            )
            left = dz[images, rows].reshape(images_size*rows_size, G, M).transpose(1, 0, 2)
            right = flat.transpose(1, 2, 0)
            multiply(
                left, right, out=patches.reshape(
                    images_size*rows_size, G, C*K_W,
                ).transpose(1, 0, 2),
            )
            j_spans = spans(K_W, D_W, -P_W + S_W*rows_start, S_W, rows_size, W)
            for l, j_o, j_i in j_spans:
                part = dx[images, j_i]
                part += patches[:, j_o, :, l]
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
    _, O_W, _, _ = dz.shape
    K_W, _, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    rotated = kernel[::-1].transpose(0, 3, 2, 1)
    wide = spread(dz, (O_W,), (S_W,))
    rotated_lo = (D_W*(K_W - 1) - P_W,)
    ones = (1,)
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
    _, O_W, _, _ = dz.shape
    K_W, _, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    rotated = kernel[::-1].transpose(0, 3, 2, 1)
    wide = spread(dz, (O_W,), (S_W,))
    rotated_lo = (D_W*(K_W - 1) - P_W,)
    ones = (1,)
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
    N, O_W, G, M = dz.shape
    K_W, C, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    W, = space
    flat = kernel.reshape(C*K_W, G, M)
    dx = np.zeros((N, W, G, C), dtype=np.result_type(kernel, dz))
    images_most = max(1, (block // O_W))
    for images_start in range(0, N, images_most):
        images = slice(images_start, min(images_start + images_most, N))
        images_size = images.stop - images_start
        rows_most = min(O_W, block)
        for rows_start in range(0, O_W, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_W))
            rows_size = rows.stop - rows_start
            patches = np.empty(
                (K_W, C, G, images_size, rows_size), dtype=np.result_type(kernel, dz),
            )
            left = flat.transpose(1, 0, 2)
            right = dz[images, rows].reshape(images_size*rows_size, G, M).transpose(1, 2, 0)
            multiply(
                left, right, out=patches.reshape(
                    C*K_W, G, images_size*rows_size,
                ).transpose(1, 0, 2),
            )
            j_spans = spans(K_W, D_W, -P_W + S_W*rows_start, S_W, rows_size, W)
            for l, j_o, j_i in j_spans:
                part = dx[images, j_i]
                part += patches[l, :, :, :, j_o].transpose(2, 3, 1, 0)
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
    N, O_W, G, M = dz.shape
    K_W, C, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    W, = space
    dx = np.zeros((N, W, G, C), dtype=np.result_type(kernel, dz))
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    for l, j_o, j_i in j_spans:
        for m in range(M):
            part = dx[:, j_i]
            part += kernel[l, :, :, m].transpose(1, 0) * dz[:, j_o, :, m, None]
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
    N, O_W, G, M = dz.shape
    _, _, _, C = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    K_W, = taps
    dkernel = np.zeros((K_W, C, G, M), dtype=np.result_type(x, dz))
    images_most = max(1, (block // O_W))
    for images_start in range(0, N, images_most):
        images = slice(images_start, min(images_start + images_most, N))
        images_size = images.stop - images_start
        rows_most = min(O_W, block)
        for rows_start in range(0, O_W, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_W))
            rows_size = rows.stop - rows_start
            patches = windows(
                x[images], (K_W,), (D_W,), (-P_W + S_W*rows_start,), (S_W,), (rows_size,),
            )
            left = patches.reshape(images_size*rows_size, G, C*K_W).transpose(1, 2, 0)
            right = dz[images, rows].reshape(images_size*rows_size, G, M).transpose(1, 0, 2)
            dkernel.reshape(C*K_W, G, M).transpose(1, 0, 2)[...] += multiply(left, right)
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
    N, O_W, G, M = dz.shape
    _, _, _, C = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    K_W, = taps
    dkernel = np.zeros((K_W, C, G, M), dtype=np.result_type(x, dz))
    images_most = max(1, (block // O_W))
    for images_start in range(0, N, images_most):
        images = slice(images_start, min(images_start + images_most, N))
        images_size = images.stop - images_start
        rows_most = min(O_W, block)
        for rows_start in range(0, O_W, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_W))
            rows_size = rows.stop - rows_start
            patches = windows(
                x[images], (K_W,), (D_W,), (-P_W + S_W*rows_start,), (S_W,), (rows_size,),
            ).transpose(3, 4, 2, 0, 1)
            left = patches.reshape(C*K_W, G, images_size*rows_size).transpose(1, 0, 2)
            right = dz[images, rows].reshape(images_size*rows_size, G, M).transpose(1, 0, 2)
            dkernel.reshape(C*K_W, G, M).transpose(1, 0, 2)[...] += multiply(left, right)
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
    _, O_W, G, M = dz.shape
    _, W, _, C = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    K_W, = taps
    dkernel = np.zeros((K_W, C, G, M), dtype=np.result_type(x, dz))
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    for l, j_o, j_i in j_spans:
        for c in range(C):
            part = dkernel[l, c]
            part += (x[:, j_i, :, c, None] * dz[:, j_o]).sum(axis=(0, 1))
    return dkernel


def gradient_bias(dz: Array) -> Array:
    """The bias's gradient, summed over images and positions.

    Schedule columns: one array operation.
    """
    N, O_W, G, M = dz.shape
    dbias = (np.ones(N*O_W, dtype=dz.dtype) @ dz.reshape(N*O_W, G*M)).reshape(G, M)
    return dbias


def add_bias(z: Array, bias: Array) -> Array:
    """One number per output channel added, in place; schedule columns: one array operation."""
    z[...] += bias
    return z
