"""Parameters find their roles by any usual name; what cannot be matched is refused by name."""

from __future__ import annotations

import pytest

from convproof.conformance.target.signatures import bind
from convproof.errors import TargetError

CONV = [
    "x, w, b, stride, padding, dilation, groups",
    "input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1",
    "inp, filters, biases, *, strides=1, pads=0, dilations=1, num_groups=1",
    "X, W, B, s, p, d, g",
    "image, kernel, b, stride=(1, 1), pad=(0, 0), rate=(1, 1), group=1",
    "data, k, bias, stride, padding, dilation_rate, group",
    "x, w, b, /, stride, padding, dilation, groups",
    "x, w, b, **options",
]


@pytest.mark.parametrize("parameters", CONV)
def test_every_role_of_a_convolution_is_found(parameters):
    function = eval(f"lambda {parameters}: {'options' if 'options' in parameters else None}")
    binding = bind(function, "conv2d")
    assert binding.roles >= {"x", "kernel", "bias", "stride", "padding", "dilation", "groups"}
    assert binding.positional[:2] == ("x", "kernel")


@pytest.mark.parametrize(
    "parameters",
    [
        "x, w, b, grad_y, stride",
        "dout, x, w, b=None, stride=1",
        "dy, input, weight, bias, s",
        "x, weight, bias, grad_output, stride",
        "gy, x, kernel, b=None, stride=1",
    ],
)
def test_every_role_of_a_backward_is_found(parameters):
    binding = bind(eval(f"lambda {parameters}: None"), "conv2d_backward")
    assert binding.roles >= {"x", "kernel", "bias", "dy", "stride"}


@pytest.mark.parametrize(
    "parameters",
    [
        "x, kernel, stride, padding",
        "x, kernel_size, stride=None, pad=0",
        "x, window, s, p",
        "inp, ksize, strides, pads",
        "x, k, stride, padding",
        "x, pool_size, stride, padding",
        "x, pool_height, pool_width, stride, padding",
        "x, size, stride, pad",
        "x, pool_param",
    ],
)
def test_every_role_of_a_pool_is_found(parameters):
    binding = bind(eval(f"lambda {parameters}: None"), "max_pool2d")
    assert binding.roles >= {"x", "window", "stride", "padding"}


def test_a_required_parameter_of_unknown_name_takes_the_next_array():
    binding = bind(lambda foo, bar: None, "conv2d")
    assert binding.positional == ("x", "kernel")


def test_an_unknown_option_stays_at_its_default():
    assert bind(lambda x, w, flavour="mild": None, "conv2d").ignored == ("flavour",)


@pytest.mark.parametrize(
    ("parameters", "op", "said"),
    [
        ("x, w, b, stride, padding, volume", "conv2d", "volume"),
        ("x", "conv2d", "kernel"),
        ("", "max_pool2d", "x"),
        ("x", "max_pool2d_backward", "dy"),
    ],
)
def test_what_cannot_be_matched_is_named(parameters, op, said):
    with pytest.raises(TargetError, match=said):
        bind(eval(f"lambda {parameters}: None"), op)
