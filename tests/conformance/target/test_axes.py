"""Sizes given axis by axis, options by any name: right functions are met, swapped ones caught."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

import convproof as cp
from convproof.conformance.target.axes import separate
from convproof.conformance.target.resolve import resolve
from convproof.conformance.target.signatures import bind
from convproof.errors import TargetError
from tests.conformance.target.separate import conv, in_a_dict

EXAMPLES = 150


def pool(x, k, s):
    if x.shape[2] < k[0] or x.shape[3] < k[1]:
        raise ValueError("the window is larger than the image")
    return sliding_window_view(x, k, (2, 3))[:, :, :: s[0], :: s[1]].max((4, 5))


def by_axis(x, w, b=None, stride_h=1, stride_w=1, pad_h=0, pad_w=0, dilation_h=1, dilation_w=1):
    pads = ((pad_h, pad_h), (pad_w, pad_w))
    return conv(x, w, b, (stride_h, stride_w), pads, (dilation_h, dilation_w))


def by_axis_swapped(x, w, stride_h=1, stride_w=1, pad_h=0, pad_w=0):
    y = conv(x, w, None, (1, 1), ((pad_h, pad_h), (pad_w, pad_w)))
    rows, columns = -(-y.shape[2] // stride_h), -(-y.shape[3] // stride_w)
    i = np.minimum(np.arange(rows) * stride_w, y.shape[2] - 1)
    j = np.minimum(np.arange(columns) * stride_h, y.shape[3] - 1)
    return y[:, :, i][:, :, :, j]


def in_letters(x, w, b=None, *, sh=1, sw=1, ph=0, pw=0, dh=1, dw=1):
    return conv(x, w, b, (sh, sw), ((ph, ph), (pw, pw)), (dh, dw))


def by_side(x, w, stride_y=1, stride_x=1, pad_top=0, pad_bottom=0, pad_left=0, pad_right=0):
    return conv(x, w, None, (stride_y, stride_x), ((pad_top, pad_bottom), (pad_left, pad_right)))


def by_side_swapped(x, w, pad_top=0, pad_bottom=0, pad_left=0, pad_right=0):
    return conv(x, w, None, (1, 1), ((pad_bottom, pad_top), (pad_left, pad_right)))


def options(x, w, **kwargs):
    stride, pad = kwargs.pop("strides", (1, 1)), kwargs.pop("pad", (0, 0))
    assert not kwargs, f"unexpected {sorted(kwargs)}"
    return conv(x, w, None, stride, [(n, n) for n in pad])


def unread_options(x, w, stride=(1, 1), **kwargs):
    return conv(x, w, None, stride)


def told_the_layout(x, w, stride=(1, 1), data_format="NHWC"):
    """Right where it is told the layout; the kernel is (KH, KW, C, M) in both."""
    w = np.moveaxis(w, (-1, -2), (0, 1))
    if data_format == "NCHW":
        return conv(x, w, None, stride)
    return np.moveaxis(conv(np.moveaxis(x, -1, 1), w, None, stride), 1, -1)


def told_in_words(x, w, *, data_format="channels_last"):
    if data_format == "channels_last":
        x, w = np.moveaxis(x, -1, 1), np.moveaxis(w, (-1, -2), (0, 1))
        return np.moveaxis(conv(x, w), 1, -1)
    return conv(x, w)


def flagged(x, w, stride=(1, 1), bias=False, use_bias=True):
    assert bias is False
    return conv(x, w, None, stride)


def capitals(x, w, padding="Same"):
    kh, kw = w.shape[2:]
    pads = ((kh - 1) // 2, kh // 2), ((kw - 1) // 2, kw // 2)
    return conv(x, w, None, (1, 1), {"Same": pads, "Valid": ((0, 0), (0, 0))}[padding])


def wide_bias(x, w, b):
    """The bias of a well known course: (1, 1, 1, M), channels last."""
    y = conv(np.moveaxis(x, -1, 1), np.moveaxis(w, (-1, -2), (0, 1)))
    return np.stack([row + b[0, 0, 0, m] for m, row in enumerate(np.moveaxis(y, 1, 0))], -1)


@pytest.mark.parametrize(
    ("function", "takes"),
    [
        (by_axis, "bias stride padding dilation unequal_stride unequal_padding unequal_dilation"),
        (in_letters, "bias stride padding dilation unequal_stride unequal_dilation"),
        (by_side, "stride padding asymmetric_padding unequal_stride"),
        (in_a_dict, "bias stride padding unequal_stride unequal_padding"),
        (options, "stride padding unequal_stride"),
        (unread_options, "stride"),
        (told_the_layout, "stride"),
        (told_in_words, ""),
        (flagged, "stride"),
        (capitals, "padding asymmetric_padding"),
        (wide_bias, "bias"),
    ],
    ids=lambda item: getattr(item, "__name__", ""),
)
def test_a_right_convolution_is_asked_for_all_it_takes(function, takes):
    target = resolve(function, op="conv2d")
    every = "bias stride padding dilation groups asymmetric_padding"
    names = [*every.split(), *(f"unequal_{name}" for name in every.split()[1:4])]
    got = {name for name in names if target.accepts("conv2d", name)}
    direct = set(every.split())
    assert got & direct == set(takes.split()) & direct
    assert set(takes.split()) <= got
    result = cp.check(target, examples=EXAMPLES)
    assert result.ok, str(result)


@pytest.mark.parametrize("function", [by_axis_swapped, by_side_swapped])
def test_a_convolution_that_swaps_them_is_caught(function):
    assert not cp.check(resolve(function, op="conv2d"), examples=EXAMPLES).ok


def half(x, w, stride_h=1):
    return conv(x, w, None, (stride_h, 1))


def test_half_of_a_pair_is_left_alone_or_refused_by_name():
    binding = bind(half, "conv2d")
    assert binding.ignored == ("stride_h",)
    assert "stride" not in binding.roles
    with pytest.raises(TargetError, match=r"stride_h of conv2d needs .* stride of the other axis"):
        bind(lambda x, w, stride_h: None, "conv2d")
    with pytest.raises(TargetError, match="flavour"):
        bind(lambda x, w, b, *, flavour: None, "conv2d")


@pytest.mark.parametrize(
    ("names", "rank", "roles"),
    [
        ("pool_height pool_width", 2, "window_h window_w"),
        ("kd kh kw sd sh sw", 3, "window_d window_h window_w stride_d stride_h stride_w"),
        ("pool_depth pool_h pool_w", 3, "window_d window_h window_w"),
        ("stride_l", 1, "stride_w"),
        ("pad_left pad_right", 1, "padding_w_lo padding_w_hi"),
        ("padding_y padding_x", 2, "padding_h padding_w"),
        ("dx dy", 2, ""),
        ("ph pw", 2, "window_h window_w"),
        ("kh kw ph pw", 2, "window_h window_w padding_h padding_w"),
    ],
)
def test_parts_of_a_role_by_their_names(names, rank, roles):
    found, halves = separate(names.split(), rank, pool=True)
    assert [found[name] for name in names.split() if name in found] == roles.split()
    assert not halves


def cs231n(x, pool_param):
    size = pool_param["pool_height"], pool_param["pool_width"]
    return pool(x, size, (pool_param["stride"],) * 2), None


def cs231n_swapped(x, pool_param):
    size = pool_param["pool_width"], pool_param["pool_height"]
    return pool(x, size, (pool_param["stride"],) * 2), None


def cs231n_square(x, pool_param):
    size, step = (pool_param["pool_height"], pool_param["pool_width"]), pool_param["stride"]
    assert size[0] == size[1], "square windows only"
    return pool(x, size, (step, step)), None


def pair_swapped(x, kernel_size=(2, 2), stride=(2, 2)):
    return pool(x, kernel_size[::-1], stride)


def first_of_pair(x, kernel_size=2):
    size = kernel_size if np.ndim(kernel_size) == 0 else kernel_size[0]
    return pool(x, (size, size), (size, size))


def pair_or_number_swapped(x, kernel_size=2):
    size = (kernel_size,) * 2 if np.ndim(kernel_size) == 0 else kernel_size
    return pool(x, size[::-1], size)


def apart(x, kh, kw, sh, sw):
    return pool(x, (kh, kw), (sh, sw))


def one_number(x, pool_size=2, strides=2):
    return pool(x, (pool_size, pool_size), (strides, strides))


@pytest.mark.parametrize(
    ("function", "right", "oblong", "square"),
    [
        (cs231n, True, True, False),
        (cs231n_swapped, False, True, False),
        (cs231n_square, True, False, True),
        (pair_swapped, False, True, False),
        (pair_or_number_swapped, False, True, False),
        (first_of_pair, True, False, True),
        (apart, True, True, False),
        (one_number, True, False, False),
    ],
    ids=lambda item: getattr(item, "__name__", None),
)
def test_windows_of_two_sizes_are_judged_where_there_is_a_place_for_two(
    function, right, oblong, square
):
    target = resolve(function, op="max_pool2d")
    assert target.accepts("max_pool2d", "unequal_window") is oblong
    assert target.adapter("max_pool2d").square is square
    assert cp.check(target, examples=EXAMPLES).ok is right


def silent_square(x, w, stride=1):
    """Right for square kernels, and so documented; it never asks for the other size."""
    k = w.shape[2]
    rows, columns = (x.shape[2] - k) // stride + 1, (x.shape[3] - k) // stride + 1
    if rows < 1 or columns < 1:
        raise ValueError("the kernel is larger than the image")
    y = np.zeros((len(x), len(w), rows, columns))
    for i, j in np.ndindex(k, k):
        seen = x[:, :, i : i + stride * rows : stride, j : j + stride * columns : stride]
        y += np.einsum("nchw,mc->nmhw", seen[:, :, :rows, :columns], w[:, :, i, j])
    return y


def width_from_height(x, w):
    """Wrong: the columns are counted with the kernel's height."""
    y = conv(x, w)
    columns = x.shape[3] - w.shape[2] + 1
    return np.pad(y, ((0, 0), (0, 0), (0, 0), (0, columns)))[..., :columns]


def test_square_kernels_may_be_a_limit_of_a_convolution_and_a_wrong_size_is_none():
    target = resolve(silent_square, op="conv2d")
    assert target.adapter("conv2d").square
    result = cp.check(target, examples=EXAMPLES)
    assert result.ok, str(result)
    assert "square kernels only" in str(result)
    assert not cp.check(resolve(width_from_height, op="conv2d"), examples=EXAMPLES).ok


@pytest.mark.filterwarnings("ignore:.torch.jit.script:DeprecationWarning")
def test_a_compiled_torch_function_says_what_it_takes():
    torch = pytest.importorskip("torch")

    def conv2d(x, w, stride: tuple[int, int] = (1, 1)):
        return torch.nn.functional.conv2d(x, w, None, stride)

    binding = bind(torch.jit.script(conv2d), "conv2d")
    assert binding.roles == {"x", "kernel", "stride"}
