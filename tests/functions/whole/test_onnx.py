"""Every ONNX node test of convolution and pooling that the contract can express.

The cases come with the `onnx` package; those left out are named here, each with its reason.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

import convproof as cp

onnx = pytest.importorskip("onnx")

OPERATORS = (
    "Conv", "ConvTranspose", "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool"
)  # fmt: skip
LEFT_OUT = {
    "test_averagepool_2d_dilations": "avg_pool has no dilation",
    "test_averagepool_3d_dilations_small": "avg_pool has no dilation",
    **{
        "test_averagepool_3d_dilations_large_count_include_pad_is_"
        f"{include}_ceil_mode_is_{ceil}": "avg_pool has no dilation"
        for include in (0, 1)
        for ceil in (True, False)
    },
    "test_convtranspose_output_shape": "output_padding 2 is refused below a stride of 2",
    "test_convtranspose_kernel_shape": "output_padding 2 is refused below a stride of 2",
}


def collect() -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # other operators' cases overflow on purpose
        from onnx.backend.test.case.node import collect_testcases

        cases = collect_testcases(None)
    return {
        case.name: case
        for case in cases
        if len(case.model.graph.node) == 1 and case.model.graph.node[0].op_type in OPERATORS
    }


@pytest.fixture(scope="module")
def cases() -> dict[str, Any]:
    return collect()


def attributes(node: Any) -> dict[str, Any]:
    return {item.name: onnx.helper.get_attribute_value(item) for item in node.attribute}


def pads_of(given: dict[str, Any], rank: int, space: tuple[int, ...], taps: tuple[int, ...]) -> Any:
    """ONNX's `pads` (all lows, then all highs) or `auto_pad` as (lo, hi) pairs."""
    auto = given.get("auto_pad", b"NOTSET").decode()
    if auto in ("NOTSET", "VALID"):
        flat = given.get("pads", [0] * 2 * rank)
        return tuple(zip(flat[:rank], flat[rank:], strict=True))
    if auto == "SAME_UPPER":
        return "same"
    strides, gaps = given.get("strides", [1] * rank), given.get("dilations", [1] * rank)
    pairs = []
    for n, k, s, d in zip(space, taps, strides, gaps, strict=True):
        total = max((-(-n // s) - 1) * s + d * (k - 1) + 1 - n, 0)
        pairs.append((total - total // 2, total // 2))  # SAME_LOWER: the odd pixel at the start
    return tuple(pairs)


def convolution(given: dict[str, Any], x: np.ndarray, w: np.ndarray, *bias: np.ndarray) -> Any:
    rank = x.ndim - 2
    return getattr(cp, f"conv{rank}d")(
        x,
        w,
        *bias,
        stride=given.get("strides", 1),
        dilation=given.get("dilations", 1),
        groups=given.get("group", 1),
        padding=pads_of(given, rank, x.shape[2:], w.shape[2:]),
        layout="channels_first",
    )


def transposed(given: dict[str, Any], x: np.ndarray, w: np.ndarray, *bias: np.ndarray) -> Any:
    rank = x.ndim - 2
    stride = given.get("strides", [1] * rank)
    more = given.get("output_padding", [0] * rank)
    padding = pads_of(given, rank, x.shape[2:], w.shape[2:])
    if "output_shape" in given:  # the padding that gives it; the odd pixel goes at the end
        dilation = given.get("dilations", [1] * rank)
        padding = []
        for n, k, s, d, m, want in zip(
            x.shape[2:], w.shape[2:], stride, dilation, more, given["output_shape"], strict=True
        ):
            total = s * (n - 1) + m + d * (k - 1) + 1 - want
            padding.append((total // 2, total - total // 2))
    return getattr(cp, f"conv_transpose{rank}d")(
        x,
        w,
        *bias,
        stride=stride,
        dilation=given.get("dilations", 1),
        groups=given.get("group", 1),
        output_padding=more,
        padding=padding,
        layout="channels_first",
    )


def pooled(kind: str, given: dict[str, Any], x: np.ndarray, indices: bool) -> tuple[Any, ...]:
    rank = x.ndim - 2
    window = given["kernel_shape"]
    keywords: dict[str, Any] = {
        "stride": given.get("strides", 1),
        "padding": pads_of(given, rank, x.shape[2:], window),
        "ceil_mode": bool(given.get("ceil_mode", 0)),
        "layout": "channels_first",
    }
    if kind == "avg_pool":
        keywords["count_include_pad"] = bool(given.get("count_include_pad", 0))
        return (cp_pool(kind, rank)(x, window, **keywords),)
    keywords["dilation"] = given.get("dilations", 1)
    y = cp_pool(kind, rank)(x, window, **keywords)
    if not indices:
        return (y,)
    return (y, where(x, y, window, keywords, given.get("storage_order", 0)))


def cp_pool(kind: str, rank: int) -> Any:
    return getattr(cp, f"{kind}{rank}d")


def where(
    x: np.ndarray, y: np.ndarray, window: Any, keywords: dict[str, Any], column_major: int
) -> np.ndarray:
    """Which pixel each maximum came from, by the gradient: one output at a time asks for it."""
    indices = np.empty(y.shape, np.int64)
    order = "F" if column_major else "C"
    for place in np.ndindex(y.shape):
        dy = np.zeros(y.shape)
        dy[place] = 1
        dx = getattr(cp, f"max_pool{x.ndim - 2}d_backward")(dy, x, window, **keywords)
        (pixel,) = np.argwhere(dx)
        inner = np.ravel_multi_index(tuple(pixel[2:]), x.shape[2:], order=order)
        outer = pixel[0] * x.shape[1] + pixel[1]
        indices[place] = outer * np.prod(x.shape[2:]) + inner
    return indices


def outputs(case: Any, arrays: list[np.ndarray]) -> tuple[Any, ...]:
    node = case.model.graph.node[0]
    given = attributes(node)
    if node.op_type == "Conv":
        return (convolution(given, *arrays),)
    if node.op_type == "ConvTranspose":
        return (transposed(given, *arrays),)
    if node.op_type.startswith("Global"):
        given = {"kernel_shape": arrays[0].shape[2:]}
    return pooled(
        "max_pool" if "Max" in node.op_type else "avg_pool", given, *arrays, len(node.output) > 1
    )


def test_onnx_node_cases(cases: dict[str, Any], record_property: pytest.RecordProperty) -> None:
    ran = 0
    for name, case in cases.items():
        if name in LEFT_OUT:
            continue
        for inputs, expected in case.data_sets:
            found = outputs(case, [np.asarray(array) for array in inputs])
            for mine, theirs in zip(found, expected, strict=True):
                assert mine.shape == theirs.shape, name
                assert mine.dtype == theirs.dtype or mine.dtype.kind in "iu", name
                exact = np.array_equal(theirs, np.round(theirs))
                # Off integers, the tolerance is the one that the ONNX case itself declares.
                rtol, atol = (0, 0) if exact else (case.rtol, case.atol)
                np.testing.assert_allclose(mine, theirs, rtol=rtol, atol=atol, err_msg=name)
        ran += 1
    record_property("onnx_node_cases", ran)
    print(f"{ran} ONNX node cases equal, {len(LEFT_OUT)} left out")
    assert set(LEFT_OUT) <= set(cases)
    assert ran == len(cases) - len(LEFT_OUT)
    assert ran >= 48
