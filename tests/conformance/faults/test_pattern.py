"""The pattern of what is off."""

from __future__ import annotations

import numpy as np

from convproof.conformance.faults.pattern import pattern


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
