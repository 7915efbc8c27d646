"""A name is given where further calls bear it out; what is shown is in the target's own terms."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import convproof as cp
from convproof.conformance.faults.catalogue.words import worded
from convproof.conformance.faults.diagnose import diagnose
from convproof.conformance.faults.explanation import Diagnosis
from convproof.conformance.faults.pattern import pattern
from convproof.conformance.report.codec import decode, encode
from convproof.conformance.report.result import Failure
from convproof.conformance.report.text import failure_lines
from convproof.conformance.run.engine import Run
from convproof.conformance.target.places import native_shape, placed
from convproof.conformance.target.target import Target
from convproof.laws import LAWS
from convproof.laws.case import Case
from tests.laws import plain_right as right


def spoiled(when, how):
    """conv2d, `how(y, x, w, ...)` where `when(x, w, stride, padding, dilation, groups)`."""

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        call = (x, w, stride, padding, dilation, groups)
        y = right.conv2d(x, w, b, stride, padding, dilation, groups)
        return how(y, b, *call) if when(*call) else y

    return Target("spoiled", conv2d=conv2d)


def flipped(y, b, x, w, s, p, d, g):
    return right.conv2d(x, np.ascontiguousarray(w[:, :, ::-1, ::-1]), b, s, p, d, g)


def one_hot(space, taps, at, tap, **changes):
    """A call as shrinking leaves it: one pixel, one tap."""
    x, k = np.zeros((1, *space, 1)), np.zeros((*taps, 1, 1))
    x[(0, *at, 0)], k[(*tap, 0, 0)] = 1, 1
    case = Case("conv2d", x, k, None, None, (1, 1), ((0, 0), (0, 0)), (1, 1))
    return case.replace(**changes)


def said(case, target, **more):
    return [str(item) for item in diagnose(case, None, target=target, **more)]


def test_a_mistake_in_every_call_is_named_without_a_hedge():
    target = spoiled(lambda *call: True, flipped)
    texts = said(one_hot((1, 2), (1, 2), (0, 0), (0, 0)), target)
    assert texts[0].startswith("kernel flipped (look at")
    assert texts[0].endswith("it predicts further calls too")


def test_a_name_that_further_calls_refute_is_not_given():
    """The last input column lost in wide images: with one pixel it looks like a flipped kernel."""

    def lost(y, b, x, w, s, p, d, g):
        less = x.copy()
        less[..., -1] = 0
        return right.conv2d(less, w, b, s, p, d, g)

    target = spoiled(lambda x, *rest: x.shape[3] >= 12, lost)
    texts = said(one_hot((3, 13), (3, 3), (0, 12), (0, 2)), target)
    assert not any("flipped" in text for text in texts)
    assert texts[0].startswith("y leaves out the last input column (look at")


def test_a_name_says_what_it_takes():
    """A grouped path that flips: right without groups."""
    target = spoiled(lambda x, w, s, p, d, g: g > 1, flipped)
    case = Case(
        "conv2d",
        np.array([[[[1.0, 0], [0, 0]]]]),
        np.array([[[[1.0, 0]], [[0, 0]]]]),
        *(None, None, (1, 1), ((0, 0), (0, 0)), (1, 1)),
        groups=2,
    )
    texts = said(case, target)
    assert "kernel flipped" in texts[0]
    assert "only with groups > 1" in texts[0]


def test_the_call_it_was_found_in_has_its_say():
    """Two errors: the smallest call shows one, the call as found shows both."""
    rng = np.random.default_rng(0)
    target = spoiled(lambda *call: True, lambda y, b, *call: flipped(y, None, *call))
    small = one_hot((1, 2), (1, 2), (0, 0), (0, 0))
    first = small.replace(
        x=rng.integers(-9, 9, (2, 5, 6, 2)).astype(float),
        kernel=rng.integers(-9, 9, (2, 2, 2, 3)).astype(float),
        bias=np.arange(1.0, 4),
    )
    assert "it predicts further calls too" in said(small, target)[0]
    texts = said(small, target, first=first)
    assert "kernel flipped" in texts[0]
    assert "the bias in y is zero" in texts[1]


def test_numbers_that_matter_are_said_to():
    """A filter of zeros loses its bias: no mistake with the bias as such."""

    def skipped(y, b, x, w, s, p, d, g):
        return y if b is None else np.where((w == 0).all((1, 2, 3))[:, None, None], 0, y)

    target = spoiled(lambda *call: True, skipped)
    case = one_hot((1, 1), (1, 1), (0, 0), (0, 0))
    case = case.replace(kernel=np.zeros((1, 1, 1, 1)), bias=np.array([-1.0]))
    texts = said(case, target)
    assert not any("bias ignored" in text or "ReLU" in text for text in texts)
    assert any("these very numbers matter" in text for text in texts)


def test_memory_order_is_named_before_any_mistake():
    def raveled(y, b, x, w, s, p, d, g):
        return right.conv2d(x, w.ravel("K").reshape(w.shape), b, s, p, d, g)

    target = spoiled(lambda *call: True, raveled)
    texts = said(one_hot((2, 2), (2, 2), (0, 1), (0, 1), memory="fortran"), target)
    assert texts[0].startswith("right with plain arrays")


def test_dilation_lost_in_a_grouped_path():
    def near(y, b, x, w, s, p, d, g):
        far = right.conv2d(x, w, b, s, p, (1, 1), g)
        return far[:, :, : y.shape[2], : y.shape[3]]

    target = spoiled(lambda x, w, s, p, d, g: g > 1, near)
    case = Case(
        "conv2d",
        np.array([[[[1.0, 0], [0, 0], [0, 1.0]]]]),
        np.array([[[[1.0, 0]], [[0, 1]]]]),
        *(None, None, (1, 1), ((0, 0), (0, 0)), (1, 2)),
        groups=2,
    )
    texts = said(case, target)
    assert texts[0].startswith("dilation left out of the windows")
    assert "only with groups > 1" in texts[0]


def test_the_bias_is_looked_at_only_if_whole_channels_are_off():
    good = np.arange(12.0).reshape(1, 2, 3, 2)
    text = "each channel is off by a number of its own: look at the bias"
    assert text in pattern(good, good + np.array([3.0, 5.0]), "y")
    one = good.copy()
    one[0, 0, 0, 0] += 1
    assert text not in pattern(good, one, "y")
    assert text not in pattern(good[:, :1, :1], good[:, :1, :1] + 1, "y")  # one position
    assert text not in pattern(good, good + np.array([3.0, 0.0]), "y")  # a channel is right
    assert text not in pattern(good, good + 3.0, "y", kind="avg_pool")


@pytest.mark.parametrize(
    ("op", "word"),
    [("conv2d", "sum_"), ("max_pool2d", "max_"), ("avg_pool2d", "1 / n"), ("max_pool1d", "max_")],
)
def test_each_op_is_shown_its_own_formula(op, word):
    formula = LAWS["definition"].formula(op)
    assert word in formula
    assert ("K_{k,l" in formula) == op.startswith("conv")


def test_positions_are_in_the_targets_layout():
    text = "y differs at (0, 6, 9, 1): 0.0 where 1.0 is right"
    assert "at [n=0, c=1, h=6, w=9]:" in placed(text, "y", 2, "channels_first")
    assert "at [n=0, h=6, w=9, c=1]:" in placed(text, "y", 2, "channels_last")
    kernel = placed("dkernel differs at (0, 2, 3, 4): 1", "dkernel", 2, "channels_first")
    assert "[m=4, c=3, kh=0, kw=2]" in kernel
    assert "[m=2]" in placed("dbias differs at (2,): 1", "dbias", 2, "channels_first")
    assert native_shape((1, 5, 3), "y", 1, "channels_first") == (1, 3, 5)


def test_a_failure_gives_its_position_in_the_targets_layout():
    def off(y, *call):
        y = y.copy()
        y[:, -1, 0, :] += 1
        return y

    result = Run(spoiled(lambda *call: True, off), fail_fast=True).execute()
    assert "y differs at [n=0, c=" in result.failures[0].reason
    again = decode(Failure, encode(result.failures[0]))
    assert again.layout == "channels_first"
    assert again.reason == result.failures[0].reason


def test_the_headline_is_about_the_call_that_fails():
    case = one_hot((2, 2), (1, 1), (0, 0), (0, 0))
    failure = Failure("no-memory", "conv2d_backward", "s", "r", case, (1,), (2,))
    for text in (failure_lines(failure)[0][1], str(failure).splitlines()[0]):
        assert "conv2d breaks the law 'no-memory'" in text
        assert "met among the calls of conv2d_backward" in text


def test_the_headline_names_the_users_function_and_more_may_follow(tmp_path):
    (tmp_path / "course.py").write_text(
        "import numpy as np\n"
        "def my_conv(x, w, b=None):\n"
        "    v = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], (2, 3))\n"
        "    return np.einsum('ncijkl,mckl->nmij', v, w[:, :, ::-1])\n"
    )
    result = cp.check(f"{tmp_path}/course.py")
    failure = result.failures[0]
    assert failure.headline == "conv2d (my_conv) breaks the law 'definition'"
    assert failure.more
    assert "may follow: conv2d was judged no further" in str(failure)
    whole = replace(failure, more=False, function="conv2d")
    assert "may follow" not in str(whole)
    assert whole.headline == "conv2d breaks the law 'definition'"


def test_a_wrong_shape_is_shown_in_the_targets_order():
    case = one_hot((2, 2), (1, 1), (0, 0), (0, 0))
    failure = Failure(
        "shape", "conv2d", "s", "r", case, (1, 5, 6, 3), (1, 5, 7, 3), "y", layout="channels_first"
    )
    text = "\n".join(line for _, line in failure_lines(failure))
    assert "(1, 3, 5, 6)" in text


def test_one_axis_has_no_rows():
    texts = [str(Diagnosis("last row left at zero", "the range of the loop over rows", rank=1))]
    case = Case("conv1d", np.ones((1, 3, 1)), np.ones((1, 1, 1)), None, None, (1,), ((0, 0),), (1,))
    texts += [str(item) for item in diagnose(case, np.array([[[1.0], [1], [0]]]))]
    assert texts[0].startswith("last position left at zero")
    assert not any("row" in text for text in texts)
    assert worded("last row missing", 2) == "last row missing"


def test_what_came_of_earlier_calls_is_no_matter_of_values():
    case = one_hot((2, 2), (1, 1), (0, 0), (0, 0))
    target = Target("right", conv2d=right.conv2d)
    wrong = np.full((1, 2, 2, 1), 7.0)
    texts = [str(item) for item in diagnose(case, wrong, target=target, before=[case])]
    assert not any("these very numbers" in text for text in texts)
    texts = said(case, target, seen=wrong, result="y")
    assert "made once more by itself, this call is right" in texts[0]


def test_what_piles_up_over_calls_is_told_from_a_wrong_number():
    total = [0.0]

    def piled(y, *call):
        total[0] += float(y.sum())
        return np.full_like(y, total[0] + 1)

    case = one_hot((1, 1), (1, 1), (0, 0), (0, 0))
    assert "made twice gives two answers" in said(case, spoiled(lambda *call: True, piled))[0]


def test_the_larger_call_shows_where_the_smallest_cannot():
    def off(y, *call):
        y = y.copy()
        y[..., -1] = y[..., -1] ** 2 + 7
        return y

    target = spoiled(lambda *call: True, off)
    small = one_hot((1, 1), (1, 1), (0, 0), (0, 0))
    first = one_hot((4, 5), (1, 1), (2, 2), (0, 0))
    texts = said(small, target, first=first)
    assert any("was found in: wrong only at w = 4 of 5" in text for text in texts)
