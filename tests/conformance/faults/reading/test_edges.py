"""Edges make the result that they were read from."""

from __future__ import annotations

import numpy as np

from convproof.conformance.faults.reading.edges import right as right_edges
from convproof.conformance.target.target import Target
from tests.conformance.faults.reading.calls import call
from tests.laws import plain_right as right


def test_the_edges_make_the_result():
    case = call(groups=2, padding=((1, 1), (1, 1)))
    made = right_edges(case, "y").summed("out", kernel=case.kernel, pixel=case.x)
    target = Target("t", conv2d=right.conv2d)
    assert np.array_equal(made, target.call(case).value)
