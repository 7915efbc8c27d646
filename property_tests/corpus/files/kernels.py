"""A kernel engineer's NumPy model of a tiled convolution and of poolings by taps."""

import numpy as np

TILE = 8


def pair(value):
    """One number for each axis."""
    return (value, value) if isinstance(value, int) else value


def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    """Tiles of output rows; channels of a group in blocks of 16; float32 sums for halves."""
    stride, padding, dilation = pair(stride), pair(padding), pair(dilation)
    n, c, h, wd = x.shape
    m, depth, kh, kw = w.shape
    oh = (h + 2 * padding[0] - dilation[0] * (kh - 1) - 1) // stride[0] + 1
    ow = (wd + 2 * padding[1] - dilation[1] * (kw - 1) - 1) // stride[1] + 1
    if oh < 1 or ow < 1:
        raise ValueError("empty output")
    kind = np.result_type(x, w)
    acc = np.float32 if kind == np.float16 else kind
    xp = np.pad(x, ((0, 0), (0, 0), (padding[0],) * 2, (padding[1],) * 2)).astype(acc)
    y = np.zeros((n, m, oh, ow), dtype=acc)
    per = m // groups
    for g in range(groups):
        for start in range(0, oh, TILE):
            rows = min(TILE, oh - start)
            for block in range(0, depth, 16):
                channels = range(block, min(block + 16, depth))
                for ch in channels:
                    plane = xp[:, g * depth + ch]
                    for i in range(kh):
                        for j in range(kw):
                            top = start * stride[0] + i * dilation[0]
                            left = j * dilation[1]
                            piece = plane[
                                :,
                                top : top + (rows - 1) * stride[0] + 1 : stride[0],
                                left : left + (ow - 1) * stride[1] + 1 : stride[1],
                            ]
                            weight = w[g * per : (g + 1) * per, ch, i, j].astype(acc)
                            y[:, g * per : (g + 1) * per, start : start + rows] += (
                                piece[:, None] * weight[None, :, None, None]
                            )
    if b is not None:
        y += b.reshape(1, -1, 1, 1).astype(acc)
    return y.astype(kind)


def steps(x, kernel, stride, padding, fill):
    """Each tap's pixels, (taps, N, C, OH, OW)."""
    sh, sw = pair(kernel if stride is None else stride)
    p, q = pair(padding)
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)), constant_values=fill)
    oh = (xp.shape[2] - kernel[0]) // sh + 1
    ow = (xp.shape[3] - kernel[1]) // sw + 1
    parts = []
    for i in range(kernel[0]):
        for j in range(kernel[1]):
            parts.append(xp[:, :, i : i + sh * (oh - 1) + 1 : sh, j : j + sw * (ow - 1) + 1 : sw])
    return np.stack(parts)


def lowest(x):
    """Below every value."""
    return -np.inf if x.dtype.kind == "f" else np.iinfo(x.dtype).min


def max_pool2d(x, kernel, stride=None, padding=(0, 0)):
    """Maximum over the taps."""
    return steps(x, kernel, stride, padding, lowest(x)).max(axis=0)


def max_pool2d_backward(x, grad_y, kernel, stride=None, padding=(0, 0)):
    """To the first maximum."""
    sh, sw = pair(kernel if stride is None else stride)
    p, q = pair(padding)
    parts = steps(x, kernel, stride, padding, lowest(x))
    winner = parts.argmax(axis=0)
    big = np.zeros((*x.shape[:2], x.shape[2] + 2 * p, x.shape[3] + 2 * q), grad_y.dtype)
    oh, ow = grad_y.shape[2:]
    for t in range(len(parts)):
        i, j = divmod(t, kernel[1])
        share = np.where(winner == t, grad_y, 0)
        big[:, :, i : i + sh * (oh - 1) + 1 : sh, j : j + sw * (ow - 1) + 1 : sw] += share
    return big[:, :, p : p + x.shape[2], q : q + x.shape[3]].copy()


def avg_pool2d(x, kernel, stride=None, padding=(0, 0)):
    """Mean over the taps, padding counted."""
    kind = x.dtype if x.dtype.kind == "f" else np.dtype(np.float64)
    acc = np.float32 if kind == np.float16 else kind
    parts = steps(x.astype(acc), kernel, stride, padding, 0)
    total = parts.sum(axis=0)
    return (total / (kernel[0] * kernel[1])).astype(kind)


def avg_pool2d_backward(x, grad_y, kernel, stride=None, padding=(0, 0)):
    """Equal shares."""
    sh, sw = pair(kernel if stride is None else stride)
    p, q = pair(padding)
    big = np.zeros((*x.shape[:2], x.shape[2] + 2 * p, x.shape[3] + 2 * q), grad_y.dtype)
    oh, ow = grad_y.shape[2:]
    share = grad_y / (kernel[0] * kernel[1])
    for i in range(kernel[0]):
        for j in range(kernel[1]):
            big[:, :, i : i + sh * (oh - 1) + 1 : sh, j : j + sw * (ow - 1) + 1 : sw] += share
    return big[:, :, p : p + x.shape[2], q : q + x.shape[3]].copy()
