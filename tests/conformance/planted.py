"""Targets for the tests: a right NumPy convolution and pools, and ways to get them wrong."""

from __future__ import annotations

import numpy as np

RIGHT = """\
import numpy as np


def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    n, c, h, wid = x.shape
    m, depth, kh, kw = w.shape
    if c != depth * groups or m % groups:
        raise ValueError("channels")
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    oh = (h + 2 * ph - dh * (kh - 1) - 1) // sh + 1
    ow = (wid + 2 * pw - dw * (kw - 1) - 1) // sw + 1
    if oh < 1 or ow < 1:
        raise ValueError("the kernel is larger than the padded input")
    y = np.zeros((n, m, oh, ow), np.result_type(x, w))
    width = m // groups
    for g in range(groups):
        for k in range(kh):
            for l in range(kw):
                part = xp[:, g * depth:(g + 1) * depth, k * dh::sh, l * dw::sw][:, :, :oh, :ow]
                y[:, g * width:(g + 1) * width] += np.einsum(
                    "nchw,mc->nmhw", part, w[g * width:(g + 1) * width, :, k, l])
    return y if b is None else y + b[:, None, None]
"""


def file_with(tmp_path, change=lambda text: text, name="mine.py", text=RIGHT):
    """A file of that text, changed."""
    path = tmp_path / name
    changed = change(text)
    path.write_text(changed)
    return path


def replaced(old, new):
    """A change that must change something."""

    def change(text):
        assert old in text
        return text.replace(old, new)

    return change


FLIPPED = replaced(
    "w[g * width:(g + 1) * width, :, k, l]", "w[g * width:(g + 1) * width, :, -1 - k, -1 - l]"
)


_SPACE: dict = {}
exec(RIGHT, _SPACE)


def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    """The right one, in memory."""
    return _SPACE["conv2d"](x, w, b, stride, padding, dilation, groups)


def ints(*shape, seed=0):
    """Small integers."""
    return np.random.default_rng(seed).integers(-9, 10, shape).astype(float)
