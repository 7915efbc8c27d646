"""Right functions whose arguments come apart."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv(x, w, b=None, s=(1, 1), p=((0, 0), (0, 0)), d=(1, 1)):
    """Right: channels first, `p` (lo, hi) for each axis."""
    x = np.pad(x, ((0, 0), (0, 0), *p))
    spans = [e * (k - 1) + 1 for e, k in zip(d, w.shape[2:], strict=True)]
    if any(n < k for n, k in zip(x.shape[2:], spans, strict=True)):
        raise ValueError("the kernel is larger than the image")
    seen = sliding_window_view(x, spans, (2, 3))[:, :, :: s[0], :: s[1], :: d[0], :: d[1]]
    y = np.einsum("nchwkl,mckl->nmhw", seen, w)
    return y if b is None else y + b[:, None, None]


def in_a_dict(x, w, b, conv_param):
    stride = conv_param["stride_h"], conv_param["stride_w"]
    pads = [(conv_param["pad_h"],) * 2, (conv_param["pad_w"],) * 2]
    return conv(x, w, b, stride, pads), None
