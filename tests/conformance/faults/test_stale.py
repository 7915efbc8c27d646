"""Weights that a layer packed, and that were changed in place since."""

from __future__ import annotations

import pytest

import convproof as cp

LAYER = """
import numpy as np

import convproof as cp


class Conv2D:
    def __init__(self, in_channels, out_channels, kernel_size):
        self.W = np.ones((out_channels, in_channels, *kernel_size))
        self.kept = None

    def packed(self):
        if self.kept is None or {unless}:
            self.kept = self.W, self.W.copy()
        return self.kept[1]

    def forward(self, x):
        self.x = x
        return cp.conv2d(x, self.packed(), layout="channels_first")

    def backward(self, dy):
        dx, self.dW, _ = cp.conv2d_backward(dy, self.x, self.packed(), layout="channels_first")
        return dx
"""


@pytest.mark.parametrize("unless", ["self.kept[0] is not self.W", "True"])
def test_a_packing_known_by_the_array_itself_is_of_the_weights_before(unless, tmp_path):
    file = tmp_path / "layer.py"
    file.write_text(LAYER.format(unless=unless))
    result = cp.check(str(file), laws=["definition"], examples=20)
    assert result.ok is (unless == "True"), str(result)
    if not result.ok:
        first = result.failures[0]
        assert first.op == "conv2d"  # where it shows first
        assert "of before they were changed in place" in first.diagnosis[0]
