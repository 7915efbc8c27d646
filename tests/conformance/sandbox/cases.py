"""A small call."""

from __future__ import annotations

import numpy as np

from convproof.laws.case import Case
from tests.conformance.planted import ints


def case(what=0):
    return Case(
        "conv2d",
        np.full((3, 4, 5, 2), float(what)),
        ints(2, 2, 2, 3),
        None,
        None,
        (1, 1),
        ((0, 0), (0, 0)),
        (1, 1),
    )
