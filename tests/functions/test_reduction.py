"""Reductions over windows, some images at a time."""

from __future__ import annotations

import numpy as np

import convproof as cp
from convproof.functions import reduction


def test_a_gradient_made_for_some_images_at_a_time_is_that_of_each(monkeypatch):
    generator = np.random.default_rng(0)
    x = generator.integers(-3, 4, (7, 9, 8, 3))
    y = cp.max_pool2d(x, 3, stride=2, padding=1)
    dy = generator.integers(-4, 5, y.shape)
    whole = cp.max_pool2d_backward(dy, x, 3, stride=2, padding=1)
    monkeypatch.setattr(reduction, "CACHED_NUMBERS", 2 * x[0].size)
    np.testing.assert_array_equal(cp.max_pool2d_backward(dy, x, 3, stride=2, padding=1), whole)
    empty = cp.max_pool2d_backward(dy[:0], x[:0], 3, stride=2, padding=1)
    assert empty.shape == (0, 9, 8, 3)
