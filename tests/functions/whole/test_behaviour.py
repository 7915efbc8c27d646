"""How the functions treat the caller's arrays and each other: layouts, memory, threads, batches."""

from __future__ import annotations

import inspect
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

import convproof as cp
from tests.functions.configurations import Configuration, draw, integers, kernel_last, last

OPERATIONS = ("conv", "conv_transpose", "max_pool", "avg_pool")
NAMES = [
    f"{op}{rank}d{way}" for op in OPERATIONS for rank in (1, 2, 3) for way in ("", "_backward")
]


def call(
    case: Configuration, arrays: dict[str, np.ndarray], layout: str = "channels_first"
) -> list[np.ndarray]:
    """Forward and backward on given arrays: every output of both, in order."""
    name = f"{case.op}{case.rank}d"
    keywords: dict[str, Any] = {"stride": case.stride, "padding": case.pads, "layout": layout}
    keywords |= case.extra
    if case.op != "avg_pool":
        keywords["dilation"] = case.dilation
    forward, backward = getattr(cp, name), getattr(cp, f"{name}_backward")
    if case.kernel is None:
        rest: tuple[Any, ...] = (case.taps,)
    else:
        rest = (arrays["kernel"], arrays.get("bias"))
        keywords["groups"] = case.groups
    y = forward(arrays["x"], *rest, **keywords)
    if "dy" not in arrays:
        return [y]
    found = backward(arrays["dy"], arrays["x"], *rest, **keywords)
    return [y, *(found if isinstance(found, tuple) else (found,))]


def arrays_of(case: Configuration, seed: int = 0) -> dict[str, np.ndarray]:
    """The case's arrays, with a gradient for its output."""
    arrays = {"x": case.x}
    if case.kernel is not None:
        arrays["kernel"] = case.kernel
    if case.bias is not None:
        arrays["bias"] = case.bias
    (y,) = call(case, arrays)
    arrays["dy"] = integers(np.random.default_rng(seed), y.shape)
    return arrays


def cases(count: int, seed: int = 5) -> list[Configuration]:
    rng = np.random.default_rng(seed)
    return [draw(op, rank, rng) for op in OPERATIONS for rank in (1, 2, 3) for _ in range(count)]


def fortran(a: np.ndarray) -> np.ndarray:
    return np.asfortranarray(a)


def reversed_view(a: np.ndarray) -> np.ndarray:
    flip = (slice(None, None, -1),) * a.ndim
    return a[flip].copy()[flip]


def spread(a: np.ndarray) -> np.ndarray:
    """A view with gaps between its entries."""
    wide = np.full([2 * n for n in a.shape], np.nan)
    view = wide[(slice(None, None, 2),) * a.ndim]
    view[...] = a
    return view


def read_only(a: np.ndarray) -> np.ndarray:
    b = a.copy()
    b.flags.writeable = False
    return b


def other_byte_order(a: np.ndarray) -> np.ndarray:
    return a.astype(a.dtype.newbyteorder("S"))


def unaligned(a: np.ndarray) -> np.ndarray:
    raw = np.zeros(a.nbytes + 1, np.uint8)[1:]
    b = raw.view(a.dtype).reshape(a.shape)
    b[...] = a
    return b


@pytest.mark.parametrize(
    "kind", [fortran, reversed_view, spread, read_only, other_byte_order, unaligned]
)
def test_memory_layout_does_not_matter(kind: Any) -> None:
    for case in cases(6):
        arrays = arrays_of(case)
        plain = call(case, arrays)
        for one, other in zip(
            plain, call(case, {k: kind(v) for k, v in arrays.items()}), strict=True
        ):
            assert np.array_equal(one, other)


def test_zero_strides() -> None:
    x = np.broadcast_to(np.float64(3), (2, 5, 5, 2))
    kernel = np.broadcast_to(np.float64(2), (3, 3, 2, 4))
    y = cp.conv2d(x, kernel, np.broadcast_to(1.0, 4))
    assert (y == 3 * 2 * 18 + 1).all()
    g = cp.conv2d_backward(np.broadcast_to(1.0, y.shape), x, kernel)
    assert (g.kernel == 3 * 18).all()
    assert cp.max_pool2d(x, 2).max() == cp.avg_pool2d(x, 2).min() == 3


def test_inputs_are_not_written_and_outputs_own_their_memory() -> None:
    for layout in ("channels_first", "channels_last"):
        for case in cases(6):
            arrays = arrays_of(case)
            if layout == "channels_last":
                arrays = {
                    name: kernel_last(a) if name == "kernel" else a if name == "bias" else last(a)
                    for name, a in arrays.items()
                }
            before = {name: a.copy() for name, a in arrays.items()}
            found = call(case, arrays, layout)
            for name, a in arrays.items():
                assert np.array_equal(a, before[name])
            for number, y in enumerate(found):
                assert y.flags.owndata
                assert y.flags.c_contiguous
                assert y.flags.writeable
                assert not any(np.shares_memory(y, a) for a in arrays.values())
                assert not any(np.shares_memory(y, z) for z in found[:number])


def test_identity_layers_do_not_return_their_input() -> None:
    x = np.ones((1, 3, 3, 1))
    for y in (
        cp.conv2d(x, np.ones((1, 1, 1, 1))),
        cp.max_pool2d(x, 1),
        cp.avg_pool2d(x, 1),
        cp.max_pool2d_backward(x, x, 1),
        cp.avg_pool2d_backward(x, x, 1),
        cp.conv_transpose2d(x, np.ones((1, 1, 1, 1))),
    ):
        assert not np.shares_memory(x, y)
        assert (y == x).all()


def test_the_two_layouts_agree() -> None:
    for case in cases(8, seed=6):
        arrays = arrays_of(case)
        first = call(case, arrays)
        turned = {
            name: kernel_last(a) if name == "kernel" else a if name == "bias" else last(a)
            for name, a in arrays.items()
        }
        found = call(case, turned, "channels_last")
        turns = [last, last, kernel_last, lambda a: a]
        for one, other, turn in zip(first, found, turns, strict=False):
            assert np.array_equal(turn(one), other)


def test_unbatched_is_a_batch_of_one() -> None:
    for case in cases(8, seed=7):
        arrays = arrays_of(case)
        one = {n: a[:1] if n in ("x", "dy") else a for n, a in arrays.items()}
        none = {n: a[0] if n in ("x", "dy") else a for n, a in arrays.items()}
        batched, alone = call(case, one), call(case, none)
        assert np.array_equal(batched[0][0], alone[0])
        assert np.array_equal(batched[1][0], alone[1])
        for with_n, without in zip(batched[2:], alone[2:], strict=True):
            assert np.array_equal(with_n, without)


def test_empty_batches() -> None:
    for case in cases(4, seed=8):
        arrays = arrays_of(case)
        none = {n: a[:0] if n in ("x", "dy") else a for n, a in arrays.items()}
        full, empty = call(case, arrays), call(case, none)
        for with_n, without in zip(full[:2], empty[:2], strict=True):
            assert without.shape == (0, *with_n.shape[1:])
        for with_n, without in zip(full[2:], empty[2:], strict=True):
            assert without.shape == with_n.shape
            assert not without.any()
    ints = np.zeros((0, 4, 4, 2), np.int64)
    assert cp.conv2d(ints, np.ones((2, 2, 2, 3), np.int64)).shape == (0, 3, 3, 3)
    assert cp.avg_pool2d(ints, 2).shape == (0, 2, 2, 2)


def test_results_do_not_depend_on_earlier_calls() -> None:
    some = cases(6, seed=9)
    prepared = [arrays_of(case) for case in some]
    once = [call(case, arrays) for case, arrays in zip(some, prepared, strict=True)]
    for number in reversed(range(len(some))):
        again = call(some[number], prepared[number])
        for one, other in zip(once[number], again, strict=True):
            assert np.array_equal(one, other)


def test_results_do_not_depend_on_other_threads() -> None:
    some = cases(10, seed=10)
    prepared = [arrays_of(case) for case in some]
    alone = [call(case, arrays) for case, arrays in zip(some, prepared, strict=True)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(call, some * 5, prepared * 5))
    for number, found in enumerate(together):
        for one, other in zip(alone[number % len(some)], found, strict=True):
            assert np.array_equal(one, other)


def test_the_kernel_of_a_transposed_convolution_is_that_of_the_convolution() -> None:
    """<conv(u, K), x> = <u, conv_transpose(x, K)> for one array K, in either layout."""
    rng = np.random.default_rng(4)
    for layout, image, kernel_shape, out in (
        ("channels_last", (2, 6, 7, 4), (3, 2, 2, 6), (2, 4, 6, 6)),
        ("channels_first", (2, 4, 6, 7), (6, 2, 3, 2), (2, 6, 4, 6)),
    ):
        u, kernel = integers(rng, image), integers(rng, kernel_shape)
        y = cp.conv2d(u, kernel, groups=2, layout=layout)
        assert y.shape == out
        x = integers(rng, out)
        back = cp.conv_transpose2d(x, kernel, groups=2, layout=layout)
        assert (y * x).sum() == (u * back).sum()


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_same_padding(stride: int) -> None:
    for size in range(1, 8):
        for taps in (1, 2, 3, 4):
            x = np.arange(1.0, size + 1)
            y = cp.conv1d(x, np.ones(taps), stride=stride, padding="same")
            assert y.shape == (-(-size // stride),)
            total = max((y.size - 1) * stride + taps - size, 0)
            wide = np.pad(x, (total // 2, total - total // 2))
            assert y.tolist() == [wide[o * stride : o * stride + taps].sum() for o in range(y.size)]
            up = cp.conv_transpose1d(x, np.ones(taps), stride=stride, padding="same")
            assert up.shape == (size * stride,)


@pytest.mark.parametrize("name", NAMES)
def test_each_function_knows_itself(name: str) -> None:
    function = getattr(cp, name)
    assert function.__name__ == function.__qualname__ == name
    assert function.__module__.startswith("convproof.functions")
    assert "layout" in inspect.signature(function).parameters
    assert "Raises" in function.__doc__
    assert ">>>" in function.__doc__
    assert "import numpy" in function.source()


def test_one_image_does_not_ask_for_all_its_patches_at_once() -> None:
    rng = np.random.default_rng(0)
    image = rng.integers(-3, 4, (1, 20_000, 1)).astype(float)
    kernel = rng.integers(-3, 4, (600, 1, 2)).astype(float)
    patches = 8 * 19_401 * 600  # bytes
    cp.conv1d_backward(image[:, :9], image[:, :9], kernel[:1, :, :1])  # modules are not counted
    cp.conv1d(image, kernel, schedule="fft")
    tracemalloc.start()
    y = cp.conv1d(image, kernel)
    dx, dkernel, _ = cp.conv1d_backward(y, image, kernel)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < patches / 10
    flat, taps = image[0, :, 0], kernel[:, 0]
    for m in range(2):
        np.testing.assert_array_equal(y[0, :, m], np.correlate(flat, taps[:, m], "valid"))
        np.testing.assert_array_equal(dkernel[:, 0, m], np.correlate(flat, y[0, :, m], "valid"))
    sent = [np.convolve(y[0, :, m], taps[:, m], "full") for m in range(2)]
    np.testing.assert_array_equal(dx[0, :, 0], sent[0] + sent[1])


@pytest.mark.parametrize("window", [15, 10**9 + 1, 2**40 + 1])
def test_a_window_far_larger_than_the_image_costs_what_the_image_does(window: int) -> None:
    x = np.arange(8.0).reshape(1, 8, 1)
    dy = np.ones((1, 8, 1))
    top = cp.max_pool1d(x, window, stride=1, padding="same")
    np.testing.assert_array_equal(top, np.full((1, 8, 1), 7.0))
    back = cp.max_pool1d_backward(dy, x, window, stride=1, padding="same")
    np.testing.assert_array_equal(back.ravel(), [0, 0, 0, 0, 0, 0, 0, 8])
    keywords = {"stride": 1, "padding": "same", "count_include_pad": False}
    mean = cp.avg_pool1d(x, window, **keywords)
    np.testing.assert_array_equal(mean, np.full((1, 8, 1), 3.5))
    np.testing.assert_array_equal(cp.avg_pool1d_backward(dy, x, window, **keywords), dy)


@pytest.mark.parametrize("taps", [1, 2])
def test_padding_far_wider_than_the_image_costs_what_image_and_output_do(taps: int) -> None:
    far = 2**61
    x, kernel = np.arange(1.0, 9.0).reshape(1, 8, 1), np.ones((taps, 1, 1))
    y = cp.conv1d(x, kernel, stride=far, padding=far)
    np.testing.assert_array_equal(y.ravel(), [0, x[0, :taps].sum(), 0])
    keywords = {"dilation": far, "padding": far // 2}
    wide = cp.conv1d(x, np.ones((2, 1, 1)), **keywords)
    np.testing.assert_array_equal(wide, np.zeros_like(wide))
    dx, dkernel, _ = cp.conv1d_backward(np.ones_like(y), x, kernel, stride=far, padding=far)
    np.testing.assert_array_equal(dx.ravel(), [1] * taps + [0] * (8 - taps))
    np.testing.assert_array_equal(dkernel.ravel(), x[0, :taps, 0])


def test_array_likes_are_welcome() -> None:
    assert cp.conv1d([1, 2, 3], [1, 1]).tolist() == [3, 5]
    assert cp.conv1d([1.0, 2.0], [[[2.0]]][0][0], 1.0).tolist() == [3.0, 5.0]
