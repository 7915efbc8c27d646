"""Padding by a word against TensorFlow's and ONNX's own documentation, and counted windows."""

from __future__ import annotations

import itertools

import pytest

from convproof.laws.axis import Axis
from convproof.laws.by_name import ABOUT, RULES, pads, word


@pytest.mark.parametrize("rule", ABOUT)
def test_same_gives_an_output_every_stride(rule):
    for n, e, s in itertools.product(range(1, 9), range(1, 6), range(1, 5)):
        lo, hi = RULES[rule](n, e, s)
        if lo + hi + n >= e:
            assert Axis(e, s, 1, lo, hi).output_size(n) == len(range(0, n, s)), (n, e, s)


def test_what_is_odd_is_at_one_end():
    assert pads("by stride", (5,), (2,), (1,)) == ((0, 1),)
    assert pads("by stride, odd first", (5,), (2,), (1,)) == ((1, 0),)
    assert pads("by window, odd first", (8,), (4,), (2,)) == ((2, 1),)
    assert pads("by stride", (8,), (3,), (2,)) == ((0, 1),)  # by window it is (1, 1)


def test_every_rule_is_told_in_words_and_said_by_one():
    assert {*ABOUT, "valid"} == {*RULES}
    assert {word(rule) for rule in RULES} == {"same", "valid"}
