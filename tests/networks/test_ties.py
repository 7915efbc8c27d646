"""Edges, ties and matrices against the definition's loops, and against the verified functions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convproof as cp


def test_small_integers_do_not_wrap() -> None:
    ties = cp.Ties([0, 0], [0, 1], [0, 0], (1,), (2,), (1,))
    x = np.full((1, 2), 100, np.int8)
    assert ties.forward(np.array([2]), x).tolist() == [[400]]
    assert ties.gradient(np.array([[100]], np.int8), x).tolist() == [10000, 10000]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"outputs": [0, 0, 1, 1]}, "inputs="),
        ({"outputs": [0, 0, 1, 1, 2]}, "outputs=.*0 to 1"),
        ({"weights": [0, 1, 1, 0, -1]}, "weights=.*0 to 1"),
        ({"inputs": [0.0, 1, 0, 1, 2]}, "inputs="),
        ({"scale": [1.0]}, r"scale.shape=\(1,\)"),
        ({"weight_shape": "ab"}, "weight_shape="),
        ({"weight_shape": (-1,)}, "weight_shape="),
    ],
)
def test_ties_refuse(change: dict[str, Any], message: str) -> None:
    right = {
        "outputs": [0, 0, 1, 1, 1], "inputs": [0, 1, 0, 1, 2], "weights": [0, 1, 1, 0, 0],
        "output_shape": (2,), "input_shape": (3,), "weight_shape": (2,),
    }  # fmt: skip
    cp.Ties(**right)
    with pytest.raises(cp.SpecError, match=message):
        cp.Ties(**{**right, **change})
