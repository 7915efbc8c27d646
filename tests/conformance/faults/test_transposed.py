"""Mistakes of transposed convolutions that no mistake of a convolution is the mirror of."""

from __future__ import annotations

import pytest

import convproof as cp

FILE = """
import numpy as np


def conv_transpose2d(x, w, b=None, stride=1, padding=0, output_padding=0, dilation=1):
    s, p, o, d = stride, padding, output_padding, dilation
    n, _, height, width = x.shape
    kh, kw = w.shape[2:]
    size = [(m - 1) * s + d * (k - 1) + 1 + o for m, k in zip((height, width), (kh, kw))]
    y = np.zeros((n, w.shape[1], *size), np.result_type(x, w))
    for i, j in np.ndindex(kh, kw):
        at = np.s_[
            :,
            :,
            d * i : d * i + (height - 1) * s + 1 : s,
            d * j : d * j + (width - 1) * s + 1 : s,
        ]
        y[at] += np.einsum("nchw,co->nohw", x, w[:, :, i, j])
    y = y[:, :, p : size[0] - p, p : size[1] - p]
    return y if b is None else y + b[:, None, None]
"""
SLIPS = {
    "output_padding": ("+ 1 + o for", "+ 1 for", "output_padding ignored"),
    "dilation": ("stride, padding, output_padding, dilation", "stride, padding, output_padding, 1",
                 "dilation ignored"),
    "border": ("p : size[0] - p, p : size[1] - p]",
               "p : size[0] - p - o, p : size[1] - p - o]\n"
               "    y = np.pad(y, ((0, 0), (0, 0), (0, o), (0, o)))", "output_padding adds"),
    "padding": ("p : size[0] - p, p : size[1] - p]", "p : size[0], p : size[1]]",
                "padding cut at the start only"),
}  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_named(name, tmp_path):
    old, new, words = SLIPS[name]
    assert old in FILE
    path = tmp_path / "mine.py"
    path.write_text(FILE.replace(old, new))
    failure = cp.check(str(path), fail_fast=True, examples=300).failures[0]
    assert words in failure.diagnosis[0]


def test_what_a_gradient_of_the_bias_leaves_out_is_named():
    def conv_transpose1d_backward(x, w, b, grad_y):
        dx, dw, _ = cp.conv_transpose1d_backward(grad_y, x, w, b, layout="channels_first")
        return dx, dw, grad_y.mean(axis=0).sum(axis=1)

    target = cp.Target("mean", conv_transpose1d_backward=conv_transpose1d_backward)
    first = cp.check(target, fail_fast=True, examples=60).failures[0]
    assert first.diagnosis[0].startswith("grad_b is averaged over the batch")
