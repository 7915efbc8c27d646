"""The matrix of a layer is the layer, and its gradients by edges pool to the layer's."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import convproof as cp
from convproof import reference

MODES = ("zeros", "circular", "reflect", "replicate")


@st.composite
def layers(draw: st.DrawFn) -> tuple[Any, tuple[int, ...]]:
    """A layer that has an output on the image drawn with it."""
    rank = draw(st.integers(1, 3))

    def per_axis(low: int, high: int) -> tuple[int, ...]:
        return tuple(draw(st.integers(low, high)) for _ in range(rank))

    groups, depth, width = (draw(st.integers(1, 2)) for _ in range(3))
    how: dict[str, Any] = {"stride": per_axis(1, 3)}
    pads = tuple((draw(st.integers(0, 2)), draw(st.integers(0, 2))) for _ in range(rank))
    how["padding"] = draw(st.sampled_from([pads, "same"]))
    taps, space = per_axis(1, 3), per_axis(1, 5)
    kind = draw(st.sampled_from(["conv", "transposed", "mean"]))
    try:
        if kind == "mean":
            how |= {n: draw(st.booleans()) for n in ("ceil_mode", "count_include_pad")}
            spec: Any = cp.AvgPool(taps, **how)
        else:
            how |= {"dilation": per_axis(1, 2), "groups": groups}
            if kind == "conv":
                mode = draw(st.sampled_from(MODES))
                spec = cp.Conv(taps, groups * width, padding_mode=mode, **how)
            else:
                more = 0 if how["padding"] == "same" else draw(st.integers(0, 2))
                spec = cp.ConvTranspose(taps, groups * width, output_padding=more, **how)
        shape = (*space, groups * depth)
        spec.output_shape(shape)
    except cp.SpecError:
        from hypothesis import reject

        reject()
    return spec, shape


def definition(spec: Any, kernel: Any, x: Any) -> Any:
    """The layer by `reference`'s loops."""
    if isinstance(spec, cp.AvgPool):
        return reference.avg_pool(x, spec.axes(x.shape[1:-1]), spec.count_include_pad)
    if isinstance(spec, cp.Conv):
        axes = spec.axes(x.shape[1:-1])
        return reference.conv(x, kernel, None, axes, spec.groups, spec.padding_mode)
    # transposed: the convolution's input gradient, on an image of the output's size
    axes, out = spec.image(x.shape[1:-1])
    image = np.zeros((len(x), *out, spec.out_channels), x.dtype)
    rows = [reference.output_size(axis, size) for axis, size in zip(axes, out, strict=True)]
    flow = np.zeros((len(x), *rows, x.shape[-1]), x.dtype)
    flow[tuple(slice(0, n) for n in x.shape)] = x[tuple(slice(0, n) for n in flow.shape)]
    return reference.conv_backward(flow, image, kernel, axes, spec.groups)[0]


def kernel_for(spec: Any, channels: int, rng: Any) -> Any:
    if isinstance(spec, cp.AvgPool):
        return None
    outer, inner = spec.out_channels, channels
    if isinstance(spec, cp.ConvTranspose):
        outer, inner = inner, outer
    return rng.integers(-4, 5, (*spec.kernel_size, inner // spec.groups, outer))


@given(layers(), st.integers(0, 99))
@settings(max_examples=150, deadline=None)
def test_the_matrix_is_the_layer(drawn: tuple[Any, tuple[int, ...]], seed: int) -> None:
    spec, shape = drawn
    rng = np.random.default_rng(seed)
    kernel, x = kernel_for(spec, shape[-1], rng), rng.integers(-4, 5, (2, *shape))
    right = definition(spec, kernel, x)
    matrix, ties = cp.as_matrix(spec, kernel, shape, with_ties=True)
    assert matrix.format == "csr"
    got = np.stack([matrix @ image.ravel() for image in x]).reshape(right.shape)
    batch = (cp.as_matrix(spec, kernel, x.shape) @ x.ravel()).reshape(right.shape)
    if kernel is None:
        np.testing.assert_allclose(got, right, rtol=1e-14, atol=1e-14)
        np.testing.assert_allclose(batch, right, rtol=1e-14, atol=1e-14)
        return
    assert got.dtype == np.int64
    np.testing.assert_array_equal(got, right)
    np.testing.assert_array_equal(batch, right)
    np.testing.assert_array_equal(ties.forward(kernel, x), right)
    # the weight that each edge carries is the matrix's entry, summed where edges coincide
    dense = np.zeros(matrix.shape, np.int64)
    np.add.at(dense, (ties.outputs, ties.inputs), kernel.reshape(-1)[ties.weights])
    np.testing.assert_array_equal(matrix.toarray(), dense)


@given(layers(), st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_gradients_by_edges(drawn: tuple[Any, tuple[int, ...]], seed: int) -> None:
    spec, shape = drawn
    if isinstance(spec, cp.AvgPool):
        return
    rng = np.random.default_rng(seed)
    kernel, x = kernel_for(spec, shape[-1], rng), rng.integers(-4, 5, (2, *shape))
    ties = cp.as_matrix(spec, kernel, shape, with_ties=True)[1]
    y = ties.forward(kernel, x)
    dy = rng.integers(-4, 5, y.shape)
    pooled = ties.pooled(ties.untied().gradient(dy, x))
    # an adjoint is its inner products: with any other kernel, and any other image
    other, image = rng.integers(-4, 5, kernel.shape), rng.integers(-4, 5, x.shape)
    assert (pooled * other).sum() == (dy * ties.forward(other, x)).sum()
    assert (ties.gradient_x(dy, kernel) * image).sum() == (dy * ties.forward(kernel, image)).sum()


def test_a_doubly_blocked_toeplitz_matrix() -> None:
    matrix = cp.as_matrix(cp.Conv(2), [[1, 2], [3, 4]], (3, 3)).toarray()
    assert matrix.tolist() == [
        [1, 2, 0, 3, 4, 0, 0, 0, 0],
        [0, 1, 2, 0, 3, 4, 0, 0, 0],
        [0, 0, 0, 1, 2, 0, 3, 4, 0],
        [0, 0, 0, 0, 1, 2, 0, 3, 4],
    ]


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "complex64", "int8", "uint64"])
def test_dtypes(dtype: str) -> None:
    matrix = cp.as_matrix(cp.Conv((2,)), np.array([1, 2], dtype), (3,))
    wanted = {"float16": "float32", "int8": "int64", "uint64": "int64"}.get(dtype, dtype)
    assert matrix.dtype == wanted
    assert matrix.toarray().real.tolist() == [[1, 2, 0], [0, 1, 2]]


def test_a_dense_layer_and_an_empty_batch() -> None:
    kernel = np.arange(6.0).reshape(2, 3)
    np.testing.assert_array_equal(cp.as_matrix(cp.Dense(3), kernel, (2,)).toarray(), kernel.T)
    assert cp.as_matrix(cp.Dense(3), kernel, (4, 2)).shape == (12, 8)
    assert cp.as_matrix(cp.Conv(2), np.ones((2, 2, 1, 3)), (0, 4, 4, 1)).shape == (0, 0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cp.as_matrix(cp.MaxPool(2), None, (4, 4)), "not linear.*fully_connected"),
        (lambda: cp.as_matrix("conv", None, (4, 4)), "spec='conv'"),
        (lambda: cp.as_matrix(cp.Conv(2), None, (4, 4)), "kernel=None"),
        (lambda: cp.as_matrix(cp.AvgPool(2), np.ones(2), (4, 4)), "a mean has no kernel"),
        (lambda: cp.as_matrix(cp.Conv(2), np.ones((3, 3)), (4, 4)), r"kernel.shape=\(3, 3\)"),
        (lambda: cp.as_matrix(cp.Conv(2, 3), np.ones((2, 2)), (4, 4)), r"channels"),
        (lambda: cp.as_matrix(cp.Conv(2, 3), np.ones((2, 2, 1, 4)), (4, 4, 1)), "kernel.shape"),
        (lambda: cp.as_matrix(cp.Conv(2, groups=2), np.ones((2, 2, 1, 4)), (4, 4, 3)), "groups=2"),
        (lambda: cp.as_matrix(cp.Conv(5), np.ones((5, 5)), (4, 4)), "kernel_size=5"),
        (lambda: cp.as_matrix(cp.Conv(2), np.ones((2, 2)), (4,)), "input_shape"),
        (lambda: cp.as_matrix(cp.Conv(2), np.ones((2, 2), object), (4, 4)), "kernel"),
        (lambda: cp.as_matrix(cp.Conv(9), np.ones((9, 9)), (9000, 9000)), "edges"),
    ],
)
def test_refusals(call: Any, message: str) -> None:
    with pytest.raises(cp.SpecError, match=message):
        call()
