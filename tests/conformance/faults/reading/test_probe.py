"""Coded arrays: what cannot be read is not read."""

from __future__ import annotations

import numpy as np
import pytest

from convproof.conformance.faults.reading.probe import Unreadable, decode, read
from convproof.conformance.target.target import Target
from tests.conformance.faults.reading.calls import call, later
from tests.laws import plain_right as right


def test_what_is_not_bilinear_is_not_read():
    def rectified(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        return np.maximum(right.conv2d(x, w, b, stride, padding, dilation, groups), 0)

    with pytest.raises(Unreadable, match="not bilinear"):
        read(Target("t", conv2d=rectified), call(padding=((0, 0), (0, 0))), "y", later())


def test_what_adds_something_is_found_out_by_one_call():
    def raised(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        asked.append(1)
        return right.conv2d(x, w, b, stride, padding, dilation, groups) + 1

    asked: list[int] = []
    with pytest.raises(Unreadable, match="zeros"):
        read(Target("t", conv2d=raised), call(padding=((0, 0), (0, 0))), "y", later())
    assert len(asked) < 10


def test_there_is_an_end_to_it():
    with pytest.raises(Unreadable, match="no time"):
        read(Target("t", conv2d=right.conv2d), call(), "y", -1.0)


def test_sums_of_codes_are_not_taken_for_one():
    codes = [np.array([5.0, 7, 12, 30]), np.array([13.0, 17, 19, 41])]
    answers = [np.array([12.0, 24.0, -7.0]), np.array([30.0, 38.0, -17.0])]
    ends, entries, weights, unread = decode(answers, codes)
    told = {int(e): (int(k), float(w)) for e, k, w in zip(ends, entries, weights, strict=True)}
    assert unread.tolist() == [0]  # 5 + 7 is 12, and 13 + 17 is not 19
    assert told[1] == (2, 2.0)
    assert told[2] == (1, -1.0)
