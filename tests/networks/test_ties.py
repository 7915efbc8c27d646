"""Edges, ties and matrices against the definition's loops, and against the verified functions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import convproof as cp
from convproof import reference
from convproof.networks import certify_matrix, certify_pooling, certify_ties, untie

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


SHAPES: list[tuple[Any, tuple[int, ...]]] = [
    (cp.Conv((2,), 2, padding=1, stride=2), (4, 2)),
    (cp.Conv(2, 2, groups=2, dilation=(1, 2), padding_mode="circular", padding=1), (2, 3, 2)),
    (cp.Conv((1, 2, 2), 1), (2, 2, 3, 1)),
    (cp.ConvTranspose((2,), 2, stride=2, output_padding=1), (3, 1)),
    (cp.Dense(2), (3,)),
]


@pytest.mark.parametrize(("spec", "shape"), SHAPES)
def test_certificates(spec: Any, shape: tuple[int, ...]) -> None:
    for certify in (certify_matrix, certify_pooling):
        found = certify(spec, shape)
        assert found.verdict.holds
        assert found.compared > 0
        assert found.evidence.grade.value == "CERTIFIED"


@pytest.mark.parametrize(("spec", "shape"), SHAPES)
def test_a_wrong_matrix_is_refuted(spec: Any, shape: tuple[int, ...]) -> None:
    kernel = np.zeros(kernel_shape(spec, shape))
    right = cp.as_matrix(spec, kernel, shape, with_ties=True)[1]
    parts = [right.outputs, right.inputs, right.weights]
    for which, array in enumerate(parts):
        wrong = [part.copy() for part in parts]
        wrong[which][-1] = array[0] if array[0] != array[-1] else array[-2]
        ties = cp.Ties(*wrong, right.output_shape, right.input_shape, right.weight_shape)
        if all((a == b).all() for a, b in zip(wrong, parts, strict=True)):
            continue
        found = certify_matrix(spec, shape, ties)
        assert found.verdict.refuted
        assert found.evidence.grade.value == "REFUTED"
    fewer = cp.Ties(*(a[1:] for a in parts), right.output_shape, shape, right.weight_shape)
    assert certify_matrix(spec, shape, fewer).verdict.refuted


def kernel_shape(spec: Any, shape: tuple[int, ...]) -> tuple[int, ...]:
    name, net = "0.kernel", cp.Sequential([spec]).init(0, shape)
    return net.parameters[name].shape


def test_a_wrong_pooling_is_refuted() -> None:
    spec, shape = cp.Conv((2,), 1), (4, 1)

    def mean(dy: Any, x: Any) -> Any:  # the mean over the copies, a known mistake
        return cp.conv1d_backward(dy, x, np.zeros((2, 1, 1), int)).kernel // 3

    def last(dy: Any, x: Any) -> Any:  # one copy alone
        return untie(spec, shape).gradient(dy, x)[-1]

    for wrong in (mean, last):
        assert certify_pooling(spec, shape, wrong).verdict.refuted


TIES = cp.Ties([0, 0, 1, 1, 1], [0, 1, 0, 1, 2], [0, 1, 1, 0, 0], (2,), (3,), (2,))


def test_any_map_of_edges_to_weights() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        out, into, width, count = rng.integers(1, 4, 4)
        edges = int(rng.integers(1, 7))
        ties = cp.Ties(
            rng.integers(0, out, edges), rng.integers(0, into, edges),
            rng.integers(0, width * count, edges), (out,), (into,), (width, count),
        )  # fmt: skip
        assert certify_ties(ties).verdict.holds
    assert TIES.copies.tolist() == [3, 2]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda g: np.array([g[0], g[1]]),  # the first copy alone
        lambda g: np.array([2 * (g[0] + g[3] + g[4]), g[1] + g[2]]),  # another factor
        lambda g: np.array([g[0] + g[3], g[1] + g[2]]),  # one copy forgotten
        lambda g: np.array([g[1] + g[2], g[0] + g[3] + g[4]]),  # the classes swapped
    ],
)
def test_a_wrong_way_to_pool_is_refuted(wrong: Any) -> None:
    assert certify_ties(TIES, wrong).verdict.refuted


def test_small_integers_do_not_wrap() -> None:
    ties = cp.Ties([0, 0], [0, 1], [0, 0], (1,), (2,), (1,))
    x = np.full((1, 2), 100, np.int8)
    assert ties.forward(np.array([2]), x).tolist() == [[400]]
    assert ties.gradient(np.array([[100]], np.int8), x).tolist() == [10000, 10000]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"outputs": [0, 0, 1, 1]}, "inputs="),
        ({"outputs": [0, 0, 1, 1, 2]}, "outputs=.*0 to 1"),
        ({"weights": [0, 1, 1, 0, -1]}, "weights=.*0 to 1"),
        ({"inputs": [0.0, 1, 0, 1, 2]}, "inputs="),
        ({"scale": [1.0]}, r"scale.shape=\(1,\)"),
        ({"weight_shape": "ab"}, "weight_shape="),
        ({"weight_shape": (-1,)}, "weight_shape="),
    ],
)
def test_ties_refuse(change: dict[str, Any], message: str) -> None:
    right = {
        "outputs": [0, 0, 1, 1, 1], "inputs": [0, 1, 0, 1, 2], "weights": [0, 1, 1, 0, 0],
        "output_shape": (2,), "input_shape": (3,), "weight_shape": (2,),
    }  # fmt: skip
    cp.Ties(**right)
    with pytest.raises(cp.SpecError, match=message):
        cp.Ties(**{**right, **change})


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_the_untied_twin(mode: str, rank: int) -> None:
    spec = cp.Conv((2, 3, 2)[:rank], 4, stride=(1, 2, 1)[:rank], padding=1, groups=2,
                   padding_mode=mode)  # fmt: skip
    shape = (*(4, 3, 3)[:rank], 4)
    rng = np.random.default_rng(rank)
    twin = untie(spec, shape)
    kernel = rng.integers(-4, 5, (*spec.kernel_size, 2, 4))
    x = rng.integers(-4, 5, (2, *shape))
    how = {"stride": spec.stride, "padding": 1, "groups": 2, "padding_mode": mode}
    y = getattr(cp, f"conv{rank}d")(x, kernel, **how)
    np.testing.assert_array_equal(twin.forward(twin.spread(kernel), x), y)
    dy = rng.integers(-4, 5, y.shape)
    copies = twin.gradient(dy, x)
    assert copies.shape == (*y.shape[1:-1], *kernel.shape)
    right = getattr(cp, f"conv{rank}d_backward")(dy, x, kernel, **how).kernel
    np.testing.assert_array_equal(twin.pooled(copies), right)
    # a kernel of one position reaches that position alone
    kernels = np.zeros(copies.shape, int)
    kernels[(0,) * rank] = 1
    seen = twin.forward(kernels, np.abs(x) + 1)
    assert (seen != 0).sum() == 2 * 4


def test_untie_refuses() -> None:
    with pytest.raises(cp.SpecError, match="spec="):
        untie(cp.MaxPool(2), (4, 4, 1))  # type: ignore[arg-type]  # that is the point
    with pytest.raises(cp.SpecError, match="input_shape"):
        untie(cp.Conv(2, 1), (4, 4))
