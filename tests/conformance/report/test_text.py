"""A failure in words, in the terms of the target."""

from __future__ import annotations

from dataclasses import replace

import pytest

import convproof as cp
from convproof.conformance.report.result import Failure
from convproof.conformance.report.text import failure_lines
from convproof.laws import LAWS
from tests.conformance.faults.spoiled import one_hot


@pytest.mark.parametrize(
    ("op", "word"),
    [("conv2d", "sum_"), ("max_pool2d", "max_"), ("avg_pool2d", "1 / n"), ("max_pool1d", "max_")],
)
def test_each_op_is_shown_its_own_formula(op, word):
    formula = LAWS["definition"].formula(op)
    assert word in formula
    assert ("K_{k,l" in formula) == op.startswith("conv")


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


def test_who_breaks_laws_of_nothing_to_compute_alone_is_said_to_be_right():
    def conv2d(x, w):
        assert len(x), "no images"
        return cp.conv2d(x, w, layout="channels_first")

    target = cp.Target("mine", conv2d=conv2d, layout="channels_first")
    result = cp.check(target, laws=["definition", "empty-batch"], examples=20)
    lines = str(result).splitlines()
    assert lines[0] == "right but for calls of a batch of 0 images: every other law held"
    assert "of a batch of 0 images alone: every other law held" in lines[-1]
    assert "(of a batch of 0 images)" in result.failures[0].headline
    wrong = cp.Target("mine", conv2d=lambda x, w: 2 * conv2d(x, w), layout="channels_first")
    result = cp.check(wrong, laws=["definition", "empty-batch"], examples=20)
    assert "every other law held" not in str(result)


def test_a_wrong_shape_is_shown_in_the_targets_order():
    case = one_hot((2, 2), (1, 1), (0, 0), (0, 0))
    failure = Failure(
        "shape", "conv2d", "s", "r", case, (1, 5, 6, 3), (1, 5, 7, 3), "y", layout="channels_first"
    )
    text = "\n".join(line for _, line in failure_lines(failure))
    assert "(1, 3, 5, 6)" in text
