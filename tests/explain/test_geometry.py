"""What a page says of windows, copies and shifts, against what the verified functions do."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import convproof as cp
from convproof.explain.geometry import Line
from convproof.spec.axis import Axis

LINES = [
    Line(Axis(taps, stride, gap, lo, hi, False), size)
    for taps, stride, gap, (lo, hi), size in itertools.product(
        (1, 2, 3), (1, 2, 3), (1, 2), ((0, 0), (1, 1), (2, 0), (0, 3)), (5,)
    )
    if size + lo + hi > gap * (taps - 1)
]


def conv(line: Line, x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    a = line.axis
    return cp.conv1d(
        x[:, None], kernel[:, None, None], stride=a.stride, dilation=a.dilation,
        padding=((a.pad_lo, a.pad_hi),),
    )[:, 0]  # fmt: skip


@pytest.mark.parametrize("line", LINES, ids=str)
def test_windows_and_copies_are_those_of_the_function(line: Line) -> None:
    for tap in range(line.axis.kernel):
        kernel = np.eye(line.axis.kernel, dtype=int)[tap]
        y = conv(line, np.arange(1, line.size + 1), kernel)
        assert line.outputs == len(y)
        assert [(o, int(v) - 1) for o, v in enumerate(y) if v] == line.copies(tap)
    marks = np.array(
        [conv(line, row, np.ones(line.axis.kernel, int)) for row in np.eye(line.size, dtype=int)]
    )
    for pixel, reached in enumerate(marks):
        assert np.flatnonzero(reached).tolist() == line.reach(pixel)


@pytest.mark.parametrize("line", LINES, ids=str)
@pytest.mark.parametrize("shift", [1, -1, 2])
def test_the_outputs_that_follow_a_shift_and_no_other(line: Line, shift: int) -> None:
    """Exactly: coded pixels and one-hot kernels decide a linear map."""
    moved = shift * line.axis.stride
    follows = np.ones(line.outputs, bool)
    for kernel in np.eye(line.axis.kernel, dtype=int):
        x = np.arange(1, line.size + 1)
        other = np.zeros_like(x)
        inside = [i for i in range(line.size) if 0 <= i + moved < line.size]
        other[[i + moved for i in inside]] = x[inside]
        before, after = conv(line, x, kernel), conv(line, other, kernel)
        for o in range(line.outputs):
            source = o - shift
            follows[o] &= 0 <= source < line.outputs and before[source] == after[o]
    assert np.flatnonzero(follows).tolist() == line.equivariant(shift)


def test_leftover_pixels_do_not_matter() -> None:
    for line in LINES:
        x = np.arange(1, line.size + 1)
        kernel = np.ones(line.axis.kernel, int)
        unseen = max(0, line.leftover - line.axis.pad_hi)
        if unseen:
            changed = x.copy()
            changed[-unseen:] = 99
            assert (conv(line, x, kernel) == conv(line, changed, kernel)).all()
