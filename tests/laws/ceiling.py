"""A right max-pool with ceil mode, written for one window at a time."""

import numpy as np


def max_pool2d_ceil(x, kernel, stride=None, padding=(0, 0), ceil_mode=False):
    """x (N, C, H, W); a last window may overhang if it starts on the image or the low padding."""
    stride = stride or kernel
    places = []
    for size, k, s, p in zip(x.shape[2:], kernel, stride, padding, strict=True):
        if k > size + 2 * p:
            raise ValueError("the window is larger than the padded image")
        starts, at = [], -p
        while at + k <= size + p:
            starts.append(at)
            at += s
        if ceil_mode and starts[-1] + k < size + p and at < size:
            starts.append(at)
        places.append([(max(i, 0), min(i + k, size)) for i in starts])
    rows = [
        np.stack([x[:, :, a:b, c:d].max(axis=(2, 3)) for c, d in places[1]], axis=-1)
        for a, b in places[0]
    ]
    return np.stack(rows, axis=-2)
