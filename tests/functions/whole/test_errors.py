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
    ({"x": np.ones((2, 0, 5, 4))}, "x.shape=(2, 0, 5, 4)"),
    ({"kernel": np.ones((3, 3, 4))}, "kernel.ndim=3"),
    ({"kernel": np.ones((3, 3, 2, 0))}, "kernel.shape=(3, 3, 2, 0)"),
    ({"kernel": np.ones((3, 3, 0, 6))}, "kernel.shape=(3, 3, 0, 6)"),
    ({"kernel": np.ones((0, 3, 2, 6))}, "kernel.shape=(0, 3, 2, 6)"),
    ({"kernel": np.ones((7, 3, 2, 6))}, "kernel.shape=(7, 3, 2, 6)"),
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
    ({"dilation": 9}, "dilation=9"),
    ({"dilation": (2, 9)}, "dilation=(2, 9)"),
    ({"padding": -1}, "padding=-1"),
    ({"padding": 10**12}, "padding=1000000000000"),
    ({"padding": b"same"}, "padding=b'same'"),
    ({"padding": [1, 2, 3]}, "padding=[1, 2, 3]"),
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
    ({"x": np.ones((2, 4, 0, 6))}, "x.shape=(2, 4, 0, 6)"),
    ({"stride": 2, "dilation": 10**12}, "dilation=1000000000000"),
    ({"stride": 10**12, "dilation": 2}, "stride=1000000000000"),
    ({"bias": np.ones(6)}, "bias.shape=(6,)"),
    ({"groups": 4}, "groups=4"),
]
POOLS = [
    ({"window": 0}, "window=0"),
    ({"window": (2, 2, 2)}, "window=(2, 2, 2)"),
    ({"window": "2"}, "window='2'"),
    ({"window": 7}, "window=7"),
    ({"window": (2, 10**12)}, "window=(2, 1000000000000)"),
    ({"x": np.ones((2, 0, 5, 4))}, "x.shape=(2, 0, 5, 4)"),
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
    assert message.isprintable()
    assert len(message) < 400


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


def nested(kind: type, depth: int = 100_000) -> Any:
    value = kind()
    for _ in range(depth):
        value = kind((value,))
    return value


class Mute:
    """Its repr fails."""

    def __repr__(self) -> str:
        raise RuntimeError("no repr")


class NoIndex:
    """It looks like an integer, and is none."""

    def __index__(self) -> int:
        raise RuntimeError("no index")


class MuteNoIndex(Mute, NoIndex):
    """Neither works."""


class Unreadable(list):
    """A sequence that cannot be gone through."""

    def __iter__(self) -> Any:
        raise RuntimeError("no items")


KEYWORDS = ("stride", "padding", "dilation", "groups", "padding_mode", "activation", "layout")
HOSTILE = {
    "huge": -(10**5000),
    "a huge one": (10**5000, -(10**5000)),
    "deep tuple": nested(tuple),
    "deep list": nested(list),
    "mute": Mute(),
    "no index": NoIndex(),
    "neither": MuteNoIndex(),
    "unreadable": Unreadable([1, 1]),
}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=list(HOSTILE))
def test_no_other_exception_escapes(value: Any) -> None:
    for name in KEYWORDS:
        check(cp.conv2d, {**GOOD, name: value}, name)
    for name in ("stride", "padding", "dilation", "groups", "output_padding", "layout"):
        arguments = {"x": np.ones((2, 4, 3, 6)), "kernel": K, name: value}
        check(cp.conv_transpose2d, arguments, name)
    for name in ("window", "stride", "padding", "dilation", "ceil_mode", "layout"):
        check(cp.max_pool2d, {**POOL, name: value}, name)
    check(cp.avg_pool2d, {**POOL, "count_include_pad": value}, "count_include_pad")
    for name in ("x", "kernel", "bias"):
        check(cp.conv2d, {**GOOD, name: value}, name)
        check(cp.conv2d_backward, {"dy": X, **GOOD, name: value}, name)
    check(cp.conv2d_backward, {**GOOD, "dy": value}, "dy")


@pytest.mark.parametrize("value", [None, 1.5, "2", True, Mute(), NoIndex(), Unreadable([1, 1])])
def test_no_number_is_a_type_error(value: Any) -> None:
    for name in ("stride", "dilation", "padding"):
        if (name, value) != ("padding", "2"):
            with pytest.raises(TypeError, match=f"^{name}="):
                cp.conv2d(**{**GOOD, name: value})


HUGE = 10**5000
SHORTENED = [
    (cp.conv2d, {**GOOD, "dilation": HUGE}, "dilation=about 10**5000: allowed is at most 2"),
    (cp.conv2d, {**GOOD, "padding": HUGE}, "padding=about 10**5000: "),
    (cp.conv2d, {**GOOD, "groups": HUGE}, "groups=about 10**5000: "),
    (cp.conv2d, {**GOOD, "groups": 2 * HUGE, "layout": "channels_first"}, "groups=about 10**5000"),
    (cp.conv2d, {**GOOD, "stride": -HUGE}, "stride=about -10**5000: "),
    (cp.max_pool2d, {**POOL, "window": HUGE}, "window=about 10**5000: allowed is at most 6"),
    (cp.max_pool2d, {**POOL, "window": (HUGE, 1), "padding": HUGE}, "padding[0]=(about 10**5000"),
    (cp.avg_pool2d, {**POOL, "window": HUGE, "padding": HUGE - 1}, "window=about 10**5000: "),
    (cp.max_pool2d, {**POOL, "dilation": HUGE}, "dilation=about 10**5000: allowed is at most 5"),
    (cp.conv_transpose1d, {"x": X[0], "kernel": K[0, :, :, :4], "stride": HUGE}, "stride=about"),
    (cp.conv_transpose1d, {"x": X[0], "kernel": K[0, :, :, :4], "dilation": HUGE}, "dilation=ab"),
    (cp.conv_transpose1d, {"x": X[0], "kernel": K[0, :, :, :4], "padding": HUGE}, "padding[0]=("),
]


@pytest.mark.parametrize(
    ("function", "arguments", "named"), SHORTENED, ids=[named for _, _, named in SHORTENED]
)
def test_integers_too_long_to_write(function: Any, arguments: Any, named: str) -> None:
    check(function, arguments, named)


def test_a_large_stride_is_lawful() -> None:
    assert cp.conv2d(X, K, B, groups=2, stride=HUGE).shape == (2, 1, 1, 6)


def test_what_else_an_argument_may_be_is_said() -> None:
    for value in ("2", np.ones(2), 0, (1, 2, 3), Mute()):
        for name in ("stride", "dilation"):
            with pytest.raises(cp.SpecError, match="a positive integer, or one per axis"):
                cp.conv2d(**{**GOOD, name: value})
        padding = "2" if type(value) is int else value
        with pytest.raises(cp.SpecError, match=r"one per axis.*pair per axis, 'valid' or 'same'"):
            cp.conv2d(**{**GOOD, "padding": padding})
        with pytest.raises(cp.SpecError, match="None, a positive integer, or one per axis"):
            cp.max_pool2d(X, 2, stride=value)
    with pytest.raises(cp.SpecError, match="one of None, 'relu', 'sigmoid', 'tanh'"):
        cp.conv2d(X, K, groups=2, activation="gelu")


def test_a_value_is_shown_in_one_short_line() -> None:
    for value in (np.ones((3, 3)), np.ma.masked_array(np.ones((40, 40)), True), "a\nb" * 99):
        check(cp.conv2d, {**GOOD, "stride": value}, "stride=")
        check(cp.conv2d, {**GOOD, "layout": value}, "layout=")
    check(cp.conv2d, {**GOOD, "x": np.ma.masked_array(X)}, "x=masked_array( data=[[[[1., 1.,")


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


@pytest.mark.parametrize("size", [10**7, 10**12])
def test_an_output_that_no_memory_holds(size: int) -> None:
    x, kernel = np.ones((1, 4, 4, 1)), np.ones((2, 2, 1, 1))
    for mode in ("zeros", "replicate"):
        named = f"padding={size}"
        check(cp.conv2d, {"x": x, "kernel": kernel, "padding": size, "padding_mode": mode}, named)
    wide = {"x": x, "kernel": kernel, "padding": "same", "padding_mode": "replicate"}
    check(cp.conv2d, {**wide, "dilation": size}, f"dilation={size}")
    assert cp.conv2d(x, kernel, padding="same", dilation=size).shape == (1, 4, 4, 1)
    many = np.broadcast_to(x, (size * 10**4, 4, 4, 1))
    check(cp.conv2d, {"x": many, "kernel": kernel}, f"x.shape=({size}0000, 4, 4, 1)")
    for name in ("max_pool2d", "avg_pool2d"):
        check(getattr(cp, name), {"x": many, "window": 2}, f"x.shape=({size}0000, 4, 4, 1)")
    for name in ("stride", "dilation"):
        layer = {"x": x, "kernel": kernel, name: size}
        check(cp.conv_transpose2d, layer, f"{name}={size}")
    layer = {"x": x, "kernel": kernel, "stride": (10 * size**2, 1)}
    check(cp.conv_transpose2d, layer, f"stride=({10 * size**2}, 1)")


def test_gradients_that_no_memory_holds() -> None:
    size = 10**7
    x, kernel, one = np.ones((1, 4, 4, 1)), np.ones((2, 2, 1, 1)), np.ones((1, 1, 1, 1))
    layer = {"x": x, "kernel": kernel, "padding": size}
    dy = np.broadcast_to(one, (1, 2 * size + 3, 2 * size + 3, 1))
    check(cp.conv2d_backward, {"dy": dy, **layer}, f"padding={size}")
    dy = np.broadcast_to(one, (1, size + 4, size + 4, 1))
    layer = {"x": x, "kernel": kernel, "dilation": size}
    check(cp.conv_transpose2d_backward, {"dy": dy, **layer}, f"dilation={size}")
    many = np.broadcast_to(one, (size * 10**8, 2, 2, 1))
    for name in ("max_pool2d", "avg_pool2d"):
        pool = {"dy": many[:, :1, :1], "x": many, "window": 2}
        check(getattr(cp, f"{name}_backward"), pool, f"x.shape=({size * 10**8}, 2, 2, 1)")


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
