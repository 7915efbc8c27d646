"""The first line of a diagnosis says what is wrong: one planted mistake of each ordinary kind."""

from __future__ import annotations

import numpy as np
import pytest

import convproof as cp
from convproof.conformance.faults.diagnose import diagnose
from convproof.conformance.target.target import Target
from convproof.laws.case import Case
from tests.laws import plain_right as right


def pad(x, p, value=0.0):
    return np.pad(x, ((0, 0), (0, 0), (p[0], p[0]), (p[1], p[1])), constant_values=value)


def loops(x, w, s, p, d=(1, 1), rows=None, columns=None):
    """Plain correlation, channels first, with handles for a wrong size."""
    x, (kh, kw) = pad(x, p), w.shape[2:]
    high = (x.shape[2] - d[0] * (kh - 1) - 1) // s[0] + 1
    wide = (x.shape[3] - d[1] * (kw - 1) - 1) // s[1] + 1
    y = np.zeros((len(x), len(w), high, wide), np.result_type(x, w))
    for i in range(high if rows is None else rows(high, wide)):
        for j in range(wide if columns is None else columns(high, wide)):
            top, left = i * s[0], j * s[1]
            cut = x[
                :,
                :,
                top : top + d[0] * (kh - 1) + 1 : d[0],
                left : left + d[1] * (kw - 1) + 1 : d[1],
            ]
            y[:, :, i, j] = np.tensordot(cut, w, ((1, 2, 3), (1, 2, 3)))
    return y


# -- forwards ---------------------------------------------------------------------------------


def stride_forgotten_on_columns(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    y = loops(x, w, (stride[0], 1), padding)
    wide = (x.shape[3] + 2 * padding[1] - w.shape[3]) // stride[1] + 1
    return y[:, :, :, :wide] + (0 if b is None else b[:, None, None])


def height_for_width(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    y = loops(x, w, stride, padding, columns=lambda high, wide: min(high, wide))
    return y + (0 if b is None else b[:, None, None])


def axes_exchanged_in_a_view(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    y = loops(x, w, stride, padding)
    y = y.swapaxes(2, 3).reshape(y.shape)
    return y + (0 if b is None else b[:, None, None])


def convolution_with_a_flip(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    y = loops(x, w[:, :, ::-1, ::-1], stride, padding)
    return y + (0 if b is None else b[:, None, None])


def inverse_without_length(x, w, b=None):
    x = np.asarray(x)
    far = np.fft.rfft2(x)
    near = np.conj(np.fft.rfft2(w, s=x.shape[2:]))
    y = np.fft.irfft2(np.einsum("nchw,mchw->nmhw", far, near))
    high, wide = (n - k + 1 for n, k in zip(x.shape[2:], w.shape[2:], strict=True))
    z = np.zeros((*y.shape[:2], high, wide))
    part = y[:, :, :high, :wide]
    z[:, :, : part.shape[2], : part.shape[3]] = part
    return z + (0 if b is None else b[:, None, None])


def single_inside(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    y = loops(x.astype(np.float32), w.astype(np.float32), stride, padding)
    return (y + (0 if b is None else b[:, None, None])).astype(x.dtype)


def batch_and_pixels_interleaved(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    y = loops(x, w, stride, padding)
    n, m, high, wide = y.shape
    y = y.transpose(1, 2, 3, 0).reshape(m, n, high, wide).transpose(1, 0, 2, 3)
    return y + (0 if b is None else b[:, None, None])


def bias_at_every_channel(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    y = loops(x, w, stride, padding)
    return y + (0 if b is None else 2 * b[:, None, None])


FORWARDS = {
    stride_forgotten_on_columns: "stride",
    height_for_width: "column",
    axes_exchanged_in_a_view: "laid out as (N, C_out, OW, OH) and taken for",
    convolution_with_a_flip: "kernel flipped",
    single_inside: "float32",
    batch_and_pixels_interleaved: "laid out as",
    bias_at_every_channel: "bias added twice",
    inverse_without_length: "inverse FFT without its length",
}


@pytest.mark.parametrize("function", FORWARDS, ids=lambda f: f.__name__)
def test_a_wrong_forward(function):
    failure = cp.check(cp.Target("t", conv2d=function), fail_fast=True).failures[0]
    assert FORWARDS[function] in failure.diagnosis[0], failure.diagnosis


# -- gradients --------------------------------------------------------------------------------


def backward(assign_x=False, assign_w=False, crop=None, stride_of=None, bias=None):
    """Course code, output position by output position, with a slip in it."""

    def conv2d_backward(x, w, b, grad_y, stride=(1, 1), padding=(0, 0)):
        big = pad(x, padding)
        gx, gw = np.zeros_like(big), np.zeros_like(w)
        (kh, kw), (s, t) = w.shape[2:], stride
        if stride_of is not None:
            s, t = stride_of(stride)
        for n in range(len(x)):
            for i in range(grad_y.shape[2]):
                for j in range(grad_y.shape[3]):
                    here = (n, slice(None), slice(i * s, i * s + kh), slice(j * t, j * t + kw))
                    part = np.tensordot(grad_y[n, :, i, j], w, 1)
                    cut = big[here]
                    part = part[:, : cut.shape[1], : cut.shape[2]]
                    if assign_x:
                        gx[here] = part
                    else:
                        gx[here] += part
                    if cut.shape[1:] == (kh, kw):
                        flow = grad_y[n, :, i, j][:, None, None, None] * cut
                        gw = flow if assign_w else gw + flow
        high, wide = x.shape[2:]
        p, q = padding
        gx = gx[:, :, p : p + high, q : q + wide] if crop is None else crop(gx, p, q)
        gb = None if b is None else (grad_y.sum((0, 2, 3)) if bias is None else bias(grad_y))
        return gx, gw, gb

    return conv2d_backward


BACKWARDS = {
    "assigned-x": (backward(assign_x=True), ("= where += is due", "last window")),
    "assigned-w": (backward(assign_w=True), ("= where dw += is due", "last window")),
    "cropped-by-minus-p": (
        backward(crop=lambda g, p, q: g[:, :, p:-p, q:-q] if p and q else g[:, :, p : -p or 0]),
        ("[p:-p]",),
    ),
    "stride-of-rows": (backward(stride_of=lambda s: (s[0], s[0])), ("stride",)),
    "bias-mean": (backward(bias=lambda g: g.mean((0, 2, 3)) * len(g)), ("bias gradient", "mean")),
    "not-cropped": (backward(crop=lambda g, p, q: g), ("crop",)),
}


@pytest.mark.parametrize("name", BACKWARDS)
def test_a_wrong_backward(name):
    function, words = BACKWARDS[name]
    target = cp.Target("t", conv2d=right.conv2d, conv2d_backward=function)
    failure = cp.check(target, ops=["conv2d_backward"], fail_fast=True).failures[0]
    assert all(word in failure.diagnosis[0] for word in words), failure.diagnosis


# -- poolings ---------------------------------------------------------------------------------


def windows_of(x, k, s, p, value, reduce):
    s = k if s is None else s
    x = pad(x, p, value)
    view = np.lib.stride_tricks.sliding_window_view(x, k, (2, 3))[:, :, :: s[0], :: s[1]]
    return reduce(view)


def starts_at_lowest(x, kernel, stride=None, padding=(0, 0)):
    low = np.finfo(x.dtype).min
    return windows_of(x, kernel, stride, padding, low, lambda v: np.maximum(low, v.max((4, 5))))


def starts_at_lowest_without_padding(x, kernel, stride=None):
    low = np.finfo(x.dtype).min
    return windows_of(x, kernel, stride, (0, 0), low, lambda v: np.maximum(low, v.max((4, 5))))


def starts_at_zero(x, kernel, stride=None):
    return windows_of(x, kernel, stride, (0, 0), 0, lambda v: np.maximum(0, v.max((4, 5))))


POOLS = {
    starts_at_lowest: "lowest finite number",
    starts_at_lowest_without_padding: "lowest finite number",
    starts_at_zero: "starts at zero",
}


@pytest.mark.parametrize("function", POOLS, ids=lambda f: f.__name__)
def test_a_wrong_maximum(function):
    failure = cp.check(cp.Target("t", max_pool2d=function), fail_fast=True).failures[0]
    assert POOLS[function] in failure.diagnosis[0], failure.diagnosis


# -- what is kept between calls ---------------------------------------------------------------


def remembering():
    """A convolution that packs the kernel once for each shape."""
    packed = {}

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0)):
        return right.conv2d(x, packed.setdefault(w.shape, w.copy()), b, stride, padding)

    return conv2d


def whole_weights(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    return right.conv2d(x, np.trunc(w / 4) * 4, b, stride, padding)


def test_a_kernel_that_is_not_read_is_said_so_and_a_rounded_one_is_not():
    x, kernel = np.arange(20.0).reshape(1, 4, 5, 1), np.arange(1.0, 5).reshape(2, 2, 1, 1)
    case = Case("conv2d", x, kernel, None, None, (1, 1), ((0, 0), (0, 0)), (1, 1))
    target = Target("t", conv2d=remembering())
    target.call(case)  # which packs this kernel
    lines = [str(item) for item in diagnose(case.replace(kernel=7 - kernel), target=target)]
    assert "the kernel given is not read" in lines[0], lines
    lines = [str(item) for item in diagnose(case, target=Target("t", conv2d=whole_weights))]
    assert lines
    assert not any("not read" in line for line in lines), lines


# -- kinds that further calls tell apart --------------------------------------------------------


def exchanged_strides(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    y = loops(x, w, stride[::-1], padding)
    high = (x.shape[2] + 2 * padding[0] - w.shape[2]) // stride[0] + 1
    wide = (x.shape[3] + 2 * padding[1] - w.shape[3]) // stride[1] + 1
    z = np.zeros((*y.shape[:2], high, wide), y.dtype)
    common = y[:, :, :high, :wide]
    z[:, :, : common.shape[2], : common.shape[3]] = common
    return z + (0 if b is None else b[:, None, None])


def test_two_numbers_of_a_parameter_exchanged_are_told_as_such():
    failure = cp.check(cp.Target("t", conv2d=exchanged_strides), fail_fast=True).failures[0]
    assert "the strides of rows and columns exchanged" in failure.diagnosis[0], failure.diagnosis


def test_an_answer_that_earlier_calls_change_says_so():
    kept = {}

    def remembers(x, w, b=None, stride=(1, 1), padding=(0, 0)):
        if b is not None:
            kept[len(b)] = b
        bias = b if b is not None else kept.get(len(w))
        return loops(x, w, stride, padding) + (0 if bias is None else bias[:, None, None])

    failure = cp.check(cp.Target("t", conv2d=remembers), fail_fast=True).failures[0]
    assert "an earlier call matters" in failure.diagnosis[0], failure.diagnosis
    assert "a bias" in failure.diagnosis[0]


def test_a_transposed_convolution_is_explained_as_the_convolution_it_transposes():
    def late(x, w, b=None, stride=(1, 1), padding=(0, 0), output_padding=(0, 0), **rest):
        return right.conv_transpose2d(x, w[:, :, ::-1, ::-1], b, stride, padding, output_padding)

    failure = cp.check(cp.Target("t", conv_transpose2d=late), fail_fast=True).failures[0]
    assert "kernel flipped" in failure.diagnosis[0], failure.diagnosis
