"""The op that a name and a signature tell."""

from __future__ import annotations

import pytest

from convproof.conformance.target.opnames import not_an_op, op_of_name
from convproof.conformance.target.resolve import resolve
from convproof.errors import TargetError


@pytest.mark.parametrize("name", ["depthwise_conv2d", "global_max_pool2d"])
def test_another_operation_is_not_taken_for_one_of_the_ops(name):
    def function(x, w, stride=1): ...

    function.__name__ = name
    with pytest.raises(TargetError, match="no laws"):
        resolve(function)
    assert not_an_op(name)
    assert not_an_op("conv2d") is None


def test_one_gradient_alone_is_no_backward():
    def conv2d_input_grad(grad_y, w): ...

    with pytest.raises(TargetError, match="one gradient alone"):
        resolve(conv2d_input_grad)


@pytest.mark.parametrize(
    ("name", "op"),
    [
        ("conv2d", "conv2d"),
        ("Conv2D", "conv2d"),
        ("conv_forward_naive", "conv2d"),
        ("conv_backward_naive", "conv2d_backward"),
        ("my_conv_1d", "conv1d"),
        ("conv3d_bwd", "conv3d_backward"),
        ("conv2d_grad", "conv2d_backward"),
        ("maxPool2d", "max_pool2d"),
        ("max_pool_forward_naive", "max_pool2d"),
        ("avgpool1d", "avg_pool1d"),
        ("mean_pool", "avg_pool2d"),
        ("average_pool3d_backward", "avg_pool3d_backward"),
        ("correlate2d", "conv2d"),
        ("conv_transpose2d", "conv_transpose2d"),
        ("deconv1d_backward", "conv_transpose1d_backward"),
        ("ConvTranspose3d", "conv_transpose3d"),
        ("adaptive_avg_pool2d", None),
        ("pool", None),
        ("im2col", None),
        ("conv2d_grad_input", None),
        ("relu", None),
    ],
)
def test_names_tell_the_op(name, op):
    assert op_of_name(name) == op
