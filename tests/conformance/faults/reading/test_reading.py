"""What a function computes, read off it and said in words."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from convproof.conformance.faults.reading.reading import reading
from convproof.conformance.target.target import Target
from tests.conformance.faults.reading.calls import call, later
from tests.laws import plain_right as right


@pytest.mark.parametrize("result", ["y", "dx", "dkernel", "dbias"])
def test_a_right_target_is_decided(result):
    target = Target("t", conv2d=right.conv2d, conv2d_backward=right.conv2d_backward)
    op = "conv2d" if result == "y" else "conv2d_backward"
    case = call(op, groups=2, padding=((1, 1), (1, 1)), bias=np.ones(4))
    found = reading(target, case, result, later())
    assert found.decided
    assert found.calls > 5


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "int64"])
def test_one_wrong_coefficient_of_thousands_is_seen(dtype):
    """One tap of one output position dropped: a single edge is missing."""

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        y = right.conv2d(x, w, b, stride, padding, dilation, groups)
        y[1, 0, 2, 1] -= x[1, 1, 2, 2] * w[0, 1, 0, 0]
        return y

    case = call(padding=((0, 0), (0, 0)), dtype=dtype)
    found = reading(Target("t", conv2d=conv2d), case, "y", later())
    assert found.wrong == 1
    assert "leaves out" in found.texts[0][0]
    for words in ("the last batch item", "the first output channel", "output row 2"):
        assert words in found.texts[0][0] or "of 384 terms" in found.texts[0][0]


def wrong(change):
    """conv2d with other arguments."""

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        return change(x, w, stride, padding)

    return Target("t", conv2d=conv2d)


def relaid(y):
    return y.transpose(0, 2, 3, 1).reshape(y.shape)


PLANTS = {
    "stride of rows on both": (
        lambda x, w, s, p: right.conv2d(x, w, None, (s[0], s[0]), p)[:, :, :, :2],
        "another axis's stride used on columns: it reads i_w = o_w + k_w where i_w = 2 o_w + k_w "
        "is due",
    ),
    "kernel flipped": (
        lambda x, w, s, p: right.conv2d(x, w[:, :, ::-1, ::-1].copy(), None, s, p),
        "kernel flipped (a true convolution)",
    ),
    "channels reversed": (
        lambda x, w, s, p: right.conv2d(x[:, ::-1].copy(), w, None, s, p),
        "input channels in reverse order",
    ),
    "positions before channels": (
        lambda x, w, s, p: relaid(right.conv2d(x, w, None, s, p)),
        "the output is laid out as (N, OH, OW, C_out) and taken for (N, C_out, OH, OW)",
    ),
    "half": (
        lambda x, w, s, p: right.conv2d(x, w, None, s, p) / 2,
        "1/2 of the right weight everywhere",
    ),
    "last batch item": (
        lambda x, w, s, p: right.conv2d(x, w, None, s, p) * np.array([1, 0]).reshape(2, 1, 1, 1),
        "y is zero at the last batch item",
    ),
    "last tap row": (
        lambda x, w, s, p: right.conv2d(x, w * np.array([1, 0]).reshape(2, 1), None, s, p),
        "y counts the first tap only|y leaves out the last kernel row",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTS)
def test_a_plant_is_said_in_words(name):
    change, words = PLANTS[name]
    case = call(padding=((0, 0), (0, 0)))
    found = reading(wrong(change), case, "y", later())
    assert any(word in found.texts[0][0] for word in words.split("|")), found.texts


def test_the_padding_of_another_axis_is_said_in_words():
    case = call(padding=((1, 1), (0, 0)), stride=(1, 1))

    def change(x, w, s, p):
        return right.conv2d(x, w, None, s, (p[0], p[0]))[..., :4]

    found = reading(wrong(change), case, "y", later())
    assert "another axis's padding used on columns" in found.texts[0][0], found.texts


def test_every_pair_of_orders_is_told_apart():
    """No two layouts of three unequal axes and a channel are the same."""
    case = call(padding=((0, 0), (0, 0)))
    said = set()
    for order in itertools.permutations(range(4)):
        if order == (0, 1, 2, 3):
            continue

        def change(x, w, s, p, order=order):
            y = right.conv2d(x, w, None, s, p)
            return y.transpose(order).reshape(y.shape)

        found = reading(wrong(change), case, "y", later())
        said.add(found.texts[0][0])
    assert len(said) >= 20
