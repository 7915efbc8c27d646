"""What is written of a function is read off it; nothing of a stranger's is asked for its text."""

from __future__ import annotations

import pytest

from convproof.conformance.target.wrapper import parameters


class Odd:
    def __repr__(self):
        raise AssertionError("a default was asked for its text")

    def __eq__(self, other):
        raise AssertionError("a default was compared")

    __hash__ = None


@pytest.mark.parametrize("default", [Odd(), (1, Odd()), {"pad": Odd()}])
def test_a_default_of_a_strangers_class_is_left_as_it_is(default):
    def conv2d(x, w, stride=(1, 1), padding=default):
        return x

    assert parameters(conv2d).names == ("x", "w", "stride")
