"""Reductions over windows, some rows and images at a time."""

from __future__ import annotations

import numpy as np
import pytest

import convproof as cp
from convproof.generated import max_pool2d


def gradients() -> list[np.ndarray]:
    """The same gradient by blocks of many sizes."""
    generator = np.random.default_rng(0)
    x = generator.integers(-3, 4, (7, 9, 8, 3))
    y = cp.max_pool2d(x, 3, stride=2, padding=1)
    dy = generator.integers(-4, 5, y.shape)
    return [
        cp.max_pool2d_backward(dy, x, 3, stride=2, padding=1, schedule=f"argmax block={rows}")
        for rows in (1, 2, 4, 5, 11, 99)
    ]


def test_a_gradient_made_for_some_rows_at_a_time_is_that_of_all() -> None:
    for one in gradients():
        np.testing.assert_array_equal(one, gradients()[-1])
    x, dy = np.zeros((0, 9, 8, 3)), np.zeros((0, 5, 4, 3))
    assert cp.max_pool2d_backward(dy, x, 3, stride=2, padding=1).shape == x.shape


def test_rows_of_two_blocks_that_are_not_added_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    reached = max_pool2d.reached
    monkeypatch.setattr(max_pool2d, "reached", lambda *sizes: (reached(*sizes)[0], 0))
    whole = gradients()[-1]
    assert not all(np.array_equal(one, whole) for one in gradients())
