"""The vectorised oracle equals the plain loops, exactly, on integers."""

import itertools

import numpy as np
import pytest

from convproof import reference
from convproof.laws import oracle
from convproof.laws.case import Case

GEOMETRY = [
    {"stride": s, "padding": p, "dilation": d}
    for s, p, d in itertools.product(
        [(1, 1), (2, 3)], [((0, 0), (0, 0)), ((1, 0), (2, 3))], [(1, 1), (2, 1)]
    )
]


def _ints(rng, *shape):
    return rng.integers(-4, 5, shape).astype(float)


@pytest.mark.parametrize("geometry", GEOMETRY)
@pytest.mark.parametrize("groups", [1, 2])
def test_convolution_and_its_gradients(geometry, groups):
    rng = np.random.default_rng(1)
    case = Case(
        "conv2d_backward",
        _ints(rng, 2, 7, 6, 4),
        _ints(rng, 3, 2, 4 // groups, 6),
        _ints(rng, 6),
        None,
        groups=groups,
        **geometry,
    )
    y = oracle.expected(case.forward)[0]
    assert np.array_equal(y, reference.conv(case.x, case.kernel, case.bias, case.axes, groups))
    case = case.replace(dy=_ints(rng, *y.shape))
    want = reference.conv_backward(case.dy, case.x, case.kernel, case.axes, groups)
    for got, right in zip(oracle.expected(case), want, strict=True):
        assert np.array_equal(got, right)


@pytest.mark.parametrize("ceil_mode", [False, True])
@pytest.mark.parametrize("geometry", GEOMETRY)
@pytest.mark.parametrize("kind", ["max_pool", "avg_pool"])
def test_pools_and_their_gradients(kind, geometry, ceil_mode):
    rng = np.random.default_rng(2)
    if kind == "avg_pool" and geometry["dilation"] != (1, 1):
        pytest.skip("average pooling has no dilation")
    geometry = dict(geometry, padding=((1, 0), (1, 1)))
    for include in (True, False):
        case = Case(
            f"{kind}2d",
            _ints(rng, 2, 7, 6, 2),
            None,
            None,
            None,
            window=(3, 2),
            ceil_mode=ceil_mode,
            count_include_pad=include,
            **geometry,
        )
        if kind == "max_pool":
            want = reference.max_pool(case.x, case.axes)[0]
        else:
            want = reference.avg_pool(case.x, case.axes, include)
        assert np.allclose(oracle.expected(case)[0], want, rtol=1e-15, atol=0)
        case = case.replace(op=f"{kind}2d_backward", dy=_ints(rng, *want.shape))
        if kind == "max_pool":
            back = reference.max_pool_backward(case.dy, case.x, case.axes)
        else:
            back = reference.avg_pool_backward(case.dy, case.x, case.axes, include)
        assert np.abs(oracle.expected(case)[0] - back).max() <= 64 * 2.0**-53 * 50


@pytest.mark.parametrize("rank", [1, 3])
def test_other_ranks(rank):
    rng = np.random.default_rng(3)
    space, taps = (6, 5, 4)[:rank], (3, 2, 2)[:rank]
    case = Case(
        f"conv{rank}d_backward",
        _ints(rng, 2, *space, 2),
        _ints(rng, *taps, 2, 3),
        None,
        None,
        (2, 1, 1)[:rank],
        ((1, 0),) * rank,
        (1, 2, 1)[:rank],
    )
    y = reference.conv(case.x, case.kernel, None, case.axes)
    assert np.array_equal(oracle.expected(case.forward)[0], y)
    case = case.replace(dy=_ints(rng, *y.shape))
    want = reference.conv_backward(case.dy, case.x, case.kernel, case.axes)
    for got, right in zip(oracle.expected(case), want, strict=True):
        assert np.array_equal(got, right)


@pytest.mark.parametrize(
    ("ties", "want"),
    [("first", [1, 0, 0, 0]), ("last", [0, 0, 0, 1]), ("share", [0.25] * 4), ("all", [1] * 4)],
)
def test_rules_for_ties(ties, want):
    case = Case(
        "max_pool2d_backward",
        np.ones((1, 2, 2, 1)),
        None,
        None,
        np.ones((1, 1, 1, 1)),
        (2, 2),
        ((0, 0),) * 2,
        (1, 1),
        window=(2, 2),
    )
    assert oracle.expected(case, ties)[0].ravel().tolist() == want


@pytest.mark.parametrize("groups", [1, 2])
@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize("more", [0, 1])
def test_transposed_convolutions_and_their_gradients(rank, groups, more):
    rng = np.random.default_rng(4)
    case = Case(
        f"conv_transpose{rank}d_backward",
        _ints(rng, 2, *(4, 3, 2)[:rank], 4),
        _ints(rng, *(3, 2, 2)[:rank], 3, 4),
        _ints(rng, 3 * groups),
        None,
        (2, 3, 2)[:rank],
        ((1, 0), (0, 1), (0, 0))[:rank],
        (2, 1, 1)[:rank],
        groups,
        output_padding=(more,) * rank,
    )
    extra = case.output_padding
    y = reference.conv_transpose(case.x, case.kernel, case.bias, case.axes, extra, groups)
    assert y.shape == case.out_shape
    assert np.array_equal(oracle.expected(case.forward)[0], y)
    case = case.replace(dy=_ints(rng, *y.shape))
    want = reference.conv_transpose_backward(case.dy, case.x, case.kernel, case.axes, extra, groups)
    for got, right in zip(oracle.expected(case), want, strict=True):
        assert np.array_equal(got, right)


def test_the_transpose_is_that_of_the_convolution_entry_by_entry():
    case = Case(
        "conv_transpose1d", np.zeros((1, 3, 1)), np.arange(1.0, 4.0).reshape(3, 1, 1), None, None,
        (2,), ((1, 1),), (1,), output_padding=(1,),
    )  # fmt: skip
    size = case.out_space[0]
    there = np.zeros((size, 3))
    for o in range(3):
        there[:, o] = oracle.expected(case.replace(x=np.eye(3)[o].reshape(1, 3, 1)))[0].ravel()
    for i in range(size):
        image = np.eye(size)[i].reshape(1, size, 1)
        row = reference.conv(image, case.kernel, None, case.axes).ravel()
        assert np.array_equal(row, there[i])


def test_output_padding_beyond_the_stride_has_as_many_windows_as_pixels():
    """PyTorch takes it where the dilation is larger; what is more than windows meet is zero."""
    x, kernel = np.array([1.0, 2]).reshape(1, 2, 1), np.array([3.0, 5]).reshape(2, 1, 1)
    case = Case(
        "conv_transpose1d", x, kernel, None, None,
        stride=(2,), padding=((1, 2),), dilation=(3,), output_padding=(2,),
    )  # fmt: skip
    # windows meet 3, 0, 6, 5, 0, 10: the first is cut off, and two of the last less what is added
    assert oracle.expected(case)[0].ravel().tolist() == [0, 6, 5, 0, 10]
    more = case.replace(padding=((0, 0),), bias=np.ones(1))
    assert oracle.expected(more)[0].ravel().tolist() == [4, 1, 7, 6, 1, 11, 1, 1]
