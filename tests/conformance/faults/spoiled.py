"""Right functions, spoiled."""

from __future__ import annotations

import numpy as np

from convproof.conformance.target.target import Target
from convproof.laws.case import Case
from tests.laws import plain_right as right


def spoiled(when, how):
    """conv2d, `how(y, x, w, ...)` where `when(x, w, stride, padding, dilation, groups)`."""

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        call = (x, w, stride, padding, dilation, groups)
        y = right.conv2d(x, w, b, stride, padding, dilation, groups)
        return how(y, b, *call) if when(*call) else y

    return Target("spoiled", conv2d=conv2d)


def one_hot(space, taps, at, tap, **changes):
    """A call as shrinking leaves it: one pixel, one tap."""
    x, k = np.zeros((1, *space, 1)), np.zeros((*taps, 1, 1))
    x[(0, *at, 0)], k[(*tap, 0, 0)] = 1, 1
    case = Case("conv2d", x, k, None, None, (1, 1), ((0, 0), (0, 0)), (1, 1))
    return case.replace(**changes)
