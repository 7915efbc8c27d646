"""Convolution by strided views, with stride, padding, dilation and groups on each axis."""

import numpy as np
from numpy.lib.stride_tricks import as_strided


def pair(value):
    """One number for each axis."""
    return (value, value) if isinstance(value, int) else value


def windows(x, taps, stride, dilation):
    """A view (N, C, OH, OW, KH, KW) of all windows."""
    n, c, h, w = x.shape
    kh, kw = taps
    oh = (h - dilation[0] * (kh - 1) - 1) // stride[0] + 1
    ow = (w - dilation[1] * (kw - 1) - 1) // stride[1] + 1
    if oh < 1 or ow < 1:
        raise ValueError("no window fits")
    sn, sc, sh, sw = x.strides
    shape = (n, c, oh, ow, kh, kw)
    steps = (sn, sc, sh * stride[0], sw * stride[1], sh * dilation[0], sw * dilation[1])
    return as_strided(x, shape, steps, writeable=False)


def bordered(x, padding):
    """The image inside zeros."""
    p, q = padding
    return np.pad(x, [(0, 0), (0, 0), (p, p), (q, q)])


def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    """Forward pass, group by group."""
    stride, padding, dilation = pair(stride), pair(padding), pair(dilation)
    view = windows(bordered(x, padding), w.shape[2:], stride, dilation)
    depth, width = w.shape[1], w.shape[0] // groups
    parts = []
    for g in range(groups):
        some = view[:, g * depth : (g + 1) * depth]
        kernel = w[g * width : (g + 1) * width]
        parts.append(np.tensordot(some, kernel, axes=((1, 4, 5), (1, 2, 3))))
    y = np.concatenate(parts, axis=-1).transpose(0, 3, 1, 2)
    if b is not None:
        y = y + b[None, :, None, None]
    return np.ascontiguousarray(y)


def conv2d_backward(x, w, b, grad_y, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    """Backward pass: scatter for x, correlation for w."""
    stride, padding, dilation = pair(stride), pair(padding), pair(dilation)
    big = bordered(x, padding)
    view = windows(big, w.shape[2:], stride, dilation)
    depth, width = w.shape[1], w.shape[0] // groups
    dbig = np.zeros(big.shape, dtype=np.result_type(grad_y, w))
    dw = np.zeros(w.shape, dtype=np.result_type(grad_y, x))
    oh, ow = grad_y.shape[2:]
    for g in range(groups):
        ins, outs = slice(g * depth, (g + 1) * depth), slice(g * width, (g + 1) * width)
        flow = grad_y[:, outs]
        dw[outs] = np.tensordot(flow, view[:, ins], axes=((0, 2, 3), (0, 2, 3)))
        for i in range(w.shape[2]):
            for j in range(w.shape[3]):
                top, left = i * dilation[0], j * dilation[1]
                rows = slice(top, top + stride[0] * oh, stride[0])
                columns = slice(left, left + stride[1] * ow, stride[1])
                part = np.tensordot(flow, w[outs, :, i, j], axes=(1, 0)).transpose(0, 3, 1, 2)
                dbig[:, ins, rows, columns] += part
    p, q = padding
    dx = dbig[:, :, p : p + x.shape[2], q : q + x.shape[3]].copy()
    db = None if b is None else grad_y.sum(axis=(0, 2, 3))
    return dx, dw, db
