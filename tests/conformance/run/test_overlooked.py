"""What of a file nobody looked at is named."""

from __future__ import annotations

import convproof as cp
from tests.conformance.planted import file_with

LAYER = """
import numpy as np


class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size):
        self.weight = np.ones((out_channels, in_channels, *kernel_size))

    def forward(self, x):
        self.x, w = x, self.weight
        seen = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
        return np.einsum("nchwkl,mckl->nmhw", seen, w)

    def backward(self, grad_output):
        self.grad_weight = self.weight.missing
        return grad_output
"""


def test_a_way_back_that_never_answers_is_named(tmp_path):
    path = file_with(tmp_path, text=LAYER)
    result = cp.check(str(path), examples=10, laws=["definition"])
    assert "Conv2d.backward" in [item.what for item in result.not_judged]
    right = LAYER.replace("self.weight.missing", "np.zeros_like(self.weight)").replace(
        "return grad_output", "return np.zeros_like(self.x)"
    )
    path.write_text(right)  # answered, and wrong
    result = cp.check(str(path), examples=10, laws=["definition"])
    assert "Conv2d.backward" not in [item.what for item in result.not_judged]
    assert {failure.op for failure in result.failures} == {"conv2d_backward"}


def test_a_process_that_was_begun_anew_is_told(tmp_path):
    text = (
        LAYER.split("class")[0]
        + """
kept = []


def conv2d(x, w):
    kept.append(x)
    if len(kept) > 150:
        raise MemoryError("of what was kept")
    seen = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    return np.einsum("nchwkl,mckl->nmhw", seen, w)
"""
    )
    path = file_with(tmp_path, text=text)
    result = cp.check(str(path), timeout=10, examples=100, laws=["definition"])
    assert result.ok
    assert any("begun anew" in note for note in result.notes)
    path.write_text(text.replace("150:", "15000:"))
    result = cp.check(str(path), timeout=10, examples=100, laws=["definition"])
    assert not any("begun anew" in note for note in result.notes)
