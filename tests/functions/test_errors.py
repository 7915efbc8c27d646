"""Wrong arguments: the message names the argument, its value and what is allowed."""

from __future__ import annotations

import inspect
import pickle
from typing import Any

import numpy as np
import pytest

import convproof as cp

X, K, B = np.ones((2, 6, 5, 4)), np.ones((3, 3, 2, 6)), np.ones(6)
GOOD: dict[str, Any] = {"x": X, "kernel": K, "bias": B, "groups": 2}
POOL: dict[str, Any] = {"x": X, "window": 2}


CONV = [
    ({"x": None}, "x"),
    ({"x": "image"}, "x"),
    ({"x": [[1], [1, 2]]}, "x"),
    ({"x": np.ma.masked_array(X)}, "x"),
    ({"x": np.ones((5, 4))}, "x.ndim=2"),
    ({"x": np.ones((1, 1, 6, 5, 4))}, "x.ndim=5"),
    ({"x": np.ones((2, 6, 5, 3))}, "x.shape=(2, 6, 5, 3)"),
    ({"x": np.ones((2, 0, 5, 4))}, "input size=0"),
    ({"kernel": np.ones((3, 3, 4))}, "kernel.ndim=3"),
    ({"kernel": np.ones((3, 3, 2, 0))}, "kernel.shape=(3, 3, 2, 0)"),
    ({"kernel": np.ones((3, 3, 0, 6))}, "kernel.shape=(3, 3, 0, 6)"),
    ({"kernel": np.ones((0, 3, 2, 6))}, "kernel_size[0]=0"),
    ({"kernel": np.ones((7, 3, 2, 6))}, "kernel_size=7"),
    ({"kernel": np.ones((3, 3, 2, 5)), "bias": None}, "groups=2"),
    ({"bias": np.ones(5)}, "bias.shape=(5,)"),
    ({"bias": 1.0}, "bias.shape=()"),
    ({"bias": "b"}, "bias.dtype"),
    ({"stride": 0}, "stride=0"),
    ({"stride": -1}, "stride=-1"),
    ({"stride": 1.5}, "stride=1.5"),
    ({"stride": True}, "stride=True"),
    ({"stride": None}, "stride=None"),
    ({"stride": (1, 0)}, "stride[1]=0"),
    ({"stride": (1, 1, 1)}, "stride=(1, 1, 1)"),
    ({"stride": "2"}, "stride='2'"),
    ({"dilation": 0}, "dilation=0"),
    ({"dilation": 9}, "kernel_size=3"),
    ({"padding": -1}, "padding=-1"),
    ({"padding": "full"}, "padding='full'"),
    ({"padding": (1, 2, 3)}, "padding=(1, 2, 3)"),
    ({"padding": ((1, -2), (0, 0))}, "padding[0][1]=-2"),
    ({"padding": ((1, 2, 3), 0)}, "padding[0]=(1, 2, 3)"),
    ({"groups": 0}, "groups=0"),
    ({"groups": 4}, "groups=4"),
    ({"groups": 3}, "x.shape=(2, 6, 5, 4)"),
    ({"groups": 1.0}, "groups=1.0"),
    ({"padding_mode": "mirror"}, "padding_mode='mirror'"),
    ({"padding_mode": None}, "padding_mode=None"),
    ({"padding_mode": "reflect", "padding": 5}, "padding[1]=(5, 5)"),
    ({"padding_mode": "circular", "padding": 6}, "padding[1]=(6, 6)"),
    ({"activation": "gelu"}, "activation='gelu'"),
    ({"activation": 1}, "activation=1"),
    ({"layout": "NCHW"}, "layout='NCHW'"),
    ({"layout": 3}, "layout=3"),
    ({"layout": "channels_first"}, "groups=2"),
]
TRANSPOSED = [
    ({"output_padding": 1}, "output_padding[0]=1"),
    ({"output_padding": -1}, "output_padding=-1"),
    ({"output_padding": (0, 0, 0)}, "output_padding=(0, 0, 0)"),
    ({"output_padding": 1, "stride": 2, "padding": "same"}, "output_padding=(1, 1)"),
    ({"padding": 9}, "padding[0]=(9, 9)"),
    ({"x": np.ones((2, 6, 5, 4))}, "x.shape=(2, 6, 5, 4)"),
    ({"bias": np.ones(6)}, "bias.shape=(6,)"),
    ({"groups": 4}, "groups=4"),
]
POOLS = [
    ({"window": 0}, "window=0"),
    ({"window": (2, 2, 2)}, "window=(2, 2, 2)"),
    ({"window": "2"}, "window='2'"),
    ({"window": 7}, "kernel_size=7"),
    ({"padding": 2}, "padding[0]=(2, 2)"),
    ({"stride": 0}, "stride=0"),
    ({"ceil_mode": 1}, "ceil_mode=1"),
    ({"x": np.ones((2, 6, 5, 0))}, "x.shape=(2, 6, 5, 0)"),
    ({"x": np.ones(5)}, "x.ndim=1"),
    ({"layout": "last"}, "layout='last'"),
]


def check(function: Any, arguments: dict[str, Any], named: str) -> None:
    with pytest.raises(cp.SpecError) as caught:
        function(**arguments)
    message = str(caught.value)
    assert message.startswith(named), message
    assert "allowed is" in message
    assert "\n" not in message.split("=", 1)[0]


@pytest.mark.parametrize(("change", "named"), CONV, ids=[named for _, named in CONV])
def test_convolution(change: dict[str, Any], named: str) -> None:
    arguments = {**GOOD, **change}
    check(cp.conv2d, arguments, named)
    check(cp.conv2d_backward, {"dy": np.ones((2, 4, 3, 6)), **arguments}, named)


@pytest.mark.parametrize(("change", "named"), TRANSPOSED, ids=[named for _, named in TRANSPOSED])
def test_transposed_convolution(change: dict[str, Any], named: str) -> None:
    arguments = {**GOOD, "x": np.ones((2, 4, 3, 6)), "bias": None, **change}
    check(cp.conv_transpose2d, arguments, named)
    check(cp.conv_transpose2d_backward, {"dy": X, **arguments}, named)


@pytest.mark.parametrize(("change", "named"), POOLS, ids=[named for _, named in POOLS])
def test_pooling(change: dict[str, Any], named: str) -> None:
    arguments = {**POOL, **change}
    for name in ("max_pool2d", "avg_pool2d"):
        check(getattr(cp, name), arguments, named)
        check(getattr(cp, f"{name}_backward"), {"dy": np.ones((2, 3, 2, 4)), **arguments}, named)


def test_no_rounded_activation_of_integers() -> None:
    x, kernel = np.ones((3, 3), int), np.ones((2, 2), int)
    check(cp.conv2d, {"x": x, "kernel": kernel, "activation": "tanh"}, "activation='tanh'")
    assert cp.conv2d(-x, kernel, activation="relu").tolist() == [[0, 0], [0, 0]]


def test_count_include_pad_is_a_flag() -> None:
    check(cp.avg_pool2d, {**POOL, "count_include_pad": None}, "count_include_pad=None")


@pytest.mark.parametrize("dy", [np.ones((2, 4, 3, 5)), np.ones((4, 3, 6)), np.ones(()), np.ones(0)])
def test_dy_has_the_shape_of_the_output(dy: np.ndarray) -> None:
    with pytest.raises(cp.SpecError, match=r"dy\.shape=.*\(2, 4, 3, 6\)"):
        cp.conv2d_backward(dy, **GOOD)


def test_an_output_that_no_memory_holds() -> None:
    with pytest.raises(cp.SpecError):
        cp.conv2d(np.ones((1, 4, 4, 1)), np.ones((1, 1, 1, 1)), padding=10**12)


def test_type_errors_are_type_errors() -> None:
    for wrong in (1.5, True, None, "2"):
        with pytest.raises(TypeError):
            cp.conv2d(**{**GOOD, "stride": wrong})
    with pytest.raises(TypeError):
        cp.conv2d(X, K, B, 1)
    with pytest.raises(TypeError):
        cp.conv2d(X, K, nonsense=1)


@pytest.mark.parametrize("way", ["", "_backward"])
@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize("operation", ["conv", "conv_transpose", "max_pool", "avg_pool"])
def test_a_function_goes_by_its_public_name(operation: str, rank: int, way: str) -> None:
    name = f"{operation}{rank}d{way}"
    function = getattr(cp, name)
    for wrong in ({}, {"x": X, "strides": 1}):
        with pytest.raises(TypeError, match=rf"^{name}\(\) (missing|got an unexpected)"):
            function(**wrong)
    with pytest.raises(TypeError, match=rf"^{name}\(\) takes"):
        function(*range(9))
    assert (function.__name__, function.__qualname__) == (name, name)
    assert repr(function).startswith(f"<function {name} at")
    assert pickle.loads(pickle.dumps(function)) is function
    assert "x" in inspect.signature(function).parameters
    assert inspect.getdoc(function)


def test_plain_images_have_one_channel_and_one_group() -> None:
    assert cp.conv2d(np.ones((3, 3)), np.ones((2, 2)), 1.0).tolist() == [[5, 5], [5, 5]]
    with pytest.raises(cp.SpecError, match="groups=2"):
        cp.conv2d(np.ones((3, 3)), np.ones((2, 2)), groups=2)


def test_what_was_lawful_once_lets_nothing_else_pass() -> None:
    """True equals 1 and (1.0, 1) equals (1, 1): none may be taken for the other."""
    for lawful, unlawful in ((1, True), ((1, 1), (1.0, 1)), ((1, 1), (True, 1)), (1, 1.0)):
        for _ in range(2):
            cp.conv2d(X, K, B, groups=2, stride=lawful)
            with pytest.raises(TypeError):
                cp.conv2d(X, K, B, groups=2, stride=unlawful)
