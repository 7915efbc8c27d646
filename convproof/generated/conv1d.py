"""Convolution in 1d.

Generated from conv1d (4ce3e93245467ce0) by `python -m convproof.lower`; never edited: a test compares.
x (N, *space, G, C), kernel (*taps, C, G, M), z (N, *out, G, M).
"""

from __future__ import annotations

import numpy as np

from convproof.generated.slices import Array, span


def forward_taps(
    x: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
) -> Array:
    """The output before bias and activation."""
    N, W, G, C = x.shape
    K_W, _, _, M = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    z = np.zeros((N, O_W, G, M), dtype=np.result_type(kernel, x))
    j_spans = [span(D_W*l - P_W, S_W, O_W, W) for l in range(K_W)]
    for l in range(K_W):
        j_o, j_i = j_spans[l]
        for c in range(C):
            z[:, j_o] += kernel[l, c] * x[:, j_i, :, c, None]
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
    """The output before bias and activation."""
    N, W, G, C = x.shape
    K_W, _, _, M = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    z = np.empty((N, O_W, G, M), dtype=np.result_type(kernel, x))
    for start in range(0, N, block):
        images = slice(start, min(start + block, N))
        images_size = images.stop - start
        patches = np.zeros((images_size, O_W, G, K_W, C), dtype=np.result_type(kernel, x))
        j_spans = [span(D_W*l - P_W, S_W, O_W, W) for l in range(K_W)]
        for l in range(K_W):
            j_o, j_i = j_spans[l]
            patches[:, j_o, :, l] = x[images, j_i]
        left = patches.reshape(O_W*images_size, G, C*K_W).transpose(1, 0, 2)
        right = kernel.reshape(C*K_W, G, M).transpose(1, 0, 2)
        np.matmul(left, right, out=z[images].reshape(O_W*images_size, G, M).transpose(1, 0, 2))
    return z


def forward_planes(
    x: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    block: int,
) -> Array:
    """The output before bias and activation."""
    N, W, G, C = x.shape
    K_W, _, _, M = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    z = np.empty((N, O_W, G, M), dtype=np.result_type(kernel, x))
    for start in range(0, N, block):
        images = slice(start, min(start + block, N))
        images_size = images.stop - start
        patches = np.zeros((K_W, C, G, images_size, O_W), dtype=np.result_type(kernel, x))
        j_spans = [span(D_W*l - P_W, S_W, O_W, W) for l in range(K_W)]
        for l in range(K_W):
            j_o, j_i = j_spans[l]
            patches[l, :, :, :, j_o] = x[images, j_i].transpose(3, 2, 0, 1)
        left = patches.reshape(C*K_W, G, O_W*images_size).transpose(1, 2, 0)
        right = kernel.reshape(C*K_W, G, M).transpose(1, 0, 2)
        np.matmul(left, right, out=z[images].reshape(O_W*images_size, G, M).transpose(1, 0, 2))
    return z


def gradient_x_taps(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
) -> Array:
    """The input's gradient: each tap's flow sent back."""
    N, O_W, G, M = dz.shape
    K_W, C, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    W, = space
    dx = np.zeros((N, W, G, C), dtype=np.result_type(kernel, dz))
    j_spans = [span(D_W*l - P_W, S_W, O_W, W) for l in range(K_W)]
    for l in range(K_W):
        j_o, j_i = j_spans[l]
        for m in range(M):
            dx[:, j_i] += kernel[l, :, :, m].transpose(1, 0) * dz[:, j_o, :, m, None]
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
    """The input's gradient: each tap's flow sent back."""
    N, O_W, G, M = dz.shape
    K_W, C, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    W, = space
    dx = np.zeros((N, W, G, C), dtype=np.result_type(kernel, dz))
    for start in range(0, N, block):
        images = slice(start, min(start + block, N))
        images_size = images.stop - start
        patches = np.empty((images_size, O_W, G, K_W, C), dtype=np.result_type(kernel, dz))
        left = dz[images].reshape(O_W*images_size, G, M).transpose(1, 0, 2)
        right = kernel.reshape(C*K_W, G, M).transpose(1, 2, 0)
        np.matmul(left, right, out=patches.reshape(O_W*images_size, G, C*K_W).transpose(1, 0, 2))
        j_spans = [span(D_W*l - P_W, S_W, O_W, W) for l in range(K_W)]
        for l in range(K_W):
            j_o, j_i = j_spans[l]
            dx[images, j_i] += patches[:, j_o, :, l]
    return dx


def gradient_x_planes(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    block: int,
) -> Array:
    """The input's gradient: each tap's flow sent back."""
    N, O_W, G, M = dz.shape
    K_W, C, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    W, = space
    dx = np.zeros((N, W, G, C), dtype=np.result_type(kernel, dz))
    for start in range(0, N, block):
        images = slice(start, min(start + block, N))
        images_size = images.stop - start
        patches = np.empty((K_W, C, G, images_size, O_W), dtype=np.result_type(kernel, dz))
        left = kernel.reshape(C*K_W, G, M).transpose(1, 0, 2)
        right = dz[images].reshape(O_W*images_size, G, M).transpose(1, 2, 0)
        np.matmul(left, right, out=patches.reshape(C*K_W, G, O_W*images_size).transpose(1, 0, 2))
        j_spans = [span(D_W*l - P_W, S_W, O_W, W) for l in range(K_W)]
        for l in range(K_W):
            j_o, j_i = j_spans[l]
            dx[images, j_i] += patches[l, :, :, :, j_o].transpose(2, 3, 1, 0)
    return dx


def gradient_kernel_taps(
    dz: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The kernel's gradient: all copies, summed."""
    _, O_W, G, M = dz.shape
    _, W, _, C = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    K_W, = taps
    dkernel = np.zeros((K_W, C, G, M), dtype=np.result_type(x, dz))
    j_spans = [span(D_W*l - P_W, S_W, O_W, W) for l in range(K_W)]
    for l in range(K_W):
        j_o, j_i = j_spans[l]
        for c in range(C):
            dkernel[l, c] += (x[:, j_i, :, c, None] * dz[:, j_o]).sum(axis=(0, 1))
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
    """The kernel's gradient: all copies, summed."""
    N, O_W, G, M = dz.shape
    _, W, _, C = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    K_W, = taps
    dkernel = np.zeros((K_W, C, G, M), dtype=np.result_type(x, dz))
    for start in range(0, N, block):
        images = slice(start, min(start + block, N))
        images_size = images.stop - start
        patches = np.zeros((images_size, O_W, G, K_W, C), dtype=np.result_type(x, dz))
        j_spans = [span(D_W*l - P_W, S_W, O_W, W) for l in range(K_W)]
        for l in range(K_W):
            j_o, j_i = j_spans[l]
            patches[:, j_o, :, l] = x[images, j_i]
        left = patches.reshape(O_W*images_size, G, C*K_W).transpose(1, 2, 0)
        right = dz[images].reshape(O_W*images_size, G, M).transpose(1, 0, 2)
        dkernel.reshape(C*K_W, G, M).transpose(1, 0, 2)[...] += left @ right
    return dkernel


def gradient_kernel_planes(
    dz: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
    block: int,
) -> Array:
    """The kernel's gradient: all copies, summed."""
    N, O_W, G, M = dz.shape
    _, W, _, C = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    K_W, = taps
    dkernel = np.zeros((K_W, C, G, M), dtype=np.result_type(x, dz))
    for start in range(0, N, block):
        images = slice(start, min(start + block, N))
        images_size = images.stop - start
        patches = np.zeros((K_W, C, G, images_size, O_W), dtype=np.result_type(x, dz))
        j_spans = [span(D_W*l - P_W, S_W, O_W, W) for l in range(K_W)]
        for l in range(K_W):
            j_o, j_i = j_spans[l]
            patches[l, :, :, :, j_o] = x[images, j_i].transpose(3, 2, 0, 1)
        left = patches.reshape(C*K_W, G, O_W*images_size).transpose(1, 0, 2)
        right = dz[images].reshape(O_W*images_size, G, M).transpose(1, 0, 2)
        dkernel.reshape(C*K_W, G, M).transpose(1, 0, 2)[...] += left @ right
    return dkernel


def gradient_bias(dz: Array) -> Array:
    """The bias's gradient: summed over images and positions."""
    _, _, G, M = dz.shape
    dbias = np.zeros((G, M), dtype=dz.dtype)
    dbias[:] += (dz[:]).sum(axis=(0, 1))
    return dbias


def add_bias(z: Array, bias: Array) -> Array:
    """Add one number per output channel, in place."""
    z[...] += bias
    return z
