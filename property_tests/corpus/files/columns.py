"""Convolution as a matrix product: image to columns and back."""

import numpy as np


def pair(value):
    """One number for each axis."""
    return (value, value) if isinstance(value, int) else value


def indices(shape, kh, kw, stride, padding):
    """Row, column and channel of each entry of the columns."""
    _, C, H, W = shape
    sh, sw = stride
    out_h = (H + 2 * padding[0] - kh) // sh + 1
    out_w = (W + 2 * padding[1] - kw) // sw + 1
    i0 = np.tile(np.repeat(np.arange(kh), kw), C)
    i1 = sh * np.repeat(np.arange(out_h), out_w)
    j0 = np.tile(np.arange(kw), kh * C)
    j1 = sw * np.tile(np.arange(out_w), out_h)
    i = i0.reshape(-1, 1) + i1.reshape(1, -1)
    j = j0.reshape(-1, 1) + j1.reshape(1, -1)
    k = np.repeat(np.arange(C), kh * kw).reshape(-1, 1)
    return k, i, j, out_h, out_w


def padded(x, padding):
    """The image in its border."""
    p, q = padding
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)), mode="constant")


def im2col(x, kh, kw, stride, padding):
    """Columns (C * kh * kw, N * positions)."""
    k, i, j, _, _ = indices(x.shape, kh, kw, stride, padding)
    cols = padded(x, padding)[:, k, i, j]
    return cols.transpose(1, 2, 0).reshape(cols.shape[1], cols.shape[0] * cols.shape[2])


def col2im(cols, shape, kh, kw, stride, padding):
    """The adjoint: columns added back onto the image."""
    N, C, H, W = shape
    p, q = padding
    x_padded = np.zeros((N, C, H + 2 * p, W + 2 * q), dtype=cols.dtype)
    k, i, j, _, _ = indices(shape, kh, kw, stride, padding)
    parts = cols.reshape(C * kh * kw, i.shape[1], N).transpose(2, 0, 1)
    np.add.at(x_padded, (slice(None), k, i, j), parts)
    return np.ascontiguousarray(x_padded[:, :, p : p + H, q : q + W])


def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    """Forward pass by one matrix product."""
    stride, padding = pair(stride), pair(padding)
    F, C, kh, kw = w.shape
    _, _, _, out_h, out_w = indices(x.shape, kh, kw, stride, padding)
    if out_h < 1 or out_w < 1:
        raise ValueError("the kernel does not fit")
    cols = im2col(x, kh, kw, stride, padding)
    out = w.reshape(F, -1) @ cols
    if b is not None:
        out = out + b.reshape(-1, 1)
    return out.reshape(F, out_h, out_w, x.shape[0]).transpose(3, 0, 1, 2)


def conv2d_backward(x, w, b, grad_y, stride=(1, 1), padding=(0, 0)):
    """Backward pass by two matrix products."""
    stride, padding = pair(stride), pair(padding)
    F, C, kh, kw = w.shape
    cols = im2col(x, kh, kw, stride, padding)
    flow = grad_y.transpose(1, 2, 3, 0).reshape(F, cols.shape[1])
    dw = (flow @ cols.T).reshape(w.shape)
    dcols = w.reshape(F, -1).T @ flow
    dx = col2im(dcols, x.shape, kh, kw, stride, padding)
    db = None if b is None else flow.sum(axis=1)
    return dx, dw, db
