"""Mistakes that only unusual numbers and arrays show are found; what is lawful there is noted."""

from __future__ import annotations

import numpy as np
import pytest

import convproof as cp
from tests.conformance.planted import file_with
from tests.laws import plain_right as right

CONV, BACK, MAX, MAXB = (
    right.conv2d,
    right.conv2d_backward,
    right.max_pool2d,
    right.max_pool2d_backward,
)


def run(laws, examples=None, **functions):
    return cp.check(cp.Target("planted", **functions), examples=examples, laws=laws, fail_fast=True)


def broken(laws, **functions):
    """The laws broken, by name."""
    return [failure.law for failure in run(laws, **functions).failures]


def like_conv(change):
    """A conv2d that is `change(x, w, b, stride, padding, dilation, groups)`."""

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        return change(x, w, b, stride, padding, dilation, groups)

    return {"conv2d": conv2d}


def like_back(change, **forward):
    """A conv2d_backward that is `change(x, w, b, grad_y, stride, padding, dilation, groups)`."""

    def conv2d_backward(x, w, b, grad_y, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        return change(x, w, b, grad_y, stride, padding, dilation, groups)

    return {"conv2d_backward": conv2d_backward, **forward}


def test_small_integers_summed_in_sixteen_bits():
    def conv2d(x, w, *rest):
        small = x.dtype.kind == "i" and max(np.abs(x).max(), np.abs(w).max()) < 128
        y = CONV(x, w, *rest)
        return y.astype(np.int16).astype(y.dtype) if small else y

    assert broken(["integers"], **like_conv(conv2d)) == ["integers"]


def test_gradients_of_integers_summed_in_sixteen_bits():
    def backward(x, w, b, grad_y, *rest):
        dx, dw, db = BACK(x, w, b, grad_y, *rest)
        small = grad_y.dtype.kind == "i" and np.abs(grad_y).max() < 2**15
        return dx, dw, db.astype(np.int16).astype(db.dtype) if small else db

    assert broken(["integers"], **like_back(backward)) == ["integers"]


def test_integers_of_a_transform_that_are_cut_not_rounded():
    def conv2d(x, w, *rest):
        y = CONV(x.astype(float), w.astype(float), *rest)
        y = y + 1e-13 * np.sign(np.sin(np.arange(y.size))).reshape(
            y.shape
        )  # a transform's rounding
        return y.astype(np.result_type(x, w))

    assert broken(["definition", "integers"], **like_conv(conv2d)) == ["integers"]


def test_a_border_of_minus_one_in_bytes():
    def max_pool2d(x, kernel, stride=None, padding=(0, 0)):
        border = [(0, 0), (0, 0), *((p, p) for p in padding)]
        lowest = -np.inf if x.dtype.kind == "f" else np.array(-1).astype(x.dtype)
        if x.dtype.kind == "i":
            lowest = np.iinfo(x.dtype).min
        return MAX(np.pad(x, border, constant_values=lowest), kernel, stride, (0, 0)).astype(
            x.dtype
        )

    assert broken(["integers"], max_pool2d=max_pool2d) == ["integers"]


def test_fractions_of_means_that_integers_lose_are_noted():
    def backward(x, grad_y, kernel, stride=None, padding=(0, 0)):
        halves = (grad_y / 2).astype(grad_y.dtype) * 2.0
        return right.avg_pool2d_backward(x, halves, kernel, stride, padding)

    result = run(["integers"], 150, avg_pool2d_backward=backward)
    assert result.ok, str(result)
    assert any("int64 input: the result is made of integers" in x for x in map(str, result.limits))


def test_integers_that_a_convolution_in_floats_confuses_are_noted():
    def conv2d(x, w, *rest):
        return CONV(x.astype(float), w.astype(float), *rest).astype(np.result_type(x, w))

    result = run(["integers"], 150, **like_conv(conv2d))
    assert result.ok
    assert any("int64 input: told apart only as far as" in line for line in map(str, result.limits))


def test_a_window_of_minus_infinity_hands_its_gradient_on():
    def backward(x, grad_y, kernel, stride=None, padding=(0, 0)):
        dx = MAXB(x, grad_y, kernel, stride, padding)
        return np.where(x == -np.inf, 0, dx)  # as who looks for something greater than -inf

    assert broken(["gradient-conserved"], max_pool2d_backward=backward) == ["gradient-conserved"]


def test_nan_that_equals_itself_nowhere_is_noted():
    def backward(x, grad_y, kernel, stride=None, padding=(0, 0)):
        _, _, values = right._windows(x, kernel, stride, padding, -np.inf)
        hit = values == values.max(axis=0)
        return right._spread(x, kernel, stride, padding, hit / np.maximum(hit.sum(0), 1), grad_y)

    result = run(["ties", "gradient-conserved"], 150, max_pool2d_backward=backward)
    assert result.ok, str(result)
    assert any("windows with a NaN is lost" in line for line in map(str, result.limits))


def test_gradients_clipped_in_one_precision_only():
    def backward(x, w, b, grad_y, *rest):
        if grad_y.dtype == np.float32:
            grad_y = np.clip(grad_y, -65504, 65504)
        return BACK(x, w, b, grad_y, *rest)

    assert broken(["scales"], **like_back(backward)) == ["scales"]


def test_no_gradient_of_the_kernel_without_a_bias():
    def backward(x, w, b, grad_y, *rest):
        dx, dw, db = BACK(x, w, b, grad_y, *rest)
        return (dx, None, None) if b is None else (dx, dw, db)

    assert broken(None, **like_back(backward)) == ["returns-an-answer"]


def test_a_function_that_takes_no_none_for_its_bias_is_spared_it_and_that_is_said():
    def conv2d(x, w, *rest):
        assert rest[0].shape == (len(w),)
        return CONV(x, w, *rest)

    result = run(["definition"], examples=60, **like_conv(conv2d))
    assert result.ok, str(result)
    assert "conv2d: a call without a bias (it takes no None)" in result.not_exercised


def test_what_a_forward_keeps_of_an_image_that_then_changes():
    kept = []

    def conv2d(x, *rest):
        kept[:] = [x, x.copy()]
        return CONV(x, *rest)

    def backward(x, *rest):
        return BACK(kept[1] if kept and kept[0] is x else x, *rest)

    functions = like_back(backward, **like_conv(conv2d))
    assert broken(["refilled-arrays"], **functions) == ["refilled-arrays"]


def test_a_stride_of_zero_on_one_axis():
    def conv2d(x, *rest):
        flat = x.strides[3] == 0 and x.shape[3] > 1
        return CONV(np.broadcast_to(x[:, :, :1, :1], x.shape) if flat else x, *rest)

    assert broken(["memory-layout"], **like_conv(conv2d)) == ["memory-layout"]


def test_one_layout_that_is_refused_hides_no_other():
    def conv2d(x, *rest):
        if min(x.strides) < 0:
            raise ValueError("negative strides are not supported")
        writable = x.flags.writeable
        return CONV(x if writable else x + 1, *rest)

    assert broken(["memory-layout"], **like_conv(conv2d)) == ["memory-layout"]


def running_means(x, kernel, stride=None, padding=(0, 0)):
    """Means by an integral image: right, and rounded in proportion to all of it."""
    (kh, kw), (sh, sw) = kernel, stride or kernel
    total = np.pad(x, [(0, 0), (0, 0), *((p + 1, p) for p in padding)]).cumsum(2).cumsum(3)
    low, left = np.arange(total.shape[2] - kh)[::sh, None], np.arange(total.shape[3] - kw)[::sw]
    if not low.size or not left.size:
        raise ValueError("the window is larger than the padded image")
    a, b, c, d = (total[:, :, i, j] for i in (low, low + kh) for j in (left, left + kw))
    return (d - c - b + a) / (kh * kw)


def test_what_a_large_number_costs_the_others_is_noted():
    result = run(["definition", "locality"], 150, avg_pool2d=running_means)
    assert result.ok, str(result)
    assert any("very different size" in line for line in map(str, result.limits))


MEANS = """
import numpy as np
def avg_pool2d(x, kernel, stride=None, padding=(0, 0)):
    (kh, kw), (sh, sw) = kernel, stride or kernel
    x = np.pad(x, [(0, 0), (0, 0), *((p, p) for p in padding)])
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel, axis=(2, 3))[:, :, ::sh, ::sw]
    total = np.zeros(windows.shape[:4], x.dtype)
    with np.errstate(over="ignore"):
        for i, j in np.ndindex(kh, kw):
            total += windows[..., i, j]
    return total / x.dtype.type(kh * kw)
"""


@pytest.mark.parametrize("named", [False, True])
def test_means_whose_sums_do_not_fit_half_precision_are_a_limit_unless_they_are_meant(
    tmp_path, named
):
    text = MEANS.replace("    (kh", '    "Of float16, too."\n    (kh') if named else MEANS
    path = file_with(tmp_path, text=text)
    result = cp.check(f"{path}:avg_pool2d", examples=150, laws=["float16"], fail_fast=True)
    assert result.ok is not named, str(result)
    said = map(str, result.failures if named else result.limits)
    assert any("the mean of 4096 ones is 0.5" in line for line in said)
