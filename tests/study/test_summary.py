"""The numbers that sum up a study."""

from __future__ import annotations

import numpy as np
import pytest

from convproof.study.summary import exponent, half_point, needed


def test_the_half_point_and_its_interval():
    rng = np.random.default_rng(0)
    sizes = [8, 16, 32, 64, 128]
    share = np.array(sizes) / (np.array(sizes) + 32.0)
    found = needed(sizes, (rng.random((5, 400)) < share[:, None]).astype(float), 0)
    assert found.low <= 32 * 1.1
    assert found.high >= 32 / 1.1
    assert found.low < found.n < found.high
    assert half_point([1, 2, 4], np.array([1.0, 1.0, 1.0])) == 1.0
    assert half_point([1, 2, 4], np.array([0.6, 0.2, 0.9])) == pytest.approx(2 * 2**0.2)


def test_the_exponent_of_a_square_law():
    found = []
    for d in (4, 8, 16):
        item = needed(
            [d * d // 2, d * d, 2 * d * d], np.array([[0.0] * 9, [0.5] * 9, [1.0] * 9]), 0
        )
        found.append(item)
    value, low, high = exponent((4, 8, 16), found)
    assert low <= value <= high
    assert value == pytest.approx(2)
