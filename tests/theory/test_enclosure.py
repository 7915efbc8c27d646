"""Intervals that enclose a distance."""

from __future__ import annotations

import math

import numpy as np
import pytest

from convproof.errors import SpecError
from convproof.theory.distance import (
    angle_distance,
)
from convproof.theory.enclosure import enclosure


@pytest.mark.parametrize("angles", [[0.3], [0.0, 1.2], [0.2, 0.9, math.pi / 2]])
def test_intervals_enclose(angles):
    low, high = enclosure(angles, 1e-3)
    found = angle_distance(angles)
    assert low < found.low <= found.high < high < low + 1e-3
    wider = enclosure([(phi * 0.9, phi) for phi in angles], 1e-3)
    assert wider[0] < angle_distance(np.array(angles) * 0.9).value < found.value < wider[1]


@pytest.mark.parametrize(
    ("angles", "options", "message"),
    [
        ([2.0], {}, r"angles=2\.0"),
        ([(0.5, 0.1)], {}, "angles="),
        ([], {}, "at least one"),
        (["a"], {}, "numbers or pairs"),
        ([0.1], {"goal": 0.0}, r"goal=0\.0"),
    ],
)
def test_mistakes_in_an_enclosure_are_named(angles, options, message):
    with pytest.raises(SpecError, match=message):
        enclosure(angles, **options)
