"""Course work: convolution and pooling, output position by output position."""

import numpy as np


def conv2d(x, w, b=None, stride=1, padding=0):
    """Forward pass. x (N, C, H, W), w (F, C, HH, WW), b (F,)."""
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    H_out = 1 + (H + 2 * padding - HH) // stride
    W_out = 1 + (W + 2 * padding - WW) // stride
    if H_out < 1 or W_out < 1:
        raise ValueError("the kernel is larger than the padded image")
    x_pad = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    out = np.zeros((N, F, H_out, W_out), dtype=np.result_type(x, w))
    for n in range(N):
        for f in range(F):
            for i in range(H_out):
                for j in range(W_out):
                    top = i * stride
                    left = j * stride
                    window = x_pad[n, :, top : top + HH, left : left + WW]
                    out[n, f, i, j] = np.sum(window * w[f])
                    if b is not None:
                        out[n, f, i, j] += b[f]
    return out


def conv2d_backward(x, w, b, grad_y, stride=1, padding=0):
    """Backward pass: gradients of x, w and b."""
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    _, _, H_out, W_out = grad_y.shape
    x_pad = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx_pad = np.zeros(x_pad.shape, dtype=grad_y.dtype)
    dw = np.zeros(w.shape, dtype=grad_y.dtype)
    for n in range(N):
        for f in range(F):
            for i in range(H_out):
                for j in range(W_out):
                    top = i * stride
                    left = j * stride
                    window = x_pad[n, :, top : top + HH, left : left + WW]
                    dw[f] += window * grad_y[n, f, i, j]
                    dx_pad[n, :, top : top + HH, left : left + WW] += w[f] * grad_y[n, f, i, j]
    dx = dx_pad[:, :, padding : padding + H, padding : padding + W]
    db = None
    if b is not None:
        db = np.sum(grad_y, axis=(0, 2, 3))
    return np.ascontiguousarray(dx), dw, db


def max_pool2d(x, kernel, stride=None, padding=0):
    """Largest value of each window."""
    N, C, H, W = x.shape
    kh, kw = kernel
    sh, sw = (stride, stride) if isinstance(stride, int) else stride or kernel
    x_pad = np.pad(
        x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf
    )
    H_out = 1 + (H + 2 * padding - kh) // sh
    W_out = 1 + (W + 2 * padding - kw) // sw
    out = np.zeros((N, C, H_out, W_out), dtype=x.dtype)
    for i in range(H_out):
        for j in range(W_out):
            window = x_pad[:, :, i * sh : i * sh + kh, j * sw : j * sw + kw]
            out[:, :, i, j] = np.max(window, axis=(2, 3))
    return out


def max_pool2d_backward(x, grad_y, kernel, stride=None, padding=0):
    """The gradient goes to the first largest value of each window."""
    N, C, H, W = x.shape
    kh, kw = kernel
    sh, sw = (stride, stride) if isinstance(stride, int) else stride or kernel
    x_pad = np.pad(
        x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf
    )
    dx_pad = np.zeros(x_pad.shape, dtype=grad_y.dtype)
    for n in range(N):
        for c in range(C):
            for i in range(grad_y.shape[2]):
                for j in range(grad_y.shape[3]):
                    window = x_pad[n, c, i * sh : i * sh + kh, j * sw : j * sw + kw]
                    r, s = np.unravel_index(np.argmax(window), window.shape)
                    dx_pad[n, c, i * sh + r, j * sw + s] += grad_y[n, c, i, j]
    return np.ascontiguousarray(dx_pad[:, :, padding : padding + H, padding : padding + W])


def avg_pool2d(x, kernel, stride=None, padding=0):
    """Mean of each window, padding counted."""
    N, C, H, W = x.shape
    kh, kw = kernel
    sh, sw = (stride, stride) if isinstance(stride, int) else stride or kernel
    x_pad = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    H_out = 1 + (H + 2 * padding - kh) // sh
    W_out = 1 + (W + 2 * padding - kw) // sw
    out = np.zeros((N, C, H_out, W_out), dtype=x.dtype if x.dtype.kind == "f" else float)
    for i in range(H_out):
        for j in range(W_out):
            window = x_pad[:, :, i * sh : i * sh + kh, j * sw : j * sw + kw]
            out[:, :, i, j] = np.mean(window, axis=(2, 3))
    return out


def avg_pool2d_backward(x, grad_y, kernel, stride=None, padding=0):
    """Each window's gradient in equal shares."""
    N, C, H, W = x.shape
    kh, kw = kernel
    sh, sw = (stride, stride) if isinstance(stride, int) else stride or kernel
    dx_pad = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=grad_y.dtype)
    for i in range(grad_y.shape[2]):
        for j in range(grad_y.shape[3]):
            share = grad_y[:, :, i, j][:, :, None, None] / (kh * kw)
            dx_pad[:, :, i * sh : i * sh + kh, j * sw : j * sw + kw] += share
    return np.ascontiguousarray(dx_pad[:, :, padding : padding + H, padding : padding + W])
